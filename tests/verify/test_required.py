"""A target of the guidelines may be missing or looser only where a rules file says so, and never a fixed one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from boneplan.verify.guidelines import Bound, Reference

SODIUM, SODIUM_ID = "sodium/cdrr", "nutrition/sodium/cdrr"  # in the plan of these tests, and in the guidelines


def target(world: Any, rule: str) -> dict[str, Any]:
    return next(t for t in world.document["targets"] if t["rule"] == rule)


def tell(world: Any, rule: str) -> dict[str, Any]:
    notice = {"level": "warn", "rule": rule, "text": "The dietitian asked for it.", "scope": "menu"}
    world.document["notices"].append(notice)
    return notice


def fix(world: Any, rule_id: str) -> None:
    """Let the guidelines say that a rule is none to loosen."""
    bounds = (replace(b, fixed=b.fixed or b.id == rule_id) for b in world.tables.reference.bounds)
    world.tables = replace(world.tables, reference=Reference(tuple(bounds)))


def drop(world: Any) -> None:
    """Drop the target for sodium by the rules, and tell of it."""
    world.document["targets"].remove(target(world, SODIUM))
    world.document["rules"] = {"drop": [{"target": SODIUM_ID}]}
    tell(world, "rules/drop[0]")


def move(world: Any, rule: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Put a rule in the place of the target for sodium, a target of these fields into the plan, and tell of it."""
    world.document["rules"] = {"targets": [{"instead_of": SODIUM_ID, **rule}]}
    tell(world, "rules/targets[0]")
    moved = target(world, SODIUM)
    moved.update(rule="rules/targets[0]", instead_of=SODIUM_ID, source="dietitian", **fields)
    return moved


def test_a_target_that_the_rules_drop_may_be_missing_where_a_notice_tells_of_it(world: Any) -> None:
    drop(world)
    assert world.rules() == set()
    world.document["notices"] = []
    assert [(b.rule, b.where) for b in world.breaches()] == [("verify/missing-notice", "rules/drop[0]")]


def test_a_target_that_another_rule_drops_may_not_be_missing(world: Any) -> None:
    drop(world)
    world.document["rules"]["drop"][0]["target"] = "nutrition/sodium/day_high"
    assert world.rules() == {"verify/required-target"}


def test_a_fixed_target_is_never_dropped(world: Any) -> None:
    drop(world)
    fix(world, SODIUM_ID)
    (breach,) = world.breaches()
    assert breach.rule == "verify/required-target"
    assert breach.text.endswith("which no rules file may loosen, the plan has none")


def test_a_target_that_the_rules_drop_is_none_of_the_plans(world: Any) -> None:
    drop(world)
    kept = {"nutrient": "sodium", "unit": "mg", "period": "week_mean", "max": 2300, "hard": True}
    world.document["targets"].append({**kept, "rule": SODIUM_ID, "source": "NASEM 2019"})
    assert world.rules() == {"rules/drop[0]"}


def test_a_target_that_the_rules_loosen_stands_exactly_as_they_say(world: Any) -> None:
    moved = move(world, {"max": 3, "unit": "g"}, max=3000)
    assert world.rules() == set()
    for looser in (3100, 2900):
        moved["max"] = looser
        assert world.rules() == {"rules/targets[0]"}
    moved["max"] = 3000
    moved["hard"] = False
    assert world.rules() == {"rules/targets[0]"}


def test_a_loosened_target_is_told_of_and_a_tightened_one_need_not_be(world: Any) -> None:
    move(world, {"max": 3000, "unit": "mg"}, max=3000)
    world.document["notices"] = []
    assert world.rules() == {"verify/missing-notice"}
    world.document["rules"]["targets"][0]["max"] = 2000
    target(world, "rules/targets[0]")["max"] = 2000
    assert world.rules() == set()


def test_a_hard_target_becomes_soft_only_where_the_rules_say_so(world: Any) -> None:
    moved = move(world, {"hard": False, "weight": 2}, hard=False, weight=2)
    assert world.rules() == set()
    moved["weight"] = 1
    assert world.rules() == {"rules/targets[0]"}
    moved["weight"] = 2
    fix(world, SODIUM_ID)
    assert world.rules() == {"verify/required-target"}


def test_what_a_rule_leaves_out_stays_as_the_guidelines_have_it(world: Any) -> None:
    moved = move(world, {"period": "day"}, period="day")
    assert world.rules() == set()
    moved["max"] = 2400
    assert world.rules() == {"rules/targets[0]"}


def test_a_rule_that_adds_a_minimum_leaves_the_maximum_whose_place_it_takes(world: Any) -> None:
    move(world, {"min": 500, "unit": "mg"})
    assert world.rules() == {"rules/targets[0]"}
    world.document["targets"].append(target(world, "rules/targets[0]") | {"min": 500, "max": None})
    assert world.rules() == set()


def test_a_fixed_target_may_be_tightened_in_its_place(world: Any) -> None:
    move(world, {"max": 2000, "unit": "mg"}, max=2000)
    fix(world, SODIUM_ID)
    assert world.rules() == set()


def test_what_counts_of_a_large_meal_is_not_lost_with_another_most_for_a_meal(world: Any) -> None:
    occasion = Bound("calcium", "occasion", "max", "meal", hard=False, value=500, counted_above=0.5)
    reference = Reference((*world.tables.reference.bounds, occasion))
    world.tables = replace(world.tables, reference=reference)
    world.document["rules"] = {"targets": [{"instead_of": occasion.id, "max": 600, "unit": "mg"}]}
    tell(world, "rules/targets[0]")
    moved = {"nutrient": "calcium", "unit": "mg", "period": "meal", "max": 600, "hard": False, "counted_above": 0.5}
    moved |= {"rule": "rules/targets[0]", "source": "dietitian", "instead_of": occasion.id}
    world.document["targets"].append(moved)
    assert world.rules() == set()
    moved["counted_above"] = None
    assert world.rules() == {"rules/targets[0]"}


@pytest.mark.parametrize("fixed", [False, True])
def test_a_day_over_a_maximum_that_the_rules_took_back_is_no_breach_unless_it_is_fixed(
    world: Any, *, fixed: bool
) -> None:
    world.change_food("dish-0", amounts={"alcohol": 5.0})
    world.document["targets"].remove(target(world, "alcohol/none"))
    world.document["rules"] = {"drop": [{"target": "nutrition/alcohol/none"}]}
    tell(world, "rules/drop[0]")
    if fixed:
        fix(world, "nutrition/alcohol/none")
    assert world.rules() == ({"verify/required-target", "verify/alcohol"} if fixed else set())
