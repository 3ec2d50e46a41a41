"""A frontier: as more is asked, no week gets cheaper; and every point is a week that would stand as a plan."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from boneplan.edits.finish import finished
from boneplan.edits.menu import with_week
from boneplan.engine import make_plan
from boneplan.menu.bench import Bench
from boneplan.menu.case import MenuCase, menu_case
from boneplan.menu.week import Week
from boneplan.profile_reader import load_example
from boneplan.rules.schema import Rules
from boneplan.rules.targets import targets_under
from boneplan.targets import resolve_targets
from boneplan.verify import verify_plan
from boneplan.whatif.frontier import Frontier, frontier
from boneplan.whatif.vary import parse_varied

START = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)
SECONDS = 60.0
ENOUGH = 1e-6


def case() -> MenuCase:
    anna = load_example()
    return menu_case(anna, resolve_targets(anna, START), start=START, weeks=1, seed=0)


@cache
def calcium() -> Frontier:
    held = case()
    return frontier(held, parse_varied(["calcium=1100,1200,1400,5000"], held.targets), seconds=SECONDS)


def test_the_bound_never_falls_as_a_minimum_rises_and_no_menu_is_cheaper_than_it() -> None:
    possible = [point for point in calcium().points if point.possible]
    bounds = [point.bound or 0.0 for point in possible]
    assert len(bounds) == 3
    assert bounds == sorted(bounds)
    for point in possible:
        assert point.cost is not None
        assert point.cost >= (point.bound or 0.0) - ENOUGH


def test_a_point_beyond_an_upper_limit_is_impossible_and_names_the_rules() -> None:
    last = calcium().points[-1]
    assert not last.possible
    assert last.cost is None
    assert "nutrition/calcium/rda" in last.conflict
    assert any(said.startswith("calcium at least 5,000 mg") for said in last.said)


def test_today_s_figure_is_today_s_menus_or_close_to_them() -> None:
    today = calcium().points[1]
    assert today.changed <= 10
    assert sum(count for _, count in calcium().points[2].come) >= 1


def test_progress_is_told_of_the_first_week_and_of_every_point() -> None:
    held, told = case(), []
    frontier(held, parse_varied(["fibre=22,24"], held.targets), seconds=SECONDS, progress=lambda: told.append(1))
    assert len(told) == 3


def test_two_that_are_varied_make_a_grid_whose_bound_rises_along_both() -> None:
    held = case()
    found = frontier(held, parse_varied(["calcium=1100,1300", "fibre=22,28"], held.targets), seconds=SECONDS)
    at = {point.values: point.bound or 0.0 for point in found.points}
    assert at[1100, 22] <= at[1100, 28] + ENOUGH
    assert at[1100, 22] <= at[1300, 22] + ENOUGH
    assert at[1300, 28] >= max(at[1100, 28], at[1300, 22]) - ENOUGH


@pytest.mark.parametrize("least", [1300.0, 1450.0])
def test_the_week_of_a_point_holds_as_a_plan(least: float) -> None:
    anna = load_example()
    rules = Rules.model_validate({"targets": [{"nutrient": "calcium", "min": least, "unit": "mg"}]})
    targets = targets_under(anna, rules, START)
    before = make_plan(anna, start=START, now=NOW)
    was = case()
    bench = Bench(was, seconds=SECONDS)
    week = bench.replan(targets)
    assert isinstance(week, Week)
    moved = menu_case(anna, targets, start=START, weeks=1, seed=0, rules=rules)
    ruled = before.model_copy(update={"targets": targets, "rules": rules.as_json()})
    changed = with_week(moved, ruled, 0, week)
    plan = finished(before, changed, was, moved, now=NOW, bound=week.bound, seconds=week.seconds)
    assert verify_plan(plan) == []
    assert sum(day.totals["calcium"] for day in plan.menu.days) / 7 >= least


def test_at_today_s_figure_nothing_changes_whatever_was_asked_before_it() -> None:
    held = case()
    low, today, high = frontier(held, parse_varied(["calcium=1000,1200,1400"], held.targets), seconds=SECONDS).points
    assert [point.values for point in (low, today, high)] == [(1000.0,), (1200.0,), (1400.0,)]
    assert today.changed == 0
    assert min(low.changed, high.changed) > 0
