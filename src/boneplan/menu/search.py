"""The search for one week's menu: basket, deal, portions, tried in a few ways until one of them gives a week."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from boneplan.menu.basket import Basket, BasketModel
from boneplan.menu.bounds import Bound
from boneplan.menu.cost import true_cost
from boneplan.menu.deal import Dealer, Table
from boneplan.menu.kinds import spread_kinds
from boneplan.menu.options import Option
from boneplan.menu.pairs import Pairs
from boneplan.menu.patterns import DAYS, Count
from boneplan.menu.portions import Placed, PortionModel
from boneplan.menu.problem import Problem
from boneplan.menu.served import pattern_cost

GAP = 0.025  # the basket is good enough this close to the week's bound
COLUMNS = 100  # as many of the best columns by reduced cost go into the integer model
NODES = 5  # a count of nodes, not of seconds, ends the search: the same profile gives the same plan everywhere
# Of each attempt. Calcium above what a meal counts is lost in the deal, so that the basket brings some more; and it
# stays inside the hard bounds of meals, which hold few foods to even out.
RESERVES = (0.01, 0.04, 0.10, 0.02, 0.07)
MARGINS = (0.08, 0.03, 0.0, 0.12, 0.05)
ANY_COST = 1e6  # more than any week costs
QUICK_TRIES = 2  # attempts, where only whether there is a week is asked
CHOICE_NODES, CHOICE_GAP = 50, 0.005  # of the search for the dish that a rule on reuse cooks
WHOLE = 1e-6  # servings this close to a whole number are one
GOOD_DEAL = 0.03  # portions this close to the bound are taken; otherwise foods may be traded
NEARLY = 0.02  # a soft minimum that the relaxation misses by no more than this is worth trying to meet
TRADES = 4  # options that may take the place of the one dealt
MORE_TRADES = 2  # further ones for each rule on servings or on a meal
PROMISING = 40  # among so many of the best are those looked for that help a meal to keep its bounds

Arranged = tuple[list[list[Table]], list[Placed]]


@dataclass
class Search:
    """The search for a week of `problem`, whose relaxation `relaxed` costs `bound`.

    No week of the person costs less than `least`. `tables` are those last dealt. A `quick` search takes the first
    week that it finds, in few attempts: it tells whether there is one.
    """

    problem: Problem
    relaxed: BasketModel
    bound: float
    least: float
    pairs: Pairs
    seed: int
    seconds: float
    quick: bool = False
    tables: list[list[Table]] = field(default_factory=list)

    def run(self) -> Arranged | None:
        """The tables and portions of the first attempt that has any, the cheapest of that attempt."""
        firmer = firm(self.problem, self.relaxed)
        for attempt in range(QUICK_TRIES if self.quick else len(RESERVES)):
            basket = self._basket(firmer, attempt)
            if not basket.servings:
                basket = self._basket(self.problem, attempt)
            if not basket.servings:
                continue
            bounds, book, chance = self.problem.bounds, self.problem.book, random.Random(f"{self.seed}/{attempt}")
            self.tables = Dealer(basket, bounds, book.shares, self.pairs, chance, book.counts).run()
            if spread_kinds(self.tables, book.kind_counts) and (found := self._portions(firmer)):
                return self.tables, found
        return None

    def _portions(self, firmer: Problem) -> list[Placed]:
        """The portions of the tables last dealt; empty where there are none."""
        tables, problem, trades = self.tables, self.problem, alternatives(self.problem, self.relaxed)
        meals = sum(pattern_cost(table.pattern, problem.patterns) for day in tables for table in day)
        good = self._near(GOOD_DEAL)
        stands = not any(_twice(table) for day in tables for table in day)
        best: list[Placed] = []
        least = math.inf
        ways = ((firmer, False), (firmer, True), (problem, False), (problem, True))
        for kept, trading in ways[-1:] if self.quick else ways:
            if not (stands or trading):
                continue
            placed = PortionModel(kept, tables, trades if trading else {}).solve(self.seconds, enough=good - meals)
            if placed and (cost := true_cost(problem, tables, placed)) < least:
                best, least = placed, cost
            if least <= good or (best and trading):
                break
        return best

    def does(self, loosened: Problem) -> bool:
        """Whether the last deal has portions, or where there was none whether there is anything to deal."""
        if self.tables:
            trades = alternatives(self.problem, self.relaxed)
            return bool(PortionModel(loosened, self.tables, trades).solve(self.seconds))
        return bool(self._basket(loosened, 0).servings)

    def _near(self, gap: float) -> float:
        """A cost that is good enough: within `gap` (a share) of the bound, or any where the search is quick."""
        return ANY_COST if self.quick else self.bound + gap * abs(self.bound)

    def _basket(self, problem: Problem, attempt: int) -> Basket:
        """Whole servings from the most promising columns; from all of them where those do not suffice."""
        target, reserve, margin = self._near(GAP), RESERVES[attempt], MARGINS[attempt]
        few = problem.model(self.relaxed.promising(COLUMNS), integer=True, reserve=reserve, margin=margin)
        basket = few.solve(seconds=self.seconds, gap=GAP / 4, seed=self.seed, options=stop_at(target))
        if basket.servings or self.quick:
            return basket
        full = problem.model(self.relaxed.columns, integer=True, reserve=reserve, margin=margin)
        more = stop_at(target, nodes=NODES * 10)
        return full.solve(seconds=self.seconds, gap=GAP, seed=self.seed, options=more)


def searches(search: Search) -> list[Search]:
    """The search with the dish chosen that each rule on reuse cooks, and then as it is.

    Which of many dishes to cook is a hard choice beside all others and an easy one before them: where the relaxation
    has not made it, a program makes it in which nothing else is whole.
    """
    problem, columns = search.problem, search.relaxed.columns
    open_ = [count for count in problem.book.counts if count.same and len(_served(count, search.relaxed)) > 1]
    if not open_:
        return [search]
    cooked = {count: _dish(count, search.relaxed) for count in open_}
    if all(_served(count, search.relaxed)[dish] >= count.least - WHOLE for count, dish in cooked.items()):
        return [replace(search, problem=_cooking(problem, cooked)), search]
    model = problem.model(columns, integer=False, choosing=True)
    options = stop_at(-math.inf, nodes=CHOICE_NODES)
    solution = model.model.solve(seconds=search.seconds, gap=CHOICE_GAP, seed=search.seed, options=options)
    if not solution.found:
        return [search]
    search = replace(search, least=max(search.least, solution.bound or search.least))
    posed = _cooking(problem, {count: _dish(count, model) for count in open_})
    relaxed = posed.model(columns, integer=False)
    bound = relaxed.model.solve(relaxed=True).objective
    return [search] if bound is None else [replace(search, problem=posed, relaxed=relaxed, bound=bound), search]


def _served(count: Count, model: BasketModel) -> dict[str, float]:
    """How often the last solution serves each food that counts."""
    served: dict[str, float] = defaultdict(float)
    for column, uses in zip(model.columns, model.servings(), strict=True):
        if count.fits(column.option.food, column.option.meal):
            served[column.option.food] += uses
    return served


def _dish(count: Count, model: BasketModel) -> str:
    """The food that the last solution serves as often as asked, or nearly."""
    served = _served(count, model)
    return min(served, key=lambda food: abs(served[food] - count.least))


def _cooking(problem: Problem, cooked: Mapping[Count, str]) -> Problem:
    """The same week with the dishes chosen."""
    counts = (replace(c, foods=frozenset({cooked[c]})) if c in cooked else c for c in problem.book.counts)
    return replace(problem, book=replace(problem.book, counts=tuple(counts)))


def firm(problem: Problem, relaxed: BasketModel) -> Problem:
    """The same week with those soft minima made hard that the relaxation meets, or hardly misses.

    No gap for want of rounding, and none so small that nobody would ask a clinician about it.
    """
    means = relaxed.means()

    def met(bound: Bound) -> bool:
        if bound.hard or not bound.low or bound.high is not None:
            return False
        if bound.period == "week_mean":
            return means[bound.nutrient] >= bound.low * (1 - NEARLY)
        return _helped(bound, relaxed) >= 1 - NEARLY

    return replace(problem, bounds=[replace(bound, hard=True) if met(bound) else bound for bound in problem.bounds])


def _helped(bound: Bound, relaxed: BasketModel) -> float:
    """The share of a minimum of each day, or of the meal that has least of it, that the relaxation's servings bring.

    What one serving brings above the minimum helps no other day and no other meal.
    """
    low, brought = bound.low or 0.0, dict[str, float]()
    for column, count in zip(relaxed.columns, relaxed.servings(), strict=True):
        at = column.option.meal if bound.period == "meal" else ""
        if bound.period != "meal" or bound.about(column.option.meal):
            brought[at] = brought.get(at, 0.0) + min(column.amounts[bound.nutrient], low) * count
    return min(brought.values(), default=0.0) / (low * DAYS)


def _twice(table: Table) -> bool:
    """Whether a food was dealt twice to one meal: then only trades can make it a meal."""
    foods = [column.option.food for column in table.servings()]
    return len(set(foods)) < len(foods)


def alternatives(problem: Problem, relaxed: BasketModel) -> dict[tuple[str, str], list[Option]]:
    """For each meal and role the few options that the relaxation finds most promising.

    Among them some of the servings that a rules file asks for, some of those that it does not limit, and some that
    help a meal to keep its hard bounds.
    """
    best: dict[tuple[str, str], dict[Option, float]] = defaultdict(dict)
    for column, reduced in zip(relaxed.columns, relaxed.reduced_costs(), strict=True):
        options = best[column.option.meal, column.option.role]
        options[column.option] = min(reduced, options.get(column.option, reduced))
    bounds = [bound for bound in problem.bounds if bound.period == "meal" and bound.hard and not bound.is_occasion]
    found = {}
    for (meal, role), options in best.items():
        ranked = sorted(options, key=options.__getitem__)
        chosen = ranked[:TRADES]
        for count in problem.book.counts:
            wanted = [option for option in ranked if count.fits(option.food, option.meal) is bool(count.least)]
            chosen += [option for option in wanted[:MORE_TRADES] if option not in chosen]
        for bound in bounds:
            if bound.about(meal):
                helpful = sorted(ranked[:PROMISING], key=partial(_help, problem, bound), reverse=True)[:MORE_TRADES]
                chosen += [option for option in helpful if option not in chosen]
        found[meal, role] = chosen
    return found


def _help(problem: Problem, bound: Bound, option: Option) -> float:
    """How much the option can do for a minimum, or how little it can do against a maximum."""
    grams = [serving.grams for serving in option.servings]
    per_gram = problem.amounts[option.food][bound.nutrient]
    return per_gram * max(grams) if bound.low else -per_gram * min(grams)


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
