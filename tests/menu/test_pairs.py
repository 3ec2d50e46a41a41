"""What goes together on one table."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.menu.pairs import LEAST_LIFT, MOST_LIFT, Pairs, company, log_lift, pair_cost
from boneplan.menu.patterns import Pattern

# Cereal (1) with milk (2) is usual, with chicken (3) unheard of; eggs (4) and chicken keep apart.
KNOWN: Pairs = {
    ("breakfast", 1, 2): (400, 2.0),
    ("breakfast", 3, 4): (30, 0.5),
    ("breakfast", 2, 4): (50, 1.0),
    ("dinner", 1, 2): (10, 40.0),
}


def test_the_order_of_a_pair_does_not_matter() -> None:
    assert log_lift(KNOWN, "breakfast", 2, 1) == log_lift(KNOWN, "breakfast", 1, 2) == math.log(2)


def test_lifts_of_few_meals_are_held_within_what_counts_can_tell() -> None:
    assert log_lift(KNOWN, "dinner", 1, 2) == math.log(MOST_LIFT)
    assert log_lift(KNOWN, "lunch", 1, 2) == math.log(LEAST_LIFT)


def test_a_category_is_no_stranger_to_itself() -> None:
    assert log_lift(KNOWN, "breakfast", 1, 1) == 0
    assert pair_cost(KNOWN, "breakfast", [1, 1]) == pair_cost(KNOWN, "breakfast", [1]) == 0


def test_a_usual_pair_costs_less_than_one_that_keeps_apart_and_that_less_than_an_unknown_one() -> None:
    usual = pair_cost(KNOWN, "breakfast", [1, 2])
    neutral = pair_cost(KNOWN, "breakfast", [2, 4])
    apart = pair_cost(KNOWN, "breakfast", [3, 4])
    unknown = pair_cost(KNOWN, "breakfast", [1, 3])
    assert usual < neutral == 0 < apart < unknown


def test_the_meal_matters() -> None:
    assert pair_cost(KNOWN, "breakfast", [3, 4]) < pair_cost(KNOWN, "dinner", [3, 4])


@given(st.permutations([1, 2, 3, 4]), st.lists(st.sampled_from([1, 2, 3, 4]), max_size=3))
def test_neither_order_nor_repeats_change_the_cost_of_a_meal(order: list[int], again: list[int]) -> None:
    assert pair_cost(KNOWN, "breakfast", [*order, *again]) == pytest.approx(
        pair_cost(KNOWN, "breakfast", [1, 2, 3, 4])
    )


def bowl(**foods: tuple[int, int]) -> Pattern:
    return Pattern("breakfast", "bowl", "Bowl", 0.5, 7, foods)


def test_company_is_the_mean_lift_over_what_is_eaten_in_the_other_needed_role() -> None:
    counts = {("breakfast", "cereal", 1): 10.0, ("breakfast", "milk", 2): 3.0, ("breakfast", "milk", 3): 1.0}
    fits = company(KNOWN, [bowl(cereal=(1, 1), milk=(1, 1))], counts)
    assert fits["breakfast", "cereal", 1] == pytest.approx((3 * math.log(2) + math.log(LEAST_LIFT)) / 4)
    assert fits["breakfast", "milk", 2] == pytest.approx(math.log(2))
    assert fits["breakfast", "milk", 3] == pytest.approx(math.log(LEAST_LIFT))


def test_company_weighs_every_other_needed_role_alike() -> None:
    counts = {("breakfast", role, kind): 1.0 for role, kind in (("cereal", 1), ("milk", 2), ("meat", 3))}
    fits = company(KNOWN, [bowl(cereal=(1, 1), milk=(1, 1), meat=(1, 1))], counts)
    assert fits["breakfast", "cereal", 1] == pytest.approx((math.log(2) + math.log(LEAST_LIFT)) / 2)


def test_company_does_not_look_at_roles_that_may_stay_empty() -> None:
    counts = {("breakfast", "cereal", 1): 10.0, ("breakfast", "meat", 3): 5.0}
    assert company(KNOWN, [bowl(cereal=(1, 1), meat=(0, 1))], counts)["breakfast", "cereal", 1] == 0
    # The one that may stay empty does look at the needed one.
    assert company(KNOWN, [bowl(cereal=(1, 1), meat=(0, 1))], counts)["breakfast", "meat", 3] < 0


def test_company_is_that_of_the_kind_of_meal_where_a_food_fits_best() -> None:
    counts = {("breakfast", "cereal", 1): 1.0, ("breakfast", "milk", 2): 1.0, ("breakfast", "meat", 3): 1.0}
    kinds = [bowl(cereal=(1, 1), meat=(1, 1)), bowl(cereal=(1, 1), milk=(1, 1))]
    assert company(KNOWN, kinds, counts)["breakfast", "cereal", 1] == pytest.approx(math.log(2))
