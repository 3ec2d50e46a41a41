"""For whom a rule is, said in plain words."""

from __future__ import annotations

from typing import Any

import pytest

from boneplan.rulebook.whom import ages_in_words, traits_in_words, who_in_words
from boneplan.who import Who

# One question for every line that a rule may ask by, with what must be read of it.
ASKED: dict[str, tuple[Any, str]] = {
    "age_below": (50, "people under 50 years"),
    "age_from": (66, "people from 66 years"),
    "bmi_below": (18.5, "people with a body mass index below 18.5"),
    "bmi_from": (40, "people with a body mass index from 40"),
    "sex": ("male", "men"),
    "conditions": (["ckd_3b", "dialysis"], "people with kidney disease stage 3b or dialysis"),
    "medicines": (["vitamin_k_antagonist"], "people with a medicine of the kind vitamin K antagonist"),
    "without_medicines": (["thiazide"], "people without a medicine of the kind thiazide"),
    "drugs": (["exemestane"], "people in therapy with exemestane"),
    "patterns": (["vegan"], "people who eat vegan"),
    "policies": (["avoid"], "people whose policy on phytoestrogens is avoid"),
    "allergies": (["tree_nuts", "milk"], "people allergic to tree nuts or milk"),
    "intolerances": (["lactose"], "people who do not bear lactose"),
    "no_t_score": (True, "people without a T-score on file"),
    "t_score_below": (-2.0, "people with a worst T-score below -2.0"),
    "t_score_at_most": (-2.5, "people with a worst T-score of -2.5 or lower"),
    "fragility_fracture": (True, "people with a bone broken with little force"),
    "fracture_sites": (["vertebra", "hip"], "people with a broken vertebra or hip"),
    "risk_factors": (["smoking"], "people with the risk factor smoking"),
    "risk_factors_from": (2, "people with risk factors of fractures, 2 or more"),
    "tiers": (["moderate", "high"], "people in the tier of moderate or high risk"),
    "without_supplement": ("vitamin_b12", "people without a declared supplement of vitamin B12"),
    "supplement": (
        {"nutrient": "calcium", "above": 1200},
        "people with a declared supplement of calcium above 1,200 mg a day",
    ),
    "agreed_vitamin_k": (False, "people without any agreed intake of vitamin K on file"),
    "agreed_vitamin_k_below_rule": ("ai", "people with an agreed vitamin K below the rule AI"),
}


def test_there_is_a_question_here_for_every_line_a_rule_may_ask_by() -> None:
    assert set(ASKED) == set(Who.model_fields)


@pytest.mark.parametrize("line", ASKED)
def test_every_line_is_read_in_the_words(line: str) -> None:
    asked, words = ASKED[line]
    assert who_in_words(Who.model_validate({line: asked})) == words


def test_a_rule_that_asks_nothing_is_for_everybody() -> None:
    assert who_in_words(Who()) == "everybody"


def test_all_lines_of_a_rule_stand_together() -> None:
    who = Who(sex="female", age_below=50, conditions=("premenopausal",))
    assert who_in_words(who) == "women under 50 years, with menopause still to come"


def test_a_supplement_counts_in_the_unit_of_the_nutrients_targets() -> None:
    over = Who.model_validate({"supplement": {"nutrient": "vitamin_d", "above": 50}})
    assert who_in_words(over) == "people with a declared supplement of vitamin D above 50 µg a day"
    any_of_it = Who.model_validate({"supplement": {"nutrient": "vitamin_k", "above": 0}})
    assert who_in_words(any_of_it) == "people with a declared supplement of vitamin K"
    by_rule = Who.model_validate({"supplement": {"nutrient": "calcium", "above_rule": "ul"}})
    assert who_in_words(by_rule) == "people with a declared supplement of calcium above the rule UL"


def test_the_aromatase_inhibitors_are_called_that_together() -> None:
    all_of_them = ("anastrozole", "letrozole", "exemestane", "anastrozole_with_testosterone")
    assert who_in_words(Who(drugs=all_of_them)) == "people in therapy with an aromatase inhibitor"


def test_ages_and_sex_of_a_value() -> None:
    assert ages_in_words(51, 9999, "female") == "women from 51 years"
    assert ages_in_words(19, 70, "male") == "men of 19 to 70 years"
    assert ages_in_words(18, 18) == "people of 18 years"


def test_traits_of_exercise_rules() -> None:
    assert traits_in_words(["osteopenia", "bone_unknown"]) == (
        "people with a T-score in the range of osteopenia or no T-score on file"
    )
    assert traits_in_words(["beginner", "inactive"], every=True) == (
        "people with the level beginner and the activity inactive"
    )
