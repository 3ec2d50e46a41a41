"""What a rules file makes of the guidelines' targets: added, replaced, dropped, and what it never loosens."""

from __future__ import annotations

import datetime as dt
import math
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.errors import InputError
from boneplan.guidelines import fixed_rules, guideline
from boneplan.plan import Target
from boneplan.profile import Profile
from boneplan.profile_reader import check_profile
from boneplan.rules.reader import check_rules
from boneplan.rules.schema import Nutrient, Rules, rule_id
from boneplan.rules.targets import covers, person_under, still_asking, targets_under, with_rules
from boneplan.targets import resolve_targets

START = dt.date(2026, 11, 23)
BODY = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
ANNA = check_profile(BODY, "anna")
TARGETS = resolve_targets(ANNA, START)
BY_RULE = {target.rule: target for target in TARGETS}


def rule(**values: object) -> Rules:
    return check_rules({"targets": [values]}, "r.yaml")


def made(rules: Rules, person: Profile = ANNA) -> list[Target]:
    return targets_under(person, rules, START, "r.yaml")


def refused(rules: Rules, person: Profile = ANNA) -> str:
    with pytest.raises(InputError) as told:
        made(rules, person)
    (line,) = told.value.lines
    return line


def test_a_rule_comes_after_the_guidelines_with_who_asks_and_why() -> None:
    found = made(rule(nutrient="fibre", min=30, unit="g", by="Mary", because="constipation"))
    assert found[:-1] == TARGETS
    added = found[-1]
    assert (added.nutrient, added.min, added.max, added.period, added.hard) == ("fibre", 30, None, "week_mean", True)
    assert (added.rule, added.source, added.instead_of) == ("rules/targets[0]", "Mary: constipation", None)


def test_a_bound_on_meals_says_which_and_a_soft_one_how_much_it_counts() -> None:
    meals = made(rule(nutrient="calcium", max=400, unit="mg", period="meal", meal=["breakfast", "lunch"]))[-1]
    assert (meals.period, meals.meals, meals.counted_above) == ("meal", ["breakfast", "lunch"], None)
    soft = made(rule(nutrient="sodium", max=1500, unit="mg", period="day", hard=False, weight=2))[-1]
    assert (soft.hard, soft.weight, soft.period) == (False, 2, "day")


@pytest.mark.parametrize(
    ("values", "held"),
    [
        ({"nutrient": "calcium", "max": 4, "unit": "g", "period": "day"}, "nutrition/calcium/ul"),
        ({"nutrient": "vitamin_d", "max": 8000, "unit": "IU", "period": "day"}, "nutrition/vitamin_d/ul"),
        ({"nutrient": "energy", "min": 500, "unit": "kcal", "period": "day"}, "nutrition/energy/floor"),
        ({"nutrient": "caffeine", "max": 500, "unit": "mg", "hard": False}, "nutrition/caffeine/bone_health"),
    ],
)
def test_what_is_fixed_is_in_the_way_with_its_source(values: dict[str, object], held: str) -> None:
    line = refused(rule(**values))
    assert line.startswith("r.yaml: targets[0].m")
    assert f"({held}, {BY_RULE[held].source}): it is fixed, and no rule loosens it" in line


def test_what_can_be_moved_is_told_with_the_way_to_move_it() -> None:
    line = refused(rule(nutrient="calcium", min=800, unit="mg"))
    assert line.startswith(
        "r.yaml: targets[0].min: 800 mg is below the least that holds already, 1200 mg as the week"
    )
    assert "write instead_of: nutrition/calcium/rda to put this in its place, or 1200 mg or more" in line


def test_a_rule_in_place_of_a_target_may_ask_for_less_and_keeps_what_it_leaves_out() -> None:
    found = made(rule(instead_of="nutrition/calcium/rda", min=0.9, unit="g", by="Mary"))
    assert "nutrition/calcium/rda" not in {target.rule for target in found}
    new = found[-1]
    assert (new.min, new.unit, new.period, new.hard) == (900, "mg", "week_mean", True)
    assert (new.instead_of, new.basis) == ("nutrition/calcium/rda", "rules")
    assert new.title == "set in the rules file instead of: Recommended Dietary Allowance"
    softer = made(rule(instead_of="nutrition/vitamin_k/ai", hard=False))[-1]
    assert (softer.min, softer.hard) == (BY_RULE["nutrition/vitamin_k/ai"].min, False)


def test_the_other_targets_of_the_nutrient_still_ask_for_more() -> None:
    scan = {"bone": {"t_scores": {"total_hip": -1.4}}}
    person = check_profile({**BODY, **scan, "therapy": {"drug": "letrozole"}}, "anna")
    found = made(rule(instead_of="nutrition/calcium/rda", min=900, unit="mg"), person)
    more = {target.rule for target in still_asking(found[-1], found)}
    assert more == {"nutrition/calcium/tier_aim", "nutrition/calcium/day_share"}


def test_a_dropped_target_is_gone() -> None:
    found = made(check_rules({"drop": [{"target": "nutrition/fibre/ai"}]}, "r"))
    assert [target for target in TARGETS if target not in found] == [BY_RULE["nutrition/fibre/ai"]]


