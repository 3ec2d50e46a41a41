"""Months of the calendar: the same day, or the last one of a shorter month."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.months import in_months, in_words, months_after


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-02-10", 12, "2027-02-10"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-06-15", 0, "2026-06-15"),
    ],
)
def test_a_month_that_is_too_short_gives_its_last_day(day: str, months: int, then: str) -> None:
    assert months_after(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(then)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 240))
def test_it_is_the_month_asked_for_and_never_a_later_day_of_it(day: dt.date, months: int) -> None:
    then = months_after(day, months)
    assert 12 * then.year + then.month == 12 * day.year + day.month + months
    assert then.day == day.day or (then.day < day.day and (then + dt.timedelta(days=1)).day == 1)


def test_months_and_days_in_words() -> None:
    assert (in_months(1), in_months(6)) == ("month", "6 months")
    assert in_words(dt.date(2026, 11, 3)) == "3 November 2026"
