"""An infeasible plan on the command line: what clashes, where it comes from, and what would make a plan possible."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pytest

from boneplan.cli.main import main

WOMAN = "sex: female\nbirth_date: 1961-04-02\nheight_cm: 163\nweight_kg: 68\n"
FISH = (
    "require: [{tag: fish, per_week: 4, by: Mary, because: vitamin D}]\nlimit: [{tag: fish, per_week: 1, by: Tom}]\n"
)


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a plan with rules that cannot all hold, with what was printed in `printed.txt`."""
    folder = tmp_path_factory.mktemp("conflict")
    (folder / "p.yaml").write_text(WOMAN, encoding="utf-8")
    (folder / "r.yaml").write_text(FISH, encoding="utf-8")
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(printed):
        patch.chdir(folder)
        status = main(["plan", "p.yaml", "--rules", "r.yaml", "--start", "2026-11-23", "--out", "out"])
    (folder / "printed.txt").write_text(printed.getvalue(), encoding="utf-8")
    assert status == 1
    return folder


def test_the_plan_names_both_rules_with_who_asked_for_them(answered: Path) -> None:
    (conflict,) = json.loads((answered / "out" / "plan.json").read_text("utf-8"))["conflicts"]
    assert {member["rule"]: member["source"] for member in conflict["members"]} == {
        "rules/require[0]": "rules file, Mary: vitamin D",
        "rules/limit[0]": "rules file, Tom",
    }
    assert sorted(conflict["rules"]) == ["rules/limit[0]", "rules/require[0]"]


def test_the_changes_it_offers_were_seen_to_give_a_week(answered: Path) -> None:
    (conflict,) = json.loads((answered / "out" / "plan.json").read_text("utf-8"))["conflicts"]
    first = conflict["changes"][0]
    assert first["tried"] == "weeks"
    assert first["text"] == conflict["relaxations"][0]


def test_the_terminal_says_what_stands_in_the_way_and_where_it_comes_from(answered: Path) -> None:
    printed = " ".join((answered / "printed.txt").read_text("utf-8").split())
    assert (
        "These rules cannot all hold in one week: fish at most once a week; fish at least 4 times a week." in printed
    )
    assert "Where these rules come from" in printed
    assert "fish at least 4 times a week (rules file, Mary: vitamin D)" in printed
    assert "What would make a plan possible" in printed


def test_the_plan_with_its_conflict_is_verified(answered: Path) -> None:
    assert main(["verify", str(answered / "out" / "plan.json")]) == 0
