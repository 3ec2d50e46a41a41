"""The amounts in the menu, added up again from the food table."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from boneplan.verify.absorption_rules import KEY as ABSORBED
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case, Served
from boneplan.verify.tables import NUTRIENTS

TOLERANCE = 0.05
TOLERANCE_SHARE = 0.005
REQUIRED_TOTALS = ("energy", "protein", "calcium", "vitamin_d", "vitamin_k", "sodium")


def add_up(served: Iterable[Served], nutrients: Iterable[str] = NUTRIENTS) -> dict[str, float]:
    """The amount of each nutrient in `served`, in the units of plan.json. What is unknown adds nothing."""
    portions = list(served)
    return {n: sum(s.food.amount(n, s.item.grams) or 0.0 for s in portions) for n in nutrients}


def by_day(case: Case) -> Mapping[dt.date, list[Served]]:
    """The portions of each day."""
    days: dict[dt.date, list[Served]] = {day.date: [] for day in case.plan.menu.days}
    for served in case.served:
        days[served.day.date].append(served)
    return days


def by_meal(case: Case) -> Mapping[tuple[dt.date, str], list[Served]]:
    """The portions of each meal of each day."""
    meals: dict[tuple[dt.date, str], list[Served]] = defaultdict(list)
    for served in case.served:
        meals[served.day.date, served.meal.meal].append(served)
    return meals


def check_totals(case: Case) -> Iterator[Breach]:
    """Each day's printed totals against the table."""
    days = by_day(case)
    for day in case.plan.menu.days:
        true = add_up(days[day.date])
        for nutrient in REQUIRED_TOTALS:
            if nutrient not in day.totals:
                yield Breach("verify/total", f"{day.date}", f"the total of {nutrient} is not given")
        for nutrient, said in day.totals.items():
            if nutrient == ABSORBED:
                continue  # no sum: an estimate, which `check_absorption` judges
            if nutrient not in true:
                yield Breach("verify/total", f"{day.date}", f"{nutrient} is no nutrient of the food table")
            elif abs(said - true[nutrient]) > max(TOLERANCE, TOLERANCE_SHARE * abs(true[nutrient])):
                text = f"total {nutrient} says {said:g}, the table gives {true[nutrient]:.4g}"
                yield Breach("verify/total", f"{day.date}", text)
