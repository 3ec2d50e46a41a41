"""What the person does not eat."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from boneplan.data import data_folder
from boneplan.plan import Plan
from boneplan.verify.food_rules import read_food_rules
from boneplan.verify.judge import read_tables
from boneplan.verify.person import read_person, under_rules
from boneplan.verify.who import WhoRules


@pytest.mark.parametrize("flag", ["yes", "may", ""])
def test_an_allergen_that_is_or_may_be_in_a_food_is_a_breach(world: Any, flag: str) -> None:
    world.profile["diet"]["allergies"] = ["sesame"]
    assert world.rules() == set()
    world.change_food("salad-2", flags={"sesame": flag})
    (breach,) = world.breaches()
    assert (breach.rule, breach.where) == ("verify/allergy", "2026-11-25 lunch, Salad 2")


def under_medical_rules(world: Any) -> Any:
    """The same world with the shipped rules on what conditions and medicines keep off the plate."""
    rules = read_food_rules(data_folder("guidelines") / "safety" / "foods.yaml")
    who = WhoRules(medicines={"vitamin_k_antagonist": ("warfarin",)})
    world.tables = replace(world.tables, food_rules=rules, who=who)
    return world


def test_gluten_is_a_breach_for_an_intolerant_person_and_for_one_with_coeliac_disease(world: Any) -> None:
    world.profile["diet"]["intolerances"] = ["gluten"]
    assert world.rules() == {"verify/gluten"}
    world.profile["diet"]["intolerances"] = []
    world.profile["conditions"] = ["coeliac"]
    breach, *_ = under_medical_rules(world).breaches()
    assert (breach.rule, breach.text) == ("verify/medical", "holds gluten, against condition/coeliac")


@pytest.mark.parametrize(
    "description", ["Spinach, raw", "Greens, beet, cooked", "Candy, almonds", "Swiss chard, cooked"]
)
def test_food_rich_in_oxalate_is_a_breach_for_a_person_with_kidney_stones_alone(world: Any, description: str) -> None:
    world.change_food("green-1", description=description)
    assert under_medical_rules(world).rules() == set()
    world.profile["conditions"] = ["kidney_stones"]
    (breach,) = world.breaches()
    assert breach.rule == "verify/medical"
    assert breach.text.endswith("against condition/kidney_stones")


@pytest.mark.parametrize("description", ["Beets, cooked", "Mustard greens, cooked", "Lettuce, raw"])
def test_other_vegetables_are_no_breach_with_kidney_stones(world: Any, description: str) -> None:
    world.change_food("green-1", description=description)
    world.profile["conditions"] = ["kidney_stones"]
    assert under_medical_rules(world).rules() == set()


def test_a_dish_whose_recipe_holds_spinach_is_known_by_its_id(world: Any) -> None:
    under_medical_rules(world).profile["conditions"] = ["kidney_stones"]
    rules = [replace(rule, foods=rule.foods | {"green-1"}) for rule in world.tables.food_rules]
    world.tables = replace(world.tables, food_rules=tuple(rules))
    assert world.rules() == {"verify/medical"}


@pytest.mark.parametrize(("medicine", "breach"), [("Warfarin 5 mg", {"verify/medical"}), ("apixaban", set())])
def test_natto_is_a_breach_beside_warfarin_and_none_beside_other_anticoagulants(
    world: Any, medicine: str, breach: set[str]
) -> None:
    world.change_food("green-1", description="Natto")
    world.profile["medications"] = [{"name": medicine}]
    assert under_medical_rules(world).rules() == breach


def test_lactose_is_a_breach_where_it_is_and_none_where_it_may_be(world: Any) -> None:
    world.profile["diet"]["intolerances"] = ["lactose"]
    assert world.rules() == {"verify/lactose"}
    world.change_food("milk", flags={"lactose": "may"})
    assert world.rules() == set()


@pytest.mark.parametrize(
    ("pattern", "flag"),
    [
        ("pescatarian", "meat"),
        ("pescatarian", "gelatine"),
        ("vegetarian", "fish"),
        ("vegetarian", "shellfish"),
        ("halal", "pork"),
        ("halal", "gelatine"),
        ("kosher", "shellfish_or_nonkosher_fish"),
        ("kosher", "pork"),
    ],
)
@pytest.mark.parametrize("answer", ["yes", "may"])
def test_a_food_outside_the_diet_pattern_is_a_breach(world: Any, pattern: str, flag: str, answer: str) -> None:
    world.profile["diet"]["pattern"] = pattern
    assert world.rules() == set()
    world.change_food("roast-1", flags={flag: answer})
    assert world.rules() == {"verify/pattern"}


def test_fish_is_no_breach_for_a_pescatarian(world: Any) -> None:
    world.profile["diet"]["pattern"] = "pescatarian"
    world.change_food("roast-1", flags={"fish": "yes"})
    assert world.rules() == set()


@pytest.mark.parametrize("flag", ["egg", "honey", "milk"])
def test_a_vegan_plan_holds_nothing_of_an_animal(world: Any, flag: str) -> None:
    world.profile["diet"]["pattern"] = "vegan"
    world.change_food("milk", flags={"milk": "no"})
    assert world.rules() == set()
    world.change_food("grain-0", flags={flag: "yes"})
    assert world.rules() == {"verify/pattern"}


def test_meat_and_milk_in_one_meal_are_not_kosher(world: Any) -> None:
    world.profile["diet"]["pattern"] = "kosher"
    world.change_food("roast-1", flags={"meat": "yes"})
    assert world.rules() == set()
    world.change_food("green-1", flags={"milk": "may"})
    (breach,) = world.breaches()
    assert (breach.rule, breach.where) == ("verify/pattern", "2026-11-24 dinner")


def test_a_pattern_that_boneplan_does_not_know_holds_nothing(world: Any) -> None:
    world.profile["diet"]["pattern"] = "carnivore"
    assert world.rules() == {"verify/pattern"}


@pytest.mark.parametrize(
    ("dislike", "description"),
    [
        ("liver", "Beef, LIVER, fried"),
        ("Mushrooms", "Soup, mushroom"),
        ("mushroom", "Mushrooms, raw"),
        ("berries", "Berry, raw"),
        ("sweet potato", "Potatoes, sweet, baked"),
        ("Rosenkohl-Röschen", "rosenkohl röschen"),
    ],
)
def test_a_disliked_word_is_found_in_any_number_and_case(world: Any, dislike: str, description: str) -> None:
    world.profile["diet"]["dislikes"] = [dislike]
    assert world.rules() == set()
    world.change_food("salad-2", description=description)
    assert world.rules() == {"verify/dislike"}


def test_a_disliked_kind_of_food_is_found_by_its_flag(world: Any) -> None:
    world.profile["diet"]["dislikes"] = ["Fish", "tree nuts"]
    world.change_food("salad-2", flags={"fish": "may"})
    assert world.rules() == set()
    world.change_food("salad-2", flags={"fish": "yes"})
    assert world.rules() == {"verify/dislike"}
    world.change_food("salad-2", flags={"fish": "no", "tree_nuts": "yes"})
    assert world.rules() == {"verify/dislike"}


def test_a_word_inside_another_is_not_disliked_and_neither_is_nothing(world: Any) -> None:
    world.profile["diet"]["dislikes"] = ["ham", ""]
    world.change_food("salad-2", description="Hamburger-style champignons")
    assert world.rules() == set()


def test_a_source_of_phytoestrogens_is_a_breach_of_avoid_alone(world: Any) -> None:
    world.change_food("salad-2", phytoestrogen="source")
    assert world.rules() == {"verify/phytoestrogen"}
    world.profile["diet"]["phytoestrogens"] = "limit"
    assert world.rules() == set()


def test_a_trace_is_no_source(world: Any) -> None:
    world.change_food("salad-2", phytoestrogen="trace")
    assert world.rules() == set()


def test_unknown_isoflavones_are_a_breach_under_every_policy_since_each_has_a_limit(world: Any) -> None:
    world.change_food("salad-2", isoflavones_unknown=True)
    for policy, rules in (
        ("avoid", {"verify/phytoestrogen"}),
        ("limit", {"verify/phytoestrogen"}),
        ("allow", {"verify/phytoestrogen"}),
    ):
        world.profile["diet"]["phytoestrogens"] = policy
        assert world.rules() == rules


def test_isoflavones_over_the_policys_day_are_a_breach(world: Any) -> None:
    world.change_food("salad-2", amounts={"isoflavones": 1.4})
    assert world.rules() == set()
    world.change_food("salad-2", amounts={"isoflavones": 1.6})
    assert world.rules() == {"verify/isoflavones", "verify/hard-max"}


def test_alcohol_is_a_breach(world: Any) -> None:
    world.change_food("roast-2", amounts={"alcohol": 0.4})
    assert world.rules() == {"verify/alcohol", "verify/hard-max"}


def test_a_mean_over_the_budget_is_a_breach(world: Any) -> None:
    world.profile["diet"]["budget_per_day"] = 5.11
    assert world.rules() == set()
    world.profile["diet"]["budget_per_day"] = 5.0
    assert world.rules() == {"verify/budget"}


def test_an_unknown_price_under_a_budget_is_a_breach(world: Any) -> None:
    world.change_food("roast-2", price=None)
    assert world.rules() == set()
    world.profile["diet"]["budget_per_day"] = 50.0
    assert world.rules() == {"verify/budget"}


def test_a_budget_of_the_rules_stands_in_the_place_of_the_profiles(world: Any) -> None:
    world.document["rules"] = {"budget_per_day": 5.0}
    assert world.rules() == {"verify/budget"}
    world.profile["diet"]["budget_per_day"] = 5.0
    world.document["rules"] = {"budget_per_day": 5.11}
    assert world.rules() == set()


def test_a_policy_of_the_rules_stands_in_the_place_of_the_profiles(world: Any) -> None:
    world.change_food("dish-2", phytoestrogen="source")
    assert world.rules() == {"verify/phytoestrogen"}
    world.document["rules"] = {"phytoestrogens": "limit"}
    assert world.rules() == {"verify/missing-notice"}
    notice = {"level": "warn", "rule": "rules/phytoestrogens", "text": "Looser than the profile's.", "scope": "menu"}
    world.document["notices"].append(notice)
    assert world.rules() == set()
    world.document["notices"] = []
    world.profile["diet"]["phytoestrogens"] = "limit"
    world.document["rules"] = {"phytoestrogens": "avoid"}
    assert world.rules() == {"verify/phytoestrogen"}


def test_the_isoflavones_of_a_day_are_bounded_by_the_policy_of_the_rules(world: Any) -> None:
    plan = Plan.model_validate(world.document | {"rules": {"phytoestrogens": "limit"}})
    assert read_tables(plan, under_rules(read_person(plan.profile), plan.rules)).reference.most("isoflavones") == 25
