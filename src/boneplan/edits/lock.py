"""Locking what a plan serves: no later change of the plan moves it."""

from __future__ import annotations

import datetime as dt

from boneplan.errors import InputError
from boneplan.plan import Item, MealName, Plan


def lock(
    plan: Plan, date: dt.date, meal: MealName | None = None, food: str | None = None, *, on: bool = True
) -> Plan:
    """The plan with the items of that day, of that meal, of that food (words of its name, or its id) locked or free.

    Nothing else changes, and calendars have nothing to follow. Raises InputError where there is nothing of the kind.
    """
    plan = plan.model_copy(deep=True)
    meals = [served for day in plan.menu.days if day.date == date for served in day.meals]
    if not meals:
        raise InputError(f"--day: the plan has no menu on {date}: choose one of its days")
    there = [served for served in meals if meal in (None, served.meal)]
    if not there:
        offered = ", ".join(served.meal for served in meals)
        raise InputError(f"--meal: the plan has no {meal} on {date}: choose one of {offered}")
    items = [item for served in there for item in served.items if food is None or _is_called(item, food)]
    if not items:
        at = f"{meal} of {date}" if meal else f"{date}"
        raise InputError(f"--food: nothing at {at} is called {food!r}: write it as the plan does")
    for item in items:
        item.locked = on
    return plan


def _is_called(item: Item, words: str) -> bool:
    name = item.name.casefold()
    return item.food == words or all(word in name for word in words.casefold().split())
