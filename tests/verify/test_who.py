"""The judge's own matcher agrees with the planner's for every rule that names for whom it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.people import BATCH, TODAY, Someone, meet

from boneplan.applies import Facts, applies, medicine_classes
from boneplan.data import data_folder
from boneplan.errors import Fault
from boneplan.profile import Profile
from boneplan.profile_reader import check_profile
from boneplan.supplements import declared_amount
from boneplan.units import SUPPLEMENT_UNITS
from boneplan.verify.guidelines import read_reference
from boneplan.verify.person import Person, read_person
from boneplan.verify.who import TRIGGERS, WhoRules, declared, is_for, is_kind, read_who_rules, takes, tier_of
from boneplan.who import Who

GUIDELINES = data_folder("guidelines")
ASKED = ("when", "who", "only", "unless")


def asked(node: Any, where: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every `when`, `who`, `only` and `unless` below `node`, with the id of the row that it stands in."""
    if isinstance(node, dict):
        here = f"{where}/{node['id']}" if "id" in node else where
        for key, inner in node.items():
            if key in ASKED and isinstance(inner, dict):
                yield f"{here}.{key}", inner
            else:
                yield from asked(inner, here)
    elif isinstance(node, list):
        for inner in node:
            yield from asked(inner, where)


RULES = [
    found
    for path in sorted(GUIDELINES.rglob("*.yaml"))
    if path.parent.name != "exercise"
    for found in asked(yaml.safe_load(path.read_text(encoding="utf-8")), f"{path.parent.name}/{path.stem}")
]


def test_the_rules_of_gates_tiers_and_targets_are_all_found() -> None:
    files = {where.split("/")[1] for where, _ in RULES}
    assert {"gates", "tiers", "vitamin_k", "potassium", "calcium"} <= {file.split(".")[0] for file in files}
    assert len(RULES) > 100


def toward(profile: dict[str, Any], who: Mapping[str, Any]) -> dict[str, Any]:
    """The profile with what it takes for the lists of `who` to hold: rules about two rare things are met as well."""
    made = {**profile, "bone": {**profile["bone"]}, "diet": {**profile["diet"]}, "therapy": {**profile["therapy"]}}
    made["conditions"] = [*profile["conditions"], *who.get("conditions", ())[:1]]
    kinds = who.get("medicines", ())[:1]
    made["medications"] = [*profile["medications"], *({"name": medicine_classes()[k].names[0]} for k in kinds)]
    if limit := who.get("supplement"):
        unit = SUPPLEMENT_UNITS[limit["nutrient"]][0]
        much = {"nutrient": limit["nutrient"], "amount": 2600 if unit != "IU" else 4001, "unit": unit}
        made["supplements"] = [*profile["supplements"], much]
    made["sex"] = who.get("sex", profile["sex"])
    made["therapy"]["drug"] = who.get("drugs", [profile["therapy"]["drug"]])[0]
    for trigger, field in (("patterns", "pattern"), ("policies", "phytoestrogens")):
        made["diet"][field] = who.get(trigger, [profile["diet"][field]])[0]
    for trigger in ("allergies", "intolerances"):
        made["diet"][trigger] = [*profile["diet"][trigger], *who.get(trigger, ())[:1]]
    made["bone"]["risk_factors"] = [*profile["bone"]["risk_factors"], *who.get("risk_factors", ())[:1]]
    return made


@pytest.mark.parametrize("number", range(20))
def test_planner_and_judge_agree_for_whom_every_rule_is(number: int) -> None:
    met = count(number * BATCH)

    def visit(someone: Someone) -> None:
        fitted = toward(someone.profile, RULES[next(met) % len(RULES)][1])
        for made in (someone.profile, fitted):
            agree(check_profile(made, "generated", TODAY), someone.start)

    meet(visit, number)


def agree(profile: Profile, start: dt.date) -> None:
    """Fails where the planner and the judge see the person otherwise."""
    person = read_person(profile.as_json())
    _, rules = read_reference(GUIDELINES, person, start)
    facts = Facts(profile, start)
    for where, who in RULES:
        assert is_for(who, person, start, rules) == applies(Who.model_validate(who), facts), where
    assert tier_of(person, start, rules) == facts.tier
    for nutrient in SUPPLEMENT_UNITS:
        assert declared(person, nutrient) == pytest.approx(declared_amount(profile, nutrient))
    for kind in rules.medicines:
        assert takes(person, kind, rules) == (kind in facts.medicines)


def test_every_rule_is_for_somebody_of_them_and_not_for_all() -> None:
    sides: dict[str, set[bool]] = {where: set() for where, _ in RULES}

    def visit(someone: Someone) -> None:
        for where, who in RULES:
            asked_for = Who.model_validate(who)
            for made in (someone.profile, toward(someone.profile, who)):
                if sides[where] != {True, False}:
                    facts = Facts(check_profile(made, "generated", TODAY), someone.start)
                    sides[where].add(applies(asked_for, facts))

    for number in range(20):
        meet(visit, number)
    one_side = {where: found for where, found in sides.items() if found != {True, False}}
    assert set(one_side) == {"safety/gates/not_medical_advice.when"}


def test_every_trigger_is_known_to_both() -> None:
    assert set(Who.model_fields) == TRIGGERS


def test_a_trigger_that_verify_does_not_know_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "medicines.yaml").write_text("classes: {}")
    (tmp_path / "tiers.yaml").write_text("risk_factors: [{who: {moon: full}}]\ntiers: [{tier: low}]")
    with pytest.raises(Fault, match="moon"):
        read_who_rules(tmp_path, {})


def test_safety_rules_that_cannot_be_read_are_a_fault(tmp_path: Path) -> None:
    (tmp_path / "medicines.yaml").write_text("classes: [warfarin]")
    (tmp_path / "tiers.yaml").write_text("risk_factors: []\ntiers: []")
    with pytest.raises(Fault, match="install boneplan again"):
        read_who_rules(tmp_path, {})


def person(**changes: Any) -> Person:
    anna = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
    return read_person(anna | changes)


def test_a_medicine_is_of_a_kind_by_a_whole_word_of_its_name() -> None:
    rules = WhoRules(medicines={"vitamin_k_antagonist": ("warfarin", "l-warfarin")})
    assert is_kind("WARFARIN 5 mg", "vitamin_k_antagonist", rules)
    assert is_kind("l-warfarin", "vitamin_k_antagonist", rules)
    assert not is_kind("nowarfarin", "vitamin_k_antagonist", rules)
    assert takes(person(medications=[{"name": "aspirin"}, {"name": "warfarin"}]), "vitamin_k_antagonist", rules)


def test_what_is_declared_counts_in_the_unit_of_the_target() -> None:
    supplements = [
        {"nutrient": "vitamin_d", "amount": 1000, "unit": "IU"},
        {"nutrient": "vitamin_d", "amount": 0.005, "unit": "mg"},
        {"nutrient": "vitamin_d", "amount": 1, "unit": "spoons"},  # a breach of its own
        {"name": "red clover"},
    ]
    assert declared(person(supplements=supplements), "vitamin_d") == pytest.approx(30)
