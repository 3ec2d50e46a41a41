"""`boneplan ban`: a food out of a plan, with the rule that keeps it out."""

from __future__ import annotations

from pathlib import Path

import pytest

from boneplan.cli.main import main
from boneplan.plan_io import read_plan


def test_ban_takes_a_food_out_and_keeps_who_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.json"
    assert main(["plan", "--example", "--start", "2026-11-23", "--out", str(tmp_path), "--json"]) == 0
    plan = read_plan(path)
    food = plan.menu.days[5].meals[-1].items[2].name.partition(",")[0]
    capsys.readouterr()
    assert main(["ban", str(path), food, "--by", "dietitian", "--because", "does not agree"]) == 0
    said = capsys.readouterr().out
    assert f"+ ban: food {food}" in said
    assert "Opened for it: " in said
    assert read_plan(path).rules["ban"] == [{"food": food, "by": "dietitian", "because": "does not agree"}]
    assert not any(food in i.name for day in read_plan(path).menu.days for meal in day.meals for i in meal.items)
    assert main(["verify", str(path)]) == 0
