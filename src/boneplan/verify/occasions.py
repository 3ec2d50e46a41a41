"""What a week's meals and tablets count towards its minima: a large amount at once does not count in full."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from boneplan.plan import Target
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.day_clock import DayClock
from boneplan.verify.person import minutes_of_day
from boneplan.verify.targets import amounts, slack


def check_occasions(case: Case) -> Iterator[Breach]:
    """Every hard minimum of a week's mean, on what counts of each occasion: a meal with its tablets, or a tablet."""
    if not case.plan.menu.days:
        return
    for limit in case.plan.targets:
        if limit.period == "meal" and limit.max is not None and limit.counted_above is not None:
            for target in case.plan.targets:
                same = target.nutrient == limit.nutrient and target.unit == limit.unit
                if same and target.hard and target.period == "week_mean" and target.min is not None:
                    yield from _minimum(case, limit, target, target.min)


def counted(amount: float, most: float, share: float) -> float:
    """What counts of `amount` taken at once: all of it up to `most`, and `share` of the rest."""
    return min(amount, most) + share * max(0.0, amount - most)


def _minimum(case: Case, limit: Target, target: Target, least: float) -> Iterator[Breach]:
    tablets = _tablets(case, target.nutrient)
    alone = [amount for meal, amount in tablets if meal is None]
    meals = amounts(case, limit)
    for first, week in case.weeks():
        count = sum(_counts(amount, limit) for amount in alone) * len(week)
        for day in week:
            food = {meal.where: meal.food for meal in meals if meal.day == day.date}
            for name in {m.meal for m in day.meals} | {meal for meal, _ in tablets if meal is not None}:
                with_it = sum(amount for meal, amount in tablets if meal == name)
                count += _counts(food.get(f"{day.date} {name}", 0.0) + with_it, limit)
        mean = count / max(1, len(week))
        if mean < least - slack(least):
            said = f"{mean:.4g} {target.unit} count, below {least:g} ({target.rule})"
            above = f"of what a meal and its tablets hold above {limit.max:g} {limit.unit}"
            text = f"{said}: {above}, {limit.counted_above:.0%} count ({limit.rule})"
            yield Breach("verify/counted-min", f"{target.nutrient}, week of {first}", text)


def _tablets(case: Case, nutrient: str) -> list[tuple[str | None, float]]:
    """The declared supplements of a day with the meal that each is taken with; None where it stands alone."""
    clock = DayClock(case, case.tables.timing) if case.tables.timing else None
    found: list[tuple[str | None, float]] = []
    for taken in case.plan.menu.supplements:
        if taken.declared and taken.nutrient == nutrient:
            meal = None
            with contextlib.suppress(ValueError):  # a time that is none is a breach of its own
                meal = clock.with_meal(minutes_of_day(taken.time)) if clock and taken.time else None
            found.append((meal, taken.amount))
    return found


def _counts(amount: float, limit: Target) -> float:
    return counted(amount, limit.max or 0.0, limit.counted_above or 0.0)
