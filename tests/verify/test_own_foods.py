"""A person's own foods: judged by the figures in the plan, and recipes by what goes into them."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from boneplan.data import data_folder
from boneplan.plan import Plan
from boneplan.verify.absorption_rules import read_absorption_rules
from boneplan.verify.food_rules import FoodRule
from boneplan.verify.judge import read_tables
from boneplan.verify.person import read_person
from boneplan.verify.tables import FLAGS, NUTRIENTS

# Two slices of bread in a cup of milk: what is eaten at every breakfast of these tests, as one dish.
SOUP: dict[str, Any] = {
    "id": "bread-soup",
    "name": "Bread soup",
    "description": "Soup of bread",
    "category": 4202,
    "category_name": "Yeast breads",
    "amounts": dict.fromkeys(NUTRIENTS, 0.0)
    | {
        "energy": 91.0667,
        "protein": 4.364,
        "calcium": 116.2667,
        "vitamin_d": 0.976,
        "vitamin_k": 1.096,
        "sodium": 122.1333,
    },
    "flags": dict.fromkeys(FLAGS, "no") | {"milk": "yes", "lactose": "yes", "wheat": "yes", "gluten": "yes"},
    "phytoestrogen": "none",
    "isoflavones_unknown": False,
    "price": 0.3,
    "measures": [{"measure": "bowl", "plural": "bowls", "grams": 300}],
    "meals": {"breakfast": [200, 400]},
    "ingredients": [{"food": "bread", "grams": 56}, {"food": "milk", "grams": 244}],
    "yield_grams": 300,
}


@pytest.fixture
def own(world: Any) -> Any:
    """A world in which bread soup stands in the place of one day's bread and milk."""
    add(world, **deepcopy(SOUP))
    soup = {"food": "bread-soup", "fndds_code": 0, "name": "Bread soup", "grams": 300.0, "measure": "1 bowl"}
    breakfast = world.days[0]["meals"][0]
    breakfast["items"] = [soup, breakfast["items"][2]]
    assert world.rules() == set()
    return world


def add(world: Any, **fields: Any) -> None:
    world.document.setdefault("own_foods", []).append(fields)


def texts(world: Any) -> list[str]:
    return [breach.text for breach in world.breaches() if breach.rule == "verify/own-food"]


def test_an_own_food_is_judged_by_its_own_figures(own: Any) -> None:
    own.days[0]["totals"]["calcium"] -= 100
    assert own.rules() == {"verify/total"}


def test_an_own_food_is_served_in_its_own_measures_and_at_its_own_meals(own: Any) -> None:
    own.document["own_foods"][0]["measures"][0]["grams"] = 250
    assert own.rules() == {"verify/grams"}
    own.document["own_foods"][0].update(measures=SOUP["measures"], meals={"lunch": [200, 400]})
    assert own.rules() == {"verify/portion"}


def test_an_own_food_is_no_food_for_whom_it_harms(own: Any) -> None:
    own.profile["diet"]["allergies"] = ["sesame"]
    assert own.rules() == set()
    own.document["own_foods"][0]["flags"]["sesame"] = "may"
    assert own.rules() == {"verify/allergy"}
    del own.document["own_foods"][0]["flags"]["sesame"]  # what is not said may be
    assert own.rules() == {"verify/allergy"}


def test_a_food_of_nobody_is_no_own_food(own: Any) -> None:
    own.document["own_foods"] = []
    assert "verify/food" in own.rules()


def test_a_recipe_costs_what_its_ingredients_cost(own: Any) -> None:
    own.document["own_foods"][0]["price"] = 0.2
    assert texts(own) == ["0.2 of price in 100 g, its ingredients make 0.3"]
    own.change_food("bread", price=None)
    assert texts(own) == ["0.2 of price in 100 g, yet it is not known of all that goes in"]
    own.document["own_foods"][0]["price"] = None
    assert own.rules() == set()


