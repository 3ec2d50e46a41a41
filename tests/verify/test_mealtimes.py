"""Meals at their times, and the supplements that count."""

from __future__ import annotations

from typing import Any

import pytest


def test_a_missing_meal_is_a_breach(world: Any) -> None:
    del world.days[0]["meals"][3]
    assert "verify/meals" in world.rules()


def test_a_meal_that_stands_twice_is_a_breach(world: Any) -> None:
    world.days[0]["meals"][2]["meal"] = "dinner"
    assert "verify/meals" in world.rules()


def test_an_empty_meal_is_a_breach(world: Any) -> None:
    world.days[0]["meals"][2]["items"] = []
    assert "verify/meals" in world.rules()


def test_a_meal_at_another_time_than_the_profiles_is_a_breach(world: Any) -> None:
    world.days[0]["meals"][0]["time"] = "08:00"
    assert world.rules() == {"verify/meal-time"}


@pytest.mark.parametrize("time", ["7:30", "25:00", "noon", "", "24:01", "٠٧:٣٠"])
def test_a_time_that_is_none_is_a_breach(world: Any, time: str) -> None:
    world.days[0]["meals"][0]["time"] = time
    assert world.rules() == {"verify/meal-time"}


def test_meals_out_of_order_are_a_breach(world: Any) -> None:
    meals = world.days[0]["meals"]
    meals[1], meals[2] = meals[2], meals[1]
    assert world.rules() == {"verify/meal-order"}


def test_a_snack_that_the_person_does_not_have_is_a_breach(world: Any) -> None:
    world.profile["meals"]["snack"] = None
    assert world.rules() == {"verify/meal-time"}


def test_a_supplement_that_the_person_did_not_declare_is_a_breach(world: Any) -> None:
    world.document["menu"]["supplements"].append({"nutrient": "calcium", "amount": 500, "unit": "mg"})
    assert world.rules() == {"verify/supplement"}


def test_another_amount_than_declared_is_a_breach(world: Any) -> None:
    world.profile["supplements"][0]["amount"] = 400
    assert world.rules() == {"verify/supplement"}


def test_a_declared_supplement_left_out_is_a_breach(world: Any) -> None:
    world.profile["supplements"].append({"nutrient": "calcium", "amount": 0.5, "unit": "g"})
    assert world.rules() == {"verify/supplement"}
    world.document["menu"]["supplements"].append({"nutrient": "calcium", "amount": 500, "unit": "mg"})
    assert world.rules() == set()


def test_boneplan_adds_no_supplement_of_its_own(world: Any) -> None:
    extra = {"nutrient": "vitamin_d", "amount": 5.07, "unit": "ug", "declared": False}
    world.document["menu"]["supplements"].append(extra)
    assert world.rules() == {"verify/supplement"}
