"""`read_busy`: from a calendar file to the dated stretches of local time that it takes."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from boneplan.busy.content import Component, Property, Unreadable, read_components
from boneplan.busy.events import Event, read_event
from boneplan.busy.recurrence import Work
from boneplan.busy.series import Stretch, gather
from boneplan.busy.values import Moment, period
from boneplan.busy.zones import Zones
from boneplan.errors import InputError
from boneplan.plan import Busy
from boneplan.yaml_reader import escaped, shown

MINUTE = dt.timedelta(minutes=1)
QUARTER = dt.timedelta(minutes=15)  # clocks change on these
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
LAST_MINUTE = "23:59"
SHOWN_PROBLEMS = 20


@dataclass(frozen=True)
class BusyTimes:
    """What is taken, in order of time and without overlap, and what the person should know about how it was read."""

    taken: list[Busy]
    notices: list[str]


def read_busy(path: Path, *, start: dt.date, days: int, timezone: str) -> BusyTimes:
    """The times on the `days` days from `start` that the calendar file at `path` takes, local to `timezone` (IANA).

    They begin at the start of a minute and end at the end of one, none passes midnight, and "23:59" stands for the
    end of a day. Events marked as free or cancelled, and boneplan's own, take nothing; times without a zone, or in
    one that nobody knows, are local. Raises InputError, a line for each event that cannot be read: it might be one
    that takes time.
    """
    with _nothing_collected():
        return _read(path, dt.datetime.combine(start, dt.time()), days, timezone)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Pauses the search for cycles of garbage: there are none here, and it takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read(path: Path, first: dt.datetime, days: int, timezone: str) -> BusyTimes:
    source = escaped(str(path))
    work = Work()
    components = read_components(path)
    zones = Zones(timezone, (c for c in components if c.name == "VTIMEZONE"), work)
    end = first + days * DAY
    problems: list[str] = []
    events: list[Event] = []
    stretches: list[Stretch] = []
    for component in components:
        try:
            if component.name == "VFREEBUSY":
                stretches += _listed(component, zones)
            elif component.name == "VEVENT" and (event := read_event(component, zones)):
                events.append(event)
        except (Unreadable, OverflowError) as problem:
            problems.append(_sentence(component, problem))
    whole_days: dict[int, Event] = {}
    for series in gather(events):
        try:
            for event, stretch in series.stretches(first, end, work):
                stretches.append(stretch)
                if stretch[0].tzinfo is None and stretch[0] < end and stretch[1] > first:
                    whole_days[id(event)] = event
        except (Unreadable, OverflowError) as problem:
            problems.append(_sentence((series.events or [series.changes[0].to])[0].source, problem))
            break
    if problems:
        more = [f"and {len(problems) - SHOWN_PROBLEMS} more events like these"] * (len(problems) > SHOWN_PROBLEMS)
        raise InputError([f"{source}: {problem}" for problem in (*problems[:SHOWN_PROBLEMS], *more)])
    bounds = Moment(first, zones.own).instant, Moment(end, zones.own).instant
    local = [piece for stretch in stretches for piece in _local(stretch, bounds, zones.own)]
    return BusyTimes(_taken(local, first, end), _notices(source, len(whole_days), zones, timezone))


def _listed(component: Component, zones: Zones) -> Iterator[Stretch]:
    """What a free/busy list takes: all its periods but those marked as free."""
    for found in component.every("FREEBUSY"):
        if found.parameters.get("FBTYPE", "").upper() != "FREE":
            yield from _periods(found, zones)


def _periods(found: Property, zones: Zones) -> Iterator[Stretch]:
    for text in found.value.split(","):
        start, length = period(text, zones.of(found.parameters.get("TZID")))
        yield length.since(start)


def _sentence(component: Component, problem: Exception) -> str:
    """What is wrong with an event, by its start or its line in the file."""
    begins = component.one("DTSTART")
    what = "event" if component.name == "VEVENT" else "free/busy list"
    when = f"of {shown(begins.value)}" if begins else f"in line {component.line}"
    said = problem if isinstance(problem, Unreadable) else "is before the year 1 or after 9999: correct its dates"
    return f"the {what} {when}: {said}"


def _local(stretch: Stretch, bounds: Stretch, zone: ZoneInfo) -> Iterator[Stretch]:
    """A stretch as clocks on the wall of `zone` show it, as far as it lies within `bounds` (in UTC)."""
    start, stop = stretch
    if start.tzinfo is None:
        yield start, stop
        return
    start, stop = max(start, bounds[0]), min(stop, bounds[1])
    if start >= stop:
        return
    begin, finish = start.astimezone(zone), stop.astimezone(zone)
    if begin.utcoffset() == finish.utcoffset():
        yield begin.replace(tzinfo=None), finish.replace(tzinfo=None)
        return
    # Where clocks change in between, the wall may show an hour twice: look at each quarter alone. Clocks change on
    # the quarter, so none of these pieces may reach over one.
    while start < stop:
        following = min(stop, start + QUARTER - (start - EPOCH) % QUARTER)
        wall = start.astimezone(zone).replace(tzinfo=None)
        yield wall, wall + (following - start)
        start = following


def _taken(stretches: Iterable[Stretch], first: dt.datetime, end: dt.datetime) -> list[Busy]:
    """The stretches between `first` and `end` in whole minutes, joined where they meet and cut at midnight."""
    joined: list[list[dt.datetime]] = []
    for start, stop in sorted(stretches):
        begin, finish = max(_floor(start), first), min(_ceiling(stop), end)
        if begin >= finish:
            continue
        if joined and begin <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], finish)
        else:
            joined.append([begin, finish])
    return [busy for begin, finish in joined for busy in _by_day(begin, finish)]


def _by_day(begin: dt.datetime, finish: dt.datetime) -> Iterator[Busy]:
    while begin < finish:
        midnight = dt.datetime.combine(begin.date(), dt.time()) + DAY
        until = f"{finish:%H:%M}" if finish < midnight else LAST_MINUTE
        if f"{begin:%H:%M}" < until:
            yield Busy(date=begin.date(), start=f"{begin:%H:%M}", end=until)
        begin = midnight


def _floor(wall: dt.datetime) -> dt.datetime:
    return wall.replace(second=0, microsecond=0)


def _ceiling(wall: dt.datetime) -> dt.datetime:
    whole = _floor(wall)
    return whole if whole == wall else whole + MINUTE


def _notices(source: str, whole_days: int, zones: Zones, timezone: str) -> list[str]:
    said = []
    if whole_days:
        one, many = "1 all-day event takes its whole days", f"{whole_days} all-day events take their whole days"
        takes = one if whole_days == 1 else many
        said.append(f"{source}: {takes}: mark as free, in the calendar, what leaves time to exercise")
    unknown = (f"the time zone {shown(name)} is unknown: its times are read as {timezone}" for name in zones.unknown)
    return [*said, *(f"{source}: {sentence}" for sentence in unknown)]
