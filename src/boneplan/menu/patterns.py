"""Meals as people build them: the roles and patterns of foods/meals.yaml, read once."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from boneplan.data import shipped_yaml
from boneplan.foods.eligible import words_of
from boneplan.plan import MealName

DAYS = 7


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
    """A kind of meal, on at most `days` of a week. `foods` maps a role to how many of it (least, most) it holds.

    `liking` is what a rules file takes off its cost.
    """

    meal: MealName
    name: str
    title: str
    share: float
    days: int
    foods: dict[str, tuple[int, int]]
    liking: float = 0.0

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
    the week's first; empty: all) are the days that it is about. Where they are of `same` food, `least` is how often
    exactly one of the foods is served; others of them may be served beside it.
    """

    rule: str
    foods: frozenset[str]
    text: str
    least: int = 0
    most: int | None = None
    each: Literal["week", "day"] = "week"
    meals: tuple[MealName, ...] = ()
    days: tuple[int, ...] = ()
    same: bool = False

    @property
    def least_a_week(self) -> int:
        """The servings that a week holds at least."""
        return self.least * (len(self.days) or DAYS) if self.each == "day" else self.least

    def fits(self, food: str, meal: str) -> bool:
        """Whether a serving of `food` at `meal` is counted."""
        return food in self.foods and (not self.meals or meal in self.meals)


@dataclass(frozen=True)
class KindCount:
    """How many meals of some kinds a rules file wants, `least` to `most`, by which rule, and that in words.

    `kinds` are keys of patterns; counted are those of the whole week or of `each` day.
    """

    rule: str
    kinds: frozenset[str]
    text: str
    least: int = 0
    most: int | None = None
    each: Literal["week", "day"] = "week"

    @property
    def least_a_week(self) -> int:
        """The meals that a week holds at least."""
        return self.least * (DAYS if self.each == "day" else 1)

    @property
    def most_a_week(self) -> int | None:
        """The meals that a week holds at most; None where there is no limit."""
        return None if self.most is None else self.most * (DAYS if self.each == "day" else 1)


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
    """All of foods/meals.yaml, and the servings and kinds of meal that a rules file counts."""

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
    kind_counts: tuple[KindCount, ...] = ()

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

    def most_uses(self, category: int, food: str = "") -> int:
        """How often a food of `category` may stand in one week's menus: as often as the rules together ask for it."""
        usual = self.variety.max_uses
        if category in self.staples:
            usual = self.variety.max_staple_uses
        elif category in self.mains:
            usual = self.variety.max_main_uses
        named = [count for count in self.counts if count.least and food in count.foods]
        pinned = {(day, meal) for count in named for day in count.days for meal in count.meals}
        return max(usual, sum(count.least_a_week for count in named if not count.days) + len(pinned))

    def reused(self, food: str) -> int:
        """How often `food` may come back in a week at no cost, because it is cooked once for so many meals."""
        return max((count.least for count in self.counts if count.same and food in count.foods), default=0)


def kinds_of_meal(book: MealBook, words: str, at: Sequence[str] = ()) -> tuple[str, ...]:
    """The keys of the kinds of meal that `words` mean, at the meals in `at` (empty: at all of them).

    Words are a key ("lunch/sandwich"), else a name ("sandwich"), else words of titles ("salad").
    """
    kinds = [pattern for pattern in book.patterns if not at or pattern.meal in at]
    wanted = words_of(words)
    found = (
        [p.key for p in kinds if p.key == words.strip()]
        or [p.key for p in kinds if words_of(p.name) == wanted]
        or [p.key for p in kinds if wanted and wanted <= words_of(p.title)]
    )
    return tuple(found)


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
