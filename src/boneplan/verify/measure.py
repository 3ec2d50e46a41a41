"""Household measures read back from their words: how many grams "1 ½ cups" of a food is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from boneplan.verify.tables import Portion

_FRACTIONS = {
    "¼": 0.25,
    "½": 0.5,
    "¾": 0.75,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "⅛": 0.125,
    "⅜": 0.375,
    "⅝": 0.625,
    "⅞": 0.875,
}
_AMOUNT = re.compile(
    r"(?P<whole>\d{1,6}(?:\.\d{1,6})?)?\s*"
    r"(?:(?P<glyph>[¼½¾⅓⅔⅛⅜⅝⅞])|(?P<over>(?<=\s)\d{1,6}/\d{1,6}|^\d{1,6}/\d{1,6}))?\s+(?P<unit>\S.*)"
)


def split_measure(text: str) -> tuple[float, str] | None:
    """The count and the unit of a measure ("1 ½ cups" -> (1.5, "cups")), or None where it has no count."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or not (match["whole"] or match["glyph"] or match["over"]):
        return None
    count = float(match["whole"] or 0) + _FRACTIONS.get(match["glyph"] or "", 0.0)
    if match["over"]:
        above, below = match["over"].split("/")
        if int(below) == 0:
            return None
        count += int(above) / int(below)
    return (count, match["unit"]) if count > 0 else None


def grams_meant(text: str, portions: Iterable[Portion]) -> list[float]:
    """Every weight in grams that `text` can mean by the food's own portions; empty where it means none."""
    split = split_measure(text)
    if split is None:
        return []
    count, unit = split
    wanted = unit.casefold()
    if wanted == "g":
        return [count]
    return [count * p.grams for p in portions if wanted in (p.measure.casefold(), p.plural.casefold())]
