"""What a week's meals count towards its minima, where a large amount at one meal does not count in full."""

from __future__ import annotations

from collections.abc import Iterator

from boneplan.plan import Target
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.targets import Amount, amounts, slack


def check_occasions(case: Case) -> Iterator[Breach]:
    """Every hard minimum of a week's mean, on what counts of each meal, with the declared supplements."""
    if not case.plan.menu.days:
        return
    for limit in case.plan.targets:
        if limit.period == "meal" and limit.max is not None and limit.counted_above is not None:
            for target in case.plan.targets:
                same = target.nutrient == limit.nutrient and target.unit == limit.unit
                if same and target.hard and target.period == "week_mean" and target.min is not None:
                    yield from _minimum(case, limit, target, target.min)


def counted(amount: float, most: float, share: float) -> float:
    """What counts of `amount` at one meal: all of it up to `most`, and `share` of the rest."""
    return min(amount, most) + share * max(0.0, amount - most)


def _minimum(case: Case, limit: Target, target: Target, least: float) -> Iterator[Breach]:
    extra = case.supplements.get(target.nutrient, 0.0)
    meals = amounts(case, limit)
    for first, week in case.weeks():
        dates = {day.date for day in week}
        mean = sum(_counts(meal, limit) for meal in meals if meal.day in dates) / max(1, len(week))
        if mean + extra < least - slack(least):
            said = f"{mean + extra:.4g} {target.unit} count, below {least:g} ({target.rule})"
            above = f"of what a meal holds above {limit.max:g} {limit.unit}, {limit.counted_above:.0%} count"
            text = f"{said}: {above} ({limit.rule})"
            yield Breach("verify/counted-min", f"{target.nutrient}, week of {first}", text)


def _counts(meal: Amount, limit: Target) -> float:
    return counted(meal.food, limit.max or 0.0, limit.counted_above or 0.0)
