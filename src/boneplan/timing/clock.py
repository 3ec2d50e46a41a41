"""A person's week on the clock: when medicines are taken, and the meals that move later because of them.

Times are minutes after midnight, weekdays 0 (Monday) to 6. A week repeats itself: a dose late on one day counts on
the next one as well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from boneplan.applies import classes_of
from boneplan.plan import Conflict, MealName
from boneplan.profile import Profile
from boneplan.profile_health import Medication, Weekday
from boneplan.timing.rules import Away, timing_rules

DAY = 24 * 60
MEALS: tuple[MealName, ...] = get_args(MealName)
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
WEEK = range(len(WEEKDAYS))


def minutes_of(clock: str) -> int:
    """Minutes after midnight of a checked "HH:MM"."""
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)


def clock_of(minutes: int) -> str:
    """Minutes after midnight as "HH:MM"."""
    return "{:02d}:{:02d}".format(*divmod(minutes % DAY, 60))


@dataclass(frozen=True)
class Dose:
    """A medicine as the profile writes it, its kinds, and when it is taken: daily, or on one weekday.

    `assumed_by` is the rule that says when a dose without a time is taken to be.
    """

    name: str
    kinds: frozenset[str]
    minute: int
    weekday: int | None = None
    assumed_by: Away | None = None

    def is_of(self, kinds: Sequence[str]) -> bool:
        """Whether it is of one of these kinds."""
        return not self.kinds.isdisjoint(kinds)

    def on(self, weekday: int) -> bool:
        """Whether it is taken on that day."""
        return self.weekday in (None, weekday % len(WEEK))

    def __str__(self) -> str:
        return f"{self.name} at {clock_of(self.minute)}"


@dataclass(frozen=True)
class Move:
    """A meal of one weekday that stands later than usual, and what it had to make way for."""

    weekday: int
    meal: MealName
    usual: int
    minute: int
    dose: Dose
    rule: Away


class Clock:
    """The doses of a person, and when each meal of each weekday begins."""

    def __init__(self, profile: Profile) -> None:
        times = profile.meals.model_dump()
        usual: dict[MealName, int] = {meal: minutes_of(times[meal]) for meal in MEALS if times[meal] is not None}
        self.usual = dict(sorted(usual.items(), key=lambda meal: meal[1]))
        self.kinds = [classes_of(medication.name) for medication in profile.medications]
        self.doses = [dose for medication in profile.medications if (dose := _dose(medication, self.usual))]
        self.moves: list[Move] = []
        self.meals: list[dict[MealName, int]] = [self._meals(weekday) for weekday in WEEK]

    def around(self, weekday: int) -> Iterator[tuple[Dose, int]]:
        """The doses of a day and of its neighbours, with their minutes counted from that day's midnight."""
        for days in (-1, 0, 1):
            yield from ((dose, dose.minute + days * DAY) for dose in self.doses if dose.on(weekday + days))

    def meal_at(self, minute: int) -> MealName | None:
        """The meal that something at `minute` of a usual day is taken with: the one that lasts then."""
        return self.meal_before(minute, timing_rules().meal.minutes)

    def meal_before(self, minute: int, within: int) -> MealName | None:
        """The last meal of a usual day that began at `minute`, or up to `within` minutes before."""
        begun = [meal for meal, start in self.usual.items() if 0 <= minute - start <= within]
        return begun[-1] if begun else None

    def at(self, minute: int, weekday: int) -> int:
        """When something usual at `minute` stands on that weekday: what is taken with a meal moves with it."""
        meal = self.meal_at(minute)
        return minute if meal is None else minute + self.shift(meal, weekday)

    def shift(self, meal: MealName, weekday: int) -> int:
        """By how much the meal stands later on that weekday."""
        return self.meals[weekday][meal] - self.usual[meal]

    def trains_from(self, weekday: int) -> int:
        """From when a session may stand on that weekday: midnight, or the first meal if nobody trains fasted."""
        kinds = {kind for rule in timing_rules().no_fasted_training for kind in rule.medicines}
        fed = any(dose_kinds & kinds for dose_kinds in self.kinds)
        return min(self.meals[weekday].values()) if fed else 0

    def conflict(self) -> Conflict | None:
        """The first meal that would have to stand at or behind the next one, or on the next day."""
        for move in self.moves:
            later = [(meal, start) for meal, start in self.usual.items() if start > move.usual]
            behind = next(((m, s) for m, s in later if self.meals[move.weekday][m] <= move.minute), None)
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

    def _meals(self, weekday: int) -> dict[MealName, int]:
        found: dict[MealName, int] = {}
        for meal, usual in self.usual.items():
            minute, cause = usual, None
            while pushed := self._too_early(minute, weekday):
                cause = pushed
                minute = pushed[2]
            if cause:
                self.moves.append(Move(weekday, meal, usual, minute, cause[0], cause[1]))
            found[meal] = minute
        return found

    def _too_early(self, minute: int, weekday: int) -> tuple[Dose, Away, int] | None:
        """A dose that a meal at `minute` stands too close behind, its rule, and when the meal may begin."""
        for rule in timing_rules().away:
            for dose, taken in self.around(weekday):
                if rule.keeps("meal") and dose.is_of(rule.medicines):
                    first = rule.fasting and 0 <= taken < DAY
                    if (first or taken <= minute) and minute < taken + rule.after:
                        return dose, rule, taken + rule.after
        return None


def meal_times(profile: Profile, on: dt.date) -> dict[MealName, str]:
    """When each of the person's meals begins on that day, local "HH:MM", in the order of a usual day."""
    return {meal: clock_of(minute) for meal, minute in Clock(profile).meals[on.weekday()].items()}


def untimed(profile: Profile) -> list[Medication]:
    """Medicines that a rule, or the calendar, has to know the time of, while nothing says it."""
    usual = Clock(profile).usual
    return [
        medication
        for medication in profile.medications
        if not medication.every_months
        and _dose(medication, usual) is None
        and (medication.weekday or _is_ruled(classes_of(medication.name)))
    ]


def _is_ruled(kinds: frozenset[str]) -> bool:
    return any(not kinds.isdisjoint(rule.medicines) for rule in timing_rules().away)


def _dose(medication: Medication, usual: dict[MealName, int]) -> Dose | None:
    kinds = classes_of(medication.name)
    weekday = WEEKDAYS.index(medication.weekday) if medication.weekday else None
    if medication.every_months:
        return None
    if medication.time:
        return Dose(medication.name, kinds, minutes_of(medication.time), weekday)
    for rule in timing_rules().away:
        if rule.before_breakfast is not None and not kinds.isdisjoint(rule.medicines):
            minute = max(0, usual["breakfast"] - rule.before_breakfast)
            return Dose(medication.name, kinds, minute, weekday, rule)
    return None
