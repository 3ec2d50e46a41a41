"""A person's days on the clock: when medicines are taken, and the meals that move later because of them.

Days are numbers (`timing/day.py`): those of a usual week, which repeats itself, and the dates that differ from it.
A dose late on one day counts on the next one as well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from boneplan.applies import classes_of
from boneplan.plan import Conflict, MealName
from boneplan.profile import Profile
from boneplan.timing.day import DAY, WEEK, clock_of, day_number, minutes_of
from boneplan.timing.dose import Dose, doses_of
from boneplan.timing.rules import Away, timing_rules

MEALS: tuple[MealName, ...] = get_args(MealName)


@dataclass(frozen=True)
class Move:
    """A meal of one day that stands later than usual, and what it had to make way for."""

    day: int
    meal: MealName
    usual: int
    minute: int
    dose: Dose
    rule: Away


class _Meals(dict[int, dict[MealName, int]]):
    """The meals of each day; a date that is not there is a day of the usual week."""

    def __missing__(self, day: int) -> dict[MealName, int]:
        return self[day % len(WEEK)]


class Clock:
    """The doses of a person, and when each meal of each day begins.

    `dates` are those of the plan: without them tablets that are months apart are not known. `days` are the days that
    differ from one another: those of the usual week, and each date of such a tablet with the one after it.
    """

    def __init__(self, profile: Profile, dates: Sequence[dt.date] = ()) -> None:
        times = profile.meals.model_dump()
        usual: dict[MealName, int] = {meal: minutes_of(times[meal]) for meal in MEALS if times[meal] is not None}
        self.usual = dict(sorted(usual.items(), key=lambda meal: meal[1]))
        self.kinds = [classes_of(medication.name) for medication in profile.medications]
        self.doses = doses_of(profile, self.usual, dates)
        due = frozenset[int]().union(*(dose.dates for dose in self.doses if dose.dates))
        planned = set(map(day_number, dates))
        self.days = (*WEEK, *sorted(due | {day + 1 for day in due} & planned))
        self.moves: list[Move] = []
        self.meals = _Meals((day, self._meals(day)) for day in self.days)

    def around(self, day: int) -> Iterator[tuple[Dose, int]]:
        """The doses of a day and of its neighbours, with their minutes counted from that day's midnight."""
        for days in (-1, 0, 1):
            yield from ((dose, dose.minute + days * DAY) for dose in self.doses if dose.on(day + days))

    def meal_at(self, minute: int) -> MealName | None:
        """The meal that something at `minute` of a usual day is taken with: the one that lasts then."""
        return self.meal_before(minute, timing_rules().meal.minutes)

    def meal_before(self, minute: int, within: int) -> MealName | None:
        """The last meal of a usual day that began at `minute`, or up to `within` minutes before."""
        begun = [meal for meal, start in self.usual.items() if 0 <= minute - start <= within]
        return begun[-1] if begun else None

    def at(self, minute: int, day: int) -> int:
        """When something usual at `minute` stands on that day: what is taken with a meal moves with it."""
        meal = self.meal_at(minute)
        return minute if meal is None else minute + self.shift(meal, day)

    def shift(self, meal: MealName, day: int) -> int:
        """By how much the meal stands later on that day."""
        return self.meals[day][meal] - self.usual[meal]

    def trains_from(self, day: int) -> int:
        """From when a session may stand on that day: midnight, or the first meal if nobody trains fasted."""
        kinds = {kind for rule in timing_rules().no_fasted_training for kind in rule.medicines}
        fed = any(dose_kinds & kinds for dose_kinds in self.kinds)
        return min(self.meals[day].values()) if fed else 0

    def upright(self, day: int) -> Iterator[tuple[int, int]]:
        """From when to when on that day a tablet forbids lying down: from the dose to the first meal."""
        first = min(self.meals[day].values())
        for rule in timing_rules().away:
            if rule.fasting and rule.keeps("meal"):
                for dose in self.doses:
                    if dose.is_of(rule.medicines) and dose.on(day) and dose.minute < first:
                        yield dose.minute, first

    def conflict(self) -> Conflict | None:
        """The first meal that would have to stand at or behind the next one, or on the next day."""
        for move in self.moves:
            later = [(meal, start) for meal, start in self.usual.items() if start > move.usual]
            behind = next(((m, s) for m, s in later if self.meals[move.day][m] <= move.minute), None)
            if behind is None and move.minute < DAY:
                continue
            end = "the next day" if behind is None else f"{behind[0]} at {clock_of(behind[1])}"
            said = (
                f"{move.dose} and {move.meal} at {clock_of(move.usual)} do not fit into one day: {move.rule.said} "
                f"That would put {move.meal} at {clock_of(move.minute)}, not before {end}."
            )
            offers = [f"another time for {move.dose.name}, if whoever prescribes it agrees"]
            offers += [f"{behind[0]} later in the day"] if behind else []
            return Conflict(part="menu", rules=[move.rule.rule, f"meals/{move.meal}"], text=said, relaxations=offers)
        return None

    def _meals(self, day: int) -> dict[MealName, int]:
        found: dict[MealName, int] = {}
        for meal, usual in self.usual.items():
            minute, cause = usual, None
            while pushed := self._too_early(minute, day):
                cause = pushed
                minute = pushed[2]
            if cause:
                self.moves.append(Move(day, meal, usual, minute, cause[0], cause[1]))
            found[meal] = minute
        return found

    def _too_early(self, minute: int, day: int) -> tuple[Dose, Away, int] | None:
        """A dose that a meal at `minute` stands too close behind, its rule, and when the meal may begin."""
        for rule in timing_rules().away:
            for dose, taken in self.around(day):
                if rule.keeps("meal") and dose.is_of(rule.medicines):
                    first = rule.fasting and 0 <= taken < DAY
                    if (first or taken <= minute) and minute < taken + rule.after:
                        return dose, rule, taken + rule.after
        return None


def meal_times(clock: Clock, on: dt.date) -> dict[MealName, str]:
    """When each of the person's meals begins on that day, local "HH:MM", in the order of a usual day."""
    return {meal: clock_of(minute) for meal, minute in clock.meals[day_number(on)].items()}
