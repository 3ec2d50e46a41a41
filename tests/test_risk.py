"""Tiers of fracture risk: both sides of every edge, every reason told, and only changes that the plan makes."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from boneplan.applies import tier_rules
from boneplan.plan import Risk
from boneplan.profile import Profile
from boneplan.profile_health import Drug
from boneplan.risk import LOWEST, risk_of
from boneplan.targets import resolve_targets

TODAY = dt.date(2026, 11, 23)
INHIBITORS: tuple[Drug, ...] = ("anastrozole", "letrozole", "exemestane", "anastrozole_with_testosterone")


def person(**changes: Any) -> Profile:
    """A woman of 60 with normal bone on anastrozole, in whom nothing counts as a risk factor."""
    well = {
        "sex": "female",
        "birth_date": "1966-04-02",
        "height_cm": 160,
        "weight_kg": 64,
        "therapy": {"drug": "anastrozole"},
        "bone": {"t_scores": {"lumbar_spine": -0.5}},
    }
    return Profile.model_validate(well | changes, context={"today": TODAY})


def risk(**changes: Any) -> Risk:
    return risk_of(person(**changes), TODAY)


def scanned(t_score: float, drug: str = "none") -> dict[str, Any]:
    return {"bone": {"t_scores": {"total_hip": t_score}}, "therapy": {"drug": drug}}


@pytest.mark.parametrize(
    ("t_score", "tier"),
    [(-0.9, "low"), (-1.0, "low"), (-1.1, "moderate"), (-2.4, "moderate"), (-2.5, "high"), (-2.6, "high")],
)
def test_a_t_score_of_minus_one_is_normal_and_one_of_minus_two_and_a_half_is_osteoporosis(
    t_score: float, tier: str
) -> None:
    assert risk(**scanned(t_score)).tier == tier


@pytest.mark.parametrize("drug", INHIBITORS)
@pytest.mark.parametrize(("t_score", "tier"), [(-1.9, "moderate"), (-2.0, "moderate"), (-2.1, "high")])
def test_below_minus_two_is_high_risk_on_an_inhibitor(drug: str, t_score: float, tier: str) -> None:
    assert risk(**scanned(t_score, drug)).tier == tier
    assert risk(**scanned(t_score)).tier == "moderate"


def test_the_worst_site_decides() -> None:
    assert risk(bone={"t_scores": {"lumbar_spine": 0.5, "total_hip": -0.2, "femoral_neck": -2.5}}).tier == "high"


@pytest.mark.parametrize(
    ("factor", "text"),
    [
        ({"birth_date": "1960-11-23"}, "older than 65 years"),
        ({"weight_kg": 19.9 * 1.6**2}, "a body mass index below 20"),
        ({"medications": [{"name": "Prednisone 5 mg"}]}, "a glucocorticoid among the medicines"),
        *(
            ({"bone": {"t_scores": {"total_hip": 0}, "risk_factors": [factor]}}, text)
            for factor, text in {
                "parent_hip_fracture": "a parent who broke a hip",
                "smoking": "smoking",
                "alcohol": "three or more alcoholic drinks a day",
                "glucocorticoids": "glucocorticoids for months",
                "rheumatoid_arthritis": "rheumatoid arthritis",
                "secondary_osteoporosis": "another illness that costs bone",
                "early_menopause": "menopause before 45 years",
            }.items()
        ),
    ],
)
def test_one_risk_factor_with_normal_bone_is_moderate_risk_and_is_named(factor: dict[str, Any], text: str) -> None:
    found = risk(**factor)
    assert found.tier == "moderate"
    assert found.because == ["at least one risk factor counts", text]


@pytest.mark.parametrize("no_factor", [{"birth_date": "1960-11-24"}, {"weight_kg": 20 * 1.6**2}])
def test_65_years_and_a_body_mass_index_of_20_count_for_nothing(no_factor: dict[str, Any]) -> None:
    found = risk(**no_factor)
    assert (found.tier, found.because) == ("low", [LOWEST])


def test_bone_that_nobody_has_measured_is_not_called_normal() -> None:
    found = risk(bone={})
    assert (found.tier, found.because) == ("moderate", ["no T-score is on file"])


@pytest.mark.parametrize(
    ("fracture", "tier"),
    [
        ({"site": "wrist", "fragility": True}, "high"),
        ({"site": "wrist"}, "low"),
        ({"site": "vertebra"}, "high"),
        ({"site": "hip"}, "high"),
    ],
)
def test_a_bone_that_broke_with_little_force_and_any_vertebra_or_hip_are_high_risk(
    fracture: dict[str, Any], tier: str
) -> None:
    assert risk(bone={"t_scores": {"total_hip": 0}, "fractures": [{"year": 2020, **fracture}]}).tier == tier


def test_every_reason_and_every_risk_factor_is_told() -> None:
    bone = {"t_scores": {"total_hip": -2.7}, "risk_factors": ["smoking", "early_menopause"]}
    bone["fractures"] = [{"site": "hip", "year": 2020, "fragility": True}]
    assert risk(bone=bone, birth_date="1950-01-01").because == [
        "the worst T-score is -2.5 or lower (osteoporosis)",
        "the worst T-score is below -2.0 on an aromatase inhibitor",
        "a bone broke with little force",
        "a vertebra or a hip has been broken",
        "older than 65 years",
        "smoking",
        "menopause before 45 years",
    ]


def test_the_tier_names_its_rule_and_the_sources_of_its_reasons() -> None:
    found = risk(**scanned(-2.5))
    assert found.rule == "safety/tiers/high"
    assert found.source.startswith("WHO 1994, Assessment of fracture risk")


def told(found: Risk) -> str:
    return " ".join(found.changes)


def test_what_changes_carries_the_figures_of_the_rules_that_do_it() -> None:
    person_at_risk = person(**scanned(-2.6))
    targets = {target.rule: target for target in resolve_targets(person_at_risk, TODAY)}
    text = told(risk_of(person_at_risk, TODAY))
    assert f"at {targets['nutrition/calcium/tier_aim'].min:,g} mg of calcium" in text
    assert "at 1.2 g/kg of protein" in text
    assert targets["nutrition/protein/high_risk"].min == pytest.approx(1.2 * 64, abs=0.1)
    assert "scan is due every 12 months" in text
    assert "vitamin D every 6 months" in text


def test_less_risk_changes_less() -> None:
    moderate, low = risk(**scanned(-1.1)), risk(**scanned(-1.0))
    assert "1,200 mg of calcium" in told(moderate)
    assert "g/kg" not in told(moderate)
    assert "adds nothing to the menus" in told(low)
    assert "scan is due every 24 months" in told(low)


@pytest.mark.parametrize("condition", ["ckd_4", "eating_disorder"])
def test_where_no_menu_may_be_planned_nothing_is_said_of_menus(condition: str) -> None:
    text = told(risk(**scanned(-2.6), conditions=[condition]))
    assert "menus" not in text
    assert "scan is due" in text


def test_weak_kidneys_are_given_no_more_protein() -> None:
    with_weak_kidneys = person(**scanned(-2.6), conditions=["ckd_3a"])
    assert "protein" not in told(risk_of(with_weak_kidneys, TODAY))
    assert "nutrition/protein/high_risk" not in {t.rule for t in resolve_targets(with_weak_kidneys, TODAY)}


def test_no_scan_is_spoken_of_in_pregnancy() -> None:
    assert "scan" not in told(risk(**scanned(-2.6), conditions=["pregnancy"]))


def test_a_child_has_a_tier_and_nothing_about_menus_that_nobody_plans() -> None:
    found = risk(birth_date="2010-01-01")
    assert found.tier == "low"
    assert "scan" not in told(found)


def test_every_figure_that_a_tier_names_is_found() -> None:
    people = {"high": scanned(-2.6), "moderate": scanned(-1.1), "low": scanned(-1.0, "letrozole")}
    for rule in tier_rules().tiers:
        found = risk(**people[rule.tier])
        assert len(found.changes) == len(rule.changes)
        assert not re.search("[{}]", told(found))


def test_of_blood_tests_that_are_not_asked_for_the_tier_says_nothing() -> None:
    assert "in the blood" not in told(risk(**scanned(-1.0)))
    assert "in the blood" in told(risk(**scanned(-1.1)))


def test_what_to_ask_grows_with_the_risk_and_low_risk_is_no_promise() -> None:
    assert "Now, without waiting" in risk(**scanned(-2.6)).ask[0]
    assert "Discuss with the oncology team" in risk(**scanned(-1.1)).ask[0]
    (low,) = risk(**scanned(0)).ask
    assert "no promise" in low
    assert "Keep the dates of the checks" in low
