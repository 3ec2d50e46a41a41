"""Targets turned into bounds on the food of a day, a meal or the week's mean, with declared supplements taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boneplan.plan import Period, SupplementTaken, Target

# Upper limits of these count supplements with the food; other maxima are about food alone.
LIMIT_COUNTS_SUPPLEMENTS = ("calcium", "vitamin_d")


@dataclass(frozen=True)
class Bound:
    """What food must bring, in the target's unit per day (or per meal): `low` and `high`, None where open.

    `aim` and `most` are the target's own minimum and maximum, before supplements were taken off: shortfalls and
    excesses are measured against them. Of what a meal holds above the `high` of a "meal" bound, minima count the
    share `counted_above`.
    """

    nutrient: str
    period: Period
    low: float | None
    high: float | None
    hard: bool
    rule: str
    unit: str
    aim: float = 0.0
    most: float = 0.0
    counted_above: float = 1.0

    @property
    def scale(self) -> float:
        """The size of the target, by which excesses of it are measured; at least 1."""
        return max(1.0, self.aim, self.most)


def declared_amounts(supplements: Sequence[SupplementTaken]) -> dict[str, float]:
    """Nutrient -> declared amount a day."""
    amounts: dict[str, float] = {}
    for supplement in supplements:
        if supplement.declared:
            amounts[supplement.nutrient] = amounts.get(supplement.nutrient, 0.0) + supplement.amount
    return amounts


def food_bounds(targets: Sequence[Target], supplements: Sequence[SupplementTaken]) -> list[Bound]:
    """The bounds on food that make food and declared supplements together keep `targets`."""
    declared = declared_amounts(supplements)
    bounds = []
    for target in targets:
        taken = declared.get(target.nutrient, 0.0) if target.period != "meal" else 0.0
        low = None if target.min is None else max(0.0, target.min - taken)
        high = target.max
        if high is not None and target.nutrient in LIMIT_COUNTS_SUPPLEMENTS:
            high -= taken
        bounds.append(
            Bound(
                target.nutrient,
                target.period,
                low,
                high,
                target.hard,
                target.rule,
                target.unit,
                aim=target.min or 0.0,
                most=target.max or 0.0,
                counted_above=1.0 if target.counted_above is None else target.counted_above,
            )
        )
    return bounds
