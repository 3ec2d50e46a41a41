"""`boneplan batch`: what it prints, how it ends, and what it takes for people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from boneplan.cli.main import main

MONDAY = ("--start", "2026-11-23", "--jobs", "1")
REFUSED = "sex: female\nbirth_date: 1990-04-02\nheight_cm: 163\nweight_kg: 68\nconditions: [pregnancy]\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A folder with one person who is refused and one whose profile is bad."""
    folder = tmp_path / "people"
    folder.mkdir()
    (folder / "ruth.yaml").write_text(REFUSED, encoding="utf-8")
    (folder / "zoe.yaml").write_text("sex: female\n", encoding="utf-8")
    return folder


def test_it_says_how_many_came_to_what_and_what_is_to_be_mended(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plans"
    assert main(["batch", str(people), "--out", str(out), *MONDAY]) == 2
    printed = capsys.readouterr()
    assert "2 people: 1 refused, 1 bad input" in printed.out
    assert f"Written: {out / 'summary.csv'}" in printed.out
    assert f"Error: {people / 'zoe.yaml'}: birth_date: is missing" in printed.err
    assert "Traceback" not in printed.err


def test_run_again_it_says_who_is_unchanged(people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (people / "zoe.yaml").unlink()
    arguments = ["batch", str(people), "--out", str(tmp_path / "plans"), *MONDAY]
    assert main(arguments) == main(arguments) == 1
    assert "1 unchanged since the last run" in capsys.readouterr().out


def test_json_is_a_line_for_each_person(people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["batch", str(people), "--out", str(tmp_path / "plans"), "--json", *MONDAY])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["id"], row["status"]) for row in rows] == [("ruth", "refused"), ("zoe", "bad input")]


def test_bad_rules_are_told_before_anybody_is_planned_for(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text("targets: [{nutrient: calcuim, min: 1, unit: mg}]\n", encoding="utf-8")
    out = tmp_path / "plans"
    assert main(["batch", str(people), "--out", str(out), "--rules", str(rules), *MONDAY]) == 2
    assert "calcuim" in capsys.readouterr().err
    assert not out.exists()


def test_rules_that_do_not_fit_one_person_are_told_with_whose_profile_it_is(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text("require: [{food: milk-whole, per_week: 1}]\n", encoding="utf-8")
    mild = REFUSED.replace("[pregnancy]", "[osteopenia]") + "diet: {allergies: [milk]}\n"
    (people / "ruth.yaml").write_text(mild, encoding="utf-8")
    out = tmp_path / "plans"
    assert main(["batch", str(people), "--out", str(out), "--rules", str(rules), *MONDAY]) == 2
    error = capsys.readouterr().err
    assert f"Error: {people / 'ruth.yaml'}: {rules}: require[0]" in error
    assert f"Error: {people / 'zoe.yaml'}: birth_date: is missing" in error


def test_a_table_is_not_written_over_by_the_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "summary.csv"
    table.write_text("id,sex\np1,female\n", encoding="utf-8")
    assert main(["batch", str(table), "--out", str(tmp_path), *MONDAY]) == 2
    assert "is where the summary goes" in capsys.readouterr().err
    assert table.read_text(encoding="utf-8").startswith("id,sex")


def test_nobody_at_all_is_bad_input_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", str(tmp_path / "nowhere"), "--out", str(tmp_path / "plans")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
