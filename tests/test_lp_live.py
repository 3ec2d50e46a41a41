"""A problem held live: after every change the answer is the one that a problem made anew would give."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boneplan.lp import Model
from boneplan.lp_live import Live

# Food: USD, calcium in mg and energy in kcal of a serving.
FOODS = {"milk": (0.30, 300, 120), "kale": (0.50, 180, 40), "bread": (0.15, 30, 90), "cheese": (0.45, 200, 110)}


def diet(calcium: float = 1000, energy: float = 900) -> tuple[Model, dict[str, Any]]:
    """Servings at least cost, up to five of each food: so much calcium at least, so much energy at most."""
    model = Model("diet")
    served = {food: model.variable(0, 5, cost=usd) for food, (usd, _, _) in FOODS.items()}
    model.row("calcium", [(served[food], facts[1]) for food, facts in FOODS.items()], low=calcium)
    model.row("energy", [(served[food], facts[2]) for food, facts in FOODS.items()], high=energy)
    model.solve(relaxed=True)
    return model, served


def cost(model: Model) -> float:
    """The least cost of the problem, solved from the beginning."""
    objective = model.solve(relaxed=True).objective
    assert objective is not None
    return objective


def test_a_bound_moved_in_place_gives_the_diet_that_a_fresh_problem_gives() -> None:
    model, served = diet(1000)
    live = Live(model)
    live.set_row(0, low=1700)
    moved = live.solve()
    assert (moved.outcome, moved.bound) == ("optimal", moved.objective)
    assert moved.objective == pytest.approx(cost(diet(1700)[0]))
    assert live.level(0) == pytest.approx(1700)
    eaten = live.values(list(served.values()))
    assert sum(usd * n for (usd, _, _), n in zip(FOODS.values(), eaten, strict=True)) == pytest.approx(
        moved.objective
    )
    assert live.value(served["milk"]) == eaten[0]


def test_the_model_itself_stays_as_it_was_built() -> None:
    model, _ = diet(1000)
    live = Live(model)
    live.set_row(0, low=1700)
    live.row("more", [(live.variable(0, 1), 1.0)], low=1)
    live.solve()
    assert model.rows == ["calcium", "energy"]
    assert cost(model) == pytest.approx(cost(diet(1000)[0]))


def test_what_is_made_impossible_in_place_names_its_conflict_and_recovers() -> None:
    model, _ = diet()
    first = cost(model)
    live = Live(model)
    live.set_row(1, high=200)
    assert (live.solve().outcome, live.solve().bound) == ("infeasible", None)
    assert sorted(live.irreducible_conflict()) == ["calcium", "energy"]
    live.set_row(1, high=900)
    assert live.solve().objective == pytest.approx(first)


def test_a_row_added_in_place_costs_its_dual_and_nothing_once_it_is_freed() -> None:
    model, served = diet()
    live = Live(model)
    first = live.solve().objective
    assert first is not None
    # A variable that comes twice counts twice.
    live.row("bread", [(served["bread"], 0.5), (served["bread"], 0.5)], low=1)
    (row,) = live.numbers("bread")
    with_bread = live.solve()
    assert live.limits(row) == (1.0, float("inf"))
    assert live.value(served["bread"]) == pytest.approx(1)
    assert with_bread.objective == pytest.approx(first + live.dual(row))
    live.set_row(row)
    assert live.solve().objective == pytest.approx(first)


def test_a_food_added_in_place_is_taken_where_it_pays_and_in_whole_packages_where_asked() -> None:
    model, _ = diet()
    live = Live(model)
    tablet = live.variable(0, 2, cost=0.01)
    live.row("calcium", [(tablet, 900.0)], low=0)
    live.row("tablets", [(tablet, 1.0)], low=0.5)
    assert live.solve().outcome == "optimal"
    assert live.value(tablet) == pytest.approx(0.5)
    packages = live.variable(0, 9, integer=True, cost=1.0)
    live.row("packages", [(packages, 2.0)], low=3)
    assert live.solve(relaxed=True).found
    assert live.value(packages) == pytest.approx(1.5)
    whole = live.solve()
    assert live.value(packages) == pytest.approx(2)
    assert whole.bound == pytest.approx(whole.objective)


def test_a_two_sided_row_added_in_place_is_two_rows_and_an_equality_is_one() -> None:
    model, served = diet()
    live = Live(model)
    live.row("bread", [(served["bread"], 1.0)], low=1, high=2)
    live.row("kale", [(served["kale"], 1.0)], low=1, high=1)
    live.row("nothing", [(served["kale"], 1.0)])
    assert live.rows == ["calcium", "energy", "bread", "bread", "kale"]
    live.solve()
    assert live.values([served["bread"], served["kale"]]) == pytest.approx([1, 1])


def test_the_reduced_cost_is_what_the_first_serving_of_an_unwanted_food_adds() -> None:
    model, served = diet()
    live = Live(model)
    first = live.solve().objective
    assert first is not None
    (priced,) = live.reduced_costs([served["bread"]])
    assert priced > 0
    live.set_variable(served["bread"], 1, 5)
    assert live.solve().objective == pytest.approx(first + priced)


def test_a_cost_changed_in_place_changes_what_is_wanted() -> None:
    model, served = diet()
    live = Live(model)
    assert live.value(served["kale"]) == pytest.approx(0)
    live.set_cost(served["kale"], 0)
    live.solve()
    assert live.value(served["kale"]) == pytest.approx(5)


def test_a_two_sided_bound_is_two_rows_of_one_name() -> None:
    model = Model("sides")
    x = model.variable(0, 9, cost=1.0)
    model.row("calcium", [(x, 1)], low=3, high=5)
    model.solve(relaxed=True)
    live = Live(model)
    assert live.numbers("calcium") == [0, 1]
    assert [live.limits(row) for row in live.numbers("calcium")] == [(3, float("inf")), (-float("inf"), 5)]
    assert live.numbers("iron") == []


def test_a_variable_that_no_row_holds_takes_nobodys_place() -> None:
    model = Model("idle")
    model.variable(0, 1)
    wanted = model.variable(0, 5, cost=1.0)
    model.row("some", [(wanted, 2.0)], low=4.0)
    model.solve(relaxed=True)
    assert Live(model).values([wanted]) == [2.0]


def test_no_time_at_all_is_told_as_such_and_the_next_solve_has_its_own_time() -> None:
    model, _ = diet()
    live = Live(model)
    live.set_row(0, low=1700)
    assert live.solve(seconds=0.0).outcome in ("unknown", "optimal", "feasible")
    assert live.solve(seconds=60.0).objective == pytest.approx(cost(diet(1700)[0]))


def sack(seed: int, sides: list[float]) -> Model:
    """A sack of 20 things, each worth something, with as many sides as shares of the things' weight."""
    chance = random.Random(seed)
    model = Model("sack")
    taken = [model.variable(0, 1, cost=-chance.randint(10, 60)) for _ in range(20)]
    for number, share in enumerate(sides):
        weights = [chance.randint(5, 60) for _ in taken]
        model.row(f"side {number}", zip(taken, weights, strict=True), high=sum(weights) * share)
    return model


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    moves=st.lists(st.tuples(st.integers(0, 4), st.floats(-0.1, 0.9)), min_size=1, max_size=6),
)
def test_solving_on_agrees_with_solving_anew_after_every_change(seed: int, moves: list[tuple[int, float]]) -> None:
    sides = [0.4] * 5
    model = sack(seed, sides)
    model.solve(relaxed=True)
    live = Live(model)
    weights = [live.limits(row)[1] / 0.4 for row in range(5)]
    for side, share in moves:
        sides[side] = share
        live.set_row(side, high=weights[side] * share)
        on, anew = live.solve(), sack(seed, sides).solve(relaxed=True)
        assert on.found == anew.found
        if anew.objective is not None:
            assert on.objective == pytest.approx(anew.objective, abs=1e-6)
