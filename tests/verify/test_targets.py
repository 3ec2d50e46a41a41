"""Every bound of the plan on the portions as printed, and the arithmetic of the gaps."""

from __future__ import annotations

from typing import Any

import pytest


def target(world: Any, rule: str) -> dict[str, Any]:
    return next(t for t in world.document["targets"] if t["rule"] == rule)


def gap(world: Any) -> dict[str, Any]:
    return world.document["menu"]["gaps"][0]


def test_a_week_below_a_hard_minimum_is_a_breach(world: Any) -> None:
    target(world, "calcium/rda")["min"] = 1400
    (breach,) = world.breaches()
    assert breach.rule == "verify/hard-min"
    assert breach.where == "calcium, week of 2026-11-23"
    assert breach.text == "1329 mg is below 1400 (calcium/rda), a hard bound"


def test_one_day_above_a_hard_maximum_is_a_breach(world: Any) -> None:
    world.change_food("dish-3", amounts={"sodium": 1100.0})
    world.days[3]["totals"]["sodium"] += 2000
    target(world, "sodium/cdrr")["period"] = "day"
    assert "verify/hard-max" in world.rules()


def test_a_week_mean_lets_one_day_be_higher(world: Any) -> None:
    world.change_food("dish-3", amounts={"sodium": 500.0})
    world.days[3]["totals"]["sodium"] += 800
    assert world.rules() == set()


def test_each_meal_is_judged_by_a_target_for_meals(world: Any) -> None:
    extra = {
        "nutrient": "calcium",
        "unit": "mg",
        "period": "meal",
        "max": 500,
        "hard": True,
        "rule": "x",
        "source": "Made for tests, 2026",
    }
    world.document["targets"].append(extra)
    assert {b.where for b in world.breaches()} == set()
    extra["max"] = 450
    assert {b.where for b in world.breaches()} == {f"calcium, {d['date']} breakfast" for d in world.days}
    extra["hard"] = False
    assert world.rules() == set()


def test_a_supplement_counts_toward_a_minimum_and_toward_the_upper_limit_of_calcium(world: Any) -> None:
    world.profile["supplements"].append({"nutrient": "calcium", "amount": 600, "unit": "mg"})
    world.document["menu"]["supplements"].append({"nutrient": "calcium", "amount": 600, "unit": "mg"})
    target(world, "calcium/rda")["min"] = 1900
    assert world.rules() == set()
    world.profile["supplements"][-1]["amount"] = world.document["menu"]["supplements"][-1]["amount"] = 700
    assert world.rules() == {"verify/hard-max"}


def test_a_supplement_counts_toward_no_target_for_a_meal(world: Any) -> None:
    world.profile["supplements"].append({"nutrient": "calcium", "amount": 600, "unit": "mg"})
    world.document["menu"]["supplements"].append({"nutrient": "calcium", "amount": 600, "unit": "mg"})
    world.document["targets"].append(
        {
            "nutrient": "calcium",
            "unit": "mg",
            "period": "meal",
            "max": 500,
            "hard": True,
            "rule": "x",
            "source": "Made for tests, 2026",
        }
    )
    assert world.rules() == set()


def test_a_soft_minimum_missed_without_a_gap_is_a_breach(world: Any) -> None:
    world.document["menu"]["gaps"] = []
    world.document["status"] = "ok"
    (breach,) = world.breaches()
    assert breach.rule == "verify/undeclared-gap"
    assert "vitamin_d" in breach.where


def test_a_gap_excuses_no_hard_minimum(world: Any) -> None:
    target(world, "vitamin_d/target")["hard"] = True
    assert world.rules() == {"verify/hard-min"}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"missing": 2.0}, "missing 2"),
        ({"food": 12.0, "missing": 3.0}, "food 12"),
        ({"supplements": 0.0, "missing": 10.07}, "supplements 0"),
        ({"target": 15.0, "missing": 0.07}, "no target has the minimum 15"),
        ({"unit": "mg"}, "'mg' is not the target's 'ug'"),
        ({"ask": " "}, "whom to ask"),
    ],
)
def test_a_gap_with_a_wrong_number_is_a_breach(world: Any, changes: dict[str, Any], says: str) -> None:
    gap(world).update(changes)
    breaches = world.breaches()
    assert {b.rule for b in breaches} == {"verify/gap"}
    assert any(says in b.text for b in breaches)


def test_a_gap_where_nothing_is_missing_is_a_breach(world: Any) -> None:
    target(world, "calcium/rda")
    world.document["menu"]["gaps"].append(
        {
            "nutrient": "calcium",
            "unit": "mg",
            "target": 1200,
            "food": 1328.8,
            "supplements": 0,
            "missing": -128.8,
            "ask": "?",
        }
    )
    assert world.rules() == {"verify/gap"}


def test_a_gap_of_two_weeks_may_be_told_for_their_mean(make_world: Any) -> None:
    world = make_world(2)
    assert world.rules() == set()


def test_an_unknown_amount_under_a_hard_maximum_is_a_breach(world: Any) -> None:
    world.change_food("dish-3", amounts={"sodium": None})
    world.days[3]["totals"]["sodium"] -= 200
    assert world.rules() == {"verify/unknown"}


def test_a_target_in_another_unit_is_a_breach(world: Any) -> None:
    target(world, "calcium/ul")["unit"] = "g"
    assert world.rules() == {"verify/unit"}


def test_a_target_on_an_unknown_nutrient_or_without_a_bound_is_a_breach(world: Any) -> None:
    extra = {"nutrient": "calcium", "unit": "mg", "period": "day", "hard": True, "rule": "x", "source": ""}
    world.document["targets"].append(extra)
    assert world.rules() == {"verify/target"}
    extra.update(nutrient="kalzium", min=1)
    assert world.rules() == {"verify/target"}


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("calcium/rda", {"min": 700}),
        ("calcium/ul", {"max": 9000}),
        ("calcium/ul", {"hard": False}),
        ("sodium/cdrr", {"max": 5000}),
        ("vitamin_d/target", {"period": "meal"}),
    ],
)
def test_a_plan_cannot_hold_by_loosening_a_target(world: Any, rule: str, changes: dict[str, Any]) -> None:
    target(world, rule).update(changes)
    assert "verify/required-target" in world.rules()


@pytest.mark.parametrize("number", range(11))
def test_a_plan_cannot_hold_by_leaving_a_target_out(world: Any, number: int) -> None:
    del world.document["targets"][number]
    assert "verify/required-target" in world.rules()


def test_a_stricter_target_holds(world: Any) -> None:
    target(world, "calcium/rda")["min"] = 1300
    target(world, "sodium/cdrr")["max"] = 2000
    assert world.rules() == set()


@pytest.mark.parametrize("field", ["source", "rule"])
def test_a_target_says_its_rule_and_its_source(world: Any, field: str) -> None:
    world.document["targets"][2][field] = " "
    assert "verify/target" in world.rules()
    assert len(world.rules()) == 1
