"""Calcium by group of foods: which groups, in which order, how long their bars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.export.html.charts import group_bars
from boneplan.export.html.charts.groups import WIDTH
from boneplan.plan import FoodGroup, Plan

SNAPSHOTS = Path(__file__).parent / "snapshots"
START = dt.date(2026, 11, 23)

MakePlan = Callable[..., Plan]


def with_groups(make_plan: MakePlan, groups: dict[str, float | None], start: dt.date = START) -> Plan:
    """A plan whose groups bring so much calcium a day."""
    plan = make_plan()
    plan.menu.groups += [
        FoodGroup(start=start, group=name, amounts={} if amount is None else {"calcium": amount})
        for name, amount in groups.items()
    ]
    return Plan.model_validate(plan.model_dump())


def test_the_group_with_most_calcium_comes_first_with_its_share(make_plan: MakePlan, read: Any) -> None:
    plan = with_groups(make_plan, {"Vegetables": 100, "Milk, yogurt and cheese": 400, "Eggs": 4, "Drinks": 0})
    (drawing,) = read(group_bars(plan, START, ident="g"))
    assert drawing.words() == [
        "Calcium by food group, mg a day",
        *("Milk, yogurt and cheese", "400", "79 %"),
        *("Vegetables", "100", "20 %"),
        *("Eggs", "4", "0.8 %"),
        *("Drinks", "0", "0 %"),
    ]
    assert [bar.width for bar in drawing.boxes("chart-food")] == [WIDTH, WIDTH / 4, WIDTH / 100, 0]
    assert drawing.told == (
        "Calcium by food group, mg a day, from food alone, mean of the week from 23 November 2026: "
        "Milk, yogurt and cheese 400 (79 %); Vegetables 100 (20 %); Eggs 4 (0.8 %); Drinks 0 (0 %)."
    )


def test_a_group_of_unknown_amount_has_no_bar_and_leaves_every_share_unknown(make_plan: MakePlan, read: Any) -> None:
    plan = with_groups(make_plan, {"Eggs": None, "Vegetables": 100})
    (drawing,) = read(group_bars(plan, START, ident="g"))
    assert drawing.words()[1:] == ["Vegetables", "100", "Eggs", "unknown"]
    assert len(drawing.boxes("chart-food")) == 1
    assert "%" not in drawing.told


def test_each_week_has_its_own_groups(make_plan: MakePlan, read: Any, assert_numbers_of: Any) -> None:
    plan = with_groups(make_plan, {"Vegetables": 100})
    later = START + dt.timedelta(weeks=1)
    plan.menu.groups.append(FoodGroup(start=later, group="Eggs", amounts={"calcium": 7}))
    (drawing,) = read(group_bars(plan, later, ident="g"))
    assert drawing.words()[1:] == ["Eggs", "7", "100 %"]
    assert assert_numbers_of(plan, drawing) == 1


def test_a_plan_that_tells_of_no_groups_has_no_chart(make_plan: MakePlan) -> None:
    assert group_bars(make_plan(), START, ident="g") == ""


def test_a_hostile_name_is_text_and_is_cut_to_its_room(make_plan: MakePlan, read: Any) -> None:
    name = '<script>alert("1")</script>\u202e' + "🥛" * 500
    plan = with_groups(make_plan, {name: 100})
    (drawing,) = read(group_bars(plan, START, ident="g"))
    shown = drawing.words()[1]
    assert shown.startswith("<script>")
    assert shown.endswith("…")
    assert len(shown) < 40
    assert "🥛" * 500 in drawing.told
    assert "\u202e" not in drawing.told


def test_the_drawing_is_as_it_was(make_plan: MakePlan, assert_golden: Any) -> None:
    plan = with_groups(make_plan, {"Vegetables": 100.56, "Milk, yogurt and cheese": 443.34, "Eggs": 6.86})
    drawn = group_bars(plan, START, ident="chart").replace("><", ">\n<") + "\n"
    assert_golden(SNAPSHOTS / "groups.svg", drawn.encode())


@given(
    found=st.dictionaries(st.text(), st.floats(0, 1e6).map(lambda value: round(value, 2)), min_size=1, max_size=15)
)
def test_bars_are_in_proportion_and_inside_whatever_the_amounts(
    make_plan: MakePlan, read: Any, found: dict[str, float]
) -> None:
    (drawing,) = read(group_bars(with_groups(make_plan, dict(found)), START, ident="g"))
    bars, amounts = drawing.boxes("chart-food"), sorted(found.values(), reverse=True)
    for bar, amount in zip(bars, amounts, strict=True):
        assert drawing.inside(bar)
        assert bar.width == pytest.approx(WIDTH * amount / amounts[0] if amounts[0] else 0, abs=0.01)
