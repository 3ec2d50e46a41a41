"""Every bound of the plan on the portions as printed, and every gap's arithmetic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from boneplan.plan import Day, Gap, Target
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case, Served
from boneplan.verify.gate_rules import LEVELS
from boneplan.verify.totals import by_day, by_meal
from boneplan.verify.who import UNITS

# Bounds are printed rounded; the amounts here are not.
TOLERANCE = 0.01
TOLERANCE_SHARE = 0.001
GAP_TOLERANCE = 0.06
GAP_TOLERANCE_SHARE = 0.005
# These limits are for all that is taken; the others are for food.
LIMIT_COVERS_SUPPLEMENTS = ("calcium", "vitamin_d")
# Added sugar unknown counts as all sugars, and the policy on phytoestrogens judges unknown isoflavones.
MAY_BE_UNKNOWN = ("isoflavones",)


@dataclass(frozen=True)
class Amount:
    """How much of a nutrient food brings, and when: `day` is the day, or the first of the week."""

    day: dt.date
    where: str
    food: float
    unknown: tuple[str, ...]


def check_targets(case: Case) -> Iterator[Breach]:
    """Units, the bounds of every target, and the gaps."""
    for target in case.plan.targets:
        where = f"target {target.nutrient} ({target.rule})"
        if not target.rule.strip() or not target.source.strip():
            yield Breach("verify/target", where, "it does not say which rule of which source it is")
        unit = UNITS.get(target.nutrient)
        if unit is None:
            yield Breach("verify/target", where, f"{target.nutrient!r} is no nutrient of the food table")
        elif target.unit != unit:
            yield Breach("verify/unit", where, f"{target.unit!r} is not {unit!r}, the unit of the food table")
        elif target.min is None and target.max is None:
            yield Breach("verify/target", where, "it bounds nothing")
        elif target.weight <= 0 or (target.hard and target.weight != 1):
            yield Breach("verify/target", where, f"a weight of {target.weight:g}: only what is aimed at has one")
        elif target.meals and target.period != "meal":
            yield Breach("verify/target", where, f"it is about some meals, yet its period is {target.period}")
        elif case.plan.menu.days:
            yield from _minimum(case, target)
            yield from _maximum(case, target)
    yield from _gaps(case)


def amounts(case: Case, target: Target) -> list[Amount]:
    """The amounts of the target's nutrient from food alone, one per day, week (a day's mean) or meal it is about."""
    if target.period == "meal":
        meals = by_meal(case)
        return [
            _amount(target.nutrient, day.date, f"{day.date} {meal}", meals.get((day.date, meal), []))
            for day in case.plan.menu.days
            for meal in _meals(case, target, day)
        ]
    days = by_day(case)
    if target.period == "day":
        return [_amount(target.nutrient, date, f"{date}", served) for date, served in days.items()]
    found = []
    for first, week in case.weeks():
        served = [s for day in week for s in days[day.date]]
        found.append(_amount(target.nutrient, first, f"week of {first}", served, max(1, len(week))))
    return found


def _meals(case: Case, target: Target, day: Day) -> list[str]:
    """The meals of a day that a target is about. One that it names and the profile has is there, if with nothing."""
    served: list[str] = [meal.meal for meal in day.meals]
    if not target.meals:
        return list(dict.fromkeys(served))
    return [meal for meal in dict.fromkeys(target.meals) if meal in served or case.person.meal_times.get(meal)]


def _amount(nutrient: str, day: dt.date, where: str, served: list[Served], days: int = 1) -> Amount:
    values = [(s.item.name, s.food.amount(nutrient, s.item.grams)) for s in served]
    total = sum(value for _, value in values if value is not None)
    return Amount(day, where, total / days, tuple(name for name, value in values if value is None))


def slack(bound: float) -> float:
    """By how much an amount may miss `bound`, in the unit of both."""
    return max(TOLERANCE, TOLERANCE_SHARE * abs(bound))


def _minimum(case: Case, target: Target) -> Iterator[Breach]:
    if target.min is None:
        return
    extra = 0.0 if target.period == "meal" else case.supplements.get(target.nutrient, 0.0)
    gap = any(_is_of(gap, target) for gap in case.plan.menu.gaps)
    for amount in amounts(case, target):
        if amount.food + extra >= target.min - slack(target.min) or (gap and not target.hard):
            continue
        said = f"{amount.food + extra:.4g} {target.unit} is below {target.min:g} ({target.rule})"
        text = f"{said}, a hard bound" if target.hard else f"{said}, and no gap is declared"
        rule = "verify/hard-min" if target.hard else "verify/undeclared-gap"
        yield Breach(rule, f"{target.nutrient}, {amount.where}", text)


def _maximum(case: Case, target: Target) -> Iterator[Breach]:
    if target.max is None:
        return
    counts = target.period != "meal" and target.nutrient in LIMIT_COVERS_SUPPLEMENTS
    extra = case.supplements.get(target.nutrient, 0.0) if counts else 0.0
    # What is counted by halves above a most per meal is no more than that: nothing is wrong with such a meal.
    told = target.counted_above is not None or any(
        notice.rule == target.rule and LEVELS.index(notice.level) >= LEVELS.index("warn") and notice.text.strip()
        for notice in case.plan.notices
    )
    for amount in amounts(case, target):
        where = f"{target.nutrient}, {amount.where}"
        if amount.food + extra > target.max + slack(target.max) and not (told and not target.hard):
            text = f"{amount.food + extra:.4g} {target.unit} is over {target.max:g} ({target.rule})"
            if target.hard:
                yield Breach("verify/hard-max", where, text)
            else:
                yield Breach("verify/missing-notice", where, f"{text}, and no warning says so")
        if target.hard and amount.unknown and target.nutrient not in MAY_BE_UNKNOWN:
            text = f"unknown in {amount.unknown[0]}, so {target.max:g} {target.unit} cannot be kept to"
            yield Breach("verify/unknown", where, text)


def _gaps(case: Case) -> Iterator[Breach]:
    for gap in case.plan.menu.gaps:
        where = f"gap {gap.nutrient}"
        target = next((target for target in case.plan.targets if _is_of(gap, target)), None)
        if target is None:
            yield Breach("verify/gap", where, f"no target has the minimum {gap.target:g} {gap.unit} per {gap.period}")
            continue
        if gap.unit != target.unit:
            yield Breach("verify/gap", where, f"{gap.unit!r} is not the target's {target.unit!r}")
        yield from _gap_numbers(case, gap, target, where)
        if not gap.ask.strip():
            yield Breach("verify/gap", where, "it does not say whom to ask")


def _is_of(gap: Gap, target: Target) -> bool:
    """Whether the gap is that of the target's minimum."""
    same = (gap.nutrient, gap.period, set(gap.meals)) == (target.nutrient, target.period, set(target.meals))
    return same and target.min is not None and _same(gap.target, target.min, gap.target)


