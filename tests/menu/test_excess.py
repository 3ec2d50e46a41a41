"""Supplements that fill an upper limit: the conflict names both in plain words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from boneplan.menu.excess import excess
from boneplan.menu.problem import Problem
from boneplan.plan import Conflict, SupplementTaken, Target

UL = Target(
    nutrient="calcium", unit="mg", period="day", max=2000, hard=True, rule="nutrition/calcium/ul", source="IOM"
)


def explained(amount: float, most: float, target: Target = UL, nutrient: str = "calcium") -> Conflict | None:
    """The conflict of a declared amount in a week that has menus up to `most` of it from supplements."""
    taken = SupplementTaken(nutrient=nutrient, amount=amount, unit=target.unit)
    asked: list[float] = []

    def rebuild(supplements: Sequence[SupplementTaken]) -> Any:
        asked.append(sum(s.amount for s in supplements))
        return asked[-1]

    def solvable(problem: Problem) -> bool:
        return problem <= most  # type: ignore[operator]

    return excess([taken], [target], rebuild, solvable)


def test_the_supplement_the_limit_and_the_room_left_are_named() -> None:
    conflict = explained(1900, 1500)
    assert conflict is not None
    assert conflict.rules == ["nutrition/calcium/ul"]
    assert conflict.text.startswith(
        "The declared calcium of 1,900 mg a day leaves food 100 mg of it: the upper limit for food and supplements "
        "together is 2,000 mg a day (IOM)."
    )
    offer = "calcium from supplements of 1,425 mg a day or less, if your doctor or pharmacist agrees"
    assert conflict.relaxations == [offer]


def test_the_offer_is_the_largest_part_with_which_a_menu_was_found() -> None:
    conflict = explained(1900, 500)
    assert conflict is not None
    assert conflict.relaxations[0].startswith("calcium from supplements of 475 mg")


def test_a_supplement_above_the_limit_by_itself_says_so() -> None:
    limit = UL.model_copy(update={"nutrient": "vitamin_d", "unit": "ug", "max": 100.0})
    conflict = explained(125, 0, limit, "vitamin_d")
    assert conflict is not None
    assert "declared vitamin D of 125 µg a day is as much or more by itself" in conflict.text
    assert conflict.relaxations[0].startswith("no vitamin D tablets")


@pytest.mark.parametrize(
    "change", [{"hard": False}, {"max": None, "min": 1.0}, {"nutrient": "magnesium"}, {"period": "meal"}]
)
def test_a_limit_that_counts_no_supplements_or_may_be_passed_is_not_to_blame(change: dict[str, Any]) -> None:
    assert explained(1900, 1500, UL.model_copy(update=change)) is None


@pytest.mark.parametrize(("amount", "most"), [(999, 0), (1900, -1)])
def test_a_small_supplement_or_one_without_which_there_is_no_menu_either_is_not_to_blame(
    amount: float, most: float
) -> None:
    assert explained(amount, most) is None


def test_a_dose_near_the_limit_plans_or_says_why_not(
    planned_menu: Callable[..., Any], eater: Callable[..., Any]
) -> None:
    found = planned_menu(eater(supplements=[{"nutrient": "calcium", "amount": 1900, "unit": "mg"}]))
    assert found.menu.days or "The declared calcium of 1,900 mg a day" in found.conflict.text


def test_a_limit_of_the_rules_file_is_named_and_can_be_taken_back() -> None:
    limit = UL.model_copy(update={"rule": "rules/targets[0]", "source": "dietitian", "max": 900.0})
    conflict = explained(600, 300, limit)
    assert conflict is not None
    assert "900 mg a day (rules/targets[0], dietitian)" in conflict.text
    assert conflict.relaxations[0] == "plan without “calcium at most 900 mg a day” (rules/targets[0])"
