"""Rules of a dietitian's own: what they may say, what each slip is answered with, and what they never loosen."""

from __future__ import annotations

import datetime as dt
import math
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.errors import InputError
from boneplan.guidelines import NUTRIENTS, guideline
from boneplan.profile_reader import check_profile
from boneplan.rules import Nutrient, Rules, rule_id
from boneplan.rules_reader import check_rules, parse_rules
from boneplan.rules_targets import with_rules
from boneplan.targets import resolve_targets

START = dt.date(2026, 11, 23)
ANNA = check_profile({"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}, "anna")
TARGETS = resolve_targets(ANNA, START)


def rule(**values: object) -> Rules:
    return check_rules({"targets": [values]}, "r.yaml")


def problems(text: str) -> list[str]:
    with pytest.raises(InputError) as told:
        parse_rules(text, "r.yaml")
    assert told.value.exit_status == 2
    return told.value.lines


def test_every_nutrient_of_the_rules_has_a_guideline() -> None:
    assert set(get_args(Nutrient)) <= set(NUTRIENTS)


def test_a_rule_comes_after_the_guidelines_with_who_asks_and_why() -> None:
    made = with_rules(TARGETS, rule(nutrient="fibre", min=30, unit="g", by="Mary", because="constipation"), "r")
    assert made[:-1] == TARGETS
    added = made[-1]
    assert (added.nutrient, added.min, added.max, added.period, added.hard) == ("fibre", 30, None, "week_mean", True)
    assert (added.rule, added.source) == ("rules/targets[0]", "Mary: constipation")


@pytest.mark.parametrize(
    ("nutrient", "amount", "unit", "same"),
    [("vitamin_d", 1000, "IU", 25.0), ("calcium", 1.5, "g", 1500.0), ("vitamin_k", 0.2, "mg", 200.0)],
)
def test_amounts_are_taken_in_the_units_of_labels(nutrient: str, amount: float, unit: str, same: float) -> None:
    (target,) = rule(nutrient=nutrient, min=amount, unit=unit).targets
    assert target.amount("min") == pytest.approx(same)
    assert target.amount("max") is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "targets: [{nutrient: vitamin_q, min: 5, unit: ug}]",
            'targets[0].nutrient: "vitamin_q" is unknown: did you',
        ),
        ("targets: [{nutrient: fibre, min: 5}]", "targets[0].unit: is missing"),
        ("targets: [{nutrient: fibre, unit: g}]", "targets[0].min: is missing: give min, max or both, in g a day"),
        ("targets: [{nutrient: fibre, min: 9, max: 8, unit: g}]", "targets[0].min: 9 is above max 8"),
        ("targets: [{nutrient: fibre, min: .inf, unit: g}]", 'targets[0].min: ".inf" is not a number'),
        ("targets: [{nutrient: fibre, min: .nan, unit: g}]", 'targets[0].min: ".nan" is not a number'),
        ("targets: [{nutrient: fibre, min: 1e999, unit: g}]", "targets[0].min: "),
        ("targets: [{nutrient: fibre, min: -1, unit: g}]", "targets[0].min: -1 is below 0"),
        ("targets: [{nutrient: energy, min: 5, unit: mg}]", "targets[0].unit: mg does not measure energy"),
        ("targets: [{nutrient: fibre, min: 5, unit: IU}]", "targets[0].unit: IU does not measure fibre"),
        ("targets: [{nutrient: fibre, min: 5, unit: g, period: year}]", 'targets[0].period: "year" is unknown'),
        (
            "targets: [{nutrient: fibre, min: 5, unit: g, weight: 2}]",
            "targets[0].weight: goes with hard: false",
        ),
        ("require: [{food: milk}]", "require[0].per_week: give per_week or per_day"),
        ("require: [{food: milk, per_week: 0}]", "require[0].per_week: 0 is below 1"),
        ("require: [{food: milk, per_week: 1.5}]", "require[0].per_week: 1.5 is not a whole number"),
        ("require: [{food: unobtainium, per_week: 1}]", 'require[0].food: "unobtainium" is no food of the table'),
        ("ban: [x]", 'ban[0].food: "x" is too short'),
        ("bans: [milk]", "bans: unknown key: did you mean ban?"),
        ("- milk", "holds a list: write rules as lines of `key: value`"),
    ],
)
def test_a_slip_is_one_line_with_the_field_and_the_mend(text: str, line: str) -> None:
    (told,) = problems(text)
    assert told.startswith(f"r.yaml: {line}")


def test_every_slip_is_told_at_once() -> None:
    told = problems("targets: [{nutrient: fibre, unit: kg}, {nutrient: calcium, min: x, unit: mg}]\nbans: []")
    assert [line.split(": ")[1] for line in told] == ["targets[0].unit", "targets[1].min", "bans"]


@pytest.mark.parametrize(
    ("values", "held"),
    [
        ({"nutrient": "calcium", "max": 4, "unit": "g", "period": "day"}, "nutrition/calcium/ul"),
        ({"nutrient": "vitamin_d", "max": 8000, "unit": "IU", "period": "day"}, "nutrition/vitamin_d/ul"),
        ({"nutrient": "calcium", "min": 800, "unit": "mg"}, "nutrition/calcium/rda"),
        ({"nutrient": "energy", "min": 500, "unit": "kcal", "period": "day"}, "nutrition/energy/floor"),
    ],
)
def test_what_holds_already_is_never_loosened(values: dict[str, object], held: str) -> None:
    with pytest.raises(InputError) as told:
        with_rules(TARGETS, rule(**values), "r.yaml")
    (line,) = told.value.lines
    source = next(target.source for target in TARGETS if target.rule == held)
    assert line.startswith("r.yaml: targets[0].m")
    assert held in line
    assert source in line
    assert "tighten" in line


def test_the_agreed_vitamin_k_is_not_widened() -> None:
    person = {**ANNA.as_json(), "medications": [{"name": "warfarin"}], "diet": {"vitamin_k_agreed": 95}}
    band = resolve_targets(check_profile(person, "anna"), START)
    with pytest.raises(InputError, match="nutrition/vitamin_k/agreed_day_high"):
        with_rules(band, rule(nutrient="vitamin_k", max=400, unit="ug", period="day"), "r.yaml")


def test_a_figure_that_is_just_what_holds_is_no_loosening() -> None:
    made = with_rules(TARGETS, rule(nutrient="calcium", min=1200, unit="mg"), "r.yaml")
    assert made[-1].min == 1200


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
        made = with_rules(TARGETS, asked, "r")
        assert made[: len(TARGETS)] == TARGETS
        assert made[-1].rule == rule_id("targets", 0)


def test_rules_come_back_from_plain_values() -> None:
    text = "targets: [{nutrient: fibre, min: 30, unit: g}]\nrequire: [{food: salmon, per_week: 2}]\nban: [liver]"
    rules = parse_rules(text, "r.yaml")
    assert check_rules(rules.as_json(), "plan.json") == rules
