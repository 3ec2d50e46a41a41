"""One week's menu: what it costs is what it says, and no less than its bound."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import pytest

from boneplan.menu.bound_rows import SHORTFALL_COST
from boneplan.menu.patterns import Count, Wish
from boneplan.menu.served import PATTERN_COST
from boneplan.menu.variety import AGAIN_COST, STAPLE_AGAIN_COST, WISH_COST
from boneplan.menu.week import NoWeek, Week, solve_week


def test_the_objective_is_what_the_servings_cost_reckoned_by_hand(kitchen, limit) -> None:
    wish = Wish("roots", frozenset(), None, 12, "a test")
    fibre = limit("fibre", "week_mean", 40.0, hard=False, aim=50.0)
    energy = limit("energy", "week_mean", None, 600.0, hard=False)
    problem = kitchen(fibre, energy, limit("energy", "day", 550, 800), wishes=(wish,))
    week = solve_week(problem, {}, seed=0, seconds=20.0)
    assert isinstance(week, Week)
    placed = week.placed
    served = Counter(p.column.option.food for p in placed)
    cost = sum(p.column.option.cost + p.column.serving.cost for p in placed)
    bread = sum(table.pattern.name == "bread" for tables in week.tables for table in tables)
    cost += PATTERN_COST * bread * math.log(0.6 / 0.3)
    for food, count in served.items():
        cost += (STAPLE_AGAIN_COST if food in ("milk", "oat drink") else AGAIN_COST) * sum(range(count))
    cost += WISH_COST * max(0, 12 - served["carrots"] - served["potato"])
    means = {n: sum(p.column.amounts[n] for p in placed) / 7 for n in ("fibre", "energy")}
    cost += SHORTFALL_COST * max(0.0, 40.0 - means["fibre"]) / 50.0
    cost += SHORTFALL_COST * max(0.0, means["energy"] - 600.0) / 600.0
    assert week.objective == pytest.approx(cost)
    assert week.bound <= week.objective


def test_the_programs_own_cost_of_the_examples_servings_is_the_weeks_objective(solved) -> None:
    # The week's linear program, with every serving and kind of meal fixed to what is on the tables.
    problem, week = solved.problem, solved.week
    model = problem.model(problem.columns(), integer=False)
    served = Counter(
        (p.column.option.food, p.column.option.meal, p.column.option.role, p.column.serving) for p in week.placed
    )
    for column, use in zip(model.columns, model.uses, strict=True):
        option = column.option
        use.lowBound = use.upBound = served[option.food, option.meal, option.role, column.serving]
    kinds = Counter(table.pattern.key for tables in week.tables for table in tables)
    for pattern, times in zip(model.patterns, model.times, strict=True):
        times.lowBound = times.upBound = kinds[pattern.key]
    assert model.model.solve(relaxed=True).objective == pytest.approx(week.objective, abs=1e-4)


def test_the_bound_is_the_relaxations_and_the_week_is_near_it(solved) -> None:
    problem, week = solved.problem, solved.week
    relaxed = problem.model(problem.columns(), integer=False).model.solve(relaxed=True)
    assert week.bound == pytest.approx(relaxed.objective)
    assert week.bound <= week.objective
    assert (week.objective - week.bound) / abs(week.bound) < 0.1


def test_a_week_has_seven_days_of_every_meal_and_places_for_every_serving(solved) -> None:
    problem, week = solved.problem, solved.week
    assert len(week.tables) == 7
    assert all(Counter(t.pattern.meal for t in tables) == Counter(problem.meals) for tables in week.tables)
    dealt = Counter(
        (day, number, column.option.role)
        for day, tables in enumerate(week.tables)
        for number, table in enumerate(tables)
        for column in table.servings()
    )
    assert Counter((p.day, p.table, p.column.option.role) for p in week.placed) == dealt


def test_the_example_keeps_the_weeks_variety(solved) -> None:
    book = solved.problem.book
    served = Counter((p.column.option.food, p.column.option.category) for p in solved.week.placed)
    assert all(count <= book.most_uses(category) for (_, category), count in served.items())
    assert len(served) >= 30
    for limit in book.limits:
        assert sum(p.column.option.category in limit.categories for p in solved.week.placed) <= limit.max
    kinds = Counter(t.pattern.key for tables in solved.week.tables for t in tables)
    assert all(kinds[pattern.key] <= pattern.days for pattern in solved.problem.patterns)


def test_a_week_without_a_meal_is_proved_impossible_and_says_which(kitchen) -> None:
    problem = kitchen()
    dinners = [pattern for pattern in problem.patterns if pattern.meal == "dinner"]
    answer = solve_week(type(problem)(**{**vars(problem), "patterns": dinners}), {}, seed=0, seconds=20.0)
    assert isinstance(answer, NoWeek)
    assert answer.infeasible
    assert "breakfast" in answer.why


def test_a_week_that_no_food_can_make_is_proved_impossible(kitchen, limit) -> None:
    answer = solve_week(kitchen(limit("energy", "week_mean", 90_000)), {}, seed=0, seconds=20.0)
    assert isinstance(answer, NoWeek)
    assert answer.infeasible


def test_a_week_that_only_fractions_of_servings_make_is_not_called_impossible(kitchen, limit) -> None:
    # The week's mean can be met, no single day can: every day would need the same, and no whole portions make it.
    problem = kitchen(limit("energy", "day", 700.0, 700.001), limit("fibre", "day", 15.0, 15.0001))
    answer = solve_week(problem, {}, seed=0, seconds=5.0)
    assert isinstance(answer, NoWeek)
    assert not answer.infeasible
    assert answer.why


def test_the_same_seed_gives_the_same_week(kitchen, limit) -> None:
    problem = kitchen(limit("calcium", "week_mean", 330), limit("energy", "day", 620, 780))

    def served(seed: int) -> list[tuple[int, int, str, float]]:
        week = solve_week(problem, {}, seed=seed, seconds=20.0)
        assert isinstance(week, Week)
        return [(p.day, p.table, p.column.option.food, p.column.serving.grams) for p in week.placed]

    assert served(3) == served(3)
    assert served(3) != served(4)


def test_a_serving_that_fills_a_day_helps_no_other_day(kitchen, limit) -> None:
    # Fibre is in muesli alone, four times a week at most: enough for the week's sum, not for seven days.
    posed = kitchen(limit("fibre", "day", 6.0))
    rich = {food: {**amounts, "fibre": 0.4 if food == "muesli" else 0.0} for food, amounts in posed.amounts.items()}
    posed = replace(posed, amounts=rich)
    assert 4 * 60 * 0.4 > 7 * 6.0
    answer = solve_week(posed, {}, seed=0, seconds=20.0)
    assert isinstance(answer, NoWeek)
    assert answer.infeasible


def test_where_no_days_are_found_the_nutrients_in_the_way_are_named(kitchen, limit) -> None:
    # No whole portions make each day's energy so exact; fibre is within any day's reach.
    problem = kitchen(limit("energy", "day", 700.0, 700.001), limit("fibre", "day", 1.0))
    answer = solve_week(problem, {}, seed=0, seconds=5.0)
    assert isinstance(answer, NoWeek)
    assert answer.in_the_way == {"test/energy/day"}


def test_a_quick_search_tells_whether_there_is_a_week_and_looks_for_no_reason(kitchen, limit) -> None:
    assert isinstance(solve_week(kitchen(), {}, seed=0, seconds=20.0, quick=True), Week)
    none = kitchen(limit("energy", "day", 700.0, 700.001), limit("fibre", "day", 1.0))
    answer = solve_week(none, {}, seed=0, seconds=5.0, quick=True)
    assert isinstance(answer, NoWeek)
    assert not answer.in_the_way


def test_required_foods_stand_in_the_week_as_often_as_asked(kitchen) -> None:
    cheap = solve_week(kitchen(), {}, seed=0, seconds=20.0)
    asked = Count("rules/require[0]", frozenset({"kale", "spinach"}), "greens at least 5 times a week", least=5)
    week = solve_week(kitchen(counts=(asked,)), {}, seed=0, seconds=20.0)
    assert isinstance(cheap, Week)
    assert isinstance(week, Week)

    def greens(found: Week) -> int:
        return sum(p.column.option.food in asked.foods for p in found.placed)

    assert greens(cheap) < 5 <= greens(week)
