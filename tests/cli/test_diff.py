"""`boneplan diff`: two plan files, in 80 columns or as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from boneplan.cli.main import main


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("plans")
    for seed in (0, 1):
        arguments = [
            "plan",
            "--example",
            "--start",
            "2026-11-23",
            "--seed",
            str(seed),
            "--out",
            str(folder / str(seed)),
        ]
        assert main([*arguments, "--json"]) == 0
    return str(folder / "0" / "plan.json"), str(folder / "1" / "plan.json")


def test_plans_that_are_the_same_say_so(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", files[0], files[0]]) == 0
    assert capsys.readouterr().out == "The plans are the same: foods, amounts, targets, rules and sessions.\n"


def test_foods_amounts_and_sessions_fit_into_80_columns(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *files]) == 0
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= 80
    assert "Week 1: what food gives in a day" in said
    assert "\n  calcium" in said


def test_as_json_it_is_json_alone(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *files, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["schema"] == "boneplan.diff/1"
    assert not told["same"]
    assert told["meals"]


def test_a_file_that_is_no_plan_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text("{}")
    assert main(["diff", str(tmp_path / "a.json"), str(tmp_path / "a.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
