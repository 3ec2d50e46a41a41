"""How much: sets, loads, effort and impacts by level and condition."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from boneplan.exercises import catalogue
from boneplan.profile import Profile
from boneplan.schedule.doses import (
    exercises_that_fit,
    impact_minutes,
    impact_sets,
    load_words,
    resistance_minutes,
    rpe_for,
    sets_for,
)

Person = Callable[..., Profile]
SPINE = {"site": "vertebra", "year": 2022, "fragility": True}


@pytest.mark.parametrize(
    ("level", "sets", "minutes"), [("beginner", 1, 20), ("intermediate", 2, 35), ("advanced", 3, 50)]
)
def test_sets_rise_with_the_level_and_the_session_with_them(
    person: Person, level: str, sets: int, minutes: int
) -> None:
    assert sets_for(person(level=level)) == sets
    assert resistance_minutes(person(level=level), groups=7, grid=5) == minutes


@pytest.mark.parametrize("condition", ["joint_pain", "lymphoedema"])
def test_sore_joints_and_lymphoedema_start_low(person: Person, condition: str) -> None:
    profile = person(level="advanced", equipment=["resistance_band", "chair"], conditions=[condition])
    assert sets_for(profile) == 1
    assert "very light" in load_words(profile, catalogue()["band_row"], 10)
    assert rpe_for(profile, catalogue()["band_row"]) <= 4


def test_the_load_of_bodyweight_and_of_holds_is_no_weight(person: Person) -> None:
    assert "own weight" in load_words(person(), catalogue()["wall_push_up"], 10)
    assert "half of your strength" in load_words(person(), catalogue()["palm_press"], 8)
    assert "after 10 you could do 3 or 4 more" in load_words(person(), catalogue()["band_curl"], 10)


def test_a_beginner_works_at_3_to_5(person: Person) -> None:
    assert {rpe_for(person(), e) for e in catalogue().values()} == {3, 4, 5}


def test_a_vertebral_fracture_caps_the_effort(person: Person) -> None:
    profile = person(level="advanced", fractures=[SPINE])
    assert max(rpe_for(profile, e) for e in catalogue().values()) == 5


def test_time_holds_whole_exercises_beside_warm_up_and_cool_down() -> None:
    assert exercises_that_fit(15, 1) == 5
    assert exercises_that_fit(20, 1) == 7
    assert exercises_that_fit(35, 2) == 7


def test_impacts_rise_with_the_level_and_halve_with_sore_joints(person: Person) -> None:
    assert [impact_sets(person(level=level)) for level in ("beginner", "intermediate", "advanced")] == [2, 4, 5]
    assert impact_sets(person(level="intermediate", conditions=["joint_pain"])) == 2
    assert impact_minutes(person(level="advanced"), grid=5) == 10
