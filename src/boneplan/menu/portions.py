"""The last step: with every food in its place, which servable portion of each, under the bounds of day and week.

All bounds hold here on the very grams that are printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from boneplan.lp import Model, Solution, value
from boneplan.menu.basket import DAYS, SHORTFALL_COST, Column
from boneplan.menu.bounds import Bound
from boneplan.menu.deal import Table
from boneplan.menu.options import Option

GAP = 0.4  # in the objective's own unit: half a slightly unusual food
NODES = 200  # ends the search reproducibly; a clock would not


@dataclass(frozen=True)
class Placed:
    """A serving on day `day` (0-6) in that day's meal number `table`."""

    day: int
    table: int
    column: Column


def choose_portions(
    days: Sequence[Sequence[Table]],
    bounds: Sequence[Bound],
    column_of: Callable[[Option, int], Column],
    *,
    price_limit: float | None = None,
    seconds: float,
) -> tuple[Solution, list[Placed]]:
    """The portions of least cost that keep every hard bound; (solution, []) where there are none.

    `column_of` gives the column of an option's serving number k; `price_limit` is USD a day; `seconds` is a backstop.
    """
    model = Model("portions")
    cells: list[tuple[int, int, list[tuple[Column, Any]]]] = []
    for day, tables in enumerate(days):
        for number, table in enumerate(tables):
            for column in table.servings():
                choices = []
                for k, serving in enumerate(column.option.servings):
                    variable = model.variable(0, 1, integer=True, cost=serving.cost)
                    choices.append((column_of(column.option, k), variable))
                model.row("portions/one", [(v, 1.0) for _, v in choices], low=1.0, high=1.0)
                cells.append((day, number, choices))

    def amount(nutrient: str, at: int | tuple[int, int] | None = None) -> list[tuple[Any, float]]:
        """Terms of a nutrient over the week, one day, or one (day, table)."""
        return [
            (variable, choice.amounts[nutrient])
            for day, number, choices in cells
            if at is None or at in (day, (day, number))
            for choice, variable in choices
        ]

    uncounted: dict[str, list[tuple[Any, float]]] = defaultdict(list)
    tables_at = [(day, number) for day, tables in enumerate(days) for number in range(len(tables))]
    for bound in bounds:
        if bound.period == "meal" and bound.high is not None:
            for at in tables_at:
                excess = model.variable(0)
                model.row(bound.rule, [*amount(bound.nutrient, at), (excess, -1.0)], high=bound.high)
                uncounted[bound.nutrient].append((excess, bound.counted_above - 1))
    for bound in bounds:
        if bound.period == "week_mean":
            _week_row(model, bound, amount(bound.nutrient), uncounted[bound.nutrient])
        elif bound.period == "day" and bound.hard:
            for day in range(len(days)):
                model.row(bound.rule, amount(bound.nutrient, day), low=bound.low or None, high=bound.high)
    if price_limit is not None:
        model.row("diet/budget", amount("price"), high=price_limit * DAYS)
    solution = model.solve(seconds=seconds, options={"mip_max_nodes": NODES, "mip_abs_gap": GAP})
    if not solution.found:
        return solution, []
    placed = []
    for day, number, choices in cells:
        column = max(choices, key=lambda pair: value(pair[1]))[0]
        placed.append(Placed(day, number, column))
    return solution, placed


def _week_row(model: Model, bound: Bound, terms: list[tuple[Any, float]], uncounted: list[tuple[Any, float]]) -> None:
    """A bound on the week's mean; a soft one may be missed at the same cost as in the basket."""
    if bound.low:
        slack = [] if bound.hard else [(model.variable(0, 1, cost=SHORTFALL_COST), bound.aim * DAYS)]
        model.row(bound.rule, [*terms, *uncounted, *slack], low=bound.low * DAYS)
    if bound.high is not None:
        slack = [] if bound.hard else [(model.variable(0, None, cost=SHORTFALL_COST), -bound.high * DAYS)]
        model.row(bound.rule, [*terms, *slack], high=bound.high * DAYS)
