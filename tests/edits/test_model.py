"""A few meals chosen anew: all rules of the week hold with what stays, and rules that clash are named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from boneplan.edits.model import EditModel, Filled, Free
from boneplan.edits.opening import Opening, opened, place
from boneplan.edits.portion import read_portion
from boneplan.edits.search import conflict_rules, fill
from boneplan.edits.steps import locked, other_meal, with_food
from boneplan.errors import InputError
from boneplan.foods.table import load_foods
from boneplan.menu.case import MenuCase, case_of
from boneplan.menu.laid import Laid
from boneplan.plan import Plan

Planned = Callable[[str], Plan]


@pytest.fixture(scope="module")
def plan(planned: Planned) -> Plan:
    return planned("mei")


@pytest.fixture(scope="module")
def case(plan: Plan) -> MenuCase:
    return case_of(plan)


def filled(case: MenuCase, plan: Plan, opening: Opening) -> tuple[Laid, Filled]:
    """The week with the meal open, and the meal chosen for it."""
    laid, free = opened(case, plan, [opening])
    (chosen,) = fill(laid, free, case.pairs, seconds=60)
    return laid, chosen


def test_a_free_meal_is_one_kind_of_meal_with_its_roles(case: MenuCase, plan: Plan) -> None:
    _, meal = filled(case, plan, Opening(0, 1))
    assert meal.pattern.meal == plan.menu.days[0].meals[1].meal
    for role, (least, most) in meal.pattern.foods.items():
        assert least <= sum(column.option.role == role for column in meal.columns) <= most
    assert len({column.option.twin for column in meal.columns}) == len(meal.columns)


def test_a_free_meal_keeps_every_hard_bound_with_what_stays(case: MenuCase, plan: Plan) -> None:
    laid, meal = filled(case, plan, Opening(3, 2))
    week = [*((p.day, p.column) for p in laid.placed), *((3, column) for column in meal.columns)]
    for bound in laid.problem.bounds:
        if not bound.hard or bound.period == "meal":
            continue
        days = [sum(c.amounts[bound.nutrient] for d, c in week if d == day) for day in range(7)]
        for amount in days if bound.period == "day" else [sum(days) / 7]:
            assert amount <= (bound.high or float("inf")) + 1e-6, bound.rule
            if bound.low and bound.nutrient != "calcium":  # calcium counts table by table
                assert amount >= bound.low - 1e-6, bound.rule


def test_a_place_alone_can_be_open(case: MenuCase, plan: Plan) -> None:
    stands = plan.menu.days[1].meals[0]
    gone, *rest = stands.items
    stays = frozenset(item.food for item in rest)
    opening = Opening(1, 0, stays=stays, same_kind=True, roles=frozenset({gone.role}))
    _, meal = filled(case, plan, opening)
    assert meal.pattern.key == stands.pattern
    assert stays <= {column.option.food for column in meal.columns}


def test_portions_alone_can_be_open(case: MenuCase, plan: Plan) -> None:
    stands = plan.menu.days[2].meals[1]
    foods = frozenset(item.food for item in stands.items)
    laid, free = opened(case, plan, [Opening(2, 1, same_kind=True, roles=frozenset(), portions=foods)])
    assert {column.option.food for column in free[0].columns} == foods
    (meal,) = fill(laid, free, case.pairs, seconds=60)
    assert {column.option.food for column in meal.columns} <= foods


def test_another_meal_has_none_of_what_the_first_was_made_of(case: MenuCase, plan: Plan) -> None:
    at = Opening(4, len(plan.menu.days[4].meals) - 1)
    (step, *_) = other_meal(case, plan, at)
    main = plan.menu.days[4].meals[at.meal].items[0].food
    assert main in step.openings[0].without
    laid, free = opened(case, plan, step.openings)
    (meal,) = fill(laid, free, case.pairs, seconds=60)
    assert step.openings[0].without.isdisjoint(column.option.food for column in meal.columns)


def test_a_food_that_is_asked_for_takes_the_place_of_one_of_its_role_first(case: MenuCase, plan: Plan) -> None:
    at = Opening(0, 0)
    foods = frozenset(o.food for o in case.problem().options if o.meal == plan.menu.days[0].meals[0].meal)
    steps = with_food(case, plan, at, foods, day=True)
    assert [step.freed for step in steps][-1] == "the meals of that day"
    assert all(step.openings[0].asked == foods for step in steps)


def test_what_cannot_be_is_told_by_rules_any_one_of_which_left_out_would_do(case: MenuCase, plan: Plan) -> None:
    laid, free = opened(case, plan, [Opening(0, 1)])
    energy = next(b for b in laid.problem.bounds if b.nutrient == "energy" and b.period == "day" and b.high)
    bounds = [
        *laid.problem.bounds,
        replace(energy, rule="test/least", low=5000.0, high=None, aim=5000.0),
    ]
    tight = replace(laid, problem=replace(laid.problem, bounds=bounds))
    rules = conflict_rules(tight, free)
    assert "test/least" in rules
    for rule in rules:
        rest = [bound for bound in bounds if bound.rule != rule]
        eased = replace(laid, problem=replace(laid.problem, bounds=rest))
        assert EditModel(eased, free, None).model.solve().found, rule


def test_no_kind_of_meal_is_no_meal_and_no_rule(case: MenuCase, plan: Plan) -> None:
    laid, (free,) = opened(case, plan, [Opening(0, 1)])
    none = [Free(free.day, free.table, free.meal, [], [])]
    assert fill(laid, none, case.pairs, seconds=60) == []
    assert conflict_rules(laid, none) == []


def test_what_is_locked_stands_in_every_step(case: MenuCase, plan: Plan) -> None:
    changed = plan.model_copy(deep=True)
    item = changed.menu.days[0].meals[1].items[0]
    item.locked = True
    assert locked(changed.menu.days[0].meals[1]) == {item.food}
    for step in (
        *other_meal(case, changed, Opening(0, 1)),
        *with_food(case, changed, Opening(0, 1), frozenset({item.food}), day=False),
    ):
        assert item.food in step.openings[0].stays
        assert item.food not in step.openings[0].without


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("1 cup", 244),
        ("½ cup", 122),
        ("1 ½ cups", 366),
        ("1.5 cups", 366),
        ("3/4 cup", 183),
        ("240 g", 244),
        ("240", 244),
    ],
)
def test_a_portion_is_read_in_the_food_s_own_measures(text: str, grams: float) -> None:
    portion = read_portion(text, ["milk-whole"], load_foods())
    measure, steps = portion.servings["milk-whole"]
    assert measure.grams_of(steps) == pytest.approx(grams, abs=1)


@pytest.mark.parametrize("text", ["", "0 g", "-1 cup", "1/0 cup", "two cups", "1 barrel", "1e9 g", "cup"])
def test_what_is_no_portion_says_how_to_write_one(text: str) -> None:
    with pytest.raises(InputError, match=r"--portion: .*(write it as|give grams)"):
        read_portion(text, ["milk-whole"], load_foods())


def test_a_meal_that_the_plan_lacks_is_told_with_those_it_has(plan: Plan) -> None:
    import datetime as dt

    with pytest.raises(InputError, match="is not in the plan"):
        place(plan, dt.date(2020, 1, 1), "lunch")
