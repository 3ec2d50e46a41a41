"""The week's basket: which foods are served how often, in which portions and kinds of meal, as a linear program.

Days are interchangeable here: the model counts servings over the week. Its linear relaxation is the true lower bound
of the week's cost, for every plan that keeps the same rules day by day is also a basket.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from boneplan.foods.eligible import BUDGET
from boneplan.lp import Model, Solution, value
from boneplan.menu.bounds import Bound
from boneplan.menu.options import Option, Serving
from boneplan.menu.patterns import DAYS as DAYS
from boneplan.menu.patterns import Count, MealBook, Pattern
from boneplan.plan import MealName

ELASTIC_COST = 1e4  # in an elastic model: moving a hard bound costs more than anything that could be served
SHORTFALL_COST = 30.0  # a tenth of a soft target missed costs as much as three unusual foods
AGAIN_COST = 0.6  # each further serving of a food in the week, so that the week does not repeat its favourites
STAPLE_AGAIN_COST = 0.03  # the same for bread, milk, coffee and other staples, which people do eat every day
WISH_COST = 1.5  # each serving missing of a kind that the week should hold
PATTERN_COST = 1.0  # how strongly usual kinds of meal are preferred over rarer ones
BAND = 0.01  # an integer basket keeps this far inside the daily bounds, so that it can be dealt to days
SPREAD = 8  # the same, in bands, where single servings hold more than a day asks for


@dataclass(frozen=True)
class Column:
    """One portion of one option: what a serving of it brings (`amounts`, by nutrient) and costs."""

    option: Option
    serving: Serving
    amounts: Mapping[str, float]

    @property
    def cost(self) -> float:
        return self.option.cost + self.serving.cost


@dataclass(frozen=True)
class Basket:
    """`servings` and `patterns` with how often each stands in the week; both empty where nothing was found."""

    solution: Solution
    servings: list[tuple[Column, int]]
    patterns: list[tuple[Pattern, int]]


@dataclass(frozen=True)
class Slack:
    """In an elastic model: by how much (variable × `scale`, per day) one side of a hard bound gives way."""

    bound: Bound
    side: Literal["min", "max"]
    variable: Any

    @property
    def scale(self) -> float:
        return self.bound.scale

    @property
    def amount(self) -> float:
        """How far the bound moved in the last solution, in its own unit per day."""
        return value(self.variable) * self.scale


def pattern_cost(pattern: Pattern, patterns: Sequence[Pattern]) -> float:
    """What serving this kind of meal once costs: 0 for the meal's most usual kind."""
    usual = max(p.share for p in patterns if p.meal == pattern.meal)
    return PATTERN_COST * math.log(usual / pattern.share) - pattern.liking


def again_costs(book: MealBook, category: int, food: str) -> list[float]:
    """What each serving of the food costs for being another one, from the first to as many as the week may hold.

    Never less than the one before: the first is free, and so are all that a rules file reuses.
    """
    step = STAPLE_AGAIN_COST if category in book.staples else AGAIN_COST
    return [0.0 if k < book.reused(food) else step * k for k in range(book.most_uses(category, food))]


def variety_rows(model: Model, book: MealBook, uses: Sequence[tuple[Column, Any]], *, whole: bool = True) -> None:
    """How often foods and kinds of food may and should stand in the week, and how many different ones.

    In a model of `whole` servings the choices that a rules file leaves open are whole as well.
    """
    by_food: dict[tuple[str, int], list[tuple[Any, float]]] = defaultdict(list)
    for column, use in uses:
        by_food[column.option.food, column.option.category].append((use, 1.0))
    firsts = []
    for (food, category), terms in by_food.items():
        tiers = [model.variable(0, 1, cost=cost) for cost in again_costs(book, category, food)]
        model.row(f"variety/{food}", [*terms, *((tier, -1.0) for tier in tiers)], low=0.0, high=0.0)
        firsts.append((tiers[0], 1.0))
    # A first tier is at most 1 and at most the uses, so their sum never exceeds the number of different foods.
    model.row("variety/distinct", firsts, low=book.variety.min_distinct)
    for limit in book.limits:
        terms = [(use, 1.0) for column, use in uses if column.option.category in limit.categories]
        model.row(f"limits/{limit.id}", terms, high=limit.max)
    for count in book.counts:
        count_rows(model, book, count, uses, whole=whole)
    for wish in book.wishes:
        terms = [(use, 1.0) for column, use in uses if wish.id in column.option.wishes]
        missing = model.variable(0, wish.at_least, cost=WISH_COST)
        model.row(f"wishes/{wish.id}", [*terms, (missing, 1.0)], low=wish.at_least)


