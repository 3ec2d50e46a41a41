"""An event as the file gives it: when it is, how it repeats, and what it replaces."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from boneplan.busy.content import Component, Property, Unreadable
from boneplan.busy.rules import Rule, parse_rule
from boneplan.busy.values import Length, Moment, between, length, moment, period
from boneplan.busy.zones import Zones

OURS = "@boneplan"
A_DAY = Length(dt.timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Event:
    """One VEVENT. It may stand for the instance `replaces` of a series, and for those after it (`following`)."""

    source: Component
    uid: str
    sequence: int
    start: Moment
    length: Length
    free: bool
    rules: list[Rule]
    extra: list[tuple[Moment, Length]]
    left_out: list[Moment]
    replaces: Moment | None
    following: bool


def read_event(source: Component, zones: Zones) -> Event | None:
    """The event in a VEVENT; None where it is one of boneplan's own. Raises `Unreadable`."""
    uid = source.one("UID")
    if uid and uid.value.lower().endswith(OURS):
        return None
    begins = source.one("DTSTART")
    if begins is None:
        raise Unreadable("it has no DTSTART, so nobody knows when it is: give it one, or take it out")
    start = _moment(begins, zones)
    lasts = _length(source, start, zones)
    instance = source.one("RECURRENCE-ID")
    sequence = source.word("SEQUENCE")
    return Event(
        source=source,
        uid=uid.value if uid else "",
        sequence=int(sequence) if sequence.isdecimal() and len(sequence) < 10 else 0,
        start=start,
        length=lasts,
        free=_free(source),
        rules=[parse_rule(found.value, start.zone) for found in source.every("RRULE")],
        extra=[pair for found in source.every("RDATE") for pair in _extra(found, start, lasts, zones)],
        left_out=[m for found in source.every("EXDATE") for m in _moments(found, zones, start.zone)],
        replaces=_moments(instance, zones, start.zone)[0] if instance else None,
        following=bool(instance and instance.parameters.get("RANGE", "").upper() == "THISANDFUTURE"),
    )


def _free(source: Component) -> bool:
    return (
        source.word("STATUS") == "CANCELLED"
        or source.word("TRANSP") == "TRANSPARENT"
        or source.word("X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"
    )


def _moment(found: Property, zones: Zones) -> Moment:
    return moment(found.value, zones.of(found.parameters.get("TZID")))


def _moments(found: Property, zones: Zones, own: dt.tzinfo | None) -> list[Moment]:
    """The moments of a list such as EXDATE; times without a zone are in the event's own."""
    name = found.parameters.get("TZID")
    zone = own if name is None and own else zones.of(name)
    return [moment(text, zone) for text in found.value.split(",")]


def _length(source: Component, start: Moment, zones: Zones) -> Length:
    ends, duration = source.one("DTEND"), source.one("DURATION")
    if ends:
        lasts = between(start, _moment(ends, zones))
    elif duration:
        lasts = length(duration.value)
    else:
        lasts = Length(dt.timedelta())
    if start.zone is None:
        # Some programs end a day's event on that day, though its end is the day after.
        return lasts if lasts.nominal and not lasts.exact else A_DAY
    return lasts


def _extra(found: Property, start: Moment, lasts: Length, zones: Zones) -> Iterator[tuple[Moment, Length]]:
    """What RDATE adds: periods as they stand; days and times as the event has them, at its time or for whole days."""
    name = found.parameters.get("TZID")
    zone = start.zone if name is None and start.zone else zones.of(name)
    for text in found.value.split(","):
        if "/" in text:
            yield period(text, zone)
            continue
        wall = moment(text, zone)
        if start.zone is None:
            wall = Moment(wall.wall.replace(hour=0, minute=0, second=0), None)
        elif wall.zone is None:
            wall = Moment(dt.datetime.combine(wall.wall, start.wall.time()), start.zone)
        yield wall, lasts
