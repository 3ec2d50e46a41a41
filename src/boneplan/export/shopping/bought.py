"""What is bought for a food as it is eaten, with its yield (foods/bought.csv)."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from boneplan.data import data_folder
from boneplan.errors import Fault


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things bought for a food.

    `share` (0..1) is its part of the food's weight as eaten; those of a food add up to 1. `grams_eaten` is its yield,
    what a gram bought gives on the plate; None where it is not known and the weight bought is that eaten.
    """

    name: str
    share: float
    grams_eaten: float | None = None

    def needed(self, eaten: float) -> float:
        """Grams to buy for `eaten` grams of this part."""
        return eaten / (self.grams_eaten or 1.0)


Bought = Mapping[str, tuple[Part, ...]]


@cache
def shipped_bought() -> Bought:
    """Food id -> what is bought for it, the most first. Raises `Fault` where the table is missing or broken."""
    found: dict[str, list[Part]] = defaultdict(list)
    try:
        with (data_folder("foods") / "bought.csv").open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            header = next(rows, [])
            food, name, share, grams = (header.index(key) for key in ("food_id", "bought", "share", "yield"))
            for row in rows:
                known = float(row[grams]) if row[grams] else None
                found[row[food]].append(Part(row[name], float(row[share]), known))
    except (OSError, IndexError, ValueError, csv.Error) as error:
        raise Fault(f"foods/bought.csv cannot be read ({error!r}): install boneplan again") from None
    return {food: _whole(parts) for food, parts in found.items()}


def _whole(parts: list[Part]) -> tuple[Part, ...]:
    """The parts with shares that add up to 1, which the digits of the table do not quite."""
    total = sum(part.share for part in parts)
    return tuple(Part(part.name, part.share / total, part.grams_eaten) for part in parts)
