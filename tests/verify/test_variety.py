"""Each week's variety."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest


def serve(world: Any, kind: str, number: int, on_days: int) -> None:
    """Serve one and the same food of `kind` on the first days."""
    portions = world.items(kind)
    for portion in portions[:on_days]:
        portion.update(
            food=f"{kind}-{number}",
            fndds_code=portions[number]["fndds_code"],
            name=f"{kind.title()} {number}",
        )


def test_a_food_more_than_four_times_a_week_is_a_breach(world: Any) -> None:
    serve(world, "fruit", 0, 4)
    assert world.rules() == set()
    serve(world, "fruit", 0, 5)
    (breach,) = world.breaches()
    assert breach.rule == "verify/variety-uses"
    assert breach.text == "Fruit 0 5 times, over 4"


def test_a_main_dish_more_than_twice_a_week_is_a_breach(world: Any) -> None:
    serve(world, "dish", 0, 2)
    assert world.rules() == set()
    serve(world, "dish", 0, 3)
    assert world.rules() == {"verify/variety-uses"}


def test_a_staple_may_stand_on_every_day(world: Any) -> None:
    assert len(world.items("bread")) == 7
    world.change_food("bread", category=9999)
    assert world.rules() == {"verify/variety-uses"}


def test_uses_are_counted_week_by_week(make_world: Any) -> None:
    world = make_world(2)
    assert len([i for i in world.items("fruit") if i["food"] == "fruit-0"]) == 2
    serve(world, "fruit", 0, 4)
    assert world.rules() == set()


def test_too_few_different_foods_in_a_week_are_a_breach(world: Any) -> None:
    world.tables = replace(world.tables, variety=replace(world.tables.variety, min_distinct=51))
    assert world.rules() == set()
    serve(world, "green", 0, 2)
    assert world.rules() == {"verify/variety-distinct"}


def test_a_kind_of_food_over_its_weekly_limit_is_a_breach(world: Any) -> None:
    for number in range(3):
        world.change_food(f"yogurt-{number}", category=5502)
    (breach,) = world.breaches()
    assert (breach.rule, breach.text) == ("verify/variety-kind", "sweets 3 times, over 2")


def test_a_food_that_stands_twice_in_one_meal_is_a_breach(world: Any) -> None:
    snack = next(meal for meal in world.days[0]["meals"] if meal["meal"] == "snack")
    (yogurt,) = snack["items"]
    half = {"grams": 100.0, "measure": "1 cup"}
    snack["items"] = [yogurt | half, yogurt | half]
    assert world.rules() == {"verify/variety"}


def rules(count: int) -> dict[str, dict[str, Any]]:
    """Rules that ask for a roast so often in a week: required, reused, pinned to weekdays and to dates."""
    weekdays = ["monday", "tuesday", "wednesday", "thursday"]
    dates = ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-30"]
    return {
        "required": {"require": [{"food": "roast 0", "per_week": count}]},
        "reused": {"reuse": [{"food": "roast-0", "times": count}]},
        "pinned": {"pin": [{"food": "roast-0", "on": weekdays[:count], "at": "dinner"}]},
        "dated": {"pin": [{"food": "roast-0", "on": [*dates[:count], dates[-1]], "at": "dinner"}]},
    }


@pytest.mark.parametrize("asked", ["required", "reused", "pinned", "dated"])
def test_a_food_that_the_rules_ask_for_may_come_as_often_as_they_say(world: Any, asked: str) -> None:
    serve(world, "roast", 0, 4)
    for portion in world.items("roast-0"):
        portion["name"] = "Roast 0"
    world.change_food("roast-0", name="Roast 0", description="roast 0, plain")
    world.document["rules"] = rules(4)[asked] | {"ban": ["liver"]}
    assert world.rules() == set()
    world.document["rules"] = rules(3)[asked]
    assert "verify/variety-uses" in world.rules()
    assert "Roast 0 4 times, over 3" in {breach.text for breach in world.breaches()}


def test_a_food_required_each_day_may_come_each_day_and_another_may_not(world: Any) -> None:
    serve(world, "fruit", 0, 7)
    world.document["rules"] = {"require": [{"food": "fruit-0", "per_day": 1}]}
    assert world.rules() == set()
    world.document["rules"] = {"require": [{"food": "bread", "per_day": 1}]}
    assert world.rules() == {"verify/variety-uses"}
