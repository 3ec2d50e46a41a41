"""Gates: who is refused what, what clearance opens, and what everybody is told."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from boneplan.plan import Notice, Scope
from boneplan.profile import Profile
from boneplan.profile_reader import load_example, load_profile
from boneplan.safety import all_gates, closed, gates

TODAY = dt.date(2026, 11, 23)
PROFILES = sorted((Path(__file__).parent / "profiles").glob("*.yaml"))


def profile(**changes: Any) -> Profile:
    anna = {
        "sex": "female",
        "birth_date": "1961-04-02",
        "height_cm": 160,
        "weight_kg": 64,
        "bone": {"t_scores": {"total_hip": -1.0}},
    }
    return Profile.model_validate(anna | changes, context={"today": TODAY})


def takes(*names: str) -> dict[str, Any]:
    return {"medications": [{"name": name} for name in names]}


def declares(nutrient: str, amount: float, unit: str) -> dict[str, Any]:
    return {"supplements": [{"nutrient": nutrient, "amount": amount, "unit": unit}]}


def notices(**changes: Any) -> dict[str, Notice]:
    return {notice.rule.removeprefix("safety/gates/"): notice for notice in gates(profile(**changes), TODAY)}


def weight_at(bmi: float) -> dict[str, Any]:
    return {"height_cm": 160, "weight_kg": bmi * 1.6**2}


REFUSED = [
    ("under_18", {"birth_date": "2008-11-24"}, {"menu", "exercise"}),
    ("pregnancy", {"conditions": ["pregnancy"]}, {"menu", "exercise"}),
    ("breast_feeding", {"conditions": ["breast_feeding"]}, {"menu", "exercise"}),
    ("eating_disorder", {"conditions": ["eating_disorder"]}, {"menu", "exercise"}),
    ("underweight", weight_at(18.4), {"menu"}),
    ("kidney_disease", {"conditions": ["ckd_3b"]}, {"menu"}),
    ("kidney_disease", {"conditions": ["ckd_4"]}, {"menu"}),
    ("kidney_disease", {"conditions": ["ckd_5"]}, {"menu"}),
    ("kidney_disease", {"conditions": ["dialysis"]}, {"menu"}),
    ("kidney_disease", {"conditions": ["kidney_transplant"]}, {"menu"}),
    ("high_calcium", {"conditions": ["hypercalcaemia"]}, {"menu"}),
    ("high_calcium", {"conditions": ["hyperparathyroidism"]}, {"menu"}),
    ("high_calcium", {"conditions": ["hypercalciuria"]}, {"menu"}),
    ("high_calcium", {"conditions": ["sarcoidosis"]}, {"menu"}),
    ("trying_for_pregnancy", {"conditions": ["trying_for_pregnancy"]}, {"menu", "exercise"}),
    ("spinal_cord_signs", {"conditions": ["spinal_cord_signs"]}, {"menu", "exercise"}),
    ("weight_loss", {"conditions": ["weight_loss"]}, {"menu"}),
    ("high_potassium", {"conditions": ["high_potassium"]}, {"menu"}),
    ("mao_inhibitor", takes("Nardil"), {"menu"}),
    ("vitamin_k_not_agreed", takes("Warfarin 5 mg"), {"menu"}),
    ("vitamin_k_not_agreed", takes("COUMADIN"), {"menu"}),
    ("vitamin_k_not_agreed", takes("aspirin", "phenprocoumon (Marcumar)"), {"menu"}),
    (
        "vitamin_k_supplement",
        {**takes("warfarin"), **declares("vitamin_k", 1, "ug"), "diet": {"vitamin_k_agreed": 95}},
        {"menu"},
    ),
    ("swallowing_or_stomach", {"conditions": ["dysphagia"]}, {"menu"}),
    ("swallowing_or_stomach", {"conditions": ["gastroparesis"]}, {"menu"}),
    ("swallowing_or_stomach", {"conditions": ["bariatric_surgery"]}, {"menu"}),
    ("calcium_over_ul", declares("calcium", 2001, "mg"), {"menu"}),
    ("vitamin_d_over_ul", declares("vitamin_d", 4001, "IU"), {"menu"}),
    ("vitamin_a_over_ul", declares("vitamin_a", 3001, "ug"), {"menu"}),
    ("potassium_supplement", {**takes("Aldactone"), **declares("potassium", 99, "mg")}, {"menu"}),
]


@pytest.mark.parametrize(
    ("rule", "person", "scopes"), REFUSED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_plan_that_would_be_unsafe_is_refused(rule: str, person: dict[str, Any], scopes: set[str]) -> None:
    found = notices(**person)
    assert found[rule].level == "refuse"
    assert closed(found.values()) == scopes


@pytest.mark.parametrize(
    "condition",
    [
        "bone_metastases",
        "recent_fracture",
        "acute_back_pain",
        "height_loss",
        "thigh_pain",
        "recent_surgery",
        "lymphoedema_flare",
        "heart_disease",
    ],
)
def test_exercise_waits_for_a_recorded_clearance(condition: str) -> None:
    found = notices(conditions=[condition])
    assert found[condition].level == "clearance"
    assert closed(found.values()) == {"exercise"}


@pytest.mark.parametrize(
    ("rule", "person"), [("low_calcium", {"conditions": ["hypocalcaemia"]}), ("lithium", takes("Priadel"))]
)
def test_the_menu_waits_for_a_recorded_clearance(rule: str, person: dict[str, Any]) -> None:
    assert notices(**person)[rule].level == "clearance"
    assert closed(notices(**person).values()) == {"menu"}
    assert closed(notices(**person, **cleared("menu", "2026-11-23")).values()) == set()


def cleared(part: str, on: str) -> dict[str, Any]:
    return {"clearance": [{"for": part, "by": "oncologist", "on": on}]}


@pytest.mark.parametrize("part", ["exercise", "plan"])
def test_a_clearance_may_stand_with_the_person_or_with_the_exercise(part: str) -> None:
    beside = notices(conditions=["recent_fracture"], **cleared(part, "2026-11-01"))
    within = notices(conditions=["recent_fracture"], exercise=cleared(part, "2026-11-01"))
    assert beside == within
    assert closed(beside.values()) == set()


def test_a_clearance_for_one_part_opens_no_gate_of_the_whole_plan() -> None:
    both = {"clearance": [{"for": part, "by": "oncologist", "on": "2026-11-01"} for part in ("menu", "exercise")]}
    assert closed(notices(conditions=["chemotherapy"], **both).values()) == {"menu", "exercise"}
    assert closed(notices(conditions=["chemotherapy"], **cleared("plan", "2026-11-01")).values()) == set()


@pytest.mark.parametrize(("given", "level"), [("2025-11-23", "info"), ("2025-11-22", "clearance")])
def test_a_clearance_counts_for_a_year_and_says_when_it_is_too_old(given: str, level: str) -> None:
    notice = notices(conditions=["recent_fracture"], **cleared("exercise", given))["recent_fracture"]
    assert notice.level == level
    assert ("too old" in notice.text) == (level == "clearance")
    assert given in notice.text


def test_the_latest_of_several_clearances_is_named() -> None:
    given = [
        {"for": "exercise", "by": by, "on": on}
        for by, on in (("surgeon", "2026-11-01"), ("physiotherapist", "2026-11-20"), ("doctor", "2024-01-01"))
    ]
    text = notices(conditions=["recent_fracture"], clearance=given)["recent_fracture"].text
    assert "physiotherapist gave on 2026-11-20" in text


@pytest.mark.parametrize("part", ["exercise", "plan"])
def test_a_clearance_opens_the_part_that_it_is_for(part: str) -> None:
    found = notices(conditions=["recent_fracture"], exercise=cleared(part, "2026-11-23"))
    assert found["recent_fracture"].level == "info"
    assert "oncologist gave on 2026-11-23" in found["recent_fracture"].text
    assert closed(found.values()) == set()


def test_a_clearance_for_the_menu_opens_no_exercise() -> None:
    found = notices(conditions=["recent_fracture"], exercise=cleared("menu", "2026-11-01"))
    assert closed(found.values()) == {"exercise"}


def test_a_clearance_given_after_the_plan_begins_opens_nothing() -> None:
    person = profile(conditions=["acute_back_pain"], exercise=cleared("exercise", "2026-11-20"))
    assert closed(gates(person, dt.date(2026, 11, 19))) == {"exercise"}


@pytest.mark.parametrize("condition", ["pregnancy", "eating_disorder", "ckd_4"])
def test_no_clearance_opens_a_refusal(condition: str) -> None:
    assert closed(notices(conditions=[condition], exercise=cleared("plan", "2026-11-01")).values())


@pytest.mark.parametrize(
    ("rule", "person"),
    [
        ("kidney_stones", {"conditions": ["kidney_stones"]}),
        ("ckd_3a", {"conditions": ["ckd_3a"]}),
        ("digoxin", takes("Digoxin")),
        ("thiazide", takes("hydrochlorothiazide 12.5 mg")),
        ("insulin", takes("insulin glargine")),
        ("levothyroxine", takes("Levothyroxine")),
        ("oral_bisphosphonate", takes("alendronic acid 70 mg")),
        ("oral_bisphosphonate", takes("Actonel")),
        ("exemestane", {"therapy": {"drug": "exemestane"}}),
        ("testosterone", {"therapy": {"drug": "anastrozole_with_testosterone"}}),
        ("vegan_b12", {"diet": {"pattern": "vegan"}}),
        ("obesity_3", weight_at(40.01)),
        ("vitamin_d_high", declares("vitamin_d", 2001, "IU")),
        ("calcium_dose", declares("calcium", 501, "mg")),
        ("magnesium_over_ul", declares("magnesium", 351, "mg")),
        ("no_t_score", {"bone": {"last_dxa": "2026-01-01"}}),
        ("low_t_score", {"therapy": {"drug": "letrozole"}, "bone": {"t_scores": {"total_hip": -2.1}}}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_warning_closes_nothing(rule: str, person: dict[str, Any]) -> None:
    found = notices(**person)
    assert found[rule].level == "warn"
    assert closed(found.values()) == set()


@pytest.mark.parametrize(
    ("rule", "person"),
    [
        ("under_18", {"birth_date": "2008-11-23"}),
        ("underweight", weight_at(18.5)),
        ("obesity_3", weight_at(39.9)),
        ("calcium_over_ul", declares("calcium", 2000, "mg")),
        ("calcium_over_ul", {**declares("calcium", 2500, "mg"), "birth_date": "1980-01-01"}),
        ("vitamin_d_over_ul", declares("vitamin_d", 4000, "IU")),
        ("vitamin_d_high", declares("vitamin_d", 2000, "IU")),
        ("calcium_dose", declares("calcium", 500, "mg")),
        ("magnesium_over_ul", declares("magnesium", 350, "mg")),
        ("vegan_b12", {"diet": {"pattern": "vegan"}, **declares("vitamin_b12", 10, "ug")}),
        ("vegan_b12", {"diet": {"pattern": "vegetarian"}}),
        ("vitamin_k_not_agreed", takes("apixaban", "rivaroxaban")),
        ("vitamin_k_not_agreed", {**takes("warfarin"), "diet": {"vitamin_k_agreed": 95}}),
        ("vitamin_k_supplement", {**takes("warfarin"), "diet": {"vitamin_k_agreed": 95}}),
        ("vitamin_a_over_ul", declares("vitamin_a", 3000, "ug")),
        ("digoxin", takes("digoxinase")),
        ("kidney_disease", {"conditions": ["ckd_3a"]}),
        ("exemestane", {"therapy": {"drug": "letrozole"}}),
        ("no_t_score", {}),
        ("low_t_score", {"therapy": {"drug": "letrozole"}, "bone": {"t_scores": {"total_hip": -2.0}}}),
        ("low_t_score", {"therapy": {"drug": "none"}, "bone": {"t_scores": {"total_hip": -2.6}}}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_on_the_safe_side_of_a_gate_nothing_is_said(rule: str, person: dict[str, Any]) -> None:
    assert rule not in notices(**person)


def test_amounts_of_several_supplements_add_up() -> None:
    twice = declares("calcium", 1200, "mg")["supplements"] * 2
    assert "calcium_over_ul" in notices(supplements=twice)


@pytest.mark.parametrize("person", [{}, {"conditions": ["pregnancy"]}])
def test_every_plan_says_once_that_it_is_no_medical_advice(person: dict[str, Any]) -> None:
    found = [n for n in gates(profile(**person), TODAY) if n.rule == "safety/gates/not_medical_advice"]
    assert [n.level for n in found] == ["info"]
    assert "not medical advice" in found[0].text


def test_every_notice_names_its_rule_source_scope_and_basis() -> None:
    for notice in gates(profile(conditions=["pregnancy", "ckd_4", "bone_metastases"]), TODAY):
        assert notice.rule.startswith("safety/gates/")
        assert notice.source
        assert notice.scope in get_args(Scope)
        assert {"scope", "basis"} <= notice.model_fields_set


def test_names_of_gates_are_unique_and_every_refusal_says_whom_to_turn_to() -> None:
    names = [gate.id for gate in all_gates()]
    assert len(set(names)) == len(names)
    for gate in all_gates():
        assert gate.ask, f"{gate.id} names nobody to ask"
        if gate.level in ("refuse", "clearance"):
            assert re.search(r"\b(Ask|ask|Call|See|see|Speak|Go)\b", gate.text), gate.id


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_none_of_the_people_of_the_tests_is_refused(path: Path) -> None:
    assert closed(gates(load_profile(path, TODAY), TODAY)) == set()


def test_the_built_in_person_is_not_refused() -> None:
    assert closed(gates(load_example(), TODAY)) == set()


@pytest.mark.parametrize(
    ("given", "level", "said"),
    [("2026-10-01", "info", "it counts until 2027-10-01"), ("2025-12-01", "warn", "before the plan ends")],
)
def test_a_clearance_that_runs_out_within_the_plan_is_warned_of(given: str, level: str, said: str) -> None:
    person = profile(conditions=["recent_fracture"], clearance=[{"for": "exercise", "by": "surgeon", "on": given}])
    found = {n.rule: n for n in gates(person, TODAY, TODAY + dt.timedelta(days=27))}["safety/gates/recent_fracture"]
    assert found.level == level
    assert said in found.text
