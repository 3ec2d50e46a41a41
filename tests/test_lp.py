"""The LP layer: published problems give their published answers, and every answer is honest about what it is."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boneplan.lp import Model, solver_name, value

REFERENCE = Path(__file__).parent / "lp_reference"
VITAMINS = ("A", "C", "B1", "B2")


def read(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def stigler() -> tuple[Model, dict[str, Any]]:
    """Dollars a day spent on each food; every dollar costs a dollar."""
    foods = read("stigler_1939.csv")
    model = Model("stigler")
    spent = {row["commodity"]: model.variable(cost=1.0) for row in foods}
    for row in read("stigler_1939_requirements.csv"):
        nutrient = row["nutrient"]
        terms = [(spent[food["commodity"]], float(food[f"{nutrient} per dollar"])) for food in foods]
        model.row(nutrient, terms, low=float(row["daily_minimum"]))
    return model, spent


def ampl(
    bounds: Mapping[str, tuple[float | None, float | None]],
    packages: tuple[float, float] = (0, 100),
    *,
    integer: bool = False,
) -> tuple[Model, dict[str, Any]]:
    """Packages of each ready meal at least cost, every nutrient within `bounds`."""
    foods = read("ampl_diet.csv")
    model = Model("diet")
    bought = {row["food"]: model.variable(*packages, integer=integer, cost=float(row["cost"])) for row in foods}
    for nutrient, (low, high) in bounds.items():
        terms = [(bought[row["food"]], float(row[nutrient])) for row in foods]
        model.row(nutrient, terms, low=low, high=high)
    return model, bought


def week(most_sodium: float) -> dict[str, tuple[float | None, float | None]]:
    """The book's second diet problem: a week of vitamins, sodium and energy."""
    return dict.fromkeys(VITAMINS, (700, 20_000)) | {"NA": (0, most_sodium), "CAL": (16_000, 24_000)}


def knapsack(seed: int, items: int = 30, rows: int = 8, *, integer: bool = True) -> Model:
    """A many-sided knapsack that one node does not settle, though the empty sack is always an answer."""
    chance = random.Random(seed)
    model = Model("sack")
    taken = [model.variable(0, 1, integer=integer, cost=-chance.randint(10, 60)) for _ in range(items)]
    for number in range(rows):
        weights = [chance.randint(5, 60) for _ in taken]
        model.row(f"side {number}", zip(taken, weights, strict=True), high=sum(weights) / 3)
    return model


def test_stiglers_diet_costs_39_66_dollars_a_year() -> None:
    model, spent = stigler()
    solution = model.solve()
    assert solution.outcome == "optimal"
    assert solution.objective == pytest.approx(0.1086622782, abs=1e-10)
    assert solution.objective * 365 == pytest.approx(39.66, abs=0.005)
    assert {food for food, dollars in spent.items() if value(dollars) > 1e-9} == {
        "Wheat Flour (Enriched)",
        "Liver (Beef)",
        "Cabbage",
        "Spinach",
        "Navy Beans, Dried",
    }


def test_stiglers_diet_is_the_sum_of_its_duals() -> None:
    # Strong duality: what each requirement costs at the margin adds up to the whole diet.
    model, _ = stigler()
    solution = model.solve()
    needs = [float(row["daily_minimum"]) for row in read("stigler_1939_requirements.csv")]
    priced = sum(need * dual for need, (_, dual) in zip(needs, model.duals(), strict=True))
    assert priced == pytest.approx(solution.objective)


def test_the_ampl_diet_costs_88_20() -> None:
    model, bought = ampl(dict.fromkeys(VITAMINS, (700, 10_000)))
    solution = model.solve()
    assert (solution.outcome, solution.bound) == ("optimal", solution.objective)
    assert solution.objective == pytest.approx(88.2)
    assert value(bought["MCH"]) == pytest.approx(46 + 2 / 3)


def test_the_second_ampl_diet_in_parts_of_packages_and_in_whole_ones() -> None:
    parts, _ = ampl(week(50_000), (2, 10))
    whole, bought = ampl(week(50_000), (2, 10), integer=True)
    assert parts.solve().objective == pytest.approx(118.0594032)
    solution = whole.solve()
    assert solution.objective == pytest.approx(119.30)
    assert solution.bound == pytest.approx(119.30)
    packages = {"BEEF": 9, "CHK": 2, "FISH": 2, "HAM": 8, "MCH": 10, "MTL": 10, "SPG": 7, "TUR": 2}
    assert {food: round(value(n), 6) for food, n in bought.items()} == packages


def test_with_less_sodium_the_second_ampl_diet_is_infeasible_and_the_conflict_is_named() -> None:
    for integer in (False, True):
        model, _ = ampl(week(40_000), (2, 10), integer=integer)
        solution = model.solve()
        assert (solution.outcome, solution.found, solution.objective) == ("infeasible", False, None)
        assert sorted(model.irreducible_conflict()) == ["B2", "NA"]


