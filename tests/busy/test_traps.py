"""Calendars as programs write them: each file of tests/busy_ics is one trap, read for two weeks in New York."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from boneplan.busy import BusyTimes, read_busy

FILES = Path(__file__).parents[1] / "busy_ics"
NINE = "10-27 09:00-10:00"
TEN = "10-27 10:00-11:00"

TRAPS = {
    # how a start and an end are written
    "single": ["10-27 09:00-09:45"],
    "folded_start": ["10-27 09:00-09:45"],
    "lower_case": [NINE, "10-28 09:00-10:00"],
    "no_end": [],
    "duration": [
        "10-27 10:00-11:30", "10-28 10:00-23:59", *(f"{day} 00:00-23:59" for day in
        ("10-29", "10-30", "10-31", "11-01", "11-02", "11-03")), "11-04 00:00-09:00",
    ],
    "seconds": ["10-27 09:00-09:46"],
    "over_midnight": ["10-27 22:00-23:59", "10-28 00:00-23:59", "10-29 00:00-06:00"],
    "to_midnight": ["10-27 22:00-23:59"],
    "begun_before": ["10-26 00:00-12:00", "11-08 22:00-23:59"],
    "overlapping": ["10-27 09:00-11:30"],
    # zones
    "floating": [NINE],
    "utc_over_dst": ["10-26 09:00-10:00", "11-02 08:00-09:00"],
    "local_over_dst": ["10-26 09:00-10:00", "11-02 09:00-10:00"],
    "other_zone_over_dst": ["10-26 10:00-11:00", "11-02 09:00-10:00"],
    "clocks_back": ["11-01 01:00-02:00"],
    "two_zones": ["10-27 18:00-23:59", "10-28 00:00-02:00"],
    "own_vtimezone": ["10-26 09:00-10:00", "11-02 09:00-10:00"],
    "outlook_vtimezone": [f"{day} 09:00-10:00" for day in ("10-30", "10-31", "11-01", "11-02")],
    "windows_zone": [TEN],
    "prefixed_zone": [TEN],
    # days, and what takes nothing
    "all_day_free": [],
    "free_cancelled": ["10-27 12:00-13:00"],
    "own_sessions": ["10-27 12:00-13:00"],
    "todo_journal": [TEN],
    "empty_calendar": [],
    "freebusy": [
        NINE, "10-27 11:00-12:00", "10-29 09:00-10:00", "10-30 09:00-10:00", "10-31 09:00-10:00",
    ],
    # what repeats
    "exdate": ["10-26 09:00-10:00", "10-30 09:00-10:00"],
    "rdate": [
        "10-26 09:00-10:00", "10-28 14:00-15:00", "10-29 15:00-16:00", "10-30 10:00-12:00", "10-31 10:00-10:30",
    ],
    "rdate_day": ["10-26 09:00-10:00", "10-28 09:00-10:00"],
    "moved_instance": ["10-26 09:00-10:00", "11-03 16:00-16:30"],
    "moved_in": ["10-28 16:00-16:30", "11-03 09:00-10:00"],
    "cancelled_instance": ["10-26 09:00-10:00"],
    "this_and_following": [
        *(f"{day} 09:00-10:00" for day in ("10-26", "10-27", "10-28")),
        *(f"{day} 18:30-19:00" for day in ("10-29", "10-30", "10-31")),
    ],
    "ended_by_sequence": [NINE],
    "month_end": ["10-31 09:00-10:00"],
    "last_weekday": ["10-30 09:00-10:00"],
    "every_other_week": [NINE, "11-08 09:00-10:00"],
    "until_before_start": [],
    "until_utc": [f"{day} 20:00-21:00" for day in ("10-26", "10-27", "10-28")],
    # the file
    "bare_lf": [NINE],
    "two_calendars": [NINE, "10-28 09:00-10:00"],
    "bom": ["10-27 09:00-09:45"],
    "latin_1": ["10-27 09:00-09:45"],
    "cut_character": ["10-27 09:00-09:45"],
}  # fmt: skip
DAYS = {
    "all_day": (["10-27", "10-28", "11-02", "11-04"], "3 all-day events take their whole days"),
    "all_day_weekly": (["11-03"], "1 all-day event takes its whole days"),
}


def busy(name: str, start: dt.date = dt.date(2026, 10, 26)) -> BusyTimes:
    return read_busy(FILES / f"{name}.ics", start=start, days=14, timezone="America/New_York")


def shown(found: BusyTimes) -> list[str]:
    return [f"{taken.date:%m-%d} {taken.start}-{taken.end}" for taken in found.taken]


@pytest.mark.parametrize("name", TRAPS)
def test_a_calendar_takes_these_times_and_no_others(name: str) -> None:
    found = busy(name)
    assert shown(found) == TRAPS[name]
    assert found.notices == []


@pytest.mark.parametrize("name", DAYS)
def test_events_of_whole_days_take_them_and_say_so(name: str) -> None:
    found = busy(name)
    days, told = DAYS[name]
    assert shown(found) == [f"{day} 00:00-23:59" for day in days]
    path = FILES / f"{name}.ics"
    assert found.notices == [f"{path}: {told}: mark as free, in the calendar, what leaves time to exercise"]


def test_a_zone_that_nobody_knows_is_read_as_the_plans_and_told() -> None:
    found = busy("unknown_zone")
    assert shown(found) == ["10-27 15:00-16:00"]
    told = 'the time zone "Middle-earth/Shire" is unknown: its times are read as America/New_York'
    assert found.notices == [f"{FILES / 'unknown_zone.ics'}: {told}"]


def test_an_event_in_the_hour_that_clocks_skip_takes_its_length() -> None:
    assert shown(busy("skipped_hour", dt.date(2027, 3, 8))) == ["03-14 03:30-04:00"]


def test_every_file_has_its_test() -> None:
    named = {*TRAPS, *DAYS, "unknown_zone", "skipped_hour"}
    assert {path.stem for path in FILES.glob("*.ics")} == named
