"""Whole sentences that a plan is told in: its status, its gaps, how it was solved."""

from __future__ import annotations

import re
from collections.abc import Iterable

from boneplan.export import figures
from boneplan.export.words import amount, long_day, plain
from boneplan.plan import Day, Gap, Plan, Session, TrainingWeek

EMERGENCY = "emergency"
MINOR = ("try", "for today", "slow", "easier")  # what to do about signs that come with any training
AROUND = ("warm-up", "cool-down")  # how the load of what goes around a session begins
EFFORT_SCALE = "RPE is how hard it feels, from 0 (rest) to 10 (as hard as you can)."


_YEARED = re.compile(r"(.+?)[ ,]*\b((?:19|20)\d\d)\b(.*)")
_LABEL = re.compile(r", (.+\)) (?:prescribing information|safety labelling)")  # such as Fosamax (alendronate sodium)
_BRACKETS = re.compile(r" ?\([^()]*\)?")


def _begin(plan: Plan, start: str) -> str:
    """When to begin: what to take care of is read before."""
    warned = any(notice.level == "warn" for notice in plan.notices)
    return f"Read what to take care of first, then start on {start}" if warned else f"Start on {start}"


def status_sentence(plan: Plan) -> str:
    """What came out, and what to do next."""
    start = long_day(plan.start)
    if plan.status in ("ok", "gaps") and not plan.exercise.sessions:
        return (
            "There is no exercise plan: the reasons are below; show them to your care team. The menus are planned, "
            f"from {start}{', with a gap to ask about' if plan.menu.gaps else ''}."
        )
    if plan.status == "ok":
        above = _listed(_above(plan))
        more = f", with more {above} than is aimed at" if above else ""
        return f"This plan keeps every limit and reaches every target{more}. {_begin(plan, start)}."
    if plan.status == "gaps":
        missing = _listed([figures.nutrient_name(gap.nutrient) for gap in plan.menu.gaps])
        return (
            "This plan keeps every limit, but food and your supplements give too little "
            f"{missing or 'of something'}. "
            f"{_begin(plan, start)}, and ask your clinician about the gap (see below)."
        )
    missing, rest = _parts(plan)
    if plan.status == "infeasible":
        offered = any(conflict.relaxations for conflict in plan.conflicts)
        mend = "Make one of the changes below" if offered else "Change or leave out one of the rules below"
        return (
            f"There is no {missing}, because your rules cannot all hold at once. "
            f"{mend}, then run boneplan again.{rest}"
        )
    return (
        f"There is no {missing}, because it could harm you. Show the reasons below to your care team; "
        f"they can tell you what is safe.{rest}"
    )


def _above(plan: Plan) -> list[str]:
    """What a week brings more of than its target, food and supplements together."""
    weeks: dict[int, list[Day]] = {}
    for day in plan.menu.days:
        weeks.setdefault((day.date - plan.start).days // 7, []).append(day)
    return [
        figures.nutrient_name(nutrient)
        for nutrient in figures.SHOWN
        if (goal := figures.goal(plan, nutrient, "week_mean"))
        and any(
            goal.verdict(mean + figures.supplemented(plan, nutrient)) == "high"
            for days in weeks.values()
            if (mean := figures.mean(days, nutrient)) is not None
        )
    ]


def training_sentence(week: TrainingWeek) -> str:
    """What one week of the programme asks for that the week before did not."""
    percent = round(week.load_percent - 100)
    what = {
        "start": f"the beginning, with {_count(week.sets, 'set')} of {week.reps}",
        "minutes": f"{week.aerobic_minutes} aerobic minutes",
        "repetitions": f"{week.reps} repetitions in a set",
        "load": f"about {percent} % more load than at the start, and {week.reps} repetitions again",
        "sets": f"{_count(week.sets, 'set')} of each strength exercise",
        "impacts": f"{week.impacts} impacts in an impact session",
        "lighter": "a lighter week: fewer sets and impacts, lighter loads",
        "none": "the same as the week before",
        "back": f"a step back, to {_count(week.sets, 'set')} of {week.reps}",
    }
    return f"Week {week.number}, from {week.start.day} {week.start:%B}: {what[week.changed]}."


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" + ("" if number == 1 else "s")


def _parts(plan: Plan) -> tuple[str, str]:
    """What is not planned, and a sentence on the part that is; the second is empty where nothing is planned."""
    menu, sessions = bool(plan.menu.days), bool(plan.exercise.sessions)
    if sessions and not menu:
        return "menu", " The exercise below is planned as usual."
    if menu and not sessions:
        return "exercise plan", " The menus below are planned as usual."
    return "plan", ""


def solved_sentence(plan: Plan) -> str:
    """How the menu was found, in one line; empty where the plan does not say."""
    solve = plan.menu.solve
    if solve is None:
        return ""
    solver, took = plain(solve.solver), f"{solve.seconds:.1f}"
    percent = f"{100 * max(solve.gap, 0):.1f}".removesuffix(".0")
    return f"Solved by {solver} in {took} s, within {percent} % of the best possible week."


OF_TIME = {"week_mean": "a day", "day": "on the day with least", "meal": "at the meal with least"}
"""The time that a gap is about, by the period of its target."""


def gap_sentence(gap: Gap) -> str:
    """What is missing, of which time, and whom to ask."""
    name, unit = figures.nutrient_name(gap.nutrient), figures.unit_text(gap.unit)
    taken = f" and your supplements {amount(gap.supplements, 1)}" if gap.supplements else ""
    return (
        f"{name[0].upper()}{name[1:]}: food gives {amount(gap.food, 1)}{taken} "
        f"of the {amount(gap.target, 1)} {unit} {OF_TIME[gap.period]}, "
        f"so {amount(gap.missing, 1)} {unit} is missing. "
        f"{gap.ask}"
    )


def session_sentence(session: Session) -> str:
    """What a session is and how hard, such as "Brisk walk, 40 min, RPE 5"."""
    return f"{session.title}, {session.minutes} min, RPE {amount(session.intensity.rpe, 1)}"


def stop_sentence(signs: Iterable[str]) -> str:
    """What to stop at: first what needs help at once, then what needs advice before the next session.

    Signs that the session itself tells how to deal with ("slow down, try once more") stay in the calendar.
    """
    urgent: dict[str, None] = {}
    advice: dict[str, None] = {}
    for sign in map(plain, signs):
        what, _, then = sign.partition(":")
        if EMERGENCY in then:
            urgent[what] = None
        elif not any(word in then for word in MINOR):
            advice[what] = None
    advice = {what: None for what in advice if what not in urgent}
    return " ".join(
        [f"Stop and call for emergency help at {_listed(list(urgent))}."] * bool(urgent)
        + [f"Stop, and ask for advice before the next session, at {'; '.join(advice)}."] * bool(advice)
    )


def short_source(source: str) -> str:
    """Organisation and year of a source, or of several: "NICE 2023"; of a label the medicine as well."""
    return "; ".join(dict.fromkeys(filter(None, map(_short, plain(source).split(";")))))


def _short(source: str) -> str:
    found = _YEARED.match(source.strip())
    if found is None:
        return source.strip()
    who, year, title = found.groups()
    label = _LABEL.match(title)
    return f"{_BRACKETS.sub('', who).rstrip(' ,')} {year}" + (f", {label[1]}" if label else "")


def _listed(names: list[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
