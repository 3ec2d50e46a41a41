"""Conditions, allergies and the like in plain words."""

from __future__ import annotations

from typing import get_args

import pytest

from boneplan.ask import spoken
from boneplan.ask.lists import read_allergies, read_conditions, read_dislikes, read_equipment, read_risk_factors
from boneplan.ask.text import Again, bare
from boneplan.choices import Allergen, Condition, Equipment, Intolerance
from boneplan.profile_health import LesionSite, RiskFactor


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (spoken.CONDITIONS, Condition), (spoken.ALLERGENS, Allergen), (spoken.INTOLERANCES, Intolerance),
        (spoken.RISK_FACTORS, RiskFactor), (spoken.LESION_SITES, LesionSite), (spoken.EQUIPMENT, Equipment),
    ],
)  # fmt: skip
def test_every_word_of_a_profile_has_a_plain_name_and_no_name_means_two(
    table: dict[str, tuple[str, ...]], words: object
) -> None:
    assert sorted(table) == sorted(get_args(words))
    names = [bare(name) for key, known in table.items() for name in {bare(one) for one in (key, *known)}]
    assert len(names) == len(set(names))
    assert not set(spoken.ASK_BACK) & set(names)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("osteoporosis, kidney stones", ["osteoporosis", "kidney_stones"]),
        ("I have celiac disease and joint pain", ["coeliac", "joint_pain"]),
        ("Cancer in the bones", ["bone_metastases"]),
        ("trouble swallowing; high calcium", ["dysphagia", "hypercalcaemia"]),
        ("falls or fear of falling", ["fall_risk"]),
        ("hypercalcemia", ["hypercalcaemia"]),
        ("ckd_4", ["ckd_4"]),
        ("diabetes, type 2 diabetes", ["diabetes"]),
        ("none", []), ("no", []), ("", []),
    ],
)  # fmt: skip
def test_conditions_in_plain_words(typed: str, keys: list[str]) -> None:
    assert read_conditions(typed).part == {"conditions": keys}


@pytest.mark.parametrize("key", get_args(Condition))
def test_what_is_said_back_of_a_condition_is_understood(key: str) -> None:
    answer = read_conditions(key)
    assert answer.part == {"conditions": [key]}
    assert read_conditions(answer.say) == answer


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("kidney disease", "which stage"),
        ("osteoporisis", "did you mean osteoporosis"),
        ("asthma", "leave it out"),
        ("smoking", "asked for later"),
        ("warfarin", "medicines are asked for"),
    ],
)
def test_a_condition_is_never_guessed(typed: str, told: str) -> None:
    with pytest.raises(Again, match=told):
        read_conditions(typed)


@pytest.mark.parametrize(
    ("typed", "allergies", "intolerances"),
    [
        ("milk, tree nuts", ["milk", "tree_nuts"], []),
        ("dairy and shrimps", ["milk", "shellfish"], []),
        ("lactose, gluten", [], ["lactose", "gluten"]),
        ("peanut allergy; lactose intolerance", ["peanut"], ["lactose"]),
        ("none", [], []),
        ("almonds & walnuts", ["tree_nuts"], []),
    ],
)
def test_allergies_and_intolerances(typed: str, allergies: list[str], intolerances: list[str]) -> None:
    assert read_allergies(typed).part == {"diet": {"allergies": allergies, "intolerances": intolerances}}


@pytest.mark.parametrize(
    ("typed", "told"),
    [("nuts", "tree nuts .* or both"), ("seafood", "fish, shellfish or both"), ("strawberries", "never to be shown"),
     ("pnut", "did you mean peanut")],
)  # fmt: skip
def test_an_allergy_is_never_guessed_and_never_dropped(typed: str, told: str) -> None:
    with pytest.raises(Again, match=told):
        read_allergies(f"milk, {typed}")


def test_foods_not_wanted_stay_in_the_words_of_the_person() -> None:
    assert read_dislikes("liver, Brussels sprouts").part == {"diet": {"dislikes": ["liver", "Brussels sprouts"]}}


def test_equipment_and_risks() -> None:
    assert read_equipment("bands, chair").part == {"exercise": {"equipment": ["resistance_band", "chair"]}}
    assert read_risk_factors("mother broke her hip").part == {"bone": {"risk_factors": ["parent_hip_fracture"]}}
    with pytest.raises(Again, match="did you mean treadmill"):
        read_equipment("tredmill")


def test_coeliac_disease_among_the_allergies_leads_to_gluten() -> None:
    with pytest.raises(Again, match="write gluten here"):
        read_allergies("celiac disease")


def test_an_allergy_that_no_food_is_marked_for_is_told_to_be_kept_out_by_name_alone() -> None:
    with pytest.raises(Again, match="read the label of everything mixed"):
        read_allergies("kiwi")
