"""Supplements that fill an upper limit: the conflict names both in plain words, and less of them is offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from boneplan.menu.case import MenuCase, menu_case
from boneplan.menu.excess import excess_text, filled
from boneplan.menu.relax import less_of
from boneplan.plan import SupplementTaken, Target
from boneplan.profile import Profile

from .conftest import START

UL = Target(
    nutrient="calcium", unit="mg", period="day", max=2000, hard=True, rule="nutrition/calcium/ul", source="IOM"
)


@pytest.fixture(scope="module")
def taking(eater: Callable[..., Profile]) -> Callable[..., MenuCase]:
    """Makes the case of a woman who takes so much of a nutrient, under one target alone."""

    def make(amount: float, target: Target = UL) -> MenuCase:
        taken = SupplementTaken(nutrient=target.nutrient, amount=amount, unit=target.unit)
        case = menu_case(eater(), [target], start=START, weeks=1, seed=0)
        return replace(case, supplements=[taken])

    return make


def test_the_supplement_the_limit_and_the_room_left_are_named(taking) -> None:
    assert filled(taking(1900), [UL.rule]) == ["supplements/calcium"]
    assert excess_text(taking(1900), "supplements/calcium", [UL.rule]).startswith(
        "The declared calcium of 1,900 mg a day leaves food 100 mg of it: the upper limit for food and supplements "
        "together is 2,000 mg a day (IOM)."
    )


def test_a_supplement_above_the_limit_by_itself_says_so(taking) -> None:
    limit = UL.model_copy(update={"nutrient": "vitamin_d", "unit": "ug", "max": 100.0})
    text = excess_text(taking(125, limit), "supplements/vitamin_d", [limit.rule])
    assert "declared vitamin D of 125 µg a day is as much or more by itself" in text


def test_a_limit_of_the_rules_file_is_named_with_its_rule(taking) -> None:
    limit = UL.model_copy(update={"rule": "rules/targets[0]", "source": "dietitian", "max": 900.0})
    text = excess_text(taking(600, limit), "supplements/calcium", [limit.rule])
    assert "900 mg a day (rules/targets[0], dietitian)" in text


def test_less_of_it_is_offered_in_steps_down_to_none_and_a_doctor_is_to_agree(taking) -> None:
    steps = list(less_of(taking(1990), "supplements/calcium"))
    assert [change.text.removesuffix(", if your doctor or pharmacist agrees") for change in steps] == [
        "calcium of 1,490 mg a day from supplements or less",
        "calcium of 995 mg a day from supplements or less",
        "calcium of 495 mg a day from supplements or less",
        "no calcium tablets",
    ]
    assert [sum(taken.amount for taken in change.supplements or ()) for change in steps] == pytest.approx(
        [1490, 995, 495, 0]
    )


@pytest.mark.parametrize("change", [{"max": None, "min": 1.0}, {"nutrient": "magnesium"}, {"period": "meal"}])
def test_a_limit_that_counts_no_supplements_is_not_filled_by_one(taking, change: dict[str, Any]) -> None:
    assert filled(taking(1900, UL.model_copy(update=change)), [UL.rule]) == []


def test_a_limit_that_is_not_among_the_rules_is_not_to_blame(taking) -> None:
    assert filled(taking(1900), ["nutrition/energy/week_low"]) == []


def test_a_dose_near_the_limit_plans_or_says_why_not(
    planned_menu: Callable[..., Any], eater: Callable[..., Any]
) -> None:
    found = planned_menu(eater(supplements=[{"nutrient": "calcium", "amount": 1900, "unit": "mg"}]))
    assert found.menu.days or "The declared calcium of 1,900 mg a day" in found.conflict.text
