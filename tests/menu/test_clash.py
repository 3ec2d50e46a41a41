"""Contradictions of a rules file: each is told with the fewest rules that it cannot stand beside."""

from __future__ import annotations

from typing import Any

import pytest

from boneplan.foods.eligible import Exclusion
from boneplan.menu.bounds import food_bounds
from boneplan.menu.clash import Clash, clashes
from boneplan.menu.patterns import Count
from boneplan.plan import Target


def target(
    rule: str, *, nutrient: str = "fibre", period: str = "week_mean", hard: bool = True, **sides: float
) -> Target:
    return Target.model_validate(
        {"rule": rule, "nutrient": nutrient, "unit": "g", "period": period, "hard": hard, "source": "a book"} | sides
    )


def of_amounts(*targets: Target) -> list[Clash]:
    return clashes(targets, food_bounds(targets, []), [], [])


def of_foods(count: Count, *excluded: Exclusion) -> list[Clash]:
    return clashes([], [], [count], excluded)


MILK = Count("rules/require[0]", frozenset({"skim", "whole"}), "milk at least twice a week", least=2)
MEALS = ("breakfast", "lunch", "dinner", "snack")


def out(rule: str, *foods: str, meals: Any = MEALS) -> Exclusion:
    return Exclusion(rule, f"no {rule.rpartition('/')[2]}", frozenset(foods), meals)


def test_of_several_bounds_in_the_way_the_tightest_is_named() -> None:
    (clash,) = of_amounts(
        target("a/week", max=40), target("a/day", period="day", max=30), target("rules/targets[0]", min=50)
    )
    assert clash.rules == ("rules/targets[0]", "a/day")
    assert clash.text == (
        "Fibre at least 50 g as the week's mean (rules/targets[0], a book) is more than fibre at most 30 g each day "
        "(a/day, a book)."
    )


def test_a_most_below_a_least_is_a_contradiction_too() -> None:
    (clash,) = of_amounts(target("a/low", min=20), target("a/lower", min=15), target("rules/targets[0]", max=10))
    assert clash.rules == ("rules/targets[0]", "a/low")
    assert "is less than" in clash.text


def test_of_two_rules_of_the_file_the_later_one_names_both() -> None:
    (clash,) = of_amounts(target("rules/targets[0]", min=50), target("rules/targets[1]", max=40))
    assert clash.rules == ("rules/targets[1]", "rules/targets[0]")


@pytest.mark.parametrize(
    "other",
    [
        target("a", max=30, hard=False),
        target("a", max=30, period="meal"),
        target("a", max=30, nutrient="sodium"),
        target("a", max=50),
    ],
    ids=["soft", "of a meal", "of another nutrient", "just met"],
)
def test_what_can_be_kept_beside_the_rule_is_no_contradiction(other: Target) -> None:
    assert of_amounts(other, target("rules/targets[0]", min=50)) == []


def test_guidelines_are_not_compared_with_one_another() -> None:
    assert of_amounts(target("a", min=50), target("b", max=40)) == []


def test_a_soft_rule_of_the_file_contradicts_nothing() -> None:
    assert of_amounts(target("a", max=30), target("rules/targets[0]", min=50, hard=False)) == []


def test_food_that_is_required_and_kept_out_names_the_rule_that_keeps_it_out() -> None:
    (clash,) = of_foods(MILK, out("diet/allergy/milk", "skim", "whole"), out("diet/dislike/whole", "whole"))
    assert clash.rules == ("rules/require[0]", "diet/allergy/milk")
    assert clash.text == (
        "Milk at least twice a week (rules/require[0]) cannot be served: nothing of it is left under no milk "
        "(diet/allergy/milk)."
    )


def test_where_only_several_rules_leave_nothing_none_is_named_in_vain() -> None:
    rules = out("diet/dislike/skim", "skim"), out("diet/dislike/tea", "tea"), out("diet/dislike/whole", "whole")
    (clash,) = of_foods(MILK, *rules)
    assert set(clash.rules) == {"rules/require[0]", "diet/dislike/skim", "diet/dislike/whole"}


def test_food_that_is_left_at_one_of_the_meals_can_be_served() -> None:
    kept_out = out("medicine/timing", "skim", "whole", meals=("breakfast",))
    at_breakfast = Count(MILK.rule, MILK.foods, MILK.text, least=1, meals=("breakfast",))
    assert of_foods(MILK, kept_out) == []
    assert [clash.rules for clash in of_foods(at_breakfast, kept_out)] == [("rules/require[0]", "medicine/timing")]


def test_a_limit_asks_for_nothing() -> None:
    limit = Count("rules/limit[0]", MILK.foods, "milk at most once a week", most=1)
    assert of_foods(limit, out("diet/allergy/milk", "skim", "whole")) == []
