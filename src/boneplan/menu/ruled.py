"""A week in which each rule can be lifted by itself: one linear program, solved again warm for any set of rules.

It holds every food that some rule keeps out, and asks of any set of rules what `MenuCase.problem` without the others
asks: whether the week's relaxation has a solution.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from boneplan.foods.eligible import BUDGET
from boneplan.guidelines import fixed_rules
from boneplan.lp_live import Live
from boneplan.menu.bounds import Bound
from boneplan.menu.case import MenuCase
from boneplan.menu.irreducible import shrink
from boneplan.menu.patterns import DAYS
from boneplan.menu.problem import usable_patterns
from boneplan.menu.said import DISTINCT, MOST_USES

FURTHEST = 8  # times itself: as far as a most is moved
STEPS = 12  # of halving, when the nearest figure is looked for that will do

# Which rules a conflict tells of where it has the choice: first those of whom the plan is for and who plans, last
# those that nobody moves. Conditions and medicines have the empty place.
BLAME = (
    "rules/",
    "diet/dislike/",
    BUDGET,
    "diet/pattern/",
    "diet/phytoestrogens/avoid",
    "diet/intolerance/",
    "diet/allergy/",
    "",
    "nutrition/",
    "limits/",
    "variety/",
    "diet/phytoestrogens/unknown",
)

Side = Literal["min", "max"]


@dataclass(frozen=True)
class Row:
    """A row of a rule: its number, and its bounds while the rule holds and while it is lifted.

    What `asks` says the rule's own figure; another row says that no day has room for two large servings.
    """

    number: int
    low: float
    high: float
    lifted_low: float | None = None
    asks: bool = True


class RuledWeek:
    """One week of a case, with every rule that can be lifted: `rules`, the first to blame first.

    Background, which always holds, are the kinds of meal and how calcium counts above the most of a meal. What is
    soft never stands in the way.
    """

    def __init__(self, case: MenuCase, week: int = 0, before: frozenset[str] = frozenset()) -> None:
        self.week, self.before = week, before
        self.bounds = [bound for bound in case.bounds() if bound.hard or bound.is_occasion]
        hard = [bound for bound in self.bounds if not bound.is_occasion]
        limits = [bound for bound in hard if bound.high is not None and bound.period != "week_mean"]
        opened = {e.rule for e in case.excluded} | {bound.rule for bound in limits}
        opened |= {count.rule for count in case.kind_counts if count.most == 0}
        free = case.problem(week, before, without=frozenset(opened))
        book = replace(free.book, kind_counts=tuple(case.kind_counts), wishes=())
        budget = case.profile.diet.budget_per_day
        self.problem = replace(free, book=book, bounds=self.bounds, budget_per_day=budget)
        self._basket = self.problem.model(self.problem.columns(), integer=False)
        self._option_of = [n for n, option in enumerate(self.problem.options) for _ in option.servings]
        for variable in (*self._basket.uses, *self._basket.times):
            variable.upBound = None
        self._basket.model.solve(relaxed=True)
        self._live = Live(self._basket.model)
        for variable in self._basket.model.problem.variables():
            self._live.set_cost(variable, 0.0)
        self._bars = self._barred(case, limits)
        self._rows = self._ruled(hard)
        self._often = self._asked_often()
        self.rules: list[str] = sorted({*self._bars, *self._rows}, key=_blame)
        self._held = set(self.rules)
        self._bar_counts = Counter(number for columns in self._bars.values() for number in columns)
        self._shut: set[int] = set()

    def solvable(self, kept: Collection[str]) -> bool:
        """Whether the week has a solution under the rules in `kept` and no others."""
        self._switch(set(kept))
        return not self._serve() and self._live.solve(relaxed=True).found

    def without(self, lifted: Collection[str]) -> bool:
        """Whether the week has a solution when these rules are lifted."""
        return self.solvable([rule for rule in self.rules if rule not in lifted])

    def conflict(self, lifted: Collection[str] = ()) -> list[str]:
        """An irreducible conflict among the rules, but for those `lifted`; empty where there is none."""
        rules = [rule for rule in self.rules if rule not in lifted]
        if self.solvable(rules):
            return []
        return shrink(rules, lambda kept: not self.solvable(kept))

    def unserved(self, kept: Collection[str]) -> list[str]:
        """Meals for which the rules in `kept` leave no kind of meal."""
        self._switch(set(kept))
        return self._serve()

    def nearest(self, rule: str, side: Side, figure: float, lifted: Collection[str] = ()) -> float | None:
        """The figure nearest to `figure`, on the looser side, for which the week has a solution; None if none has.

        `figure` is what the rows of that side ask for now, a day, a meal or a week. All rules hold but the `lifted`.
        """
        # A dearer budget still counts on foods of known price; a looser limit lets larger portions in.
        self.solvable([other for other in self.rules if other not in lifted and (other != rule or rule == BUDGET)])
        rows = [row for row in self._rows.get(rule, ()) if _asks(row, side)]

        def does(tried: float) -> bool:
            share = tried / figure if figure else 0.0
            for row in rows:
                low, high = (row.low * share, None) if side == "min" else (None, row.high * share)
                self._live.set_row(row.number, low=low, high=high)
            return self._live.solve(relaxed=True).found

        near, far = figure, 0.0 if side == "min" else figure * FURTHEST
        if figure and does(far):
            for _ in range(STEPS):
                middle = (near + far) / 2
                near, far = (near, middle) if does(middle) else (middle, far)
        else:
            far = math.nan
        for row in rows:
            low, high = (row.low, row.high) if rule in self._held else (row.lifted_low, None)
            self._live.set_row(row.number, low=low, high=high)
        return None if math.isnan(far) else far

    def figure(self, rule: str) -> Bound | None:
        """The bound of that rule, where it is one."""
        return next((bound for bound in self.bounds if bound.rule == rule), None)

    def _barred(self, case: MenuCase, limits: Sequence[Bound]) -> dict[str, list[int]]:
        """Rule -> the columns that it keeps out by itself."""
        bars: dict[str, list[int]] = defaultdict(list)
        for number, column in enumerate(self._basket.columns):
            food, meal = column.option.food, column.option.meal
            barring = [e.rule for e in case.excluded if meal in e.meals and food in e.foods]
            barring += [
                bound.rule
                for bound in limits
                if column.amounts[bound.nutrient] > (bound.high or 0.0)
                and (bound.period == "day" or bound.about(meal))
            ]
            for rule in dict.fromkeys(barring):
                bars[rule].append(number)
        for count in case.kind_counts:
            if count.most == 0:
                bars.setdefault(count.rule, [])
        return dict(bars)

    def _ruled(self, hard: Sequence[Bound]) -> dict[str, list[Row]]:
        """Rule -> its rows."""
        own = {bound.rule for bound in hard} | {count.rule for count in self.problem.book.counts}
        own |= {count.rule for count in self.problem.book.kind_counts}
        large = {bound.rule for bound in hard if bound.high not in (None, 1.0)}
        rows: dict[str, list[Row]] = defaultdict(list)
        for number, name in enumerate(self._live.rows):
            low, high = self._live.limits(number)
            if name == "variety/distinct":
                rows[DISTINCT].append(Row(number, low, high))
            elif name.startswith("variety/"):
                # Lifted, a food may come as often as it will, and still counts as one of the different ones.
                rows[MOST_USES].append(Row(number, low, high, 0.0))
            elif name.startswith("limits/") or name == BUDGET or name in own:
                rows[name].append(Row(number, low, high, asks=high != DAYS or name not in large))
        return dict(rows)

    def _switch(self, kept: set[str]) -> None:
        for rule in self._held ^ kept:
            holds = rule in kept
            for row in self._rows.get(rule, ()):
                if holds:
                    self._live.set_row(row.number, low=row.low, high=row.high)
                else:
                    self._live.set_row(row.number, low=row.lifted_low)
            for column in self._bars.get(rule, ()):
                self._bar_counts[column] += 1 if holds else -1

        self._held = kept

    def _serve(self) -> list[str]:
        """Offers the foods and kinds of meal that the rules in hold leave; meals for which they leave none."""
        barred = {number for number, count in self._bar_counts.items() if count}
        for number in barred ^ self._shut:
            self._live.set_variable(self._basket.uses[number], 0, 0 if number in barred else None)
        self._shut = barred
        left = {option for number, option in enumerate(self._option_of) if number not in barred}
        counts = tuple(count for count in self.problem.book.counts if count.rule in self._held)
        kinds = tuple(count for count in self.problem.book.kind_counts if count.rule in self._held)
        book = replace(self.problem.book, counts=counts, kind_counts=kinds)
        offered = [option for number, option in enumerate(self.problem.options) if number in left]
        days = {p.key: p.days for p in usable_patterns(book, offered)}
        for pattern, times in zip(self._basket.patterns, self._basket.times, strict=True):
            self._live.set_variable(times, 0, days.get(pattern.key, 0))
        for row, category, food in self._often:
            most = book.most_uses(category, food) if MOST_USES in self._held else None
            self._live.set_row(row, high=most)
        served = {pattern.meal for pattern in self._basket.patterns if pattern.key in days}
        return [meal for meal in self.problem.meals if meal not in served]

    def _asked_often(self) -> list[tuple[int, int, str]]:
        """A row for each food that may come back more often than usual because rules ask for it."""
        book = self.problem.book
        by_food: dict[tuple[int, str], list[tuple[Any, float]]] = defaultdict(list)
        for column, use in zip(self._basket.columns, self._basket.uses, strict=True):
            option = column.option
            if book.most_uses(option.category, option.food) > replace(book, counts=()).most_uses(option.category):
                by_food[option.category, option.food].append((use, 1.0))
        found = []
        for (category, food), terms in by_food.items():
            self._live.row(MOST_USES, terms, high=book.most_uses(category, food))
            found.append((len(self._live.rows) - 1, category, food))
        return found


def _asks(row: Row, side: Side) -> bool:
    """Whether the row asks for the rule's own figure on that side."""
    return row.asks and math.isfinite(row.low if side == "min" else row.high)


def _blame(rule: str) -> tuple[int, bool, str]:
    other = BLAME.index("")
    place = next((n for n, start in reversed(list(enumerate(BLAME))) if start and rule.startswith(start)), other)
    return place, rule in fixed_rules(), rule
