"""Days as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.ask.dates import MONTHS, read_date, spoken_date
from boneplan.ask.text import Again


@pytest.mark.parametrize(
    "typed",
    [
        "2 April 1961", "2 apr 1961", "2 Apr. 1961", "2nd of April, 1961", "2nd April 1961", "April 2, 1961",
        "Apr 2 1961", "APRIL 2nd, 1961", "1961-04-02", "1961/4/2", "2-Apr-1961", "  2  April  1961 ",
    ],
)  # fmt: skip
def test_the_second_of_april(typed: str) -> None:
    assert read_date(typed) == "1961-04-02"


@given(day=st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_day_reads_back_from_its_words(day: dt.date) -> None:
    month = MONTHS[day.month - 1]
    for typed in (
        spoken_date(str(day)),
        f"{month[:3]} {day.day}, {day.year}",
        f"{day.day}. {month.upper()} {day.year}",
    ):
        assert read_date(typed) == str(day)


@given(first=st.integers(1, 31), second=st.integers(1, 31), mark=st.sampled_from(["/", ".", "-", " "]))
def test_figures_that_can_be_two_days_are_asked_back(first: int, second: int, mark: str) -> None:
    typed = f"{first}{mark}{second}{mark}1961"
    if first != second and max(first, second) <= 12:
        with pytest.raises(Again) as caught:
            read_date(typed)
        assert f"write {second} {MONTHS[first - 1]} 1961 or {first} {MONTHS[second - 1]} 1961" in str(caught.value)
    elif min(first, second) <= 12:
        day, month = max(first, second), min(first, second)
        assert read_date(typed) == f"1961-{month:02d}-{day:02d}"
    else:
        with pytest.raises(Again, match="no month"):
            read_date(typed)


@pytest.mark.parametrize(
    ("typed", "told"),
    [("April 1961", "has no day"), ("1961", "has no day"), ("4/2/61", "four figures"), ("2 Floreal 1961", "no month"),
     ("soon", "is no date"), ("0/4/1961", "is no date"), ("2 ma 1961", "is no date")],
)  # fmt: skip
def test_what_is_no_day(typed: str, told: str) -> None:
    with pytest.raises(Again, match=told):
        read_date(typed)
