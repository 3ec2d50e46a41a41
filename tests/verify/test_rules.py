"""Rules of a rules file are checked on the plan as it stands: a target left out, a serving short, a banned food."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
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
        ({"targets": [{"nutrient": "fat", "min": 1, "unit": "IU"}]}, "rules/targets[0]"),
        ({"targets": [{"nutrient": "protein"}]}, "rules/targets[0]"),
        ({"targets": [{"instead_of": "fibre", "min": 1, "unit": "g"}]}, "rules/targets[0]"),
        ({"targets": [{"nutrient": "fibre", "min": 1, "unit": "g", "period": "month"}]}, "rules/targets[0]"),
        ({"drop": [{"target": 5}]}, "rules/drop[0]"),
        ({"require": [{"food": "bread", "per_week": 1, "per_day": 1}]}, "rules/require[0]"),
        ({"limit": [{"food": "bread", "tag": "milk", "per_week": 30}]}, "rules/limit[0]"),
        ({"limit": [{"per_week": 30}]}, "rules/limit[0]"),
        ({"limit": [{"category": True, "per_week": 30}]}, "rules/limit[0]"),
        ({"limit": [{"food": "bread", "per_week": True}]}, "rules/limit[0]"),
        ({"limit": [{"food": "bread", "per_week": 30, "at": "brunch"}]}, "rules/limit[0]"),
        ({"prefer": ["banana"]}, "rules/prefer[0]"),
        ({"prefer": [{"food": "banana", "weight": "much"}]}, "rules/prefer[0]"),
        ({"pin": [{"food": "bread", "on": ["someday"], "at": "breakfast"}]}, "rules/pin[0]"),
        ({"pin": [{"food": "bread", "on": [], "at": "breakfast"}]}, "rules/pin[0]"),
        ({"pin": [{"food": "bread", "on": ["monday"], "at": "brunch"}]}, "rules/pin[0]"),
        ({"pin": [{"food": 5, "on": ["monday"], "at": "breakfast"}]}, "rules/pin[0]"),
        ({"reuse": [{"food": "bread"}]}, "rules/reuse[0]"),
        ({"phytoestrogens": "some"}, "rules/phytoestrogens"),
        ({"budget_per_day": -1}, "rules/budget_per_day"),
        ({"require": [{"food": "banana"}]}, "rules/require[0]"),
        ({"ban": [5]}, "rules/ban[0]"),
        ({"ban": "banana"}, "rules"),
        ({"favour": ["banana"]}, "rules"),
    ],
)
def test_rules_that_no_file_can_hold_are_breaches(world: Any, rules: dict[str, Any], where: str) -> None:
    world.document["rules"] = rules
    assert world.rules() == {where}


def test_a_target_of_the_rules_may_be_for_some_meals(world: Any) -> None:
    rule = {"nutrient": "calcium", "max": 500, "unit": "mg", "period": "meal", "meal": ["breakfast", "lunch"]}
    world.document["rules"] = {"targets": [rule]}
    made = {"nutrient": "calcium", "unit": "mg", "period": "meal", "max": 500, "hard": True, "source": "dietitian"}
    made |= {"rule": "rules/targets[0]", "meals": ["breakfast", "lunch"]}
    world.document["targets"].append(made)
    assert world.rules() == set()
    made["meals"] = []  # every meal: more than is asked
    assert world.rules() == set()
    made["meals"] = ["breakfast"]
    assert world.rules() == {"rules/targets[0]"}


def test_a_soft_target_of_the_rules_has_its_weight(world: Any) -> None:
    rule = {"nutrient": "calcium", "min": 1300, "unit": "mg", "hard": False, "weight": 2}
    world.document["rules"] = {"targets": [rule]}
    made = {"nutrient": "calcium", "unit": "mg", "period": "week_mean", "min": 1300, "hard": False, "weight": 2}
    made |= {"rule": "rules/targets[0]", "source": "dietitian"}
    world.document["targets"].append(made)
    assert world.rules() == set()
    made["weight"] = 1
    assert world.rules() == {"rules/targets[0]"}


# In the world of these tests milk and bread stand at every breakfast, and once a day a fruit, a dish, a yogurt and a
# roast, another one every day.
HOLDS_AND_BREAKS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "require": ({"food": "yogurt", "per_week": 7}, {"food": "yogurt", "per_week": 8}),
    "require, each day": ({"food": "yogurt", "per_day": 1}, {"food": "yogurt-3", "per_day": 1}),
    "require, at a meal": (
        {"food": "milk", "per_day": 1, "at": ["breakfast", "lunch"]},
        {"food": "milk", "per_day": 1, "at": ["lunch", "dinner"]},
    ),
    "require, a category": ({"category": 3002, "per_week": 7}, {"category": 3002, "per_week": 8}),
    "require, a category by name": (
        {"category": "Mixed dishes", "per_week": 7},
        {"category": "Mixed vegetables", "per_week": 1},
    ),
    "require, a tag": ({"tag": "lactose", "per_week": 7}, {"tag": "lactose", "per_week": 8}),
    "require, a tag of several words": ({"tag": "dark greens", "per_day": 1}, {"tag": "greens", "per_day": 1}),
    "require, a kind of meal": (
        {"kind_of_meal": "lunch/plate", "per_week": 7},
        {"kind_of_meal": "lunch/soup", "per_week": 1},
    ),
    "limit": ({"food": "yogurt", "per_week": 7}, {"food": "yogurt", "per_week": 6}),
    "limit, each day": ({"tag": "gluten", "per_day": 1}, {"tag": "gluten", "per_day": 0}),
    "limit, at a meal": (
        {"food": "milk", "per_week": 0, "at": "dinner"},
        {"food": "milk", "per_week": 6, "at": "breakfast"},
    ),
    "limit, a kind of meal": (
        {"kind_of_meal": "lunch/plate", "per_week": 7},
        {"kind_of_meal": "lunch/plate", "per_week": 6},
    ),
    "ban": ({"food": "liver"}, {"food": "fruit"}),
    "ban, a category": ({"category": 2602}, {"category": 4202}),
    "ban, a tag": ({"tag": "pork"}, {"tag": "wheat"}),
    "ban, of what may hold it": ({"food": "sesame"}, {"food": "peanut"}),
    "ban, a tag that may be": ({"tag": "sesame"}, {"tag": "peanut"}),
    "limit, of what surely holds it": ({"tag": "peanut", "per_week": 0}, {"tag": "milk", "per_week": 0}),
    "ban, a kind of meal": ({"kind_of_meal": "lunch/soup"}, {"kind_of_meal": "lunch/plate"}),
    "ban, at a meal": ({"food": "milk", "at": ["lunch", "dinner"]}, {"food": "milk", "at": ["breakfast"]}),
    "pin": (
        {"food": "milk", "on": ["monday", "sunday"], "at": "breakfast"},
        {"food": "milk", "on": ["monday"], "at": "lunch"},
    ),
    "pin, by id": (
        {"food": "roast-2", "on": ["wednesday"], "at": "dinner"},
        {"food": "roast-2", "on": ["thursday"], "at": "dinner"},
    ),
    "pin, to a date": (
        {"food": "roast-2", "on": ["2026-11-25"], "at": "dinner"},
        {"food": "roast-2", "on": ["2026-11-26"], "at": "dinner"},
    ),
    "pin, to a date outside the plan": (
        {"food": "roast-2", "on": ["2026-12-03"], "at": "dinner"},
        {"food": "roast-2", "on": ["2026-11-29"], "at": "dinner"},
    ),
    "reuse": ({"food": "bread", "times": 7}, {"food": "bread", "times": 6}),
    "reuse, never of several": ({"food": "milk", "times": 7}, {"food": "yogurt", "times": 7}),
    "reuse, at a meal": (
        {"food": "bread", "times": 7, "at": ["breakfast"]},
        {"food": "bread", "times": 7, "at": ["lunch"]},
    ),
    "prefer": ({"food": "yogurt", "weight": -1}, {"weight": 1}),
}


@pytest.mark.parametrize("case", HOLDS_AND_BREAKS)
def test_each_kind_of_rule_holds_until_it_is_broken(world: Any, case: str) -> None:
    for number in range(7):
        world.change_food(f"dish-{number}", category_name="Mixed dishes")
    world.tables = replace(world.tables, kinds={"dark greens": {"words": ["green"]}})
    world.change_food("dish-6", flags={"peanut": "may"})
    for day in world.days:
        day["meals"][1].update(pattern="lunch/plate", title="Plate")
    part = case.partition(",")[0]
    holds, breaks = HOLDS_AND_BREAKS[case]
    world.document["rules"] = {part: [holds]}
    assert world.rules() == set()
    world.document["rules"] = {part: [holds, breaks]}
    assert world.rules() == {f"rules/{part}[1]"}


def test_each_week_keeps_the_rules(make_world: Any) -> None:
    world = make_world(2)
    world.document["rules"] = {
        "require": [{"food": "yogurt", "per_week": 7}],
        "pin": [{"food": "roast-2", "on": ["wednesday"], "at": "dinner"}],
        "reuse": [{"food": "bread", "times": 7}],
    }
    assert world.rules() == set()
    last = {meal["meal"]: meal["items"] for meal in world.days[-5]["meals"]}  # the second Wednesday
    del last["snack"][0], last["dinner"][0], last["breakfast"][1]
    wrong = {breach.rule: breach.where for breach in world.breaches() if breach.rule.startswith("rules/")}
    assert wrong == {
        "rules/require[0]": "week of 2026-11-30",
        "rules/pin[0]": "2026-12-02 dinner",
        "rules/reuse[0]": "week of 2026-11-30",
    }


def test_rules_of_a_plan_without_menus_are_not_judged(world: Any) -> None:
    world.document["rules"] = {"require": [{"food": "ambrosia", "per_week": 1}]}
    world.document.update(
        status="infeasible", conflicts=[{"part": "menu", "rules": ["rules/require[0]"], "text": "No."}]
    )
    world.document["menu"].update(days=[], gaps=[])
    assert world.rules() == set()
