"""What each bound of a week costs: by the dual values, and by solving again with the bound a step stricter."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from boneplan.explain.steps import natural_step, stricter
from boneplan.menu.bounds import Bound
from boneplan.menu.live import LiveBasket
from boneplan.menu.problem import Problem

LEAST = 1e-6  # of a cost: less is nothing
AGREE = 0.2  # a price by dual values and one by solving again are the same within this share
HALVINGS = 6  # of a step, until both prices agree
FEWEST = 0.05  # servings a week: what changes less is not told


@dataclass(frozen=True)
class Optimum:
    """A relaxed week: its `cost`, its USD a day, and the servings of each food a week (parts of servings too)."""

    cost: float
    usd: float
    servings: Mapping[str, float]

    def fewer(self, other: Optimum) -> list[tuple[str, float]]:
        """(food, servings a week) of what this week has less of than the `other`, the greatest loss first."""
        lost = ((food, count - self.servings.get(food, 0.0)) for food, count in other.servings.items())
        return sorted(((food, count) for food, count in lost if count > FEWEST), key=lambda pair: -pair[1])


@dataclass(frozen=True)
class Step:
    """What a bound stricter by `step` (its unit, a day) does to the week.

    `cost` and `usd` (a day) are what it adds; `changes` are servings a week that give way; `go` and `come` are the
    foods with most servings lost and won.
    """

    step: float
    cost: float
    usd: float
    changes: float
    go: Sequence[tuple[str, float]]
    come: Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Price:
    """What one bound costs: `dual` by the dual values, for one unit a day more.

    `natural` is the natural step solved again, `taken` the greatest of its halves by which both prices are the same
    within `AGREE` (where `agrees` is false: the smallest tried); each is None where no week keeps a bound so strict.
    `without` is what the week would cost less without the bound and others that ask for the same.
    """

    bound: Bound
    dual: float
    natural: Step | None
    taken: Step | None
    agrees: bool
    without: float

    @property
    def each(self) -> float:
        """The cost of one unit a day more: by the step solved again where there is one, which is the surer."""
        return self.dual if self.taken is None else self.taken.cost / self.taken.step


def optimum(basket: LiveBasket) -> Optimum | None:
    """The week that `basket` was solved to; None where there is none."""
    if basket.solution.objective is None:
        return None
    servings: dict[str, float] = defaultdict(float)
    for column, count in zip(basket.columns, basket.servings(), strict=True):
        servings[column.option.food] += count
    return Optimum(basket.solution.objective, basket.means().get("price", 0.0), servings)


class Pricer:
    """Prices of the bounds of `problem`, whose soft minima are as hard as the menus make them."""

    def __init__(self, basket: LiveBasket, problem: Problem) -> None:
        self.basket, self.problem = basket, problem
        basket.move(problem)
        base = optimum(basket)
        if base is None:
            raise ValueError("a week without a solution has no prices")
        self.base: Optimum = base

    def duals(self, bounds: Sequence[Bound]) -> dict[int, float]:
        """The number of each of `bounds` -> its price by the dual values of the week as it is."""
        self.basket.move(self.problem)
        return {number: self.basket.price(bound) for number, bound in enumerate(bounds)}

    def price(self, bound: Bound, dual: float) -> Price:
        """The price of one bound of the problem, checked by solving the week again."""
        freed = self._solved(bound, None)
        without = 0.0 if freed is None else max(0.0, self.base.cost - freed.cost)
        step = natural_step(bound)
        natural = taken = self._step(bound, step)
        for _ in range(HALVINGS):
            if taken is not None and self._agree(dual * step, taken.cost):
                return Price(bound, dual, natural, taken, True, without)
            step /= 2
            taken = self._step(bound, step) or taken
        return Price(bound, dual, natural, taken, False, without)

    def serving(self, rule: str) -> Step | None:
        """What one serving (or meal) a week more, or less, of what `rule` counts does: the side that binds.

        None where the rule binds nothing, or no week keeps it so strictly.
        """
        self.basket.move(self.problem)
        live = self.basket.live
        for row in live.numbers(rule):
            if abs(live.dual(row)) <= LEAST:
                continue
            low, high = live.limits(row)
            at_least = math.isfinite(low)
            live.set_row(row, low=low + 1 if at_least else None, high=None if at_least else high - 1)
            self.basket.move(self.problem)
            moved = optimum(self.basket)
            live.set_row(row, low=low if at_least else None, high=None if at_least else high)
            return None if moved is None else self._difference(moved, 1.0)
        return None

    def _agree(self, by_dual: float, solved: float) -> bool:
        return abs(by_dual - solved) <= max(AGREE * solved, LEAST)

    def _step(self, bound: Bound, step: float) -> Step | None:
        if bound.high is not None and bound.high - step < 0:
            return None
        moved = self._solved(bound, stricter(bound, step))
        if moved is None:
            return None
        return self._difference(moved, step)

    def _difference(self, moved: Optimum, step: float) -> Step:
        go, come = moved.fewer(self.base), self.base.fewer(moved)
        changes = sum(count for _, count in go)
        return Step(step, max(0.0, moved.cost - self.base.cost), moved.usd - self.base.usd, changes, go, come)

    def _solved(self, bound: Bound, moved: Bound | None) -> Optimum | None:
        """The week with the bound moved, or without it."""
        self.basket.move(with_bound(self.problem, bound, moved))
        return optimum(self.basket)


def asks_the_same(one: Bound, other: Bound) -> bool:
    """Whether both are bounds of the same amount over the same time."""
    same = one.nutrient == other.nutrient and one.period == other.period and one.meals == other.meals
    return same and (one.low, one.high) == (other.low, other.high) and one.is_occasion == other.is_occasion


def with_bound(problem: Problem, bound: Bound, moved: Bound | None) -> Problem:
    """`problem` with one bound in another's place, or without it; the budget is a bound like others."""
    if bound.nutrient == "price" and bound not in problem.bounds:
        return replace(problem, budget_per_day=None if moved is None else moved.high)
    if moved is None:
        return replace(problem, bounds=[one for one in problem.bounds if not asks_the_same(one, bound)])
    return replace(problem, bounds=[moved if one is bound else one for one in problem.bounds])
