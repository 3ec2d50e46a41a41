"""Supplements at times that break no rule on any day, and meals near an antibiotic without foods rich in calcium."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from boneplan.plan import SupplementTaken
from boneplan.verify.avoid import listed
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.day_clock import MIDNIGHT, DayClock
from boneplan.verify.person import minutes_of_day
from boneplan.verify.totals import add_up, by_meal
from boneplan.verify.who import takes

CALCIUM = "calcium"
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


def check_timing(case: Case) -> Iterator[Breach]:
    """Every supplement against the rules of its medicines, its meals and its neighbours, on every day of the plan."""
    if case.tables.timing is None or not case.plan.menu.days:
        return
    judge = SupplementTimes(case, DayClock(case, case.tables.timing))
    try:
        parts, _ = judge.parts, judge.clock.medicines
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        yield Breach("verify/timing-supplement", "supplements", f"their times cannot be read ({error})")
        return
    if parts is None:
        text = "they are not one for each time that the profile gives, in its order"
        yield Breach("verify/timing-supplement", "supplements", text)
        return
    for part in parts:
        where = f"{part.taken.nutrient} at {part.taken.time or 'no time'}"
        if part.taken.name and listed(part.taken.name, case):
            continue  # on the list to avoid: no time is right
        if part.minute is not None and (rule := judge.broken(part, part.minute)):
            yield Breach("verify/timing-supplement", where, f"it breaks safety/timing/{rule}")
        elif part.declared not in (None, part.minute) and not judge.broken(part, part.declared):
            text = "it was moved from the profile's time, which breaks no rule"
            yield Breach("verify/timing-moved", where, text)
        elif part.minute is None:
            free = [meal for meal, start in judge.clock.usual.items() if not judge.broken(part, start)]
            if free:
                yield Breach("verify/timing-moved", where, f"at {free[0]} it breaks no rule, and it has no time")
    for one, other in combinations(parts, 2):
        if one.number == other.number and judge.distance(one, other) < case.tables.timing.split_minutes:
            where = f"{one.taken.nutrient} at {one.taken.time} and {other.taken.time}"
            yield Breach("verify/timing-split", where, "parts of one dose stand too close")


def check_fasted_training(case: Case) -> Iterator[Breach]:
    """No session before the first meal of a day where a medicine asks for a meal first."""
    if case.tables.timing is None:
        return
    clock = DayClock(case, case.tables.timing)
    for rule in clock.rules.no_fasted_training:
        if not any(takes(case.person, kind, case.tables.who) for kind in rule["medicines"]):
            continue
        for session in case.plan.exercise.sessions:
            try:
                fed = min(clock.meals(session.date).values())
                early = minutes_of_day(session.start) < fed
            except (ValueError, TypeError, KeyError, AttributeError):
                continue  # breaches of their own
            if early:
                text = f"at {session.start}, before the first meal of the day (safety/timing/{rule['id']})"
                yield Breach("verify/timing-fasted", f"{session.date} {session.title}", text)


def check_antibiotic_meals(case: Case) -> Iterator[Breach]:
    """No food rich in calcium in a meal that stands too close to a dose that it would bind."""
    if case.tables.timing is None:
        return
    clock = DayClock(case, case.tables.timing)
    for rule in clock.rules.calcium_rich_foods:
        for served in case.served:
            try:
                at = served.day.date.toordinal() * MIDNIGHT + minutes_of_day(served.meal.time)
                near = any(abs(at - dose) < rule["minutes"] for dose in clock.doses(rule, served.day.date))
            except (ValueError, TypeError, KeyError, AttributeError):
                continue  # breaches of their own
            calcium = served.food.amount(CALCIUM, 100) if near else 0.0
            if calcium is None or calcium >= rule["mg_per_100_g"]:
                text = f"rich in calcium, near a dose (safety/timing/{rule['id']})"
                yield Breach("verify/timing-food", served.where, text)


@dataclass(frozen=True)
class SupplementTimes:
    """The supplements of a plan on its days."""

    case: Case
    clock: DayClock

    @cached_property
    def parts(self) -> tuple[Part, ...] | None:
        """The plan's supplements beside the profile's entries; None where they do not match."""
        told = [taken for taken in self.case.plan.menu.supplements if taken.declared]
        declared: list[tuple[int, str, int | None]] = []
        for number, entry in enumerate(self.case.plan.profile.get("supplements") or []):
            if entry.get("nutrient") is not None:
                times = entry.get("times") or [entry.get("time")]
                declared += [(number, entry["nutrient"], self._minute(time)) for time in times]
        if [nutrient for _, nutrient, _ in declared] != [taken.nutrient for taken in told]:
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
        """The first rule that the part breaks at `minute` of a usual day, on any day of the plan; None where none."""
        nutrient = part.taken.nutrient
        if self.clock.with_meal(minute) is None:
            for rule in self.clock.rules.with_meal:
                if self._needs_meal(part, rule):
                    return str(rule["id"])
        for day in self._days:
            moment = self.clock.on_day(minute, day)
            if moment >= (day.toordinal() + 1) * MIDNIGHT:
                return "the next day"
            if rule_id := self.clock.allowed(nutrient, moment, day):
                return rule_id
            for rule in self.clock.rules.away_from_calcium:
                if nutrient in rule["nutrients"] and self._near_calcium(rule, moment):
                    return str(rule["id"])
        if minute != part.minute:
            others = [p for p in self.parts or () if p.number == part.number and p is not part]
            moved = Part(part.number, part.taken, part.declared, minute)
            if any(self.distance(moved, other) < self.clock.rules.split_minutes for other in others):
                return "split_dose"
        return None

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
        rich = (at for at, mg in self._meals_mg if mg > rule["above_mg"] + SLACK_MG)
        return any(abs(moment - at) < rule["minutes"] for at in (*self._tablets, *rich))

    @cached_property
    def _tablets(self) -> tuple[int, ...]:
        tablets = [p.minute for p in self.parts or () if p.taken.nutrient == CALCIUM and p.minute is not None]
        return tuple(self.clock.on_day(minute, day) for minute in tablets for day in self._days)

    @cached_property
    def _meals_mg(self) -> tuple[tuple[int, float], ...]:
        """The moment of every meal of the menu with its calcium, mg."""
        times: dict[tuple[dt.date, str], str] = {
            (day.date, meal.meal): meal.time for day in self.case.plan.menu.days for meal in day.meals
        }
        return tuple(
            (date.toordinal() * MIDNIGHT + minutes_of_day(times[date, meal]), add_up(served, [CALCIUM])[CALCIUM])
            for (date, meal), served in by_meal(self.case).items()
        )