def count_rows(
    model: Model, book: MealBook, count: Count, uses: Sequence[tuple[Column, Any]], *, whole: bool = True
) -> None:
    """What a week holds of the servings that a rules file counts; those of each day are added up over its days."""
    counted = [(column, use) for column, use in uses if count.fits(column.option.food, column.option.meal)]
    terms = [(use, 1.0) for _, use in counted]
    if count.least:
        model.row(count.rule, terms or [(model.variable(0, 0), 1.0)], low=count.least_a_week)
    if count.most is not None and terms and not count.days:
        model.row(count.rule, terms, high=count.most * (DAYS if count.each == "day" else 1))
    if count.same and counted:
        _same_rows(model, book, count, counted, whole)


def _same_rows(
    model: Model, book: MealBook, count: Count, counted: Sequence[tuple[Column, Any]], whole: bool
) -> None:
    """One of the foods is served exactly so often: `chosen` is 1 for it and 0 for the others."""
    by_food: dict[tuple[str, int], list[tuple[Any, float]]] = defaultdict(list)
    for column, use in counted:
        by_food[column.option.food, column.option.category].append((use, 1.0))
    one = []
    for (food, category), terms in by_food.items():
        chosen, most = model.variable(0, 1, integer=whole), book.most_uses(category, food)
        model.row(count.rule, [*terms, (chosen, -count.least)], low=0.0)
        model.row(count.rule, [*terms, (chosen, most - count.least)], high=most)
        one.append((chosen, 1.0))
    model.row(count.rule, one, low=1.0, high=1.0)


def give(
    model: Model, bound: Bound, side: Literal["min", "max"], *, days: int = DAYS, share: float = 1.0
) -> list[tuple[Any, float]]:
    """The priced slack by which `days` days or meals together may miss one side of a soft bound; none for a hard one.

    They are that `share` of all the days or meals that the bound is about.
    """
    if bound.hard:
        return []
    cost = SHORTFALL_COST * bound.weight * share
    if side == "min":  # a shortfall never exceeds the aim; going over has no such end
        return [(model.variable(0, 1, cost=cost), days * bound.aim)]
    return [(model.variable(0, cost=cost), -days * bound.scale)]


