"""How varied a week must be, read from foods/meals.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boneplan.errors import Fault
from boneplan.verify.yaml_file import read_yaml


@dataclass(frozen=True)
class KindLimit:
    """At most `most` uses a week of foods of `categories` (WWEIA)."""

    id: str
    categories: frozenset[int]
    most: int


@dataclass(frozen=True)
class VarietyRules:
    """Uses a week of one food at most, by whether it is a staple or a main dish; different foods at least."""

    max_uses: int
    max_main_uses: int
    max_staple_uses: int
    min_distinct: int
    staples: frozenset[int]
    mains: frozenset[int]
    limits: tuple[KindLimit, ...] = ()

    def most_uses(self, category: int) -> int:
        """How often a week one food of this WWEIA category may stand on the menu."""
        if category in self.staples:
            return self.max_staple_uses
        return self.max_main_uses if category in self.mains else self.max_uses


def read_variety_rules(path: Path) -> VarietyRules:
    """The rules in meals.yaml. Raises `Fault` where the file is not as boneplan ships it."""
    raw: Mapping[str, Any] = read_yaml(path)
    try:
        counts = raw["variety"]
        return VarietyRules(
            max_uses=int(counts["max_uses"]),
            max_main_uses=int(counts["max_main_uses"]),
            max_staple_uses=int(counts["max_staple_uses"]),
            min_distinct=int(counts["min_distinct"]),
            staples=frozenset(raw["staples"]),
            mains=frozenset(raw["mains"]),
            limits=tuple(
                KindLimit(str(limit["id"]), frozenset(limit["categories"]), int(limit["max"]))
                for limit in raw.get("limits", [])
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Fault(f"{path} lacks a rule of variety ({error!r}): install boneplan again") from None
