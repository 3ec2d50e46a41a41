"""Where foods are bought and how their measures are counted, from the shipped food tables."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from boneplan.data import data_folder, shipped_yaml
from boneplan.errors import Fault
from boneplan.foods.groups import named_range
from boneplan.foods.own.food import opened, own_foods_of
from boneplan.plan import Plan


@dataclass(frozen=True)
class Shop:
    """What a shopping list needs to know of foods.

    `aisles` stand in the order of the list; `aisle_of` maps a food id to one of them, or to None where the
    food is not bought; a food that is not in it stands in the aisle `other`. `plurals` maps a food id to its
    household measures, singular -> plural; `dishes` a dish of the person's own to what is bought for a gram of it:
    food id -> name and grams.
    """

    aisles: tuple[str, ...]
    other: str
    aisle_of: Mapping[str, str | None] = field(default_factory=dict)
    plurals: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dishes: Mapping[str, Mapping[str, tuple[str, float]]] = field(default_factory=dict)


@cache
def shipped_shop() -> Shop:
    """The shop of the shipped tables: foods/aisles.yaml, foods/foods.csv and foods/portions.csv.

    Raises `Fault` where a table is missing or not as boneplan ships it.
    """
    chart = shipped_yaml("foods", "aisles.yaml")
    try:
        foods = ((row["id"], int(row["category"])) for row in _rows("foods.csv"))
        aisle_of = {food: aisle(food, category, chart) for food, category in foods}
        plurals: dict[str, dict[str, str]] = defaultdict(dict)
        for row in _rows("portions.csv"):
            plurals[row["food_id"]][row["measure"]] = row["plural"]
    except (OSError, KeyError, ValueError, csv.Error) as error:
        raise Fault(f"the food tables cannot be read ({error!r}): install boneplan again") from None
    return Shop((*chart["aisles"], chart["other"]), chart["other"], aisle_of, plurals)


def shop_for(plan: Plan) -> Shop:
    """The shipped shop with the plan's own foods in it. Raises InputError where the plan's are none."""
    shop, own = shipped_shop(), own_foods_of(plan)
    if not own:
        return shop
    chart = shipped_yaml("foods", "aisles.yaml")
    return replace(
        shop,
        aisle_of={**shop.aisle_of, **{food.id: aisle(food.id, food.category, chart) for food in own}},
        plurals={**shop.plurals, **{food.id: {m.measure: m.plural for m in food.measures} for food in own}},
        dishes=opened(own),
    )


def aisle(food: str, category: int, chart: Mapping[str, Any]) -> str | None:
    """The aisle of a food and its WWEIA category by the content of aisles.yaml; None if it is not bought."""
    if food in chart["foods"]:
        return str(chart["foods"][food])
    if category in chart["not_bought"]:
        return None
    return named_range(chart["aisles"], category) or str(chart["other"])


def _rows(name: str) -> list[dict[str, str]]:
    with (data_folder("foods") / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
