"""What a person's week must and should hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from boneplan.exercises import catalogue
from boneplan.profile import Profile
from boneplan.schedule.doses import WeekDose
from boneplan.schedule.eligibility import eligible
from boneplan.schedule.needs import Needs, needs_of

Person = Callable[..., Profile]


WEEK = WeekDose(aerobic_minutes=150, sets=1, reps=8, load_percent=100.0, impacts=20)


def of(profile: Profile, dose: WeekDose = WEEK) -> Needs:
    return needs_of(profile, eligible(profile, catalogue()), dose)


@pytest.mark.parametrize(
    ("someone", "days"),
    [({"t": -1.8}, 3), ({"t": -2.7}, 7), ({"conditions": ["fall_risk"]}, 7),
     ({"fractures": [{"site": "wrist", "year": 2019, "fragility": True}]}, 7)],
    ids=["osteopenia", "osteoporosis", "fall risk", "fragility fracture"],
)  # fmt: skip
def test_balance_is_wanted_daily_by_those_at_risk(person: Person, someone: dict[str, object], days: int) -> None:
    assert of(person(**someone)).balance_wanted == days


def test_back_extensor_work_is_wanted_daily_with_osteoporosis(person: Person) -> None:
    assert of(person(t=-2.7)).posture_wanted == 7
    assert of(person(t=-1.8)).posture_wanted == 2


@pytest.mark.parametrize("t", [-2.7, None])
def test_impacts_are_for_bone_known_to_bear_them(person: Person, t: float | None) -> None:
    assert of(person(t=t, level="advanced")).of_kind("impact") == []
    assert of(person(t=-1.2)).impact_wanted == 4


def test_vigorous_bouts_are_for_the_trained_with_sound_bone(person: Person) -> None:
    assert of(person(level="beginner")).vigorous_wanted == 0
    assert of(person(level="advanced")).vigorous_wanted == 2
    fractured = person(level="advanced", fractures=[{"site": "vertebra", "year": 2020}])
    assert "vigorous" not in {bout.name for bout in of(fractured).bouts}


def test_neuropathy_with_a_bike_may_ride_half_of_the_minutes(person: Person) -> None:
    assert of(person(conditions=["neuropathy"], equipment=["bike"])).bike_minutes == 75
    assert of(person(conditions=["neuropathy"])).bike is None
    assert of(person(equipment=["bike"])).bike is None


def test_a_week_asks_for_the_minutes_sets_and_impacts_of_its_dose(person: Person) -> None:
    needs = of(person(), WeekDose(aerobic_minutes=105, sets=2, reps=8, load_percent=100.0, impacts=50))
    assert needs.aerobic_minutes == 105
    assert {bout.longest for bout in needs.of_kind("resistance")} == {35}
    assert {bout.longest for bout in needs.of_kind("impact")} == {10}


def test_a_week_without_impacts_has_no_impact_sessions(person: Person) -> None:
    needs = of(person(), WeekDose(aerobic_minutes=150, sets=1, reps=8, load_percent=100.0, impacts=0))
    assert needs.of_kind("impact") == []
    assert needs.impact_wanted == 0


@pytest.mark.parametrize(
    ("site", "gone"),
    [("lumbar_spine", {"core"}), ("ribs", {"core", "back", "chest", "shoulders"}), ("pelvis", {"hips"})],
)
def test_muscle_groups_beside_a_metastasis_need_no_training(person: Person, site: str, gone: set[str]) -> None:
    cleared = [{"for": "exercise", "by": "oncologist", "on": "2026-01-10"}]
    needs = of(person(conditions=["bone_metastases"], metastases=[site], clearance=cleared))
    assert {"legs", "hips", "back", "chest", "shoulders", "arms", "core"} - set(needs.groups) == gone


@pytest.mark.parametrize("site", ["pelvis", "proximal_femur", "other"])
def test_with_a_metastasis_at_the_hip_the_minutes_are_off_the_feet(person: Person, site: str) -> None:
    needs = of(person(conditions=["bone_metastases", "neuropathy"], metastases=[site], equipment=["bike"]))
    assert [(bout.name, bout.on_feet, bout.osteogenic) for bout in needs.of_kind("aerobic")] == [
        ("off_feet", False, 0)
    ]
    assert needs.bike is None
