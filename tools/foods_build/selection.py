"""Which FNDDS foods stand in the table: a rule on how often they are eaten, then hand-kept lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foods_build.raw import Eaten, Food, read_rows


@dataclass(frozen=True)
class SelectionRule:
    """The rule as data (`selection.yaml`)."""

    least_occasions: Mapping[str, int]
    excluded_categories: frozenset[int]
    excluded_names: re.Pattern[str]
    unspecific_names: re.Pattern[str]
    alcohol_nutrient: str = "Alcohol (g)"

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> SelectionRule:
        """The rule from the mapping of the YAML file."""
        return cls(
            least_occasions={str(k): int(v) for k, v in data["least_occasions"].items()},
            excluded_categories=frozenset(entry["category"] for entry in data["excluded_categories"]),
            excluded_names=re.compile("|".join(e["match"] for e in data["excluded_names"]), re.IGNORECASE),
            unspecific_names=re.compile(str(data["unspecific_names"])),
        )


def occasions(eaten: Iterable[Eaten]) -> dict[tuple[str, int], int]:
    """Occasions over all meals by (group, food code)."""
    counts: dict[tuple[str, int], int] = {}
    for row in eaten:
        counts[row.group, row.code] = counts.get((row.group, row.code), 0) + row.n
    return counts


def read_reasons(path: Path) -> dict[int, str]:
    """A hand-kept list: FNDDS code to the reason. `ValueError` for a doubled code or an empty reason."""
    reasons: dict[int, str] = {}
    for row in read_rows(path):
        code, reason = int(row["fndds_code"]), row["reason"].strip()
        if code in reasons or not reason:
            raise ValueError(f"{path.name}: {code} stands twice or has no reason")
        reasons[code] = reason
    return reasons


def may_stand(food: Food, rule: SelectionRule) -> bool:
    """Whether a food is of a kind that the table takes at all: no addition overrides this."""
    return (
        food.category not in rule.excluded_categories
        and food.nutrients[rule.alcohol_nutrient] == 0
        and not rule.excluded_names.search(food.description)
    )


def select(
    foods: Mapping[int, Food],
    counts: Mapping[tuple[str, int], int],
    rule: SelectionRule,
    additions: Mapping[int, str],
    removals: Mapping[int, str],
) -> list[int]:
    """The codes of the table, ascending.

    Raises `ValueError` for a hand-kept code that FNDDS lacks, that is in both lists, or that may not stand.
    """
    for code in [*additions, *removals]:
        if code not in foods:
            raise ValueError(f"{code} is not a food of FNDDS")
    for code in additions:
        if code in removals or not may_stand(foods[code], rule):
            raise ValueError(f"{code} {foods[code].description}: added by hand but not allowed to stand")
    chosen = set(additions)
    for code, food in foods.items():
        enough = any(counts.get((group, code), 0) >= least for group, least in rule.least_occasions.items())
        specific = not rule.unspecific_names.search(food.description)
        if enough and specific and may_stand(food, rule) and code not in removals:
            chosen.add(code)
    return sorted(chosen)
