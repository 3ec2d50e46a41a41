"""Portions: known foods by their own names, in household measures, as people eat them."""

from __future__ import annotations

from typing import Any


def test_a_food_that_is_not_in_the_table_is_a_breach(world: Any) -> None:
    world.items("fruit")[0]["food"] = "ambrosia"
    assert "verify/food" in world.rules()


def test_another_foods_fndds_code_is_a_breach(world: Any) -> None:
    world.items("milk")[0]["fndds_code"] = 11111000
    assert world.rules() == {"verify/fndds-code"}


def test_another_foods_name_is_a_breach(world: Any) -> None:
    world.items("milk")[0]["name"] = "Oat drink"
    assert world.rules() == {"verify/name"}


def test_grams_that_are_not_what_the_measure_says_are_a_breach(world: Any) -> None:
    world.items("milk")[0]["measure"] = "¾ cup"
    assert world.rules() == {"verify/grams"}


def test_grams_may_be_rounded(world: Any) -> None:
    world.items("milk")[0]["grams"] = 244.5
    assert world.rules() == set()


def test_a_measure_that_this_food_does_not_have_is_a_breach(world: Any) -> None:
    for measure in ("2 slices", "some", "", "0 cups", "-1 cup", "½ of 1 cup"):
        world.items("milk")[0]["measure"] = measure
        assert world.rules() == {"verify/measure"}, measure


def test_another_measure_of_the_same_weight_holds(world: Any) -> None:
    world.items("milk")[0]["measure"] = "8 fl oz"
    assert world.rules() == set()


def test_more_than_people_eat_at_that_meal_is_a_breach(world: Any) -> None:
    world.items("fruit")[0].update(grams=350.0, measure="3 ½ cups")
    assert "verify/portion" in world.rules()


def test_less_than_people_eat_at_that_meal_is_a_breach(world: Any) -> None:
    world.items("fruit")[0].update(grams=50.0, measure="½ cup")
    assert "verify/portion" in world.rules()


def test_what_men_eat_is_no_bound_for_a_woman(world: Any) -> None:
    usual = dict(world.tables.foods.usual)
    usual["milk", "breakfast", "men"] = (10.0, 20.0)
    object.__setattr__(world.tables.foods, "usual", usual)
    assert world.rules() == set()
    usual["milk", "breakfast", "women"] = (10.0, 20.0)
    assert world.rules() == {"verify/portion"}


def test_a_food_that_nobody_of_the_group_eats_at_that_meal_is_a_breach(world: Any) -> None:
    usual = dict(world.tables.foods.usual)
    del usual["milk", "breakfast", "women"]
    usual["milk", "breakfast", "men"] = usual["milk", "lunch", "women"]
    object.__setattr__(world.tables.foods, "usual", usual)
    assert world.rules() == {"verify/portion"}
