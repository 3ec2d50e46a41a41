"""Whether the exercises that are left can make a week; where not, what is missing, why, and what would bring it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

import pytest

from boneplan.exercises import catalogue
from boneplan.plan import Conflict
from boneplan.profile import Profile
from boneplan.schedule import Course, plan_sessions
from boneplan.schedule.coverage import uncovered
from boneplan.schedule.eligibility import eligible
from boneplan.schedule.needs import needs_of
from boneplan.schedule.progression import dose_of, first_week

Person = Callable[..., Profile]
MONDAY = dt.date(2026, 11, 23)
CLEARED = [{"for": "exercise", "by": "oncologist", "on": "2026-01-10"}]


def lacking(profile: Profile, without: Collection[str] = ()) -> Conflict | None:
    options = eligible(profile, catalogue())
    needs = needs_of(profile, options, dose_of(first_week(profile, MONDAY, impacts=False)))
    return uncovered(profile, [e for e in options if e.id not in without], needs, catalogue())


def of_kind(kind: str) -> set[str]:
    return {e.id for e in catalogue().values() if e.kind == kind}


@pytest.mark.parametrize(
    "someone",
    [{}, {"places": ["home"]}, {"places": ["outdoors"]}, {"places": ["gym"]}, {"t": -3.5},
     {"conditions": ["fall_risk", "neuropathy", "joint_pain", "lymphoedema"]}],
    ids=["nothing at hand", "at home", "outdoors", "in a gym", "osteoporosis", "several conditions"],
)  # fmt: skip
def test_everybody_has_an_exercise_for_every_part_of_the_week_without_equipment(
    person: Person, someone: dict[str, Any]
) -> None:
    assert lacking(person(**someone)) is None


@pytest.mark.parametrize(
    "site",
    ["cervical_spine", "thoracic_spine", "lumbar_spine", "ribs", "pelvis", "proximal_femur"],
)
def test_a_metastasis_at_any_site_leaves_a_whole_week(person: Person, site: str) -> None:
    assert lacking(person(conditions=["bone_metastases"], metastases=[site], clearance=CLEARED)) is None


@pytest.mark.parametrize("sites", [[], ["other"], ["lumbar_spine", "other"]])
def test_metastases_nobody_has_placed_leave_no_week_and_the_question_to_ask(person: Person, sites: list[str]) -> None:
    found = lacking(person(conditions=["bone_metastases"], metastases=sites, clearance=CLEARED))
    assert found is not None
    assert "exercise-metastases-site-map" in found.rules
    assert "name the sites in bone.metastases" in found.relaxations[0] or "lumbar_spine" in sites


def test_a_pool_alone_makes_no_week_and_places_that_would_are_named(person: Person) -> None:
    schedule = plan_sessions(person(equipment=["pool"], places=["pool"]), MONDAY, 1, seed=0, calendar="c")
    assert schedule.sessions == []
    conflict = schedule.conflict
    assert conflict is not None
    assert conflict.rules[:3] == [
        "exercise-aerobic-150-minutes", "exercise-balance-3-days", "exercise-all-muscle-groups"
    ]  # fmt: skip
    assert "exercise-place" in conflict.rules
    assert "balance" in conflict.text
    assert "the legs" in conflict.text
    assert "add home or outdoors or gym to exercise.places" in conflict.relaxations
    assert 1 <= len(conflict.relaxations) <= 4


def test_a_place_from_the_offer_mends_the_week(person: Person) -> None:
    for place in ("home", "gym"):
        assert lacking(person(equipment=["pool"], places=["pool", place])) is None


def test_with_nothing_left_for_a_part_the_rules_are_named_and_the_care_team(person: Person) -> None:
    profile = person(conditions=["bone_metastases"], metastases=["pelvis"], clearance=CLEARED)
    conflict = lacking(profile, without=of_kind("balance"))
    assert conflict is not None
    assert conflict.text == "No exercise is left for balance."
    assert "exercise-balance-3-days" in conflict.rules
    assert "exercise-metastases-site-map" in conflict.rules
    assert not any("level" in offer or "metastases" in offer for offer in conflict.relaxations)


def test_no_rule_about_the_state_of_the_person_is_offered_for_sale(person: Person) -> None:
    spine = {"site": "vertebra", "year": 2022, "fragility": True}
    profile = person(t=-3.5, fractures=[spine], conditions=["fall_risk"], places=["home"])
    conflict = lacking(profile, without=of_kind("balance"))
    assert conflict is not None
    assert "exercise-level" in conflict.rules
    assert all(offer.startswith(("add ", "ask the care team")) for offer in conflict.relaxations)


def test_where_no_mend_would_help_the_care_team_is_asked(person: Person) -> None:
    everything = person(
        equipment=[
            "chair",
            "resistance_band",
            "dumbbells",
            "machines",
            "mat",
            "step",
            "bike",
            "treadmill",
            "poles",
            "pool",
        ]
    )
    conflict = lacking(everything, without=of_kind("resistance"))
    assert conflict is not None
    assert conflict.relaxations == ["ask the care team which exercises would be possible"]


def test_exercises_left_out_after_pain_can_leave_a_part_without_any_and_it_is_said(person: Person) -> None:
    profile = person()
    course = Course(first_week(profile, MONDAY, impacts=False), avoid=frozenset(of_kind("balance")))
    schedule = plan_sessions(profile, MONDAY, 1, seed=0, calendar="c", course=course)
    assert schedule.sessions == []
    assert schedule.conflict is not None
    assert schedule.conflict.text == "No exercise is left for balance."


def test_vigorous_activities_alone_do_not_make_the_aerobic_minutes(person: Person) -> None:
    profile = person(t=0.5, level="advanced", places=["outdoors"])
    moderate = {e.id for e in catalogue().values() if e.kind == "aerobic" and e.effort == "moderate"}
    course = Course(first_week(profile, MONDAY, impacts=False), avoid=frozenset(moderate))
    conflict = plan_sessions(profile, MONDAY, 1, seed=0, calendar="c", course=course).conflict
    assert conflict is not None
    assert conflict.text == "No exercise is left for the weight-bearing minutes."
