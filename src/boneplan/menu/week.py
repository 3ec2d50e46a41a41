"""One week's menu: basket, deal, portions, in that order, with an honest account of how good the result is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from boneplan.menu.cost import true_cost
from boneplan.menu.deal import Table
from boneplan.menu.pairs import Pairs
from boneplan.menu.portions import Placed
from boneplan.menu.problem import Problem
from boneplan.menu.search import Search, searches


@dataclass(frozen=True)
class Week:
    """A week's menu: `tables` (day × meal, arranged) and `placed` (the portions); `objective` is its true cost."""

    tables: list[list[Table]]
    placed: list[Placed]
    objective: float
    bound: float
    seconds: float


@dataclass(frozen=True)
class NoWeek:
    """No menu: `infeasible` is proved by the relaxation; otherwise none was found, `why` in words.

    `in_the_way` are rules of limits of a day or a meal, and of servings counted by the day: without those of any one
    nutrient, or any one such count, there was a menu.
    """

    infeasible: bool
    why: str
    in_the_way: frozenset[str] = frozenset()


def solve_week(problem: Problem, pairs: Pairs, *, seed: int, seconds: float, quick: bool = False) -> Week | NoWeek:
    """The week's menu, or why there is none. `seconds` is a backstop for each search, not its usual end.

    A `quick` search tells whether there is a week: it takes the first, after few attempts, and looks for no reason.
    """
    started = time.perf_counter()
    if problem.unserved:
        return NoWeek(True, f"no {problem.unserved[0]} can be built from the foods left")
    relaxed = problem.model(problem.columns(), integer=False)
    bound = relaxed.model.solve(relaxed=True).objective
    if bound is None:
        return NoWeek(True, "no week of the foods left keeps every rule")
    for search in searches(Search(problem, relaxed, bound, bound, pairs, seed, seconds, quick)):
        if best := search.run():
            cost = true_cost(problem, *best)
            return Week(*best, cost, search.least, time.perf_counter() - started)
    why = "whole servings that keep every rule were not found"
    if search.tables:
        why = "the week's averages can be met, but no division into days was found that keeps every day's limits"
    return NoWeek(False, why, frozenset() if quick else _in_the_way(problem, search.does))


def _in_the_way(problem: Problem, does: Callable[[Problem], bool]) -> frozenset[str]:
    """The rules of those nutrients without whose limits of a day or a meal the week `does`, and of such counts."""
    rails = [b for b in problem.bounds if b.period != "week_mean" and b.hard and not b.is_occasion]
    found = set()
    for nutrient in dict.fromkeys(bound.nutrient for bound in rails):
        of_nutrient = [bound for bound in rails if bound.nutrient == nutrient]
        if does(replace(problem, bounds=[bound for bound in problem.bounds if bound not in of_nutrient])):
            found |= {bound.rule for bound in of_nutrient}
    for count in problem.book.counts:
        others = tuple(other for other in problem.book.counts if other is not count)
        daily = count.each == "day" or count.days
        if daily and does(replace(problem, book=replace(problem.book, counts=others))):
            found.add(count.rule)
    return frozenset(found)
