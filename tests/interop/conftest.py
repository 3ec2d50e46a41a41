"""The golden calendars as their own bytes state them, and the clients that have to read the same in them."""

from __future__ import annotations

import datetime as dt
import importlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest

GOLDEN = sorted((Path(__file__).parent.parent / "ics").glob("*.ics"))
REQUIRED = os.environ.get("BONEPLAN_INTEROP") == "1"  # set where every client has been installed


@dataclass(frozen=True, order=True)
class Seen:
    """An event as a client reads it: UTC instants such as "2026-11-23T12:00:00Z", or dates of whole days."""

    uid: str
    start: str
    end: str
    status: str = ""
    sequence: int = 0


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `golden` runs for each golden calendar."""
    if "golden" in metafunc.fixturenames:
        metafunc.parametrize("golden", GOLDEN, ids=lambda path: path.stem)


def moment(value: dt.date) -> str:
    """A date or an aware time as `Seen` writes it."""
    if not isinstance(value, dt.datetime):
        return value.isoformat()
    assert value.tzinfo is not None, f"{value} floats: nobody can know which instant it is"
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def stated(data: bytes) -> list[Seen]:
    """The events that the bytes of a calendar state, times by the tz database; sorted."""
    text = data.decode().replace("\r\n", "\n").replace("\n ", "")  # clients that store events may drop the CR
    events = text.split("\nBEGIN:VEVENT\n")[1:]
    return sorted(_event(event.split("\nEND:VEVENT")[0].split("\nBEGIN:VALARM")[0]) for event in events)


def _event(text: str) -> Seen:
    lines = dict(line.split(":", 1) for line in text.split("\n"))
    start, end = (
        next(_moment(name, value) for name, value in lines.items() if name.split(";")[0] == key)
        for key in ("DTSTART", "DTEND")
    )
    return Seen(lines["UID"], start, end, lines.get("STATUS", ""), int(lines["SEQUENCE"]))


def _moment(name: str, value: str) -> str:
    if name.endswith("VALUE=DATE"):
        return moment(dt.datetime.strptime(value, "%Y%m%d").date())
    zone = ZoneInfo(name.partition("TZID=")[2] or "UTC")
    return moment(dt.datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=zone))


def missing(what: str) -> None:
    """Skips the test, or fails it where every client has to be there."""
    if REQUIRED:
        pytest.fail(f"{what} is missing, and BONEPLAN_INTEROP=1 says that it must be there")
    pytest.skip(f"{what} is not installed")


@pytest.fixture(scope="session")
def absent() -> Callable[[str], None]:
    """absent("the npm package x"): skips the test, or fails it where every client has to be there."""
    return missing


@pytest.fixture(scope="session")
def module() -> Callable[[str], ModuleType]:
    """module("vobject"): that module of a client."""

    def imported(name: str) -> ModuleType:
        try:
            return importlib.import_module(name)
        except ImportError:
            missing(f"the Python package {name.split('.')[0]}")
            raise

    return imported


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """program("khal"): the path of that program of a client."""

    def found(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            missing(f"the program {name}")
        return str(path)

    return found


@pytest.fixture(scope="session")
def state() -> Callable[[bytes], list[Seen]]:
    """What the bytes of a calendar state."""
    return stated


@pytest.fixture(scope="session")
def seen() -> Callable[..., Seen]:
    """seen(uid, start, end, status, sequence): an event as a client reads it, its moments dates or aware times."""

    def build(
        uid: str, start: dt.date | str, end: dt.date | str, status: str | None = None, sequence: int | None = 0
    ) -> Seen:
        begin, finish = (value if isinstance(value, str) else moment(value) for value in (start, end))
        return Seen(uid, begin, finish, status or "", sequence or 0)

    return build


@pytest.fixture(scope="session")
def goldens() -> list[Path]:
    """Every golden calendar."""
    return GOLDEN
