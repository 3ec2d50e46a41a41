"""From events to the stretches of time that they take: repeats expanded, changed instances in their new places."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from boneplan.busy.events import Event
from boneplan.busy.recurrence import Work, occurrences
from boneplan.busy.values import Length, Moment

MARGIN = dt.timedelta(days=2)  # more than any two zones differ

Stretch = tuple[dt.datetime, dt.datetime]
"""From and to: both in UTC, or both without a zone and at midnight where whole days are taken."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An instance that was changed: which it was, and the event that stands in its place."""

    was: Moment
    to: Event

    @property
    def shift(self) -> dt.timedelta:
        """By how much it was moved, on the wall."""
        return self.to.start.wall - self.was.wall


@dataclass(slots=True)
class Series:
    """An event with the changes of its instances. A change of an instance that has no event stands alone."""

    events: list[Event] = field(default_factory=list)
    changes: list[Changed] = field(default_factory=list)

    def stretches(self, start: dt.datetime, end: dt.datetime, work: Work) -> Iterator[tuple[Event, Stretch]]:
        """What is taken around `start` to `end` (without a zone), each with the event; some of it may lie outside.

        Raises `Unreadable` where `work` is used up, `OverflowError` where a time is beyond the years 1 to 9999.
        """
        for change in self.changes:
            yield from _taken(change.to, change.to.start, change.to.length)
        for event in self.events:
            for begin, length in self._instances(event, start, end, work):
                yield from self._after_changes(event, begin, length)

    def _instances(
        self, event: Event, start: dt.datetime, end: dt.datetime, work: Work
    ) -> list[tuple[Moment, Length]]:
        """The instances of `event` as they were planned at first, without those left out."""
        # Programs cancel a series from its first instance on by ending it before that.
        ended = bool(event.rules) and all(rule.until and rule.until < event.start.wall for rule in event.rules)
        own = [] if ended else [(event.start, event.length)]
        if not event.rules and not event.extra and not self.changes:
            return own
        onward = [change for change in self.changes if change.to.following]
        longest = max([event.length.whole, *(change.to.length.whole for change in onward)])
        reach = MARGIN + longest + max((abs(change.shift) for change in onward), default=dt.timedelta())
        low = max(start, dt.datetime.min + reach) - reach
        walls = {
            wall
            for rule in event.rules
            for wall in occurrences(rule, event.start.wall, low, end + MARGIN + reach, work)
        }
        repeats = [(Moment(wall, event.start.zone), event.length) for wall in walls - {event.start.wall}]
        gone = _keys([*event.left_out, *(change.was for change in self.changes)], event.start.zone is None)
        planned = [*own, *repeats, *event.extra]
        return [pair for pair in planned if gone.isdisjoint(_names(pair[0]))] if gone else planned

    def _after_changes(self, event: Event, start: Moment, length: Length) -> Iterator[tuple[Event, Stretch]]:
        """What an instance takes, moved as the last change before it that is for all that follow says."""
        before = [c for c in self.changes if c.to.following and c.was.instant < start.instant]
        if not before:
            yield from _taken(event, start, length)
            return
        change = max(before, key=lambda c: c.was.instant)
        yield from _taken(change.to, Moment(start.wall + change.shift, change.to.start.zone), change.to.length)


def gather(events: Iterable[Event]) -> list[Series]:
    """The events as series: by UID, each event and each instance as its latest SEQUENCE has it."""
    known: dict[tuple[str, dt.datetime | None], list[Event]] = defaultdict(list)
    found: dict[str, Series] = defaultdict(Series)
    alone: list[Series] = []
    for event in events:
        if event.uid:
            known[event.uid, event.replaces.instant if event.replaces else None].append(event)
        else:
            alone.append(Series([event]))
    for (uid, _), versions in known.items():
        latest = max(event.sequence for event in versions)
        for event in versions:
            if event.sequence < latest:
                continue
            if event.replaces:
                found[uid].changes.append(Changed(event.replaces, event))
            else:
                found[uid].events.append(event)
    return [*found.values(), *alone]


def _taken(event: Event, start: Moment, length: Length) -> Iterator[tuple[Event, Stretch]]:
    if not event.free:
        yield event, length.since(start)


def _midnight(wall: dt.datetime) -> dt.datetime:
    return wall.replace(hour=0, minute=0, second=0)


def _keys(moments: Iterable[Moment], of_days: bool) -> set[dt.datetime]:
    """What EXDATE and RECURRENCE-ID name: instants, or days where either they or the event have no times."""
    return {_midnight(m.wall) if of_days or m.zone is None else m.instant for m in moments}


def _names(start: Moment) -> tuple[dt.datetime, dt.datetime]:
    """The names that an instance may have in `_keys`."""
    return start.instant, _midnight(start.wall)
