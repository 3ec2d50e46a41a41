"""For whom a rule is: triggers hold where the profile says so, medicines go by names, tiers by their reasons."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.applies import Facts, applies, classes_of, medicine_classes, named, tier_rules
from boneplan.profile_reader import check_profile
from boneplan.who import Who

TODAY = dt.date(2026, 11, 23)
ANNA = {"sex": "female", "birth_date": "1971-04-02", "height_cm": 160, "weight_kg": 64}
NORMAL = {"t_scores": {"total_hip": -1.0}}


def facts(**changes: Any) -> Facts:
    return Facts(check_profile(ANNA | {"bone": NORMAL} | changes, "P", TODAY), TODAY)


def is_for(who: dict[str, Any], **changes: Any) -> bool:
    return applies(Who.model_validate(who), facts(**changes))


@pytest.mark.parametrize(
    ("who", "holds", "fails"),
    [
        ({"age_below": 50}, {"birth_date": "1976-11-24"}, {"birth_date": "1976-11-23"}),
        ({"age_from": 66}, {"birth_date": "1960-11-23"}, {"birth_date": "1960-11-24"}),
        ({"bmi_below": 20}, {"weight_kg": 51.1}, {"weight_kg": 51.3}),
        ({"bmi_from": 40}, {"weight_kg": 102.5}, {"weight_kg": 102.3}),
        ({"sex": "male"}, {"sex": "male"}, {}),
        ({"conditions": ["ckd_4", "dialysis"]}, {"conditions": ["dialysis"]}, {"conditions": ["ckd_3a"]}),
        (
            {"medicines": ["denosumab"]},
            {"medications": [{"name": "Prolia 60 mg"}]},
            {"medications": [{"name": "alendronate"}]},
        ),
        ({"without_medicines": ["denosumab"]}, {}, {"medications": [{"name": "Prolia"}]}),
        ({"drugs": ["exemestane"]}, {"therapy": {"drug": "exemestane"}}, {"therapy": {"drug": "letrozole"}}),
        ({"patterns": ["vegan"]}, {"diet": {"pattern": "vegan"}}, {"diet": {"pattern": "vegetarian"}}),
        ({"policies": ["avoid"]}, {}, {"diet": {"phytoestrogens": "limit"}}),
        ({"allergies": ["milk", "soy"]}, {"diet": {"allergies": ["soy"]}}, {"diet": {"allergies": ["egg"]}}),
        ({"intolerances": ["lactose"]}, {"diet": {"intolerances": ["lactose"]}}, {"diet": {"allergies": ["milk"]}}),
        ({"no_t_score": True}, {"bone": {}}, {}),
        ({"t_score_below": -1.0}, {"bone": {"t_scores": {"total_hip": -1.1}}}, {}),
        ({"t_score_below": -1.0}, {"bone": {"t_scores": {"total_hip": 0, "lumbar_spine": -1.1}}}, {"bone": {}}),
        (
            {"t_score_at_most": -2.5},
            {"bone": {"t_scores": {"total_hip": -2.5}}},
            {"bone": {"t_scores": {"total_hip": -2.4}}},
        ),
        (
            {"fragility_fracture": True},
            {"bone": {"fractures": [{"site": "wrist", "year": 2019, "fragility": True}]}},
            {"bone": {"fractures": [{"site": "wrist", "year": 2019}]}},
        ),
        (
            {"fracture_sites": ["hip"]},
            {"bone": {"fractures": [{"site": "hip", "year": 2019}]}},
            {"bone": {"fractures": [{"site": "rib", "year": 2019}]}},
        ),
        (
            {"risk_factors": ["smoking"]},
            {"bone": {"risk_factors": ["smoking"]}},
            {"bone": {"risk_factors": ["alcohol"]}},
        ),
        (
            {"risk_factors_from": 2},
            {"bone": {"risk_factors": ["smoking", "alcohol"]}},
            {"bone": {"risk_factors": ["smoking"]}},
        ),
        ({"tiers": ["moderate", "high"]}, {"bone": {"risk_factors": ["smoking"]} | NORMAL}, {}),
        (
            {"without_supplement": "vitamin_b12"},
            {"supplements": [{"nutrient": "vitamin_b12", "amount": 0, "unit": "ug"}]},
            {"supplements": [{"nutrient": "vitamin_b12", "amount": 1, "unit": "ug"}]},
        ),
        (
            {"supplement": {"nutrient": "iron", "above": 45}},
            {"supplements": [{"nutrient": "iron", "amount": 45.1, "unit": "mg"}]},
            {"supplements": [{"nutrient": "iron", "amount": 45, "unit": "mg"}]},
        ),
        (
            {"supplement": {"nutrient": "calcium", "above_rule": "ul"}},
            {"supplements": [{"nutrient": "calcium", "amount": 2001, "unit": "mg"}]},
            {"supplements": [{"nutrient": "calcium", "amount": 2001, "unit": "mg"}], "birth_date": "1986-04-02"},
        ),
        ({"agreed_vitamin_k": True}, {"diet": {"vitamin_k_agreed": 95}}, {}),
        ({"agreed_vitamin_k": False}, {}, {"diet": {"vitamin_k_agreed": 95}}),
        (
            {"agreed_vitamin_k_below_rule": "ai"},
            {"diet": {"vitamin_k_agreed": 89.9}},
            {"diet": {"vitamin_k_agreed": 90}},
        ),
    ],
    ids=str,
)  # fmt: skip
def test_a_trigger_holds_where_the_profile_says_so(
    who: dict[str, Any], holds: dict[str, Any], fails: dict[str, Any]
) -> None:
    assert is_for(who, **holds)
    assert not is_for(who, **fails)


def test_every_line_must_hold_and_a_rule_without_any_is_for_everybody() -> None:
    who = {"conditions": ["kidney_stones"], "supplement": {"nutrient": "calcium", "above": 0}}
    stones, tablets = {"conditions": ["kidney_stones"]}, [{"nutrient": "calcium", "amount": 300, "unit": "mg"}]
    assert not is_for(who, **stones)
    assert not is_for(who, supplements=tablets)
    assert is_for(who, **stones, supplements=tablets)
    assert is_for({})


@pytest.mark.parametrize(
    ("medicine", "kind"),
    [
        ("Warfarin 5 mg", "vitamin_k_antagonist"),
        ("phenprocoumon (Marcumar)", "vitamin_k_antagonist"),
        ("XARELTO", "direct_anticoagulant"),
        ("insulin glargine", "insulin_or_sulfonylurea"),
        ("L-thyroxine 75", "levothyroxine"),
        ("alendronic acid 70 mg", "oral_bisphosphonate"),
        ("zoledronic acid", "zoledronic_acid"),
        ("St John's wort", "strong_cyp3a4_inducer"),
        ("ferrous sulfate", "iron_tablet"),
        ("Vagifem", "estrogen"),
    ],
)
def test_a_medicine_is_known_by_substance_and_by_brand(medicine: str, kind: str) -> None:
    assert kind in classes_of(medicine)


@pytest.mark.parametrize("medicine", ["nowarfarin", "non-warfarin", "aspirin", "ibuprofen", "environment"])
def test_a_name_counts_only_as_a_word_of_its_own(medicine: str) -> None:
    assert classes_of(medicine) == frozenset()


def test_rivaroxaban_is_of_two_kinds() -> None:
    assert classes_of("rivaroxaban") == {"direct_anticoagulant", "rivaroxaban"}


def test_every_name_of_a_kind_is_lower_case_stands_once_and_is_found() -> None:
    for kind, known in medicine_classes().items():
        assert len(set(known.names)) == len(known.names), kind
        for name in known.names:
            assert name == name.lower()
            assert kind in classes_of(name.title()), name


@given(st.sampled_from(sorted(n for known in medicine_classes().values() for n in known.names)), st.text(max_size=3))
def test_case_and_what_stands_around_a_name_apart_from_letters_change_nothing(name: str, around: str) -> None:
    assert named(name, f"{name.upper()} ({around})")


def test_every_kind_that_a_rule_asks_for_is_known() -> None:
    for factor in (*tier_rules().risk_factors, *(r for tier in tier_rules().tiers for r in tier.reasons)):
        assert {*factor.who.medicines, *factor.who.without_medicines} <= medicine_classes().keys()


@pytest.mark.parametrize(
    ("score", "drug", "tier"),
    [
        (-0.9, "anastrozole", "low"),
        (-1.0, "anastrozole", "low"),
        (-1.1, "anastrozole", "moderate"),
        (-2.0, "anastrozole", "moderate"),
        (-2.1, "anastrozole", "high"),
        (-2.4, "none", "moderate"),
        (-2.5, "none", "high"),
        (-2.6, "none", "high"),
    ],
)
def test_the_tier_goes_by_the_worst_t_score(score: float, drug: str, tier: str) -> None:
    person = facts(bone={"t_scores": {"lumbar_spine": score, "total_hip": 0.5}}, therapy={"drug": drug})
    assert person.tier == tier


def test_without_a_scan_the_risk_is_moderate_at_the_least() -> None:
    assert facts(bone={}).tier == "moderate"
    assert facts(bone={"fractures": [{"site": "hip", "year": 2020}]}).tier == "high"


def test_a_tier_names_every_reason_of_its_own() -> None:
    rule, reasons = facts(
        bone={"t_scores": {"total_hip": -2.7}, "fractures": [{"site": "vertebra", "year": 2020, "fragility": True}]},
        therapy={"drug": "letrozole"},
    ).tier_rule
    assert rule.tier == "high"
    assert [r.id for r in reasons] == [
        "osteoporosis",
        "low_on_inhibitor",
        "fragility_fracture",
        "spine_or_hip_fracture",
    ]


def test_nobody_stands_in_the_lowest_tier_for_a_reason() -> None:
    assert facts().tier_rule == (tier_rules().tiers[-1], ())
    assert tier_rules().tiers[-1].reasons == ()


def test_risk_factors_count_age_weight_and_a_steroid_by_themselves() -> None:
    person = facts(
        birth_date="1950-01-01",
        weight_kg=50,
        medications=[{"name": "prednisone 7.5 mg"}],
        bone={"risk_factors": ["early_menopause"]},
    )
    assert [factor.id for factor in person.risk_factors] == [
        "age",
        "low_weight",
        "glucocorticoid_taken",
        "early_menopause",
    ]
