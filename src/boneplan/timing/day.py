"""Minutes and days as numbers: times are minutes after midnight, days are the seven of a usual week or dates."""

from __future__ import annotations

import datetime as dt
from typing import get_args

from boneplan.profile_health import Weekday

DAY = 24 * 60
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
WEEK = range(len(WEEKDAYS))
"""The days of a usual week, 0 (Monday) to 6."""


def minutes_of(clock: str) -> int:
    """Minutes after midnight of a checked "HH:MM"."""
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)


def clock_of(minutes: int) -> str:
    """Minutes after midnight as "HH:MM"."""
    return "{:02d}:{:02d}".format(*divmod(minutes % DAY, 60))


def day_number(date: dt.date) -> int:
    """A date as a day: one more each day, and its remainder by seven is the day of the usual week that it is."""
    return date.toordinal() - 1  # 1 January of the year 1 was a Monday


def date_of(day: int) -> dt.date | None:
    """The date that a day is; None where it is one of the usual week."""
    return dt.date.fromordinal(day + 1) if day >= len(WEEK) else None
