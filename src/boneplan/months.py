"""Months of the calendar: the day so many months after another."""

from __future__ import annotations

import calendar
import datetime as dt

MONTHS_A_YEAR = 12


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month `months` later, or the last one of a shorter month: 31 August + 6 = 28 February."""
    years, month = divmod(day.month - 1 + months, MONTHS_A_YEAR)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def in_months(months: int) -> str:
    """Such as "month" or "6 months", to stand after "every"."""
    return "month" if months == 1 else f"{months} months"


def in_words(day: dt.date) -> str:
    """Such as "23 November 2026"."""
    return f"{day.day} {day:%B} {day.year}"
