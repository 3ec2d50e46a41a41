"""Which parts of a plan's meals are open to a change: whole meals, single places, or the portions alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from boneplan.edits.model import Free
from boneplan.edits.portion import Portion, in_portion
from boneplan.errors import InputError
from boneplan.menu.case import MenuCase
from boneplan.menu.laid import Laid, laid
from boneplan.menu.patterns import DAYS
from boneplan.menu.served import Column
from boneplan.plan import Item, Meal, MealName, Plan


@dataclass(frozen=True)
class Opening:
    """One meal of a plan that may change: number `meal` of day number `day`, both from 0.

    `stays` are foods that stay as they are, portion and all. With `same_kind` it remains the same kind of meal, and
    only `roles` are open (None: all of them). `portions` are foods that stay in other portions. `without` are foods
    that are not served, `asked` those of which one must be, in `portion` where it is given; `pulls` is as for `Free`.
    """

    day: int
    meal: int
    stays: frozenset[str] = frozenset()
    same_kind: bool = False
    roles: frozenset[str] | None = None
    portions: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    portion: Portion | None = None
    pulls: Mapping[str, float] = field(default_factory=dict)

    @property
    def week(self) -> int:
        """The number of its week, from 0."""
        return self.day // DAYS


def meal_of(plan: Plan, opening: Opening) -> Meal:
    """The meal as it stands."""
    return plan.menu.days[opening.day].meals[opening.meal]


def place(plan: Plan, date: dt.date, meal: MealName) -> Opening:
    """That meal of that day. Raises InputError where the plan has none."""
    day = day_number(plan, date)
    for index, served in enumerate(plan.menu.days[day].meals):
        if served.meal == meal:
            return Opening(day, index)
    served_there = ", ".join(served.meal for served in plan.menu.days[day].meals)
    raise InputError(f"--meal: the plan has no {meal} on {date}: choose one of {served_there}")


def day_number(plan: Plan, date: dt.date) -> int:
    """The number of the day in the plan's menus, from 0. Raises InputError where it has none."""
    if not plan.menu.days:
        raise InputError("menu: this plan has no menus: there is nothing to change")
    for number, day in enumerate(plan.menu.days):
        if day.date == date:
            return number
    first, last = plan.menu.days[0].date, plan.menu.days[-1].date
    raise InputError(f"--day: {date} is not in the plan: choose a day from {first} to {last}")


def where(plan: Plan, at: Opening) -> str:
    """Such as "lunch on Monday 23 November"."""
    date = plan.menu.days[at.day].date
    return f"{meal_of(plan, at).meal} on {date:%A} {date.day} {date:%B}"


def opened(case: MenuCase, plan: Plan, openings: Sequence[Opening]) -> tuple[Laid, list[Free]]:
    """The week of the openings, all of one week, with nothing in their free places; and what may stand there."""
    week = openings[0].week
    left = {(o.day, o.meal): [i for i in meal_of(plan, o).items if i.food in o.stays] for o in openings}
    stands = laid(case, _with_items(plan, left), week)
    columns = stands.problem.columns()
    return stands, [_free(plan, stands, opening, columns) for opening in openings]


def _with_items(plan: Plan, items: Mapping[tuple[int, int], list[Item]]) -> Plan:
    """The plan with other items in some meals, given by the numbers of day and meal; the rest of it is shared."""
    days = [
        day.model_copy(
            update={
                "meals": [
                    meal.model_copy(update={"items": items.get((number, index), meal.items)})
                    for index, meal in enumerate(day.meals)
                ]
            }
        )
        if any(number == changed for changed, _ in items)
        else day
        for number, day in enumerate(plan.menu.days)
    ]
    return plan.model_copy(update={"menu": plan.menu.model_copy(update={"days": days})})


def _free(plan: Plan, stands: Laid, opening: Opening, columns: Sequence[Column]) -> Free:
    meal = meal_of(plan, opening)
    own = stands.tables[opening.day % DAYS][opening.meal].pattern
    kinds = [own] if opening.same_kind else [p for p in stands.problem.patterns if p.meal == meal.meal]
    roles = {item.food: item.role for item in meal.items}

    def may(column: Column) -> bool:
        option = column.option
        if option.meal != meal.meal or option.food in opening.without:
            return False
        if option.food in opening.portions and roles.get(option.food) == option.role:
            return True
        return opening.roles is None or option.role in opening.roles

    free = [column for column in columns if may(column)]
    if opening.portion is not None:
        free = in_portion(stands.problem, free, opening.asked, opening.portion)
    return Free(opening.day % DAYS, opening.meal, meal.meal, kinds, free, opening.asked, opening.pulls)
