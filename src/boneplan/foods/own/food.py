"""A person's own food once its figures are worked out: what plans carry, and what the tables take in."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Any, Literal

from pydantic import Field

from boneplan.errors import InputError
from boneplan.foods.own.flags import FLAGS, Answer, Flag
from boneplan.foods.own.schema import (
    AMOUNTS,
    MAX_FIGURE,
    MAX_GRAMS,
    MAX_ID,
    MAX_PARTS,
    Amount,
    Phytoestrogens,
)
from boneplan.plan import MAX_NAME, MealName, Plan
from boneplan.profile_fields import Flag as Truth
from boneplan.profile_fields import Model, Number, Whole, Words
from boneplan.profile_reader import checked_as

MAX_OWN = 500  # foods and recipes of one person
MAX_TEXT = 1_000  # characters of a description or a path
SHARE = 1.0  # the whole of something

Group = Literal["women", "men"]


class OwnMeasure(Model):
    """A household measure: the grams of one, and the smallest part of it that is served."""

    measure: Words
    plural: Words
    grams: Number = Field(gt=0, le=MAX_GRAMS)
    step: Number = Field(gt=0, le=SHARE)


class Eaten(Model):
    """How often, and in what portions (percentiles in grams), people of `group` eat such a food at a meal."""

    meal: MealName
    group: Group
    n: Number = Field(gt=0)
    g_p10: Number = Field(gt=0)
    g_p25: Number = Field(gt=0)
    g_p50: Number = Field(gt=0)
    g_p75: Number = Field(gt=0)
    g_p90: Number = Field(gt=0)


class Part(Model):
    """What goes into a dish: the id and the name of a food, and how much of it."""

    food: str = Field(max_length=MAX_ID)
    name: str = Field(max_length=MAX_NAME)
    grams: Number = Field(gt=0, le=MAX_GRAMS)


class OwnFood(Model):
    """A food of the person's own. `amounts` and `price` (USD) are per 100 g; what is not there is unknown.

    `at_most` names amounts that are upper bounds, `as_like` those taken from the food it is like. The `ingredients`
    of a dish go into `yield_grams` of it. `calcium_absorption` is the fraction (0..1) of its calcium absorbed in a
    meal of 300 mg, as far as is known.
    `description` is the text that roles, wishes and kinds of food are looked up by. `source` names the file.
    """

    id: str = Field(max_length=MAX_ID)
    name: Words
    description: str = Field(max_length=MAX_TEXT)
    category: Whole
    category_name: str = Field(max_length=MAX_NAME)
    amounts: dict[Amount, Annotated[Number, Field(ge=0)]] = Field(max_length=len(AMOUNTS))
    at_most: list[Amount] = Field(default=[], max_length=len(AMOUNTS))
    as_like: list[Amount] = Field(default=[], max_length=len(AMOUNTS))
    flags: dict[Flag, Answer] = Field(max_length=len(FLAGS))
    phytoestrogen: Phytoestrogens
    isoflavones_unknown: Truth
    price: Number | None = Field(default=None, ge=0, le=MAX_FIGURE)
    calcium_absorption: Number = Field(gt=0, lt=SHARE)
    measures: list[OwnMeasure] = Field(min_length=1, max_length=MAX_PARTS)
    eaten: list[Eaten] = Field(min_length=1, max_length=MAX_PARTS)
    ingredients: list[Part] = Field(default=[], max_length=MAX_PARTS)
    yield_grams: Number | None = Field(default=None, gt=0, le=MAX_PARTS * MAX_GRAMS)
    source: str = Field(default="", max_length=MAX_TEXT)

    @property
    def unknown(self) -> list[str]:
        """The amounts that nobody knows, isoflavones aside, in the order of the table."""
        return [name for name in AMOUNTS if name not in self.amounts and name not in ("sugars", "isoflavones")]

    def as_json(self, group: Group) -> dict[str, Any]:
        """The food as plain JSON, with what people of `group` eat of it: meal -> [10th, 90th percentile] in grams."""
        usual = {e.meal: [e.g_p10, e.g_p90] for e in self.eaten if e.group == group}
        return {**self.model_dump(mode="json", exclude_none=True), "meals": usual}


def opened(foods: Sequence[OwnFood]) -> dict[str, dict[str, tuple[str, float]]]:
    """Dish -> food -> its name and the grams of it in a gram of the dish, dishes inside dishes opened as well.

    Raises InputError where a dish is inside itself.
    """
    found: dict[str, dict[str, tuple[str, float]]] = {}
    for dish in _inner_first(foods):
        parts: dict[str, tuple[str, float]] = {}
        for part in dish.ingredients:
            share = part.grams / (dish.yield_grams or part.grams)
            for food, (name, grams) in found.get(part.food, {part.food: (part.name, 1.0)}).items():
                parts[food] = (name, parts.get(food, ("", 0.0))[1] + share * grams)
        found[dish.id] = parts
    return found


def held(foods: Sequence[OwnFood]) -> dict[str, frozenset[str]]:
    """Dish -> the ids of all that is in it, dishes inside dishes and what is in those. Raises as `opened` does."""
    found: dict[str, frozenset[str]] = {}
    for dish in _inner_first(foods):
        parts = [part.food for part in dish.ingredients]
        found[dish.id] = frozenset(parts).union(*(found[part] for part in parts if part in found))
    return found


def _inner_first(foods: Sequence[OwnFood]) -> list[OwnFood]:
    """The dishes among `foods`, each after those that go into it."""
    dishes = {food.id: food for food in foods if food.ingredients}
    inside = {dish: [p.food for p in food.ingredients if p.food in dishes] for dish, food in dishes.items()}
    try:
        return [dishes[dish] for dish in TopologicalSorter(inside).static_order()]
    except CycleError as error:
        raise InputError(f"own foods: {error.args[1][0]}: is a dish inside itself: leave it out there") from None


class _Many(Model):
    own_foods: list[OwnFood] = Field(max_length=MAX_OWN, description="the person's own foods")


def own_foods_of(plan: Plan) -> list[OwnFood]:
    """The own foods that a plan document carries. Raises InputError where they are none."""
    if not plan.own_foods:
        return []
    rows = [{key: value for key, value in row.items() if key != "meals"} for row in plan.own_foods]
    return checked_as(_Many, "own foods", {"own_foods": rows}, "plan", []).own_foods
