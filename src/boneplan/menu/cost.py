"""What a week's menu costs, recomputed from the menu as it will be printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from boneplan.menu.bound_rows import SHORTFALL_COST
from boneplan.menu.bounds import Bound
from boneplan.menu.deal import Table
from boneplan.menu.patterns import DAYS
from boneplan.menu.portions import Placed
from boneplan.menu.problem import Problem
from boneplan.menu.served import pattern_cost
from boneplan.menu.variety import WISH_COST, again_costs


def true_cost(problem: Problem, tables: Sequence[Sequence[Table]], placed: Sequence[Placed]) -> float:
    """The model's objective, recomputed on the menu as it will be printed."""
    cost = sum(p.column.cost for p in placed)
    cost += sum(pattern_cost(t.pattern, problem.patterns) for day in tables for t in day)
    uses: dict[tuple[str, int], int] = {}
    for p in placed:
        key = p.column.option.food, p.column.option.category
        uses[key] = uses.get(key, 0) + 1
    for (food, category), count in uses.items():
        cost += sum(again_costs(problem.book, category, food)[:count])
    for wish in problem.book.wishes:
        cost += WISH_COST * max(0, wish.at_least - sum(wish.id in p.column.option.wishes for p in placed))
    for bound in problem.bounds:
        if not bound.hard and not bound.is_occasion:
            missed = [bound.missed(amount) for amount in amounts_of(bound, tables, placed)]
            cost += SHORTFALL_COST * bound.weight * sum(missed) / max(1, len(missed))
    return cost


def amounts_of(bound: Bound, tables: Sequence[Sequence[Table]], placed: Sequence[Placed]) -> list[float]:
    """What the week's mean day, each day or each meal that the bound is about brings of its nutrient."""
    at: dict[tuple[int, int], float] = defaultdict(float)
    for p in placed:
        at[p.day, p.table] += p.column.amounts[bound.nutrient]
    if bound.period == "week_mean":
        return [sum(at.values()) / DAYS]
    if bound.period == "day":
        return [sum(at[day, number] for number in range(len(laid))) for day, laid in enumerate(tables)]
    return [
        at[day, number]
        for day, laid in enumerate(tables)
        for number, table in enumerate(laid)
        if bound.about(table.pattern.meal)
    ]
