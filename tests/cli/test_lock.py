"""`boneplan lock` and `unlock`: flags in the plan, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from boneplan.cli.main import main
from boneplan.plan_io import read_plan


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("plan")
    assert main(["plan", "--example", "--start", "2026-11-23", "--out", str(made), "--json"]) == 0
    return made


def test_lock_and_unlock_leave_no_trace_but_the_flags(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, calendar = folder / "plan.json", (folder / "plan.ics").read_bytes()
    before = path.read_bytes()
    assert main(["lock", str(path), "--day", "friday", "--meal", "dinner"]) == 0
    locked = read_plan(path)
    held = [
        (day.date.day, meal.meal) for day in locked.menu.days for meal in day.meals for i in meal.items if i.locked
    ]
    assert set(held) == {(27, "dinner")}
    assert locked.revision == 0
    assert main(["verify", str(path)]) == 0
    capsys.readouterr()
    assert main(["unlock", str(path), "--day", "5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["locked"] == []
    assert path.read_bytes() == before
    assert (folder / "plan.ics").read_bytes() == calendar


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--day", "friday", "--food", "unobtainium"], "is called"), (["--day", "2026-01-01"], "no menu on 2026-01-01")],
)
def test_what_is_not_there_cannot_be_locked(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["lock", str(folder / "plan.json"), *arguments]) == 2
    assert said in capsys.readouterr().err
