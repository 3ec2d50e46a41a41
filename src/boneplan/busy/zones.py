"""Time zones as calendar files name them: IANA, their own VTIMEZONE, Windows' names."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from boneplan.busy.content import Component, Unreadable
from boneplan.busy.recurrence import Work, occurrences
from boneplan.busy.rules import parse_rule
from boneplan.busy.values import moment
from boneplan.profile_fields import zone_names
from boneplan.yaml_reader import shown

OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?", re.ASCII)
YEAR = dt.timedelta(days=366)
LAST = dt.datetime(dt.MAXYEAR, 12, 31)


class Zones:
    """The zones of one file. Times without a zone are `own`, the plan's; so are those in a zone nobody knows."""

    def __init__(self, own: str, definitions: Iterable[Component], work: Work) -> None:
        self.own = ZoneInfo(own)
        self.unknown: list[str] = []
        self._work = work
        self._defined: dict[str, Component] = {}
        for component in definitions:
            name = component.one("TZID")
            if name:
                self._defined[name.value] = component
        self._found: dict[str, dt.tzinfo] = {}

    def of(self, name: str | None) -> dt.tzinfo:
        """The zone called `name`. Raises `Unreadable` where its definition in the file cannot be read."""
        if name is None:
            return self.own
        if name not in self._found:
            self._found[name] = self._look_up(name)
        return self._found[name]

    def _look_up(self, name: str) -> dt.tzinfo:
        known = _iana(name)
        if known:
            return ZoneInfo(known)
        if name in self._defined:
            return FileZone(self._defined[name], self._work)
        known = _windows(name) or _tail(name)
        if known:
            return ZoneInfo(known)
        self.unknown.append(name)
        return self.own


def _iana(name: str) -> str | None:
    return name if name in zone_names() else None


def _windows(name: str) -> str | None:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return _iana(WINDOWS_TO_OLSON.get(name, ""))


def _tail(name: str) -> str | None:
    """The zone at the end of names such as "/mozilla.org/20050126_1/Europe/Berlin"."""
    parts = name.split("/")
    ends = ("/".join(parts[-count:]) for count in (3, 2) if count < len(parts))
    return next((end for end in ends if end in zone_names()), None)


class FileZone(dt.tzinfo):
    """A zone as a VTIMEZONE defines it. Raises `Unreadable` where it cannot be read."""

    def __init__(self, definition: Component, work: Work) -> None:
        parts = [part for part in definition.inside if part.name in ("STANDARD", "DAYLIGHT")]
        if not parts:
            raise Unreadable("its VTIMEZONE has neither STANDARD nor DAYLIGHT: export the calendar again")
        self._parts = [_Observance(part, work) for part in parts]
        self._onsets: dict[int, tuple[list[dt.datetime], list[dt.timedelta]]] = {}

    def utcoffset(self, moment: dt.datetime | None) -> dt.timedelta | None:
        """The offset at a time on the wall: the first of two where clocks go back."""
        if moment is None:
            return None
        wall = moment.replace(tzinfo=None)
        if wall.year not in self._onsets:
            self._onsets[wall.year] = self._of_year(wall.year)
        walls, offsets = self._onsets[wall.year]
        return offsets[bisect_right(walls, wall)]

    def dst(self, moment: dt.datetime | None) -> None:
        """Unknown: the offset is all that is asked for."""

    def tzname(self, moment: dt.datetime | None) -> None:
        """Unknown, too."""

    def _of_year(self, year: int) -> tuple[list[dt.datetime], list[dt.timedelta]]:
        """The onsets up to the end of the year, and the offsets: before the first of them, and after each."""
        end = LAST if year >= LAST.year else dt.datetime(year + 1, 1, 1)
        onsets = sorted((wall, n) for n, part in enumerate(self._parts) for wall in part.onsets(end))
        earliest = min(self._parts, key=lambda part: part.start)
        return [wall for wall, _ in onsets], [earliest.before, *(self._parts[n].after for _, n in onsets)]


class _Observance:
    """STANDARD or DAYLIGHT: its offsets, and the times on the wall at which it begins."""

    def __init__(self, part: Component, work: Work) -> None:
        self.before, self.after = _offset(part, "TZOFFSETFROM"), _offset(part, "TZOFFSETTO")
        start = part.one("DTSTART")
        self.start = _local(start.value if start else "")
        # Times that clocks skip belong to what was before.
        self._skipped = max(dt.timedelta(), self.after - self.before)
        self._dates = [self.start, *(_local(text) for p in part.every("RDATE") for text in p.value.split(","))]
        self._rules = [parse_rule(p.value, dt.timezone(self.before)) for p in part.every("RRULE")]
        self._work = work

    def onsets(self, end: dt.datetime) -> list[dt.datetime]:
        """Its onsets before `end`: those of the last years, or of the last years in which there were any."""
        found = [wall for wall in self._dates if wall < end]
        for rule in self._rules:
            last = min(end, rule.until or end)
            low = self.start if rule.count or last - self.start < 2 * YEAR else last - 2 * YEAR
            found += occurrences(rule, self.start, low, end, self._work)
        return [wall + self._skipped for wall in found]


def _offset(part: Component, name: str) -> dt.timedelta:
    found = part.one(name)
    match = OFFSET.fullmatch(found.value) if found else None
    if match is None or int(match[2]) > 23 or int(match[3]) > 59:
        said = shown(found.value) if found else "missing"
        raise Unreadable(f"its VTIMEZONE has a {name} that cannot be read ({said}): export the calendar again")
    size = dt.timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=min(int(match[4] or 0), 59))
    return -size if match[1] == "-" else size


def _local(text: str) -> dt.datetime:
    try:
        return moment(text, dt.UTC).wall
    except Unreadable:
        raise Unreadable(
            f"its VTIMEZONE begins at {shown(text)}, which is no time: export the calendar again"
        ) from None
