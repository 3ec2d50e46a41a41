"""Times of day and free times as people write them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.ask.clock import WEEKDAYS, read_availability, read_time
from boneplan.ask.text import Again

WEEK: list[str] = list(WEEKDAYS)


def every(days: list[str], window: str) -> dict[str, list[str]]:
    return {day: [window] for day in days}


@pytest.mark.parametrize(
    ("typed", "time"),
    [("7", "07:00"), ("7:30", "07:30"), ("07.30", "07:30"), ("7.30 pm", "19:30"), ("7pm", "19:00"),
     ("7 p.m.", "19:00"),
     ("12 am", "00:00"), ("12 pm", "12:00"), ("noon", "12:00"), ("at 6:30 AM", "06:30"), ("19h30", "19:30")],
)  # fmt: skip
def test_times_of_day(typed: str, time: str) -> None:
    assert read_time(typed) == time


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_minute_reads_back_with_and_without_am_and_pm(hour: int, minute: int) -> None:
    time = f"{hour:02d}:{minute:02d}"
    half = "am" if hour < 12 else "pm"
    assert read_time(time) == time
    assert read_time(f"{(hour - 1) % 12 + 1}.{minute:02d} {half}") == time


@pytest.mark.parametrize(
    ("typed", "near", "time"),
    [("7", "18:30", "19:00"), ("7", "07:30", "07:00"), ("1", "12:30", "13:00"), ("10", "15:30", "10:00"),
     ("07:00", "18:30", "07:00"), ("11:30", "12:30", "11:30")],
)  # fmt: skip
def test_dinner_at_seven_is_in_the_evening(typed: str, near: str, time: str) -> None:
    assert read_time(typed, near) == time


@pytest.mark.parametrize("typed", ["", "soon", "7:3", "13 pm", "0 am", "7:30:00"])
def test_what_is_no_time(typed: str) -> None:
    with pytest.raises(Again, match="is no time of day"):
        read_time(typed)


@pytest.mark.parametrize(
    ("typed", "free"),
    [
        ("mon wed 7-8, sat 9:00-10:30; any", {"monday": ["07:00-08:00"], "wednesday": ["07:00-08:00"],
                                              "saturday": ["09:00-10:30"]}),
        ("mon, wed 7-8", every(["monday", "wednesday"], "07:00-08:00")),
        ("weekdays 5-6 pm", every(WEEK[:5], "17:00-18:00")),
        ("weekend 11-1 pm", every(WEEK[5:], "11:00-13:00")),
        ("Mon-Fri 7:00 to 8:15", every(WEEK[:5], "07:00-08:15")),
        ("fri - sun 7 am - 8 am", every(WEEK[4:], "07:00-08:00")),
        ("sat-mon 9-10", every(["monday", "saturday", "sunday"], "09:00-10:00")),
        ("every day 17:00-18:15", every(WEEK, "17:00-18:15")),
        ("tuesdays 7-8, 17-18", {"tuesday": ["07:00-08:00", "17:00-18:00"]}),
        ("mon 03:00-04:00", {"monday": ["03:00-04:00"]}),
        ("tu/th noon - 1 pm", {"tuesday": ["12:00-13:00"], "thursday": ["12:00-13:00"]}),
        ("", None),
        ("any", None),
    ],
)  # fmt: skip
def test_free_times(typed: str, free: dict[str, Any] | None) -> None:
    assert read_availability(typed) == free


@pytest.mark.parametrize(
    ("typed", "told"),
    [("mon 5-6", "morning or afternoon.*5-6 pm"), ("7-8", "has no day"), ("someday 7-8", "no weekday"),
     ("mon", "is no free time"), ("mon 7-8, tue", "\"tue\" is no free time"), ("mon 25-26 am", "is no time")],
)  # fmt: skip
def test_free_times_that_are_asked_back(typed: str, told: str) -> None:
    with pytest.raises(Again, match=told):
        read_availability(typed)


@given(st.dictionaries(st.sampled_from(WEEK), st.tuples(st.integers(0, 700), st.integers(1, 700)), min_size=1))
def test_free_times_read_back_from_their_24_hour_clock(free: dict[str, tuple[int, int]]) -> None:
    def clock(minutes: int) -> str:
        return f"{minutes // 60:02d}:{minutes % 60:02d}"

    windows = {day: f"{clock(start)}-{clock(start + length)}" for day, (start, length) in free.items()}
    typed = ", ".join(f"{day[:3]} {window}" for day, window in windows.items())
    assert read_availability(typed) == {day: [windows[day]] for day in WEEK if day in windows}
