"""A changed meal written back: the plan's menu with new items, totals, gaps and figures of the solve."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from boneplan.edits.model import Filled
from boneplan.foods.table import NUTRIENTS
from boneplan.menu.case import MenuCase
from boneplan.menu.cost import true_cost
from boneplan.menu.laid import Laid, laid
from boneplan.menu.missed import gaps
from boneplan.menu.patterns import DAYS
from boneplan.menu.planner import days_of, item_of, solved_as
from boneplan.menu.week import Week
from boneplan.plan import Day, Meal, Menu, Plan


def with_locked(plan: Plan, day: int, meal: int, foods: Collection[str]) -> Plan:
    """`plan` with the items of `foods` locked in meal number `meal` of day number `day`, both from 0."""
    days = list(plan.menu.days)
    meals = list(days[day].meals)
    items = [item.model_copy(update={"locked": True}) if item.food in foods else item for item in meals[meal].items]
    meals[meal] = meals[meal].model_copy(update={"items": items})
    days[day] = days[day].model_copy(update={"meals": meals})
    return plan.model_copy(update={"menu": plan.menu.model_copy(update={"days": days})})


def with_week(case: MenuCase, plan: Plan, week: int, found: Week) -> Plan:
    """`plan` with all menus of week number `week` as `found`."""
    first, end = DAYS * week, DAYS * (week + 1)
    days = [*plan.menu.days[:first], *days_of(found, case, week), *plan.menu.days[end:]]
    return plan.model_copy(update={"menu": plan.menu.model_copy(update={"days": days})})


def with_filled(case: MenuCase, plan: Plan, week: int, filled: Sequence[Filled]) -> Plan:
    """`plan` with the filled meals of week number `week` in their places; all other meals are the same objects.

    An item of a food that stood in the meal in the same portion stays as it was.
    """
    days = list(plan.menu.days)
    for chosen in filled:
        number = DAYS * week + chosen.free.day
        meals = list(days[number].meals)
        meals[chosen.free.table] = _meal(case, meals[chosen.free.table], chosen)
        changed = days[number].model_copy(update={"meals": meals})
        days[number] = changed.model_copy(update={"totals": {**changed.totals, **totals(case, changed)}})
    return plan.model_copy(update={"menu": plan.menu.model_copy(update={"days": days})})


def totals(case: MenuCase, day: Day) -> dict[str, float]:
    """What the food of a day brings, as plans print it."""
    served = [(case.amounts[item.food], item.grams) for meal in day.meals for item in meal.items]
    return {n: round(sum(per_gram[n] * grams for per_gram, grams in served), 2) for n in NUTRIENTS}


def priced(case: MenuCase, days: Sequence[Day]) -> float:
    """What the food of these days costs, in USD at the table's prices."""
    return sum(case.amounts[i.food]["price"] * i.grams for day in days for meal in day.meals for i in meal.items)


def cost_of(case: MenuCase, plan: Plan) -> float:
    """The model's cost of all weeks of the plan's menus, in the unit of `Solve.objective`."""
    weeks = [laid(case, plan, week) for week in range(plan.weeks)]
    return sum(true_cost(week.problem, week.tables, week.placed) for week in weeks)


def with_figures(case: MenuCase, plan: Plan, *, bound: float | None, seconds: float) -> Menu:
    """The plan's menu with its gaps and the figures of its solve added up anew.

    `bound` is the sum of the weeks' lower bounds, where it is still known; else the weeks' relaxations are solved.
    `seconds` is what the change took.
    """
    weeks = [laid(case, plan, week) for week in range(plan.weeks)]
    objective = sum(true_cost(week.problem, week.tables, week.placed) for week in weeks)
    least = sum(map(_bound, weeks)) if bound is None else bound
    before = plan.menu.solve
    solve = solved_as(
        objective,
        least,
        (before.seconds if before else 0.0) + seconds,
        "every hard bound holds; cost, after changes by hand, within the gap of the weeks' lower bound",
    )
    missing = gaps(plan.menu.days, case.targets, case.supplements, case.amounts)
    return plan.menu.model_copy(update={"supplements": list(case.supplements), "gaps": missing, "solve": solve})


def _bound(week: Laid) -> float:
    """The relaxation's cost of a week: no menu of it costs less."""
    model = week.problem.model(week.problem.columns(), integer=False).model
    least = model.solve(relaxed=True).objective
    assert least is not None, "a week that stands has a relaxation"
    return least


def _meal(case: MenuCase, before: Meal, chosen: Filled) -> Meal:
    roles = list(chosen.pattern.foods)
    columns = sorted(chosen.columns, key=lambda column: roles.index(column.option.role))
    stood = {(item.food, item.role, item.grams, item.measure): item for item in before.items}
    items = []
    for column in columns:
        item = item_of(column, *_names(case))
        items.append(stood.get((item.food, item.role, item.grams, item.measure), item))
    return before.model_copy(update={"items": items, "title": chosen.pattern.title, "pattern": chosen.pattern.key})


def _names(case: MenuCase) -> tuple[Mapping[str, int], Mapping[str, str]]:
    foods = case.table.foods
    codes, names = foods["fndds_code"].astype(int), foods["name"].astype(str)
    return dict(zip(foods.index, codes, strict=True)), dict(zip(foods.index, names, strict=True))
