"""Meals at their times, and the supplements that count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from boneplan.verify.timing_rules import TimingRules
from boneplan.verify.who import WhoRules


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


def takes_bone_tablet(world: Any, time: str) -> None:
    """Half an hour between a tablet on Mondays and the next meal."""
    rule = {"id": "tablet", "medicines": ["bone"], "keeps_away": ["meal"], "after": 30}
    world.profile["medications"] = [{"name": "Alendronate 70 mg", "weekday": "monday", "time": time}]
    timing = TimingRules(30, 120, frozenset({"calcium"}), (rule,), (), (), (), ())
    world.tables = replace(world.tables, timing=timing, who=WhoRules({"bone": ("alendronate",)}))


@pytest.mark.parametrize(("tablet", "breakfast"), [("07:00", "07:30"), ("07:01", "07:31"), ("07:30", "08:00")])
def test_a_meal_stands_when_the_medicine_before_it_allows(world: Any, tablet: str, breakfast: str) -> None:
    takes_bone_tablet(world, tablet)
    world.days[0]["meals"][0]["time"] = breakfast
    assert "verify/meal-time" not in world.rules()
    world.days[0]["meals"][0]["time"] = "07:29"
    assert "verify/meal-time" in world.rules()


def test_a_meal_moves_on_no_other_day_and_no_further(world: Any) -> None:
    takes_bone_tablet(world, "07:10")
    for day, breakfast in ((0, "07:41"), (0, "07:30"), (1, "07:40")):
        world.days[0]["meals"][0]["time"] = "07:40"
        world.days[1]["meals"][0]["time"] = "07:30"
        world.days[day]["meals"][0]["time"] = breakfast
        (breach,) = [b for b in world.breaches() if b.rule == "verify/meal-time"]
        assert "the profile and its medicines say" in breach.text or day == 1
