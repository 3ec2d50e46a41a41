"""`--rules`: contradictions name both sides and end in a plan that says no; rules that can hold are held."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from boneplan.cli.main import main

PERSON = "sex: female\nbirth_date: 1961-04-02\nheight_cm: 163\nweight_kg: 68\n"
WARFARIN = "medications: [{name: warfarin}]\n"


@pytest.fixture
def answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Plans for a person with rules: the exit status, what was printed, and the plan document if there is one."""
    monkeypatch.chdir(tmp_path)

    def ask(person: str, rules: str) -> tuple[int, str, dict[str, Any]]:
        Path("p.yaml").write_text(PERSON + person, encoding="utf-8")
        Path("r.yaml").write_text(rules, encoding="utf-8")
        status = main(["plan", "p.yaml", "--rules", "r.yaml", "--start", "2026-11-23", "--out", "out"])
        out, err = capsys.readouterr()
        plan = Path("out/plan.json")
        return status, out + err, json.loads(plan.read_text(encoding="utf-8")) if plan.exists() else {}

    return ask


CONTRADICTIONS = {
    "warfarin and much vitamin K": (
        WARFARIN + "diet: {vitamin_k_agreed: 95}",
        "targets: [{nutrient: vitamin_k, min: 500, unit: ug, period: day, by: dietitian, because: low intake}]",
        ["rules/targets[0]", "nutrition/vitamin_k/agreed_day_high"],
        ["at least 500 µg each day", "at most 195 µg each day", "dietitian: low intake", "anticoagulation clinic"],
    ),
    "milk allergy and milk": (
        "diet: {allergies: [milk]}",
        "require: [{food: milk, per_week: 3}]",
        ["rules/require[0]", "diet/allergy/milk"],
        ["Milk at least 3 times a week", "milk allergy"],
    ),
    "vegan and eggs": (
        "diet: {pattern: vegan}",
        "require: [{food: eggs, per_week: 1}]",
        ["rules/require[0]", "diet/pattern/vegan"],
        ["Eggs at least once a week", "vegan diet"],
    ),
    "a ban of what is required": (
        "",
        "require: [{food: salmon, per_week: 2}]\nban: [fish]",
        ["rules/require[0]", "rules/ban[0]"],
        ["Salmon at least twice a week", "a ban on fish"],
    ),
    "a least above the upper limit": (
        "",
        "targets: [{nutrient: calcium, min: 2600, unit: mg}]",
        ["rules/targets[0]", "nutrition/calcium/ul"],
        ["calcium at most", "IOM 2011"],
    ),
    "two rules of the file": (
        "",
        "targets: [{nutrient: fibre, min: 40, unit: g}, {nutrient: fibre, max: 30, unit: g, period: day}]",
        ["rules/targets[1]", "rules/targets[0]"],
        ["Fibre at most 30 g each day", "fibre at least 40 g as the week's mean"],
    ),
}


@pytest.mark.parametrize("case", CONTRADICTIONS, ids=str)
def test_a_contradiction_names_both_sides_and_is_an_answer_of_no(answer: Any, case: str) -> None:
    person, rules, sides, words = CONTRADICTIONS[case]
    status, printed, plan = answer(person, rules)
    assert (status, plan["status"]) == (1, "infeasible")
    (conflict,) = plan["conflicts"]
    assert set(sides) <= set(conflict["rules"])
    assert all(side in conflict["text"] for side in sides)
    assert all(word in conflict["text"] for word in words)
    assert plan["menu"]["days"] == []
    assert "What stands in the way" in printed


def test_the_change_that_is_offered_leaves_the_files_rule_out(answer: Any) -> None:
    _, _, plan = answer("diet: {allergies: [milk]}", "require: [{food: milk, per_week: 3}]")
    assert plan["conflicts"][0]["relaxations"] == ["plan without “milk at least 3 times a week” (rules/require[0])"]


def test_rules_that_can_hold_are_held_and_stand_in_the_plan(answer: Any) -> None:
    rules = (
        "targets: [{nutrient: fibre, min: 25, unit: g, by: Mary}]\n"
        "require: [{food: salmon, per_week: 2}, {food: yoghurt, per_week: 4}]\nban: [tuna, chicken, liver]"
    )
    status, printed, plan = answer("", rules)
    assert status == 0, printed
    assert plan["rules"]["require"][0] == {"food": "salmon", "per_week": 2}
    names = [item["name"] for day in plan["menu"]["days"] for meal in day["meals"] for item in meal["items"]]
    assert sum("almon" in name for name in names) >= 2
    assert not any("chicken" in name.casefold() or "tuna" in name.casefold() for name in names)
    assert [notice["rule"] for notice in plan["notices"] if "'liver'" in notice["text"]] == ["rules/ban[2]"]
    assert sum(day["totals"]["fibre"] for day in plan["menu"]["days"]) / 7 >= 25
    assert main(["verify", "out/plan.json"]) == 0


def test_more_servings_than_a_days_vitamin_k_allows_name_the_agreed_intake(answer: Any) -> None:
    status, _, plan = answer(WARFARIN + "diet: {vitamin_k_agreed: 50}", "require: [{food: kale, per_week: 3}]")
    (conflict,) = plan["conflicts"]
    assert status == 1
    assert {"rules/require[0]", "nutrition/vitamin_k/agreed_day_high"} <= set(conflict["rules"])
    assert "anticoagulation clinic" in conflict["text"]


def test_a_limit_that_would_be_loosened_is_bad_input_and_nothing_is_written(answer: Any) -> None:
    status, printed, plan = answer("", "targets: [{nutrient: calcium, max: 4000, unit: mg, period: day}]")
    assert (status, plan) == (2, {})
    assert printed.startswith("Error: r.yaml: targets[0].max: 4000 mg is above the most that holds already")
    assert "nutrition/calcium/ul" in printed


def test_targets_shows_the_rules_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.yaml").write_text("targets: [{nutrient: fibre, min: 30, unit: g, by: Mary}]", encoding="utf-8")
    assert main(["targets", "--example", "--rules", "r.yaml"]) == 0
    assert "rules/targets[0]" in capsys.readouterr().out


def test_the_next_weeks_go_by_the_rules_of_the_plan(answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boneplan.cli.next.today_in", lambda _: dt.date(2026, 11, 28))
    status, _, first = answer("", "ban: [chicken]\nrequire: [{food: salmon, per_week: 2}]")
    assert status == 0
    assert main(["next", "out/plan.json", "--out", "later"]) == 0
    later = json.loads(Path("later/plan.json").read_text(encoding="utf-8"))
    assert later["rules"] == first["rules"]
    assert main(["verify", "later/plan.json"]) == 0
