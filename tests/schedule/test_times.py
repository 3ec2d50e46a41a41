"""The free times of each week: availability without what is taken, and without the hour that a clock change bends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.plan import Busy
from boneplan.profile import Profile
from boneplan.profile_health import Medication
from boneplan.schedule.times import Times
from boneplan.schedule.windows import Window, clock

Person = Callable[..., Profile]
MONDAY, WEDNESDAY = dt.date(2026, 11, 23), dt.date(2026, 11, 25)
EVERY_DAY = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def busy(date: dt.date, start: str, end: str) -> Busy:
    return Busy(date=date, start=start, end=end)


def spans(windows: Sequence[Window]) -> list[tuple[int, str, str]]:
    return [(w.day, clock(w.start), clock(w.end)) for w in windows]


def test_every_week_has_the_same_times_counted_from_its_first_day(person: Person) -> None:
    times = Times(person(availability={"monday": ["07:00-08:00"], "wednesday": ["18:00-19:00"]}), WEDNESDAY, ())
    assert spans(times.windows(0)) == [(0, "18:00", "19:00"), (5, "07:00", "08:00")]
    assert times.windows(0) == times.windows(7)
    assert times.notices == []


def test_a_taken_hour_splits_the_window_of_that_day_and_week_alone(person: Person) -> None:
    profile = person(availability={"monday": ["07:00-10:00"], "tuesday": ["07:00-10:00"]})
    times = Times(profile, MONDAY, [busy(MONDAY + dt.timedelta(days=8), "08:00", "08:40")])
    assert spans(times.windows(0)) == [(0, "07:00", "10:00"), (1, "07:00", "10:00")]
    assert spans(times.windows(1)) == [(0, "07:00", "10:00"), (1, "07:00", "08:00"), (1, "08:40", "10:00")]
    assert times.windows(2) == times.windows(0)


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [("06:00", "07:30", ["07:30-08:00"]), ("07:45", "09:00", ["07:00-07:45"]), ("07:00", "08:00", []),
     ("00:00", "23:59", []), ("08:00", "09:00", ["07:00-08:00"]), ("06:00", "07:00", ["07:00-08:00"])],
    ids=["its beginning", "its end", "all of it", "the whole day", "right after", "right before"],
)  # fmt: skip
def test_what_is_taken_leaves_the_rest_of_a_window(person: Person, start: str, end: str, left: list[str]) -> None:
    times = Times(person(availability={"monday": ["07:00-08:00"]}), MONDAY, [busy(MONDAY, start, end)])
    assert [f"{a}-{b}" for _, a, b in spans(times.windows(0))] == left


def test_a_whole_day_up_to_its_last_minute_is_taken(person: Person) -> None:
    times = Times(person(availability={"monday": ["00:00-23:59"]}), MONDAY, [busy(MONDAY, "00:00", "23:59")])
    assert times.windows(0) == ()


def test_taken_times_before_and_after_the_weeks_take_nothing(person: Person) -> None:
    taken = [
        busy(MONDAY - dt.timedelta(days=1), "00:00", "23:59"),
        busy(MONDAY + dt.timedelta(days=7), "00:00", "23:59"),
    ]
    times = Times(person(availability={day: ["07:00-08:00"] for day in EVERY_DAY}), MONDAY, taken)
    assert [w.day for w in times.windows(0)] == [0, 1, 2, 3, 4, 5, 6]
    assert [w.day for w in times.windows(1)] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("zone", "date", "left"),
    [
        ("America/New_York", dt.date(2026, 3, 8), ["00:00-01:59", "03:00-05:00"]),
        ("America/New_York", dt.date(2026, 11, 1), ["00:00-00:59", "02:00-05:00"]),
        ("Europe/London", dt.date(2026, 3, 29), ["00:00-00:59", "02:00-05:00"]),
        ("Europe/London", dt.date(2026, 10, 25), ["00:00-00:59", "02:00-05:00"]),
        ("Australia/Lord_Howe", dt.date(2026, 10, 4), ["00:00-01:59", "02:30-05:00"]),
        ("Australia/Lord_Howe", dt.date(2026, 4, 5), ["00:00-01:29", "02:00-05:00"]),
        ("Africa/Cairo", dt.date(2026, 4, 24), ["01:00-05:00"]),
        ("Asia/Kolkata", dt.date(2026, 3, 29), ["00:00-05:00"]),
        ("America/New_York", dt.date(2026, 3, 9), ["00:00-05:00"]),
    ],
    ids=["New York spring", "New York autumn", "London spring", "London autumn", "Lord Howe spring",
         "Lord Howe autumn", "Cairo, at midnight", "Kolkata", "the day after"],
)  # fmt: skip
def test_the_skipped_and_the_repeated_hour_hold_no_window_and_none_ends_where_they_begin(
    person: Person, zone: str, date: dt.date, left: list[str]
) -> None:
    profile = person(timezone=zone, availability={day: ["00:00-05:00"] for day in EVERY_DAY})
    times = Times(profile, date - dt.timedelta(days=10), ())
    second_week = times.windows(1)
    assert [f"{a}-{b}" for day, a, b in spans(second_week) if day == 3] == left
    assert all(a == "00:00" and b == "05:00" for day, a, b in spans(second_week) if day not in (2, 3, 4))


def test_the_hour_before_midnight_that_comes_twice_holds_no_window(person: Person) -> None:
    # In Cairo the clock goes back at the end of 29 October 2026, from 24:00 to 23:00.
    profile = person(timezone="Africa/Cairo", availability={"thursday": ["22:00-23:59"]})
    assert spans(Times(profile, dt.date(2026, 10, 26), ()).windows(0)) == [(3, "22:00", "22:59")]


def test_meals_are_taken_out_of_the_windows_between_meals(person: Person) -> None:
    times = Times(person(availability={"monday": ["07:00-09:00"]}), MONDAY, ())
    assert spans(times.between_meals(times.windows(0))) == [(0, "07:00", "07:30"), (0, "08:00", "09:00")]


def test_no_session_stands_between_a_bisphosphonate_and_the_meal_that_it_moves(person: Person) -> None:
    profile = person(availability={"monday": ["07:00-09:00"], "tuesday": ["07:00-09:00"]})
    tablet = Medication(name="alendronate", weekday="monday", time="07:15")
    times = Times(profile.model_copy(update={"medications": [tablet]}), MONDAY, ())
    assert spans(times.between_meals(times.windows(0))) == [
        (0, "07:00", "07:15"), (0, "08:15", "09:00"), (1, "07:00", "07:30"), (1, "08:00", "09:00"),
    ]  # fmt: skip


@pytest.mark.parametrize(("medicine", "first"), [("Insulin glargine", "07:30"), ("metformin", "06:00")])
def test_nobody_on_insulin_trains_before_the_first_meal(person: Person, medicine: str, first: str) -> None:
    profile = person(availability={"monday": ["06:00-09:00"]})
    times = Times(profile.model_copy(update={"medications": [Medication(name=medicine)]}), MONDAY, ())
    assert spans(times.windows(0)) == [(0, first, "09:00")]


def test_usual_times_stand_in_where_there_are_none_and_no_times_at_all_stay_none(person: Person) -> None:
    usual = Times(person(), MONDAY, ())
    assert len(usual.windows(0)) == 7
    assert [notice.rule for notice in usual.notices] == ["exercise-default-times"]
    nothing = Times(person(availability={}), MONDAY, ())
    assert nothing.windows(0) == ()
    assert nothing.notices == []


minutes = st.integers(0, 1438)


@given(taken=st.lists(st.tuples(st.integers(0, 13), minutes, minutes), max_size=8), start=st.dates(
    dt.date(2026, 1, 1), dt.date(2027, 12, 31)
))  # fmt: skip
def test_no_window_meets_a_taken_time(person: Person, taken: list[tuple[int, int, int]], start: dt.date) -> None:
    profile = person(availability={day: ["06:00-12:00", "13:00-22:00"] for day in EVERY_DAY})
    events = [busy(start + dt.timedelta(days=day), clock(min(a, b)), clock(max(a, b) + 1)) for day, a, b in taken]
    times = Times(profile, start, events)
    for number in range(2):
        for day, begin, end in spans(times.windows(number)):
            assert begin < end
            date = start + dt.timedelta(days=day + 7 * number)
            assert not [e for e in events if e.date == date and e.start < end and begin < e.end]
