"""Targets turned into bounds on the food of a day, a meal or the week's mean, with declared supplements taken off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from boneplan.plan import MealName, Period, SupplementTaken, Target
from boneplan.timing.clock import Clock
from boneplan.timing.day import minutes_of

# Upper limits of these count supplements with the food; other maxima are about food alone.
LIMIT_COUNTS_SUPPLEMENTS = ("calcium", "vitamin_d")


@dataclass(frozen=True)
class Bound:
    """What food must bring, in the target's unit per day (or per meal): `low` and `high`, None where open.

    `aim` and `most` are the target's own minimum and maximum, before supplements were taken off: shortfalls and
    excesses are measured against them. Of what a meal holds above the `high` of an occasion, minima count the share
    `counted_above`; `already` is what supplements bring to a meal, before its food. `weight` multiplies the price of
    missing a soft bound; `meals` are those that a "meal" bound is about (empty: all).
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
    already: Mapping[MealName, float] = field(default_factory=dict)
    weight: float = 1.0
    meals: tuple[MealName, ...] = ()

    @property
    def scale(self) -> float:
        """The size of the target, by which excesses of it are measured; at least 1."""
        return max(1.0, self.aim, self.most)

    @property
    def is_occasion(self) -> bool:
        """Whether it bounds nothing, but says up to where what a meal holds counts in full."""
        return self.period == "meal" and self.high is not None and self.counted_above < 1

    def missed(self, amount: float) -> float:
        """By which share of itself what food brings misses the bound: of a minimum, of a maximum."""
        short = max(0.0, self.low - amount) / self.aim if self.low else 0.0
        return short + (max(0.0, amount - self.high) / self.scale if self.high is not None else 0.0)

    def about(self, meal: str) -> bool:
        """Whether a "meal" bound is about `meal`."""
        return not self.meals or meal in self.meals

    def room(self, meal: MealName) -> float:
        """Up to where the food of a meal counts in full, for an occasion."""
        return max(0.0, (self.high or 0.0) - self.already.get(meal, 0.0))


def declared_amounts(supplements: Sequence[SupplementTaken]) -> dict[str, float]:
    """Nutrient -> declared amount a day."""
    amounts: dict[str, float] = {}
    for supplement in supplements:
        if supplement.declared:
            amounts[supplement.nutrient] = amounts.get(supplement.nutrient, 0.0) + supplement.amount
    return amounts


def food_bounds(
    targets: Sequence[Target], supplements: Sequence[SupplementTaken], clock: Clock | None = None
) -> list[Bound]:
    """The bounds on food that make food and declared supplements together keep `targets`.

    By the `clock` a supplement shares its occasion with the meal it is taken with; otherwise it is one of its own.
    """
    declared = declared_amounts(supplements)
    bounds = []
    for target in targets:
        taken = declared.get(target.nutrient, 0.0) if target.period != "meal" else 0.0
        counted = taken
        if target.period == "week_mean":
            counted -= sum(_uncounted(limit, supplements, clock) for limit in targets if _counts(limit, target))
        low = None if target.min is None else max(0.0, target.min - counted)
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
                already=_occasions(target.nutrient, supplements, clock)[0] if _is_occasion(target) else {},
                weight=target.weight,
                meals=tuple(target.meals),
            )
        )
    return bounds


def _is_occasion(target: Target) -> bool:
    """Whether the target says how much of a meal's nutrient counts; what rules ask of a meal is about its food."""
    return target.period == "meal" and target.max is not None and target.counted_above is not None


def _counts(limit: Target, target: Target) -> bool:
    """Whether `limit` says how much of one occasion the minima of the target's nutrient count."""
    return _is_occasion(limit) and limit.nutrient == target.nutrient


def _uncounted(limit: Target, supplements: Sequence[SupplementTaken], clock: Clock | None) -> float:
    """What the supplements of a day bring above the limit of their occasions, as far as no minimum counts it."""
    if limit.max is None or limit.counted_above is None:
        return 0.0
    with_meals, alone = _occasions(limit.nutrient, supplements, clock)
    above = sum(max(0.0, amount - limit.max) for amount in (*with_meals.values(), *alone))
    return (1 - limit.counted_above) * above


def _occasions(
    nutrient: str, supplements: Sequence[SupplementTaken], clock: Clock | None
) -> tuple[dict[MealName, float], list[float]]:
    """What supplements bring at once: to the meals they are taken with, and each of those that stand alone."""
    with_meals: dict[MealName, float] = defaultdict(float)
    alone: list[float] = []
    for taken in supplements:
        if taken.declared and taken.nutrient == nutrient:
            meal = clock.meal_at(minutes_of(taken.time)) if clock and taken.time else None
            if meal is None:
                alone.append(taken.amount)
            else:
                with_meals[meal] += taken.amount
    return with_meals, alone
