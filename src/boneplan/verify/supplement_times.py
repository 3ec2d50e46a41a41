"""The supplements of a plan on its days, and which rules a time would break."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from boneplan.plan import SupplementTaken
from boneplan.verify.avoid import listed
from boneplan.verify.case import Case
from boneplan.verify.day_clock import MIDNIGHT, DayClock
from boneplan.verify.person import minutes_of_day
from boneplan.verify.totals import add_up, by_meal

CALCIUM = "calcium"
NEXT_DAY = "the next day"
SLACK_MG = 0.01  # by which sums of the same portions may differ


@dataclass(frozen=True)
class Part:
    """One declared supplement at one time: `number` is that of its entry in the profile.

    `declared` is the profile's time and `minute` the plan's, in minutes after midnight; None where there is none.
    """

    number: int
    taken: SupplementTaken
    declared: int | None
    minute: int | None


@dataclass(frozen=True)
class SupplementTimes:
    """The supplements of a plan on its days."""

    case: Case
    clock: DayClock

    @cached_property
    def parts(self) -> tuple[Part, ...] | None:
        """The plan's supplements beside the profile's entries; None where they do not match."""
        told = [taken for taken in self.case.plan.menu.supplements if taken.declared]
        declared: list[tuple[int, tuple[str, str, str | None], int | None]] = []
        for number, entry in enumerate(self.case.plan.profile.get("supplements") or []):
            if entry.get("nutrient") is not None:
                product = entry["nutrient"], entry.get("name") or "", entry.get("form")
                times = entry.get("times") or [entry.get("time")]
                declared += [(number, product, self._minute(time)) for time in times]
        if [product for _, product, _ in declared] != [(taken.nutrient, taken.name, taken.form) for taken in told]:
            return None
        return tuple(
            Part(number, taken, minute, None if taken.time is None else minutes_of_day(taken.time))
            for (number, _, minute), taken in zip(declared, told, strict=True)
        )

    def _minute(self, time: str | None) -> int | None:
        if time is None or time in self.case.person.meal_times:
            return self.clock.usual.get(time) if time else None
        return minutes_of_day(time)

    def broken(self, part: Part, minute: int) -> str | None:
        """A rule that the part breaks at `minute` of a usual day, on any day of the plan; None where none."""
        return next(self.breaks(part, minute), None)

    def breaks(self, part: Part, minute: int) -> Iterator[str]:
        """Every rule that the part breaks at `minute` of a usual day, some of them more than once."""
        nutrient = part.taken.nutrient
        if self.clock.with_meal(minute) is None:
            yield from (str(rule["id"]) for rule in self.clock.rules.with_meal if self._needs_meal(part, rule))
        for day in self._days:
            moment = self.clock.on_day(minute, day)
            if moment >= (day.toordinal() + 1) * MIDNIGHT:
                yield NEXT_DAY
            yield from self.clock.forbidding(nutrient, moment, day)
            for rule in self.clock.rules.away_from_calcium:
                if nutrient in rule["nutrients"] and self._near_calcium(rule, moment):
                    yield str(rule["id"])
        if minute != part.minute:
            others = [p for p in self.parts or () if p is not part and self.kept_apart(p, part)]
            moved = Part(part.number, part.taken, part.declared, minute)
            if any(self.distance(moved, other) < self.clock.rules.split_minutes for other in others):
                yield "split_dose"

    def kept_apart(self, one: Part, other: Part) -> bool:
        """Whether the two are parts of one dose, or products of a nutrient of which doses keep apart."""
        alike = one.taken.nutrient == other.taken.nutrient and not self._avoided(one) and not self._avoided(other)
        return one.number == other.number or (alike and one.taken.nutrient in self.clock.rules.split_nutrients)

    def _avoided(self, part: Part) -> bool:
        return bool(part.taken.name and listed(part.taken.name, self.case))

    def distance(self, one: Part, other: Part) -> float:
        """The least time between two parts, on any day of the plan; endless where one has no time."""
        if one.minute is None or other.minute is None:
            return float("inf")
        at = [[self.clock.on_day(part.minute or 0, day) for day in self._days] for part in (one, other)]
        return min(abs(a - b) for a in at[0] for b in at[1])

    @property
    def _days(self) -> list[dt.date]:
        return [day.date for day in self.case.plan.menu.days]

    def _needs_meal(self, part: Part, rule: Mapping[str, Any]) -> bool:
        entry = self.case.plan.profile["supplements"][part.number]
        asked = part.taken.nutrient in rule["nutrients"] and not rule.get("wish")
        conditions = set(rule.get("conditions", ()))
        return (
            asked
            and entry.get("form") not in rule.get("unless_forms", ())
            and (not conditions or bool(conditions & self.case.person.conditions))
        )

    def _near_calcium(self, rule: Mapping[str, Any], moment: int) -> bool:
        rich = (at for at, mg in self.meals_mg if mg > rule["above_mg"] + SLACK_MG)
        return any(abs(moment - at) < rule["minutes"] for at in (*self._tablets, *rich))

    @cached_property
    def _tablets(self) -> tuple[int, ...]:
        tablets = [p.minute for p in self.parts or () if p.taken.nutrient == CALCIUM and p.minute is not None]
        return tuple(self.clock.on_day(minute, day) for minute in tablets for day in self._days)

    @cached_property
    def meals_mg(self) -> tuple[tuple[int, float], ...]:
        """The moment of every meal of the menu with its calcium, mg."""
        times: dict[tuple[dt.date, str], str] = {
            (day.date, meal.meal): meal.time for day in self.case.plan.menu.days for meal in day.meals
        }
        return tuple(
            (date.toordinal() * MIDNIGHT + minutes_of_day(times[date, meal]), add_up(served, [CALCIUM])[CALCIUM])
            for (date, meal), served in by_meal(self.case).items()
        )
