"""One week's menu: basket, deal, portions, in that order, with an honest account of how good the result is."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from boneplan.menu.basket import (
    AGAIN_COST,
    DAYS,
    SHORTFALL_COST,
    STAPLE_AGAIN_COST,
    WISH_COST,
    Basket,
    BasketModel,
    pattern_cost,
)
from boneplan.menu.deal import Dealer, Table
from boneplan.menu.options import Option
from boneplan.menu.pairs import Pairs
from boneplan.menu.portions import Placed, PortionModel
from boneplan.menu.problem import Problem

GAP = 0.025  # the basket is good enough this close to the week's bound
COLUMNS = 150  # as many of the best columns by reduced cost go into the integer model
NODES = 5  # a count of nodes, not of seconds, ends the search: the same profile gives the same plan everywhere
RESERVES = (
    0.01,
    0.04,
    0.10,
    0.02,
    0.07,
)  # calcium above what a meal counts is lost in the deal: the basket brings some more
GOOD_DEAL = 0.03  # portions this close to the bound are taken; otherwise foods may be traded
NEARLY = 0.02  # a soft minimum that the relaxation misses by no more than this is worth trying to meet
TRADES = 4  # options that may take the place of the one dealt


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

    `in_the_way` are rules of a day's limits: without those of any one nutrient among them there was a menu.
    """

    infeasible: bool
    why: str
    in_the_way: frozenset[str] = frozenset()


def true_cost(problem: Problem, tables: Sequence[Sequence[Table]], placed: Sequence[Placed]) -> float:
    """The model's objective, recomputed on the menu as it will be printed."""
    cost = sum(p.column.cost for p in placed)
    cost += sum(pattern_cost(t.pattern, problem.patterns) for day in tables for t in day)
    uses: dict[tuple[str, int], int] = {}
    for p in placed:
        key = p.column.option.food, p.column.option.category
        uses[key] = uses.get(key, 0) + 1
    for (_, category), count in uses.items():
        step = STAPLE_AGAIN_COST if category in problem.book.staples else AGAIN_COST
        cost += step * sum(range(count))
    for wish in problem.book.wishes:
        cost += WISH_COST * max(0, wish.at_least - sum(wish.id in p.column.option.wishes for p in placed))
    for bound in problem.bounds:
        if bound.period != "week_mean" or bound.hard:
            continue
        mean = sum(p.column.amounts[bound.nutrient] for p in placed) / DAYS
        if bound.low:
            cost += SHORTFALL_COST * max(0.0, bound.low - mean) / bound.aim
        if bound.high is not None:
            cost += SHORTFALL_COST * max(0.0, mean - bound.high) / bound.scale
    return cost


def solve_week(problem: Problem, pairs: Pairs, *, seed: int, seconds: float) -> Week | NoWeek:
    """The week's menu, or why there is none. `seconds` is a backstop for each search, not its usual end."""
    started = time.perf_counter()
    if problem.unserved:
        return NoWeek(True, f"no {problem.unserved[0]} can be built from the foods left")
    relaxed = problem.model(problem.columns(), integer=False)
    bound = relaxed.model.solve(relaxed=True).objective
    if bound is None:
        return NoWeek(True, "no week of the foods left keeps every rule")
    firm = _firm(problem, relaxed)
    best: Week | None = None
    why = "whole servings that keep every rule were not found"
    alternatives = _alternatives(relaxed)
    tables: list[list[Table]] = []
    for attempt, reserve in enumerate(RESERVES):
        basket = _basket(firm, relaxed, bound, reserve=reserve, seed=seed, seconds=seconds)
        if not basket.servings:
            basket = _basket(problem, relaxed, bound, reserve=reserve, seed=seed, seconds=seconds)
        if not basket.servings:
            continue
        why = "the week's averages can be met, but no division into days was found that keeps every day's limits"
        tables = Dealer(basket, problem.bounds, problem.book.shares, pairs, random.Random(f"{seed}/{attempt}")).run()
        meals = sum(pattern_cost(table.pattern, problem.patterns) for day in tables for table in day)
        good = bound + GOOD_DEAL * abs(bound)
        stands = not any(_twice(table) for day in tables for table in day)
        for kept, trading in ((firm, False), (firm, True), (problem, False), (problem, True)):
            if not (stands or trading):
                continue
            placed = PortionModel(kept, tables, alternatives if trading else {}).solve(seconds, enough=good - meals)
            if placed:
                week = Week(tables, placed, true_cost(problem, tables, placed), bound, time.perf_counter() - started)
                best = week if best is None or week.objective < best.objective else best
                if best.objective <= good:
                    return best
            if best is not None and trading:
                break
        if best is not None:
            return best

    def does(loosened: Problem) -> bool:
        """Whether the last deal has portions, or where there was none whether there is anything to deal."""
        if tables:
            return bool(PortionModel(loosened, tables, alternatives).solve(seconds))
        return bool(_basket(loosened, relaxed, bound, reserve=RESERVES[0], seed=seed, seconds=seconds).servings)

    return NoWeek(False, why, _in_the_way(problem, does))


