"""Exemestane: right behind a meal, and with the meal when it moves."""

from __future__ import annotations

from typing import Any

import pytest

from boneplan.timing.after_meal import dose_after_meal
from boneplan.timing.clock import Clock
from boneplan.timing.day import clock_of


def taken(profile: Any, weekday: int = 1) -> tuple[str, bool] | None:
    """When on a weekday (1 Tuesday), and whether the profile's time had to move."""
    clock = Clock(profile)
    dose = dose_after_meal(profile, clock)
    return dose and (clock_of(dose.on(clock, weekday)), dose.declared is not None)


@pytest.mark.parametrize(("time", "found"), [
    ("breakfast", ("08:00", False)), ("dinner", ("19:00", False)),
    ("07:30", ("07:30", False)), ("08:30", ("08:30", False)), ("08:31", ("13:00", True)),
    ("07:29", ("08:00", True)), ("23:00", ("08:00", True)), ("10:00", ("13:00", True)),
])  # fmt: skip
def test_exemestane_stands_after_a_meal(person: Any, time: str, found: tuple[str, bool]) -> None:
    assert taken(person(therapy={"drug": "exemestane", "time": time})) == found


@pytest.mark.parametrize("therapy", [
    {"drug": "exemestane"}, {"drug": "anastrozole", "time": "breakfast"}, {"drug": "letrozole", "time": "10:00"},
    {"drug": "none"},
])  # fmt: skip
def test_other_drugs_and_a_dose_without_a_time_are_left_alone(person: Any, therapy: dict[str, Any]) -> None:
    assert taken(person(therapy=therapy)) is None


def test_a_snack_that_the_person_does_not_have_gives_no_time(person: Any) -> None:
    meals = {"breakfast": "07:30", "lunch": "12:30", "snack": None, "dinner": "18:30"}
    assert taken(person(therapy={"drug": "exemestane", "time": "snack"}, meals=meals)) is None


def test_it_moves_with_its_meal(person: Any) -> None:
    tablet = {"name": "alendronate", "weekday": "monday", "time": "07:20"}
    profile = person(tablet, therapy={"drug": "exemestane", "time": "breakfast"})
    assert (taken(profile, 0), taken(profile, 1)) == (("08:20", False), ("08:00", False))