@pytest.mark.parametrize(("nutrient", "amount"), [("calcium", 117.0), ("sodium", 121.0), ("caffeine", 1.0)])
def test_a_recipe_holds_what_its_ingredients_make(own: Any, nutrient: str, amount: float) -> None:
    own.document["own_foods"][0]["amounts"][nutrient] = amount
    (text,) = texts(own)
    assert text.startswith(f"{amount:g} of {nutrient} in 100 g, its ingredients make")


def test_the_water_that_a_recipe_loses_is_no_nutrient(own: Any) -> None:
    own.document["own_foods"][0]["yield_grams"] = 400
    assert "116.267 of calcium in 100 g, its ingredients make 87.2" in texts(own)


def test_what_is_unknown_of_an_ingredient_is_unknown_of_the_recipe(own: Any) -> None:
    own.change_food("bread", amounts={"magnesium": None})
    del own.document["own_foods"][0]["amounts"]["magnesium"]
    assert own.rules() == set()
    own.document["own_foods"][0]["amounts"]["magnesium"] = 20.0
    assert texts(own) == ["20 of magnesium in 100 g, yet it is not known of all that goes in"]


def test_unknown_saturated_fat_counts_as_all_the_fat(own: Any) -> None:
    own.change_food("bread", amounts={"saturated_fat": None, "fat": 7.5})
    own.document["own_foods"][0]["amounts"].update(saturated_fat=1.4, fat=1.4)
    assert own.rules() == set()
    own.document["own_foods"][0]["amounts"]["saturated_fat"] = 0.5
    assert texts(own) == ["0.5 of saturated_fat in 100 g, its ingredients make 1.4"]


@pytest.mark.parametrize(("flag", "said"), [("milk", "no"), ("gluten", "may")])
def test_a_recipe_is_no_milder_than_its_ingredients(own: Any, flag: str, said: str) -> None:
    own.document["own_foods"][0]["flags"][flag] = said
    assert texts(own) == [f"{flag} is {said!r}, of its ingredients 'yes'"]


def test_a_recipe_may_be_judged_more_strictly_than_its_ingredients(own: Any) -> None:
    own.document["own_foods"][0]["flags"]["sesame"] = "may"
    assert own.rules() == set()


def test_phytoestrogens_of_an_ingredient_are_those_of_the_recipe(own: Any) -> None:
    own.change_food("bread", phytoestrogen="trace")
    assert texts(own) == ["phytoestrogens are 'none', of its ingredients 'trace'"]
    own.document["own_foods"][0]["phytoestrogen"] = "trace"
    assert own.rules() == set()
    own.change_food("bread", isoflavones_unknown=True)
    assert texts(own) == ["its isoflavones are called known, those of an ingredient are not"]


def test_the_calcium_of_a_recipe_is_absorbed_as_that_of_its_ingredients(own: Any) -> None:
    rules = read_absorption_rules(data_folder("guidelines") / "absorption" / "calcium.yaml")
    own.tables = replace(own.tables, absorption=rules)
    own.change_food("milk", absorption=0.32)
    own.change_food("bread", absorption=0.4)
    mean = (0.32 * 292.8 + 0.4 * 56) / 348.8
    own.document["own_foods"][0]["calcium_absorption"] = round(mean, 3)
    assert own.rules() == set()
    own.document["own_foods"][0]["calcium_absorption"] = 0.6
    assert texts(own) == ["0.6 of its calcium are absorbed, of its ingredients 0.333"]


def test_a_recipe_may_hold_another_own_food_but_not_itself(own: Any) -> None:
    again = deepcopy(SOUP) | {"id": "leftovers", "name": "Leftovers", "yield_grams": 300}
    again["ingredients"] = [{"food": "bread-soup", "grams": 300}]
    add(own, **again)
    assert own.rules() == set()
    own.document["own_foods"][0]["ingredients"] = [{"food": "leftovers", "grams": 300}]
    assert texts(own) == ["bread-soup is made of itself", "leftovers is made of itself"]


