"""Where foods are bought, what is bought for them, what they cost and how their measures are counted."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from boneplan.data import data_folder, shipped_yaml
from boneplan.errors import Fault
from boneplan.export.shopping.bought import Bought, shipped_bought
from boneplan.foods.groups import named_range
from boneplan.plan import Plan


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands that has a name of the shop's own, and its WWEIA category; None where it has none."""

    aisle: str
    category: int | None = None


@dataclass(frozen=True)
class Shop:
    """What a shopping list needs to know of foods.

    `aisles` stand in the order of the list; `aisle_of` maps a food id to one of them, or to None where the
    food is not bought; a food that is not in it stands in the aisle `other`. `plurals` maps a food id to its
    household measures, singular -> plural; `dishes` a dish of the person's own to what is bought for a gram of it:
    food id -> name and grams. `bought` maps a food id to what is bought for it, where that has another name or
    weight, and `place_of` those names to where they stand. `categories` are WWEIA numbers by food id, and `prices`
    USD per 100 g as eaten.
    """

    aisles: tuple[str, ...]
    other: str
    aisle_of: Mapping[str, str | None] = field(default_factory=dict)
    plurals: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dishes: Mapping[str, Mapping[str, tuple[str, float]]] = field(default_factory=dict)
    bought: Bought = field(default_factory=dict)
    place_of: Mapping[str, Place] = field(default_factory=dict)
    categories: Mapping[str, int] = field(default_factory=dict)
    prices: Mapping[str, float] = field(default_factory=dict)


@cache
def shipped_shop() -> Shop:
    """The shop of the shipped tables: aisles.yaml, foods.csv, portions.csv and bought.csv of foods/.

    Raises `Fault` where a table is missing or not as boneplan ships it.
    """
    chart = shipped_yaml("foods", "aisles.yaml")
    try:
        foods = list(_columns("foods.csv", "id", "category", "price"))
        categories = {food: int(category) for food, category, _ in foods}
        prices = {food: float(price) for food, _, price in foods if price}
        plurals: dict[str, dict[str, str]] = defaultdict(dict)
        for food, measure, plural in _columns("portions.csv", "food_id", "measure", "plural"):
            plurals[food][measure] = plural
    except (OSError, IndexError, ValueError, csv.Error) as error:
        raise Fault(f"the food tables cannot be read ({error!r}): install boneplan again") from None
    usual = {category: aisle("", category, chart) for category in set(categories.values())}
    aisle_of = {food: chart["foods"].get(food, usual[category]) for food, category in categories.items()}
    bought = shipped_bought()
    return Shop(
        (*chart["aisles"], chart["other"]),
        chart["other"],
        aisle_of,
        plurals,
        bought=bought,
        place_of=_places(bought, aisle_of, categories, chart),
        categories=categories,
        prices=prices,
    )


def shop_for(plan: Plan) -> Shop:
    """The shipped shop with the plan's own foods in it. Raises InputError where the plan's are none."""
    shop = shipped_shop()
    if not plan.own_foods:
        return shop
    from boneplan.foods.own.food import opened, own_foods_of

    own = own_foods_of(plan)
    chart, ids = shipped_yaml("foods", "aisles.yaml"), {food.id for food in own}
    return replace(
        shop,
        aisle_of={**shop.aisle_of, **{food.id: aisle(food.id, food.category, chart) for food in own}},
        plurals={**shop.plurals, **{food.id: {m.measure: m.plural for m in food.measures} for food in own}},
        dishes=opened(own),
        bought={food: parts for food, parts in shop.bought.items() if food not in ids},
        categories={**shop.categories, **{food.id: food.category for food in own}},
        prices={
            **{food: price for food, price in shop.prices.items() if food not in ids},
            **{food.id: food.price for food in own if food.price is not None},
        },
    )


def aisle(food: str, category: int, chart: Mapping[str, Any]) -> str | None:
    """The aisle of a food and its WWEIA category by the content of aisles.yaml; None if it is not bought."""
    if food in chart["foods"]:
        return str(chart["foods"][food])
    if category in chart["not_bought"]:
        return None
    return named_range(chart["aisles"], category) or str(chart["other"])


def _places(
    bought: Bought, aisle_of: Mapping[str, str | None], categories: Mapping[str, int], chart: Mapping[str, Any]
) -> dict[str, Place]:
    """Bought name -> place: by name, by its last words, or that of the food which is most of all made of it."""
    nearest: dict[str, tuple[float, Place]] = {}
    for food, parts in bought.items():
        stands = aisle_of.get(food)
        for part in parts:
            if stands is not None and part.share > nearest.get(part.name, (0.0,))[0]:
                nearest[part.name] = (part.share, Place(stands, categories.get(food)))
    found = {good: place for good, (_, place) in nearest.items()}
    for good, place in found.items():
        for end, stands in chart["bought"].items():
            if good.endswith(end):
                found[good] = Place(stands, place.category)
    return found | {good: Place(stands) for good, stands in chart["goods"].items()}


def _columns(name: str, *columns: str) -> Iterator[Sequence[str]]:
    """Some columns of a table of foods/, row by row. Raises ValueError where it lacks one."""
    with (data_folder("foods") / name).open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        header = next(rows, [])
        chosen = [header.index(column) for column in columns]
        for row in rows:
            yield [row[number] for number in chosen]
