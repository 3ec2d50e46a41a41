"""The limits that a deal has to keep: how much of what a table, a day, or several days together may hold."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from boneplan.menu.bounds import Bound
from boneplan.menu.patterns import DAYS, Count
from boneplan.menu.served import Column
from boneplan.plan import MealName

RAIL_COST = 100.0
MEAL_COST = 30.0  # of a meal's limit that is not hard, such as calcium above what a meal counts


@dataclass(frozen=True)
class Rail:
    """`low` to `high` of the amount `of` servings; each unit missing costs `missing`, each above it `over`."""

    of: Callable[[Column], float]
    low: float
    high: float
    missing: float
    over: float

    def cost(self, amount: float) -> float:
        """What an amount outside the rail costs, 0 inside."""
        if amount < self.low:
            return self.missing * (self.low - amount)
        return self.over * (amount - self.high) if amount > self.high else 0.0


@dataclass(frozen=True)
class DayRail:
    """A rail of each group of `days`: of single days, mostly; or of days that keep it together."""

    rail: Rail
    days: Sequence[tuple[int, ...]]


def rail(
    of: Callable[[Column], float], low: float | None, high: float | None, price: float, already: float = 0.0
) -> Rail:
    """A rail where `price` is for missing it by as much as itself, and `already` is there before any serving."""
    room = math.inf if high is None else max(0.0, high - already)
    return Rail(of, low or 0.0, room, price / (low or 1.0), price / (high or 1.0))


def of_nutrient(nutrient: str) -> Callable[[Column], float]:
    """What a serving brings of a nutrient."""
    return lambda column: column.amounts[nutrient]


def of_count(count: Count) -> Callable[[Column], float]:
    """1 for a serving that counts, 0 for another."""

    def counted(column: Column) -> float:
        return float(count.fits(column.option.food, column.option.meal))

    return counted


def day_rails(bounds: Sequence[Bound], counts: Sequence[Count]) -> list[DayRail]:
    """The hard bounds of a day, and the counts of servings that depend on the day."""
    every: list[tuple[int, ...]] = [(day,) for day in range(DAYS)]
    found = [
        DayRail(rail(of_nutrient(bound.nutrient), bound.low, bound.high, RAIL_COST), every)
        for bound in bounds
        if bound.period == "day" and bound.hard
    ]
    for count in counts:
        if count.each == "day":
            days: Sequence[tuple[int, ...]] = [(day,) for day in count.days] or every
        elif count.days:
            days = [count.days]
        else:  # the servings of a whole week are the basket's
            continue
        found.append(DayRail(rail(of_count(count), count.least, count.most, RAIL_COST), days))
    return found


def meal_rails(bounds: Sequence[Bound], meal: MealName) -> list[Rail]:
    """The bounds of a meal; a hard one is as dear as that of a day."""
    return [
        rail(
            of_nutrient(bound.nutrient),
            bound.low,
            bound.high,
            RAIL_COST if bound.hard else MEAL_COST * bound.weight,
            bound.already.get(meal, 0.0),
        )
        for bound in bounds
        if bound.period == "meal" and bound.about(meal)
    ]
