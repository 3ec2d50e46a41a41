"""Rules that a person makes impossible by their own words are bad input, with both sides named."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from boneplan.errors import InputError
from boneplan.profile_reader import check_profile
from boneplan.rules.person import check_for
from boneplan.rules.reader import parse_rules

START = dt.date(2026, 11, 23)
BODY = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
EVERY_BREAKFAST = (
    "ban: [{tag: cereal}, {tag: porridge}, {tag: bread, at: breakfast}, {food: yogurt}, {food: pancakes}, "
    "{category: Biscuits muffins quick breads}, {food: waffle}, liver]"
)


def refused(rules: str, **person: Any) -> list[str]:
    profile = check_profile({**BODY, **person}, "anna")
    with pytest.raises(InputError) as told:
        check_for(profile, parse_rules(rules, "r.yaml"), "r.yaml", START)
    return told.value.lines


@pytest.mark.parametrize(
    ("person", "rules", "words"),
    [
        (
            {"diet": {"allergies": ["milk"]}},
            "require: [{food: milk, per_week: 3}]",
            ["require[0]: Milk at least 3 times a week", "milk allergy (diet/allergy/milk)", "ask for another food"],
        ),
        (
            {"diet": {"pattern": "vegan"}},
            "require: [{food: eggs, per_week: 1}]",
            ["Eggs at least once a week", "vegan diet (diet/pattern/vegan)"],
        ),
        (
            {"diet": {"allergies": ["fish"]}},
            "pin: [{food: salmon, on: friday, at: dinner}]",
            ["pin[0]: Salmon at dinner", "fish allergy (diet/allergy/fish)"],
        ),
        (
            {"diet": {"allergies": ["fish"]}},
            "require: [{tag: oily fish, per_week: 2}]",
            ["Oily fish at least twice a week", "diet/allergy/fish"],
        ),
        (
            {},
            "require: [{food: salmon, per_week: 2}]\nban: [fish]",
            ["require[0]: Salmon", "(rules/ban[0])", "leave one of them out"],
        ),
        (
            {},
            "require: [{kind_of_meal: toast, per_week: 2}]\nban: [{kind_of_meal: breakfast/toast}]",
            ["require[0]: meals of the kind toast", "(rules/ban[0])"],
        ),
        (
            {"meals": {"snack": None}},
            "require: [{food: apple, at: snack, per_week: 2}]",
            ["require[0].at: the profile plans no snack"],
        ),
    ],
)
def test_a_rule_whose_every_food_is_kept_out_names_both_sides(
    person: dict[str, Any], rules: str, words: list[str]
) -> None:
    (line,) = refused(rules, **person)
    assert line.startswith("r.yaml: ")
    assert all(word in line for word in words), line


def test_a_ban_on_all_breakfasts_names_the_bans_that_see_to_it_and_no_others() -> None:
    (line,) = refused(EVERY_BREAKFAST)
    assert "no breakfast is left for this person" in line
    assert "(rules/ban[0])" in line
    assert "liver" not in line


def test_the_bans_that_are_named_are_the_fewest() -> None:
    (line,) = refused(EVERY_BREAKFAST)
    named = [number for number in range(8) if f"rules/ban[{number}]" in line]
    bans = parse_rules(EVERY_BREAKFAST, "r.yaml").as_json()["ban"]
    for left_out in named:
        kept = {"ban": [bans[number] for number in named if number != left_out]}
        check_for(check_profile(BODY, "anna"), parse_rules(str(kept), "r"), "r", START)


def test_what_is_kept_out_at_another_meal_can_be_served() -> None:
    rules = parse_rules("require: [{food: cheddar cheese, per_week: 2}]\nban: [{food: cheese, at: breakfast}]", "r")
    assert check_for(check_profile(BODY, "anna"), rules, "r", START)


def test_a_bound_on_a_meal_that_the_person_does_not_eat_is_told_with_every_other_slip() -> None:
    energy = "{nutrient: energy, min: 100, unit: kcal, period: meal, meal: snack}"
    (line,) = refused(f"targets: [{energy}]", meals={"snack": None})
    assert line == "r.yaml: targets[0].meal: the profile plans no snack: name another meal"
    both = f"targets: [{energy}]\nrequire: [{{food: apple, per_week: 2, at: snack}}]"
    assert len(refused(both, meals={"snack": None})) == 2


def test_every_such_rule_is_told_at_once() -> None:
    rules = "require: [{food: milk, per_week: 3}, {food: salmon, per_week: 1}]\nban: [fish]"
    assert len(refused(rules, diet={"allergies": ["milk"]})) == 2


def test_a_child_has_nothing_to_check() -> None:
    child = check_profile({**BODY, "birth_date": "2012-01-01"}, "child")
    assert check_for(child, parse_rules("require: [{food: milk, per_week: 3}]", "r"), "r", START) == []
