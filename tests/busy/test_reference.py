"""Repeating events, compared with recurring-ical-events, which expands them through icalendar and dateutil."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from boneplan.busy import read_busy

reference = pytest.importorskip("recurring_ical_events")

HERE = ZoneInfo("America/New_York")
START, DAYS = dt.date(2026, 10, 26), 28
STEP = dt.timedelta(minutes=5)  # everything here begins and ends on fives
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FILES = Path(__file__).parents[1] / "busy_ics"

Fives = set[tuple[dt.date, int, int]]


def ours(path: Path) -> Fives:
    found: Fives = set()
    for busy in read_busy(path, start=START, days=DAYS, timezone="America/New_York").taken:
        wall = dt.datetime.combine(busy.date, dt.time.fromisoformat(busy.start))
        while wall.date() == busy.date and f"{wall:%H:%M}" < busy.end:
            found.add((wall.date(), wall.hour, wall.minute))
            wall += STEP
    return found


def theirs(path: Path) -> Fives:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    begin = dt.datetime.combine(START, dt.time(), HERE).astimezone(dt.UTC)
    end = dt.datetime.combine(START + dt.timedelta(days=DAYS), dt.time(), HERE).astimezone(dt.UTC)
    found: Fives = set()
    for happening in reference.of(calendar).between(begin, end):
        if happening.get("STATUS") == "CANCELLED":
            continue
        instant, stop = (instant_of(happening[name].dt) for name in ("DTSTART", "DTEND"))
        while instant < stop:
            if begin <= instant < end:
                wall = instant.astimezone(HERE)
                found.add((wall.date(), wall.hour, wall.minute))
            instant += STEP
    return found


def instant_of(value: dt.date) -> dt.datetime:
    """A time in UTC; a day from its midnight in New York."""
    if not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    return (value if value.tzinfo else value.replace(tzinfo=HERE)).astimezone(dt.UTC)


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    """The parts of a rule that both read alike; what each part means to each frequency is in the RFC's table."""
    freq = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]))
    made: dict[str, Any] = {"FREQ": freq, "INTERVAL": draw(st.integers(1, 30 if freq == "HOURLY" else 4))}
    if draw(st.booleans()):
        made["WKST"] = draw(st.sampled_from(WEEKDAYS))
    if draw(st.booleans()):
        made["BYMONTH"] = draw(st.lists(st.integers(8, 12), min_size=1, max_size=3))
    days = draw(st.sampled_from(["none", "weekdays", "counted", "dates", "year days", "weeks"]))
    weekdays = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=5, unique=True)
    if days in ("weekdays", "weeks") or (days == "counted" and freq not in ("YEARLY", "MONTHLY")):
        made["BYDAY"] = draw(weekdays)
    elif days == "counted":
        counts = st.integers(-5, 5).filter(bool)
        made["BYDAY"] = [f"{draw(counts)}{day}" for day in draw(weekdays)]
    elif days == "dates" and freq != "WEEKLY":
        made["BYMONTHDAY"] = draw(st.lists(st.integers(-31, 31).filter(bool), min_size=1, max_size=6))
    elif days == "year days" and freq == "YEARLY":
        made["BYYEARDAY"] = draw(st.lists(st.integers(-100, -10), min_size=1, max_size=9))
    if days == "weeks" and freq == "YEARLY":
        made["BYWEEKNO"] = draw(st.lists(st.integers(40, 53) | st.integers(-12, -1), min_size=1, max_size=5))
    if freq != "HOURLY" and draw(st.booleans()):
        made["BYHOUR"] = draw(st.lists(st.integers(0, 23), min_size=1, max_size=3))
        made["BYMINUTE"] = draw(st.lists(st.sampled_from(range(0, 60, 5)), min_size=1, max_size=2))
    if freq != "HOURLY" and days != "none" and draw(st.booleans()):
        made["BYSETPOS"] = draw(st.lists(st.integers(-4, 4).filter(bool), min_size=1, max_size=3))
    ends = draw(st.sampled_from(["never", "count", "until"]))
    if ends == "count":
        made["COUNT"] = draw(st.integers(1, 60))
    elif ends == "until":
        made["UNTIL"] = draw(st.datetimes(dt.datetime(2026, 10, 20), dt.datetime(2026, 12, 1)))
    return made


def written(rule: dict[str, Any], all_day: bool) -> str:
    parts = []
    for name, value in rule.items():
        if isinstance(value, dt.datetime):
            value = f"{value:%Y%m%d}" if all_day else f"{value:%Y%m%dT%H%M%SZ}"
        parts.append(f"{name}={','.join(map(str, value)) if isinstance(value, list) else value}")
    return "RRULE:" + ";".join(parts)


ZONES = ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "America/Phoenix", "Etc/UTC"]
STARTS = st.one_of(
    st.datetimes(dt.datetime(2026, 8, 1), dt.datetime(2026, 11, 20)),
    st.datetimes(dt.datetime(2021, 1, 1), dt.datetime(2026, 11, 20)),
).map(lambda start: start.replace(minute=start.minute // 5 * 5, second=0, microsecond=0))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rule=rules(),
    zone=st.sampled_from(ZONES),
    start=STARTS,
    fives=st.integers(1, 600),
    gone=st.lists(st.integers(0, 40), max_size=4),
    all_day=st.booleans(),
)
@example({"FREQ": "MONTHLY", "BYMONTHDAY": [31]}, "Europe/Berlin", dt.datetime(2026, 1, 31, 9), 12, [], False)
@example({"FREQ": "YEARLY", "BYDAY": ["1SU"], "BYMONTH": [11]}, "Etc/UTC", dt.datetime(2021, 11, 7, 9), 18, [], False)
@example({"FREQ": "HOURLY", "INTERVAL": 1}, "America/New_York", dt.datetime(2026, 8, 1, 0, 20), 8, [], False)
def test_a_series_takes_what_the_reference_says(
    tmp_path: Path, rule: dict[str, Any], zone: str, start: dt.datetime, fives: int, gone: list[int], all_day: bool
) -> None:
    if all_day:
        rule = {name: value for name, value in rule.items() if name not in ("BYHOUR", "BYMINUTE")}
        rule["FREQ"] = rule["FREQ"].replace("HOURLY", "DAILY")
        begins = [f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"DURATION:P{fives // 200 + 1}D"]
        excluded = [f"EXDATE;VALUE=DATE:{start + dt.timedelta(days=n):%Y%m%d}" for n in gone]
    else:
        end = start + fives * STEP
        begins = [f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}", f"DTEND;TZID={zone}:{end:%Y%m%dT%H%M%S}"]
        excluded = [f"EXDATE;TZID={zone}:{start + dt.timedelta(days=n):%Y%m%dT%H%M%S}" for n in gone]
    lines = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", *begins, written(rule, all_day), *excluded]
    path = tmp_path / "series.ics"
    path.write_text("\n".join(["BEGIN:VCALENDAR", *lines, "END:VEVENT", "END:VCALENDAR", ""]), encoding="utf-8")
    assert ours(path) == theirs(path)


@pytest.mark.parametrize(
    "name",
    ["moved_instance", "moved_in", "cancelled_instance", "rdate", "own_vtimezone", "outlook_vtimezone"],
)
def test_the_reference_reads_a_trap_alike(name: str) -> None:
    path = FILES / f"{name}.ics"
    assert ours(path) == theirs(path)
