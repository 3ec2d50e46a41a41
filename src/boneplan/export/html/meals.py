"""The week at a glance: what is eaten at each meal of each day, and how much of it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from statistics import mode

from boneplan.choices import Measures
from boneplan.export.html.numbers import Number, Numbers
from boneplan.export.portions import portion_text
from boneplan.export.weeks import Week
from boneplan.export.words import meal_name, measures_of
from boneplan.plan import Meal, Plan

_WITHIN = re.compile(r"(?<=\d) (?=[¼½¾⅓⅔]|(?:g|ml)\b)")  # a figure, where no line may end


@dataclass(frozen=True)
class Portion:
    """One food: how much of it as a number of grams that is shown as a measure."""

    name: str
    much: Number
    locked: bool
    own: bool


@dataclass(frozen=True)
class Eaten:
    """One meal: its time and whether it is that of its column, what kind of meal it is, what is on the table."""

    name: str
    time: str
    usual: bool
    title: str
    portions: tuple[Portion, ...]


@dataclass(frozen=True)
class DayOfMeals:
    """One day: for each column of the week the meals of that name, mostly one."""

    date: str
    weekday: str
    name: str
    cells: tuple[tuple[Eaten, ...], ...]


@dataclass(frozen=True)
class WeekOfMeals:
    """A table of days by meals; `columns` are their names and usual times, in the order of the day."""

    title: str
    columns: tuple[tuple[str, str], ...]
    days: tuple[DayOfMeals, ...]


def week_of_meals(plan: Plan, week: Week, numbers: Numbers) -> WeekOfMeals:
    """The table of one week."""
    times: dict[str, list[str]] = {}
    for at in week.days:
        for meal in plan.menu.days[at].meals:
            times.setdefault(meal.meal, []).append(meal.time)
    usual = {name: mode(found) for name, found in times.items()}
    own, measures = {food.get("id") for food in plan.own_foods}, measures_of(plan)
    columns = sorted(usual, key=lambda name: usual[name])
    days = []
    for at in week.days:
        day = plan.menu.days[at]
        cells: dict[str, list[Eaten]] = {name: [] for name in columns}
        for m, meal in enumerate(day.meals):
            portions = _portions(meal, f"/menu/days/{at}/meals/{m}", numbers, own, measures)
            is_usual = meal.time == usual[meal.meal]
            cells[meal.meal].append(Eaten(meal_name(meal), meal.time, is_usual, meal.title, portions))
        name = f"{day.date.day} {day.date:%B}"
        days.append(DayOfMeals(day.date.isoformat(), f"{day.date:%A}", name, tuple(map(tuple, cells.values()))))
    return WeekOfMeals(week.title, tuple((name.capitalize(), usual[name]) for name in columns), tuple(days))


def _portions(
    meal: Meal, here: str, numbers: Numbers, own: Collection[object], measures: Measures
) -> tuple[Portion, ...]:
    return tuple(
        Portion(
            item.name,
            numbers.number(f"{here}/items/{i}/grams", _whole(portion_text(item, measures))),
            item.locked,
            item.food in own,
        )
        for i, item in enumerate(meal.items)
    )


def _whole(text: str) -> str:
    """`text` with "1 ¼" and "300 g" kept on one line each."""
    return _WITHIN.sub("\u00a0", text)
