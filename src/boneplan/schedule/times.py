"""The free times of a person, week by week: availability less what is taken and what a change of the clock bends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from boneplan.plan import Busy, Notice
from boneplan.profile import Profile
from boneplan.schedule.needs import week
from boneplan.schedule.windows import DAYS, END_OF_DAY, Window, minutes_of, read_windows, without, without_meals


class Times:
    """The windows of each week from `start`. `notices` says where the times come from."""

    def __init__(self, profile: Profile, start: dt.date, busy: Sequence[Busy]) -> None:
        self.profile, self.start, self.busy = profile, start, busy
        self.notices: list[Notice] = []
        availability, default = profile.exercise.availability, week().default_availability
        if availability is None:
            text = (
                "The profile names no times for exercise, so the sessions stand at usual ones: "
                "set exercise.availability to move them."
            )
            self.notices.append(default.notice("info", default.rule, text))
            availability = default.windows
        self._usual = read_windows({str(day): spans for day, spans in availability.items()}, start)

    def windows(self, number: int) -> tuple[Window, ...]:
        """What is free in the week `number` (0 the first). The day of a window counts from the start of that week."""
        first = self.start + dt.timedelta(days=DAYS * number)
        left = self._usual
        for day, begin, end in [*self._taken(first), *self._bent(first)]:
            left = without(left, day, begin, end)
        return tuple(left)

    def between_meals(self, windows: Sequence[Window]) -> tuple[Window, ...]:
        """The windows without the times of the person's meals."""
        return tuple(without_meals(windows, self.profile.meals, week().number("meal_minutes")))

    def _taken(self, first: dt.date) -> Iterator[tuple[int, int, int]]:
        for busy in self.busy:
            day = (busy.date - first).days
            if 0 <= day < DAYS:
                yield day, minutes_of(busy.start), minutes_of(busy.end)

    def _bent(self, first: dt.date) -> Iterator[tuple[int, int, int]]:
        """The minutes that the clock skips or shows twice: a session there would not be as long as it says."""
        zone = ZoneInfo(self.profile.timezone)
        for day in range(DAYS):
            midnight = dt.datetime.combine(first + dt.timedelta(days=day), dt.time(), zone)
            if midnight.utcoffset() == (midnight + dt.timedelta(days=1)).utcoffset():
                continue
            minutes = (midnight + dt.timedelta(minutes=minute) for minute in range(END_OF_DAY + 1))
            bent = [m.hour * 60 + m.minute for m in minutes if m.utcoffset() != m.replace(fold=1).utcoffset()]
            if bent:
                yield day, bent[0], bent[-1] + 1
