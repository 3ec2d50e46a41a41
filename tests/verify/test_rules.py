"""Rules of a rules file are checked on the plan as it stands: a target left out, a serving short, a banned food."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from boneplan.engine import make_plan
from boneplan.plan import Plan
from boneplan.profile_reader import load_example
from boneplan.verify import verify_plan

START = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def example() -> Plan:
    """The example's plan, made without any rules."""
    return make_plan(load_example(), start=START)


@pytest.fixture
def broken(example: Plan) -> Callable[..., set[str]]:
    """The breaches of the example, had these rules been asked for."""

    def judge(**rules: Any) -> set[str]:
        return {breach.rule for breach in verify_plan(example.model_copy(update={"rules": rules}))}

    return judge


def served(example: Plan, word: str) -> int:
    names = [item.name for day in example.menu.days for meal in day.meals for item in meal.items]
    return sum(word in name.casefold() for name in names)


def test_a_target_that_the_plan_leaves_out_is_a_breach(broken: Callable[..., set[str]]) -> None:
    rule = {"nutrient": "fibre", "min": 500.0, "unit": "g"}
    assert broken(targets=[rule]) == {"rules/targets[0]"}


@pytest.mark.parametrize(
    "rule",
    [
        {"nutrient": "calcium", "min": 1.0, "unit": "g"},
        {"nutrient": "vitamin_d", "max": 4000.0, "unit": "IU", "period": "day"},
        {"nutrient": "vitamin_d", "max": 0.1, "unit": "mg", "period": "day"},
    ],
)
def test_a_target_that_the_plan_has_is_none(broken: Callable[..., set[str]], rule: dict[str, Any]) -> None:
    assert broken(targets=[rule]) == set()


def test_a_serving_short_is_a_breach(broken: Callable[..., set[str]], example: Plan) -> None:
    count = served(example, "banana")
    assert count
    assert broken(require=[{"food": "bananas", "per_week": count}]) == set()
    assert broken(require=[{"food": "bananas", "per_week": count + 1}]) == {"rules/require[0]"}


def test_almond_milk_is_no_serving_of_milk(broken: Callable[..., set[str]]) -> None:
    assert broken(require=[{"food": "milk", "per_week": 28}]) == {"rules/require[0]"}


def test_a_banned_food_is_a_breach(broken: Callable[..., set[str]], example: Plan) -> None:
    assert served(example, "banana")
    assert broken(ban=["liver", "banana"]) == {"rules/ban[1]"}


@pytest.mark.parametrize(
    ("rules", "where"),
    [
        ({"targets": [{"nutrient": "gold", "min": 1, "unit": "mg"}]}, "rules/targets[0]"),
        ({"targets": [{"nutrient": "calcium", "min": "much", "unit": "mg"}]}, "rules/targets[0]"),
        ({"targets": [{"nutrient": "protein", "min": 1, "unit": "IU"}]}, "rules/targets[0]"),
        ({"require": [{"food": "banana"}]}, "rules/require[0]"),
        ({"ban": [5]}, "rules/ban[0]"),
        ({"ban": "banana"}, "rules"),
        ({"prefer": ["banana"]}, "rules"),
    ],
)
def test_rules_that_no_file_can_hold_are_breaches(
    broken: Callable[..., set[str]], rules: dict[str, Any], where: str
) -> None:
    assert broken(**rules) == {where}
