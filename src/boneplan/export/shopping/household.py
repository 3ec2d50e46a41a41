"""The portions of one food added up in one household measure, such as "3 ½ cups"."""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction

from boneplan.choices import Measures
from boneplan.export.aisles import Shop
from boneplan.export.portions import counted
from boneplan.foods.measures import GLYPHS, count_text
from boneplan.plan import Item

SPOONS = ((3, "teaspoon", "tablespoon"), (16, "tablespoon", "cup"))  # how many of one are one of the next
FEW = 3  # spoons; fewer are counted as they are
STEPS = 4  # quarters of a measure, to which a sum of unlike portions is rounded up
SLACK = 1e-6  # of a quarter, for sums that are a hair above one
US_ONLY = ("cup", "oz", "fl oz")  # measures that only kitchens with US measures have


def household(items: list[Item], shop: Shop, measures: Measures = "us") -> str:
    """The portions of one food in one measure, such as "3 ½ cups"; empty where the words have no count.

    Portions in different measures are counted in the one that holds most grams, as "about" so many. Under metric
    measures nothing is counted in those of US kitchens.
    """
    counts = [(item, *split) for item in items if (split := _split(item, shop))]
    grams_in: dict[str, float] = defaultdict(float)
    for item, _, unit in counts:
        grams_in[unit] += item.grams
    if not grams_in:
        return ""
    unit = max(grams_in, key=lambda name: grams_in[name])
    if measures == "metric" and unit.startswith(US_ONLY):
        return ""
    count = sum((count for _, count, name in counts if name == unit), Fraction())
    total = sum(item.grams for item in items)
    exact = len(counts) == len(items) and len(grams_in) == 1 and _countable(count)
    if not exact:
        count = Fraction(max(math.ceil(float(count) * total / grams_in[unit] * STEPS - SLACK), 1), STEPS)
    plurals = dict(shop.plurals.get(items[0].food, {}))
    if unit == "half":
        count = Fraction(math.ceil(count))
    for number, small, large in SPOONS[: 1 if measures == "metric" else None]:
        if unit == small and count >= FEW and not count / number * STEPS % 1:
            count, unit = count / number, large
            plurals[large] = f"{large}s"
    words = plurals.get(unit, unit) if count > 1 else unit
    return f"{'' if exact else 'about '}{count_text(count)} {words}"


def _countable(count: Fraction) -> bool:
    return count % 1 in GLYPHS or count % 1 == 0


def _split(item: Item, shop: Shop) -> tuple[Fraction, str] | None:
    """The count of a portion's measure and its unit in the singular, where the words have both."""
    split = counted(item.measure)
    if split is None:
        return None
    count, unit = split
    plurals = shop.plurals.get(item.food, {})
    return count, next((one for one, many in plurals.items() if many == unit), unit)
