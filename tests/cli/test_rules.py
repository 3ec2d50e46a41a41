"""`--rules` and `rules check`: bad rules are a line each, contradictions an answer of no, and the rest is held."""

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
        ["rules/targets[0]", "nutrition/vitamin_k/agreed_week_high"],
        [
            "at least 500 µg each day",
            "at most 114 µg as the week's mean",
            "dietitian: low intake",
            "anticoagulation clinic",
        ],
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
    _, _, plan = answer("", "targets: [{nutrient: calcium, min: 2600, unit: mg}]")
    (offer, *_) = plan["conflicts"][0]["relaxations"]
    assert "(rules/targets[0])" in offer


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


def test_targets_that_were_moved_and_a_looser_policy_are_planned_told_and_verified(answer: Any) -> None:
    rules = (
        "targets: [{instead_of: nutrition/calcium/rda, min: 1000, unit: mg, by: Mary, because: low appetite}]\n"
        "drop: [{target: nutrition/magnesium/rda}, {target: nutrition/calcium/tier_aim}]\nphytoestrogens: limit"
    )
    status, printed, plan = answer("", rules)
    assert status == 0, printed
    told = {notice["rule"]: notice["level"] for notice in plan["notices"]}
    assert (told["rules/targets[0]"], told["rules/drop[0]"], told["rules/drop[1]"]) == ("info", "info", "info")
    assert told["rules/phytoestrogens"] == "warn"
    held = {target["rule"]: target for target in plan["targets"]}
    assert held["rules/targets[0]"]["instead_of"] == "nutrition/calcium/rda"
    assert not {"nutrition/calcium/rda", "nutrition/magnesium/rda", "nutrition/calcium/tier_aim"} & held.keys()
    assert held["nutrition/isoflavones/policy"]["max"] == 25
    assert plan["profile"]["diet"]["phytoestrogens"] == "avoid"
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


BREAKFASTS = ("cereal_bowl", "porridge_bowl", "toast", "eggs_and_toast", "yogurt_bowl", "pancakes")
IMPOSSIBLE = {
    "milk allergy and milk": (
        "diet: {allergies: [milk]}",
        "require: [{food: milk, per_week: 3}]",
        ["Milk at least 3 times a week", "milk allergy (diet/allergy/milk)"],
    ),
    "vegan and eggs": (
        "diet: {pattern: vegan}",
        "require: [{food: eggs, per_week: 1}]",
        ["Eggs at least once a week", "vegan diet (diet/pattern/vegan)"],
    ),
    "a ban of what is required": (
        "",
        "require: [{food: salmon, per_week: 2}]\nban: [fish]",
        ["Salmon at least twice a week", "a ban on fish", "(rules/ban[0])"],
    ),
    "a ban on all breakfasts": (
        "",
        "ban: [" + ", ".join(f"{{kind_of_meal: breakfast/{kind}}}" for kind in BREAKFASTS) + "]",
        ["no breakfast is left for this person", "(rules/ban[0])", "(rules/ban[5])"],
    ),
}


@pytest.mark.parametrize("case", IMPOSSIBLE, ids=str)
@pytest.mark.parametrize("command", [["plan"], ["targets"], ["rules", "check"]], ids=" ".join)
def test_what_is_impossible_by_its_own_words_is_bad_input_and_names_both_sides(
    answer: Any, capsys: pytest.CaptureFixture[str], case: str, command: list[str]
) -> None:
    person, rules, words = IMPOSSIBLE[case]
    if command == ["plan"]:
        status, printed, plan = answer(person, rules)
        assert plan == {}
        assert not Path("out").exists()
    else:
        Path("p.yaml").write_text(PERSON + person, encoding="utf-8")
        Path("r.yaml").write_text(rules, encoding="utf-8")
        status = main(
            [*command, *(["p.yaml", "--rules", "r.yaml"] if command == ["targets"] else ["r.yaml", "p.yaml"])]
        )
        out, printed = capsys.readouterr()
        assert out == ""
    assert status == 2
    (line,) = printed.splitlines()
    assert line.startswith("Error: r.yaml: ")
    assert all(word in line for word in words)


