"""Meals as people build them: the roles and patterns of foods/meals.yaml, read once."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from boneplan.data import shipped_yaml
from boneplan.plan import MealName


@dataclass(frozen=True)
class Role:
    """What a food does in a meal: WWEIA categories, narrowed by words of the description; in portions of
    `least_grams` to `most_grams`."""

    name: str
    categories: frozenset[int]
    match: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    least_grams: float
    most_grams: float

    def takes(self, category: int, description: str) -> bool:
        """Whether a food of this category and description can play the role."""
        return (
            category in self.categories
            and (self.match is None or bool(self.match.search(description)))
            and not (self.unless is not None and self.unless.search(description))
        )


@dataclass(frozen=True)
class Pattern:
    """A kind of meal. `foods` maps a role to how many foods of it (least, most) the meal holds."""

    meal: MealName
    name: str
    title: str
    share: float
    days: int
    foods: dict[str, tuple[int, int]]

    @property
    def key(self) -> str:
        """The pattern's name within the week, such as "lunch/sandwich"."""
        return f"{self.meal}/{self.name}"


@dataclass(frozen=True)
class Limit:
    """How many servings of a kind of food a week may hold, and why."""

    id: str
    categories: frozenset[int]
    max: int
    because: str


@dataclass(frozen=True)
class Wish:
    """How many servings of a kind of food a week should hold, and why."""

    id: str
    categories: frozenset[int]
    match: re.Pattern[str] | None
    at_least: int
    because: str


@dataclass(frozen=True)
class Count:
    """How many servings of some foods a rules file wants, `least` to `most`, by which rule, and that in words.

    Counted are servings at `meals` (empty: at all of them), of the whole week or of `each` day; `days` (0 to 6, from
    the week's first; empty: all) are the days that it is about.
    """

    rule: str
    foods: frozenset[str]
    text: str
    least: int = 0
    most: int | None = None
    each: Literal["week", "day"] = "week"
    meals: tuple[MealName, ...] = ()
    days: tuple[int, ...] = ()


@dataclass(frozen=True)
class Substitute:
    """A food made for people who keep one of the rules in `for_`; others rarely want it."""

    match: re.Pattern[str]
    for_: frozenset[str]


@dataclass(frozen=True)
class Variety:
    """How often one food may come back in a week, and how many different foods there must be."""

    max_uses: int
    max_main_uses: int
    max_staple_uses: int
    min_distinct: int


@dataclass(frozen=True)
class MealBook:
    """All of foods/meals.yaml, and the servings that a rules file counts."""

    roles: dict[str, Role]
    patterns: tuple[Pattern, ...]
    variety: Variety
    staples: frozenset[int]
    mains: frozenset[int]
    limits: tuple[Limit, ...]
    substitutes: tuple[Substitute, ...]
    wishes: tuple[Wish, ...]
    shares: dict[str, tuple[float, float]]
    counts: tuple[Count, ...] = ()

    def is_substitute(self, description: str, rules: frozenset[str]) -> bool:
        """Whether the food stands in for one that a person who keeps `rules` may well eat."""
        return any(s.match.search(description) and s.for_.isdisjoint(rules) for s in self.substitutes)

    def wishes_of(self, category: int, description: str) -> frozenset[str]:
        """The ids of the wishes that a serving of this food helps to fulfil."""
        return frozenset(
            wish.id
            for wish in self.wishes
            if category in wish.categories and (wish.match is None or wish.match.search(description))
        )

    def most_uses(self, category: int) -> int:
        """How often a food of `category` may stand in one week's menus."""
        if category in self.staples:
            return self.variety.max_staple_uses
        return self.variety.max_main_uses if category in self.mains else self.variety.max_uses


def _words(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text, re.IGNORECASE) if text else None


def _count(text: str | int) -> tuple[int, int]:
    least, _, most = str(text).partition("-")
    return int(least), int(most or least)


@cache
def meal_book() -> MealBook:
    """The shipped meals. Callers share it."""
    raw = shipped_yaml("foods", "meals.yaml")
    roles = {
        name: Role(
            name,
            frozenset(spec["categories"]),
            _words(spec.get("match")),
            _words(spec.get("unless")),
            spec.get("least_grams", 0.0),
            spec.get("most_grams", math.inf),
        )
        for name, spec in raw["roles"].items()
    }
    patterns = tuple(
        Pattern(
            meal, name, spec["title"], spec["share"], spec["days"], {r: _count(n) for r, n in spec["foods"].items()}
        )
        for meal, kinds in raw["patterns"].items()
        for name, spec in kinds.items()
    )
    limits = tuple(
        Limit(spec["id"], frozenset(spec["categories"]), spec["max"], spec["because"]) for spec in raw["limits"]
    )
    substitutes = tuple(
        Substitute(re.compile(spec["match"], re.IGNORECASE), frozenset(spec["for"])) for spec in raw["substitutes"]
    )
    wishes = tuple(
        Wish(spec["id"], frozenset(spec["categories"]), _words(spec.get("match")), spec["at_least"], spec["because"])
        for spec in raw["wishes"]
    )
    return MealBook(
        roles,
        patterns,
        Variety(**raw["variety"]),
        frozenset(raw["staples"]),
        frozenset(raw["mains"]),
        limits,
        substitutes,
        wishes,
        {meal: (least, most) for meal, (least, most) in raw["shares"].items()},
    )
