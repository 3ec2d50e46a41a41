"""Parsers in Python read from every golden calendar what it states: icalendar, vobject, and Home Assistant's ical."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from icalendar import Calendar

State = Callable[[bytes], list[Any]]
Build = Callable[..., Any]
Module = Callable[[str], ModuleType]


def test_icalendar_reads_what_is_stated(golden: Path, state: State, seen: Build):
    data = golden.read_bytes()
    found = [
        seen(str(e["UID"]), e["DTSTART"].dt, e["DTEND"].dt, e.get("STATUS"), e["SEQUENCE"])
        for e in Calendar.from_ical(data).walk("VEVENT")
    ]
    assert sorted(found) == state(data)


def test_vobject_reads_what_is_stated_and_finds_it_valid(
    golden: Path, module: Module, state: State, seen: Build, monkeypatch: pytest.MonkeyPatch
):
    data = golden.read_bytes()
    # A process keeps the first VTIMEZONE of a name that it meets, whatever calendar it was in.
    monkeypatch.setattr(module("vobject.icalendar"), "__tzidMap", {"UTC": dt.UTC})
    calendar = module("vobject").readOne(data.decode())
    assert calendar.validate(raiseException=True)
    found = [
        seen(e.uid.value, e.dtstart.value, e.dtend.value, e.getChildValue("status"), int(e.sequence.value))
        for e in calendar.contents.get("vevent", [])
    ]
    assert sorted(found) == state(data)


def test_vobject_would_find_a_missing_uid(module: Module, goldens: list[Path]):
    data = next(path for path in goldens if path.stem == "utc").read_bytes()
    broken = b"\r\n".join(line for line in data.split(b"\r\n") if not line.startswith(b"UID:"))
    with pytest.raises(module("vobject.base").ValidateError):
        module("vobject").readOne(broken.decode()).validate(raiseException=True)


def test_home_assistant_reads_what_is_stated(golden: Path, module: Module, state: State, seen: Build):
    data = golden.read_bytes()
    calendar = module("ical.calendar_stream").IcsCalendarStream.calendar_from_ics(data.decode())
    found = [seen(e.uid, e.dtstart, e.dtend, e.status and e.status.value, e.sequence) for e in calendar.events]
    assert sorted(found) == state(data)


def test_home_assistant_has_every_alarm(golden: Path, module: Module):
    data = golden.read_bytes()
    calendar = module("ical.calendar_stream").IcsCalendarStream.calendar_from_ics(data.decode())
    alarms = [alarm for event in calendar.events for alarm in event.alarm or []]
    assert len(alarms) == data.count(b"\r\nBEGIN:VALARM\r\n")
    assert all(alarm.trigger is not None and alarm.description for alarm in alarms)
