"""No menu and no session behind a gate that is shut."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from boneplan.data import data_folder
from boneplan.errors import Fault
from boneplan.verify.gate_rules import Gate, read_gates


def shut(world: Any, scope: str, clearable: bool = False, **when: Any) -> None:
    world.tables = replace(world.tables, gates=(Gate("test", scope, clearable, when),))


@pytest.mark.parametrize(
    ("when", "profile"),
    [
        ({"age_below": 18}, {"birth_date": "2009-01-01"}),
        ({"bmi_below": 18.5}, {"weight_kg": 49.0}),
        ({"conditions": ["ckd_4", "dialysis"]}, {"conditions": ["joint_pain", "ckd_4"]}),
        ({"medications": ["warfarin"]}, {"medications": [{"name": "Warfarin 5 mg"}]}),
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
    assert world.rules() == set()
    world.profile.update(profile)
    assert "verify/gate" in world.rules()


def test_every_trigger_of_a_gate_has_to_hold(world: Any) -> None:
    shut(world, "menu", conditions=["joint_pain"], bmi_from=40)
    world.profile["conditions"] = ["joint_pain"]
    assert world.rules() == set()


def test_a_word_inside_another_medicine_shuts_no_gate(world: Any) -> None:
    shut(world, "menu", medications=["warfarin"])
    world.profile["medications"] = [{"name": "nowarfarin"}]
    assert world.rules() == set()


def test_a_gate_for_the_whole_plan_shuts_both_parts(world: Any) -> None:
    shut(world, "plan", age_below=99)
    assert [b.where for b in world.breaches()] == ["menu", "exercise"]


def test_a_clearance_opens_only_a_gate_that_waits_for_one(world: Any) -> None:
    world.profile["exercise"]["clearance"] = [{"for": "exercise", "by": "Surgeon", "on": "2026-11-01"}]
    shut(world, "exercise", clearable=True, age_below=99)
    assert world.rules() == set()
    world.profile["exercise"]["clearance"][0]["on"] = "2026-11-24"  # the day after the plan begins
    assert world.rules() == {"verify/gate"}
    world.profile["exercise"]["clearance"][0]["on"] = "2026-11-01"
    shut(world, "exercise", clearable=False, age_below=99)
    assert world.rules() == {"verify/gate"}


def test_bone_metastases_cannot_be_cleared_by_a_line_in_the_profile() -> None:
    shipped = read_gates(data_folder("guidelines") / "safety" / "gates.yaml")
    (gate,) = [gate for gate in shipped if "bone_metastases" in gate.when.get("conditions", ())]
    assert (gate.scope, gate.clearable) == ("exercise", False)


def test_a_gate_that_is_not_understood_is_a_fault_and_no_open_gate(tmp_path: Path) -> None:
    path = tmp_path / "gates.yaml"
    path.write_text("gates: [{id: moon, level: refuse, scope: plan, when: {moon: full}}]")
    with pytest.raises(Fault, match="moon"):
        read_gates(path)
    path.write_text("gates: [{id: moon, level: warn, scope: plan, when: {moon: full}}]")
    assert read_gates(path) == ()
