"""Each week's variety."""

from __future__ import annotations

from dataclasses import replace
from typing import Any


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
