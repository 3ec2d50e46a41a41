"""The last step: portions under which every hard bound holds on the very grams that are printed."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

import pytest

from boneplan.menu.bounds import Bound
from boneplan.menu.cost import amounts_of
from boneplan.menu.deal import Dealer, Table
from boneplan.menu.patterns import DAYS, Count
from boneplan.menu.portions import Placed, PortionModel
from boneplan.menu.problem import Problem

SLACK = 1e-6


def broken(problem: Problem, placed: Collection[Placed]) -> list[str]:
    """Hard bounds that do not hold, recomputed from grams: days, weeks, and what meals hold above their most."""
    of_day: dict[tuple[str, int], float] = defaultdict(float)
    of_meal: dict[tuple[str, int, int], float] = defaultdict(float)
    for p in placed:
        for nutrient, per_gram in problem.amounts[p.column.option.food].items():
            of_day[nutrient, p.day] += per_gram * p.column.serving.grams
            of_meal[nutrient, p.day, p.table] += per_gram * p.column.serving.grams
    lost: dict[str, float] = defaultdict(float)
    for b in problem.bounds:
        if b.is_occasion:
            over = (max(0.0, amount - b.high) for (nutrient, *_), amount in of_meal.items() if nutrient == b.nutrient)
            lost[b.nutrient] += sum(over) * (1 - b.counted_above)
    bad = []
    for b in problem.bounds:
        if b.hard and b.period == "meal" and not b.is_occasion:
            meals = {(p.day, p.table): p.column.option.meal for p in placed}
            amounts = [of_meal[b.nutrient, *at] for at, meal in meals.items() if b.about(meal)]
            bad += [f"{b.rule}: {a} < {b.low}" for a in amounts if b.low and a < b.low - SLACK * b.low]
            bad += [
                f"{b.rule}: {a} > {b.high}" for a in amounts if b.high is not None and a > b.high + SLACK * b.scale
            ]
        if not b.hard or b.period == "meal":
            continue
        days = [of_day[b.nutrient, day] for day in range(DAYS)]
        amounts = days if b.period == "day" else [sum(days) / DAYS]
        counted = amounts if b.period == "day" else [amounts[0] - lost[b.nutrient] / DAYS]
        bad += [f"{b.rule}: {a} < {b.low}" for a in counted if b.low and a < b.low - SLACK * b.low]
        bad += [f"{b.rule}: {a} > {b.high}" for a in amounts if b.high is not None and a > b.high + SLACK * b.scale]
    if problem.budget_per_day is not None:
        spent = sum(of_day["price", day] for day in range(DAYS)) / DAYS
        if spent > problem.budget_per_day + SLACK:
            bad.append(f"budget: {spent}")
    return bad


def deal(problem: Problem, seed: int = 0) -> list[list[Table]]:
    basket = problem.model(problem.columns(), integer=True).solve()
    assert basket.servings
    return Dealer(basket, problem.bounds, problem.book.shares, {}, random.Random(seed)).run(moves=3000)


@pytest.fixture(scope="module")
def bounds(limit) -> list[Bound]:
    return [
        limit("energy", "day", 620, 780),
        limit("energy", "week_mean", 680, 720),
        limit("calcium", "week_mean", 340),
        limit("calcium", "day", 200, 700),
        limit("calcium", "meal", None, 300.0, hard=False, counted_above=0.5),
        limit("fibre", "week_mean", 60.0, hard=False),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_every_hard_bound_holds_on_the_grams_served(kitchen, bounds: list[Bound], seed: int) -> None:
    problem = kitchen(*bounds, budget=2.6)
    placed = PortionModel(problem, deal(problem, seed), {}).solve(20.0)
    assert placed
    assert broken(problem, placed) == []


def test_every_place_keeps_its_food_where_nothing_may_be_traded(kitchen, bounds: list[Bound]) -> None:
    problem = kitchen(*bounds)
    days = deal(problem)
    placed = PortionModel(problem, days, {}).solve(20.0)
    dealt = Counter(
        (day, number, column.option.food)
        for day, tables in enumerate(days)
        for number, table in enumerate(tables)
        for column in table.servings()
    )
    assert Counter((p.day, p.table, p.column.option.food) for p in placed) == dealt
    assert all(p.column.serving in p.column.option.servings for p in placed)


def test_without_bounds_everyone_gets_the_usual_portion(kitchen) -> None:
    problem = kitchen()
    placed = PortionModel(problem, deal(problem), {}).solve(20.0)
    costs = sum(p.column.serving.cost for p in placed)
    assert costs <= 0.4 + SLACK, "within the absolute gap of the search"


def test_portions_give_way_to_a_bound_before_it_is_broken(kitchen, limit) -> None:
    problem = kitchen()
    days = deal(problem)
    plain = PortionModel(problem, days, {}).solve(20.0)
    energy = sum(p.column.amounts["energy"] for p in plain) / DAYS
    more = kitchen(limit("energy", "week_mean", energy * 1.05))
    placed = PortionModel(more, days, {}).solve(20.0)
    assert sum(p.column.amounts["energy"] for p in placed) / DAYS >= energy * 1.05 - SLACK


def test_where_no_portions_do_the_answer_is_empty(kitchen, limit) -> None:
    days = deal(kitchen())
    impossible = kitchen(limit("energy", "day", 5000))
    assert PortionModel(impossible, days, {}).solve(20.0) == []


def test_a_trade_keeps_meal_and_role_and_the_weeks_variety(kitchen, limit) -> None:
    plain = kitchen()
    days = deal(plain)
    # More calcium than the dealt foods can bring, less than others of their roles can.
    dealt = Counter(column.option.food for tables in days for table in tables for column in table.servings())
    most = sum(
        max(plain.column(c.option, k).amounts["calcium"] for k in range(len(c.option.servings)))
        for tables in days
        for table in tables
        for c in table.servings()
    )
    problem = kitchen(limit("calcium", "week_mean", most / DAYS + 10))
    assert PortionModel(problem, days, {}).solve(20.0) == []
    alternatives: dict[tuple[str, str], list] = defaultdict(list)
    for option in problem.options:
        alternatives[option.meal, option.role].append(option)
    placed = PortionModel(problem, days, alternatives).solve(20.0)
    assert placed
    assert broken(problem, placed) == []
    roles = Counter((p.day, p.table, p.column.option.meal, p.column.option.role) for p in placed)
    assert roles == Counter(
        (day, number, column.option.meal, column.option.role)
        for day, tables in enumerate(days)
        for number, table in enumerate(tables)
        for column in table.servings()
    )
    counted = Counter(p.column.option.food for p in placed)
    assert counted != dealt
    assert all(count <= problem.book.most_uses(food_category(problem, food)) for food, count in counted.items())
    assert max(Counter((p.day, p.table, p.column.option.food) for p in placed).values()) == 1


def food_category(problem: Problem, food: str) -> int:
    return next(option.category for option in problem.options if option.food == food)


def test_a_week_that_is_good_enough_ends_the_search_and_still_keeps_every_bound(kitchen, bounds: list[Bound]) -> None:
    problem = kitchen(*bounds)
    placed = PortionModel(problem, deal(problem), {}).solve(20.0, enough=1e6)
    assert placed
    assert broken(problem, placed) == []


def test_every_hard_bound_of_the_example_holds_on_the_grams_served(solved) -> None:
    assert any(bound.hard for bound in solved.problem.bounds)
    assert broken(solved.problem, solved.week.placed) == []


# --- what rules files ask ---


def everything(problem: Problem) -> dict[tuple[str, str], list]:
    """Every option as one that may take another's place."""
    found: dict[tuple[str, str], list] = defaultdict(list)
    for option in problem.options:
        found[option.meal, option.role].append(option)
    return found


