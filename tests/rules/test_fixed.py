"""Every target of the guidelines is either fixed or can be moved by a dietitian: each new one needs a decision."""

from __future__ import annotations

from boneplan.guidelines import fixed_rules, rules
from boneplan.safety import all_gates

FIXED = {
    "nutrition/energy/floor",
    "nutrition/energy/day_low",
    "nutrition/protein/rda",
    "nutrition/calcium/ul",
    "nutrition/calcium/occasion",
    "nutrition/vitamin_d/ul",
    "nutrition/vitamin_k/agreed_day_low",
    "nutrition/vitamin_k/agreed_day_high",
    "nutrition/vitamin_k/agreed_week_low",
    "nutrition/vitamin_k/agreed_week_high",
    "nutrition/phosphorus/ul",
    "nutrition/retinol/bone_health",
    "nutrition/retinol/ul",
    "nutrition/caffeine/bone_health",
    "nutrition/caffeine/safe",
    "nutrition/alcohol/none",
    "nutrition/isoflavones/policy",
}
MOVABLE = {
    "nutrition/energy/week_low",
    "nutrition/energy/week_high",
    "nutrition/energy/day_high",
    "nutrition/protein/bone_health",
    "nutrition/protein/high_risk",
    "nutrition/calcium/rda",
    "nutrition/calcium/tier_aim",
    "nutrition/calcium/day_share",
    "nutrition/calcium/plenty",
    "nutrition/vitamin_d/target",
    "nutrition/vitamin_k/ai",
    "nutrition/magnesium/rda",
    "nutrition/potassium/ai",
    "nutrition/phosphorus/rda",
    "nutrition/sodium/cdrr",
    "nutrition/sodium/day_high",
    "nutrition/fibre/ai",
    "nutrition/saturated_fat/share",
    "nutrition/added_sugar/share",
}


def test_every_target_is_known_to_be_fixed_or_not() -> None:
    every = {made.rule_id(rule) for made, rule in rules()}
    assert every == FIXED | MOVABLE
    assert fixed_rules() == FIXED


def test_every_upper_limit_is_fixed() -> None:
    assert not [rule for made, rule in rules() if rule.title.startswith("Tolerable Upper") and not rule.fixed]


def test_the_gates_that_keep_a_nutrient_down_are_known() -> None:
    kept = {gate.id: gate.no_minimum for gate in all_gates() if gate.no_minimum}
    assert kept == {"potassium_and_kidney": ("potassium",), "potassium_sparing": ("potassium",)}
