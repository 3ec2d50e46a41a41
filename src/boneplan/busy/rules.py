"""Recurrence rules as they are written (RFC 5545, section 3.3.10), read into their parts."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from boneplan.busy.content import Unreadable
from boneplan.busy.values import moment
from boneplan.yaml_reader import shown

FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY")
TOO_OFTEN = ("MINUTELY", "SECONDLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
RANGES = {  # of the numbers in each part; a negative bound says that they may count from the end
    "BYMONTH": (1, 12), "BYWEEKNO": (-53, 53), "BYYEARDAY": (-366, 366), "BYMONTHDAY": (-31, 31),
    "BYHOUR": (0, 23), "BYMINUTE": (0, 59), "BYSECOND": (0, 60), "BYSETPOS": (-366, 366),
}  # fmt: skip
FIELDS = {
    "BYMONTH": "by_month", "BYWEEKNO": "by_week", "BYYEARDAY": "by_year_day", "BYMONTHDAY": "by_month_day",
    "BYHOUR": "by_hour", "BYMINUTE": "by_minute", "BYSECOND": "by_second", "BYSETPOS": "by_position",
}  # fmt: skip
MOST = 10**6  # of INTERVAL and COUNT

Numbers = frozenset[int]
EVERY: Numbers = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. Empty parts do not restrict it; `by_day` pairs the count within month or year (0: all) and the weekday.

    `until` is on the wall of the event's zone. Weekdays count from 0, Monday.
    """

    freq: str
    interval: int = 1
    count: int | None = None
    until: dt.datetime | None = None
    week_start: int = 0
    by_month: Numbers = EVERY
    by_week: Numbers = EVERY
    by_year_day: Numbers = EVERY
    by_month_day: Numbers = EVERY
    by_day: frozenset[tuple[int, int]] = frozenset()
    by_hour: Numbers = EVERY
    by_minute: Numbers = EVERY
    by_second: Numbers = EVERY
    by_position: Numbers = EVERY


def parse_rule(text: str, zone: dt.tzinfo | None) -> Rule:
    """The rule written as "FREQ=WEEKLY;BYDAY=MO" of an event in `zone` (None: of days). Raises `Unreadable`."""
    parts: dict[str, str] = {}
    for part in text.strip().strip(";").upper().split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or name in parts:
            raise Unreadable(f"its rule {shown(text)} cannot be read at {shown(part)}: correct it")
        parts[name] = value
    freq = parts.pop("FREQ", "")
    if freq in TOO_OFTEN:
        raise Unreadable(f"repeats every {freq[:-2].lower()}, which no appointment does: take it out of the calendar")
    if freq not in FREQUENCIES:
        raise Unreadable(f"its rule {shown(text)} has no FREQ that is known: correct it")
    made = {field: _numbers(parts.pop(name, ""), name) for name, field in FIELDS.items()}
    by_day = _by_day(parts.pop("BYDAY", ""), counted=freq in ("YEARLY", "MONTHLY"))
    week_start = parts.pop("WKST", "MO")
    until = parts.pop("UNTIL", None)
    count, interval = (_number(parts.pop(name, None), name) for name in ("COUNT", "INTERVAL"))
    if parts or week_start not in WEEKDAYS or (freq == "HOURLY" and made["by_position"]):
        odd = ", ".join(sorted(parts)) or ("BYSETPOS of hours" if week_start in WEEKDAYS else "WKST")
        raise Unreadable(f"its rule has a part that cannot be read, {shown(odd)}: write it without")
    return Rule(
        freq, interval or 1, count, _until(until, zone) if until else None, WEEKDAYS.index(week_start),
        by_day=by_day, **made,
    )  # fmt: skip


def _numbers(text: str, name: str) -> Numbers:
    low, high = RANGES[name]
    found = [int(part) if re.fullmatch(r"[+-]?[0-9]{1,3}", part) else high + 1 for part in text.split(",") if text]
    if not all(low <= number <= high and (number or low == 0) for number in found):
        raise Unreadable(f"its rule has {name}={shown(text)}, which cannot be read: correct it")
    return frozenset(found)


def _number(text: str | None, name: str) -> int | None:
    if text is None:
        return None
    number = int(text) if re.fullmatch(r"[0-9]{1,7}", text) else 0
    if not 1 <= number <= MOST:
        raise Unreadable(f"its rule has {name}={shown(text)}: write a whole number from 1")
    return number


def _by_day(text: str, counted: bool) -> frozenset[tuple[int, int]]:
    found = []
    for part in text.split(",") if text else []:
        match = BY_DAY.fullmatch(part)
        if match is None:
            raise Unreadable(f"its rule has BYDAY={shown(text)}, which cannot be read: correct it")
        found.append((int(match[1] or 0) if counted else 0, WEEKDAYS.index(match[2])))
    return frozenset(found)


def _until(text: str, zone: dt.tzinfo | None) -> dt.datetime:
    end = moment(text, zone or dt.UTC)
    if end.zone is None:
        return end.wall.replace(hour=23, minute=59, second=59)
    if zone is None or end.zone is zone:
        return end.wall
    try:
        return end.wall.replace(tzinfo=end.zone).astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        return end.wall
