"""A plan document read back as what the menu's model knows: each week's tables with the portion in every place."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from boneplan.errors import InputError
from boneplan.foods.measures import Measure
from boneplan.menu.case import MenuCase
from boneplan.menu.deal import Place, Table
from boneplan.menu.options import PORTION_WEIGHT, Option, Serving, measures_by_food
from boneplan.menu.patterns import DAYS, Pattern
from boneplan.menu.portions import Placed
from boneplan.menu.problem import Problem
from boneplan.menu.served import Column
from boneplan.plan import Day, Item, Meal, MealName, Plan

Key = tuple[MealName, str, str]
"""The meal, the role and the food of an option."""

SAME_GRAMS = 0.05  # amounts are printed to 0.1 g
OLDER = "the plan is of an older version, which did not say what"
AGAIN = "plan again with this version, then change the plan"


class Gone(InputError):
    """Something on the plan's tables is not offered there any more, be it by a new rule or by other food tables."""


@dataclass(frozen=True)
class Laid:
    """One week of a plan: its problem, its `tables` (day × meal, in the plan's order) and what stands on them.

    `before` are the foods of the week before. A portion that no option of the problem has is added to its option, so
    that the problem's relaxation is a lower bound of this week too.
    """

    problem: Problem
    tables: list[list[Table]]
    placed: list[Placed]
    before: frozenset[str]


def laid(case: MenuCase, plan: Plan, week: int = 0) -> Laid:
    """Week number `week` (from 0) of the menus of `plan`, whose case is `case`.

    Raises InputError where the plan has no such menus, or was made by a version that did not say what each item does
    in its meal, or from other food tables.
    """
    days = plan.menu.days[DAYS * week : DAYS * (week + 1)]
    if len(days) < DAYS:
        raise InputError(f"menu: no menus of week {week + 1}: there is nothing to look at or to change")
    before = foods_of(plan.menu.days[DAYS * (week - 1) : DAYS * week]) if week else frozenset[str]()
    problem = with_portions(case, case.problem(week, before), days)
    options = {(option.meal, option.role, option.food): option for option in problem.options}
    patterns = {pattern.key: pattern for pattern in (*case.book.patterns, *problem.patterns)}
    tables: list[list[Table]] = []
    placed: list[Placed] = []
    for number, day in enumerate(days):
        tables.append([])
        for index, meal in enumerate(day.meals):
            columns = [_column(problem, options, day, meal, item) for item in meal.items]
            tables[-1].append(laid_table(_pattern(patterns, day, meal), number, columns))
            placed += [Placed(number, index, column) for column in columns]
    return Laid(problem, tables, placed, before)


def foods_of(days: Sequence[Day]) -> frozenset[str]:
    """The foods on the menus of these days."""
    return frozenset(item.food for day in days for meal in day.meals for item in meal.items)


def laid_table(pattern: Pattern, day: int, columns: Sequence[Column]) -> Table:
    """A table of that pattern with the columns in the places of their roles."""
    table = Table(pattern, day)
    waiting: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        waiting[column.option.role].append(column)
    for role, (least, most) in pattern.foods.items():
        served = waiting[role]
        for k in range(max(most, len(served))):
            table.places.append(Place(table, role, k < least, served[k] if k < len(served) else None))
    return table


def with_portions(case: MenuCase, problem: Problem, days: Sequence[Day]) -> Problem:
    """`problem` with every portion that stands on the menus of `days` among the servings of its option."""
    made: defaultdict[Key, set[Serving]] = defaultdict(set)
    options = {(option.meal, option.role, option.food): option for option in problem.options}
    for day in days:
        for meal in day.meals:
            for item in meal.items:
                key = meal.meal, item.role, item.food
                if (option := options.get(key)) and serving_number(option, item.grams, item.measure) is None:
                    made[key].add(_serving(case, option, day, meal, item))
    if not made:
        return problem
    return replace(problem, options=[_with(option, made) for option in problem.options])


def _with(option: Option, made: Mapping[Key, set[Serving]]) -> Option:
    more = sorted(made.get((option.meal, option.role, option.food), ()), key=lambda serving: serving.grams)
    return replace(option, servings=(*option.servings, *more)) if more else option


def serving_number(option: Option, grams: float, measure: str) -> int | None:
    """Which serving of the option is so many grams in that measure; None where there is none."""
    for k, serving in enumerate(option.servings):
        if abs(serving.grams - grams) < SAME_GRAMS and serving.measure.text_of(serving.steps) == measure:
            return k
    return None


def serving_of(option: Option, measure: Measure, steps: int) -> Serving:
    """A portion of another size than those of the option, at a cost that grows with the distance from them."""
    grams = measure.grams_of(steps)
    near = min(option.servings, key=lambda serving: abs(math.log(serving.grams / grams)))
    return Serving(grams, measure, steps, near.cost + PORTION_WEIGHT * abs(math.log(near.grams / grams)))


def _serving(case: MenuCase, option: Option, day: Day, meal: Meal, item: Item) -> Serving:
    for measure in measures_by_food(case.table)[item.food]:
        steps = round(item.grams / (measure.grams * measure.step))
        same = steps > 0 and abs(measure.grams_of(steps) - item.grams) < SAME_GRAMS
        if same and measure.text_of(steps) == item.measure:
            return serving_of(option, measure, steps)
    raise InputError(f"{_at(day, meal)}: {item.measure!r} is no measure of {item.food} any more: {AGAIN}")


def _column(problem: Problem, options: Mapping[Key, Option], day: Day, meal: Meal, item: Item) -> Column:
    if not item.role:
        raise InputError(f"{_at(day, meal)}: {OLDER} each food does in its meal: {AGAIN}")
    option = options.get((meal.meal, item.role, item.food))
    if option is None:
        raise Gone(f"{_at(day, meal)}: {item.food} is not offered there any more: {AGAIN}")
    number = serving_number(option, item.grams, item.measure)
    assert number is not None, "`with_portions` adds what stands on the menus"
    return problem.column(option, number)


def _pattern(patterns: dict[str, Pattern], day: Day, meal: Meal) -> Pattern:
    if not meal.pattern:
        raise InputError(f"{_at(day, meal)}: {OLDER} kind of meal it is: {AGAIN}")
    if meal.pattern not in patterns:
        raise InputError(f"{_at(day, meal)}: {meal.pattern!r} is no kind of meal that boneplan knows: {AGAIN}")
    return patterns[meal.pattern]


def _at(day: Day, meal: Meal) -> str:
    return f"{day.date} {meal.meal}"
