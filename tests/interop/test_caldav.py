"""Every golden calendar on its way through a CalDAV server: put, put again, synchronised down, and listed by khal."""

from __future__ import annotations

import base64
import datetime as dt
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

USER = {"Authorization": "Basic " + base64.b64encode(b"anna:x").decode()}
STARTING = 30  # seconds that the server may take to answer
DAV = "{DAV:}"
RADICALE = """[server]
hosts = 127.0.0.1:{port}
[auth]
type = none
[storage]
filesystem_folder = {folder}
[logging]
level = warning
"""
VDIRSYNCER = """[general]
status_path = "{folder}/status/"
[pair bone]
a = "server"
b = "here"
collections = ["from a"]
conflict_resolution = "a wins"
[storage server]
type = "caldav"
url = "http://127.0.0.1:{port}/"
username = "anna"
password = "x"
[storage here]
type = "filesystem"
path = "{folder}/down/"
fileext = ".ics"
"""
KHAL = """[calendars]
[[bone]]
path = {folder}/down/*
type = discover
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
"""


@dataclass(frozen=True)
class Server:
    """A CalDAV server on loopback."""

    port: int

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        """The status and body that answer a request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {**USER, **headers})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def put(self, name: str, data: bytes) -> None:
        """Puts a whole calendar in the place of the collection `name`."""
        status, said = self.ask("PUT", f"/anna/{name}/", data, **{"Content-Type": "text/calendar; charset=utf-8"})
        assert status in (200, 201, 204), said

    def items(self, name: str) -> set[str]:
        """The paths of what is in the collection `name`."""
        status, said = self.ask("PROPFIND", f"/anna/{name}/", Depth="1")
        assert status == 207, said
        paths = {str(element.text) for element in ElementTree.fromstring(said).iter(f"{DAV}href")}
        return {path for path in paths if path.startswith(f"/anna/{name}/") and path.endswith(".ics")}

    def whole(self, name: str) -> bytes:
        """The collection `name` as one calendar."""
        status, said = self.ask("GET", f"/anna/{name}/")
        assert status == 200, said
        return said


@pytest.fixture(scope="module")
def server(module: Callable[[str], Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Radicale on a free port of loopback, its storage empty."""
    module("radicale")
    folder = tmp_path_factory.mktemp("radicale")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "config").write_text(RADICALE.format(port=port, folder=folder / "collections"), encoding="utf-8")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", folder / "config"], stdout=log, stderr=log
        )
    try:
        answering = Server(port)
        _wait_for(answering, process, folder / "log")
        yield answering
    finally:
        process.terminate()
        process.wait()


def _wait_for(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + STARTING
    while time.monotonic() < end and process.poll() is None:
        try:
            server.ask("GET", "/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"Radicale does not answer: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def filled(server: Server, goldens: list[Path]) -> Server:
    """The server with every golden calendar put once and once again, a collection each."""
    for _ in range(2):
        for path in goldens:
            server.put(path.stem, path.read_bytes())
    return server


@pytest.fixture(scope="module")
def down(filled: Server, program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which vdirsyncer synchronised every collection, twice."""
    vdirsyncer = program("vdirsyncer")
    folder = tmp_path_factory.mktemp("vdirsyncer")
    config = folder / "config"
    config.write_text(VDIRSYNCER.format(port=filled.port, folder=folder), encoding="utf-8")
    for words in (("discover", "--no-list"), ("sync",), ("sync",)):
        ran = subprocess.run(
            [vdirsyncer, "-c", config, *words], input="y\n" * 200, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
    return folder


@pytest.fixture(scope="module")
def listed(
    down: Path, program: Callable[[str], str], goldens: list[Path], state: Any
) -> dict[str, set[tuple[str, ...]]]:
    """What khal lists, by collection: UID, start, end, and its mark for what is cancelled."""
    khal = program("khal")
    config = down / "khal.conf"
    config.write_text(KHAL.format(folder=down), encoding="utf-8")
    line = "{calendar}\t{uid}\t{start-long-full}\t{end-long-full}\t{all-day}\t{cancelled}"
    days = {
        moment[:10] for path in goldens for event in state(path.read_bytes()) for moment in (event.start, event.end)
    }
    found: dict[str, set[tuple[str, ...]]] = {}
    for first, last in _stretches(sorted(dt.date.fromisoformat(day) for day in days)):
        ran = subprocess.run(
            [khal, "-c", config, "list", "--day-format", "", "--format", line, f"{first}", f"{last}"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(down)},
        )
        assert ran.returncode == 0, ran.stderr
        for row in ran.stdout.splitlines():
            if row.strip():
                calendar, *rest = row.split("\t")
                found.setdefault(calendar, set()).add(tuple(word.strip() for word in rest))
    return found


def _stretches(days: list[dt.date]) -> Iterator[tuple[dt.date, dt.date]]:
    """The days in stretches without long gaps, since khal looks at every day between two."""
    first = last = days[0]
    for day in days[1:]:
        if (day - last).days > 100:
            yield first, last + dt.timedelta(days=1)
            first = day
        last = day
    yield first, last + dt.timedelta(days=1)


def test_put_again_doubles_nothing(golden: Path, filled: Server, state: Callable[[bytes], list[Any]]):
    events = state(golden.read_bytes())
    assert len(filled.items(golden.stem)) == len(events)
    assert state(filled.whole(golden.stem)) == events


def test_each_event_comes_down_as_one_file(golden: Path, down: Path, state: Callable[[bytes], list[Any]]):
    files = list((down / "down" / golden.stem).glob("*.ics"))
    found = [event for path in files for event in state(path.read_bytes())]
    assert sorted(found) == state(golden.read_bytes())
    assert len(files) == len(found)


def test_khal_lists_the_same_events(
    golden: Path, listed: dict[str, set[tuple[str, ...]]], state: Callable[[bytes], list[Any]]
):
    expected = set()
    for event in state(golden.read_bytes()):
        mark = "CANCELLED" if event.status == "CANCELLED" else ""
        if event.start.endswith("Z"):
            expected.add((event.uid, event.start[:16], event.end[:16], "False", mark))
        else:
            last = dt.date.fromisoformat(event.end) - dt.timedelta(days=1)
            expected.add((event.uid, f"{event.start}T00:00", f"{last}T00:00", "True", mark))
    assert listed.get(golden.stem, set()) == expected


def test_a_plan_made_again_moves_and_cancels_in_place(
    server: Server, goldens: list[Path], state: Callable[[bytes], list[Any]]
):
    before = next(path for path in goldens if path.stem == "back-to-back").read_bytes()
    server.put("again", before)
    names = server.items("again")
    first, second = state(before)
    moved = before.replace(b"SEQUENCE:0", b"SEQUENCE:1", 1).replace(
        b"SEQUENCE:0\r\n", b"SEQUENCE:1\r\nSTATUS:CANCELLED\r\n"
    )
    moved = moved.replace(b":20261123T070000", b":20261123T060000").replace(b":20261123T080000", b":20261123T081000")
    server.put("again", moved)
    assert server.items("again") == names
    assert [event.uid for event in state(server.whole("again"))] == [first.uid, second.uid]
    assert state(server.whole("again")) == state(moved) != state(before)
