"""The doses of a person's medicines: of what kind, at what minute, on which days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from boneplan.applies import classes_of
from boneplan.doses import due_dates
from boneplan.plan import MealName
from boneplan.profile import Profile
from boneplan.profile_health import Medication
from boneplan.timing.day import WEEK, WEEKDAYS, clock_of, day_number, minutes_of
from boneplan.timing.rules import Away, timing_rules


@dataclass(frozen=True)
class Dose:
    """A medicine as the profile writes it, its kinds, and when it is taken: daily, on one weekday, or on `dates`.

    `dates` are numbers of days (`day_number`). `assumed_by` is the rule that says when a dose without a time is taken
    to be.
    """

    name: str
    kinds: frozenset[str]
    minute: int
    weekday: int | None = None
    dates: frozenset[int] | None = None
    assumed_by: Away | None = None

    def is_of(self, kinds: Sequence[str]) -> bool:
        """Whether it is of one of these kinds."""
        return not self.kinds.isdisjoint(kinds)

    def on(self, day: int) -> bool:
        """Whether it is taken on that day."""
        return self.weekday in (None, day % len(WEEK)) and (self.dates is None or day in self.dates)

    @property
    def daily(self) -> bool:
        """Whether it is taken every day."""
        return self.weekday is None and self.dates is None

    def __str__(self) -> str:
        return f"{self.name} at {clock_of(self.minute)}"


def doses_of(profile: Profile, usual: Mapping[MealName, int], dates: Sequence[dt.date]) -> list[Dose]:
    """Every dose whose time of day is known; `usual` is when meals begin, `dates` are those of tablets months apart.

    The aromatase inhibitor is among them, unless it goes by the meals.
    """
    therapy = profile.therapy
    taken = [dose for medication in profile.medications if (dose := _dose(medication, usual, dates))]
    after_meal = any(therapy.drug in rule.drugs for rule in timing_rules().after_meal)
    if therapy.drug != "none" and therapy.time and ":" in therapy.time and not after_meal:
        taken.append(Dose(therapy.drug.replace("_", " "), classes_of(therapy.drug), minutes_of(therapy.time)))
    return taken


def untimed(profile: Profile, usual: Mapping[MealName, int]) -> list[Medication]:
    """Medicines that a rule, or the calendar, has to know the time of, while nothing says it."""
    return [
        medication
        for medication in profile.medications
        if not medication.every_months
        and _minute(medication, usual) is None
        and (medication.weekday or _is_ruled(classes_of(medication.name)))
    ]


def _is_ruled(kinds: frozenset[str]) -> bool:
    return any(rule.is_about(kinds) for rule in _away())


def _dose(medication: Medication, usual: Mapping[MealName, int], dates: Sequence[dt.date]) -> Dose | None:
    kinds, found = classes_of(medication.name), _minute(medication, usual)
    if found is None:
        return None
    minute, assumed_by = found
    weekday = WEEKDAYS.index(medication.weekday) if medication.weekday else None
    due = None
    if medication.every_months:
        if not any(rule.tablet_months == medication.every_months and rule.is_about(kinds) for rule in _away()):
            return None  # given by somebody, or nothing about its day is known
        due = frozenset(map(day_number, _due(medication, dates)))
    return Dose(medication.name, kinds, minute, weekday, due, assumed_by)


def _minute(medication: Medication, usual: Mapping[MealName, int]) -> tuple[int, Away | None] | None:
    """The minute of the dose, and the rule that says so where the profile gives no time."""
    if medication.time:
        return minutes_of(medication.time), None
    kinds = classes_of(medication.name)
    for rule in _away():
        if rule.before_breakfast is not None and rule.is_about(kinds):
            return max(0, usual["breakfast"] - rule.before_breakfast), rule
    return None


def _due(medication: Medication, dates: Sequence[dt.date]) -> list[dt.date]:
    """The dates on which the tablet is due. One that is late has none: whoever prescribes it says when to have it."""
    if not dates or medication.last is None or medication.every_months is None:
        return []
    due = due_dates(medication.last, medication.every_months, min(dates), max(dates))
    return sorted(set(due).intersection(dates))


def _away() -> tuple[Away, ...]:
    return timing_rules().away
