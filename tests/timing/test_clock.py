"""Meals that move because of a medicine: by what is needed, on the days that need it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.profile import Profile
from boneplan.timing.clock import Clock, meal_times
from boneplan.timing.day import DAY, clock_of, minutes_of
from boneplan.timing.dose import untimed

MONDAY = dt.date(2026, 11, 23)
TUESDAY = MONDAY + dt.timedelta(days=1)
ALENDRONATE = {"name": "alendronate 70 mg", "weekday": "monday", "time": "06:45"}
EARLY = {"breakfast": "07:00", "lunch": "12:30", "snack": "15:30", "dinner": "18:30"}


def breakfast(profile: Profile, day: dt.date = MONDAY) -> str:
    return meal_times(Clock(profile), day)["breakfast"]


def test_without_medicines_meals_stand_at_the_profiles_times(person: Any) -> None:
    assert meal_times(Clock(person(meals=EARLY)), MONDAY) == EARLY
    assert Clock(person(meals=EARLY)).moves == []


def test_a_weekly_tablet_moves_breakfast_on_its_own_day_alone(person: Any) -> None:
    profile = person(ALENDRONATE, meals=EARLY)
    assert breakfast(profile) == "07:15"
    assert breakfast(profile, TUESDAY) == "07:00"
    assert meal_times(Clock(profile), MONDAY)["lunch"] == "12:30"


def test_the_same_tablet_without_a_weekday_is_taken_every_day(person: Any) -> None:
    profile = person({"name": "risedronate 5 mg", "time": "06:45"}, meals=EARLY)
    assert {breakfast(profile, MONDAY + dt.timedelta(days=day)) for day in range(7)} == {"07:15"}


@pytest.mark.parametrize(("name", "time", "moved"), [
    ("levothyroxine", "06:30", "07:00"), ("levothyroxine", "06:31", "07:01"), ("levothyroxine", "07:00", "07:30"),
    ("alendronate", "06:30", "07:00"), ("alendronate", "06:31", "07:01"), ("alendronate", "08:10", "08:40"),
    ("ibandronate", "06:00", "07:00"), ("ibandronate", "06:01", "07:01"),
    ("levothyroxine", "07:01", "07:00"), ("metformin", "06:59", "07:00"),
])  # fmt: skip
def test_breakfast_moves_by_exactly_what_is_needed(person: Any, name: str, time: str, moved: str) -> None:
    assert breakfast(person({"name": name, "time": time}, meals=EARLY)) == moved


def test_a_snack_before_breakfast_moves_as_well(person: Any) -> None:
    profile = person(ALENDRONATE, meals={**EARLY, "breakfast": "08:00", "snack": "06:50"})
    times = meal_times(Clock(profile), MONDAY)
    assert (times["snack"], times["breakfast"]) == ("07:15", "08:00")


def test_a_dose_without_a_time_is_taken_before_breakfast_as_its_label_says(person: Any) -> None:
    profile = person({"name": "Fosamax"}, {"name": "ibandronate"}, {"name": "ciprofloxacin"}, {"name": "metformin"})
    assert [str(dose) for dose in Clock(profile).doses] == [
        "Fosamax at 07:00", "ibandronate at 06:30", "ciprofloxacin at 05:30",
    ]  # fmt: skip
    assert meal_times(Clock(profile), MONDAY)["breakfast"] == "07:30"


def test_medicines_whose_missing_time_matters_are_named(person: Any) -> None:
    profile = person(
        {"name": "ferrous sulfate"}, {"name": "methotrexate", "weekday": "friday"}, {"name": "metformin"},
        {"name": "levothyroxine"}, {"name": "ibandronate injection", "every_months": 3},
    )  # fmt: skip
    missing = untimed(profile, Clock(profile).usual)
    assert [medication.name for medication in missing] == ["ferrous sulfate", "methotrexate"]
    assert [dose.name for dose in Clock(profile).doses] == ["levothyroxine"]


@pytest.mark.parametrize(("time", "there"), [("11:59", False), ("12:00", True), ("21:00", True)])
def test_a_meal_that_would_meet_the_next_one_is_a_conflict_that_names_both(
    person: Any, time: str, there: bool
) -> None:
    conflict = Clock(person({"name": "alendronate", "weekday": "monday", "time": time}, meals=EARLY)).conflict()
    assert (conflict is not None) == there
    if conflict:
        assert conflict.part == "menu"
        assert conflict.rules == ["safety/timing/bisphosphonate_food", "meals/breakfast"]
        assert f"alendronate at {time} and breakfast at 07:00" in conflict.text
        assert conflict.relaxations[0] == "another time for alendronate, if whoever prescribes it agrees"


def test_a_meal_that_would_stand_on_the_next_day_is_a_conflict(person: Any) -> None:
    meals = {"breakfast": "07:30", "lunch": "12:30", "snack": None, "dinner": "23:45"}
    conflict = Clock(person({"name": "levothyroxine", "time": "23:40"}, meals=meals)).conflict()
    assert conflict is not None
    assert "at 00:10, not before the next day" in conflict.text


def test_a_dose_late_in_the_evening_reaches_into_the_next_day(person: Any) -> None:
    meals = {"breakfast": "00:10", "lunch": "12:30", "snack": None, "dinner": "18:30"}
    assert breakfast(person({"name": "levothyroxine", "time": "23:50"}, meals=meals)) == "00:20"


def test_what_is_taken_with_a_meal_moves_with_it(person: Any) -> None:
    clock = Clock(person(ALENDRONATE, meals=EARLY))
    at = {usual: clock_of(clock.at(minutes_of(usual), 0)) for usual in ("06:59", "07:00", "07:30", "07:31")}
    assert at == {"06:59": "06:59", "07:00": "07:15", "07:30": "07:45", "07:31": "07:31"}
    assert clock.at(minutes_of("07:00"), 1) == minutes_of("07:00")


times_of_day = st.integers(0, DAY - 1).map(clock_of)


@given(st.sampled_from(["levothyroxine", "alendronate", "ibandronate"]), times_of_day, st.booleans())
def test_no_meal_moves_to_an_earlier_time_and_none_stands_too_close(name: str, time: str, weekly: bool) -> None:
    medicine = {"name": name, "time": time, "weekday": "monday" if weekly else None}
    known = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
    clock = Clock(Profile.model_validate({**known, "medications": [medicine], "meals": EARLY}))
    after = 60 if name == "ibandronate" else 30
    for day in clock.days:
        for meal, minute in clock.meals[day].items():
            assert minute >= clock.usual[meal]
    if clock.conflict() is None:
        gaps = [start - minutes_of(time) for start in clock.meals[0].values()]
        assert all(gap >= after for gap in gaps if gap >= 0)
        assert name == "levothyroxine" or min(gaps) >= after


RISEDRONATE = {"name": "risedronate 150 mg", "every_months": 1, "last": "2026-10-24", "time": "06:45"}
FORTNIGHT = [MONDAY + dt.timedelta(days=day) for day in range(14)]


def test_a_monthly_tablet_moves_breakfast_on_the_day_it_is_due_alone(person: Any) -> None:
    clock = Clock(person(RISEDRONATE, meals=EARLY), FORTNIGHT)
    moved = {day.day: meal_times(clock, day)["breakfast"] for day in FORTNIGHT}
    assert {day for day, time in moved.items() if time != "07:00"} == {24}
    assert moved[24] == "07:15"


def test_a_monthly_tablet_without_a_time_is_taken_before_breakfast_as_a_weekly_one(person: Any) -> None:
    (dose,) = Clock(person({**RISEDRONATE, "time": None}), FORTNIGHT).doses
    assert str(dose) == "risedronate 150 mg at 07:00"
    assert dose.assumed_by is not None
