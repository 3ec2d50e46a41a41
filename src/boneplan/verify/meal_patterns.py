"""Kinds of meal as foods/meals.yaml describes them, as `verify` reads it."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boneplan.errors import Fault
from boneplan.verify.tables import Food
from boneplan.verify.words import words_of
from boneplan.verify.yaml_file import read_yaml


@dataclass(frozen=True)
class Role:
    """What a food does in a meal: WWEIA categories, narrowed by words of the description, in portions of grams."""

    categories: frozenset[int]
    match: str = ""
    unless: str = ""
    least_grams: float = 0.0
    most_grams: float = float("inf")

    def takes(self, food: Food) -> bool:
        """Whether the food can play the role."""
        if food.category not in self.categories or not re.search(self.match, food.description, re.IGNORECASE):
            return False
        return not (self.unless and re.search(self.unless, food.description, re.IGNORECASE))


@dataclass(frozen=True)
class Pattern:
    """A kind of meal: how many foods of each role it holds, at least and at most."""

    meal: str
    title: str
    foods: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class MealPatterns:
    """The roles by name, and the kinds of meal by their id, such as "lunch/sandwich"."""

    roles: Mapping[str, Role]
    patterns: Mapping[str, Pattern]

    def called(self, words: str, at: Container[str]) -> frozenset[str]:
        """The kinds of the meals `at` that words mean: by their id, else by their name, else by their title."""
        wanted = words_of(words)
        kinds = {key: pattern for key, pattern in self.patterns.items() if pattern.meal in at}
        named = frozenset(key for key in kinds if words_of(key.partition("/")[2]) == wanted)
        titled = frozenset(key for key, kind in kinds.items() if wanted and wanted <= words_of(kind.title))
        return frozenset({words} & kinds.keys()) or named or titled


def read_meal_patterns(path: Path) -> MealPatterns:
    """The roles and patterns of meals.yaml. Raises `Fault` where the file is not as boneplan ships it."""
    raw: Mapping[str, Any] = read_yaml(path)
    try:
        roles = {name: _role(spec) for name, spec in raw["roles"].items()}
        patterns = {
            f"{meal}/{name}": Pattern(
                meal, str(spec["title"]), {role: _counts(said) for role, said in spec["foods"].items()}
            )
            for meal, kinds in raw["patterns"].items()
            for name, spec in kinds.items()
        }
        if unknown := {role for pattern in patterns.values() for role in pattern.foods} - roles.keys():
            raise KeyError(min(unknown))
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise Fault(f"{path} lacks a kind of meal ({error!r}): install boneplan again") from None
    return MealPatterns(roles, patterns)


def _role(spec: Mapping[str, Any]) -> Role:
    return Role(
        frozenset(spec["categories"]),
        str(spec.get("match") or ""),
        str(spec.get("unless") or ""),
        float(spec.get("least_grams", 0.0)),
        float(spec.get("most_grams", "inf")),
    )


def _counts(said: str | int) -> tuple[int, int]:
    """ "0-1" is none or one, 1 is exactly one."""
    least, _, most = str(said).partition("-")
    return int(least), int(most or least)