def per_day(placed: Iterable[Placed], count: Count) -> list[int]:
    return [
        sum(p.day == day and count.fits(p.column.option.food, p.column.option.meal) for p in placed)
        for day in range(7)
    ]


def test_hard_bounds_of_a_meal_hold_at_every_table_it_is_about(kitchen, limit) -> None:
    problem = kitchen(
        limit("energy", "meal", 250.0, 420.0, meals=("breakfast",)), limit("fibre", "meal", 3.0, meals=("dinner",))
    )
    placed = PortionModel(problem, deal(problem), everything(problem)).solve(20.0)
    assert placed
    assert broken(problem, placed) == []


@pytest.mark.parametrize(
    "count",
    [
        Count("rules/require[0]", frozenset({"kale", "spinach"}), "greens each day", least=1, each="day"),
        Count("rules/limit[0]", frozenset({"apple", "pear", "milk"}), "at most two", most=2, each="day"),
        Count("rules/pin[0]", frozenset({"tofu"}), "tofu", least=1, each="day", meals=("dinner",), days=(1, 4)),
    ],
    ids=lambda count: count.rule,
)
def test_trades_put_what_is_counted_on_its_days(kitchen, count: Count) -> None:
    problem = kitchen(counts=(count,))
    days = deal(kitchen())
    assert not count.least or PortionModel(problem, days, {}).solve(20.0) == []
    placed = PortionModel(problem, days, everything(problem)).solve(20.0)
    assert placed
    served = per_day(placed, count)
    assert all(served[day] >= count.least for day in count.days or range(7))
    assert count.most is None or max(served) <= count.most


def test_trades_keep_the_dish_that_is_reused(kitchen) -> None:
    count = Count("rules/reuse[0]", frozenset({"trout", "omelette"}), "one dish", least=3, same=True)
    problem = kitchen(counts=(count,))
    placed = PortionModel(problem, deal(kitchen()), everything(problem)).solve(20.0)
    served = Counter(p.column.option.food for p in placed)
    assert 3 in (served["trout"], served["omelette"])


def test_soft_bounds_of_days_and_meals_are_met_where_portions_can(kitchen, limit) -> None:
    days = deal(kitchen())
    plain = PortionModel(kitchen(), days, {}).solve(20.0)
    for period, meals in (("day", ()), ("meal", ("dinner",))):
        soft = limit("energy", period, 500.0, hard=False, meals=meals)
        problem = kitchen(soft)
        placed = PortionModel(problem, days, {}).solve(20.0)
        missed = [sum(map(soft.missed, amounts_of(soft, days, those))) for those in (plain, placed)]
        assert missed[1] <= missed[0]
