"""Calcium on the menu as the clock asks about it: foods kept out of meals near a dose, and what each meal holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from boneplan.foods.eligible import Exclusion
from boneplan.foods.table import FoodTable
from boneplan.plan import Day, MealName
from boneplan.timing.clock import Clock
from boneplan.timing.rules import CalciumRichFoods, timing_rules


def meal_exclusions(clock: Clock, table: FoodTable) -> list[Exclusion]:
    """Foods rich in calcium, left out of the meals that stand too close to a dose on any day."""
    found = []
    for rule in timing_rules().calcium_rich_foods:
        if meals := meals_near(rule, clock):
            calcium = table.foods["calcium"]
            rich = frozenset(table.foods.index[calcium.isna() | (calcium >= rule.mg_per_100_g)])
            names = " and ".join(dict.fromkeys(d.name for d in clock.doses if d.is_of(rule.medicines)))
            found.append(Exclusion(rule.rule, f"no food rich in calcium near {names}", rich, meals))
    return found


def meals_near(rule: CalciumRichFoods, clock: Clock) -> tuple[MealName, ...]:
    """The meals that on some day stand closer to a dose than the rule allows."""
    return tuple(
        meal
        for meal in clock.usual
        if any(
            dose.is_of(rule.medicines) and abs(clock.meals[day][meal] - taken) < rule.minutes
            for day in clock.days
            for dose, taken in clock.around(day)
        )
    )


def calcium_of_meals(days: Iterable[Day], table: FoodTable) -> dict[tuple[dt.date, MealName], float]:
    """The calcium of food in each meal, mg."""
    per_gram = (table.foods["calcium"].fillna(0.0) / 100).to_dict()
    return {
        (day.date, meal.meal): sum(per_gram[item.food] * item.grams for item in meal.items)
        for day in days
        for meal in day.meals
    }
