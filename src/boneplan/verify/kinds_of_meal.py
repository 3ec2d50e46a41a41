"""Menus are meals: each is of a kind that people eat, and every food in it has its part there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from boneplan.plan import Day, Meal
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case, Served
from boneplan.verify.meal_patterns import MealPatterns, Pattern

GRAMS_TOLERANCE_SHARE = 0.01


def check_kinds_of_meal(case: Case) -> Iterator[Breach]:
    """Every meal against its kind in foods/meals.yaml; plans of earlier versions name none."""
    known = case.tables.meal_patterns
    meals = [(day, meal) for day in case.plan.menu.days for meal in day.meals]
    if known is None or not any(meal.pattern or any(item.role for item in meal.items) for _, meal in meals):
        return
    for day, meal in meals:
        where = f"{day.date} {meal.meal}"
        pattern = known.patterns.get(meal.pattern)
        if pattern is None:
            yield Breach("verify/kind-of-meal", where, f"{meal.pattern!r} is no kind of meal")
            continue
        yield from _kind(day, meal, pattern)
    for served in case.served:
        yield from _role(served, known)


def _kind(day: Day, meal: Meal, pattern: Pattern) -> Iterator[Breach]:
    """The name of a meal's kind, and how many foods it holds of each role."""
    where = f"{day.date} {meal.meal}"
    if pattern.meal != meal.meal:
        yield Breach("verify/kind-of-meal", where, f"{meal.pattern} is a kind of {pattern.meal}")
    if pattern.title != meal.title:
        yield Breach("verify/kind-of-meal", where, f"{meal.pattern} is {pattern.title!r}, not {meal.title!r}")
    counts = Counter(item.role for item in meal.items)
    for role in sorted(counts.keys() - pattern.foods.keys()):
        yield Breach("verify/kind-of-meal", where, f"{role!r} is no part of {meal.pattern}")
    for role, (least, most) in pattern.foods.items():
        if not least <= counts[role] <= most:
            asked = f"{least}" if least == most else f"{least} to {most}"
            yield Breach("verify/kind-of-meal", where, f"{counts[role]} of {role}, {meal.pattern} has {asked}")


def _role(served: Served, known: MealPatterns) -> Iterator[Breach]:
    """What the food is, and how much of it, against its role."""
    role, grams = known.roles.get(served.item.role), served.item.grams
    if role is None:
        return  # no part of any kind of meal: a breach of its meal
    if not role.takes(served.food):
        yield Breach("verify/role", served.where, f"it is no food for {served.item.role}")
    low, high = role.least_grams * (1 - GRAMS_TOLERANCE_SHARE), role.most_grams * (1 + GRAMS_TOLERANCE_SHARE)
    if not low <= grams <= high:
        limits = f"{role.least_grams:g} to {role.most_grams:g} g"
        yield Breach("verify/role", served.where, f"{grams:g} g, portions of {served.item.role} are {limits}")
