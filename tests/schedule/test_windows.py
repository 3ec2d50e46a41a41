"""Availability as dated windows."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.errors import InputError
from boneplan.schedule.windows import (
    Window,
    clock,
    grown,
    merged,
    minutes_of,
    read_windows,
    room_around,
    without,
)

WEDNESDAY = dt.date(2026, 11, 25)


def test_days_count_from_the_first_day_of_the_plan() -> None:
    windows = read_windows({"tuesday": ["07:00-08:00"], "wednesday": ["18:00-18:30"]}, WEDNESDAY)
    assert windows == [Window(0, 1080, 1110), Window(6, 420, 480)]


def test_where_stretches_overlap_the_later_begins_after_the_earlier() -> None:
    windows = read_windows({"wednesday": ["07:30-09:00", "07:00-08:00", "07:10-07:20"]}, WEDNESDAY)
    assert windows == [Window(0, 420, 480), Window(0, 480, 540)]


@pytest.mark.parametrize(
    "text", ["25:00-26:00", "09:00-08:00", "09:00-09:00", "morning", "07:00", "07:00-08:00-09:00"]
)
def test_what_is_no_stretch_of_time_is_named_with_its_weekday(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_windows({"friday": [text]}, WEDNESDAY)
    assert caught.value.lines == [f'exercise.availability.friday: {text!r}: write a stretch such as "07:00-08:00"']


def test_a_window_grows_up_to_its_neighbours() -> None:
    windows = [Window(0, 420, 440), Window(0, 450, 470), Window(1, 60, 90)]
    assert room_around(windows) == [430, 979, 1409]
    assert grown(windows, 0, 30) == Window(0, 400, 450)


def test_a_window_does_not_grow_into_blocked_times() -> None:
    windows, blocked = [Window(0, 420, 440)], [Window(0, 450, 500), Window(0, 380, 400), Window(1, 0, 1439)]
    assert room_around(windows, blocked) == [30]
    assert grown(windows, 0, 30, blocked) == Window(0, 400, 450)


def test_windows_that_overlap_or_touch_are_merged_and_those_of_other_days_are_not() -> None:
    windows = [
        Window(0, 450, 500),
        Window(0, 420, 450),
        Window(0, 430, 440),
        Window(0, 510, 520),
        Window(1, 520, 530),
    ]
    assert merged(windows) == [Window(0, 420, 500), Window(0, 510, 520), Window(1, 520, 530)]


def test_a_stretch_is_taken_out_of_its_day_alone() -> None:
    windows = [Window(0, 420, 540), Window(1, 420, 540)]
    assert without(windows, 0, 450, 480) == [Window(0, 420, 450), Window(0, 480, 540), Window(1, 420, 540)]
    assert without(windows, 1, 0, 1439) == [Window(0, 420, 540)]


@given(st.integers(0, 1439))
def test_a_time_of_day_reads_back(minutes: int) -> None:
    assert minutes_of(clock(minutes)) == minutes


@given(st.lists(st.tuples(st.integers(0, 1380), st.integers(1, 59)), max_size=6))
def test_windows_never_overlap_and_stay_inside_what_was_given(spans: list[tuple[int, int]]) -> None:
    texts = [f"{clock(start)}-{clock(start + length)}" for start, length in spans]
    windows = read_windows({"wednesday": texts}, WEDNESDAY)
    assert all(later.start >= earlier.end for earlier, later in pairwise(windows))
    for window in windows:
        assert any(start <= window.start and window.end <= start + length for start, length in spans)
