"""libical, on which Debian's desktop calendars stand, finds no fault in any golden calendar and the same instants."""

from __future__ import annotations

import ctypes
import ctypes.util
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


class Time(ctypes.Structure):
    """icaltimetype of icaltime.h."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    )


class Libical:
    """The few functions of libical that are needed, typed."""

    def __init__(self, library: ctypes.CDLL) -> None:
        component = ctypes.c_void_p
        for name, result, *arguments in (
            ("icalparser_parse_string", component, ctypes.c_char_p),
            ("icalrestriction_check", ctypes.c_int, component),
            ("icalcomponent_count_errors", ctypes.c_int, component),
            ("icalcomponent_as_ical_string", ctypes.c_char_p, component),
            ("icalcomponent_get_first_component", component, component, ctypes.c_int),
            ("icalcomponent_get_next_component", component, component, ctypes.c_int),
            ("icalcomponent_string_to_kind", ctypes.c_int, ctypes.c_char_p),
            ("icalcomponent_get_uid", ctypes.c_char_p, component),
            ("icalcomponent_get_status", ctypes.c_int, component),
            ("icalcomponent_get_sequence", ctypes.c_int, component),
            ("icalcomponent_get_dtstart", Time, component),
            ("icalcomponent_get_dtend", Time, component),
            ("icalproperty_status_to_string", ctypes.c_char_p, ctypes.c_int),
            ("icaltime_as_timet_with_zone", ctypes.c_long, Time, ctypes.c_void_p),
            ("icalcomponent_free", None, component),
        ):
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
            setattr(self, name.removeprefix("icalcomponent_"), function)

    def faults(self, data: bytes) -> str:
        """What parsing and the check of RFC 5545's restrictions object to, as the lines that libical adds."""
        calendar = self.icalparser_parse_string(data)
        assert calendar, "libical reads no calendar at all"
        self.icalrestriction_check(calendar)
        text = self.as_ical_string(calendar).decode() if self.count_errors(calendar) else ""
        self.free(calendar)
        lines = text.replace("\r\n ", "").splitlines()
        return "\n".join(line for line in lines if line.startswith("X-LIC-ERROR"))

    def events(self, data: bytes) -> Iterator[tuple[str, dt.date, dt.date, str, int]]:
        """UID, start, end, status and sequence of each event."""
        calendar = self.icalparser_parse_string(data)
        kind = self.string_to_kind(b"VEVENT")
        event = self.get_first_component(calendar, kind)
        while event:
            status = (self.icalproperty_status_to_string(self.get_status(event)) or b"").decode()
            start, end = self._moment(self.get_dtstart(event)), self._moment(self.get_dtend(event))
            yield self.get_uid(event).decode(), start, end, status, self.get_sequence(event)
            event = self.get_next_component(calendar, kind)
        self.free(calendar)

    def _moment(self, time: Time) -> dt.date:
        if time.is_date:
            return dt.date(time.year, time.month, time.day)
        assert time.zone, "a floating time"
        return dt.datetime.fromtimestamp(self.icaltime_as_timet_with_zone(time, time.zone), dt.UTC)


@pytest.fixture(scope="module")
def libical(request: pytest.FixtureRequest) -> Libical:
    name = ctypes.util.find_library("ical")
    if name is None:
        request.getfixturevalue("absent")("the library libical")
    return Libical(ctypes.CDLL(name))


def test_libical_finds_no_fault(golden: Path, libical: Libical):
    assert libical.faults(golden.read_bytes()) == ""


def test_libical_reads_what_is_stated(
    golden: Path, libical: Libical, state: Callable[[bytes], list[Any]], seen: Callable[..., Any]
):
    data = golden.read_bytes()
    assert sorted(seen(*event) for event in libical.events(data)) == state(data)


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        (b"CALSCALE:GREGORIAN", b"METHOD:PUBLISH", "ORGANIZER"),
        (b"VERSION:2.0\r\n", b"", "VERSION"),
        (b"SEQUENCE:0", b"SEQUENCE:0\r\nSEQUENCE:1", "SEQUENCE"),
    ],
)
def test_libical_would_find_a_fault(libical: Libical, goldens: list[Path], before: bytes, after: bytes, named: str):
    data = next(path for path in goldens if path.stem == "utc").read_bytes()
    assert named in libical.faults(data.replace(before, after))