def _in_the_way(problem: Problem, does: Callable[[Problem], bool]) -> frozenset[str]:
    """The rules of those nutrients without whose limits of a day the week `does`."""
    rails = [bound for bound in problem.bounds if bound.period == "day" and bound.hard]
    found = set()
    for nutrient in dict.fromkeys(bound.nutrient for bound in rails):
        of_nutrient = [bound for bound in rails if bound.nutrient == nutrient]
        if does(replace(problem, bounds=[bound for bound in problem.bounds if bound not in of_nutrient])):
            found |= {bound.rule for bound in of_nutrient}
    return frozenset(found)


def _firm(problem: Problem, relaxed: BasketModel) -> Problem:
    """The same week with those soft minima made hard that the relaxation meets, or hardly misses.

    No gap for want of rounding, and none so small that nobody would ask a clinician about it.
    """
    means = relaxed.means()
    bounds = [
        replace(bound, hard=True)
        if not bound.hard and bound.low and bound.high is None and means[bound.nutrient] >= bound.low * (1 - NEARLY)
        else bound
        for bound in problem.bounds
    ]
    return replace(problem, bounds=bounds)


def _twice(table: Table) -> bool:
    """Whether a food was dealt twice to one meal: then only trades can make it a meal."""
    foods = [column.option.food for column in table.servings()]
    return len(set(foods)) < len(foods)


def _alternatives(relaxed: BasketModel) -> dict[tuple[str, str], list[Option]]:
    """For each meal and role the few options that the relaxation finds most promising."""
    best: dict[tuple[str, str], dict[Option, float]] = defaultdict(dict)
    for column, reduced in zip(relaxed.columns, relaxed.reduced_costs(), strict=True):
        options = best[column.option.meal, column.option.role]
        options[column.option] = min(reduced, options.get(column.option, reduced))
    return {at: sorted(options, key=options.__getitem__)[:TRADES] for at, options in best.items()}


def _basket(
    problem: Problem, relaxed: BasketModel, bound: float, *, reserve: float, seed: int, seconds: float
) -> Basket:
    """Whole servings from the most promising columns; from all of them where those do not suffice."""
    target = bound + GAP * abs(bound)
    few = problem.model(relaxed.promising(COLUMNS), integer=True, reserve=reserve)
    basket = few.solve(seconds=seconds, gap=GAP / 4, seed=seed, options=stop_at(target))
    if basket.servings:
        return basket
    full = problem.model(relaxed.columns, integer=True, reserve=reserve)
    return full.solve(seconds=seconds, gap=GAP, seed=seed, options=stop_at(target, nodes=NODES * 10))


def stop_at(target: float, nodes: int = NODES) -> dict[str, float | int | bool]:
    """HiGHS options that end a search reproducibly: at an objective, or after a number of nodes.

    Restarts and the search for symmetry cost half the time here and find nothing.
    """
    return {
        "mip_max_nodes": nodes,
        "objective_target": target,
        "mip_allow_restart": False,
        "mip_detect_symmetry": False,
    }
