"""The times a person has: availability by weekday as dated windows, in minutes after midnight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from boneplan.errors import InputError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS = 7
END_OF_DAY = 24 * 60 - 1  # 23:59, the last minute that a time of day can name


@dataclass(frozen=True, order=True)
class Window:
    """A stretch of a day: `day` counts from the start of the week; `start`, `end` in minutes after midnight."""

    day: int
    start: int
    end: int

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.end - self.start

    def holds(self, day: int, start: int, minutes: int) -> bool:
        """Whether so many minutes from `start` on that day lie within it."""
        return self.day == day and self.start <= start and start + minutes <= self.end


def clock(minutes: int) -> str:
    """Minutes after midnight as "HH:MM"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def minutes_of(text: str) -> int:
    """A time "HH:MM" as minutes after midnight. Raises `ValueError` for anything else."""
    time = dt.time.fromisoformat(text.strip().zfill(5))
    return time.hour * 60 + time.minute


def weekday_of(start: dt.date, day: int) -> str:
    """The weekday of the day `day` days after `start`."""
    return WEEKDAYS[(start.weekday() + day) % DAYS]


def read_windows(availability: Mapping[str, Sequence[str]], start: dt.date) -> list[Window]:
    """The windows of the seven days from `start`, in order and without overlap.

    Where two stretches overlap, the later one begins where the earlier ends. Raises `InputError`, a line for
    each stretch that is not "HH:MM-HH:MM" with its end after its start.
    """
    found, wrong = [], []
    for day in range(DAYS):
        weekday = weekday_of(start, day)
        spans = []
        for text in availability.get(weekday, []):
            try:
                begin, end = (minutes_of(part) for part in text.split("-"))
            except ValueError:
                begin, end = 0, 0
            if end <= begin:
                wrong.append(f'exercise.availability.{weekday}: {text!r}: write a stretch such as "07:00-08:00"')
            else:
                spans.append((begin, end))
        free_from = 0
        for begin, end in sorted(spans):
            if end > max(begin, free_from):
                found.append(Window(day, max(begin, free_from), end))
                free_from = end
    if wrong:
        raise InputError(wrong)
    return found


def without(windows: Iterable[Window], day: int, begin: int, end: int) -> list[Window]:
    """The windows without the minutes `begin` to `end` of a day."""
    parts = (_cut(window, begin, end) if window.day == day else [window] for window in windows)
    return [part for window in parts for part in window]


def _cut(window: Window, begin: int, end: int) -> list[Window]:
    if end <= window.start or begin >= window.end:
        return [window]
    parts = [replace(window, end=max(begin, window.start)), replace(window, start=min(end, window.end))]
    return [part for part in parts if part.minutes > 0]


def room_around(windows: Sequence[Window], blocked: Sequence[Window] = ()) -> list[int]:
    """By how many minutes each window could grow before it meets another, `blocked` times or the ends of the day."""
    return [sum(_room(windows, blocked, i)) for i in range(len(windows))]


def grown(windows: Sequence[Window], index: int, minutes: int, blocked: Sequence[Window] = ()) -> Window:
    """The window at `index` longer by `minutes`: later first, then earlier, never into `blocked` times."""
    window = windows[index]
    before, after = _room(windows, blocked, index)
    later = min(minutes, after)
    return replace(window, start=window.start - min(minutes - later, before), end=window.end + later)


def merged(windows: Iterable[Window]) -> list[Window]:
    """The same times with windows that overlap or touch joined into one."""
    found: list[Window] = []
    for window in sorted(windows):
        if found and found[-1].day == window.day and window.start <= found[-1].end:
            found[-1] = replace(found[-1], end=max(found[-1].end, window.end))
        else:
            found.append(window)
    return found


def _room(windows: Sequence[Window], blocked: Sequence[Window], index: int) -> tuple[int, int]:
    window = windows[index]
    others = [*blocked, *(other for i, other in enumerate(windows) if i != index)]
    same_day = [other for other in others if other.day == window.day]
    earliest = max((other.end for other in same_day if other.end <= window.start), default=0)
    latest = min((other.start for other in same_day if other.start >= window.end), default=END_OF_DAY)
    return window.start - earliest, latest - window.end