def test_without_any_one_of_a_conflict_there_is_a_diet() -> None:
    bounds = week(40_000)
    model, _ = ampl(bounds, (2, 10))
    model.solve()
    for name in model.irreducible_conflict():
        rest = {nutrient: sides for nutrient, sides in bounds.items() if nutrient != name}
        assert ampl(rest, (2, 10))[0].solve().found


def test_a_conflict_that_only_whole_numbers_make_has_no_rows() -> None:
    model = Model("half")
    packages = model.variable(0, 4, integer=True)
    model.row("an odd number from pairs", [(packages, 2)], low=1, high=1)
    assert model.solve().outcome == "infeasible"
    assert model.irreducible_conflict() == []


@pytest.mark.parametrize("nutrient", ["C", "B1"])
def test_a_dual_tells_what_moving_the_bound_costs(nutrient: str) -> None:
    bounds = dict.fromkeys(VITAMINS, (700.0, None)) | {"B1": (900.0, None)}
    model, _ = ampl(bounds, (1, 20))
    before = model.solve()
    duals = dict(model.duals())
    low = bounds[nutrient][0]
    assert low is not None
    after = ampl(bounds | {nutrient: (low + 1, None)}, (1, 20))[0].solve()
    assert before.objective is not None
    assert after.objective == pytest.approx(before.objective + duals[nutrient], abs=1e-9)


def test_the_dual_of_a_maximum_is_negative_and_of_a_row_that_does_not_bind_zero() -> None:
    model, _ = ampl(week(50_000) | {"NA": (None, 50_000)}, (2, 10))
    before = model.solve().objective
    duals = dict(model.duals())
    tighter = ampl(week(50_000) | {"NA": (None, 49_990)}, (2, 10))[0].solve().objective
    assert before is not None
    assert duals["NA"] < 0
    assert tighter == pytest.approx(before - 10 * duals["NA"])
    assert duals["C"] == pytest.approx(0)


def test_reduced_cost_tells_what_a_food_that_is_not_bought_would_cost() -> None:
    model, spent = stigler()
    model.solve()
    assert min(float(dollars.dj) for dollars in spent.values()) >= -1e-9
    assert float(spent["Spinach"].dj) == pytest.approx(0)
    assert float(spent["Coffee"].dj) > 0.5


def test_a_two_sided_row_is_two_rows_of_one_name_and_an_equality_is_one() -> None:
    model = Model("rows")
    x = model.variable(cost=1.0)
    model.row("calcium", [(x, 1)], low=3, high=5)
    model.row("meals", [(x, 2)], low=8, high=8)
    model.row("energy", [(x, 1)], high=9)
    model.row("nothing", [(x, 1)])
    assert model.rows == ["calcium", "calcium", "meals", "energy"]
    assert model.solve().objective == pytest.approx(4)
    assert [name for name, _ in model.duals()] == model.rows
    assert dict(model.duals())["meals"] == pytest.approx(0.5)


def test_the_side_of_a_two_sided_row_that_binds_has_the_dual() -> None:
    for cost, objective, duals in ((1, 3, [1, 0]), (-1, -5, [0, -1])):
        model = Model("sides")
        x = model.variable(None, None, cost=cost)
        model.row("calcium", [(x, 1)], low=3, high=5)
        assert model.solve().objective == pytest.approx(objective)
        assert [dual for _, dual in model.duals()] == pytest.approx(duals)


def test_any_text_names_a_row() -> None:
    model = Model("names")
    x = model.variable(0, 1, cost=1.0)
    names = ["variety/milk, 2 % fat", "diet/dislike/Zoë's “pie”", "variety/milk, 2 % fat", ""]
    for name in names:
        model.row(name, [(x, 1)], high=0.5)
    model.row("most of it", [(x, 1)], low=0.75)
    assert model.solve().outcome == "infeasible"
    assert "most of it" in model.irreducible_conflict()
    assert model.rows == [*names, "most of it"]


def test_a_variable_that_comes_twice_in_a_row_counts_twice() -> None:
    model = Model("twice")
    x, y = model.variable(cost=1.0), model.variable(cost=1.0)
    model.row("both", [(x, 1), (y, 0.5), (x, 3)], low=8)
    assert model.solve().objective == pytest.approx(2)


def test_what_cancels_out_leaves_an_empty_row_that_still_must_hold() -> None:
    model = Model("empty")
    x = model.variable(0, 4, cost=-1.0)
    model.row("no food at all", [], high=2)
    model.row("cancelled", [(x, 1), (x, -1)], low=0, high=0)
    assert model.solve().objective == pytest.approx(-4)
    model.row("needed", [(x, 1), (x, -1)], low=1)
    assert model.solve().outcome == "infeasible"
    assert model.irreducible_conflict() == ["needed"]


