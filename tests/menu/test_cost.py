"""What a menu costs, by the days and meals that miss a soft bound; under rules no week costs less than its bound."""

from __future__ import annotations

from collections import Counter

import pytest

from boneplan.menu.bound_rows import SHORTFALL_COST
from boneplan.menu.cost import amounts_of, true_cost
from boneplan.menu.patterns import Count, KindCount
from boneplan.menu.week import Week, solve_week

SLACK = 1e-6


@pytest.fixture(scope="module")
def plain(kitchen) -> Week:
    found = solve_week(kitchen(), {}, seed=0, seconds=20.0)
    assert isinstance(found, Week)
    return found


@pytest.mark.parametrize(("period", "meals"), [("week_mean", ()), ("day", ()), ("meal", ()), ("meal", ("dinner",))])
@pytest.mark.parametrize("weight", [1.0, 2.5])
def test_each_day_or_meal_that_misses_a_soft_bound_costs_its_share(
    kitchen, limit, plain: Week, period: str, meals: tuple[str, ...], weight: float
) -> None:
    low = limit("fibre", period, 12.0, hard=False, meals=meals, weight=weight)
    high = limit("energy", period, None, 330.0, hard=False, meals=meals, weight=weight)
    tables: Counter[tuple[int, int]] = Counter()
    fibre: Counter[tuple[int, int]] = Counter()
    energy: Counter[tuple[int, int]] = Counter()
    for p in plain.placed:
        at = (p.day, p.table) if period == "meal" else (p.day, 0) if period == "day" else (0, 0)
        if period == "meal" and meals and p.column.option.meal not in meals:
            continue
        share = 1 / 7 if period == "week_mean" else 1.0
        tables[at] = 1
        fibre[at] += share * p.column.amounts["fibre"]
        energy[at] += share * p.column.amounts["energy"]
    short = sum(max(0.0, 12.0 - fibre[at]) / 12.0 for at in tables) / len(tables)
    over = sum(max(0.0, energy[at] - 330.0) / 330.0 for at in tables) / len(tables)
    free = true_cost(kitchen(), plain.tables, plain.placed)
    cost = true_cost(kitchen(low, high), plain.tables, plain.placed)
    assert cost - free == pytest.approx(weight * SHORTFALL_COST * (short + over))


def test_hard_bounds_and_occasions_cost_nothing(kitchen, limit, plain: Week) -> None:
    occasion = limit("calcium", "meal", None, 10.0, hard=False, counted_above=0.5)
    ruled = kitchen(limit("energy", "day", 1.0), occasion)
    assert true_cost(ruled, plain.tables, plain.placed) == true_cost(kitchen(), plain.tables, plain.placed)


def test_amounts_are_those_of_the_meals_that_a_bound_is_about(limit, plain: Week) -> None:
    dinners = amounts_of(limit("energy", "meal", 1.0, meals=("dinner",)), plain.tables, plain.placed)
    both = amounts_of(limit("energy", "meal", 1.0), plain.tables, plain.placed)
    assert (len(dinners), len(both)) == (7, 14)
    assert sum(both) / 7 == pytest.approx(
        amounts_of(limit("energy", "week_mean", 1.0), plain.tables, plain.placed)[0]
    )


COUNTS = (
    Count("rules/require[0]", frozenset({"kale", "spinach"}), "greens each day", least=1, each="day"),
    Count("rules/limit[0]", frozenset({"potato"}), "potato twice", most=2),
    Count("rules/pin[0]", frozenset({"tofu"}), "tofu", least=1, each="day", meals=("dinner",), days=(1, 4)),
    Count("rules/reuse[0]", frozenset({"trout", "omelette"}), "one dish", least=3, same=True),
)
BREAD = KindCount("rules/require[1]", frozenset({"breakfast/bread"}), "bread", least=4)


@pytest.mark.parametrize("seed", range(3))
def test_a_week_keeps_what_rules_ask_and_costs_no_less_than_its_bound(kitchen, limit, seed: int) -> None:
    problem = kitchen(
        limit("energy", "day", 550, 850),
        limit("fibre", "meal", 4.0, meals=("dinner",)),
        limit("fibre", "day", 18.0, hard=False, weight=2.0),
        limit("energy", "meal", None, 320.0, hard=False, meals=("breakfast",)),
        counts=COUNTS,
        kind_counts=(BREAD,),
    )
    week = solve_week(problem, {}, seed=seed, seconds=20.0)
    assert isinstance(week, Week)
    assert week.bound <= week.objective + SLACK
    assert week.objective == pytest.approx(true_cost(problem, week.tables, week.placed))
    served = [(p.day, p.column.option.food) for p in week.placed]
    greens, potato, tofu, dishes = (count.foods for count in COUNTS)
    assert {day for day, food in served if food in greens} == set(range(7))
    assert sum(food in potato for _, food in served) <= 2
    assert {1, 4} <= {day for day, food in served if food in tofu}
    assert 3 in Counter(food for _, food in served if food in dishes).values()
    assert sum(table.pattern.name == "bread" for day in week.tables for table in day) >= 4
    fibre = amounts_of(limit("fibre", "meal", 4.0, meals=("dinner",)), week.tables, week.placed)
    assert min(fibre) >= 4.0 - SLACK


def test_the_bound_of_a_week_knows_that_one_dish_is_cooked(kitchen) -> None:
    costs = {"trout": 3.0, "omelette": 3.0, "tofu": 3.0}
    dish = Count("rules/reuse[0]", frozenset(costs), "one dish", least=5, same=True)
    problem = kitchen(counts=(dish,), costs=costs)
    relaxed = problem.model(problem.columns(), integer=False).model.solve(relaxed=True).objective
    week = solve_week(problem, {}, seed=0, seconds=20.0)
    assert isinstance(week, Week)
    assert relaxed is not None
    assert relaxed - SLACK <= week.bound <= week.objective + SLACK
    assert 5 in Counter(p.column.option.food for p in week.placed if p.column.option.food in costs).values()
