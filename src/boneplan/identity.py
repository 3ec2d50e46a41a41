"""The ids that calendars know things by: the same person, date and place give the same id in every plan."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import TYPE_CHECKING

from boneplan.plan import MealName, Monitoring, SessionKind

if TYPE_CHECKING:
    from boneplan.profile import Profile

# Any fixed value does, as long as it never changes: everything in people's calendars is known by ids made from it.
NAMESPACE = uuid.UUID("8f2c1f0a-5d0e-5b7c-9a55-0b1d5f7c2e11")


def calendar_id(profile: Profile) -> str:
    """The id of a person's calendar. It outlives a change of weight, times or diet, not of name or birthday."""
    person = json.dumps([profile.name, profile.sex, profile.birth_date.isoformat()])
    return str(uuid.uuid5(NAMESPACE, f"calendar\n{person}"))


def session_id(calendar: str, date: dt.date, kind: SessionKind, count: int) -> str:
    """The id of the session of `kind` on `date` that `count` others of that kind precede on that day."""
    return _id(calendar, "session", date.isoformat(), kind, str(count))


def meal_id(calendar: str, date: dt.date, meal: MealName) -> str:
    """The id of a meal."""
    return _id(calendar, "meal", date.isoformat(), meal)


def intake_id(calendar: str, date: dt.date, taken: str, count: int) -> str:
    """The id of the intake of `taken` on `date` that `count` others of the same precede on that day.

    It is known by what is taken, so that it stays the same event when its time or an amount changes.
    """
    return _id(calendar, "intake", date.isoformat(), taken, str(count))


def check_id(calendar: str, check: Monitoring) -> str:
    """The id of a monitoring date; another date is another check."""
    return _id(calendar, "check", check.due.isoformat(), check.rule, check.what)


def _id(*words: str) -> str:
    return str(uuid.uuid5(NAMESPACE, "\n".join(words)))
