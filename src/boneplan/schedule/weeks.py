"""The weeks of a programme one after another: each week's dose, its times, and rest between the weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from boneplan.exercises import Exercise
from boneplan.plan import Conflict, TrainingWeek
from boneplan.profile import Profile
from boneplan.schedule.conflict import explain
from boneplan.schedule.doses import WeekDose, exercises_that_fit
from boneplan.schedule.model import Slot
from boneplan.schedule.needs import Needs, needs_of
from boneplan.schedule.progression import dose_of, next_week
from boneplan.schedule.times import Times
from boneplan.schedule.windows import DAYS, Window
from boneplan.schedule.wishes import solve_week

LAST_DAY = DAYS - 1


@dataclass(frozen=True)
class SolvedWeek:
    """A week with its times. `at_meals`: they are so tight that a session may touch a meal."""

    training: TrainingWeek
    needs: Needs
    pattern: tuple[Slot, ...]
    at_meals: bool

    @cached_property
    def ends_in_resistance(self) -> bool:
        """Whether the next day cannot be a resistance day."""
        return LAST_DAY in _resistance_days(self.pattern)


class Weeks:
    """Solves week after week for one person; a week like one before is not solved again.

    `repeats`: another week follows each, so that first and last days are kept apart within a week already, where busy
    times leave room for that.
    """

    def __init__(
        self,
        profile: Profile,
        options: Sequence[Exercise],
        times: Times,
        *,
        repeats: bool,
        last_resistance: dt.date | None = None,
    ) -> None:
        self.profile, self.options, self.times, self.repeats = profile, options, times, repeats
        self._rest_at_first = last_resistance == times.start - dt.timedelta(days=1)
        self._needs: dict[WeekDose, Needs] = {}
        self._patterns: dict[tuple[tuple[Window, ...], Needs, frozenset[int], bool], tuple[Slot, ...] | None] = {}

    def needs(self, training: TrainingWeek) -> Needs:
        """What the sessions of that week must and should be."""
        dose = dose_of(training)
        if dose not in self._needs:
            self._needs[dose] = needs_of(self.profile, self.options, dose)
        return self._needs[dose]

    def solve(self, first: TrainingWeek, count: int) -> list[SolvedWeek] | Conflict:
        """`count` weeks from `first`, or why one of them cannot be."""
        weeks: list[SolvedWeek] = []
        training = first
        self._solve_fullest(first, count)
        for number in range(count):
            rest = self._rest_before(weeks)
            if number:
                training = next_week(training, self.profile, fits=partial(self._fits, number, training, rest))
            solved = self._week(number, training, rest)
            if solved is None and weeks and weeks[-1].ends_in_resistance:
                # The week before may be able to end in a day of rest.
                again = self._week(number - 1, weeks[-1].training, self._rest_before(weeks[:-1]) | {LAST_DAY})
                if again is not None:
                    weeks[-1] = again
                    solved = self._week(number, training, frozenset())
            if solved is None:
                return self._conflict(number, training, self._rest_before(weeks), count)
            weeks.append(solved)
        return weeks

    def _solve_fullest(self, first: TrainingWeek, count: int) -> None:
        """Solves a week that asks for as much as any to come, so that the others can keep its days."""
        weeks = [first]
        while len(weeks) < count:
            weeks.append(next_week(weeks[-1], self.profile, fits=lambda _: True))
        most = {name: max(getattr(week, name) for week in weeks) for name in ("aerobic_minutes", "sets", "impacts")}
        self._week(0, first.model_copy(update={**most, "lighter": False}), self._rest_before([]))

    def _rest_before(self, weeks: Sequence[SolvedWeek]) -> frozenset[int]:
        tired = weeks[-1].ends_in_resistance if weeks else self._rest_at_first
        return frozenset({0}) if tired else frozenset()

    def _week(self, number: int, training: TrainingWeek, rest: frozenset[int]) -> SolvedWeek | None:
        windows, needs = self.times.windows(number), self.needs(training)
        # Where weeks differ, one may need both its ends, and the weeks around it keep clear of them.
        for repeats in dict.fromkeys((self.repeats, self.repeats and not self.times.busy)):
            for at_meals, allowed in ((False, self.times.between_meals(windows)), (True, windows)):
                pattern = self._pattern(allowed, needs, rest, repeats)
                if pattern is not None:
                    return SolvedWeek(training, needs, pattern, at_meals)
        return None

    def _pattern(
        self, windows: tuple[Window, ...], needs: Needs, rest: frozenset[int], repeats: bool
    ) -> tuple[Slot, ...] | None:
        key = (windows, needs, rest, repeats)
        if key not in self._patterns:
            # The same days as in another week, where its times are free, as long as strength falls no shorter there.
            known = (p for p in self._patterns.values() if p is not None and all(_is_free(s, windows) for s in p))
            like = next((p for p in known if not rest.intersection(_resistance_days(p))), None)
            found = like and solve_week(windows, needs, repeats=repeats, rest=rest, like=like)
            if not found or not like or _strength_short(found) > _strength_short(like):
                found = solve_week(windows, needs, repeats=repeats, rest=rest)
            self._patterns[key] = None if found is None else tuple(found)
        return self._patterns[key]

    def _fits(self, number: int, training: TrainingWeek, rest: frozenset[int], sets: int) -> bool:
        """Whether every resistance session of that week would have time for so many sets of every muscle group."""
        asked = training.model_copy(update={"sets": sets, "lighter": False})
        solved = self._week(number, asked, rest)
        return solved is not None and all(
            exercises_that_fit(slot.minutes, sets) >= len(solved.needs.groups)
            for slot in solved.pattern
            if slot.bout.kind == "resistance"
        )

    def _conflict(self, number: int, training: TrainingWeek, rest: frozenset[int], count: int) -> Conflict:
        for _ in range(number + 1, count):
            # The time that would do has to do for the weeks to come as well, which may ask for more minutes.
            training = next_week(training, self.profile, fits=lambda _: False)
        windows, needs = self.times.windows(number), self.needs(training)
        conflict = explain(
            windows,
            needs,
            self.times.start,
            repeats=self.repeats and not self.times.busy,
            rest=rest,
            usual=self.times.usual,
            taken=self.times.taken(number),
        )
        if count == 1 or not self.times.busy:
            return conflict
        first = self.times.start + dt.timedelta(weeks=number)
        apart = f"plan the weeks before it alone (--weeks {number})"
        offers = [*conflict.relaxations, apart] if number else conflict.relaxations
        text = f"In the week of {first.day} {first:%B}: {conflict.text}"
        return conflict.model_copy(update={"text": text, "relaxations": offers, "week": first.isoformat()})


def _resistance_days(pattern: Sequence[Slot]) -> set[int]:
    return {slot.day for slot in pattern if slot.bout.kind == "resistance"}


def _is_free(slot: Slot, windows: Sequence[Window]) -> bool:
    return any(window.holds(slot.day, slot.start, slot.minutes) for window in windows)


def _strength_short(pattern: Sequence[Slot]) -> int:
    """The minutes that strength sessions lack for every set of every muscle group."""
    return sum(slot.bout.longest - slot.minutes for slot in pattern if slot.bout.kind == "resistance")
