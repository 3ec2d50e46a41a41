"""The values that say when: dates, times, durations and periods (RFC 5545, section 3.3)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from boneplan.busy.content import Unreadable
from boneplan.yaml_reader import shown

DAY = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII)
DURATION = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII)
NONE = dt.timedelta()
LONGEST = 12  # digits of a number in a duration; a trillion of anything is over every limit


@dataclass(frozen=True, slots=True)
class Moment:
    """What a clock on the wall of `zone` shows; where `zone` is None, a day, at its midnight."""

    wall: dt.datetime
    zone: dt.tzinfo | None

    @property
    def instant(self) -> dt.datetime:
        """The moment in UTC; of a day its midnight, which no zone belongs to. Raises `OverflowError` near year 1."""
        return self.wall.replace(tzinfo=self.zone).astimezone(dt.UTC) if self.zone else self.wall


@dataclass(frozen=True, slots=True)
class Length:
    """How long something lasts: first `nominal` by the clock on the wall, then `exact` by a stopwatch."""

    nominal: dt.timedelta
    exact: dt.timedelta = NONE

    @property
    def whole(self) -> dt.timedelta:
        """About how long that is."""
        return self.nominal + self.exact

    def since(self, start: Moment) -> tuple[dt.datetime, dt.datetime]:
        """The instants at which something that begins at `start` begins and ends."""
        begin = start.instant
        end = (
            Moment(start.wall + self.nominal, start.zone).instant + self.exact if self.nominal else begin + self.exact
        )
        # An hour that the clocks skip can put a start after its end.
        return begin, end if end >= begin else begin + self.whole


def moment(text: str, zone: dt.tzinfo) -> Moment:
    """The date, or the time in `zone` unless it is in UTC. Raises `Unreadable`."""
    match = DAY.fullmatch(text.strip())
    if match is None:
        raise Unreadable(f"{shown(text)} is no date or time: write it as 20261123 or 20261123T080000")
    year, month, day, hour, minute, second, utc = match.groups()
    try:
        if hour is None:
            return Moment(dt.datetime(int(year), int(month), int(day)), None)
        # A leap second is written as 60.
        clock = (int(hour), int(minute), 59 if second == "60" else int(second))
        return Moment(dt.datetime(int(year), int(month), int(day), *clock), dt.UTC if utc else zone)
    except ValueError:
        raise Unreadable(f"{shown(text)} is a day or time that no calendar has: correct it") from None


def length(text: str) -> Length:
    """A duration of no less than nothing, such as PT30M. Raises `Unreadable`."""
    match = DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()[1:]):
        raise Unreadable(f"{shown(text)} is no duration: write it as PT30M or P1D")
    numbers = [int((part or "0")[:LONGEST]) for part in match.groups()[1:]]
    if match[1] == "-" and any(numbers):
        raise Unreadable(f"the duration {shown(text)} is below nothing: correct it")
    try:
        weeks, days, hours, minutes, seconds = numbers
        return Length(
            dt.timedelta(weeks=weeks, days=days), dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
        )
    except OverflowError:
        raise Unreadable(f"the duration {shown(text)} is too long: correct it") from None


def period(text: str, zone: dt.tzinfo) -> tuple[Moment, Length]:
    """A stretch of time written as start/end or start/duration. Raises `Unreadable`."""
    first, _, second = text.partition("/")
    start = moment(first, zone)
    if second.strip()[:1] in ("P", "+", "-"):
        return start, length(second)
    return start, between(start, moment(second, zone))


def between(start: Moment, end: Moment) -> Length:
    """How long it is from `start` to `end`. Raises `Unreadable` where that is below nothing."""
    if (start.zone is None) != (end.zone is None):
        raise Unreadable("it begins with a day and ends at a time, or the reverse: give both a time, or none")
    same_zone = start.zone is end.zone
    lasts = end.wall - start.wall if same_zone else end.instant - start.instant
    if lasts < NONE:
        raise Unreadable(f"it ends before it begins, at {end.wall:%Y-%m-%d %H:%M}: correct one of the two")
    return Length(lasts) if same_zone else Length(NONE, lasts)
