"""The aromatase inhibitor that is taken after a meal: when that is, on any day."""

from __future__ import annotations

from dataclasses import dataclass

from boneplan.plan import MealName
from boneplan.profile import Profile
from boneplan.timing.clock import Clock
from boneplan.timing.day import DAY, minutes_of
from boneplan.timing.rules import AfterMeal, timing_rules


@dataclass(frozen=True)
class AfterMealDose:
    """The dose of `drug` behind `meal`, at `minute` of a usual day; `declared` is the time that it had to leave."""

    drug: str
    meal: MealName
    minute: int
    rule: AfterMeal
    declared: int | None = None

    def on(self, clock: Clock, day: int) -> int:
        """Its minute on that day: it moves with its meal."""
        return min(self.minute + clock.shift(self.meal, day), DAY - 1)


def dose_after_meal(profile: Profile, clock: Clock) -> AfterMealDose | None:
    """When the person takes a drug that comes after a meal; None where it is another drug, or no time is given."""
    drug, time = profile.therapy.drug, profile.therapy.time
    rule = next((rule for rule in timing_rules().after_meal if drug in rule.drugs), None)
    if rule is None or time is None:
        return None
    lasts = timing_rules().meal.minutes
    ends = {meal: start + lasts for meal, start in clock.usual.items()}
    for meal, end in ends.items():
        if meal == time:
            return AfterMealDose(drug, meal, end, rule)
    if misses_its_meal(profile, clock):
        return None
    declared = minutes_of(time)
    if eaten := clock.meal_before(declared, rule.minutes):
        return AfterMealDose(drug, eaten, declared, rule)
    within_a_day = [meal for meal, end in ends.items() if end < DAY]
    following = [meal for meal in within_a_day if clock.usual[meal] > declared]
    behind = (following or within_a_day)[0]
    return AfterMealDose(drug, behind, ends[behind], rule, declared)


def misses_its_meal(profile: Profile, clock: Clock) -> bool:
    """Whether the drug is to be taken after a meal that the person does not have."""
    drug, time = profile.therapy.drug, profile.therapy.time
    ruled = any(drug in rule.drugs for rule in timing_rules().after_meal)
    return ruled and time is not None and ":" not in time and time not in clock.usual
