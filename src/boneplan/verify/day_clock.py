"""The doses and the meals of a plan's days as moments, worked out again from its profile without the planner.

A moment counts minutes through all days: midnight of day n of the calendar is n × 1440.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from boneplan.verify.case import Case
from boneplan.verify.monitoring import later
from boneplan.verify.person import WEEKDAYS, minutes_of_day
from boneplan.verify.timing_rules import TimingRules
from boneplan.verify.who import is_kind

MIDNIGHT = 24 * 60


@dataclass(frozen=True)
class Medicine:
    """A medicine of the profile with the time at which it is taken, given or taken to be.

    It is taken daily, on one `weekday`, or on `dates` months apart.
    """

    name: str
    minute: int
    weekday: int | None
    dates: frozenset[dt.date] | None = None

    @property
    def daily(self) -> bool:
        """Whether it is taken every day."""
        return self.weekday is None and self.dates is None

    def on(self, date: dt.date) -> bool:
        """Whether it is taken on that day."""
        return self.weekday in (None, date.weekday()) and (self.dates is None or date in self.dates)


@dataclass(frozen=True)
class DayClock:
    """The clock of one plan."""

    case: Case
    rules: TimingRules
    _meals: dict[dt.date, dict[str, int]] = field(default_factory=dict)
    _of: dict[str, tuple[Medicine, ...]] = field(default_factory=dict)

    @cached_property
    def usual(self) -> dict[str, int]:
        """The profile's meals in minutes after midnight, in order. Raises `ValueError` where a time is none."""
        times = self.case.person.meal_times.items()
        found = {meal: minutes_of_day(time) for meal, time in times if time is not None}
        return dict(sorted(found.items(), key=lambda meal: meal[1]))

    @cached_property
    def medicines(self) -> tuple[Medicine, ...]:
        """Every medicine of which the time is known. Raises `ValueError` where one is none."""
        found = []
        for entry in self.case.plan.profile.get("medications") or []:
            name, time, weekday = str(entry["name"]), entry.get("time"), entry.get("weekday")
            minute = minutes_of_day(time) if time else self._taken_to_be(name)
            if minute is None:
                continue
            if not (every := entry.get("every_months")):
                found.append(Medicine(name, minute, WEEKDAYS.index(weekday) if weekday else None))
            elif any(rule.get("tablet_months") == every and self.is_of(name, rule) for rule in self.rules.away):
                found.append(Medicine(name, minute, None, self._due(entry.get("last"), int(every))))
        return tuple(found)

    def _due(self, last: str | None, every: int) -> frozenset[dt.date]:
        """The days of the plan on which a tablet is due; none where the first of them has passed untaken."""
        days, count = tuple(self.case.dates), 1
        due = [later(dt.date.fromisoformat(str(last)), every)] if last else []
        while due and days[0] <= due[0] and due[-1] <= days[-1]:
            count += 1
            due.append(later(dt.date.fromisoformat(str(last)), every * count))
        return frozenset(due).intersection(days)

    def _taken_to_be(self, name: str) -> int | None:
        for rule in self.rules.away:
            if "before_breakfast" in rule and self.is_of(name, rule):
                return max(0, self.usual["breakfast"] - int(rule["before_breakfast"]))
        return None

    def is_of(self, medicine: str, rule: Mapping[str, Any]) -> bool:
        """Whether the rule is about a medicine of that name."""
        return any(is_kind(medicine, kind, self.case.tables.who) for kind in rule["medicines"])

    def doses(self, rule: Mapping[str, Any], day: dt.date) -> Iterator[int]:
        """The moments of the doses that the rule is about, on the day and on its neighbours."""
        for number in range(day.toordinal() - 1, day.toordinal() + 2) if self.of(rule) else ():
            for medicine in self.of(rule):
                if medicine.on(dt.date.fromordinal(number)):
                    yield number * MIDNIGHT + medicine.minute

    def of(self, rule: Mapping[str, Any]) -> tuple[Medicine, ...]:
        """The person's medicines that the rule is about."""
        if rule["id"] not in self._of:
            self._of[rule["id"]] = tuple(m for m in self.medicines if self.is_of(m.name, rule))
        return self._of[rule["id"]]

    def forbidding(self, what: str, moment: int, day: dt.date) -> Iterator[str]:
        """The rules that `what` ("meal" or a supplement's nutrient) breaks at a moment of the day."""
        midnight = day.toordinal() * MIDNIGHT
        for rule in self.rules.away:
            about = what in rule["keeps_away"] or (what != "meal" and "supplement" in rule["keeps_away"])
            for dose in self.doses(rule, day) if about else ():
                same_day = midnight <= dose < midnight + MIDNIGHT
                since = moment - dose
                close = 0 <= since < rule["after"] or 0 < -since < rule.get("before", 0)
                first = same_day and rule.get("fasting") and since < 0
                if close or first or (same_day and rule.get("after_first_meal") and self._before_food(moment, day)):
                    yield str(rule["id"])

    def _may_eat(self, moment: int, day: dt.date) -> bool:
        return not any(self.forbidding("meal", moment, day))

    def _before_food(self, moment: int, day: dt.date) -> bool:
        first = day.toordinal() * MIDNIGHT + min(self.meals(day).values())
        return moment < first + self.rules.meal_minutes

    def meals(self, day: dt.date) -> dict[str, int]:
        """When each meal begins on the day: at its usual time, or at the first minute after it that is allowed.

        Minutes after midnight; a meal that no minute of the day allows stands at its end.
        """
        if day not in self._meals:
            midnight = day.toordinal() * MIDNIGHT
            self._meals[day] = {
                meal: next((m for m in range(usual, MIDNIGHT) if self._may_eat(midnight + m, day)), MIDNIGHT)
                for meal, usual in self.usual.items()
            }
        return self._meals[day]

    def with_meal(self, minute: int) -> str | None:
        """The meal of a usual day that lasts at `minute`."""
        lasting = [meal for meal, start in self.usual.items() if 0 <= minute - start <= self.rules.meal_minutes]
        return lasting[-1] if lasting else None

    def on_day(self, minute: int, day: dt.date) -> int:
        """The moment of something that is taken at `minute` of a usual day: what goes with a meal moves with it."""
        meal = self.with_meal(minute)
        moved = self.meals(day)[meal] - self.usual[meal] if meal else 0
        return day.toordinal() * MIDNIGHT + minute + moved


def clock_text(moment: int) -> str:
    """The time of day of a moment, "HH:MM"."""
    return "{:02d}:{:02d}".format(*divmod(moment % MIDNIGHT, 60))