def _gap_numbers(case: Case, gap: Gap, target: Target, where: str) -> Iterator[Breach]:
    extra = 0.0 if target.period == "meal" else case.supplements.get(gap.nutrient, 0.0)
    if not _same(gap.supplements, extra, gap.target):
        text = f"supplements {gap.supplements:g}, the declared ones bring {extra:g}"
        yield Breach("verify/gap", where, text)
    found = [amount.food for amount in amounts(case, target)]
    honest = [min(found)] if found else []
    if found and target.period == "week_mean":
        honest.append(sum(found) / len(found))  # of several weeks the worst, or their mean
    if not any(_same(gap.food, food, gap.target) for food in honest):
        listed = " or ".join(f"{food:.4g}" for food in dict.fromkeys(honest))
        yield Breach("verify/gap", where, f"food {gap.food:g}, the table gives {listed or 'nothing'}")
    if not _same(gap.missing, gap.target - gap.food - gap.supplements, gap.target):
        text = f"missing {gap.missing:g}, but {gap.target:g} - {gap.food:g} - {gap.supplements:g} is not that"
        yield Breach("verify/gap", where, text)
    if gap.missing <= 0:
        yield Breach("verify/gap", where, "nothing is missing")


def _same(said: float, true: float, scale: float) -> bool:
    return abs(said - true) <= max(GAP_TOLERANCE, GAP_TOLERANCE_SHARE * abs(scale))
