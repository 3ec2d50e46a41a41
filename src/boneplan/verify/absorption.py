"""How much of the menu's calcium is absorbed, estimated again from the guidelines and the food table."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator

from boneplan.verify.absorption_rules import KEY, AbsorptionRules
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.day_clock import DayClock
from boneplan.verify.person import minutes_of_day
from boneplan.verify.totals import by_meal

RULE = "absorption/estimate"
TOLERANCE_MG = 0.5
TOLERANCE_SHARE = 0.005


def check_absorption(case: Case) -> Iterator[Breach]:
    """Each day's absorbed calcium, where the plan gives it, and that the plan calls it an estimate."""
    said = {day.date: day.totals[KEY] for day in case.plan.menu.days if KEY in day.totals}
    if not said:
        return
    if not any(notice.rule == RULE and notice.text.strip() for notice in case.plan.notices):
        text = f"{KEY} is given, yet no notice says that it is an estimate"
        yield Breach("verify/missing-notice", RULE, text)
    rules = case.tables.absorption
    if rules is None:
        yield Breach("verify/total", "menu", f"{KEY} is given, yet there are no rules to estimate it by")
        return
    true = _by_day(case, rules)
    for date, amount in said.items():
        if abs(amount - true[date]) > max(TOLERANCE_MG, TOLERANCE_SHARE * true[date]):
            text = f"total {KEY} says {amount:g}, the estimate is {true[date]:.4g}"
            yield Breach("verify/total", f"{date}", text)


def _by_day(case: Case, rules: AbsorptionRules) -> dict[dt.date, float]:
    """The mg absorbed from each day's food."""
    tablets = _tablets(case)
    days = dict.fromkeys((day.date for day in case.plan.menu.days), 0.0)
    for (date, meal), portions in by_meal(case).items():
        calcium = [(rules.index(s.food), s.food.amount("calcium", s.item.grams) or 0.0) for s in portions]
        fraction = rules.milk(sum(amount for _, amount in calcium) + tablets.get(meal, 0.0))
        days[date] += fraction * sum(index * amount for index, amount in calcium)
    return days


def _tablets(case: Case) -> dict[str, float]:
    """The mg of calcium that is taken with each meal as declared tablets."""
    found: dict[str, float] = {}
    if case.tables.timing is None:
        return found
    clock = DayClock(case, case.tables.timing)
    for taken in case.plan.menu.supplements:
        if taken.nutrient == "calcium" and taken.declared and taken.time:
            with contextlib.suppress(ValueError):  # a time that is none is a breach of `check_supplements`
                meal = clock.with_meal(minutes_of_day(taken.time)) or ""
                found[meal] = found.get(meal, 0.0) + taken.amount
    return found
