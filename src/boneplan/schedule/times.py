"""The free times of a person, week by week: availability less what is taken and what a change of the clock bends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from boneplan.plan import Busy, Notice
from boneplan.profile import Profile
from boneplan.schedule.needs import week
from boneplan.schedule.windows import DAYS, END_OF_DAY, Window, minutes_of, read_windows, without
from boneplan.timing.clock import Clock
from boneplan.timing.day import day_number


class Times:
    """The windows of each week from `start`; `usual` are those of any week. `notices` says where they come from."""

    def __init__(self, profile: Profile, start: dt.date, busy: Sequence[Busy], weeks: int = 1) -> None:
        self.profile, self.start, self.busy = profile, start, busy
        self.clock = Clock(profile, [start + dt.timedelta(days=day) for day in range(DAYS * weeks)])
        self.notices: list[Notice] = []
        availability, default = profile.exercise.availability, week().default_availability
        if availability is None:
            text = (
                "The profile names no times for exercise, so the sessions stand at usual ones: "
                "set exercise.availability to move them."
            )
            self.notices.append(default.notice("info", default.rule, text))
            availability = default.windows
        self.usual = read_windows({str(day): spans for day, spans in availability.items()}, start)

    def windows(self, number: int) -> tuple[Window, ...]:
        """What is free in the week `number` (0 the first). The day of a window counts from the start of that week."""
        left = self.usual
        for taken in self.taken(number):
            left = without(left, taken.day, taken.start, taken.end)
        return tuple(left)

    def taken(self, number: int) -> list[Window]:
        """What is not free in that week, whatever the usual times.

        Busy, bent by a change of the clock, before the first meal of a person who must not train fasted, or between
        that meal and a tablet after which nobody lies down.
        """
        first = self.start + dt.timedelta(days=DAYS * number)
        return [*self._busy(first), *self._bent(first), *self._fasted(first), *self._upright(first)]

    def between_meals(self, windows: Sequence[Window]) -> tuple[Window, ...]:
        """The windows without the times of the person's meals."""
        lasts = week().number("meal_minutes")
        left: Sequence[Window] = windows
        for day in range(DAYS):
            for begin in self.clock.meals[self._weekday(day)].values():
                left = without(left, day, begin, begin + lasts)
        return tuple(sorted(left))

    def _weekday(self, day: int) -> int:
        return (self.start.weekday() + day) % DAYS

    def _fasted(self, first: dt.date) -> Iterator[Window]:
        for day in range(DAYS):
            if eaten := self.clock.trains_from(day_number(first) + day):
                yield Window(day, 0, min(eaten, END_OF_DAY))

    def _upright(self, first: dt.date) -> Iterator[Window]:
        for day in range(DAYS):
            for begin, end in self.clock.upright(day_number(first) + day):
                yield Window(day, begin, min(end, END_OF_DAY))

    def _busy(self, first: dt.date) -> Iterator[Window]:
        for busy in self.busy:
            day = (busy.date - first).days
            if 0 <= day < DAYS:
                yield Window(day, minutes_of(busy.start), minutes_of(busy.end))

    def _bent(self, first: dt.date) -> Iterator[Window]:
        """The minutes that the clock skips or shows twice: a session there would not be as long as it says.

        With them goes the minute before, lest a session end at a time that does not exist or is not the only one.
        """
        zone = ZoneInfo(self.profile.timezone)
        for day in range(DAYS):
            midnight = dt.datetime.combine(first + dt.timedelta(days=day), dt.time(), zone)
            if midnight.utcoffset() == (midnight + dt.timedelta(days=1)).utcoffset():
                continue
            minutes = (midnight + dt.timedelta(minutes=minute) for minute in range(END_OF_DAY + 1))
            bent = [m.hour * 60 + m.minute for m in minutes if m.utcoffset() != m.replace(fold=1).utcoffset()]
            if bent:
                yield Window(day, max(0, bent[0] - 1), min(END_OF_DAY, bent[-1] + 1))
