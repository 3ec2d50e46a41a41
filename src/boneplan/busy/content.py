"""From the bytes of a calendar file to its components (RFC 5545, section 3), with the properties that say when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from boneplan.errors import InputError
from boneplan.files import read_bounded
from boneplan.yaml_reader import escaped, shown

MAX_BYTES = 50 * 2**20
MAX_DEPTH = 10  # components within components; calendars have three
WANTED = frozenset(
    (
        "BEGIN", "END", "UID", "SEQUENCE", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "DTSTART", "DTEND",
        "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "FREEBUSY", "TZID", "TZOFFSETFROM", "TZOFFSETTO",
    )
)  # fmt: skip
READ = ("VEVENT", "VFREEBUSY", "VTIMEZONE")
NAME = re.compile(r"[A-Za-z0-9-]+")
PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^":;,]*)(?:,(?:"[^"]*"|[^":;,]*))*)')


class Unreadable(Exception):
    """A value that cannot be read: the sentence says which, and where there is one, the mend."""


class Property(NamedTuple):
    """One line of a component: its parameters by upper-case name, and its value as it stands."""

    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """One component: the line of the file it begins in, its wanted properties by name, and what lies inside."""

    name: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    inside: list[Component] = field(default_factory=list)

    def one(self, name: str) -> Property | None:
        """The property called `name`, the first where it is there twice."""
        found = self.properties.get(name)
        return found[0] if found else None

    def every(self, name: str) -> list[Property]:
        """The properties called `name`."""
        return self.properties.get(name, [])

    def word(self, name: str) -> str:
        """The value of `name` in capitals, empty where there is none."""
        found = self.one(name)
        return found.value.strip().upper() if found else ""


def read_components(path: Path) -> list[Component]:
    """The events, free/busy lists and time zones of the calendar file at `path`.

    Raises InputError, in one line, where the file cannot be read or is no whole calendar.
    """
    source = escaped(str(path))
    text = _text(path, source)
    if not text.strip():
        raise InputError(f"{source}: is empty: export the calendar again")
    if not text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        raise InputError(f"{source}: is no calendar: give an .ics file, which starts with BEGIN:VCALENDAR")
    try:
        return _components(text)
    except Unreadable as problem:
        raise InputError(f"{source}: {problem}") from None


def _text(path: Path, source: str) -> str:
    large = f"is over {MAX_BYTES // 2**20} MB: export only the months of the plan"
    data = read_bounded(path, MAX_BYTES, source=source, too_large=large, folder="name an .ics file in it")
    if b"\0" in data[:4]:
        raise InputError(f"{source}: is UTF-16 text: save it as UTF-8")
    # All that says when is ASCII, so titles in another encoding do no harm, nor characters that folding cut in two.
    return data.decode("utf-8-sig", "surrogateescape")


def _components(text: str) -> list[Component]:
    found: list[Component] = []
    open_ones: list[Component] = []
    for number, line in _unfolded(text):
        match = NAME.match(line)
        name = match[0].upper() if match else ""
        if name not in WANTED:
            continue
        if name == "BEGIN":
            if len(open_ones) == MAX_DEPTH:
                raise Unreadable(
                    f"line {number}: more than {MAX_DEPTH} components inside each other: export it again"
                )
            made = Component(line[6:].strip().upper(), number)
            if made.name in READ and len(open_ones) == 1:
                found.append(made)
            elif open_ones:
                open_ones[-1].inside.append(made)
            open_ones.append(made)
        elif name == "END":
            ended = line[4:].strip().upper()
            if not open_ones or open_ones[-1].name != ended:
                inside = f"inside {open_ones[-1].name}" if open_ones else "outside all"
                raise Unreadable(f"line {number}: END:{escaped(ended[:40])} {inside}: export the calendar again")
            open_ones.pop()
        elif open_ones:
            open_ones[-1].properties.setdefault(name, []).append(_property(line, len(name), number))
    if open_ones:
        last = open_ones[-1]
        raise Unreadable(f"ends inside the {last.name} that begins in line {last.line}: export the calendar again")
    return found


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their continuations joined on, each with the number of its first line in the file."""
    parts: list[str] = []
    first = 1
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line[:1] in (" ", "\t"):
            parts.append(line[1:])
            continue
        if parts:
            yield first, parts[0] if len(parts) == 1 else "".join(parts)
        parts, first = [line], number
    yield first, "".join(parts)


def _property(line: str, end_of_name: int, number: int) -> Property:
    parameters: dict[str, str] = {}
    at = end_of_name
    while match := PARAMETER.match(line, at):
        parameters[match[1].upper()] = match[2].strip('"')
        at = match.end()
    if line[at : at + 1] != ":":
        raise Unreadable(f"line {number}: {shown(line)} has no colon before its value: export the calendar again")
    return Property(parameters, line[at + 1 :].strip())