def test_a_problem_can_be_solved_again_after_a_bound_has_moved() -> None:
    model = Model("again")
    x, slack = model.variable(0, 4, cost=1.0), model.variable(cost=10.0)
    model.row("need", [(x, 1), (slack, 1)], low=5)
    assert model.solve().objective == pytest.approx(14)
    slack.upBound = 0
    assert model.solve().outcome == "infeasible"
    assert model.irreducible_conflict() == ["need"]
    slack.upBound = 3
    assert model.solve().objective == pytest.approx(14)


def test_a_search_that_its_node_limit_ends_says_how_far_it_may_be_from_the_best() -> None:
    stopped = knapsack(7, 40, 12).solve(options={"mip_max_nodes": 1, "mip_heuristic_effort": 0.0})
    best = knapsack(7, 40, 12).solve()
    assert best.outcome == "optimal"
    assert stopped.outcome == "feasible"
    assert stopped.found
    assert best.objective is not None
    assert stopped.bound is not None
    assert stopped.objective is not None
    assert stopped.bound <= best.objective + 1e-6
    assert best.objective <= stopped.objective + 1e-6
    assert stopped.bound < stopped.objective - 1e-6


def test_the_variables_of_a_stopped_search_hold_the_solution_it_reports() -> None:
    model = knapsack(3, 40, 12)
    solution = model.solve(options={"mip_max_nodes": 1, "mip_heuristic_effort": 0.0})
    assert solution.outcome == "feasible"
    again = sum(value(variable) * cost for variable, cost in model._objective)
    assert again == pytest.approx(solution.objective)


def test_a_search_without_time_knows_nothing() -> None:
    solution = knapsack(5, items=60, rows=20).solve(seconds=0.0)
    assert solution.outcome in ("unknown", "feasible")
    assert solution.found == (solution.objective is not None)


def test_an_unknown_outcome_is_no_answer() -> None:
    # Without a feasible point, and stopped before the first simplex iteration.
    model, _ = ampl(week(50_000), (2, 10))
    solution = model.solve(options={"simplex_iteration_limit": 0, "presolve": "off"})
    assert (solution.outcome, solution.found) == ("unknown", False)
    assert solution.objective is None


def test_a_cost_without_end_is_no_optimum_and_bounds_nothing() -> None:
    model = Model("endless")
    x = model.variable(0, cost=-1.0)
    model.row("need", [(x, 1)], low=1)
    solution = model.solve()
    assert solution.outcome != "optimal"
    assert solution.bound is None


def test_where_there_is_no_solution_there_is_no_bound() -> None:
    for integer in (False, True):
        model = Model("nothing")
        x = model.variable(0, 4, integer=integer, cost=1.0)
        model.row("need", [(x, 1)], low=5)
        assert model.solve().bound is None


def test_the_same_seed_gives_the_same_solution() -> None:
    def taken(seed: int) -> list[float]:
        model = knapsack(11)
        model.solve(seed=seed, options={"mip_max_nodes": 3})
        return [value(variable) for variable, _ in model._objective]

    assert taken(4) == taken(4)


def test_the_solver_is_named_with_its_version() -> None:
    name, version = solver_name().split()
    assert name == "HiGHS"
    assert all(part.isdigit() for part in version.split("."))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_the_relaxation_is_never_dearer_than_whole_numbers(seed: int) -> None:
    relaxed = knapsack(seed, items=12, rows=3).solve(relaxed=True)
    whole = knapsack(seed, items=12, rows=3).solve()
    continuous = knapsack(seed, items=12, rows=3, integer=False).solve()
    assert relaxed.objective is not None
    assert whole.objective is not None
    assert relaxed.objective <= whole.objective + 1e-6
    assert relaxed.objective == pytest.approx(continuous.objective)
    assert relaxed.bound == relaxed.objective


Rows = Sequence[tuple[list[int], int]]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(st.integers(-5, 5), min_size=3, max_size=3), st.integers(-10, 30)), min_size=2, max_size=6
    )
)
def test_a_conflict_is_one_and_every_part_of_it_is_needed(rows: Rows) -> None:
    def solved(chosen: Sequence[int]) -> Model | None:
        """The problem of those rows where it has no solution."""
        model = Model("any")
        amounts = [model.variable(0, 3) for _ in range(3)]
        for number in chosen:
            coefficients, low = rows[number]
            model.row(str(number), zip(amounts, coefficients, strict=True), low=low)
        return None if model.solve().found else model

    infeasible = solved(range(len(rows)))
    if infeasible is None:
        return
    conflict = [int(name) for name in infeasible.irreducible_conflict()]
    assert conflict
    assert solved(conflict) is not None
    for member in conflict:
        assert solved([number for number in conflict if number != member]) is None
