"""The nutrition guidelines as data: complete for every adult, and every figure with a source."""

from __future__ import annotations

from typing import get_args

import pytest

from boneplan.choices import Policy, Sex
from boneplan.data import data_folder
from boneplan.errors import Fault
from boneplan.guidelines import NUTRIENTS, Guideline, Rule, Value, guideline, rules
from boneplan.rows import Reference, checked

ADULTS = range(18, 111)
ALL_RULES = [(made.rule_id(rule), made, rule) for made, rule in rules()]
IDS = [name for name, _, _ in ALL_RULES]


def test_there_is_one_file_for_each_nutrient() -> None:
    files = {path.stem for path in (data_folder("guidelines") / "nutrition").glob("*.yaml")}
    assert files == set(NUTRIENTS)
    assert all(guideline(nutrient).nutrient == nutrient for nutrient in NUTRIENTS)


def test_no_two_rules_share_a_name() -> None:
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize(("made", "rule"), [(made, rule) for _, made, rule in ALL_RULES], ids=IDS)
def test_every_adult_has_exactly_one_value_of_every_rule(made: Guideline, rule: Rule) -> None:
    for sex in get_args(Sex):
        for policy in get_args(Policy):
            for age in ADULTS:
                assert rule.value_for(sex, age, policy).value >= 0, (made.nutrient, sex, age, policy)


@pytest.mark.parametrize(("made", "rule"), [(made, rule) for _, made, rule in ALL_RULES], ids=IDS)
def test_every_figure_has_an_organisation_a_year_and_a_document(made: Guideline, rule: Rule) -> None:
    assert str(rule.reference) == f"{rule.reference.organisation} {rule.reference.year}, {rule.reference.document}"
    assert len(rule.reference.document) > 10
    if rule.reference.organisation == "boneplan":
        assert rule.basis == "project", "boneplan's own figures say so"
    assert made.unit == rule.unit or rule.unit.startswith(("%", "g/kg")) or rule.unit.endswith("from agreed")


@pytest.mark.parametrize(
    ("rule", "sex", "age", "value"),
    [
        # IOM 2011: 1,000 mg, 1,200 mg for women from 51 and men from 71; UL 2,500 mg, 2,000 mg from 51
        ("calcium/rda", "female", 50, 1000),
        ("calcium/rda", "female", 51, 1200),
        ("calcium/rda", "male", 70, 1000),
        ("calcium/rda", "male", 71, 1200),
        ("calcium/rda", "male", 18, 1300),
        ("calcium/ul", "female", 50, 2500),
        ("calcium/ul", "male", 51, 2000),
        # 800 IU, and 1,000 IU from 71
        ("vitamin_d/target", "female", 70, 20),
        ("vitamin_d/target", "female", 71, 25),
        ("vitamin_d/ul", "male", 30, 100),
        ("vitamin_k/ai", "female", 60, 90),
        ("vitamin_k/ai", "male", 60, 120),
        ("vitamin_k/ai", "female", 18, 75),
        ("vitamin_k/ai", "male", 18, 75),
        ("vitamin_k/ai", "female", 19, 90),
        ("vitamin_k/ai", "male", 19, 120),
        ("magnesium/rda", "female", 30, 310),
        ("magnesium/rda", "female", 31, 320),
        ("magnesium/rda", "male", 30, 400),
        ("magnesium/rda", "male", 31, 420),
        ("potassium/ai", "female", 40, 2600),
        ("potassium/ai", "male", 40, 3400),
        ("fibre/ai", "female", 18, 26),
        ("fibre/ai", "female", 19, 25),
        ("fibre/ai", "male", 18, 38),
        ("fibre/ai", "female", 50, 25),
        ("fibre/ai", "female", 51, 21),
        ("fibre/ai", "male", 50, 38),
        ("fibre/ai", "male", 51, 30),
        ("phosphorus/rda", "female", 60, 700),
        ("phosphorus/ul", "female", 70, 4000),
        ("phosphorus/ul", "female", 71, 3000),
        ("sodium/cdrr", "female", 60, 2300),
        ("energy/floor", "female", 60, 1200),
        ("energy/floor", "male", 60, 1500),
    ],
)
def test_published_values_at_their_thresholds(rule: str, sex: Sex, age: int, value: float) -> None:
    nutrient, name = rule.split("/")
    found = next(r for r in guideline(nutrient).rules if r.id == name)
    assert found.value_for(sex, age, "avoid").value == value


@pytest.mark.parametrize(("policy", "value"), [("avoid", 3), ("limit", 25), ("allow", 100)])
def test_isoflavones_go_by_the_policy(policy: Policy, value: float) -> None:
    (rule,) = guideline("isoflavones").rules
    assert rule.value_for("female", 60, policy).value == value


@pytest.mark.parametrize("nutrient", ["calcium", "protein", "vitamin_k"])
def test_minima_that_food_can_reach_are_hard(nutrient: str) -> None:
    wishes = {rule.id for rule in guideline(nutrient).rules if rule.bound == "min" and not rule.hard}
    assert wishes <= {"tier_aim", "high_risk"}, "what a tier aims at beyond the reference intake is a wish"


@pytest.mark.parametrize("nutrient", ["vitamin_d", "magnesium", "potassium", "fibre", "phosphorus"])
def test_minima_that_food_may_miss_are_soft_so_that_a_gap_can_be_named(nutrient: str) -> None:
    assert not any(rule.hard for rule in guideline(nutrient).rules if rule.bound == "min")


@pytest.mark.parametrize("nutrient", ["calcium", "vitamin_d"])
def test_a_guideline_says_where_advice_disagrees_and_what_was_taken(nutrient: str) -> None:
    assert "disagree" in guideline(nutrient).note
    assert "Taken is" in guideline(nutrient).note


def test_an_age_span_holds_both_ends() -> None:
    value = Value.model_validate({"ages": "19-50", "value": 1})
    assert [value.covers("female", age, "avoid") for age in (18, 19, 50, 51)] == [False, True, True, False]


def test_an_open_age_span_has_no_end() -> None:
    assert Value.model_validate({"ages": "51+", "value": 1}).covers("male", 110, "avoid")


@pytest.mark.parametrize(
    "row",
    [
        {"organisation": "IOM", "document": "DRI"},
        {"organisation": "", "year": 2011, "document": "DRI"},
        {"organisation": "IOM", "year": 2011, "document": "DRI", "page": 3},
    ],
)
def test_a_reference_that_lacks_something_is_a_fault_that_names_file_and_field(
    row: dict[str, object],
) -> None:
    with pytest.raises(Fault, match=r"guidelines/nutrition/x\.yaml: (year|organisation|page)"):
        checked(Reference, row, "nutrition/x.yaml")
