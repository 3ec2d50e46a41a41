"""A time zone as calendar programs want it: a VTIMEZONE with yearly rules, built from the tz database.

Yearly rules (RRULE) are what every client reads; lists of dates (RDATE) break some. A zone without a yearly
rule gets one sub-component per change of the clock within the plan, which every client reads as well.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

YEARS_BEFORE = 1  # so that an onset of either kind precedes the first event
YEARS_AFTER = 8  # a rule that holds that long tells "last Sunday" from "fourth Sunday"
# Shorter than any spell of summer or winter time (Morocco's Ramadan is the shortest, about five weeks).
STEP = dt.timedelta(days=7)
ALWAYS = dt.datetime(1970, 1, 1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Onset:
    """A change of the clock: `local` is what it showed at that instant before the change."""

    local: dt.datetime
    offset_from: dt.timedelta
    offset_to: dt.timedelta
    name: str

    @property
    def daylight(self) -> bool:
        """Whether clocks go forward; the tz database has Ireland's and Morocco's the other way about."""
        return self.offset_to > self.offset_from


def vtimezone(zone: ZoneInfo, first: dt.date, last: dt.date) -> Timezone:
    """The VTIMEZONE of `zone`, right from `first` to `last` (local dates, both included).

    Where the zone changes its clock by one yearly rule, in each year from the one before `first` to eight
    after `last`, the rule is written open-ended; otherwise each change between January of `first`'s year and
    December of `last`'s is written out.
    """
    years = range(first.year - YEARS_BEFORE, last.year + YEARS_AFTER + 1)
    found = list(onsets(zone, dt.datetime(years[0], 1, 1), dt.datetime(years[-1] + 1, 1, 1)))
    component = Timezone()
    component.add("tzid", zone.key)
    rules = _yearly_rules(found, years)
    if rules is not None:
        for onset, rule in rules:
            component.add_component(_observance(onset, rule))
        return component
    inside = [onset for onset in found if first.year <= onset.local.year <= last.year]
    before = dt.datetime(first.year, 1, 1, tzinfo=zone)
    offset = inside[0].offset_from if inside else _offset(before)
    component.add_component(_observance(Onset(ALWAYS, offset, offset, before.tzname() or "")))
    for onset in inside:
        component.add_component(_observance(onset))
    return component


def onsets(zone: ZoneInfo, start: dt.datetime, end: dt.datetime) -> Iterator[Onset]:
    """Every change of `zone`'s clock between the UTC instants `start` and `end` (both naive), in order."""
    here = start
    while here < end:
        there = min(here + STEP, end)
        if _at(zone, here) != _at(zone, there):
            instant = _bisect(zone, here, there)
            before, after = _at(zone, instant - dt.timedelta(seconds=1)), _at(zone, instant)
            name = instant.replace(tzinfo=dt.UTC).astimezone(zone).tzname() or ""
            yield Onset(instant + before, before, after, name)
        here = there


def _at(zone: ZoneInfo, instant: dt.datetime) -> dt.timedelta:
    return _offset(instant.replace(tzinfo=dt.UTC).astimezone(zone))


def _offset(moment: dt.datetime) -> dt.timedelta:
    offset = moment.utcoffset()
    assert offset is not None, "a ZoneInfo always knows its offset"
    return offset


def _bisect(zone: ZoneInfo, low: dt.datetime, high: dt.datetime) -> dt.datetime:
    """The first whole second after `low`, up to `high`, at which the offset is no longer that of `low`."""
    offset = _at(zone, low)
    seconds = [0, int((high - low).total_seconds())]
    while seconds[1] - seconds[0] > 1:
        middle = sum(seconds) // 2
        seconds[_at(zone, low + dt.timedelta(seconds=middle)) != offset] = middle
    return low + dt.timedelta(seconds=seconds[1])


def _yearly_rules(found: list[Onset], years: range) -> list[tuple[Onset, vRecur]] | None:
    """The first onset backward and forward, each with its yearly rule; None where there is no such rule."""
    rules = []
    for daylight in (False, True):
        same = [onset for onset in found if onset.daylight is daylight]
        if [onset.local.year for onset in same] != list(years):
            return None
        shapes = {(o.local.time(), o.local.month, o.local.weekday(), o.offset_from, o.offset_to) for o in same}
        if len(shapes) > 1:
            return None
        week = _week_of_month([onset.local for onset in same])
        if week is None:
            return None
        local = same[0].local
        day = f"{week}{WEEKDAYS[local.weekday()]}"
        rules.append((same[0], vRecur({"FREQ": "YEARLY", "BYMONTH": local.month, "BYDAY": day})))
    return rules


def _week_of_month(days: list[dt.datetime]) -> int | None:
    """Which of its weekday in the month each of `days` is: -1 the last, else 1 to 4; None if they differ."""
    if all(day.day + 7 > calendar.monthrange(day.year, day.month)[1] for day in days):
        return -1
    weeks = {(day.day - 1) // 7 + 1 for day in days}
    return weeks.pop() if len(weeks) == 1 else None


def _observance(onset: Onset, rule: vRecur | None = None) -> TimezoneStandard | TimezoneDaylight:
    component = TimezoneDaylight() if onset.daylight else TimezoneStandard()
    component.add("dtstart", onset.local)
    component.add("tzoffsetfrom", onset.offset_from)
    component.add("tzoffsetto", onset.offset_to)
    component.add("tzname", onset.name)
    if rule is not None:
        component.add("rrule", rule)
    return component
