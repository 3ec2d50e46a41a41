"""A week's nutrients beside their targets: what a day, the mean of the week and the supplements come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from boneplan.export.words import amount
from boneplan.plan import Day, Period, Plan

Verdict = Literal["", "low", "high"]
SHOWN = ("calcium", "vitamin_d", "vitamin_k", "energy", "protein")
_UNITS = {"ug": "µg"}
_DEFAULT_UNITS = {"calcium": "mg", "vitamin_d": "ug", "vitamin_k": "ug", "energy": "kcal", "protein": "g"}
_DECIMALS = {"vitamin_d": 1}
_ROUNDING = 1e-6  # relative; sums of printed amounts differ by less


@dataclass(frozen=True)
class Goal:
    """The bounds on one nutrient, in the unit of its targets; None is unbounded."""

    nutrient: str
    min: float | None
    max: float | None

    def verdict(self, value: float) -> Verdict:
        """Whether `value` is below or above the bounds."""
        if self.min is not None and value < self.min * (1 - _ROUNDING):
            return "low"
        if self.max is not None and value > self.max * (1 + _ROUNDING):
            return "high"
        return ""

    def text(self) -> str:
        """Such as "1200–2000" or "20 or more"."""
        low = "" if self.min is None else figure(self.nutrient, self.min)
        high = "" if self.max is None else figure(self.nutrient, self.max)
        if low and high:
            return low if low == high else f"{low}–{high}"
        return f"{low} or more" if low else f"up to {high}"


def nutrient_name(nutrient: str) -> str:
    """Such as "vitamin D" for the key "vitamin_d"."""
    words = nutrient.split("_")
    return " ".join(word.upper() if len(word) == 1 else word for word in words)


def unit_text(unit: str) -> str:
    """The unit as people read it: "µg" for "ug"."""
    return _UNITS.get(unit, unit)


def unit_of(plan: Plan, nutrient: str) -> str:
    """The printed unit of `nutrient` in `plan`."""
    named = (target.unit for target in plan.targets if target.nutrient == nutrient)
    return unit_text(next(named, _DEFAULT_UNITS[nutrient]))


def figure(nutrient: str, value: float) -> str:
    """`value` of `nutrient` as printed: vitamin D to 0.1 µg, the rest whole."""
    return amount(value, _DECIMALS.get(nutrient, 0))


def goal(plan: Plan, nutrient: str, period: Period) -> Goal | None:
    """The tightest bounds of `plan` on `nutrient` over `period`; None where it has none."""
    bounds = [target for target in plan.targets if (target.nutrient, target.period) == (nutrient, period)]
    lows = [target.min for target in bounds if target.min is not None]
    highs = [target.max for target in bounds if target.max is not None]
    if not lows and not highs:
        return None
    return Goal(nutrient, max(lows, default=None), min(highs, default=None))


def headline(plan: Plan, nutrient: str) -> Goal | None:
    """The bounds to print for `nutrient`: the week's where it has them, else the day's, side by side."""
    mean, day = goal(plan, nutrient, "week_mean"), goal(plan, nutrient, "day")
    if mean is None or day is None:
        return mean or day
    return Goal(nutrient, day.min if mean.min is None else mean.min, day.max if mean.max is None else mean.max)


def supplemented(plan: Plan, nutrient: str) -> float:
    """What the declared supplements add a day, in the unit of the nutrient's target."""
    return sum(taken.amount for taken in plan.menu.supplements if taken.nutrient == nutrient)


def absorbed_sentence(days: Sequence[Day]) -> str:
    """How much of these days' calcium is absorbed, named as an estimate; empty where the plan does not give it."""
    eaten, absorbed = mean(days, "calcium"), mean(days, "absorbed_calcium")
    if eaten is None or absorbed is None:
        return ""
    # Tens of milligrams: finer than that is more than the estimate knows.
    share = f"about {round(absorbed, -1):.0f} of the {figure('calcium', eaten)} mg of calcium"
    return f"Absorbed, an estimate: {share} that food brings in a day."


def mean(days: Iterable[Day], nutrient: str) -> float | None:
    """The mean of food's daily totals; None where no day gives one."""
    totals = [day.totals[nutrient] for day in days if nutrient in day.totals]
    return sum(totals) / len(totals) if totals else None
