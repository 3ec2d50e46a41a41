"""A nutrient by day: what its bars, its lines and its words say."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.export.figures import SHOWN
from boneplan.export.html.charts import day_bars
from boneplan.export.html.charts.days import FAR, FOOT, PLOT
from boneplan.plan import Plan

SNAPSHOTS = Path(__file__).parent / "snapshots"

MakePlan = Callable[..., Plan]
Target = tuple[str, float | None, float | None]
amounts = st.floats(0, 1e6).map(lambda value: round(value, 2))


def with_totals(
    make_plan: MakePlan, totals: list[float | None], targets: list[Target], supplement: float = 0, unit: str = "mg"
) -> Plan:
    """A plan whose days bring `totals` of calcium."""
    plan = make_plan()
    document: dict[str, Any] = plan.model_dump(mode="json", by_alias=True)
    days = document["menu"]["days"][: len(totals)]
    for day, total in zip(days, totals, strict=True):
        day["totals"] = {} if total is None else {"calcium": total}
    taken = {"nutrient": "calcium", "amount": supplement, "unit": unit}
    document["menu"] |= {"days": days, "supplements": [taken] if supplement else []}
    document["targets"] = [
        {"nutrient": "calcium", "unit": unit, "period": period, "min": low, "max": high, "hard": True, "rule": "r"}
        | {"source": "s"}
        for period, low, high in targets
    ]
    return Plan.model_validate(document)


def test_a_bar_is_as_high_as_the_day_is_rich(make_plan: MakePlan, read: Any) -> None:
    plan = with_totals(make_plan, [600, 1200, 0, 900], [("week_mean", 1000, None)])
    (drawing,) = read(day_bars(plan, "calcium", plan.menu.days, ident="c"))
    bars = drawing.boxes("chart-food")
    assert [bar.height for bar in bars] == [PLOT / 2, PLOT, 0, PLOT * 0.75]
    assert {bar.y + bar.height for bar in bars} == {FOOT}
    assert drawing.words()[:2] == ["Calcium, mg a day", "mean 675"]
    assert [line.get("y1") for line in drawing.classed("chart-target", "line")][-1] == f"{FOOT - PLOT / 1.2:g}"


def test_food_and_supplements_stand_on_each_other(make_plan: MakePlan, read: Any) -> None:
    plan = with_totals(make_plan, [600, 300], [], supplement=600)
    (drawing,) = read(day_bars(plan, "calcium", plan.menu.days, ident="c"))
    assert [bar.height for bar in drawing.boxes("chart-food")] == [60, 30]
    taken = drawing.boxes("chart-supplement")
    assert [(bar.y, bar.height) for bar in taken] == [(FOOT - 120, 60), (FOOT - 90, 60)]
    assert "1,200" in drawing.words()
    assert "supplements, 600 each day" in drawing.words()
    assert "food and supplements together: Monday 1,200, Tuesday 900." in drawing.told


def test_all_of_it_is_told_in_words(make_plan: MakePlan, read: Any) -> None:
    plan = with_totals(make_plan, [1634.47, 985.2], [("week_mean", 1200, 1500), ("day", 960, 2000)])
    (drawing,) = read(day_bars(plan, "calcium", plan.menu.days, ident="c"))
    assert drawing.title == "Calcium by day, in mg"
    assert drawing.told == (
        "Calcium by day, in mg: Monday 1,634, Tuesday 985. The mean of these days is 1,310. "
        "The target for the mean of the week is 1,200 to 1,500. The limit for each day is 2,000."
    )
    assert drawing.words()[-2:] == ["target 1,200 to 1,500 (week’s mean)", "limit 2,000 (each day)"]


def test_a_limit_far_above_the_bars_is_named_and_does_not_squash_them(make_plan: MakePlan, read: Any) -> None:
    near = with_totals(make_plan, [1000], [("day", None, 1000 * FAR)])
    far = with_totals(make_plan, [1000], [("day", None, 1000 * FAR + 1)])
    (drawn,), (named,) = (read(day_bars(p, "calcium", p.menu.days, ident="c")) for p in (near, far))
    assert drawn.boxes("chart-food")[0].height == pytest.approx(PLOT / FAR)
    assert drawn.classed("chart-limit", "line")
    assert named.boxes("chart-food")[0].height == PLOT
    assert not named.classed("chart-limit", "line")
    assert named.classed("chart-limit", "path")
    assert named.words()[-1] == "limit 1,501 (each day), above this chart"


def test_without_a_target_for_the_week_the_least_of_a_day_is_the_target(make_plan: MakePlan, read: Any) -> None:
    plan = with_totals(make_plan, [1000], [("day", 960, None)])
    (drawing,) = read(day_bars(plan, "calcium", plan.menu.days, ident="c"))
    assert drawing.words()[-1] == "target 960 or more (each day)"


def test_the_tightest_of_several_bounds_is_the_one_drawn(make_plan: MakePlan, read: Any) -> None:
    targets: list[Target] = [("week_mean", 800, None), ("week_mean", 1000, 1500), ("week_mean", None, 1300)]
    plan = with_totals(make_plan, [1000], targets)
    (drawing,) = read(day_bars(plan, "calcium", plan.menu.days, ident="c"))
    assert drawing.words()[-1] == "target 1,000 to 1,300 (week’s mean)"


def test_a_day_without_a_total_is_unknown_and_has_no_bar_and_the_week_no_mean(make_plan: MakePlan, read: Any) -> None:
    plan = with_totals(make_plan, [1000, None, 500], [], supplement=100)
    (drawing,) = read(day_bars(plan, "calcium", plan.menu.days, ident="c"))
    assert len(drawing.boxes("chart-food")) == len(drawing.boxes("chart-supplement")) == 2
    assert drawing.words().count("unknown") == 1
    assert "Tuesday unknown" in drawing.told
    assert "mean" not in drawing.told


def test_no_day_is_no_chart(make_plan: MakePlan) -> None:
    assert day_bars(make_plan(), "calcium", [], ident="c") == ""


def test_figures_of_lines_close_together_keep_apart(make_plan: MakePlan, read: Any) -> None:
    plan = with_totals(make_plan, [2000], [("week_mean", 1961, 2082), ("day", None, 2264)])
    (drawing,) = read(day_bars(plan, "calcium", plan.menu.days, ident="c"))
    heights = sorted(float(one.attrib["y"]) for one in drawing.classed("chart-figure", "text"))
    assert len(heights) == 3
    assert all(lower - upper >= 12 for upper, lower in pairwise(heights))


def test_every_number_is_the_plans(make_plan: MakePlan, read: Any, assert_numbers_of: Any) -> None:
    plan = make_plan()
    for nutrient in SHOWN:
        (drawing,) = read(day_bars(plan, nutrient, plan.menu.days, ident="c"))
        assert assert_numbers_of(plan, drawing) >= 8


def test_a_second_week_reads_its_own_days(make_plan: MakePlan, read: Any, assert_numbers_of: Any) -> None:
    plan = make_plan(weeks=2)
    (drawing,) = read(day_bars(plan, "calcium", plan.menu.days[7:], ident="c"))
    assert assert_numbers_of(plan, drawing)
    assert "/menu/days/7-13/totals/calcium" in day_bars(plan, "calcium", plan.menu.days[7:], ident="c")


def test_charts_of_one_page_share_no_id(make_plan: MakePlan, read: Any) -> None:
    plan = make_plan()
    ids = [one for k in "ab" for one in read(day_bars(plan, "vitamin_d", plan.menu.days, ident=k))[0].ids()]
    assert len(ids) == len(set(ids)) == 6


def test_a_hostile_unit_is_text(make_plan: MakePlan, read: Any) -> None:
    plan = with_totals(make_plan, [1], [("day", 1, 2)], unit='</text><script>alert("1")</script>\u202e')
    (drawing,) = read(day_bars(plan, "calcium", plan.menu.days, ident="c"))
    assert drawing.title == 'Calcium by day, in </text><script>alert("1")</script>'


@pytest.mark.parametrize("nutrient", ["calcium", "vitamin_d"])
def test_the_drawing_is_as_it_was(make_plan: MakePlan, assert_golden: Any, nutrient: str) -> None:
    plan = make_plan()
    drawn = day_bars(plan, nutrient, plan.menu.days, ident="chart").replace("><", ">\n<") + "\n"
    assert_golden(SNAPSHOTS / f"{nutrient}.svg", drawn.encode())


@given(data=st.data())
def test_bars_are_in_proportion_and_inside_whatever_the_totals(make_plan: MakePlan, read: Any, data: Any) -> None:
    totals = data.draw(st.lists(st.none() | amounts, min_size=1, max_size=7))
    bound = st.none() | amounts
    targets = data.draw(st.lists(st.tuples(st.sampled_from(["week_mean", "day"]), bound, bound), max_size=4))
    supplement = data.draw(st.just(0.0) | amounts)
    plan = with_totals(make_plan, totals, targets, supplement)
    (drawing,) = read(day_bars(plan, "calcium", plan.menu.days, ident="c"))
    known = [total for total in totals if total is not None]
    bars = drawing.boxes("chart-food")
    assert len(bars) == len(known)
    richest = max(zip(known, bars, strict=True), key=lambda pair: pair[0], default=None)
    for total, bar in zip(known, bars, strict=True):
        assert richest is not None
        assert bar.height * richest[0] == pytest.approx(richest[1].height * total, abs=0.02 * (richest[0] or 1))
    assert all(map(drawing.inside, bars + drawing.boxes("chart-supplement") + drawing.boxes("chart-band")))
    assert all(0 <= float(one.get("y1", "nan")) <= FOOT for one in drawing.root.iter() if one.get("y1"))
