"""What a week may serve: portions as columns, kinds of meal, and the variables that say how often each does."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from boneplan.lp import Model
from boneplan.menu.options import Option, Serving
from boneplan.menu.patterns import MealBook, Pattern
from boneplan.plan import MealName

PATTERN_COST = 1.0  # how strongly usual kinds of meal are preferred over rarer ones


@dataclass(frozen=True)
class Column:
    """One portion of one option: what a serving of it brings (`amounts`, by nutrient) and costs."""

    option: Option
    serving: Serving
    amounts: Mapping[str, float]

    @property
    def cost(self) -> float:
        return self.option.cost + self.serving.cost


def pattern_cost(pattern: Pattern, patterns: Sequence[Pattern]) -> float:
    """What serving this kind of meal once costs: 0 for the meal's most usual kind."""
    usual = max(p.share for p in patterns if p.meal == pattern.meal)
    return PATTERN_COST * math.log(usual / pattern.share) - pattern.liking


class Served:
    """A week in `model`: `uses` says how often each of `columns` is served, `times` how often each pattern stands."""

    def __init__(
        self, columns: Sequence[Column], patterns: Sequence[Pattern], book: MealBook, *, integer: bool
    ) -> None:
        self.columns, self.patterns = list(columns), list(patterns)
        self.model = Model("week")
        self.uses = [
            self.model.variable(0, book.most_uses(c.option.category, c.option.food), integer=integer, cost=c.cost)
            for c in columns
        ]
        self.times = [
            self.model.variable(0, p.days, integer=integer, cost=pattern_cost(p, patterns)) for p in patterns
        ]

    @property
    def meals(self) -> list[MealName]:
        """The meals of a day, in the order of the patterns."""
        return list(dict.fromkeys(pattern.meal for pattern in self.patterns))

    def servings_of(self) -> list[tuple[Column, Any]]:
        """Each column with the variable of its servings."""
        return list(zip(self.columns, self.uses, strict=True))

    def laid(self) -> list[tuple[Pattern, Any]]:
        """Each kind of meal with the variable of how often it is laid."""
        return list(zip(self.patterns, self.times, strict=True))

    def group(self, key: Callable[[Column], Any]) -> dict[Any, list[tuple[Any, float]]]:
        """The servings of the columns of each `key`, as terms."""
        groups: dict[Any, list[tuple[Any, float]]] = defaultdict(list)
        for column, use in self.servings_of():
            groups[key(column)].append((use, 1.0))
        return groups

    def amount(self, nutrient: str, meal: MealName | None = None) -> list[tuple[Any, float]]:
        """What each serving brings, of the whole week or of a meal, as terms."""
        return [
            (use, column.amounts[nutrient])
            for column, use in self.servings_of()
            if meal is None or column.option.meal == meal
        ]
