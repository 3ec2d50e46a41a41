"""A plan made anew in place of an earlier one: what stayed, what changed and what went, for calendars to follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from boneplan.identity import check_id, meal_id
from boneplan.plan import Dated, Meal, Plan, Removed

STAMPS = {"sequence", "modified"}


@dataclass(frozen=True)
class Entry:
    """One thing that a calendar shows: what it is, and how it would be told of when it goes."""

    thing: Dated
    of: str
    title: str
    date: dt.date
    start: str | None = None
    end: str | None = None


def revised(plan: Plan, earlier: Plan | None) -> Plan:
    """`plan` as the next revision of `earlier`, when both are of one person's calendar; else `plan` as it is.

    What is the same as before keeps its stamps; the rest gets this revision's number and the time the plan was made.
    `removed` names what the earlier plan had from the first day of this one on and this one has not, unless its day
    has passed: what was done stays in the calendar.
    """
    if earlier is None or earlier.calendar != plan.calendar:
        return plan
    revision = earlier.revision + 1
    stamp = {"sequence": revision, "modified": plan.created}
    before, now = dict(entries(earlier)), dict(entries(plan))
    for key, entry in now.items():
        old = before.get(key)
        moved = entry.start is not None and plan.timezone != earlier.timezone
        if old is None or moved or _content(old) != _content(entry):
            entry.thing.sequence, entry.thing.modified = revision, plan.created
        else:
            entry.thing.sequence = old.thing.sequence
            entry.thing.modified = old.thing.modified or earlier.created
    gone = [
        Removed.model_validate(
            {"of": e.of, "id": key, "title": e.title, "date": e.date, "start": e.start, "end": e.end, **stamp}
        )
        for key, e in before.items()
        if key not in now and e.date >= max(plan.start, plan.created.date())
    ]
    return plan.model_copy(update={"revision": revision, "removed": gone})


def entries(plan: Plan) -> Iterator[tuple[str, Entry]]:
    """All that a calendar shows of `plan`, by the id that its UID is made from."""
    for session in plan.exercise.sessions:
        yield session.id, Entry(session, "session", session.title, session.date, session.start, session.end)
    for day in plan.menu.days:
        for meal in day.meals:
            title = ": ".join(filter(None, (meal.meal.capitalize(), meal.title)))
            yield meal_id(plan.calendar, day.date, meal.meal), Entry(meal, "meal", title, day.date, meal.time)
    for intake in plan.intakes:
        title = f"Take: {', '.join(item.what for item in intake.items)}"
        yield intake.id, Entry(intake, "intake", title, intake.date, intake.time)
    for check in plan.monitoring:
        yield check_id(plan.calendar, check), Entry(check, "check", check.what, check.due)


def _content(entry: Entry) -> tuple[object, ...]:
    """What a calendar could tell of it: what is locked, and what an item is in its meal, is between plans alone."""
    unseen: dict[str, Any] = dict.fromkeys(STAMPS, True)
    if isinstance(entry.thing, Meal):
        unseen |= {"pattern": True, "items": {"__all__": {"locked", "role"}}}
    return entry.date, entry.thing.model_dump(exclude=unseen)
