"""Foods rich in calcium near an antibiotic, and what the meals of a menu hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from boneplan.foods.table import load_foods
from boneplan.plan import Day
from boneplan.timing.clock import Clock
from boneplan.timing.foods import calcium_of_meals, meal_exclusions

TABLE = load_foods()


@pytest.mark.parametrize(("time", "meals"), [
    ("07:30", ("breakfast",)), ("09:29", ("breakfast",)), ("09:30", ()), ("05:30", ()), ("05:31", ("breakfast",)),
    ("14:00", ("lunch", "snack")), ("10:30", ()),
])  # fmt: skip
def test_meals_less_than_two_hours_from_the_dose_hold_no_food_rich_in_calcium(
    person: Any, time: str, meals: tuple[str, ...]
) -> None:
    found = meal_exclusions(Clock(person({"name": "ciprofloxacin", "time": time})), TABLE)
    assert [exclusion.meals for exclusion in found] == ([meals] if meals else [])
    for exclusion in found:
        assert exclusion.rule == "safety/timing/antibiotic_food"
        left = TABLE.foods[~TABLE.foods.index.isin(exclusion.foods)]
        assert left["calcium"].max() < 60
        assert TABLE.foods.loc[sorted(exclusion.foods), "calcium"].min() >= 60


def test_without_such_a_medicine_nothing_is_left_out(person: Any) -> None:
    assert meal_exclusions(Clock(person({"name": "amoxicillin", "time": "07:30"})), TABLE) == []


def test_the_calcium_of_each_meal_is_that_of_its_portions() -> None:
    milk = next(food for food in TABLE.foods.index if TABLE.foods.at[food, "name"].startswith("Milk, 2"))
    per_100_g = TABLE.foods.at[milk, "calcium"]
    item = {"food": milk, "fndds_code": 1, "name": "Milk", "grams": 200.0, "measure": "1 cup"}
    meals = [{"meal": "breakfast", "time": "07:30", "items": [item, item]}]
    day = Day.model_validate({"date": "2026-11-23", "meals": meals, "totals": {}})
    found = calcium_of_meals([day], TABLE)
    assert found == {(dt.date(2026, 11, 23), "breakfast"): pytest.approx(4 * per_100_g)}
