"""Dates and clock times of a plan as the instants that a calendar holds, in the plan's time zone."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from boneplan.errors import InputError

YEARS = range(1970, 2201)  # what every calendar program can hold
MEND = "make the plan again"


def zone_of(key: str) -> ZoneInfo:
    """The time zone of that IANA name. Raises `InputError` where there is none."""
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(f"timezone is {key[:40]!r}: write an IANA name, such as America/New_York") from None


def span(date: dt.date, start: str, end: str, zone: ZoneInfo, named: str) -> tuple[dt.datetime, dt.datetime]:
    """The aware start and end in `zone` of what lasts from "HH:MM" to "HH:MM" on `date`.

    A start that the clock skips moves on by the length of the gap, and the end with it; of a time that the clock
    shows twice, the first is meant (RFC 5545, section 3.3.5), and both are given in UTC. Raises `InputError`, naming
    it as `named`, where a time cannot be read or the end is not after the start.
    """
    first, last = _clock(date, start, f"{named}: start"), _clock(date, end, f"{named}: end")
    if last <= first:
        raise InputError(f"{named}: it ends at {end}, not after its start at {start}: {MEND}")
    begins = _existing(first.replace(tzinfo=zone))
    moved = begins.replace(tzinfo=None) - first
    return _plain_to_all(begins, _existing((last + moved).replace(tzinfo=zone)))


def span_of_minutes(
    date: dt.date, start: str, minutes: int, zone: ZoneInfo, named: str
) -> tuple[dt.datetime, dt.datetime]:
    """The aware start and end in `zone` of what begins on `date` at "HH:MM" and takes `minutes`; errors as `span`."""
    begins = _existing(_clock(date, start, f"{named}: time").replace(tzinfo=zone))
    ends = _existing(begins + dt.timedelta(minutes=minutes))  # on the clock: such sums know no offsets
    return _plain_to_all(begins, ends)


def in_utc(moment: dt.datetime) -> dt.datetime:
    """`moment` in UTC, in whole seconds; a moment without a zone is meant as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC).replace(microsecond=0)


def _existing(local: dt.datetime) -> dt.datetime:
    return local.astimezone(dt.UTC).astimezone(local.tzinfo)


def _plain_to_all(begins: dt.datetime, ends: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """Both in UTC where the clock shows either twice: there some programs read the second time, and not the first."""
    if any(moment.utcoffset() != moment.replace(fold=1).utcoffset() for moment in (begins, ends)):
        return begins.astimezone(dt.UTC), ends.astimezone(dt.UTC)
    return begins, ends


def _clock(date: dt.date, text: str, named: str) -> dt.datetime:
    try:
        return dt.datetime.combine(date, dt.datetime.strptime(text, "%H:%M").time())
    except ValueError:
        raise InputError(f'{named} is {text[:20]!r}: write a time such as "07:30"') from None
