"""Why a food is, or is not, on the menus of a plan."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from boneplan.explain.prices import optimum
from boneplan.menu.case import MenuCase
from boneplan.menu.laid import foods_of, laid
from boneplan.menu.live import LiveBasket
from boneplan.menu.options import usual_portions
from boneplan.menu.patterns import DAYS
from boneplan.menu.problem import Problem
from boneplan.menu.said import in_words, member
from boneplan.menu.search import firm
from boneplan.plan import Clashing, Item, MealName, Plan

State = Literal["kept out", "never eaten", "no kind of meal", "no portion", "possible"]
LEAST = 1e-6


@dataclass(frozen=True)
class AtMeal:
    """What becomes of the food at one meal.

    "kept out" by the `rules`; "never eaten" there by people of the survey; it plays no part in any "kind of meal"
    there; "no portion" of it keeps the limits in `over`; or "possible": then `priced_out` is the reduced cost of its
    best portion (None where that is unknown), and `with_one` what a week that holds one serving costs more, solved
    again (None: no week can).
    """

    meal: MealName
    state: State
    rules: Sequence[Clashing] = ()
    over: Sequence[str] = ()
    priced_out: float | None = None
    with_one: float | None = None

    @property
    def times_as_usual(self) -> float | None:
        """How many times as usual the food would have to be, for the best week to hold it there."""
        return None if self.priced_out is None else math.exp(self.priced_out)


@dataclass(frozen=True)
class Whereabouts:
    """A food and a plan's menus: when it is `served` (date, meal, portion), and what becomes of it `at` meals."""

    food: str
    served: Sequence[tuple[dt.date, MealName, Item]]
    at: Sequence[AtMeal]

    @property
    def may_stand(self) -> bool:
        """Whether it stands on the menus, or could."""
        return bool(self.served) or any(at.state == "possible" for at in self.at)

    @property
    def kept_out(self) -> bool:
        """Whether rules keep it out of every meal at which it could stand."""
        return not self.may_stand and any(at.rules for at in self.at)


def whereabouts(case: MenuCase, plan: Plan, food: str, week: int = 0) -> Whereabouts:
    """What the plan of `case` does with a food, by its id; prices are those of week number `week` (from 0).

    Raises InputError where the menus are not what the tables come to today.
    """
    served = [
        (day.date, meal.meal, item)
        for day in plan.menu.days
        for meal in day.meals
        for item in meal.items
        if item.food == food
    ]
    basket = None
    before = foods_of(plan.menu.days[DAYS * (week - 1) : DAYS * week]) if week else frozenset[str]()
    problem = case.problem(week, before)
    if plan.menu.days:
        problem = laid(case, plan, week).problem
        basket = LiveBasket(problem)
        if basket.solution.found:
            basket.move(firm(problem, basket))
    found = [_at(case, problem, basket, food, meal, week) for meal in case.meals]
    return Whereabouts(food, served, found)


def _at(case: MenuCase, problem: Problem, basket: LiveBasket | None, food: str, meal: MealName, week: int) -> AtMeal:
    rules = [e for e in case.excluded if food in e.foods and meal in e.meals]
    if rules:
        named = [member(case, week, e.rule) for e in rules]
        own = [said.model_copy(update={"text": e.text}) for said, e in zip(named, rules, strict=True)]
        return AtMeal(meal, "kept out", rules=own)
    if any((option.food, option.meal) == (food, meal) for option in problem.options):
        return _priced(basket, food, meal)
    rows = usual_portions(case.table, "women" if case.profile.sex == "female" else "men")
    eaten = rows[(rows["food_id"] == food) & (rows["meal"] == meal)]
    if eaten.empty:
        return AtMeal(meal, "never eaten")
    roles = {role for pattern in problem.patterns if pattern.meal == meal for role in pattern.foods}
    foods = case.table.foods
    category, text = int(foods["category"].to_dict()[food]), str(foods["description"].to_dict()[food])
    if not any(case.book.roles[role].takes(category, text) for role in roles):
        return AtMeal(meal, "no kind of meal")
    least = float(eaten["g_p10"].iloc[0])
    over = [
        in_words(bound)
        for bound in problem.bounds
        if bound.period != "week_mean" and bound.hard and bound.high is not None and not bound.is_occasion
        if bound.about(meal) and case.amounts[food][bound.nutrient] * least > bound.high
    ]
    return AtMeal(meal, "no portion", over=over)


def _priced(basket: LiveBasket | None, food: str, meal: MealName) -> AtMeal:
    base = optimum(basket) if basket is not None else None
    if basket is None or base is None:
        return AtMeal(meal, "possible")
    own = [
        number
        for number, column in enumerate(basket.columns)
        if (column.option.food, column.option.meal) == (food, meal)
    ]
    reduced = basket.reduced_costs()
    price = max(0.0, min(reduced[number] for number in own))
    live, name = basket.live, f"one/{meal}/{food}"
    live.row(name, [(basket.uses[number], 1.0) for number in own], low=1.0)
    with_one = live.solve(relaxed=True).objective
    for row in live.numbers(name):
        live.set_row(row)
    live.solve(relaxed=True)
    costs = None if with_one is None else max(0.0, with_one - base.cost)
    return AtMeal(meal, "possible", priced_out=price if price > LEAST else 0.0, with_one=costs)
