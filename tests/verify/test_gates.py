"""No menu and no session behind a gate that is shut."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from boneplan.data import data_folder
from boneplan.errors import Fault
from boneplan.verify.gate_rules import Gate, read_gates
from boneplan.verify.who import WhoRules

WHO = WhoRules(medicines={"vitamin_k_antagonist": ("warfarin", "phenprocoumon")}, figures={("calcium", "ul"): 2000.0})


def shut(world: Any, scope: str, level: str = "refuse", **when: Any) -> None:
    world.tables = replace(world.tables, gates=(Gate("test", scope, level, when),), who=WHO, clearance_days=365)
    told = {"level": "info", "rule": "safety/gates/test", "text": "Ask your doctor.", "scope": scope}
    world.document["notices"] = [told | {"level": level}, told]


def falls(gate: Gate, profile: dict[str, Any], world: Any) -> bool:
    world.profile.update(profile)
    world.tables = replace(world.tables, gates=(gate,), who=WHO, clearance_days=365)
    world.document["notices"] = []
    return "verify/missing-notice" in world.rules()


@pytest.mark.parametrize(
    ("when", "profile"),
    [
        ({"age_below": 18}, {"birth_date": "2009-01-01"}),
        ({"bmi_below": 18.5}, {"weight_kg": 49.0}),
        ({"conditions": ["ckd_4", "dialysis"]}, {"conditions": ["joint_pain", "ckd_4"]}),
        ({"medicines": ["vitamin_k_antagonist"]}, {"medications": [{"name": "Warfarin 5 mg"}]}),
        (
            {"supplement": {"nutrient": "calcium", "above_rule": "ul"}},
            {"supplements": [{"nutrient": "calcium", "amount": 2.1, "unit": "g"}]},
        ),
        (
            {"supplement": {"nutrient": "vitamin_d", "above": 50}},
            {"supplements": [{"nutrient": "vitamin_d", "amount": 2001, "unit": "IU"}]},
        ),
    ],
)
def test_a_menu_behind_a_gate_is_a_breach(world: Any, when: dict[str, Any], profile: dict[str, Any]) -> None:
    shut(world, "menu", **when)
    assert world.rules() == {"verify/refused"}  # told, but open
    world.profile.update(profile)
    assert "verify/gate" in world.rules()


def test_every_trigger_of_a_gate_has_to_hold(world: Any) -> None:
    shut(world, "menu", conditions=["joint_pain"], bmi_from=40)
    world.profile["conditions"] = ["joint_pain"]
    assert "verify/gate" not in world.rules()


def test_a_word_inside_another_medicine_shuts_no_gate(world: Any) -> None:
    shut(world, "menu", medicines=["vitamin_k_antagonist"])
    for name in ("nowarfarin", "non-warfarin", "warfarins"):
        world.profile["medications"] = [{"name": name}]
        assert "verify/gate" not in world.rules(), name


def test_a_gate_for_the_whole_plan_shuts_both_parts(world: Any) -> None:
    shut(world, "plan", age_below=99)
    assert [b.where for b in world.breaches()] == ["menu", "exercise"]


def test_a_clearance_opens_only_a_gate_that_waits_for_one(world: Any) -> None:
    world.profile["exercise"]["clearance"] = [{"for": "exercise", "by": "Surgeon", "on": "2026-11-01"}]
    shut(world, "exercise", "clearance", age_below=99)
    world.document["notices"].pop(0)
    assert world.rules() == set()
    world.profile["exercise"]["clearance"][0]["on"] = "2026-11-24"  # the day after the plan begins
    assert world.rules() == {"verify/gate", "verify/missing-notice"}  # told as if it were cleared
    world.profile["exercise"]["clearance"][0]["on"] = "2026-11-01"
    shut(world, "exercise", "refuse", age_below=99)
    assert world.rules() == {"verify/gate"}


@pytest.mark.parametrize(("given", "open_to"), [("2025-11-23", True), ("2025-11-22", False)])
def test_a_clearance_counts_for_a_year(world: Any, given: str, open_to: bool) -> None:
    world.profile["clearance"] = [{"for": "plan", "by": "Surgeon", "on": given}]
    shut(world, "exercise", "clearance", age_below=99)
    assert ("verify/gate" not in world.rules()) == open_to


def test_bone_metastases_wait_for_a_clearance() -> None:
    shipped, _ = read_gates(data_folder("guidelines") / "safety" / "gates.yaml")
    closing = [gate for gate in shipped if gate.closing and "bone_metastases" in gate.when.get("conditions", ())]
    assert [(gate.scope, gate.level) for gate in closing] == [("exercise", "clearance")]


def test_a_gate_that_is_not_understood_is_a_fault_and_no_open_gate(tmp_path: Path) -> None:
    path = tmp_path / "gates.yaml"
    path.write_text("clearance: {days: 365}\ngates: [{id: moon, level: refuse, scope: plan, when: {moon: full}}]")
    with pytest.raises(Fault, match="moon"):
        read_gates(path)
    path.write_text("clearance: {days: 365}\ngates: [{id: moon, level: warn, scope: plan, when: {moon: full}}]")
    with pytest.raises(Fault, match="moon"):
        read_gates(path)
    path.write_text("clearance: {days: 365}\ngates: [{id: moon, level: refuse, scope: plan, when: {}}]")
    with pytest.raises(Fault, match="moon"):
        read_gates(path)
    path.write_text("clearance: {days: 365}\ngates: [{id: moon, level: shout, scope: plan, when: {age_below: 18}}]")
    with pytest.raises(Fault, match="moon"):
        read_gates(path)


@pytest.mark.parametrize(
    ("when", "before", "after"),
    [
        ({"drugs": ["exemestane"]}, {"therapy": {"drug": "letrozole"}}, {"therapy": {"drug": "exemestane"}}),
        ({"sex": "male"}, {}, {"sex": "male"}),
        ({"no_t_score": True}, {}, {"bone": {"t_scores": {"total_hip": None}}}),
        ({"t_score_below": -2.0}, {}, {"bone": {"t_scores": {"total_hip": -2.1}}}),
        ({"bmi_from": 40}, {}, {"weight_kg": 107}),
        ({"patterns": ["vegan"]}, {}, {"diet": {"pattern": "vegan"}}),
        ({"without_supplement": "vitamin_d"}, {}, {"supplements": []}),
        (
            {"without_supplement": "vitamin_b12"},
            {"supplements": [{"nutrient": "vitamin_b12", "amount": 10, "unit": "ug"}]},
            {"supplements": [{"nutrient": "vitamin_b12", "amount": 0, "unit": "ug"}]},
        ),
        (
            {"supplement": {"nutrient": "magnesium", "above": 350}},
            {"supplements": [{"nutrient": "magnesium", "amount": 350, "unit": "mg"}]},
            {"supplements": [{"nutrient": "magnesium", "amount": 0.4, "unit": "g"}]},
        ),
    ],
)
@pytest.mark.parametrize("level", ["info", "warn", "clearance", "refuse"])
def test_a_gate_that_falls_and_is_not_told_of_is_a_breach(
    world: Any, level: str, when: dict[str, Any], before: dict[str, Any], after: dict[str, Any]
) -> None:
    gate = Gate("test", "plan", level, when)
    assert not falls(gate, before, world)
    assert falls(gate, after, world)


def test_what_every_plan_says_is_missed_where_it_is_left_out(world: Any) -> None:
    shut(world, "plan", "info")
    assert world.rules() == set()
    world.document["notices"] = []
    assert world.rules() == {"verify/missing-notice"}


def test_a_warning_told_as_mere_information_or_without_words_is_missing(world: Any) -> None:
    shut(world, "plan", "warn", drugs=["none"])
    assert world.rules() == set()
    warning = world.document["notices"].pop(0)
    assert world.rules() == {"verify/missing-notice"}
    world.document["notices"] = [warning | {"text": " "}]
    assert world.rules() == {"verify/missing-notice"}


def test_every_shipped_gate_is_read_and_one_falls_for_everybody() -> None:
    shipped, days = read_gates(data_folder("guidelines") / "safety" / "gates.yaml")
    assert days == 365
    assert {gate.level for gate in shipped} == {"refuse", "clearance", "warn", "info"}
    assert [gate.id for gate in shipped if not gate.when] == ["not_medical_advice"]
