"""How much of the calcium in a meal is absorbed: an estimate from its load and its foods, beside the intake."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from boneplan.plan import Meal, MealName, Menu, Notice, SupplementTaken
from boneplan.profile import Profile
from boneplan.rows import Row, Sourced, shipped_rows
from boneplan.timing.clock import Clock
from boneplan.timing.day import minutes_of

if TYPE_CHECKING:
    from boneplan.foods.table import FoodTable

FILE = "absorption/calcium.yaml"
ABSORBED = "absorbed_calcium"
"""What the totals of a day call it."""


class Estimate(Sourced):
    """What a plan says of the estimate, once."""

    id: str
    rule: str
    title: str
    text: str


class Curve(Sourced):
    """The fraction of milk's calcium that is absorbed: intercept + slope × ln(load), the load in mg."""

    intercept: float
    slope: float = Field(lt=0)
    least_load: float = Field(gt=0)
    most_load: float

    def at(self, load_mg: float) -> float:
        """The fraction (0..1) absorbed of exactly this load."""
        return self.intercept + self.slope * math.log(load_mg)

    def of_meal(self, calcium_mg: float) -> float:
        """The fraction (0..1) absorbed in a meal of so much calcium, its load held between least and most."""
        return self.at(min(max(calcium_mg, self.least_load), self.most_load))


class Measured(Sourced):
    """The `fraction` (0..1) absorbed of a food's calcium, and the `load` in mg at which it was found."""

    fraction: float = Field(gt=0, lt=1)
    load: float = Field(gt=0)


class StandIn(Measured):
    """A measured food that stands for others: those that begin so, hold such a word, or are of such a category."""

    id: str
    title: str
    starts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    categories: tuple[int, ...] = ()

    def covers(self, description: str, category: int) -> bool:
        """Whether a food of this FNDDS description and WWEIA category is one of them."""
        text = description.casefold()
        return category in self.categories or text.startswith(self.starts) or self._holds(text)

    def _holds(self, text: str) -> bool:
        return any(re.search(rf"\b{re.escape(word)}\b", text) for word in self.words)


class Absorption(Row):
    """guidelines/absorption/calcium.yaml. Fractions of foods are compared at `reference_load`, in mg."""

    nutrient: Literal["calcium"]
    unit: Literal["mg"]
    reference_load: float = Field(gt=0)
    estimate: Estimate
    curve: Curve
    milk: Measured
    stand_ins: tuple[StandIn, ...]
    rest: StandIn

    @cached_property
    def milk_fraction(self) -> float:
        """The fraction absorbed of milk's calcium at the reference load."""
        return self.at_reference(self.milk)

    def at_reference(self, measured: Measured) -> float:
        """A measured fraction moved along the curve from its own load to the reference load."""
        return measured.fraction * self.curve.at(self.reference_load) / self.curve.at(measured.load)

    def stand_in(self, description: str, category: int) -> StandIn:
        """What an unmeasured food of this FNDDS description and WWEIA category is taken for."""
        return next((s for s in self.stand_ins if s.covers(description, category)), self.rest)

    def in_meal(self, fraction: float, calcium_mg: float) -> float:
        """The fraction absorbed of a food's calcium in a meal that holds `calcium_mg` in all.

        `fraction` is the food's own at the reference load.
        """
        return fraction * self.curve.of_meal(calcium_mg) / self.curve.at(self.reference_load)


@cache
def absorption() -> Absorption:
    """The shipped rules of the estimate."""
    return shipped_rows(Absorption, FILE)


@cache
def _stand_in_fraction(description: str, category: int) -> float:
    rules = absorption()
    return rules.at_reference(rules.stand_in(description, category))


def food_fractions(table: FoodTable) -> dict[str, float]:
    """Food id -> the fraction (0..1) of its calcium absorbed at the reference load, measured or of its stand-in."""
    columns = ["description", "category", "calcium_absorption"]
    return {
        # What is not equal to itself is NaN: not measured.
        food: measured if measured == measured else _stand_in_fraction(text, category)
        for food, text, category, measured in table.foods[columns].itertuples()
    }


def absorbed(portions: Iterable[tuple[float, float]], tablet_mg: float = 0.0) -> float:
    """The mg of calcium absorbed from the foods of one meal.

    `portions` are mg of calcium with the food's fraction at the reference load. A tablet of `tablet_mg` at the same
    meal adds to the load and so lowers what is absorbed of the food; what it brings itself is not counted.
    """
    served, rules = list(portions), absorption()
    load = tablet_mg + sum(calcium for calcium, _ in served)
    return sum(calcium * rules.in_meal(fraction, load) for calcium, fraction in served)


def with_absorbed(menu: Menu, profile: Profile, table: FoodTable | None = None) -> Menu:
    """`menu` with the total `absorbed_calcium` (mg, of food alone) on each of its days.

    `table` holds the foods of the menu (default: the shipped one). The supplements must have their final times: a
    tablet counts towards the load of the meal that it is taken with.
    """
    if not menu.days:
        return menu
    from boneplan.foods.table import load_foods  # the table is slow to load, and a plan without a menu needs none

    table = table or load_foods()
    fractions, per_100_g = food_fractions(table), table.foods["calcium"].fillna(0.0).to_dict()
    tablets = _tablets(menu.supplements, Clock(profile))

    def of_meal(meal: Meal) -> float:
        portions = [(per_100_g[item.food] * item.grams / 100, fractions[item.food]) for item in meal.items]
        return absorbed(portions, tablets.get(meal.meal, 0.0))

    days = [
        day.model_copy(update={"totals": {**day.totals, ABSORBED: round(sum(map(of_meal, day.meals)), 2)}})
        for day in menu.days
    ]
    return menu.model_copy(update={"days": days})


def estimate_notice() -> Notice:
    """That absorbed calcium is an estimate, and why plans aim at the calcium eaten."""
    said = absorption().estimate
    source = str(said.reference)
    return Notice(level="info", rule=said.rule, text=said.text, source=source, scope="menu", basis=said.basis)


def _tablets(supplements: Iterable[SupplementTaken], clock: Clock) -> Mapping[MealName, float]:
    """The mg of calcium in the tablets that are taken with each meal."""
    found: dict[MealName, float] = {}
    for taken in supplements:
        if taken.declared and taken.nutrient == "calcium" and taken.time is not None:
            meal = clock.meal_at(minutes_of(taken.time))
            if meal is not None:
                found[meal] = found.get(meal, 0.0) + taken.amount
    return found