def test_what_keeps_an_ingredient_out_keeps_the_dish_out(own: Any) -> None:
    own.document["own_foods"][0]["ingredients"].append({"food": "kale", "grams": 0.001})
    kale = replace(own.tables.foods.foods["green-0"], id="kale", name="Kale", description="Kale, raw")
    own.tables = replace(own.tables, foods=replace(own.tables.foods, foods={**own.tables.foods.foods, "kale": kale}))
    assert own.rules() == set()
    own.profile["diet"]["dislikes"] = ["kale"]
    assert own.rules() == {"verify/dislike"}
    own.profile["diet"]["dislikes"] = []
    own.document["rules"] = {"ban": ["kale"]}
    assert own.rules() == {"rules/ban[0]"}
    own.document["rules"] = {}
    own.tables = replace(own.tables, food_rules=(FoodRule("safety/foods/kale", {}, words=("kale",)),))
    (breach,) = own.breaches()
    assert (breach.rule, breach.text) == ("verify/medical", "it is or holds kale, against safety/foods/kale")


def test_a_dish_within_a_dish_is_looked_into_as_well(own: Any) -> None:
    again = deepcopy(SOUP) | {"id": "bowl", "name": "Bowl", "ingredients": [{"food": "bread-soup", "grams": 300}]}
    add(own, **again)
    own.days[0]["meals"][0]["items"][0].update(food="bowl", name="Bowl")
    assert own.rules() == set()
    own.document["rules"] = {"ban": [{"tag": "wheat", "at": "breakfast"}]}
    assert "2026-11-23 breakfast, Bowl" in {b.where for b in own.breaches()}
    own.document["own_foods"][1]["flags"]["wheat"] = "no"
    assert "2026-11-23 breakfast, Bowl" in {b.where for b in own.breaches() if b.rule == "rules/ban[0]"}


def test_a_recipe_of_something_unknown_is_a_breach(own: Any) -> None:
    own.document["own_foods"][0]["ingredients"].append({"food": "ambrosia", "grams": 1})
    assert texts(own) == ["'ambrosia', of which it is made, is in no table"]


def test_an_own_food_has_an_id_of_its_own(own: Any) -> None:
    add(own, **(deepcopy(SOUP) | {"id": "milk", "ingredients": []}))
    assert texts(own) == ["milk is another food already"]
    own.document["own_foods"][1] = deepcopy(SOUP) | {"name": "Soup"}
    assert texts(own) == ["bread-soup is another food already"]


def test_a_shipped_food_keeps_its_figures_whatever_an_own_food_of_its_name_says(own: Any) -> None:
    add(own, **(deepcopy(SOUP) | {"id": "milk", "ingredients": [], "flags": {}}))
    own.profile["diet"]["allergies"] = ["sesame"]
    assert own.rules() == {"verify/own-food"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ""}, {"name": None}, {"category": "soup"}, {"amounts": {"calcium": -1}}, {"amounts": {"calcium": "1"}},
        {"amounts": []}, {"flags": {"milk": "perhaps"}}, {"phytoestrogen": "some"}, {"meals": {"breakfast": [1]}},
        {"measures": [{"measure": "cup"}]}, {"category": 1e999}, {"ingredients": [{"food": "milk", "grams": 0}]},
        {"ingredients": ["milk"]}, {"yield_grams": 0},
    ],
)  # fmt: skip
def test_what_is_not_written_as_an_own_food_is_none(own: Any, wrong: dict[str, Any]) -> None:
    own.document["own_foods"][0] |= wrong
    assert texts(own) == ["not written as an own food is"]


def test_ingredients_and_foods_that_rules_name_are_looked_up_in_the_shipped_tables(world: Any) -> None:
    add(world, **(deepcopy(SOUP) | {"ingredients": [{"food": "banana", "grams": 100}]}))
    plan = Plan.model_validate(world.document | {"rules": {"pin": [{"food": "kefir"}], "ban": ["liver", 5, {}]}})
    assert {"banana"} <= read_tables(plan, read_person(plan.profile)).foods.foods.keys()
