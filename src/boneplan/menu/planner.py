"""From a person and their targets to the menus of every week, or the conflict that forbids them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from boneplan.absorption import estimate_notice
from boneplan.foods.eligible import BUDGET
from boneplan.foods.table import NUTRIENTS
from boneplan.lp import solver_name
from boneplan.menu.asked import weekday
from boneplan.menu.case import MenuCase
from boneplan.menu.conflict import contradictions, explain
from boneplan.menu.missed import gaps, passed
from boneplan.menu.patterns import DAYS
from boneplan.menu.portions import Placed
from boneplan.menu.served import Column
from boneplan.menu.week import NoWeek, Week
from boneplan.plan import Conflict, Day, Item, Meal, Menu, Notice, Solve
from boneplan.rules.schema import Rules, rule_id
from boneplan.timing.clock import meal_times


@dataclass(frozen=True)
class MenuResult:
    """The menu with its gaps, or an empty one with the conflict that forbids it, and `others` that do as well."""

    menu: Menu
    conflict: Conflict | None = None
    notices: tuple[Notice, ...] = ()
    others: tuple[Conflict, ...] = ()


def plan_menu(
    case: MenuCase, *, weeks: int, seconds: float, progress: Callable[[int], None] = lambda _: None
) -> MenuResult:
    """Menus for `weeks` weeks. `seconds` bounds each search; `progress` is told the number of each finished week."""
    targets, supplements = case.targets, case.supplements
    days: list[Day] = []
    solved: list[Week] = []
    before: frozenset[str] = frozenset()
    took = 0.0
    for week in range(weeks):
        if case.rules != Rules() and (conflicts := contradictions(case, week=week, before=before, seconds=seconds)):
            return _forbidden(case, conflicts)
        found = case.solve(case.problem(week, before), seconds)
        if isinstance(found, NoWeek):
            return _forbidden(case, explain(case, found, week=week, before=before, seconds=seconds))
        solved.append(found)
        took += found.seconds
        days += days_of(found, case, week)
        before = frozenset(p.column.option.food for p in found.placed)
        progress(week + 1)
    objective, bound = sum(w.objective for w in solved), sum(w.bound for w in solved)
    menu = Menu(
        days=days,
        supplements=list(supplements),
        gaps=gaps(days, targets, supplements, case.amounts),
        solve=solved_as(
            objective, bound, took, "every hard bound holds; cost within the gap of the weeks' lower bound"
        ),
    )
    return MenuResult(menu, notices=tuple(menu_notices(case, days)))


def solved_as(objective: float, bound: float, seconds: float, status: str) -> Solve:
    """How menus were found, as plans tell it: their cost and its lower bound, both of all weeks."""
    return Solve(
        solver=solver_name(),
        objective=round(objective, 3),
        bound=round(bound, 3),
        gap=round((objective - bound) / max(abs(bound), 1e-9), 5),
        seconds=round(seconds, 3),
        status=status,
    )


def _forbidden(case: MenuCase, conflicts: Sequence[Conflict]) -> MenuResult:
    first, *others = conflicts
    return MenuResult(Menu(supplements=list(case.supplements)), first, others=tuple(others))


def days_of(found: Week, case: MenuCase, week: int) -> list[Day]:
    """The menus of week number `week` (from 0) of the case, as plans print them."""
    table, start = case.table, case.start + dt.timedelta(days=DAYS * week)
    codes = dict(zip(table.foods.index, table.foods["fndds_code"].astype(int), strict=True))
    names = dict(zip(table.foods.index, table.foods["name"].astype(str), strict=True))
    days = []
    for number, tables in enumerate(found.tables):
        date = start + dt.timedelta(days=number)
        times = meal_times(case.clock, date)
        meals = []
        totals = dict.fromkeys(NUTRIENTS, 0.0)
        for index, laid in enumerate(tables):
            # In the order in which the pattern names its roles: what the meal is made of first, the drink last.
            served = [p for p in found.placed if (p.day, p.table) == (number, index)]
            served.sort(key=partial(_place_of, list(laid.pattern.foods)))
            items = [item_of(p.column, codes, names) for p in served]
            for p in served:
                for nutrient in NUTRIENTS:
                    totals[nutrient] += p.column.amounts[nutrient]
            pattern = laid.pattern
            meal = pattern.meal
            meals.append(Meal(meal=meal, time=times[meal], items=items, title=pattern.title, pattern=pattern.key))
        meals.sort(key=lambda meal: meal.time)
        rounded = {nutrient: round(amount, 2) for nutrient, amount in totals.items()}
        days.append(Day(date=date, meals=meals, totals=rounded))
    return days


def menu_notices(case: MenuCase, days: Sequence[Day]) -> list[Notice]:
    """What the person should know of a menu that keeps every hard bound: soft limits passed, words not understood."""
    found = [estimate_notice(), *passed(days, case.targets, case.supplements, case.amounts)]
    for exclusion in case.excluded:
        if exclusion.rule.startswith(("diet/dislike/", "rules/ban")) and not exclusion.foods:
            word = exclusion.word or exclusion.rule.rpartition("/")[2]
            text = (
                f"No menu ever holds {word!r}: no food of the table is called so. "
                "If another food is meant, write it as `boneplan foods search` has it."
            )
            found.append(Notice(level="info", rule=exclusion.rule, text=text, scope="menu", basis="project"))
    planned = {day.date for day in days}
    for number, pin in enumerate(case.rules.pin):
        if planned and planned.isdisjoint(pin.on) and not any(weekday(date) in pin.on for date in planned):
            text = f"{pin.food} at {pin.at} on {' and '.join(map(str, pin.on))}: none of these days is in this plan."
            rule = rule_id("pin", number)
            found.append(Notice(level="info", rule=rule, text=text, scope="menu", basis="rules"))
    if case.profile.diet.budget_per_day is not None:
        text = "Costs are US average prices of 2017-2018; the week's mean keeps the budget. Shops ask more today."
        found.append(Notice(level="info", rule=BUDGET, text=text, source="USDA ERS, PP-NAP 2017/2018", scope="menu"))
    return found


def _place_of(roles: list[str], placed: Placed) -> int:
    return roles.index(placed.column.option.role)


def item_of(column: Column, codes: Mapping[str, int], names: Mapping[str, str]) -> Item:
    """The portion as a plan prints it; `codes` and `names` are those of the foods."""
    food, serving = column.option.food, column.serving
    return Item(
        food=food,
        fndds_code=codes[food],
        name=names[food],
        grams=serving.grams,
        measure=serving.measure.text_of(serving.steps),
        role=column.option.role,
    )
