"""Every bound of the plan on the portions as printed, and the arithmetic of the gaps."""

from __future__ import annotations

from typing import Any

import pytest

WEDNESDAY = "2026-11-25"


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
    extra["counted_above"] = 0.5
    extra["hard"] = False  # above it, calcium counts by halves: nothing is wrong with such a breakfast
    assert world.rules() == set()


def rule_for(world: Any, **fields: Any) -> dict[str, Any]:
    """A target of the rules file among those of the plan: soft, for calcium of the day unless `fields` say else."""
    made = {"nutrient": "calcium", "unit": "mg", "period": "day", "hard": False, "rule": "rules/targets[0]"}
    made |= {"source": "dietitian", **fields}
    world.document["targets"].append(made)
    return made


def gap_of(target: dict[str, Any], food: float, supplements: float = 0.0) -> dict[str, Any]:
    missing = target["min"] - food - supplements
    said = {"target": target["min"], "food": food, "supplements": supplements, "missing": missing, "ask": "Whom?"}
    return {"nutrient": target["nutrient"], "unit": target["unit"], "period": target["period"], **said}


@pytest.mark.parametrize(("bound", "amount"), [("min", 351), ("max", 349)])
def test_a_target_for_one_meal_is_judged_by_that_meal_alone(world: Any, bound: str, amount: float) -> None:
    # Breakfast has 489 mg of calcium, lunch 280, the snack 140, dinner 420.
    extra = rule_for(world, period="meal", meals=["breakfast"], min=480, hard=True)
    assert world.rules() == set()
    del extra["min"]
    extra.update({bound: amount, "meals": ["lunch", "dinner"]})
    wrong = "lunch" if bound == "min" else "dinner"
    assert {b.where for b in world.breaches()} == {f"calcium, {d['date']} {wrong}" for d in world.days}
    assert world.rules() == {f"verify/hard-{bound}"}


def test_a_meal_that_the_day_leaves_out_brings_nothing(world: Any) -> None:
    extra = rule_for(world, period="meal", meals=["snack"], min=100, hard=True)
    assert world.rules() == set()
    del world.days[2]["meals"][2]
    assert f"calcium, {WEDNESDAY} snack" in {breach.where for breach in world.breaches()}
    extra["meals"] = []  # each meal that there is
    assert f"calcium, {WEDNESDAY} snack" not in {breach.where for breach in world.breaches()}


def test_a_soft_minimum_of_a_day_is_a_gap_by_its_worst_day(world: Any) -> None:
    world.change_food("dish-3", amounts={"calcium": 20.0})  # 1329 mg on six days, 1229 on one
    world.days[3]["totals"]["calcium"] -= 100
    extra = rule_for(world, min=1300)
    assert world.rules() == {"verify/undeclared-gap"}
    found = gap_of(extra, 1228.8)
    world.document["menu"]["gaps"].append(found)
    assert world.rules() == set()
    mean = 1328.8 - 100 / 7
    found.update(food=mean, missing=1300 - mean)
    assert world.rules() == {"verify/gap"}


def test_a_soft_minimum_of_a_meal_is_a_gap_by_its_worst_meal_without_the_supplements(world: Any) -> None:
    # Breakfast brings 3.9 µg of vitamin D, of which a tablet of 5 µg is no part.
    extra = rule_for(world, nutrient="vitamin_d", unit="ug", period="meal", meals=["breakfast"], min=6)
    assert world.rules() == {"verify/undeclared-gap"}
    found = gap_of(extra, 3.93) | {"meals": ["breakfast"]}
    world.document["menu"]["gaps"].append(found)
    assert world.rules() == set()
    found["meals"] = ["lunch"]
    assert world.rules() == {"verify/gap", "verify/undeclared-gap"}
    found.update(gap_of(extra, 3.93 - 5, 5), meals=["breakfast"])
    assert world.rules() == {"verify/gap"}


def test_a_gap_of_another_target_of_the_nutrient_excuses_nothing(world: Any) -> None:
    rule_for(world, nutrient="vitamin_d", unit="ug", period="week_mean", min=18)
    assert world.rules() == {"verify/undeclared-gap"}


@pytest.mark.parametrize("period", ["day", "week_mean", "meal"])
def test_a_soft_maximum_that_is_passed_is_told_in_a_warning_of_its_rule(world: Any, period: str) -> None:
    extra = rule_for(world, period=period, max=300)
    assert world.rules() == {"verify/missing-notice"}
    notice = {"level": "warn", "rule": extra["rule"], "text": "More calcium than that.", "scope": "menu"}
    world.document["notices"].append(notice)
    assert world.rules() == set()
    notice["level"] = "info"
    assert world.rules() == {"verify/missing-notice"}
    extra["max"] = 1400
    assert world.rules() == set()


@pytest.mark.parametrize(
    "fields",
    [{"weight": 2, "hard": True}, {"weight": 0}, {"weight": -1}, {"meals": ["lunch"]}],
)
def test_weights_are_of_what_is_aimed_at_and_meals_of_a_target_for_meals(world: Any, fields: dict[str, Any]) -> None:
    extra = rule_for(world, min=1000, weight=2)
    assert world.rules() == set()
    extra.update(fields)
    assert world.rules() == {"verify/target"}


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
        ({"unit": "mg"}, "'mg' is not the target's 'ug'"),
        ({"ask": " "}, "whom to ask"),
    ],
)
def test_a_gap_with_a_wrong_number_is_a_breach(world: Any, changes: dict[str, Any], says: str) -> None:
    gap(world).update(changes)
    breaches = world.breaches()
    assert {b.rule for b in breaches} == {"verify/gap"}
    assert any(says in b.text for b in breaches)


def test_a_gap_of_no_target_is_a_breach_and_so_is_the_target_without_one(world: Any) -> None:
    gap(world).update(target=15.0, missing=0.07)
    texts = {breach.rule: breach.text for breach in world.breaches()}
    assert texts.keys() == {"verify/gap", "verify/undeclared-gap"}
    assert texts["verify/gap"] == "no target has the minimum 15 ug per week_mean"


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
