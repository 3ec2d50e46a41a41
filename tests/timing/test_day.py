"""Days and minutes as numbers."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from boneplan.timing.day import DAY, WEEK, clock_of, date_of, day_number, minutes_of
from boneplan.timing.words import on_days


@given(st.dates(min_value=dt.date(1900, 1, 1)))
def test_a_date_is_the_day_of_the_week_that_its_number_leaves_by_seven(date: dt.date) -> None:
    assert day_number(date) % len(WEEK) == date.weekday()
    assert date_of(day_number(date)) == date


@given(st.integers(0, DAY - 1))
def test_minutes_and_clock_times_are_one_another(minute: int) -> None:
    assert minutes_of(clock_of(minute)) == minute


def test_days_of_the_week_and_dates_stand_side_by_side_in_words() -> None:
    first_of_december = day_number(dt.date(2026, 12, 1))
    assert on_days([0, first_of_december]) == "on Mondays and Tue 1 Dec"
    assert on_days([*WEEK, first_of_december]) == "every day"
