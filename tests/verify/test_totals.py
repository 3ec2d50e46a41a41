"""Totals are added up again from the table."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def test_a_total_that_is_not_the_sum_is_a_breach(world: Any) -> None:
    world.days[2]["totals"]["calcium"] += 25
    (breach,) = world.breaches()
    assert breach.rule == "verify/total"
    assert breach.where == "2026-11-25"
    assert breach.text == "total calcium says 1353.8, the table gives 1329"


def test_a_total_may_be_rounded(world: Any) -> None:
    world.days[2]["totals"]["calcium"] = round(world.days[2]["totals"]["calcium"])
    assert world.rules() == set()


def test_a_total_left_out_is_a_breach(world: Any) -> None:
    del world.days[2]["totals"]["vitamin_k"]
    assert world.rules() == {"verify/total"}


def test_a_total_of_something_unknown_is_a_breach(world: Any) -> None:
    world.days[2]["totals"]["happiness"] = 7
    assert world.rules() == {"verify/total"}


def test_an_item_more_than_the_totals_count_is_a_breach(world: Any) -> None:
    world.days[2]["meals"][2]["items"].append(world.items("fruit")[0])
    assert "verify/total" in world.rules()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    nutrient=st.sampled_from(["energy", "protein", "calcium", "vitamin_d", "vitamin_k", "sodium"]),
    number=st.integers(0, 6),
    share=st.floats(0.01, 3) | st.floats(-1, -0.01),
)
def test_a_total_that_is_off_by_a_hundredth_or_more_is_a_breach(
    world: Any, nutrient: str, number: int, share: float
) -> None:
    totals = world.days[number]["totals"]
    true = totals[nutrient]
    totals[nutrient] = true * (1 + share)
    assert world.rules() == {"verify/total"}
    totals[nutrient] = true
