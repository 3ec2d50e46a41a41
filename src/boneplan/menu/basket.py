"""The week's basket: which foods are served how often, in which portions and kinds of meal, as a linear program.

Days are interchangeable here: the model counts servings over the week. Its linear relaxation is the true lower bound
of the week's cost, for every plan that keeps the same rules day by day is also a basket.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from boneplan.foods.eligible import BUDGET
from boneplan.lp import Solution, value
from boneplan.menu.bound_rows import BAND, Room, Terms, bound_rows, excess_rows
from boneplan.menu.bounds import Bound
from boneplan.menu.laying import kind_rows, meal_rows, table_rows
from boneplan.menu.patterns import DAYS, MealBook, Pattern
from boneplan.menu.served import Column, Served
from boneplan.menu.variety import variety_rows


@dataclass(frozen=True)
class Basket:
    """`servings` and `patterns` with how often each stands in the week; both empty where nothing was found."""

    solution: Solution
    servings: list[tuple[Column, int]]
    patterns: list[tuple[Pattern, int]]


class BasketModel(Served):
    """The week as a named linear program over `columns` and `patterns`.

    `integer` asks for whole servings, and keeps them a little inside the bounds of days and meals so that they can
    be dealt; the relaxation has no such margin, so its optimum is a true lower bound. `reserve` (a share) raises the
    minima of nutrients that are counted only up to a most per meal; `margin` (a share) keeps whole servings inside
    the hard bounds of meals. `choosing` makes whole what a rules file leaves to choose, and nothing else: its optimum
    is a true lower bound as well.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        patterns: Sequence[Pattern],
        bounds: Sequence[Bound],
        book: MealBook,
        *,
        integer: bool,
        budget_per_day: float | None = None,
        reserve: float = 0.0,
        margin: float = 0.0,
        choosing: bool = False,
    ) -> None:
        super().__init__(columns, patterns, book, integer=integer)
        self._room = Room(reserve, margin, BAND) if integer else Room(reserve)
        meal_rows(self)
        kind_rows(self, book)
        if integer:
            of_meals = [bound for bound in bounds if bound.period == "meal" and bound.hard and not bound.is_occasion]
            table_rows(self, of_meals, margin)
        variety_rows(self.model, book, self.servings_of(), whole=integer or choosing)
        uncounted = self._uncounted(bounds)
        for bound in bounds:
            if not bound.is_occasion:
                self._bound(bound, uncounted.get(bound.nutrient, []))
        if budget_per_day is not None:
            self._bound(budget_bound(budget_per_day), [])

    def _uncounted(self, bounds: Sequence[Bound]) -> dict[str, Terms]:
        """Per nutrient with a most per meal: what no minimum counts."""
        return excess_rows(self, bounds)

    def _bound(self, bound: Bound, uncounted: Terms) -> None:
        """The rows of a bound."""
        bound_rows(self, bound, uncounted, self._room)

    def solve(self, **how: Any) -> Basket:
        """Solves and reads the basket back; see `Model.solve` for `how`. Empty where no solution was found."""
        solution = self.model.solve(**how)
        if not solution.found:
            return Basket(solution, [], [])
        servings = [(column, count) for column, use in self.servings_of() if (count := round(value(use)))]
        patterns = [(pattern, count) for pattern, times in self.laid() if (count := round(value(times)))]
        return Basket(solution, servings, patterns)

    def servings(self) -> list[float]:
        """After a solve: the uses of each column in the week, in the order of `columns`."""
        return [value(use) for use in self.uses]

    def means(self) -> dict[str, float]:
        """After a solve: what the week's servings bring of each nutrient, as the mean of its days."""
        totals: dict[str, float] = defaultdict(float)
        for column, count in zip(self.columns, self.servings(), strict=True):
            if count:
                for nutrient, amount in column.amounts.items():
                    totals[nutrient] += amount * count / DAYS
        return totals

    def reduced_costs(self) -> list[float]:
        """After a relaxed solve: what one more serving of each column would cost, in the order of `columns`."""
        return [float(use.dj) for use in self.uses]

    def promising(self, most: int) -> list[Column]:
        """After a relaxed solve: the `most` columns with the smallest reduced cost, in their own order."""
        reduced = self.reduced_costs()
        ranked = sorted(range(len(self.columns)), key=lambda i: (reduced[i], i))[:most]
        return [self.columns[i] for i in sorted(ranked)]


def budget_bound(per_day: float) -> Bound:
    """The budget as the bound that it is, in USD a day."""
    return Bound("price", "week_mean", None, per_day, True, BUDGET, "USD", most=per_day)
