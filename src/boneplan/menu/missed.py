"""What a menu leaves of soft targets: gaps below their minima, and notices above their maxima."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from boneplan.menu.bounds import LIMIT_COUNTS_SUPPLEMENTS, declared_amounts
from boneplan.menu.patterns import DAYS
from boneplan.plan import Day, Gap, Meal, Notice, SupplementTaken, Target

MISSED = 0.0005  # a target missed by less than this share is met: amounts are printed to fewer digits

Amounts = Mapping[str, Mapping[str, float]]
"""food -> nutrient -> amount per gram."""


def gaps(
    days: Sequence[Day], targets: Sequence[Target], supplements: Sequence[SupplementTaken], amounts: Amounts
) -> list[Gap]:
    """Every soft minimum that food and declared supplements together do not reach.

    It is the gap of the worst week, the worst day or the worst meal; at a meal food counts alone.
    """
    declared = declared_amounts(supplements)
    found = []
    for target in targets:
        if target.min is None or target.hard:
            continue
        food = round(min(_amounts(days, target, amounts), default=target.min), 2)
        taken = declared.get(target.nutrient, 0.0) if target.period != "meal" else 0.0
        if food + taken >= target.min * (1 - MISSED):
            continue
        found.append(
            Gap(
                nutrient=target.nutrient,
                unit=target.unit,
                target=target.min,
                food=food,
                supplements=taken,
                missing=round(target.min - food - taken, 2),
                ask="Ask your clinician how to close this gap: boneplan does not dose supplements.",
                period=target.period,
                meals=target.meals,
            )
        )
    return found


def passed(
    days: Sequence[Day], targets: Sequence[Target], supplements: Sequence[SupplementTaken], amounts: Amounts
) -> list[Notice]:
    """A warning for every soft maximum that the worst week, day or meal passes."""
    declared = declared_amounts(supplements)
    found = []
    for target in targets:
        if target.max is None or target.hard or target.counted_above is not None:
            continue
        counts = target.nutrient in LIMIT_COUNTS_SUPPLEMENTS and target.period != "meal"
        taken = declared.get(target.nutrient, 0.0) if counts else 0.0
        most = taken + max(_amounts(days, target, amounts), default=0.0)
        if most > target.max * (1 + MISSED):
            name, unit = target.nutrient.replace("_", " "), target.unit.replace("ug", "µg")
            when = {"week_mean": " a day", "day": " on one day", "meal": " at one meal"}[target.period]
            text = (
                f"The week brings {most:,.0f} {unit} of {name}{when}, above the {target.max:,g} {unit} "
                f"advised at most{' (declared supplements counted)' if taken else ''}. Ask your care team about it."
            )
            found.append(Notice(level="warn", rule=target.rule, text=text, source=target.source, scope="menu"))
    return found


def _amounts(days: Sequence[Day], target: Target, amounts: Amounts) -> list[float]:
    """What food brings of the target's nutrient: the mean day of each week, each day, or each meal it is about."""
    if target.period == "day":
        return [day.totals[target.nutrient] for day in days]
    if target.period == "meal":
        meals = [meal for day in days for meal in day.meals if not target.meals or meal.meal in target.meals]
        return [_of_meal(meal, target.nutrient, amounts) for meal in meals]
    weeks = (days[i : i + DAYS] for i in range(0, len(days), DAYS))
    return [sum(day.totals[target.nutrient] for day in week) / len(week) for week in weeks]


def _of_meal(meal: Meal, nutrient: str, amounts: Amounts) -> float:
    return sum(amounts[item.food][nutrient] * item.grams for item in meal.items)
