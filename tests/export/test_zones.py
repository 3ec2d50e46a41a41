"""A VTIMEZONE says at every instant of a plan what the tz database says, in rules that every client reads."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Timezone

from boneplan.export.zones import vtimezone

YEARLY = [
    "America/New_York",
    "Europe/London",
    "Europe/Dublin",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "America/St_Johns",
    "Pacific/Chatham",
]
STILL = ["Asia/Kolkata", "America/Sao_Paulo", "Pacific/Apia", "Asia/Tokyo"]
IRREGULAR = ["Africa/Casablanca", "Africa/Cairo", "Asia/Gaza", "America/Santiago"]
HOUR = dt.timedelta(hours=1)


def changes(component: Timezone, until: dt.datetime) -> list[tuple[dt.datetime, dt.timedelta]]:
    """(UTC instant, offset from then on) up to `until`, as a client reads RFC 5545, section 3.6.5."""
    found = []
    for part in component.subcomponents:
        start, before, after = part["DTSTART"].dt, part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        locals_ = [start]
        if "RRULE" in part:
            locals_ = rrulestr(part["RRULE"].to_ical().decode(), dtstart=start).between(start, until, inc=True)
        found += [(local - before, after) for local in locals_]
    return sorted(found)


def assert_same_clock(zone: ZoneInfo, first: dt.date, last: dt.date, step: dt.timedelta = HOUR) -> None:
    end = dt.datetime.combine(last, dt.time()) + dt.timedelta(hours=36)
    known = changes(vtimezone(zone, first, last), end + dt.timedelta(days=1))
    instant = dt.datetime.combine(first, dt.time()) - dt.timedelta(hours=14)
    while instant < end:
        local = instant.replace(tzinfo=dt.UTC).astimezone(zone)
        if first <= local.date() <= last:
            position = bisect_right(known, instant, key=lambda change: change[0])
            assert position, f"nothing says which offset holds at {instant}"
            assert known[position - 1][1] == local.utcoffset(), (zone.key, instant)
        instant += step


def test_new_york_in_words():
    text = vtimezone(ZoneInfo("America/New_York"), dt.date(2026, 11, 1), dt.date(2026, 11, 7)).to_ical().decode()
    assert "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3" in text
    assert "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11" in text
    assert "DTSTART:20251102T020000" in text
    assert "TZNAME:EST\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500" in text


@pytest.mark.parametrize("key", YEARLY)
def test_a_yearly_change_of_the_clock_is_one_rule_each_way(key: str):
    component = vtimezone(ZoneInfo(key), dt.date(2026, 6, 1), dt.date(2026, 6, 7))
    assert sorted(part.name for part in component.subcomponents) == ["DAYLIGHT", "STANDARD"]
    assert all("RRULE" in part for part in component.subcomponents)


@pytest.mark.parametrize("key", STILL)
def test_a_zone_that_keeps_its_clock_is_one_standard_time(key: str):
    component = vtimezone(ZoneInfo(key), dt.date(2026, 6, 1), dt.date(2026, 6, 7))
    assert [part.name for part in component.subcomponents] == ["STANDARD"]
    assert "RRULE" not in component.subcomponents[0]


@pytest.mark.parametrize("key", IRREGULAR)
def test_a_zone_without_a_yearly_rule_names_each_change(key: str):
    component = vtimezone(ZoneInfo(key), dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert len(component.subcomponents) == 3
    assert not any("RRULE" in part or "RDATE" in part for part in component.subcomponents)


def test_summer_time_is_daylight_where_the_tz_database_calls_winter_the_exception():
    component = vtimezone(ZoneInfo("Europe/Dublin"), dt.date(2026, 6, 1), dt.date(2026, 6, 7))
    names = {part.name: str(part["TZNAME"]) for part in component.subcomponents}
    assert names == {"STANDARD": "GMT", "DAYLIGHT": "IST"}


@pytest.mark.parametrize("key", YEARLY + STILL + IRREGULAR)
def test_every_hour_of_a_year_has_the_offset_of_the_tz_database(key: str):
    assert_same_clock(ZoneInfo(key), dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("key", "first"),
    [
        ("America/Sao_Paulo", dt.date(2019, 2, 11)),  # its last change of the clock
        ("Pacific/Apia", dt.date(2011, 12, 26)),  # 30 December never was
        ("Asia/Tehran", dt.date(2022, 9, 19)),
        ("Africa/Casablanca", dt.date(2026, 2, 9)),
        ("Europe/Moscow", dt.date(2014, 10, 20)),
        ("America/Caracas", dt.date(2016, 4, 25)),  # standard time itself moved by half an hour
        ("America/New_York", dt.date(2006, 12, 25)),  # the year before summer time began three weeks earlier
    ],
)
def test_odd_weeks_of_the_past(key: str, first: dt.date):
    assert_same_clock(ZoneInfo(key), first, first + dt.timedelta(days=13), dt.timedelta(minutes=15))


@given(
    key=st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})),
    first=st.dates(dt.date(2000, 1, 1), dt.date(2060, 1, 1)),
    weeks=st.integers(1, 12),
)
def test_every_zone_and_span(key: str, first: dt.date, weeks: int):
    assert_same_clock(ZoneInfo(key), first, first + dt.timedelta(days=7 * weeks - 1), HOUR)