@pytest.mark.parametrize("held", sorted(fixed_rules() & BY_RULE.keys()))
def test_nothing_fixed_is_dropped_softened_or_widened(held: str) -> None:
    assert "is fixed, and no rule drops it" in refused(check_rules({"drop": [{"target": held}]}, "r"))
    target = BY_RULE[held]
    side, figure = ("min", (target.min or 1) / 2) if target.min is not None else ("max", (target.max or 0) + 1)
    widened = rule(instead_of=held, unit=target.unit, **{side: figure})
    line = refused(widened)
    assert held in line
    if target.counted_above is None:
        assert target.source in line
        assert "no rule loosens it" in line
    if target.hard:
        assert held in refused(rule(instead_of=held, hard=False))
    if target.period == "day":
        assert held in refused(rule(instead_of=held, period="week_mean"))


def test_what_is_fixed_can_be_tightened() -> None:
    new = made(rule(instead_of="nutrition/caffeine/safe", max=200, unit="mg"))[-1]
    assert (new.max, new.period, new.instead_of) == (200, "day", "nutrition/caffeine/safe")


def test_the_agreed_vitamin_k_is_not_widened() -> None:
    person = check_profile({**BODY, "medications": [{"name": "warfarin"}], "diet": {"vitamin_k_agreed": 95}}, "anna")
    wide = {"max": 400, "unit": "ug"}
    assert "nutrition/vitamin_k/agreed_day_high" in refused(rule(nutrient="vitamin_k", period="day", **wide), person)
    assert "no rule loosens it" in refused(rule(instead_of="nutrition/vitamin_k/agreed_day_high", **wide), person)


def test_the_place_of_a_target_that_is_not_asked_cannot_be_taken() -> None:
    line = refused(rule(instead_of="nutrition/vitamin_k/agreed_day_high", max=200, unit="ug"))
    assert "nutrition/vitamin_k/agreed_day_high is not asked of this person" in line
    assert made(check_rules({"drop": [{"target": "nutrition/protein/high_risk"}]}, "r")) == TARGETS


def test_no_more_potassium_is_asked_for_than_a_gate_lets_be() -> None:
    sparing = check_profile({**BODY, "medications": [{"name": "spironolactone"}]}, "anna")
    asked = rule(nutrient="potassium", min=3000, unit="mg")
    line = refused(asked, sparing)
    assert line.startswith("r.yaml: targets[0].min: 3000 mg of potassium is more than may be asked for here")
    assert "safety/gates/potassium_sparing, KDIGO 2020" in line
    assert made(asked)[-1].min == 3000
    kidney = check_profile({**BODY, "conditions": ["ckd_3a"], "medications": [{"name": "ramipril"}]}, "anna")
    assert "safety/gates/potassium_and_kidney" in refused(asked, kidney)
    less = rule(instead_of="nutrition/potassium/ai", min=2000, unit="mg")
    assert made(less, kidney)[-1].min == 2000


def test_the_policy_and_the_budget_of_the_rules_stand_in_for_the_profiles() -> None:
    rules = check_rules({"phytoestrogens": "limit", "budget_per_day": 9}, "r")
    person = person_under(ANNA, rules)
    assert (person.diet.phytoestrogens, person.diet.budget_per_day) == ("limit", 9)
    assert (ANNA.diet.phytoestrogens, ANNA.diet.budget_per_day) == ("avoid", None)
    policy = next(target for target in made(rules) if target.rule == "nutrition/isoflavones/policy")
    assert policy.max == 25
    assert person_under(ANNA, Rules()) is ANNA


def test_children_have_no_targets_and_rules_give_them_none() -> None:
    child = check_profile({**BODY, "birth_date": "2012-01-01"}, "child")
    assert made(rule(instead_of="nutrition/calcium/rda", min=900, unit="mg"), child) == []


def test_a_figure_that_is_just_what_holds_is_no_loosening() -> None:
    assert made(rule(nutrient="calcium", min=1200, unit="mg"))[-1].min == 1200


@given(st.sampled_from(get_args(Nutrient)), st.floats(0, 10_000), st.booleans())
def test_a_rule_is_refused_or_every_target_still_stands(nutrient: str, amount: float, least: bool) -> None:
    side = {"min" if least else "max": amount}
    asked = rule(nutrient=nutrient, unit=guideline(nutrient).unit, **side)
    looser = [
        target
        for target in TARGETS
        if (target.nutrient, target.period, target.hard) == (nutrient, "week_mean", True)
        and (amount < (target.min or 0) - 1e-6 if least else amount > (target.max or math.inf) + 1e-6)
    ]
    if looser:
        with pytest.raises(InputError, match=looser[0].rule):
            with_rules(TARGETS, asked, "r")
    else:
        found = with_rules(TARGETS, asked, "r")
        assert found[: len(TARGETS)] == TARGETS
        assert found[-1].rule == rule_id("targets", 0)


@given(
    st.sampled_from(sorted(target.rule for target in TARGETS)),
    st.floats(0, 10_000),
    st.sampled_from([True, False, None]),
    st.sampled_from(["day", "week_mean", None]),
)
def test_whatever_takes_the_place_of_what_is_fixed_holds_it(
    held: str, amount: float, hard: bool | None, period: str | None
) -> None:
    target = BY_RULE[held]
    side = "min" if target.min is not None else "max"
    values = {side: amount, "hard": hard, "period": period}
    asked = rule(
        instead_of=held, unit=target.unit, **{key: value for key, value in values.items() if value is not None}
    )
    try:
        found = with_rules(TARGETS, asked, "r")
    except InputError:
        assert held in fixed_rules()
    else:
        assert held not in {other.rule for other in found}
        assert held not in fixed_rules() or covers(found[-1], target)
