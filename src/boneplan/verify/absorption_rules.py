"""The rules of absorbed calcium (guidelines/absorption), as `verify` reads them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boneplan.errors import Fault
from boneplan.verify.tables import Food
from boneplan.verify.yaml_file import read_yaml

KEY = "absorbed_calcium"
"""What the totals of a day call it."""


@dataclass(frozen=True)
class StandIn:
    """A food that stands for others, and how its calcium compares with milk's at the same load (1 is as milk's)."""

    index: float
    starts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    categories: frozenset[int] = frozenset()

    def stands_for(self, food: Food) -> bool:
        """Whether `food` is one of those that it stands for."""
        text = food.description.lower()
        named = any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in self.words)
        return food.category in self.categories or named or any(text.startswith(start) for start in self.starts)


@dataclass(frozen=True)
class AbsorptionRules:
    """The curve of milk (its fraction by the logarithm of the load in mg), its limits, the stand-ins."""

    intercept: float
    slope: float
    least_load: float
    most_load: float
    reference_load: float
    stand_ins: tuple[StandIn, ...]

    def milk(self, load: float) -> float:
        """The fraction of milk's calcium that is absorbed in a meal of `load` mg."""
        return self.intercept + self.slope * math.log(min(max(load, self.least_load), self.most_load))

    def index(self, food: Food) -> float:
        """How well the calcium of `food` is absorbed beside milk's at the same load."""
        if food.absorption is not None:
            return food.absorption / (self.intercept + self.slope * math.log(self.reference_load))
        return next(stand_in for stand_in in self.stand_ins if stand_in.stands_for(food)).index


def read_absorption_rules(path: Path) -> AbsorptionRules:
    """calcium.yaml of guidelines/absorption. Raises `Fault` where it is not as boneplan ships it."""
    try:
        raw = read_yaml(path)
        curve = raw["curve"]
        intercept, slope = float(curve["intercept"]), float(curve["slope"])

        def stand_in(row: Mapping[str, Any], *, everything: bool = False) -> StandIn:
            index = row["fraction"] / (intercept + slope * math.log(row["load"]))
            starts = ("",) if everything else tuple(row.get("starts", ()))
            return StandIn(index, starts, tuple(row.get("words", ())), frozenset(row.get("categories", ())))

        return AbsorptionRules(
            intercept,
            slope,
            float(curve["least_load"]),
            float(curve["most_load"]),
            float(raw["reference_load"]),
            (*map(stand_in, raw["stand_ins"]), stand_in(raw["rest"], everything=True)),
        )
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        raise Fault(f"{path} is not readable ({error!r}): install boneplan again") from None
