"""The week on a terminal: first what to do next, then meals, figures, gaps, bone risk, exercise, checks and doses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from boneplan.choices import Measures
from boneplan.export import figures
from boneplan.export.notices import FIRST, notices_of
from boneplan.export.sentences import (
    AROUND,
    EFFORT_SCALE,
    gap_sentence,
    session_sentence,
    short_source,
    solved_sentence,
    status_sentence,
    stop_sentence,
    training_sentence,
)
from boneplan.export.sheet import Sheet
from boneplan.export.takings import taking
from boneplan.export.words import (
    exercise_in_brief,
    long_date,
    long_day,
    meal_name,
    measures_of,
    person,
    plain,
    portion,
    short_day,
)
from boneplan.plan import Day, Gap, Level, Monitoring, Notice, Period, Plan, Session, TrainingWeek

# Colours that can be read on light and on dark terminals alike.
STATUS_STYLES = {"ok": "bold green", "gaps": "bold magenta", "infeasible": "bold red", "refused": "bold red"}
SHORTENED: tuple[Level, ...] = ("warn", "info")
LOCKED = ", locked"
HEADINGS: dict[Level, str] = {
    "refuse": "Read this first: not safe",
    "clearance": "Read this first: clearance needed",
    "warn": "Read this first: take care",
    "info": "Good to know",
}
MENU_INDENT = len("  07:30 Breakfast  ")
SESSION_INDENT = len("  Mon 23 Nov  07:00–07:40  ")
EXERCISE_INDENT = len("  Mon 23 Nov  ")
SOURCES = "In brackets: who says so, and when. The page, plan.html, has every source in full."
DETAILS = "How heavy, how to warm up and what to do at a sign to stop: see each session in the calendar, plan.ics."


def render_week(plan: Plan, console: Console) -> None:
    """Prints the menus of every week and the exercise of the first; without menus, the reasons instead.

    Colour and width are the console's own; no text of the plan is read as markup or terminal codes.
    """
    sheet = Sheet(console)
    name = person(plan)
    sheet.line(f"Week of {long_date(plan.start)}" + (f" for {name}" if name else ""), style="bold")
    sheet.blank()
    sheet.line(status_sentence(plan), style=STATUS_STYLES[plan.status])
    _conflicts(sheet, plan)
    for level in FIRST:
        _notices(sheet, level, notices_of(plan, level))
    for first_day in (plan.start + dt.timedelta(weeks=week) for week in range(plan.weeks)):
        days = [day for day in plan.menu.days if first_day <= day.date < first_day + dt.timedelta(weeks=1)]
        if days:
            _menus(sheet, days, measures_of(plan))
            _figures(sheet, plan, days)
    _intakes(sheet, plan)
    _gaps(sheet, plan.menu.gaps)
    _risk(sheet, plan)
    end = plan.start + dt.timedelta(weeks=1)
    if sessions := [session for session in plan.exercise.sessions if session.date < end]:
        _sessions(sheet, sessions)
        _weeks(sheet, plan.exercise.weeks)
        if plan.weeks > 1:
            last = plan.start + dt.timedelta(days=7 * plan.weeks - 1)
            sheet.paragraph(
                f"This is the exercise of the first of {plan.weeks} weeks. The others, to {long_date(last)}, are in "
                "the calendar, plan.ics."
            )
    _checks(sheet, plan)
    _notices(sheet, "info", notices_of(plan, "info"))
    if any(notice.source for level in SHORTENED for notice in notices_of(plan, level)):
        sheet.paragraph(SOURCES)
    if plan.menu.solve:
        sheet.paragraph(solved_sentence(plan))


def _conflicts(sheet: Sheet, plan: Plan) -> None:
    if not plan.conflicts:
        return
    sheet.heading("What stands in the way")
    sheet.bullets(conflict.text for conflict in plan.conflicts)
    members = {member.rule: member for conflict in plan.conflicts for member in conflict.members}
    if members:
        sheet.heading("Where these rules come from")
        sheet.bullets(f"{member.text} ({member.source})" for member in members.values())
    changes = [change for conflict in plan.conflicts for change in conflict.relaxations]
    if changes:
        sheet.heading("What would make a plan possible")
        sheet.bullets(changes)


def _notices(sheet: Sheet, level: Level, notices: Sequence[Notice]) -> None:
    """The notices of one level. Of most only the organisation and the year are told: the page has the rest."""
    if not notices:
        return
    said = [short_source(n.source) if level in SHORTENED else plain(n.source) for n in notices]
    sheet.heading(HEADINGS[level])
    sheet.bullets(n.text + (f" ({source})" if source else "") for n, source in zip(notices, said, strict=True))


def _menus(sheet: Sheet, days: list[Day], measures: Measures) -> None:
    for day in days:
        sheet.heading(long_day(day.date))
        for meal in day.meals:
            label = f"  {plain(meal.time)} {meal_name(meal)}"
            told = (portion(item, measures) + (LOCKED if item.locked else "") for item in meal.items)
            sheet.flow(told, label=label, indent=MENU_INDENT)


def _figures(sheet: Sheet, plan: Plan, days: list[Day]) -> None:
    """A row a day, the mean, the supplements and the target; what is outside a target says so."""
    sheet.heading("What each day's food gives")
    heads = [""]
    for nutrient in figures.SHOWN:
        name = figures.nutrient_name(nutrient)
        heads.append(f"{name[0].upper()}{name[1:]}\n{figures.unit_of(plan, nutrient)}")
    rows: list[Sequence[str | Text]] = []
    for day in days:
        cells = (_cell(sheet, plan, nutrient, day.totals.get(nutrient), "day") for nutrient in figures.SHOWN)
        rows.append([short_day(day.date), *cells])
    means = ((nutrient, figures.mean(days, nutrient)) for nutrient in figures.SHOWN)
    mean = (_cell(sheet, plan, nutrient, value, "week_mean", "bold") for nutrient, value in means)
    rows.append([sheet.text("Mean", "bold"), *mean])
    added = {nutrient: figures.supplemented(plan, nutrient) for nutrient in figures.SHOWN}
    if any(added.values()):
        texts = (f"+ {figures.figure(nutrient, value)}" if value else "–" for nutrient, value in added.items())
        rows.append(["Supplements", *texts])
    goals = (figures.headline(plan, nutrient) for nutrient in figures.SHOWN)
    rows.append(["Target", *(goal.text() if goal else "–" for goal in goals)])
    sheet.table(heads, rows, numbers=range(1, len(heads)), indent=2)
    if absorbed := figures.absorbed_sentence(days):
        sheet.line(absorbed, indent=2)


def _cell(sheet: Sheet, plan: Plan, nutrient: str, value: float | None, period: Period, style: str = "") -> Text:
    """One figure; supplements count when it is judged against its target."""
    if value is None:
        return sheet.text("unknown", style)
    goal = figures.goal(plan, nutrient, period)
    verdict = goal.verdict(value + figures.supplemented(plan, nutrient)) if goal else ""
    if not verdict:
        return sheet.text(figures.figure(nutrient, value), style)
    return sheet.text(f"{verdict} {figures.figure(nutrient, value)}", "bold magenta")


def _intakes(sheet: Sheet, plan: Plan) -> None:
    """What is taken in the first week, each thing with its time and days; what has no time is among the notices."""
    end = plan.start + dt.timedelta(weeks=1)
    times: dict[str, dict[str, list[dt.date]]] = {}
    for intake in plan.intakes:
        if intake.date < end:
            for item in intake.items:
                times.setdefault(taking(item), {}).setdefault(intake.time, []).append(intake.date)
    if times:
        sheet.heading("To take")
        sheet.bullets(f"{what}: {_when(at)}" for what, at in times.items())


def _when(at: dict[str, list[dt.date]]) -> str:
    """The times of most days, then those of single ones: "12:30", "07:00, Mon 07:15", "Mon 23 Nov 06:45"."""
    most = max(map(len, at.values()))
    if most == 1:
        return ", ".join(f"{short_day(day)} {plain(time)}" for time, days in at.items() for day in days)
    usual = [plain(time) for time, days in sorted(at.items()) if 2 * len(days) > most]
    other = [f"{day:%a} {plain(time)}" for time, days in sorted(at.items()) if 2 * len(days) <= most for day in days]
    return ", ".join([*usual, *other])


def _gaps(sheet: Sheet, gaps: list[Gap]) -> None:
    if gaps:
        sheet.heading("Ask your clinician")
        sheet.bullets(gap_sentence(gap) for gap in gaps)


def _sessions(sheet: Sheet, sessions: list[Session]) -> None:
    sheet.heading("Exercise this week")
    shown = None
    for session in sessions:
        day = short_day(session.date) if session.date != shown else ""
        shown = session.date
        label = f"  {day:<10}  {plain(session.start)}–{plain(session.end)}"
        sheet.line(session_sentence(session), style="bold", label=label, indent=SESSION_INDENT)
        items = [i for i in session.items if i.name != session.title and not i.load.startswith(AROUND)]
        if items:
            sheet.flow(map(exercise_in_brief, items), indent=EXERCISE_INDENT, whole=False)
    bearing = sum(session.minutes for session in sessions if session.weight_bearing)
    sheet.line(f"{bearing} minutes of it are on your feet. {EFFORT_SCALE} {DETAILS}", indent=2)
    signs = [sign for session in sessions for sign in session.stop_if]
    if signs:
        sheet.paragraph(stop_sentence(signs))


def _weeks(sheet: Sheet, weeks: list[TrainingWeek]) -> None:
    """How the programme rises, where there is more than its first week to tell of."""
    if len(weeks) > 1 or any(week.number > 1 for week in weeks):
        sheet.heading("How the weeks rise")
        sheet.bullets(map(training_sentence, weeks))


def _risk(sheet: Sheet, plan: Plan) -> None:
    if plan.risk:
        sheet.heading(f"Your bone risk: {plan.risk.tier}")
        if plan.risk.because:
            sheet.line(f"Because {'; '.join(plan.risk.because)}.", indent=2)
        sheet.bullets([*plan.risk.changes, *plan.risk.ask])


def _checks(sheet: Sheet, plan: Plan) -> None:
    for kind, heading in (("check", "Checks to ask for"), ("dose", "Doses as prescribed")):
        if entries := [entry for entry in plan.monitoring if entry.kind == kind]:
            sheet.heading(heading)
            sheet.bullets(f"{_due(entry)}: {entry.what}. {entry.why}" for entry in entries)


def _due(entry: Monitoring) -> str:
    return f"{long_date(entry.due)}, overdue" if entry.since else long_date(entry.due)
