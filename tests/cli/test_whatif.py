"""`boneplan whatif`: a frontier on the terminal, as a table, as a drawing, as JSON."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path
from xml.etree import ElementTree

import pytest

from boneplan.cli.main import main

START = ("--example", "--start", "2026-11-23")


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = main(["whatif", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_frontier_is_printed_and_written_for_its_owner_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    table, drawing = tmp_path / "calcium.csv", tmp_path / "calcium.svg"
    status, out, err = run(capsys, *START, "--vary", "calcium=1200,1300,5000", "--csv", table, "--svg", drawing)
    assert (status, err) == (0, "")
    assert all(len(line) <= 80 for line in out.splitlines() if str(tmp_path) not in line)
    assert "calcium mg" in out
    assert "impossible" in out
    assert "Cannot all hold: " in out
    for path in (table, drawing):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["calcium_min_mg"] for row in rows] == ["1200.0", "1300.0", "5000.0"]
    assert rows[2]["status"] == "impossible"
    assert "nutrition/calcium/rda" in rows[2]["conflict"]
    assert float(rows[0]["bound"]) < float(rows[1]["bound"]) <= float(rows[1]["cost"])
    assert ElementTree.parse(drawing).getroot().tag.endswith("svg")


def test_json_is_alone_on_stdout_and_a_budget_can_be_varied(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, *START, "--vary", "budget=5,9", "--json")
    made = json.loads(out)
    assert (status, err) == (0, "")
    assert made["varied"][0]["unit"] == "USD"
    poor, rich = made["points"]
    assert poor["usd_per_day"] <= 5 + 1e-6
    assert poor["bound"] > rich["bound"]


def test_where_no_point_is_possible_the_answer_is_no(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, *START, "--vary", "calcium=5000")
    assert status == 1
    assert "impossible" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--example", "--vary", "calcum=1,2"), "did you mean calcium?"),
        (("--example", "--vary", "calcium=1..2:0"), "a step of 0"),
        (("--vary", "calcium=1,2"), "PROFILE: give a profile file, or --example"),
        (("--example",), "Missing option '--vary'"),
    ],
)
def test_bad_input_is_one_line(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert said in err
