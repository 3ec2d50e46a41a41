"""What the meals of some days need, gathered by what is bought for it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from boneplan.export.aisles import Place, Shop
from boneplan.export.plain import plain
from boneplan.export.shopping.bought import Part
from boneplan.plan import Day, Item

PER_GRAMS = 100  # what prices are of

Key = tuple[str, str]
"""Of one need: ("good", its name), or ("food", its id) where it has no name of the shop's own."""


@dataclass
class Need:
    """One thing to buy for meals on `days`: grams as eaten and to buy, each by food id.

    `key` tells what foods/bought.csv names from what has the same name by chance. `portions` are the items that are
    bought as one thing. `price` (USD) is of the foods that have one, `unpriced` are the others.
    """

    key: Key
    name: str
    place: Place
    eaten: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    bought: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    days: set[dt.date] = field(default_factory=set)
    portions: list[Item] = field(default_factory=list)
    known: bool = False
    price: float = 0.0
    unpriced: set[str] = field(default_factory=set)

    @property
    def grams(self) -> float:
        """Grams to buy, for all foods."""
        return sum(self.bought.values())

    @property
    def simple(self) -> bool:
        """Whether it is all that is bought for its foods."""
        return set(self.eaten) == {item.food for item in self.portions}

    @property
    def served(self) -> bool:
        """Whether all of it is bought as it is eaten."""
        return not self.known and self.simple


def needs_of(days: Iterable[Day], shop: Shop) -> list[Need]:
    """What the meals of `days` need, by name; tap water is left out, a person's own dish is what goes into it.

    Only what foods/bought.csv gives one name is one need: any other food is its own, whatever it is called.
    """
    found: dict[Key, Need] = {}
    for day in days:
        for meal in day.meals:
            for item in (part for served in meal.items for part in opened_dish(served, shop)):
                for key, part in _parts(item, shop):
                    place = _place(item.food, part.name, shop)
                    if place is None:
                        continue
                    if key not in found:
                        found[key] = Need(key, part.name, place)
                    _add(found[key], item, part, shop)
                    found[key].days.add(day.date)
    return sorted(found.values(), key=lambda need: (need.name.casefold(), need.name, *sorted(need.eaten)))


def opened_dish(item: Item, shop: Shop) -> list[Item]:
    """The item itself, or where it is a dish of the person's own all that goes into it."""
    if item.food not in shop.dishes:
        return [item]
    return [
        Item.model_construct(food=food, fndds_code=0, name=name, grams=share * item.grams, measure="")
        for food, (name, share) in shop.dishes[item.food].items()
    ]


def _parts(item: Item, shop: Shop) -> Iterator[tuple[Key, Part]]:
    if item.food in shop.bought:
        for part in shop.bought[item.food]:
            yield ("good", part.name), part
    else:
        yield ("food", item.food), Part(plain(item.name), 1.0)


def _place(food: str, good: str, shop: Shop) -> Place | None:
    stands = shop.aisle_of.get(food, shop.other)
    if stands is None:
        return None
    own = Place(stands, shop.categories.get(food))
    return shop.place_of.get(good, own) if food in shop.bought else own


def _add(need: Need, item: Item, part: Part, shop: Shop) -> None:
    eaten = item.grams * part.share
    need.eaten[item.food] += eaten
    need.bought[item.food] += part.needed(eaten)
    need.known = need.known or part.grams_eaten is not None
    if len(shop.bought.get(item.food, (part,))) == 1:
        need.portions.append(item)
    price = shop.prices.get(item.food)
    if price is None:
        need.unpriced.add(item.food)
    else:
        need.price += eaten * price / PER_GRAMS
