"""Prices of bounds: what the dual values say is what a week solved again shows."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from boneplan.explain.prices import AGREE, Price, Pricer, asks_the_same, with_bound
from boneplan.explain.steps import natural_step, stricter
from boneplan.menu.bounds import Bound
from boneplan.menu.case import menu_case
from boneplan.menu.live import LiveBasket, stated
from boneplan.menu.search import firm
from boneplan.profile_reader import load_example, load_profile
from boneplan.targets import resolve_targets

START = dt.date(2026, 11, 23)
PROFILES = Path(__file__).parents[1] / "profiles"
PEOPLE = ("example", "grace", "ingrid", "joan", "maria", "mei", "oliver", "samuel")
PAIRS = 30  # person and target
LEAST = 1e-6


@cache
def pricer(name: str) -> Pricer:
    person = load_example() if name == "example" else load_profile(PROFILES / f"{name}.yaml")
    case = menu_case(person, resolve_targets(person, START), start=START, weeks=1, seed=0)
    basket = LiveBasket(case.problem())
    assert basket.solution.found
    return Pricer(basket, firm(basket.problem, basket))


@cache
def prices(name: str) -> tuple[Price, ...]:
    """The price of every bound that binds the person's week."""
    held = pricer(name)
    bounds = stated(held.problem)
    duals = held.duals(bounds)
    return tuple(held.price(bound, duals[k]) for k, bound in enumerate(bounds) if duals[k] > LEAST)


def solved_anew(name: str, bound: Bound, step: float) -> float:
    """What the week costs more with the bound a step stricter, in a program built from nothing."""
    held = pricer(name)
    costs = []
    for problem in (held.problem, with_bound(held.problem, bound, stricter(bound, step))):
        objective = problem.model(problem.columns(), integer=False).model.solve(relaxed=True).objective
        assert objective is not None
        costs.append(objective)
    return costs[1] - costs[0]


def test_thirty_prices_of_real_people_agree_with_weeks_solved_again() -> None:
    pairs = [(name, price) for name in PEOPLE for price in prices(name) if price.taken is not None]
    assert len(pairs) >= PAIRS
    for name, price in pairs:
        taken = price.taken
        assert taken is not None
        assert price.dual >= 0
        assert taken.cost >= -LEAST
        assert price.each == pytest.approx(taken.cost / taken.step)
        assert abs(price.dual * taken.step - taken.cost) <= max(AGREE * taken.cost, LEAST), (name, price.bound.rule)


def test_some_of_them_checked_by_programs_built_from_nothing() -> None:
    for name in ("example", "mei"):
        for price in prices(name)[:3]:
            if price.taken is None:
                continue
            anew = solved_anew(name, price.bound, price.taken.step)
            assert anew == pytest.approx(price.taken.cost, abs=1e-5)


def test_a_stricter_bound_never_costs_less_the_stricter_it_is() -> None:
    for price in prices("example"):
        if price.natural is not None and price.taken is not None and price.taken.step < price.natural.step:
            assert price.natural.cost >= price.taken.cost - LEAST


def test_without_a_bound_a_week_is_never_dearer() -> None:
    for price in prices("example"):
        assert price.without >= 0


def test_of_two_targets_that_ask_for_the_same_both_have_to_go_before_the_week_is_cheaper() -> None:
    # Calcium: the RDA and the aim of the risk tier are one figure.
    (calcium,) = [price for price in prices("example") if price.bound.rule == "nutrition/calcium/rda"]
    twins = [b.rule for b in stated(pricer("example").problem) if asks_the_same(b, calcium.bound)]
    assert twins == ["nutrition/calcium/rda", "nutrition/calcium/tier_aim"]
    assert calcium.without > 1


def test_a_step_tells_the_servings_that_give_way_and_those_that_come() -> None:
    (calcium,) = [price for price in prices("example") if price.bound.rule == "nutrition/calcium/rda"]
    step = calcium.natural
    assert step is not None
    assert step.step == 100
    assert step.changes == pytest.approx(sum(count for _, count in step.go))
    assert step.changes > 0
    assert {food for food, _ in step.go}.isdisjoint(food for food, _ in step.come)
    # So many meals and places: what comes is about as much as what goes.
    assert sum(count for _, count in step.come) == pytest.approx(step.changes, abs=4)


def test_a_rule_about_servings_costs_what_one_serving_stricter_costs() -> None:
    held = pricer("example")
    rules = [f"limits/{limit.id}" for limit in held.problem.book.limits]
    steps = [step for rule in rules if (step := held.serving(rule)) is not None]
    assert steps
    assert all(step.cost > 0 for step in steps)
    held.basket.move(held.problem)
    assert held.basket.solution.objective == pytest.approx(held.base.cost)


@pytest.mark.parametrize(
    ("size", "step"), [(1200, 100), (21, 2), (20, 2), (68, 5), (2300, 200), (6, 0.5), (90, 10), (0, 1)]
)
def test_the_natural_step_is_about_a_twelfth_of_the_target(size: float, step: float) -> None:
    bound = Bound("calcium", "week_mean", size, None, True, "rule", "mg", aim=size)
    assert natural_step(bound) == pytest.approx(step)


def test_stricter_is_a_higher_minimum_and_a_lower_maximum() -> None:
    low = stricter(Bound("calcium", "week_mean", 700, None, True, "rule", "mg", aim=1200), 100)
    assert (low.low, low.aim, low.hard) == (800, 1300, True)
    high = stricter(Bound("sodium", "week_mean", None, 2300, True, "rule", "mg", most=2300), 200)
    assert (high.high, high.most) == (2100, 2100)


def test_what_may_be_missed_may_be_missed_still_at_the_same_price_a_unit() -> None:
    soft = stricter(Bound("vitamin_d", "week_mean", 20, None, False, "rule", "ug", aim=20), 2)
    assert (soft.low, soft.aim, soft.hard) == (22, 20, False)
