"""One week's menu: basket, deal, portions, in that order, with an honest account of how good the result is."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from boneplan.foods.table import FoodTable
from boneplan.menu.basket import (
    AGAIN_COST,
    DAYS,
    SHORTFALL_COST,
    STAPLE_AGAIN_COST,
    Basket,
    BasketModel,
    Column,
    pattern_cost,
)
from boneplan.menu.bounds import Bound
from boneplan.menu.deal import Dealer, Pairs, Table
from boneplan.menu.options import Option
from boneplan.menu.patterns import MealBook, Pattern
from boneplan.menu.portions import Placed, choose_portions
from boneplan.plan import MealName

GAP = 0.02  # the basket is good enough this close to the week's bound
COLUMNS = 400  # as many of the best columns by reduced cost go into the integer model
NODES = 60  # a count of nodes, not of seconds, ends the search: the same profile gives the same plan everywhere
RESERVES = (0.01, 0.04, 0.10)  # calcium above what a meal counts is lost in the deal: the basket brings some more
DEALS = 2  # arrangements tried of each basket
GOOD_DEAL = 0.025  # an arrangement this close to the bound is taken at once


@dataclass(frozen=True)
class Problem:
    """Everything one week's menu depends on. `amounts` is per gram, by food and nutrient (and "price", USD)."""

    options: Sequence[Option]
    patterns: Sequence[Pattern]
    bounds: Sequence[Bound]
    book: MealBook
    amounts: Mapping[str, Mapping[str, float]]
    meals: tuple[MealName, ...]
    budget_per_day: float | None = None

    @property
    def unserved(self) -> list[MealName]:
        """Meals of the person's day for which no kind of meal can be built."""
        return [meal for meal in self.meals if all(p.meal != meal for p in self.patterns)]

    def columns(self) -> list[Column]:
        """One column per servable portion of every option."""
        return [self.column(option, k) for option in self.options for k in range(len(option.servings))]

    def column(self, option: Option, k: int) -> Column:
        """The column of the option's serving number `k`."""
        serving = option.servings[k]
        per_gram = self.amounts[option.food]
        return Column(option, serving, {n: per_gram[n] * serving.grams for n in per_gram})

    def model(
        self, columns: Sequence[Column], *, integer: bool, elastic: bool = False, reserve: float = 0.0
    ) -> BasketModel:
        """The week's program over `columns`."""
        return BasketModel(
            columns,
            self.patterns,
            self.bounds,
            self.book,
            integer=integer,
            budget_per_day=self.budget_per_day,
            elastic=elastic,
            reserve=reserve,
        )


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
    """No menu: `infeasible` is proved by the relaxation; otherwise none was found, `why` in words."""

    infeasible: bool
    why: str


def amounts_per_gram(table: FoodTable) -> dict[str, dict[str, float]]:
    """food -> nutrient (and "price", USD, 0 where unknown) -> amount per gram, as the planner counts them."""
    counted = table.counted()
    counted["price"] = table.foods["price"].fillna(0.0)
    per_gram = counted / 100
    return {
        str(food): dict(zip(per_gram.columns, map(float, row), strict=True))
        for food, row in zip(per_gram.index, per_gram.to_numpy(), strict=True)
    }


def usable_patterns(book: MealBook, options: Sequence[Option]) -> list[Pattern]:
    """The kinds of meal for which every needed role still has a food, able to fill seven days of each meal."""
    offered = {(o.meal, o.role) for o in options}
    usable = [
        pattern
        for pattern in book.patterns
        if all((pattern.meal, role) in offered for role, (least, _) in pattern.foods.items() if least)
    ]
    days: dict[str, int] = {}
    for pattern in usable:
        days[pattern.meal] = days.get(pattern.meal, 0) + pattern.days
    # Where few kinds of meal are left, they may fill the week: variety among meals is a wish, eating is not.
    return [p if days[p.meal] >= DAYS else replace_days(p, DAYS) for p in usable]


def replace_days(pattern: Pattern, days: int) -> Pattern:
    """The same kind of meal, allowed on `days` days."""
    return Pattern(pattern.meal, pattern.name, pattern.title, pattern.share, days, pattern.foods)


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
    for bound in problem.bounds:
        if bound.period != "week_mean" or bound.hard:
            continue
        mean = sum(p.column.amounts[bound.nutrient] for p in placed) / DAYS
        if bound.low:
            cost += SHORTFALL_COST * max(0.0, bound.low - mean) / bound.aim
        if bound.high is not None:
            cost += SHORTFALL_COST * max(0.0, mean - bound.high) / max(bound.high, 1.0)
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
    best: Week | None = None
    why = "whole servings that keep every rule were not found"
    for attempt, reserve in enumerate(RESERVES):
        basket = _basket(problem, relaxed, bound, reserve=reserve, seed=seed, seconds=seconds)
        if not basket.servings:
            continue
        why = "the week's averages can be met, but no division into days was found that keeps every day's limits"
        for deal in range(DEALS):
            tables = Dealer(basket, problem.bounds, pairs, random.Random(f"{seed}/{attempt}/{deal}")).run()
            _, placed = choose_portions(
                tables, problem.bounds, problem.column, price_limit=problem.budget_per_day, seconds=seconds
            )
            if placed:
                cost = true_cost(problem, tables, placed)
                if best is None or cost < best.objective:
                    best = Week(tables, placed, cost, bound, time.perf_counter() - started)
                if best.objective <= bound * (1 + GOOD_DEAL):
                    return best
        if best is not None:
            return best
    return NoWeek(False, why)


def _basket(
    problem: Problem, relaxed: BasketModel, bound: float, *, reserve: float, seed: int, seconds: float
) -> Basket:
    """Whole servings from the most promising columns; from all of them where those do not suffice."""
    target = bound * (1 + GAP)
    few = problem.model(relaxed.promising(COLUMNS), integer=True, reserve=reserve)
    basket = few.solve(seconds=seconds, gap=GAP / 4, seed=seed, options=stop_at(target))
    if basket.servings:
        return basket
    full = problem.model(relaxed.columns, integer=True, reserve=reserve)
    return full.solve(seconds=seconds, gap=GAP, seed=seed, options=stop_at(target, nodes=NODES * 10))


def stop_at(target: float, nodes: int = NODES) -> dict[str, float | int]:
    """HiGHS options that end a search reproducibly: at an objective, or after a number of nodes."""
    return {"mip_max_nodes": nodes, "objective_target": target}
