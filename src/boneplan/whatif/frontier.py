"""A frontier: what a week costs, in preference and in money, as a target or the budget moves."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from boneplan.foods.eligible import BUDGET
from boneplan.menu.bench import Bench
from boneplan.menu.case import MenuCase
from boneplan.menu.missed import gaps
from boneplan.menu.patterns import DAYS
from boneplan.menu.planner import days_of
from boneplan.menu.said import in_words
from boneplan.menu.week import Week
from boneplan.plan import Gap, Target
from boneplan.whatif.vary import Vary, moved, points, standing


@dataclass(frozen=True)
class Point:
    """One point of a frontier, at the figures `values`.

    `bound` is the least that any week could cost, `cost` what the menus found cost; both None where the point is
    impossible: then `conflict` are the rules that cannot hold together. `usd` is a day's; `preference` the mean cost
    of a serving, 0 for the most usual foods in usual portions. `gone` and `come` are servings a week of each food
    that the menus have less and more of than those of today's targets.
    """

    values: tuple[float, ...]
    bound: float | None = None
    cost: float | None = None
    usd: float | None = None
    preference: float | None = None
    gaps: tuple[Gap, ...] = ()
    gone: tuple[tuple[str, int], ...] = ()
    come: tuple[tuple[str, int], ...] = ()
    conflict: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        return self.bound is not None

    @property
    def gap(self) -> float | None:
        """How far the menus' cost may be above the best, as a share of the bound."""
        if self.cost is None or self.bound is None:
            return None
        return (self.cost - self.bound) / max(abs(self.bound), 1e-9)

    @property
    def changed(self) -> int:
        """Servings of the week that are not those of today's targets."""
        return sum(count for _, count in self.gone)


@dataclass(frozen=True)
class Frontier:
    """The points in the order of `varied`'s figures; `names` are of foods, by id."""

    varied: Sequence[Vary]
    points: Sequence[Point]
    names: dict[str, str]


def frontier(
    case: MenuCase, varied: Sequence[Vary], *, seconds: float, progress: Callable[[], None] = lambda: None
) -> Frontier:
    """The week of `case` at every combination of the figures; `progress` is told of each point.

    A case whose budget is varied needs one, so that foods of unknown price are left out.
    """
    bench = Bench(case, seconds=seconds)
    budget_now = case.profile.diet.budget_per_day
    here = _place(varied, [budget_now if vary.is_budget else standing(case.targets, vary) for vary in varied])
    weeks = {here: bench.week} if isinstance(bench.week, Week) else {}
    now = _servings(bench.week) if isinstance(bench.week, Week) else None
    progress()
    found: dict[tuple[float, ...], Point] = {}
    # From today's figures outwards, each point from the menus nearest to it: they need the fewest foods traded.
    for values in sorted(points(varied), key=lambda values: _far(_place(varied, values), here)):
        targets: Sequence[Target] = case.targets
        budget = budget_now
        for vary, value in zip(varied, values, strict=True):
            targets = moved(targets, vary, value)
            budget = value if vary.is_budget else budget
        at = _place(varied, values)
        near = min(weeks, key=lambda place: _far(place, at), default=None)
        point = _point(bench, values, targets, budget, None if near is None else weeks[near])
        if isinstance(bench.week, Week):
            weeks[at] = bench.week
            served = _servings(bench.week)
            now = served if now is None else now
            point = replace(point, gone=_most(now - served), come=_most(served - now))
        found[values] = point
        progress()
    names = {str(food): str(name) for food, name in case.table.foods["name"].items()}
    return Frontier(varied, [found[values] for values in points(varied)], names)


def _place(varied: Sequence[Vary], figures: Sequence[float | None]) -> tuple[int, ...]:
    """The numbers of the figures among those that are tried: what is not one of them stands before the next."""
    pairs = zip(varied, figures, strict=True)
    return tuple(0 if figure is None else bisect_left(vary.values, figure) for vary, figure in pairs)


def _far(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def _point(
    bench: Bench, values: tuple[float, ...], targets: Sequence[Target], budget: float | None, near: Week | None
) -> Point:
    week = bench.replan(targets, budget, near=near)
    bound = bench.basket.solution.objective
    if bound is None:
        named = [
            rule for rule in dict.fromkeys(bench.basket.live.irreducible_conflict()) if not rule.startswith(_PARTS)
        ]
        said = {b.rule: in_words(b) for b in bench.problem.bounds}
        said[BUDGET] = f"food for at most {budget or 0:g} USD a day"
        return Point(values, conflict=tuple(named), said=tuple(said.get(rule, rule) for rule in named))
    if not isinstance(week, Week):
        return Point(values, bound=bound)
    servings = [placed.column for placed in week.placed]
    return Point(
        values,
        bound=week.bound,
        cost=week.objective,
        usd=sum(column.amounts["price"] for column in servings) / DAYS,
        preference=sum(column.cost for column in servings) / max(1, len(servings)),
        gaps=tuple(gaps(days_of(week, bench.case, 0), targets, bench.case.supplements, bench.case.amounts)),
    )


_PARTS = ("meals/", "variety/", "wishes/")
"""Rows of the model that every week has: a conflict is told by the others."""


def _servings(week: Week) -> Counter[str]:
    return Counter(placed.column.option.food for placed in week.placed)


def _most(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
