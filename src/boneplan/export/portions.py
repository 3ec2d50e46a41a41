"""Amounts of food as people serve them: household measures with their grams, in US or in metric measures."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

from boneplan.choices import Measures
from boneplan.data import data_folder, shipped_yaml
from boneplan.errors import Fault
from boneplan.export.plain import amount, plain
from boneplan.foods.groups import named_range
from boneplan.foods.measures import GLYPHS, count_text
from boneplan.plan import Item

_PARTS = {glyph: part for part, glyph in GLYPHS.items()}
_COUNTED = re.compile(
    rf"(?=\S)(?P<whole>\d{{1,6}}(?:\.\d{{1,6}})?(?![\d/.]))?\s*(?P<part>[{''.join(_PARTS)}]|\d{{1,4}}/\d{{1,4}})?"
    r"\s+(?P<unit>\D.*|\d[^/]*[^\W\d].*)"
)
_SIZED = re.compile(r"(?P<before>\d[\d.]* (?:fl )?oz) (?P<noun>.+)|(?P<named>.+?) \((?P<after>[^()]*)\)")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)[ -]?(fl oz|fluid ounces?|oz|ounces?|lbs?|pounds?|inch(?:es)?)\b")
_CUPS = re.compile(r"cups?(?:, .*)?")
FINE = 5  # grams; smaller portions are told to a tenth
HALF = Fraction(1, 2)
PALMS = {1: "half a palm", 2: "a palm", 4: "two palms", 6: "three palms"}  # by the half palm


def portion_text(item: Item, measures: Measures = "us") -> str:
    """How much of a food: "½ cup (85 g)", "3 oz (85 g, about a palm)"; in metric "240 ml (244 g)", "85 g (½ cup)"."""
    first, *rest = portion_parts(item, measures)
    return f"{first} ({', '.join(rest)})" if rest else first


def portion_parts(item: Item, measures: Measures = "us") -> list[str]:
    """The amount and what explains it, such as "3 oz", "85 g", "about a palm"; none of them has a bracket of its own.

    A measure without a count, which no menu of boneplan has, is told as it stands.
    """
    grams = grams_text(item.grams)
    split = counted(item.measure)
    if split is None:
        return [part for part in (_unbracketed(plain(item.measure)), grams) if part]
    count, unit = split
    unit = _reworded(unit)
    palm = _palm(item) if unit == "oz" else []
    if unit == "g":
        return [grams]
    if measures == "us":
        return [*_served(count, unit), grams, *palm]
    if unit == "oz":
        return [grams, *palm]
    if unit == "fl oz":
        return [_millilitres(count, "fluid_ounce"), grams]
    if _CUPS.fullmatch(unit):
        liquid = unit in ("cup", "cups") and _is_in(item, "liquids")
        return [_millilitres(count, "cup"), grams] if liquid else [grams, *_served(count, unit)]
    return [*_served(count, unit, _metric_size), grams]


def counted(measure: str) -> tuple[Fraction, str] | None:
    """The count and the unit of a household measure ("1 ½ cups" -> 3/2, "cups"); None where it has no count."""
    match = _COUNTED.fullmatch(plain(measure))
    if match is None or not (match["whole"] or match["part"]):
        return None
    try:
        part = _PARTS.get(match["part"] or "0") or Fraction(match["part"] or 0)
    except ZeroDivisionError:
        return None
    count = Fraction(match["whole"] or 0) + part
    return (count, match["unit"]) if count else None


def grams_text(grams: float) -> str:
    """Whole grams from 5 g up, tenths below: "85 g", "2.5 g"."""
    tenths = math.floor(grams * 10 + HALF)
    if grams >= FINE:
        return f"{math.floor(grams + HALF)} g"
    return f"{amount(tenths / 10, 1)} g" if tenths else "under 0.1 g"


def _served(count: Fraction, unit: str, size_of: Callable[[str], str] = str) -> list[str]:
    """The measure in words, and what one of it holds: "2 cans", "12 fl oz each"."""
    if unit in ("half", "halves") and count % 1:
        count, unit = count * HALF, "whole"
    if unit == "whole":
        return [f"{_count(count)} of one" if count < 1 else _count(count) + (" whole" if count == 1 else "")]
    match = _SIZED.fullmatch(unit)
    if match is None:
        return [f"{_count(count)} {_unbracketed(unit)}"]
    size = size_of(match["before"] or match["after"])
    if size and size[0].isdigit():
        size = size if count == 1 else f"{size} each" if count > 1 else f"of {size}"
    return [f"{_count(count)} {_unbracketed(match['noun'] or match['named'])}", *([size] if size else [])]


def _count(count: Fraction) -> str:
    return count_text(count) if count % 1 in _PARTS.values() or count % 1 == 0 else amount(float(count), 2)


def _unbracketed(text: str) -> str:
    return text.replace(" (", ", ").replace("(", "").replace(")", "")


def _reworded(unit: str) -> str:
    for pattern, words in _chart()["reworded"].items():
        if re.fullmatch(pattern, unit):
            return re.sub(pattern, words, unit)
    return unit


def _millilitres(count: Fraction, measure: str) -> str:
    return f"{amount(_nearest(float(count) * _chart()['metric'][measure]['ml']))} ml"


def _nearest(millilitres: float) -> float:
    step: float = _chart()["metric"]["sold"]["nearest_ml"]
    return max(step, step * round(millilitres / step))


def _metric_size(size: str) -> str:
    """What one measure holds, in metric; a weight alone is left out, since the grams follow."""
    if re.fullmatch(r"\d[\d.]* ?(?:oz|ounces?|lbs?|pounds?)", size):
        return ""
    return _SIZE.sub(_metric, size)


def _metric(match: re.Match[str]) -> str:
    number, unit, metric = float(match[1]), match[2], _chart()["metric"]
    if unit.startswith("fl"):
        return f"{amount(_nearest(number * metric['sold']['fluid_ounce_ml']))} ml"
    if unit.startswith("i"):
        return f"{amount(number * metric['inch']['cm'])} cm"
    return f"{amount(number * metric['ounce' if unit.startswith('o') else 'pound']['g'])} g"


def _palm(item: Item) -> list[str]:
    """How a weight of meat, poultry or fish looks in the hand; nothing below half a palm, and for no other food."""
    palms = item.grams / _chart()["palm"]["grams"]
    if palms < HALF or not _is_in(item, "palm"):
        return []
    halves = round(palms * 2)
    return [f"about {PALMS.get(halves) or f'{_count(halves * HALF)} palms'}"]


def _is_in(item: Item, chart: str) -> bool:
    ranges = _chart()["palm"]["categories"] if chart == "palm" else _chart()["liquids"]
    category = _categories().get(item.food)
    return category is not None and named_range({chart: ranges}, category) is not None


def _chart() -> dict[str, Any]:
    chart: dict[str, Any] = shipped_yaml("foods", "measures.yaml")
    return chart


@cache
def _categories() -> dict[str, int]:
    """The WWEIA category of every shipped food. Raises `Fault` where the table cannot be read."""
    try:
        with (data_folder("foods") / "foods.csv").open(encoding="utf-8", newline="") as stream:
            return {row["id"]: int(row["category"]) for row in csv.DictReader(stream)}
    except (OSError, KeyError, ValueError, csv.Error) as error:
        raise Fault(f"foods/foods.csv cannot be read ({error!r}): install boneplan again") from None
