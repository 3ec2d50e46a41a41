"""What this person's bones, nerves, level and equipment rule out."""

from __future__ import annotations

from typing import Any

import pytest

OSTEOPOROSIS = {"t_scores": {"total_hip": -2.5}}
FRAGILITY = {"fractures": [{"site": "wrist", "year": 2019, "fragility": True}]}
VERTEBRA = {"fractures": [{"site": "vertebra", "year": 2019, "fragility": False}]}
SEVERAL = {"fractures": [{"site": "wrist", "year": y, "fragility": True} for y in (2011, 2019)]}
OSTEOPENIA = {"t_scores": {"total_hip": -2.4}}


def add(world: Any, exercise: str, kind: str = "resistance") -> None:
    world.first(kind)["items"].append(world.exercise(exercise))


@pytest.mark.parametrize("bone", [OSTEOPOROSIS, FRAGILITY, VERTEBRA, SEVERAL])
def test_loaded_bending_or_end_range_twisting_of_a_fragile_spine_is_a_breach(
    world: Any, bone: dict[str, Any]
) -> None:
    world.profile["bone"] = bone
    assert world.rules() == set()
    add(world, "sit_up")
    assert world.rules() == {"verify/exercise-spine-sparing"}
    add(world, "twist")
    assert world.rules() == {"verify/exercise-spine-sparing", "verify/exercise-no-twisting"}


def test_sit_ups_are_no_breach_with_osteopenia(world: Any) -> None:
    world.profile["bone"] = OSTEOPENIA
    add(world, "sit_up")
    assert world.rules() == set()


def jog(world: Any) -> None:
    session = world.first("aerobic")
    session["items"] = [world.exercise("jog")]
    session["intensity"] = {"rpe": 5, "met": 7.0, "level": "vigorous"}
    session.update(minutes=30, end="07:30")


@pytest.mark.parametrize("bone", [VERTEBRA, SEVERAL])
def test_jogging_after_a_vertebral_or_several_fragility_fractures_is_a_breach(
    world: Any, bone: dict[str, Any]
) -> None:
    jog(world)
    assert world.rules() == set()
    world.profile["bone"] = bone
    assert world.rules() == {"verify/effort", "verify/exercise-impact", "verify/exercise-moderate"}


def test_jogging_after_one_broken_wrist_is_no_breach_of_the_impact_rule(world: Any) -> None:
    jog(world)
    world.profile["bone"] = FRAGILITY
    assert world.rules() == set()


def test_a_vigorous_walk_after_a_vertebral_fracture_is_a_breach(world: Any) -> None:
    world.profile["bone"] = VERTEBRA
    world.first("aerobic").update(minutes=30, end="07:30")
    world.first("aerobic")["intensity"]["level"] = "vigorous"
    assert world.rules() == {"verify/effort", "verify/intensity"}


def test_an_effort_over_the_cap_after_a_vertebral_fracture_is_a_breach(world: Any) -> None:
    world.first("resistance")["intensity"]["rpe"] = 6
    assert world.rules() == set()
    world.profile["bone"] = VERTEBRA
    assert world.rules() == {"verify/effort"}


def test_an_unsupported_exercise_with_a_high_fall_hazard_is_a_breach_for_who_may_fall(world: Any) -> None:
    add(world, "wobble_board", "balance")
    assert world.rules() == set()
    world.profile["conditions"] = ["fall_risk"]
    assert world.rules() == {"verify/exercise-fall-hazard"}


def test_equipment_that_the_person_has_not_is_a_breach(world: Any) -> None:
    world.profile["exercise"]["equipment"] = []
    breaches = world.breaches()
    assert {b.rule for b in breaches} == {"verify/equipment"}
    assert breaches[0].text == "needs resistance_band, which the person has not"


def test_an_exercise_above_the_persons_level_is_a_breach(world: Any) -> None:
    add(world, "deadlift")
    assert world.rules() == {"verify/level"}
    world.profile["exercise"]["level"] = "advanced"
    assert world.rules() == set()


def test_a_joint_beside_a_metastasis_that_is_loaded_is_a_breach(world: Any) -> None:
    world.profile["conditions"] = ["bone_metastases"]
    world.profile["bone"]["metastases"] = ["lumbar_spine"]
    breaches = world.breaches()
    assert {b.rule for b in breaches} == {"verify/exercise-site-map"}
    assert breaches[0].where == "2026-11-24 17:00 Resistance, brace"
    assert breaches[0].text == "a joint beside a metastasis is not loaded (bone metastases)"
    for session in world.sessions:
        session["items"] = [i for i in session["items"] if i["exercise"] != "brace"]
    assert world.rules() == set()  # the core, which that would train, is excused


@pytest.mark.parametrize("sites", [[], ["other"], ["left_thumb"]])
def test_with_no_known_site_of_metastasis_every_joint_of_the_map_is_spared(world: Any, sites: list[str]) -> None:
    world.profile["conditions"] = ["bone_metastases"]
    world.profile["bone"]["metastases"] = sites
    named = {b.where.split(", ")[-1] for b in world.breaches() if b.rule == "verify/exercise-site-map"}
    assert named == {"brace", "squat", "walk"}


def test_an_exercise_done_where_the_person_does_not_train_is_a_breach(world: Any) -> None:
    for places in (["home"], ["pool", "gym"], None):
        world.profile["exercise"]["places"] = places
        assert world.rules() == set()
    world.profile["exercise"]["places"] = ["pool", "outdoors"]
    breaches = world.breaches()
    assert {b.rule for b in breaches} == {"verify/place"}
    assert breaches[0].text == "done at gym or home, the person trains at outdoors, pool"


def test_an_exercise_that_the_plan_leaves_out_is_a_breach(world: Any) -> None:
    world.document["exercise"]["avoid"] = ["deadlift"]
    assert world.rules() == set()
    world.document["exercise"]["avoid"] = ["deadlift", "row"]
    assert world.rules() == {"verify/avoided"}
