"""What no calendar program can hold, refused by name: dates out of reach, and numbers that are too large."""

from __future__ import annotations

import datetime as dt

from boneplan.errors import InputError
from boneplan.export.moments import MEND, YEARS
from boneplan.export.takings import takings
from boneplan.export.words import meal_name, plain
from boneplan.plan import Dated, Intake, Meal, Plan, Removed, Session

MOST_SEQUENCE = 2**31 - 1  # an INTEGER of RFC 5545 has 32 bits


def check_limits(plan: Plan, meals: bool) -> None:
    """Raises `InputError`, a line for each date or number out of reach; those of meals count with `meals`."""
    dated: list[tuple[str, dt.date, Dated | Removed]] = [(named(s), s.date, s) for s in plan.exercise.sessions]
    if meals:
        dated += [(named_meal(meal, day.date), day.date, meal) for day in plan.menu.days for meal in day.meals]
    dated += [(named_intake(intake), intake.date, intake) for intake in plan.intakes]
    dated += [(f"monitoring {plain(check.what)[:40]!r}", check.due, check) for check in plan.monitoring]
    dated += [(named(gone), gone.date, gone) for gone in plan.removed]
    days = [("created", plan.created.date())]
    days += [(name, day) for name, day, _ in dated]
    days += [(f"{name}: modified", what.modified.date()) for name, _, what in dated if what.modified]
    lines = [
        f"{name}: {day} is no date for a calendar: years run from {YEARS[0]} to {YEARS[-1]}"
        for name, day in days
        if day.year not in YEARS
    ]
    lines += [
        f"{name}: sequence {what.sequence} is too large for a calendar: {MEND}"
        for name, _, what in dated
        if what.sequence > MOST_SEQUENCE
    ]
    if lines:
        raise InputError(lines)


def named(what: Session | Removed) -> str:
    """A session or something removed, with its day."""
    of = "session" if isinstance(what, Session) else f"removed {what.of}"
    return f"{of} of {what.date} ({plain(what.title)[:40]})"


def named_meal(meal: Meal, date: dt.date) -> str:
    """A meal with its day."""
    return f"meal of {date} ({meal_name(meal)})"


def named_intake(intake: Intake) -> str:
    """What is taken at once, with its day."""
    return f"intake of {intake.date} ({takings(intake)[:40]})"
