"""Calendars that cannot be read: one line with the file, the event and the mend, and no time silently free."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boneplan.busy import content, read_busy
from boneplan.errors import InputError

HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\n"
START = "DTSTART:20261027T090000Z"


def told(path: Path) -> list[str]:
    with pytest.raises(InputError) as raised:
        read_busy(path, start=dt.date(2026, 10, 26), days=14, timezone="America/New_York")
    assert all(line.startswith(f"{path}: ") and "\n" not in line for line in raised.value.lines)
    return [line.removeprefix(f"{path}: ") for line in raised.value.lines]


def of(tmp_path: Path, data: str | bytes) -> str:
    path = tmp_path / "work.ics"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    lines = told(path)
    assert len(lines) == 1
    return lines[0]


def of_event(tmp_path: Path, *lines: str, zone: str = "") -> str:
    text = "\n".join([HEAD.strip(), *zone.split(), "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])
    return of(tmp_path, text)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("", "is empty: export the calendar again"),
        ("\n \n", "is empty: export the calendar again"),
        (b"\x89PNG\r\n\x1a\n", "is no calendar: give an .ics file, which starts with BEGIN:VCALENDAR"),
        ("<html>Sign in</html>", "is no calendar: give an .ics file, which starts with BEGIN:VCALENDAR"),
        (HEAD.encode("utf-16"), "is UTF-16 text: save it as UTF-8"),
        (HEAD.encode("utf-16-be"), "is UTF-16 text: save it as UTF-8"),
        (HEAD, "ends inside the VCALENDAR that begins in line 1: export the calendar again"),
        (f"{HEAD}BEGIN:VEVENT\n{START}\n", "ends inside the VEVENT that begins in line 3: export the calendar again"),
        (
            f"{HEAD}BEGIN:VEVENT\n{START}\nEND:VCALENDAR\n",
            "line 5: END:VCALENDAR inside VEVENT: export the calendar again",
        ),
        (f"{HEAD}END:VCALENDAR\nEND:VCALENDAR", "line 4: END:VCALENDAR outside all: export the calendar again"),
        (
            f"{HEAD}BEGIN:VEVENT\nDTSTART 20261027\nEND:VEVENT\nEND:VCALENDAR\n",
            'line 4: "DTSTART 20261027" has no colon before its value: export the calendar again',
        ),
        ("BEGIN:VCALENDAR\n" * 500, "line 11: more than 10 components inside each other: export it again"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_file_that_is_no_whole_calendar_is_one_line(tmp_path: Path, data: str | bytes, line: str) -> None:
    assert of(tmp_path, data) == line


def test_a_missing_file_and_a_folder_are_one_line(tmp_path: Path) -> None:
    assert told(tmp_path / "none.ics") == ["no such file: check the name"]
    assert told(tmp_path) == ["is a folder: name an .ics file in it"]


def test_a_file_over_the_cap_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MAX_BYTES", 2 * 2**20)
    assert of(tmp_path, HEAD + " " * 2**21) == "is over 2 MB: export only the months of the plan"


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ([START, "DTEND:20261027T080000Z"], "it ends before it begins, at 2026-10-27 08:00: correct one of the two"),
        (
            [START, "DTEND;VALUE=DATE:20261028"],
            "it begins with a day and ends at a time, or the reverse: give both a time, or none",
        ),
        ([START, "DURATION:an hour"], '"an hour" is no duration: write it as PT30M or P1D'),
        ([START, "DURATION:P"], '"P" is no duration: write it as PT30M or P1D'),
        ([START, "DURATION:-PT1H"], 'the duration "-PT1H" is below nothing: correct it'),
        ([START, f"DURATION:P{'9' * 30}D"], f'the duration "P{"9" * 30}D" is too long: correct it'),
        ([START, "DURATION:P9999999D"], "is before the year 1 or after 9999: correct its dates"),
        ([START, "DTEND:soon"], '"soon" is no date or time: write it as 20261123 or 20261123T080000'),
        ([START, "RRULE:every Monday"], 'its rule "every Monday" cannot be read at "EVERY MONDAY": correct it'),
        ([START, "RRULE:BYDAY=MO"], 'its rule "BYDAY=MO" has no FREQ that is known: correct it'),
        ([START, "RRULE:FREQ=FORTNIGHTLY"], 'its rule "FREQ=FORTNIGHTLY" has no FREQ that is known: correct it'),
        ([START, "RRULE:FREQ=DAILY;INTERVAL=0"], 'its rule has INTERVAL="0": write a whole number from 1'),
        ([START, "RRULE:FREQ=DAILY;COUNT=-1"], 'its rule has COUNT="-1": write a whole number from 1'),
        ([START, "RRULE:FREQ=DAILY;BYHOUR=24"], 'its rule has BYHOUR="24", which cannot be read: correct it'),
        ([START, "RRULE:FREQ=DAILY;BYDAY=XX"], 'its rule has BYDAY="XX", which cannot be read: correct it'),
        (
            [START, "RRULE:FREQ=YEARLY;RSCALE=CHINESE"],
            'its rule has a part that cannot be read, "RSCALE": write it without',
        ),
        ([START, "RRULE:FREQ=DAILY;UNTIL=x"], '"X" is no date or time: write it as 20261123 or 20261123T080000'),
        (
            [START, "RRULE:FREQ=SECONDLY"],
            "repeats every second, which no appointment does: take it out of the calendar",
        ),
        ([START, "RDATE:20261301T000000Z"], '"20261301T000000Z" is a day or time that no calendar has: correct it'),
        ([START, "EXDATE:?"], '"?" is no date or time: write it as 20261123 or 20261123T080000'),
    ],
    ids=lambda value: str(value)[-40:],
)  # fmt: skip
def test_an_event_that_cannot_be_read_is_named_by_its_start(tmp_path: Path, lines: list[str], line: str) -> None:
    assert of_event(tmp_path, *lines) == f'the event of "20261027T090000Z": {line}'


@pytest.mark.parametrize(
    ("start", "line"),
    [
        (
            "20261327T090000",
            'the event of "20261327T090000": "20261327T090000" is a day or time that no calendar has',
        ),
        ("00000101", 'the event of "00000101": "00000101" is a day or time that no calendar has'),
        ("tomorrow", 'the event of "tomorrow": "tomorrow" is no date or time'),
        ("00010101T000000", 'the event of "00010101T000000": '),
    ],
)
def test_a_start_out_of_range_is_one_line(tmp_path: Path, start: str, line: str) -> None:
    said = of_event(tmp_path, f"DTSTART;TZID=Asia/Tokyo:{start}", "DTEND;TZID=America/New_York:00010102T000000")
    assert said.startswith(line)


def test_an_event_without_a_start_is_named_by_its_line(tmp_path: Path) -> None:
    line = "the event in line 3: it has no DTSTART, so nobody knows when it is: give it one, or take it out"
    assert of_event(tmp_path, "SUMMARY:Sometime") == line


def test_every_event_to_mend_has_its_line_up_to_twenty(tmp_path: Path) -> None:
    path = tmp_path / "work.ics"
    path.write_text(HEAD + "BEGIN:VEVENT\nDTSTART:x\nEND:VEVENT\n" * 22 + "END:VCALENDAR\n", encoding="utf-8")
    lines = told(path)
    assert len(lines) == 21
    assert lines[-1] == "and 2 more events like these"


@pytest.mark.parametrize(
    "zone",
    [
        "",
        "BEGIN:STANDARD DTSTART:20000101T000000 END:STANDARD",
        "BEGIN:STANDARD DTSTART:2000 TZOFFSETFROM:+0100 TZOFFSETTO:+0100 END:STANDARD",
        "BEGIN:STANDARD DTSTART:20000101T000000 TZOFFSETFROM:+9900 TZOFFSETTO:+0100 END:STANDARD",
    ],
)
def test_a_zone_whose_definition_cannot_be_read_is_no_guess(tmp_path: Path, zone: str) -> None:
    said = of_event(
        tmp_path, "DTSTART;TZID=Own:20261027T090000", zone=f"BEGIN:VTIMEZONE TZID:Own {zone} END:VTIMEZONE"
    )
    assert said.startswith('the event of "20261027T090000": its VTIMEZONE ')
    assert said.endswith(": export the calendar again")


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=HOURLY;COUNT=1000000;BYYEARDAY=1;BYMONTHDAY=31",
        "RRULE:FREQ=DAILY;COUNT=1000000;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE="
        + ",".join(map(str, range(60))) + ";BYSECOND=" + ",".join(map(str, range(60))),
        "RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8;BYMINUTE=" + ",".join(map(str, range(60))) + ";BYSECOND="
        + ",".join(map(str, range(60))),
    ],
    ids=["never falls on a day", "every second from the year 1600 on", "nine hours of seconds a day"],
)  # fmt: skip
def test_a_rule_that_asks_for_too_much_is_given_up(tmp_path: Path, rule: str) -> None:
    lines = "\n".join(f"BEGIN:VEVENT\nUID:{n}\nDTSTART:16000101T000000Z\n{rule}\nEND:VEVENT" for n in range(30))
    said = of(tmp_path, f"{HEAD}{lines}\nEND:VCALENDAR\n")
    assert said.endswith("repeats too often, or for too long, to be read: take it out of the calendar")


SCRAPS = st.sampled_from(
    [
        "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "BEGIN:STANDARD", "END:STANDARD",
        "TZID:Own", "DTSTART;TZID=Own:20261027T090000", START, "DTEND:20261027T100000Z", "RRULE:FREQ=DAILY",
        "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", "RDATE;VALUE=PERIOD:20261027T090000Z/PT1H", "EXDATE:20261028",
        "RECURRENCE-ID:20261028T090000Z", "DURATION:PT0S", "TZOFFSETFROM:+0100", "TZOFFSETTO:-0500", "UID:1",
        "DTSTART;VALUE=DATE:20261027", "BEGIN:VFREEBUSY", "END:VFREEBUSY", "FREEBUSY:20261027T090000Z/PT1H", " ",
        "DTSTART:99991231T235959", "DTSTART:00010101", "SEQUENCE:²", "RRULE:FREQ=YEARLY;UNTIL=99991231T235959Z",
    ]
)  # fmt: skip


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(SCRAPS, st.text(max_size=20)), max_size=20), st.booleans())
def test_whatever_a_file_holds_is_times_or_bad_input(tmp_path: Path, lines: list[str], whole: bool) -> None:
    path = tmp_path / "fuzz.ics"
    inside = ["BEGIN:VEVENT", *lines, "END:VEVENT"] if whole else lines
    text = "\n".join(["BEGIN:VCALENDAR", *inside, "END:VCALENDAR"])
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(InputError):
        found = read_busy(path, start=dt.date(2026, 10, 26), days=14, timezone="America/New_York")
        assert all(busy.start < busy.end for busy in found.taken)
