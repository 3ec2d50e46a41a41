"""From a person and their targets to the menus of every week, or the conflict that forbids them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from boneplan.absorption import estimate_notice
from boneplan.foods.eligible import BUDGET, Exclusion
from boneplan.foods.table import NUTRIENTS, FoodTable
from boneplan.lp import solver_name
from boneplan.menu.basket import DAYS, Column
from boneplan.menu.bounds import LIMIT_COUNTS_SUPPLEMENTS, declared_amounts
from boneplan.menu.case import MenuCase
from boneplan.menu.clash import clashes, conflict_of
from boneplan.menu.conflict import Rebuild, Solvable, explain, explain_days, feasible
from boneplan.menu.excess import excess
from boneplan.menu.portions import Placed
from boneplan.menu.problem import Problem
from boneplan.menu.week import NoWeek, Week
from boneplan.plan import Conflict, Day, Gap, Item, Meal, Menu, Notice, Solve, SupplementTaken, Target
from boneplan.profile import Profile
from boneplan.rules import Rules
from boneplan.timing.clock import Clock, meal_times

MISSED = 0.0005  # a target missed by less than this share is met: amounts are printed to fewer digits


@dataclass(frozen=True)
class MenuResult:
    """The menu with its gaps, or an empty one with the conflict that forbids it."""

    menu: Menu
    conflict: Conflict | None = None
    notices: tuple[Notice, ...] = ()


def plan_menu(
    case: MenuCase, *, weeks: int, seconds: float, progress: Callable[[int], None] = lambda _: None
) -> MenuResult:
    """Menus for `weeks` weeks. `seconds` bounds each search; `progress` is told the number of each finished week."""
    profile, targets, supplements = case.profile, case.targets, case.supplements
    days: list[Day] = []
    solved: list[Week] = []
    before: frozenset[str] = frozenset()
    took = 0.0
    for week in range(weeks):

        def posed(
            without: frozenset[str],
            taken: Sequence[SupplementTaken] | None = None,
            week: int = week,
            before: frozenset[str] = before,
        ) -> Problem:
            return case.problem(week, before, without=without, supplements=taken)

        def solvable(problem: Problem) -> bool:
            return isinstance(case.solve(problem, seconds), Week)

        if case.rules != Rules() and (found_clashes := clashes(targets, case.bounds(), case.counts, case.excluded)):
            without_them = conflict_of(found_clashes, lambda dropped: feasible(posed(dropped)))
            return MenuResult(Menu(supplements=list(supplements)), without_them)
        problem = posed(frozenset())
        found = case.solve(problem, seconds)
        if isinstance(found, NoWeek):
            over = excess(supplements, targets, partial(posed, frozenset()), solvable)
            return MenuResult(
                Menu(supplements=list(supplements)), over or _conflict(found, problem, case.excluded, posed, solvable)
            )
        solved.append(found)
        took += found.seconds
        days += _days(found, case.clock, case.table, case.start + dt.timedelta(days=DAYS * week))
        before = frozenset(p.column.option.food for p in found.placed)
        progress(week + 1)
    objective, bound = sum(w.objective for w in solved), sum(w.bound for w in solved)
    menu = Menu(
        days=days,
        supplements=list(supplements),
        gaps=_gaps(days, targets, supplements),
        solve=Solve(
            solver=solver_name(),
            objective=round(objective, 3),
            bound=round(bound, 3),
            gap=round((objective - bound) / max(abs(bound), 1e-9), 5),
            seconds=round(took, 3),
            status="every hard bound holds; cost within the gap of the weeks' lower bound",
        ),
    )
    return MenuResult(menu, notices=tuple(_notices(profile, case.excluded, days, targets, supplements)))


def _conflict(
    found: NoWeek, problem: Problem, excluded: Sequence[Exclusion], rebuild: Rebuild, solvable: Solvable
) -> Conflict:
    if found.infeasible:
        return explain(problem, excluded, rebuild, solvable)
    return explain_days(found, problem, excluded, rebuild, solvable)


def _days(week: Week, clock: Clock, table: FoodTable, start: dt.date) -> list[Day]:
    codes = dict(zip(table.foods.index, table.foods["fndds_code"].astype(int), strict=True))
    names = dict(zip(table.foods.index, table.foods["name"].astype(str), strict=True))
    days = []
    for number, tables in enumerate(week.tables):
        date = start + dt.timedelta(days=number)
        times = meal_times(clock, date)
        meals = []
        totals = dict.fromkeys(NUTRIENTS, 0.0)
        for index, laid in enumerate(tables):
            # In the order in which the pattern names its roles: what the meal is made of first, the drink last.
            served = [p for p in week.placed if (p.day, p.table) == (number, index)]
            served.sort(key=partial(_place_of, list(laid.pattern.foods)))
            items = [_item(p.column, codes, names) for p in served]
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


def _week_means(days: Sequence[Day], nutrient: str) -> list[float]:
    """What food brings of a nutrient a day, as the mean of each week."""
    weeks = (days[i : i + DAYS] for i in range(0, len(days), DAYS))
    return [sum(day.totals[nutrient] for day in week) / len(week) for week in weeks]


def _notices(
    profile: Profile,
    excluded: Sequence[Exclusion],
    days: Sequence[Day],
    targets: Sequence[Target],
    supplements: Sequence[SupplementTaken],
) -> list[Notice]:
    """What the person should know of a menu that keeps every hard bound: soft limits passed, words not understood."""
    found = [estimate_notice()]
    declared = declared_amounts(supplements)
    for target in targets:
        if target.max is None or target.hard or target.period != "week_mean":
            continue
        taken = declared.get(target.nutrient, 0.0) if target.nutrient in LIMIT_COUNTS_SUPPLEMENTS else 0.0
        most = taken + max(_week_means(days, target.nutrient))
        if most > target.max * (1 + MISSED):
            name, unit = target.nutrient.replace("_", " "), target.unit.replace("ug", "µg")
            text = (
                f"The week brings {most:,.0f} {unit} of {name} a day, above the {target.max:,g} {unit} "
                f"advised at most{' (declared supplements counted)' if taken else ''}. Ask your care team about it."
            )
            found.append(Notice(level="warn", rule=target.rule, text=text, source=target.source, scope="menu"))
    for exclusion in excluded:
        if exclusion.rule.startswith(("diet/dislike/", "rules/ban")) and not exclusion.foods:
            word = exclusion.word or exclusion.rule.rpartition("/")[2]
            text = f"No food of the table is called {word!r}, so there was nothing to leave out; check its spelling."
            found.append(Notice(level="info", rule=exclusion.rule, text=text, scope="menu", basis="project"))
    if profile.diet.budget_per_day is not None:
        text = "Costs are US average prices of 2017-2018; the week's mean keeps the budget. Shops ask more today."
        found.append(Notice(level="info", rule=BUDGET, text=text, source="USDA ERS, PP-NAP 2017/2018", scope="menu"))
    return found


def _place_of(roles: list[str], placed: Placed) -> int:
    return roles.index(placed.column.option.role)


def _item(column: Column, codes: dict[str, int], names: dict[str, str]) -> Item:
    food, serving = column.option.food, column.serving
    return Item(
        food=food,
        fndds_code=codes[food],
        name=names[food],
        grams=serving.grams,
        measure=serving.measure.text_of(serving.steps),
        role=column.option.role,
    )


def _gaps(days: Sequence[Day], targets: Sequence[Target], supplements: Sequence[SupplementTaken]) -> list[Gap]:
    """Every soft minimum that food and declared supplements together do not reach, as the mean of its worst week."""
    declared = declared_amounts(supplements)
    gaps = []
    for target in targets:
        if target.min is None or target.hard or target.period != "week_mean":
            continue
        food = min(_week_means(days, target.nutrient))
        taken = declared.get(target.nutrient, 0.0)
        if food + taken >= target.min * (1 - MISSED):
            continue
        missing = round(target.min - round(food, 2) - taken, 2)
        gaps.append(
            Gap(
                nutrient=target.nutrient,
                unit=target.unit,
                target=target.min,
                food=round(food, 2),
                supplements=taken,
                missing=missing,
                ask="Ask your clinician how to close this gap: boneplan does not dose supplements.",
            )
        )
    return gaps
