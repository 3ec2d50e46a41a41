"""`boneplan add`: a food at one meal, with its portion, and the rule that keeps it there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from boneplan.cli.main import main
from boneplan.plan_io import read_plan


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan")
    assert main(["plan", "--example", "--start", "2026-11-23", "--out", str(folder), "--json"]) == 0
    return folder / "plan.json"


def test_add_serves_the_portion_and_pins_the_food(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["add", str(path), "banana", "--day", "tue", "--meal", "snack", "--portion", "1 banana", "--json"]
    capsys.readouterr()
    assert main([*arguments, "--out", str(tmp_path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["difference"]["rules"]["come"] == ["pin: food banana, on 2026-11-24, at snack"]
    meal = next(m for m in read_plan(tmp_path / "plan.json").menu.days[1].meals if m.meal == "snack")
    assert [(i.measure, i.locked) for i in meal.items if i.food == "banana"] == [("1 banana", True)]
    assert main(["verify", str(tmp_path / "plan.json")]) == 0


@pytest.mark.parametrize(
    ("food", "portion", "said"),
    [
        ("banana", "9 banana", "people eat"),
        ("banana", "a lot", "is no portion"),
        ("unobtainium", "1 cup", "no food of the table"),
    ],
)
def test_what_nobody_can_serve_is_one_line(
    path: Path, capsys: pytest.CaptureFixture[str], food: str, portion: str, said: str
) -> None:
    before = path.read_bytes()
    capsys.readouterr()
    assert main(["add", str(path), food, "--day", "2", "--meal", "breakfast", "--portion", portion]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert said in error
    assert path.read_bytes() == before
