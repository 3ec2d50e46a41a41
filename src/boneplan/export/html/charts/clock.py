"""The hours that a week's sessions take, as an axis from left to right that leaves out long empty hours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from boneplan.plan import Session

HOUR, DAY = 60, 24 * 60  # minutes
BREAKS = 2  # at most so many empty stretches are left out
EMPTY = 120  # minutes without a session that are worth leaving out
BREAK = 14  # how wide it shows that hours are left out
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")

Stretch = tuple[int, int]  # minutes of the day


def lasting(session: Session) -> Stretch | None:
    """From when to when `session` lasts, within its day; None where its start cannot be read."""
    match = _CLOCK.fullmatch(session.start)
    if match is None:
        return None
    start = HOUR * int(match[1]) + int(match[2])
    return start, min(start + max(session.minutes, 1), DAY)


@dataclass(frozen=True)
class Axis:
    """`stretches` of whole hours side by side from `left` to `right`, with a break between each two."""

    stretches: Sequence[Stretch]
    left: float
    right: float

    @property
    def scale(self) -> float:
        """Units a minute."""
        room = self.right - self.left - BREAK * (len(self.stretches) - 1)
        return room / sum(end - start for start, end in self.stretches)

    def spans(self) -> Iterator[tuple[float, float]]:
        """From where to where each stretch reaches."""
        x = self.left
        for start, end in self.stretches:
            yield x, x + (end - start) * self.scale
            x += (end - start) * self.scale + BREAK

    def hours(self) -> Iterator[tuple[float, int]]:
        """Where each hour is, both ends of each stretch among them."""
        for (start, end), (x, _) in zip(self.stretches, self.spans(), strict=True):
            for minute in range(start, end + 1, HOUR):
                yield x + (minute - start) * self.scale, minute // HOUR

    def blocks(self, lasts: Sequence[Stretch], least: float) -> list[tuple[float, float]]:
        """Where each of a day's sessions begins and how wide it is, at least `least`; `lasts` are in order of time.

        Short sessions close together move apart by what they lack. Those that overlap in time do so here.
        """
        widths = [max((end - start) * self.scale, least) for start, end in lasts]
        begins = [min(self._at(start), self.right - width) for (start, _), width in zip(lasts, widths, strict=True)]
        overlap = any(later[0] < earlier[1] for earlier, later in pairwise(lasts))
        if not overlap and sum(widths) <= self.right - self.left:
            for k in range(1, len(begins)):
                begins[k] = max(begins[k], begins[k - 1] + widths[k - 1])
            edge = self.right
            for k in reversed(range(len(begins))):
                begins[k] = edge = min(begins[k], edge - widths[k])
        return list(zip(begins, widths, strict=True))

    def _at(self, minute: int) -> float:
        inside = zip(self.stretches, self.spans(), strict=True)
        return next(x + (minute - start) * self.scale for (start, end), (x, _) in inside if minute < end)


def axis(lasts: Iterable[Stretch], left: float, right: float) -> Axis:
    """The axis of all hours that hold a session of `lasts`, which are not empty."""
    hours = sorted((start // HOUR * HOUR, -(-end // HOUR) * HOUR) for start, end in lasts)
    joined = [hours[0]]
    for start, end in hours[1:]:
        if start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    empty = [(after[0] - before[1], after[0]) for before, after in pairwise(joined)]
    breaks = {begins for length, begins in sorted(empty, reverse=True)[:BREAKS] if length >= EMPTY}
    stretches = joined[:1]
    for start, end in joined[1:]:
        if start in breaks:
            stretches.append((start, end))
        else:
            stretches[-1] = (stretches[-1][0], end)
    return Axis(stretches, left, right)
