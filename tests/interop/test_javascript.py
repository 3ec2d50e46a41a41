"""Parsers in JavaScript read from every golden calendar what it states: ical.js (Thunderbird's) and node-ical.

Node finds them through NODE_PATH.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
SCRIPTS = {"ical.js": "ical_js.cjs", "node-ical": "node_ical.cjs"}


@pytest.fixture(scope="module", params=SCRIPTS)
def read(
    request: pytest.FixtureRequest, program: Callable[[str], str], goldens: list[Path], seen: Callable[..., Any]
) -> dict[str, list[Any]]:
    """What one parser reads in each golden calendar."""
    node = program("node")
    if subprocess.run([node, "-e", f"require('{request.param}')"], capture_output=True, check=False).returncode:
        request.getfixturevalue("absent")(f"the npm package {request.param}")
    ran = subprocess.run(
        [node, HERE / SCRIPTS[request.param], *goldens], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, ran.stderr
    return {path: sorted(seen(**event) for event in events) for path, events in json.loads(ran.stdout).items()}


def test_javascript_reads_what_is_stated(
    golden: Path, read: dict[str, list[Any]], state: Callable[[bytes], list[Any]]
):
    assert read[str(golden)] == state(golden.read_bytes())
