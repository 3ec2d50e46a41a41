"""What of a plan stands in its calendar: sessions, meals, intakes, checks, what was cancelled, with UID and times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from boneplan.errors import InputError
from boneplan.export.limits import check_limits, named, named_intake, named_meal
from boneplan.export.moments import MEND, in_utc, span, span_of_minutes, zone_of
from boneplan.export.notes import GONE, NO_ADVICE, intake_note, meal_note, session_note
from boneplan.export.takings import takings
from boneplan.export.words import meal_name, measures_of, plain
from boneplan.identity import check_id, meal_id
from boneplan.plan import Dated, Intake, Meal, Monitoring, Plan, Removed, Session

UID_DOMAIN = "boneplan"
MEAL_MINUTES = 30  # how long a meal shows: a plan says when it begins, not how long it lasts
INTAKE_MINUTES = 5  # how long an intake shows
LEAD = {"check": "Ask for", "dose": "Due"}
CATEGORY = {"session": "Exercise", "meal": "Meal", "intake": "Intake", "check": "Check"}

Of = Literal["session", "meal", "intake", "check"]


@dataclass(frozen=True)
class Entry:
    """One event. `start` and `end` (the first moment after it) are aware, or two dates where it takes whole days.

    `sequence` and `modified` (UTC) say when it last changed; `busy` whether it takes up time.
    """

    of: Of
    uid: str
    summary: str
    note: str
    categories: tuple[str, ...]
    start: dt.datetime | dt.date
    end: dt.datetime | dt.date
    sequence: int
    modified: dt.datetime
    busy: bool = False
    cancelled: bool = False

    @property
    def whole_day(self) -> bool:
        """Whether it has dates and no times."""
        return not isinstance(self.start, dt.datetime)


def entries(plan: Plan, *, meals: bool = False) -> list[Entry]:
    """Every event of the plan's calendar, those of its meals with `meals`: first what is planned, then what is gone.

    Each UID is there once; of what was removed and is back, only the living event. Raises `InputError` where the
    zone is unknown, a date lies outside `YEARS`, a time cannot be read, or two sessions, meals or intakes share
    an id.
    """
    check_limits(plan, meals)
    zone = zone_of(plan.timezone)
    living: dict[str, Entry] = {}
    for entry in _living(plan, zone, meals):
        # A check named twice is one check; others that share an id would hide one another.
        if entry.uid in living and entry.of != "check":
            day = f"{entry.start:%Y-%m-%d}"
            raise InputError(f"{entry.of} of {day} ({entry.summary[:40]}): another has the same id: {MEND}")
        living[entry.uid] = entry
    gone: dict[str, Entry] = {}
    for removed in sorted(plan.removed, key=lambda record: record.sequence):
        entry = _cancelled(removed, zone)
        if entry.uid not in living and (meals or removed.of != "meal"):
            gone[entry.uid] = entry
    return [*living.values(), *gone.values()]


def _living(plan: Plan, zone: ZoneInfo, meals: bool) -> Iterator[Entry]:
    yield from (_session(session, plan, zone) for session in plan.exercise.sessions)
    if meals:
        yield from (_meal(meal, day.date, plan, zone) for day in plan.menu.days for meal in day.meals)
    yield from (_intake(intake, plan, zone) for intake in plan.intakes)
    yield from (_check(check, plan) for check in plan.monitoring)


def _session(session: Session, plan: Plan, zone: ZoneInfo) -> Entry:
    start, end = span(session.date, session.start, session.end, zone, named(session))
    return Entry(
        of="session",
        uid=_uid(session.id),
        summary=plain(session.title) or session.kind.capitalize(),
        note=session_note(session),
        categories=(CATEGORY["session"], session.kind.capitalize()),
        start=start,
        end=end,
        sequence=session.sequence,
        modified=_modified(session, plan),
        busy=True,
    )


def _meal(meal: Meal, date: dt.date, plan: Plan, zone: ZoneInfo) -> Entry:
    start, end = span_of_minutes(date, meal.time, MEAL_MINUTES, zone, named_meal(meal, date))
    title = plain(meal.title)
    return Entry(
        of="meal",
        uid=_uid(meal_id(_calendar(plan), date, meal.meal)),
        summary=f"{meal_name(meal)}: {title}" if title else meal_name(meal),
        note=meal_note(meal, measures_of(plan)),
        categories=(CATEGORY["meal"],),
        start=start,
        end=end,
        sequence=meal.sequence,
        modified=_modified(meal, plan),
    )


def _intake(intake: Intake, plan: Plan, zone: ZoneInfo) -> Entry:
    start, end = span_of_minutes(intake.date, intake.time, INTAKE_MINUTES, zone, named_intake(intake))
    return Entry(
        of="intake",
        uid=_uid(intake.id),
        summary=takings(intake),
        note=intake_note(intake),
        categories=(CATEGORY["intake"],),
        start=start,
        end=end,
        sequence=intake.sequence,
        modified=_modified(intake, plan),
    )


def _check(check: Monitoring, plan: Plan) -> Entry:
    return Entry(
        of="check",
        uid=_uid(check_id(_calendar(plan), check)),
        summary=f"{LEAD[check.kind]}: {plain(check.what)}",
        note=plain(check.why),
        categories=(CATEGORY["check"],),
        start=check.due,
        end=check.due + dt.timedelta(days=1),
        sequence=check.sequence,
        modified=_modified(check, plan),
    )


def _cancelled(removed: Removed, zone: ZoneInfo) -> Entry:
    start: dt.date
    end: dt.date
    if removed.start is None:
        start, end = removed.date, removed.date + dt.timedelta(days=1)
    elif removed.end is None:
        minutes = INTAKE_MINUTES if removed.of == "intake" else MEAL_MINUTES
        start, end = span_of_minutes(removed.date, removed.start, minutes, zone, named(removed))
    else:
        start, end = span(removed.date, removed.start, removed.end, zone, named(removed))
    title = plain(removed.title)
    return Entry(
        of=removed.of,
        uid=_uid(removed.id),
        # In words as well: some programs show a cancelled event as they show any other.
        summary=f"Cancelled: {title}" if title else "Cancelled",
        note=f"{GONE} {NO_ADVICE}" if removed.of == "intake" else GONE,
        categories=(CATEGORY[removed.of],),
        start=start,
        end=end,
        sequence=removed.sequence,
        modified=in_utc(removed.modified),
        cancelled=True,
    )


def _uid(identity: str) -> str:
    return f"{plain(identity)}@{UID_DOMAIN}"


def _calendar(plan: Plan) -> str:
    return plan.calendar or plan.id  # plans of before there were calendars have none


def _modified(dated: Dated, plan: Plan) -> dt.datetime:
    return in_utc(dated.modified or plan.created)
