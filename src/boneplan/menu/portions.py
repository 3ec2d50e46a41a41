"""The last step: with every food in its place, which servable portion of each, under the bounds of day and week.

All bounds hold here on the very grams that are printed. Where the foods in place do not allow it, or only at a price,
the step may also trade a food for another of the same role.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from boneplan.foods.eligible import BUDGET
from boneplan.lp import Model, value
from boneplan.menu.bound_rows import give
from boneplan.menu.bounds import Bound
from boneplan.menu.deal import Table
from boneplan.menu.options import Option
from boneplan.menu.patterns import DAYS
from boneplan.menu.problem import Problem
from boneplan.menu.served import Column
from boneplan.menu.variety import variety_rows

GAP = 0.4  # in the objective's own unit: half a slightly unusual food
NODES = 100  # ends the search reproducibly; a clock would not
TRADING_NODES, TRADING_GAP = 5, 0.02  # with trades the first nodes find what the others hardly better
TRADE_COST = 0.4  # the deal put foods together that go together: a trade has to be worth it

Alternatives = Mapping[tuple[str, str], Sequence[Option]]
"""(meal, role) -> options that may take the place of the one dealt there."""


@dataclass(frozen=True)
class Placed:
    """A serving on day `day` (0-6) in that day's meal number `table`."""

    day: int
    table: int
    column: Column


@dataclass(frozen=True)
class Choice:
    """One portion that a place may hold, and the variable that says whether it does."""

    day: int
    table: int
    column: Column
    variable: Any


class PortionModel:
    """The week, day by day: one choice for every place that the deal filled."""

    def __init__(self, problem: Problem, days: Sequence[Sequence[Table]], alternatives: Alternatives) -> None:
        self.problem, self.model = problem, Model("portions")
        self.places: list[list[Choice]] = []
        self.dealt: Counter[tuple[int, int, str]] = Counter()
        self.trading = bool(alternatives)
        for day, tables in enumerate(days):
            for number, table in enumerate(tables):
                for column in table.servings():
                    self.dealt[day, number, column.option.twin] += 1
                    self._place(day, number, column, alternatives)
        self.choices = [choice for place in self.places for choice in place]
        if alternatives:
            self._variety()
        self._counts(len(days))
        self._bounds(len(days))

    def _place(self, day: int, table: int, dealt: Column, alternatives: Alternatives) -> None:
        own = dealt.option
        options = [own, *(o for o in alternatives.get((own.meal, own.role), ()) if o is not own)]
        place = []
        for option in options:
            trade = 0.0 if option is own else TRADE_COST
            for k in range(len(option.servings)):
                column = self.problem.column(option, k)
                variable = self.model.variable(0, 1, integer=True, cost=column.cost + trade)
                place.append(Choice(day, table, column, variable))
        self.model.row("portions/one", [(choice.variable, 1.0) for choice in place], low=1.0, high=1.0)
        self.places.append(place)

    def _variety(self) -> None:
        """The week's variety, which trades could break; no food twice at one table, no further near twins."""
        variety_rows(self.model, self.problem.book, [(c.column, c.variable) for c in self.choices])
        foods: dict[tuple[int, int, str], list[tuple[Any, float]]] = defaultdict(list)
        twins: dict[tuple[int, int, str], list[tuple[Any, float]]] = defaultdict(list)
        for choice in self.choices:
            option = choice.column.option
            foods[choice.day, choice.table, option.food].append((choice.variable, 1.0))
            twins[choice.day, choice.table, option.twin].append((choice.variable, 1.0))
        for (_, _, food), terms in foods.items():
            self.model.row(f"portions/{food}", terms, high=1.0)
        for at, terms in twins.items():
            self.model.row(f"portions/{at[2]}", terms, high=max(1.0, self.dealt[at]))

    def _amount(self, nutrient: str, choices: Sequence[Choice]) -> list[tuple[Any, float]]:
        return [(choice.variable, choice.column.amounts[nutrient]) for choice in choices]

    def _counts(self, days: int) -> None:
        """The servings that a rules file counts by the day; the basket keeps those of the week."""
        for count in self.problem.book.counts:
            about = count.days or tuple(range(days))
            if count.each == "week" and not count.days:
                continue
            fitting = [c for c in self.choices if count.fits(c.column.option.food, c.column.option.meal)]
            for group in [(day,) for day in about] if count.each == "day" else [about]:
                terms = [(choice.variable, 1.0) for choice in fitting if choice.day in group]
                self.model.row(
                    count.rule, terms or [(self.model.variable(0, 0), 1.0)], low=count.least or None, high=count.most
                )

    def _bounds(self, days: int) -> None:
        of_day = [[c for c in self.choices if c.day == day] for day in range(days)]
        of_table: dict[tuple[int, int], list[Choice]] = defaultdict(list)
        for choice in self.choices:
            of_table[choice.day, choice.table].append(choice)
        uncounted: dict[str, list[tuple[Any, float]]] = defaultdict(list)
        for bound in self.problem.bounds:
            if bound.is_occasion:
                for choices in of_table.values():
                    excess = self.model.variable(0)
                    terms = [*self._amount(bound.nutrient, choices), (excess, -1.0)]
                    self.model.row(bound.rule, terms, high=bound.room(choices[0].column.option.meal))
                    uncounted[bound.nutrient].append((excess, bound.counted_above - 1))
        for bound in self.problem.bounds:
            if bound.period == "week_mean":
                terms = self._amount(bound.nutrient, self.choices)
                if bound.low:
                    counted = [*terms, *uncounted[bound.nutrient], *give(self.model, bound, "min")]
                    self.model.row(bound.rule, counted, low=bound.low * DAYS)
                if bound.high is not None:
                    self.model.row(bound.rule, [*terms, *give(self.model, bound, "max")], high=bound.high * DAYS)
            elif bound.period == "day":
                self._each(bound, of_day)
            elif not bound.is_occasion:
                self._each(bound, [c for c in of_table.values() if bound.about(c[0].column.option.meal)])
        if self.problem.budget_per_day is not None:
            self.model.row(BUDGET, self._amount("price", self.choices), high=self.problem.budget_per_day * DAYS)

    def _each(self, bound: Bound, groups: Sequence[Sequence[Choice]]) -> None:
        """A bound on each of some days or meals; where it is soft, each has a slack of its own."""
        for choices in groups:
            terms = self._amount(bound.nutrient, choices)
            if bound.hard:
                self.model.row(bound.rule, terms, low=bound.low or None, high=bound.high)
                continue
            if bound.low:
                short = give(self.model, bound, "min", days=1, share=1 / len(groups))
                self.model.row(bound.rule, [*terms, *short], low=bound.low)
            if bound.high is not None:
                over = give(self.model, bound, "max", days=1, share=1 / len(groups))
                self.model.row(bound.rule, [*terms, *over], high=bound.high)

    def solve(self, seconds: float, enough: float = -math.inf) -> list[Placed]:
        """The portions of least cost that keep every hard bound; empty where none were found.

        A week whose foods, portions and repeats cost no more than `enough` ends the search.
        """
        options = {
            "mip_max_nodes": TRADING_NODES if self.trading else NODES,
            "mip_abs_gap": GAP,
            "objective_target": enough,
            "mip_allow_restart": False,
            "mip_detect_symmetry": False,
        }
        gap = TRADING_GAP if self.trading else 0.0
        if not self.model.solve(seconds=seconds, gap=gap, options=options).found:
            return []
        chosen = (max(place, key=lambda choice: value(choice.variable)) for place in self.places)
        return [Placed(choice.day, choice.table, choice.column) for choice in chosen]