class BasketModel:
    """The week as a named linear program over `columns` and `patterns`.

    `integer` asks for whole servings, and keeps them a little inside the bounds of days and meals so that they can
    be dealt; the relaxation has no such margin, so its optimum is a true lower bound. `reserve` (a share) raises the
    minima of nutrients that are counted only up to a most per meal; `margin` (a share) keeps whole servings inside
    the hard bounds of meals. `choosing` makes whole what a rules file leaves to choose, and nothing else: its optimum
    is a true lower bound as well. `elastic` lets hard bounds give way, at a price.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        patterns: Sequence[Pattern],
        bounds: Sequence[Bound],
        book: MealBook,
        *,
        integer: bool,
        budget_per_day: float | None = None,
        elastic: bool = False,
        reserve: float = 0.0,
        margin: float = 0.0,
        choosing: bool = False,
    ) -> None:
        self.columns = list(columns)
        self.patterns = list(patterns)
        self.model = Model("week")
        self.uses = [
            self.model.variable(0, book.most_uses(c.option.category, c.option.food), integer=integer, cost=c.cost)
            for c in columns
        ]
        self.times = [
            self.model.variable(0, p.days, integer=integer, cost=pattern_cost(p, patterns)) for p in patterns
        ]
        self.slacks: list[Slack] = []
        self._elastic, self._integer, self._reserve, self._margin = elastic, integer, reserve, margin
        self._meals()
        self._kinds(book)
        if integer:
            self._laid([bound for bound in bounds if bound.period == "meal" and bound.hard and not bound.is_occasion])
        variety_rows(self.model, book, list(zip(self.columns, self.uses, strict=True)), whole=integer or choosing)
        uncounted = self._uncounted(bounds)
        for bound in bounds:
            if not bound.is_occasion:
                self._bound(bound, uncounted.get(bound.nutrient, []))
        if budget_per_day is not None:
            budget = Bound("price", "week_mean", None, budget_per_day, True, BUDGET, "USD", most=budget_per_day)
            self._bound(budget, [])

    def _group(self, key: Callable[[Column], Any]) -> dict[Any, list[tuple[Any, float]]]:
        groups: dict[Any, list[tuple[Any, float]]] = defaultdict(list)
        for column, use in zip(self.columns, self.uses, strict=True):
            groups[key(column)].append((use, 1.0))
        return groups

    def _amount(self, nutrient: str, meal: MealName | None = None) -> list[tuple[Any, float]]:
        """What each serving brings, of the whole week or of a meal."""
        return [
            (use, column.amounts[nutrient])
            for column, use in zip(self.columns, self.uses, strict=True)
            if meal is None or column.option.meal == meal
        ]

    def _meals(self) -> None:
        """Seven of each meal, and as many foods of each role as those meals hold."""
        per_role = self._group(lambda c: (c.option.meal, c.option.role))
        per_food = self._group(lambda c: (c.option.meal, c.option.role, c.option.food))
        by_meal: dict[str, list[tuple[Pattern, Any]]] = defaultdict(list)
        for pattern, times in zip(self.patterns, self.times, strict=True):
            by_meal[pattern.meal].append((pattern, times))
        for meal, kinds in by_meal.items():
            self.model.row(f"meals/{meal}", [(times, 1.0) for _, times in kinds], low=DAYS, high=DAYS)
            for role in dict.fromkeys(role for pattern, _ in kinds for role in pattern.foods):
                served = per_role.get((meal, role), [])
                for side, sign in ((0, 1.0), (1, -1.0)):  # at least the least, at most the most
                    needed = [(times, -sign * p.foods[role][side]) for p, times in kinds if role in p.foods]
                    self.model.row(f"meals/{meal}/{role}", [(u, sign * k) for u, k in served] + needed, low=0.0)
                if any(p.foods[role][1] > 1 for p, _ in kinds if role in p.foods):
                    # A meal with two places for a role holds two foods, not one food twice.
                    tables = [(times, -1.0) for p, times in kinds if role in p.foods]
                    for uses in (uses for key, uses in per_food.items() if key[:2] == (meal, role)):
                        self.model.row(f"meals/{meal}/{role}", [*uses, *tables], high=0.0)

    def _kinds(self, book: MealBook) -> None:
        """How often the kinds of meal stand in the week that a rules file counts."""
        for count in book.kind_counts:
            pairs = zip(self.patterns, self.times, strict=True)
            terms = [(times, 1.0) for pattern, times in pairs if pattern.key in count.kinds]
            if count.least:
                self.model.row(count.rule, terms or [(self.model.variable(0, 0), 1.0)], low=count.least_a_week)
            if count.most_a_week is not None and terms:
                self.model.row(count.rule, terms, high=count.most_a_week)

    def _laid(self, bounds: Sequence[Bound]) -> None:
        """Which kind of meal each serving stands in, where hard bounds of meals have to hold on every table.

        The tables of a kind together keep them too. Seven meals together say little where one kind of meal is rich in
        what another lacks: no deal could mend that, for it moves servings only within their role.
        """
        for meal in dict.fromkeys(pattern.meal for pattern in self.patterns):
            if not (own := [bound for bound in bounds if bound.about(meal)]):
                continue
            kinds = [(p, times) for p, times in zip(self.patterns, self.times, strict=True) if p.meal == meal]
            laid: dict[str, list[tuple[Column, Any]]] = {pattern.name: [] for pattern, _ in kinds}
            for column, use in zip(self.columns, self.uses, strict=True):
                role = column.option.role
                parts = {
                    p.name: self.model.variable(0) for p, _ in kinds if column.option.meal == meal and role in p.foods
                }
                for name, part in parts.items():
                    laid[name].append((column, part))
                if parts:
                    self.model.row(
                        f"meals/{meal}/{role}", [(use, 1.0), *((v, -1.0) for v in parts.values())], low=0, high=0
                    )
            for pattern, times in kinds:
                self._keep(pattern, times, laid[pattern.name], own)

    def _keep(
        self, pattern: Pattern, times: Any, laid: Sequence[tuple[Column, Any]], bounds: Sequence[Bound]
    ) -> None:
        """What the tables of one kind of meal hold of each role, and of what the bounds are about."""
        for role, (least, most) in pattern.foods.items():
            served = [(part, 1.0) for column, part in laid if column.option.role == role]
            self.model.row(f"meals/{pattern.meal}/{role}", [*served, (times, -least)], low=0.0)
            self.model.row(f"meals/{pattern.meal}/{role}", [*served, (times, -most)], high=0.0)
        for bound in bounds:
            terms = [(part, column.amounts[bound.nutrient]) for column, part in laid]
            if bound.low:
                self.model.row(bound.rule, [*terms, (times, -bound.low * (1 + self._margin))], low=0.0)
            if bound.high is not None:
                self.model.row(bound.rule, [*terms, (times, -bound.high * (1 - self._margin))], high=0.0)

    def _uncounted(self, bounds: Sequence[Bound]) -> dict[str, list[tuple[Any, float]]]:
        """Per nutrient with a most per meal: what food brings the week's meals above it, which no minimum counts."""
        over: dict[str, list[tuple[Any, float]]] = defaultdict(list)
        for bound in bounds:
            if bound.is_occasion:
                for meal in dict.fromkeys(p.meal for p in self.patterns):
                    excess = self.model.variable(0)
                    served = self._amount(bound.nutrient, meal)
                    # What one portion holds above the most loses count, whatever else stands on the table.
                    room = bound.room(meal)
                    within = [(use, min(amount, room)) for use, amount in served]
                    alone = [(use, room - amount) for use, amount in served if amount > room]
                    self.model.row(bound.rule, [*within, (excess, -1.0)], high=room * DAYS)
                    lost = 1 - bound.counted_above
                    over[bound.nutrient] += [(excess, -lost), *((use, lost * above) for use, above in alone)]
        return over

    def _bound(self, bound: Bound, uncounted: list[tuple[Any, float]]) -> None:
        """The rows of a bound: of the week, of its days, or of each meal that it is about."""
        reserve = self._reserve if uncounted else 0.0
        if bound.period == "meal":
            meals = [meal for meal in dict.fromkeys(p.meal for p in self.patterns) if bound.about(meal)]
            for meal in meals:
                self._sides(bound, self._amount(bound.nutrient, meal), reserve, share=1 / len(meals))
            return
        terms = self._amount(bound.nutrient)
        if bound.period == "day":
            self._sides(bound, terms, reserve)
            return
        if bound.low:
            low = bound.low * (1 + reserve)
            self.model.row(bound.rule, [*terms, *uncounted, *self._give(bound, "min")], low=low * DAYS)
        if bound.high is not None:
            self.model.row(bound.rule, [*terms, *self._give(bound, "max")], high=bound.high * DAYS)

    def _sides(self, bound: Bound, terms: list[tuple[Any, float]], reserve: float, share: float = 1.0) -> None:
        """Both sides of a bound of the day or of a meal: what seven that each keep it add up to."""
        firm = bound.hard and not self._elastic
        inset = (self._margin if bound.period == "meal" else BAND) if bound.hard and self._integer else 0.0
        if bound.low:
            # What one serving holds above the least of a day or meal helps no other.
            helping = [(use, min(amount, bound.low)) for use, amount in terms]
            asked = terms if bound.hard else helping
            low = bound.low * (1 + inset + reserve)
            self.model.row(bound.rule, [*asked, *self._give(bound, "min", share)], low=low * DAYS)
            if firm and any(amount > bound.low for _, amount in terms):
                spread = SPREAD * inset + self._reserve if bound.period == "day" else inset
                self.model.row(bound.rule, helping, low=bound.low * (1 + spread) * DAYS)
        if bound.high is not None:
            high = bound.high * (1 - inset)
            self.model.row(bound.rule, [*terms, *self._give(bound, "max", share)], high=high * DAYS)
            # No day, and no meal, holds two servings of more than half its limit each.
            if firm and (large := [(use, 1.0) for use, amount in terms if amount > bound.high / 2]):
                self.model.row(bound.rule, large, high=DAYS)

    def _give(self, bound: Bound, side: Literal["min", "max"], share: float = 1.0) -> list[tuple[Any, float]]:
        """As `give`; in an elastic model a hard bound gives way too, by as much at every meal."""
        if not (self._elastic and bound.hard):
            return give(self.model, bound, side, share=share)
        slack = next((slack for slack in self.slacks if slack.bound is bound and slack.side == side), None)
        if slack is None:
            slack = Slack(bound, side, self.model.variable(0, cost=ELASTIC_COST))
            self.slacks.append(slack)
        return [(slack.variable, DAYS * slack.scale * (1 if side == "min" else -1))]

    def solve(self, **how: Any) -> Basket:
        """Solves and reads the basket back; see `Model.solve` for `how`. Empty where no solution was found."""
        solution = self.model.solve(**how)
        if not solution.found:
            return Basket(solution, [], [])
        servings = [
            (column, count)
            for column, use in zip(self.columns, self.uses, strict=True)
            if (count := round(value(use)))
        ]
        patterns = [
            (pattern, count)
            for pattern, times in zip(self.patterns, self.times, strict=True)
            if (count := round(value(times)))
        ]
        return Basket(solution, servings, patterns)

    def means(self) -> dict[str, float]:
        """After a solve: what the week's servings bring of each nutrient, as the mean of its days."""
        totals: dict[str, float] = defaultdict(float)
        for column, use in zip(self.columns, self.uses, strict=True):
            if count := value(use):
                for nutrient, amount in column.amounts.items():
                    totals[nutrient] += amount * count / DAYS
        return totals

    def reduced_costs(self) -> list[float]:
        """After a relaxed solve: what one more serving of each column would cost, in the order of `columns`."""
        return [float(use.dj) for use in self.uses]

    def promising(self, most: int) -> list[Column]:
        """After a relaxed solve: the `most` columns with the smallest reduced cost, in their own order."""
        reduced = self.reduced_costs()
        ranked = sorted(range(len(self.columns)), key=lambda i: (reduced[i], i))[:most]
        return [self.columns[i] for i in sorted(ranked)]
