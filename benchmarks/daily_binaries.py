"""The plain model, for comparison: one binary per day × meal × role × food, every bound kept on every day.

It has the options, kinds of meal, bounds, variety rules and costs of the planner's own problem, with every portion at
its median. This is how the week is usually written down first, and what the planner's two exact solves are
measured against.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from boneplan.lp import Model, Solution
from boneplan.menu.bound_rows import SHORTFALL_COST
from boneplan.menu.bounds import Bound
from boneplan.menu.case import menu_case
from boneplan.menu.options import Option
from boneplan.menu.patterns import DAYS
from boneplan.menu.problem import Problem
from boneplan.menu.served import Column, pattern_cost
from boneplan.menu.variety import variety_rows
from boneplan.profile import Profile
from boneplan.profile_reader import load_example, load_profile
from boneplan.targets import resolve_targets


@dataclass(frozen=True)
class Plain:
    """The size of a problem and of its plain model, and how the search of that ended.

    `week_bound` is the planner's own lower bound of the week, which the plain model has no part in.
    """

    options: int
    portions: int
    week_bound: float
    binaries: int
    rows: int
    solution: Solution

    @property
    def gap(self) -> float | None:
        """(objective - bound) / |bound|, as in plan.json; None without a solution or a bound other than 0."""
        objective, bound = self.solution.objective, self.solution.bound
        if objective is None or not bound:
            return None
        return (objective - bound) / abs(bound)


def compare(file: Path | None, start: dt.date, *, seconds: float) -> Plain:
    """The plain model of the first week of the person in `file` (None: the example), solved for `seconds`."""
    problem = problem_of(load_example() if file is None else load_profile(file), start)
    columns = problem.columns()
    week_bound = problem.model(columns, integer=False).model.solve(relaxed=True).objective
    if week_bound is None:
        raise ValueError("the week has no menu, so there is nothing to compare")
    plain = DailyModel(problem)
    solution = plain.model.solve(seconds=seconds)
    return Plain(len(problem.options), len(columns), week_bound, plain.binaries, len(plain.model.rows), solution)


def problem_of(profile: Profile, start: dt.date) -> Problem:
    """The first week of `profile` as the planner poses it."""
    return menu_case(profile, resolve_targets(profile, start), start=start, weeks=1, seed=0).problem()


def median_column(problem: Problem, option: Option) -> Column:
    """The option at the servable portion nearest its median."""
    nearest = min(range(len(option.servings)), key=lambda k: option.servings[k].cost)
    return problem.column(option, nearest)


class DailyModel:
    """The week day by day; `binaries` counts its 0-1 variables."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.model, self.binaries = problem, Model("daily"), 0
        self.columns = [median_column(problem, option) for option in problem.options]
        uses: list[tuple[Column, Any]] = []
        times: dict[str, list[tuple[Any, float]]] = defaultdict(list)
        for _ in range(DAYS):
            served = [(column, self._binary(column.cost)) for column in self.columns]
            self._meals(served, times)
            self._bounds(served)
            uses += served
        for pattern in problem.patterns:
            self.model.row(f"meals/{pattern.key}", times[pattern.key], high=pattern.days)
        variety_rows(self.model, problem.book, uses)
        if problem.budget_per_day is not None:
            spent = [(use, column.amounts["price"]) for column, use in uses]
            self.model.row("diet/budget", spent, high=problem.budget_per_day * DAYS)

    def _binary(self, cost: float) -> Any:
        self.binaries += 1
        return self.model.variable(0, 1, integer=True, cost=cost)

    def _meals(self, served: list[tuple[Column, Any]], times: dict[str, list[tuple[Any, float]]]) -> None:
        """One kind of each meal a day, and as many foods of each role as that kind holds."""
        by_role: dict[tuple[str, str], list[tuple[Any, float]]] = defaultdict(list)
        for column, use in served:
            by_role[column.option.meal, column.option.role].append((use, 1.0))
        for meal in self.problem.meals:
            kinds = [p for p in self.problem.patterns if p.meal == meal]
            chosen = [(p, self._binary(pattern_cost(p, self.problem.patterns))) for p in kinds]
            for pattern, choice in chosen:
                times[pattern.key].append((choice, 1.0))
            self.model.row(f"meals/{meal}", [(choice, 1.0) for _, choice in chosen], low=1.0, high=1.0)
            for role in dict.fromkeys(role for pattern in kinds for role in pattern.foods):
                for side, sign in ((0, 1.0), (1, -1.0)):
                    needed = [(choice, -sign * p.foods[role][side]) for p, choice in chosen if role in p.foods]
                    foods = [(use, sign * k) for use, k in by_role[meal, role]]
                    self.model.row(f"meals/{meal}/{role}", foods + needed, low=0.0)

    def _bounds(self, served: list[tuple[Column, Any]]) -> None:
        """Every bound of a day or of the week's mean, on one day."""
        uncounted = self._uncounted(served)
        for bound in self.problem.bounds:
            if bound.period == "meal" or (bound.period == "day" and not bound.hard):
                continue
            amount = [(use, column.amounts[bound.nutrient]) for column, use in served]
            if bound.low:
                counted = amount + (uncounted[bound.nutrient] if bound.period == "week_mean" else [])
                self.model.row(bound.rule, [*counted, *self._slack(bound, "min")], low=bound.low)
            if bound.high is not None:
                self.model.row(bound.rule, [*amount, *self._slack(bound, "max")], high=bound.high)

    def _slack(self, bound: Bound, side: Literal["min", "max"]) -> list[tuple[Any, float]]:
        """What one day may miss of a soft bound; seven days missed cost what the week's mean missed costs."""
        if bound.hard:
            return []
        slack = self.model.variable(0, cost=SHORTFALL_COST / DAYS)
        return [(slack, bound.aim if side == "min" else -bound.scale)]

    def _uncounted(self, served: list[tuple[Column, Any]]) -> dict[str, list[tuple[Any, float]]]:
        """What each meal holds above a most per meal, which no minimum counts in full."""
        over: dict[str, list[tuple[Any, float]]] = defaultdict(list)
        for bound in self.problem.bounds:
            if bound.period != "meal" or bound.high is None:
                continue
            for meal in self.problem.meals:
                excess = self.model.variable(0)
                amount = [(use, c.amounts[bound.nutrient]) for c, use in served if c.option.meal == meal]
                self.model.row(bound.rule, [*amount, (excess, -1.0)], high=bound.high)
                over[bound.nutrient].append((excess, bound.counted_above - 1))
        return over
