"""How much: sets, loads, effort and impacts by level and condition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from boneplan.exercises import catalogue
from boneplan.profile import Profile
from boneplan.schedule.doses import (
    WeekDose,
    exercises_that_fit,
    first_impacts,
    first_sets,
    impact_minutes,
    load_words,
    most_impacts,
    resistance_minutes,
    rpe_for,
)

Person = Callable[..., Profile]
WEEK = WeekDose(aerobic_minutes=150, sets=1, reps=10, load_percent=100.0, impacts=20)
SPINE = {"site": "vertebra", "year": 2022, "fragility": True}


@pytest.mark.parametrize(
    ("level", "sets", "minutes"), [("beginner", 1, 20), ("intermediate", 2, 35), ("advanced", 3, 50)]
)
def test_sets_rise_with_the_level_and_the_session_with_them(
    person: Person, level: str, sets: int, minutes: int
) -> None:
    assert first_sets(person(level=level)) == sets
    assert resistance_minutes(groups=7, sets=sets, grid=5) == minutes


@pytest.mark.parametrize("condition", ["joint_pain", "lymphoedema"])
def test_sore_joints_and_lymphoedema_start_low(person: Person, condition: str) -> None:
    profile = person(level="advanced", equipment=["resistance_band", "chair"], conditions=[condition])
    assert first_sets(profile) == 1
    assert "very light" in load_words(profile, catalogue()["band_row"], WEEK)
    assert rpe_for(profile, catalogue()["band_row"]) <= 4


def test_the_load_of_bodyweight_and_of_holds_is_no_weight(person: Person) -> None:
    assert "own weight" in load_words(person(), catalogue()["wall_push_up"], WEEK)
    assert "half of your strength" in load_words(person(), catalogue()["palm_press"], WEEK)
    assert "after 10 you could do 3 or 4 more" in load_words(person(), catalogue()["band_curl"], WEEK)


def test_a_risen_load_is_told_against_the_first_week_and_slows_down_what_has_no_weight(person: Person) -> None:
    risen = replace(WEEK, load_percent=110.2, reps=8)
    told = load_words(person(), catalogue()["band_curl"], risen)
    assert "after 8 you could do 3 or 4 more" in told
    assert "10 % more than in the first week" in told
    assert "slower" in load_words(person(), catalogue()["wall_push_up"], risen)
    assert load_words(person(), catalogue()["palm_press"], risen) == load_words(
        person(), catalogue()["palm_press"], WEEK
    )


def test_a_beginner_works_at_3_to_5(person: Person) -> None:
    assert {rpe_for(person(), e) for e in catalogue().values()} == {3, 4, 5}


@pytest.mark.parametrize(("level", "low"), [("beginner", 3), ("intermediate", 4), ("advanced", 5)])
def test_a_lighter_week_takes_a_point_of_effort_off_but_stays_in_the_range_of_the_level(
    person: Person, level: str, low: int
) -> None:
    profile = person(level=level)
    for exercise in catalogue().values():
        usual, lighter = rpe_for(profile, exercise), rpe_for(profile, exercise, rpe_less=1)
        assert lighter == max(low, usual - 1)


def test_a_vertebral_fracture_caps_the_effort(person: Person) -> None:
    profile = person(level="advanced", fractures=[SPINE])
    assert max(rpe_for(profile, e) for e in catalogue().values()) == 5


def test_time_holds_whole_exercises_beside_warm_up_and_cool_down() -> None:
    assert exercises_that_fit(15, 1) == 5
    assert exercises_that_fit(20, 1) == 7
    assert exercises_that_fit(35, 2) == 7


def test_impacts_rise_with_the_level_and_halve_with_sore_joints(person: Person) -> None:
    assert [first_impacts(person(level=level)) for level in ("beginner", "intermediate", "advanced")] == [20, 40, 50]
    assert first_impacts(person(level="intermediate", conditions=["joint_pain"])) == 20
    assert impact_minutes(50, grid=5) == 10


def test_everybody_builds_up_to_50_impacts_and_sore_joints_to_half_of_them_in_whole_sets(person: Person) -> None:
    assert {most_impacts(person(level=level)) for level in ("beginner", "intermediate", "advanced")} == {50}
    assert most_impacts(person(conditions=["joint_pain"])) == 20