def test_targets_shows_the_rules_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    rules = (
        "targets: [{nutrient: fibre, min: 30, unit: g, by: Mary}, "
        "{instead_of: nutrition/calcium/rda, min: 900, unit: mg, by: Mary, because: low appetite}, "
        "{nutrient: calcium, max: 450, unit: mg, period: meal, meal: lunch, hard: false, weight: 2}]\n"
        "phytoestrogens: limit"
    )
    Path("r.yaml").write_text(rules, encoding="utf-8")
    assert main(["targets", "--example", "--on", "2026-11-23", "--rules", "r.yaml"]) == 0
    out = capsys.readouterr().out
    calcium = out.partition("\ncalcium\n")[2].partition("\n\n")[0]
    assert "at least       900 mg  hard  rules/targets[1]\n      instead of nutrition/calcium/rda\n" in calcium
    assert "nutrition/calcium/rda\n      IOM" not in calcium
    assert "soft  rules/targets[2]\n      at lunch\n      weight 2 against the other soft targets" in calcium
    assert "at most 25 mg hard nutrition/isoflavones/policy" in " ".join(out.split())
    assert "info: Calcium at least 900 mg as the week's mean, hard: this stands in place of" in out
    assert "warn: The rules file sets the policy on phytoestrogens to 'limit'" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 80


