"""The words by which the rules of exercise know a person."""

from __future__ import annotations

from typing import Any

import pytest

from boneplan.data import data_folder
from boneplan.verify.exercise_tables import read_exercise_tables
from boneplan.verify.person import read_person
from boneplan.verify.safety_rules import Lesion, SafetyRules
from boneplan.verify.traits import person_lesion, person_traits

PERSON = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}


@pytest.fixture(scope="module")
def safety() -> SafetyRules:
    return read_exercise_tables(data_folder("exercises"), data_folder("guidelines") / "exercise", set()).safety


def traits(rules: SafetyRules, **bone: Any) -> frozenset[str]:
    return person_traits(read_person(PERSON | {"bone": bone}), rules)


@pytest.mark.parametrize(
    ("t_scores", "name"),
    [
        ({"lumbar_spine": -1.0, "total_hip": -2.5}, "osteoporosis"),
        ({"lumbar_spine": -1.0, "total_hip": -2.4}, "osteopenia"),
        ({"lumbar_spine": -1.0}, "normal_bone"),
        ({"lumbar_spine": None}, "bone_unknown"),
        ({}, "bone_unknown"),
    ],
)
def test_the_class_of_bone_is_that_of_the_worst_site(
    safety: SafetyRules, t_scores: dict[str, float], name: str
) -> None:
    classes = {"osteoporosis", "osteopenia", "normal_bone", "bone_unknown"}
    assert traits(safety, t_scores=t_scores) & classes == {name}


def test_fractures_of_little_force_and_of_the_spine_have_words_of_their_own(safety: SafetyRules) -> None:
    wrist, fall = {"site": "wrist", "fragility": True}, {"site": "ankle", "fragility": False}
    words = {"fragility_fracture", "multiple_low_trauma_fractures", "vertebral_fracture"}
    assert traits(safety, fractures=[fall, fall]) & words == set()
    assert traits(safety, fractures=[wrist, fall]) & words == {"fragility_fracture"}
    assert traits(safety, fractures=[wrist, wrist]) & words == words - {"vertebral_fracture"}
    assert traits(safety, fractures=[fall | {"site": "vertebra"}]) & words == {"vertebral_fracture"}


def test_level_and_activity_are_words_too(safety: SafetyRules) -> None:
    person = read_person(PERSON | {"activity": "inactive", "exercise": {"level": "advanced"}})
    assert {"inactive", "advanced", "unsupervised"} <= person_traits(person, safety)


def test_sites_count_only_with_metastases_and_none_named_is_any(safety: SafetyRules) -> None:
    def lesion(conditions: list[str], sites: list[str]) -> Lesion:
        return person_lesion(read_person(PERSON | {"conditions": conditions, "bone": {"metastases": sites}}), safety)

    assert lesion([], ["pelvis"]) == Lesion()
    assert lesion(["bone_metastases"], ["pelvis"]).joints == {"hip"}
    assert lesion(["bone_metastases"], []) == lesion(["bone_metastases"], ["other"])
