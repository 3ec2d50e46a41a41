"""The bench: a week held live answers moved targets with menus that keep every hard bound, and an honest bound."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boneplan.menu.bench import NEAR, Bench
from boneplan.menu.bounds import Bound
from boneplan.menu.case import MenuCase, menu_case
from boneplan.menu.cost import true_cost
from boneplan.menu.live import LiveBasket
from boneplan.menu.patterns import DAYS
from boneplan.menu.problem import Problem
from boneplan.menu.week import NoWeek, Week
from boneplan.plan import Target
from boneplan.profile_reader import load_example
from boneplan.targets import resolve_targets

START = dt.date(2026, 11, 23)
ENOUGH = 1e-6


@cache
def case() -> MenuCase:
    anna = load_example()
    return menu_case(anna, resolve_targets(anna, START), start=START, weeks=1, seed=0)


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(case())


def with_figure(rule: str, **figure: float) -> list[Target]:
    """The example's targets with one of them moved."""
    return [t.model_copy(update=figure) if t.rule == rule else t for t in case().targets]


def served(week: Week) -> set[tuple[int, int, str, float]]:
    """The portions with the day and the meal that they stand at."""
    return {(p.day, p.table, p.column.option.food, p.column.serving.grams) for p in week.placed}


def broken(problem: Problem, week: Week) -> list[str]:
    """The hard bounds that the menus do not keep, added up by hand."""
    found = []
    for bound in problem.bounds:
        if not bound.hard or bound.period == "meal":
            continue
        days: dict[int, float] = defaultdict(float)
        for placed in week.placed:
            days[placed.day] += placed.column.amounts[bound.nutrient]
        amounts = [sum(days.values()) / DAYS] if bound.period == "week_mean" else list(days.values())
        low, high = bound.low or 0.0, bound.high
        if min(amounts) < low - ENOUGH or (high is not None and max(amounts) > high + ENOUGH):
            found.append(bound.rule)
    return found


def test_a_moved_target_is_kept_by_the_new_menus_with_every_other_hard_bound(bench: Bench) -> None:
    for calcium in (1300.0, 1450.0, 1000.0):
        week = bench.replan(with_figure("nutrition/calcium/rda", min=calcium))
        assert isinstance(week, Week)
        assert broken(bench.problem, week) == []
        assert week.bound <= week.objective + ENOUGH
        assert week.objective == pytest.approx(true_cost(bench.problem, week.tables, week.placed))


def test_the_bound_of_a_replan_is_that_of_the_same_week_posed_anew(bench: Bench) -> None:
    targets = with_figure("nutrition/fibre/ai", min=30.0, hard=True)
    week = bench.replan(targets)
    assert isinstance(week, Week)
    anew = replace(case(), targets=targets).problem()
    fresh = anew.model(anew.columns(), integer=False).model.solve(relaxed=True)
    assert week.bound == pytest.approx(fresh.objective)


def test_menus_found_at_the_tables_at_hand_are_near_their_bound(bench: Bench) -> None:
    week = bench.replan(with_figure("nutrition/calcium/rda", min=1250.0))
    assert isinstance(week, Week)
    assert week.objective <= week.bound * (1 + NEAR)


def test_a_target_that_no_week_can_keep_is_proved_impossible_and_leaves_the_bench_usable(bench: Bench) -> None:
    never = bench.replan(with_figure("nutrition/calcium/rda", min=5000.0))
    assert isinstance(never, NoWeek)
    assert never.infeasible
    assert isinstance(bench.replan(case().targets), Week)


def test_a_limit_that_is_lifted_lets_in_what_it_kept_out(bench: Bench) -> None:
    # Portions above a day's limit are not among the options: they come back with it.
    before = len(bench.basket.columns)
    week = bench.replan(with_figure("nutrition/isoflavones/policy", max=60.0))
    assert isinstance(week, Week)
    assert len(bench.basket.columns) > before
    anew = replace(case(), targets=with_figure("nutrition/isoflavones/policy", max=60.0)).problem()
    assert week.bound == pytest.approx(anew.model(anew.columns(), integer=False).model.solve(relaxed=True).objective)


def test_the_same_questions_in_the_same_order_have_the_same_answers() -> None:
    def answers() -> list[float]:
        held = Bench(case())
        asked = [held.replan(with_figure("nutrition/calcium/rda", min=ca)) for ca in (1400.0, 1250.0)]
        return [week.objective for week in asked if isinstance(week, Week)]

    assert answers() == answers()


Kitchen = Callable[..., Problem]
Limit = Callable[..., Bound]


@settings(max_examples=30, deadline=None)
@given(
    moves=st.lists(
        st.tuples(st.sampled_from(["calcium", "energy", "fibre", "day"]), st.floats(0.7, 1.3)), min_size=1, max_size=5
    )
)
def test_a_basket_moved_in_place_is_the_basket_made_anew(
    kitchen: Kitchen, limit: Limit, moves: Sequence[tuple[str, float]]
) -> None:
    figures = {"calcium": 500.0, "energy": 1300.0, "fibre": 14.0, "day": 350.0}

    def posed(shares: dict[str, float]) -> Problem:
        low = {key: figures[key] * shares.get(key, 1.0) for key in figures}
        return replace(
            base,
            bounds=(
                limit("calcium", "week_mean", low["calcium"]),
                limit("energy", "week_mean", None, low["energy"]),
                limit("fibre", "week_mean", low["fibre"], hard=False),
                limit("calcium", "day", low["day"]),
            ),
        )

    base = kitchen()
    shares: dict[str, float] = {}
    base = posed(shares)
    live = LiveBasket(base)
    for key, share in moves:
        shares[key] = share
        problem = posed(shares)
        assert live.takes(problem)
        moved = live.move(problem)
        fresh = problem.model(problem.columns(), integer=False)
        anew = fresh.model.solve(relaxed=True)
        assert moved.found == anew.found
        if anew.objective is not None:
            assert moved.objective == pytest.approx(anew.objective, abs=1e-6)


def test_a_basket_that_is_not_the_same_but_for_its_bounds_is_refused(kitchen: Kitchen, limit: Limit) -> None:
    held = LiveBasket(kitchen(limit("energy", "day", None, 1500)))
    assert held.takes(replace(held.opened, bounds=(limit("energy", "day", None, 1400),)))
    assert not held.takes(replace(held.opened, bounds=(limit("energy", "day", None, 1600),)))
    assert not held.takes(replace(held.opened, bounds=()))
    assert not held.takes(kitchen(limit("energy", "day", None, 1500), without=["milk"]))


def test_menus_that_still_keep_every_bound_and_are_nearly_the_best_stay_as_they_are() -> None:
    held = Bench(case())
    before = held.week
    assert isinstance(before, Week)
    week = held.replan(with_figure("nutrition/fibre/ai", min=20.0))
    assert isinstance(week, Week)
    assert served(week) == served(before)
    assert broken(held.problem, week) == []


def test_menus_are_sought_from_those_of_another_week_where_it_is_given() -> None:
    held = Bench(case())
    today = held.week
    assert isinstance(today, Week)
    held.replan(with_figure("nutrition/calcium/rda", min=1450.0))
    again = held.replan(case().targets, near=today)
    assert isinstance(again, Week)
    assert served(again) == served(today)
