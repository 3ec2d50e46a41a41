"""Declared supplements at times that break no rule: each at its own, or at the nearest that every day allows."""

from __future__ import annotations

import datetime as dt
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from boneplan.avoid import is_avoided
from boneplan.plan import MealName, SupplementTaken
from boneplan.profile import Profile
from boneplan.supplements import declared_supplements
from boneplan.timing.clock import Clock
from boneplan.timing.day import DAY, clock_of, day_number, minutes_of
from boneplan.timing.dose import Dose
from boneplan.timing.rules import AwayFromCalcium, TimingRule, WithMeal, timing_rules

CALCIUM = "calcium"

MealCalcium = Mapping[tuple[dt.date, MealName], float]
"""The calcium of food in each meal of a menu, mg."""


@dataclass(frozen=True)
class Cause:
    """A rule that a time would break, and the dose that it would come too close to, where there is one."""

    rule: TimingRule
    dose: Dose | None = None


@dataclass(frozen=True)
class Part:
    """One declared supplement at one time of the day; `number` is that of its entry in the profile.

    `declared` is the time that the profile gives and `minute` the time it gets, in minutes after midnight of a usual
    day: None where it gives none, or gets none. `cause` says why the two differ; what is `avoided` gets none.
    """

    number: int
    taken: SupplementTaken
    declared: int | None
    minute: int | None = None
    cause: Cause | None = None
    avoided: bool = False

    @property
    def supplement(self) -> SupplementTaken:
        """The supplement as the plan tells of it."""
        return self.taken.model_copy(update={"time": None if self.minute is None else clock_of(self.minute)})


def place_supplements(profile: Profile, clock: Clock, on: dt.date, menu: MealCalcium | None = None) -> list[Part]:
    """The person's supplements as on the day `on`, in the order of the profile, each with its time.

    What stands on the list to avoid gets none: nobody should be reminded of it. Calcium is placed first and never
    looks at the menu; what keeps away from calcium looks at it where it is given.
    """
    parts = [
        Part(number, taken, None if taken.time is None else minutes_of(taken.time), avoided=avoided)
        for number, supplement in enumerate(profile.supplements)
        for avoided in [is_avoided(supplement, profile, on)]
        for taken in declared_supplements(profile.model_copy(update={"supplements": [supplement]}))
    ]
    order = sorted(range(len(parts)), key=lambda index: parts[index].taken.nutrient != CALCIUM)
    placer = _Placer(profile, clock, menu or {})
    for index in order:
        if not parts[index].avoided:
            parts[index] = placer.place(parts[index])
    return parts


class _Placer:
    """Places one part after the other: each keeps clear of those before it."""

    def __init__(self, profile: Profile, clock: Clock, menu: MealCalcium) -> None:
        self.clock, self.rules = clock, timing_rules()
        self.conditions = frozenset(profile.conditions)
        self.menu = menu
        self.placed: list[Part] = []
        self._rich_meals: dict[float, list[int]] = {}

    def place(self, part: Part) -> Part:
        times = self._candidates(part)
        first = self.broken(part, times[0])
        found = next((minute for minute in times if self.broken(part, minute) is None), None)
        made = replace(part, minute=found, cause=first)
        self.placed.append(made)
        return made

    def _candidates(self, part: Part) -> list[int]:
        """The declared time, the meals, then the steps of the waking day: the nearest first, or the earliest."""
        day = self.rules.waking_day
        steps = list(range(minutes_of(day.from_), minutes_of(day.to) + 1, day.step_minutes))
        meals = list(self.clock.usual.values())
        if part.declared is None:
            return [*meals, *steps]
        declared = part.declared

        def near(minute: int) -> tuple[int, int]:
            return abs(minute - declared), minute

        return [declared, *sorted(meals, key=near), *sorted(steps, key=near)]

    def broken(self, part: Part, minute: int) -> Cause | None:
        """The first rule that the part would break at `minute` of a usual day, on any day."""
        return next(self._broken(part, minute), None)

    def _broken(self, part: Part, minute: int) -> Iterator[Cause]:
        for day in self.clock.days:
            yield from self._by_doses(part, minute, day)
        if self.clock.meal_at(minute) is None:
            yield from (Cause(rule) for rule in self.rules.with_meal if self._asks_for_meal(part, rule))
        for rule in self.rules.away_from_calcium:
            if part.taken.nutrient in rule.nutrients and self._near_calcium(rule, minute):
                yield Cause(rule)
        split = self.rules.split_dose
        alike = {part.taken.nutrient}.intersection(split.nutrients)
        siblings = [
            p.minute
            for p in self.placed
            if p.minute is not None and (p.number == part.number or p.taken.nutrient in alike)
        ]
        if any(self._distance(minute, other) < split.minutes for other in siblings):
            yield Cause(split)

    def _by_doses(self, part: Part, minute: int, day: int) -> Iterator[Cause]:
        at = self.clock.at(minute, day)
        if at >= DAY:  # its meal moved so late that it would be the next day
            moved = day, self.clock.meal_at(minute)
            yield from (Cause(m.rule, m.dose) for m in self.clock.moves if (m.day, m.meal) == moved)
        first_meal_over = min(self.clock.meals[day].values()) + self.rules.meal.minutes
        for rule in self.rules.away:
            if not rule.keeps(part.taken.nutrient):
                continue
            for dose, taken in self.clock.around(day):
                if not dose.is_of(rule.medicines):
                    continue
                today = 0 <= taken < DAY
                too_early = today and (
                    (rule.fasting and at < taken) or (rule.after_first_meal and at < first_meal_over)
                )
                if too_early or -rule.before < at - taken < rule.after:
                    yield Cause(rule, dose)

    def _asks_for_meal(self, part: Part, rule: WithMeal) -> bool:
        taken = part.taken
        if taken.nutrient not in rule.nutrients or taken.form in rule.unless_forms:
            return False
        if rule.wish and part.declared is not None:
            return False
        return not rule.conditions or not self.conditions.isdisjoint(rule.conditions)

    def _near_calcium(self, rule: AwayFromCalcium, minute: int) -> bool:
        tablets = [p.minute for p in self.placed if p.taken.nutrient == CALCIUM and p.minute is not None]
        if any(self._distance(minute, tablet) < rule.minutes for tablet in tablets):
            return True
        rich = self._rich(rule.above_mg)
        for day in sorted({day for day, _ in self.menu}):
            at = self._moment(day, minute)
            nearest = bisect(rich, at)
            if any(abs(at - other) < rule.minutes for other in rich[max(0, nearest - 1) : nearest + 1]):
                return True
        return False

    def _rich(self, above_mg: float) -> list[int]:
        """When the menu's meals above so much calcium begin, in order."""
        if above_mg not in self._rich_meals:
            rich = [eaten for eaten, mg in self.menu.items() if mg > above_mg]
            self._rich_meals[above_mg] = sorted(self._moment(day, self.clock.usual[meal]) for day, meal in rich)
        return self._rich_meals[above_mg]

    def _moment(self, day: dt.date, minute: int) -> int:
        return day.toordinal() * DAY + self.clock.at(minute, day_number(day))

    def _distance(self, one: int, other: int) -> int:
        """The least time between two things that are taken every day, on any day."""
        return min(
            abs(self.clock.at(one, day) - self.clock.at(other, day + days) - days * DAY)
            for day in self.clock.days
            for days in (-1, 0, 1)
        )