def test_the_next_weeks_go_by_the_rules_of_the_plan(answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boneplan.cli.next.today_in", lambda _: dt.date(2026, 11, 28))
    status, _, first = answer("", "ban: [chicken]\nrequire: [{food: salmon, per_week: 2}]")
    assert status == 0
    assert main(["next", "out/plan.json", "--out", "later"]) == 0
    later = json.loads(Path("later/plan.json").read_text(encoding="utf-8"))
    assert later["rules"] == first["rules"]
    assert main(["verify", "later/plan.json"]) == 0


CHECKED = """
targets:
  - {instead_of: nutrition/calcium/rda, min: 900, unit: mg, by: Mary}
  - {nutrient: calcium, min: 960, unit: mg, period: day, hard: false}
drop: [{target: nutrition/magnesium/rda}, {target: nutrition/protein/high_risk}]
require:
  - {tag: oily fish, per_week: 2}
  - {food: yogurt, per_day: 1}
limit: [{food: eggs, per_week: 3}]
ban: [{food: cheese, at: breakfast}, spinach, unobtainium, {kind_of_meal: pancakes}]
prefer: [{food: kefir}]
pin: [{food: salmon, on: [friday, 2026-11-24], at: dinner}]
reuse: [{food: lentil soup, times: 3, at: lunch}]
phytoestrogens: limit
budget_per_day: 30
"""


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """`rules check` for a person with rules: the exit status, and what was printed."""
    monkeypatch.chdir(tmp_path)

    def ask(person: str, rules: str, *options: str) -> tuple[int, str, str]:
        Path("p.yaml").write_text(PERSON + person, encoding="utf-8")
        Path("r.yaml").write_text(rules, encoding="utf-8")
        status = main(["rules", "check", "r.yaml", "p.yaml", "--start", "2026-11-23", *options])
        out, err = capsys.readouterr()
        return status, out, err

    return ask


def test_check_says_what_each_line_changes_and_solves_nothing(check: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boneplan.menu.case.MenuCase.solve", None)
    status, out, err = check("", CHECKED)
    assert (status, err) == (0, "")
    assert max(map(len, out.splitlines())) <= 80
    blocks = [" ".join(block.split()) for block in out.split("\n\n")[1:]]

    def said(rule: str) -> str:
        return next(block for block in blocks if f"[rules/{rule}]" in block)

    assert "was at least 1,200 mg as the week's mean, hard (nutrition/calcium/rda)" in said("targets[0]")
    assert "at least 960 mg each day, hard is still asked for (nutrition/calcium/day_share)" in said("targets[0]")
    assert "changes nothing: at least 960 mg each day, hard holds already" in said("targets[1]")
    assert "no longer (nutrition/magnesium/rda)" in said("drop[0]")
    assert "is not asked of this person" in said("drop[1]")
    assert said("require[0]").startswith("Oily fish at least twice a week")
    assert "2 servings a week are asked for; usual variety allows" in said("require[0]")
    assert "7 servings a week are asked for" in said("require[1]")
    assert "Eggs at most 3 times a week" in said("limit[0]")
    assert "Cheese never at breakfast" in said("ban[0]")
    assert "that would be offered are left out" in said("ban[1]")
    assert "no food of the table is called so" in said("ban[2]")
    assert "kinds of meal: breakfast/pancakes" in said("ban[3]")
    assert "1 food fit" in said("prefer[0]")
    assert "2026-11-24, 2026-11-27" in said("pin[0]")
    assert "cooked once and served 3 times a week at lunch" in said("reuse[0]")
    assert "was avoid in the profile" in said("phytoestrogens")
    assert "was none" in said("budget_per_day")
    assert "ask the oncologist" in " ".join(out.split("\n\n")[-1].split())


def test_check_tells_who_keeps_a_food_from_the_person(check: Any) -> None:
    status, out, _ = check(
        "diet: {allergies: [fish], dislikes: [yogurt]}", "prefer: [{tag: oily fish}, {food: yogurt}]"
    )
    assert status == 0
    assert "kept out: 15 by diet/allergy/fish" in out
    assert "23 by diet/dislike/yogurt" in " ".join(out.split())
    assert out.count(", 0 may be offered") == 2


def test_check_gives_the_same_as_json(check: Any) -> None:
    status, out, _ = check(
        "diet: {allergies: [fish]}", CHECKED.replace("oily fish", "leafy greens").replace("salmon", "egg"), "--json"
    )
    document = json.loads(out)
    assert (status, document["schema"], document["start"]) == (0, "boneplan.rules.schema-check/1", "2026-11-23")
    rules = {rule["rule"]: rule for rule in document["rules"]}
    assert rules["rules/targets[0]"]["figures"]["was"]["min"] == 1200
    assert rules["rules/targets[0]"]["figures"]["still"] == [
        "nutrition/calcium/tier_aim", "nutrition/calcium/day_share", "rules/targets[1]",
    ]  # fmt: skip
    assert rules["rules/pin[0]"]["figures"]["dates"] == ["2026-11-24", "2026-11-27"]
    assert rules["rules/require[1]"]["figures"]["servings_asked"] == 7
    assert rules["rules/ban[2]"]["figures"] == {"foods": 0}
    assert [notice["rule"] for notice in document["notices"]] == [
        "rules/phytoestrogens",
        "rules/targets[0]",
        "rules/drop[0]",
    ]
    assert document["clashes"] == []


def test_check_tells_of_a_contradiction_that_needs_no_solve(check: Any) -> None:
    status, out, _ = check(
        WARFARIN + "diet: {vitamin_k_agreed: 95}", "targets: [{nutrient: vitamin_k, min: 500, unit: ug, period: day}]"
    )
    assert status == 1
    assert "No plan: Vitamin K at least 500 µg each day (rules/targets[0]" in out
    assert "(nutrition/vitamin_k/agreed_" in " ".join(out.split())


@pytest.mark.parametrize(
    ("rules", "line"),
    [
        ("targets: [{nutrient: vitamin_q, min: 1, unit: g}]", 'targets[0].nutrient: "vitamin_q" is unknown'),
        ("targets: [{nutrient: fibre, min: 9, max: 8, unit: g}]", "targets[0].min: 9 is above max 8"),
        ("drop: [{target: nutrition/calcium/ul}]", "drop[0].target: nutrition/calcium/ul (IOM 2011"),
    ],
)
def test_check_answers_bad_rules_with_a_line_and_status_2(check: Any, rules: str, line: str) -> None:
    status, out, err = check("", rules)
    assert (status, out) == (2, "")
    assert err.startswith(f"Error: r.yaml: {line}")
    assert err.count("\n") == 1


def test_check_wants_one_person(check: Any, capsys: pytest.CaptureFixture[str]) -> None:
    check("", "ban: [liver]")
    assert main(["rules", "check", "r.yaml"]) == 2
    assert "PROFILE: give a profile file, or --example" in capsys.readouterr().err
    assert main(["rules", "check", "r.yaml", "--example"]) == 0
