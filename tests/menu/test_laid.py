"""A plan document read back as the model's tables: nothing is lost between what is printed and what is counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from boneplan.errors import InputError
from boneplan.menu.case import case_of
from boneplan.menu.cost import true_cost
from boneplan.menu.laid import laid
from boneplan.plan import Item, Plan

Planned = Callable[[str], Plan]


def with_first_meal(plan: Plan, **changes: object) -> Plan:
    """The plan with something else about its first meal."""
    changed = plan.model_copy(deep=True)
    for name, value in changes.items():
        setattr(changed.menu.days[0].meals[0], name, value)
    return changed


@pytest.mark.parametrize("name", ["mei", "ruth"])
def test_the_tables_of_a_plan_cost_what_the_plan_says(planned: Planned, name: str) -> None:
    plan = planned(name)
    week = laid(case_of(plan), plan)
    assert plan.menu.solve is not None
    assert true_cost(week.problem, week.tables, week.placed) == pytest.approx(plan.menu.solve.objective, abs=0.001)


def test_every_portion_stands_in_a_place_of_its_role_at_the_table_of_its_meal(planned: Planned) -> None:
    plan = planned("mei")
    week = laid(case_of(plan), plan)
    for day, tables in zip(plan.menu.days, week.tables, strict=True):
        for meal, table in zip(day.meals, tables, strict=True):
            assert table.pattern.key == meal.pattern
            stands = {(c.option.food, c.option.role, c.serving.grams) for c in table.servings()}
            assert stands == {(item.food, item.role, item.grams) for item in meal.items}
            assert all(place.column is not None for place in table.places if place.needed)
    assert len(week.placed) == sum(len(meal.items) for day in plan.menu.days for meal in day.meals)


def test_a_portion_that_no_option_has_is_added_to_its_option(planned: Planned) -> None:
    plan = planned("mei").model_copy(deep=True)
    case = case_of(plan)
    item = next(item for meal in plan.menu.days[0].meals for item in meal.items if item.measure == "1 cup")
    item.grams, item.measure = 10 * item.grams, "10 cups"
    week = laid(case, plan)
    (placed,) = [p for p in week.placed if p.column.serving.measure.text_of(p.column.serving.steps) == "10 cups"]
    assert (placed.column.option.food, placed.column.serving.grams) == (item.food, pytest.approx(item.grams))
    usual = [o for o in case.problem().options if (o.food, o.role) == (item.food, placed.column.option.role)]
    assert placed.column.serving.cost > max(serving.cost for serving in usual[0].servings)
    assert placed.column.serving in next(o for o in week.problem.options if o == placed.column.option).servings


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pattern": ""}, "older version"),
        ({"pattern": "breakfast/feast"}, "no kind of meal"),
    ],
)
def test_a_plan_that_does_not_say_what_a_meal_is_asks_to_plan_again(
    planned: Planned, changes: dict[str, object], said: str
) -> None:
    plan = with_first_meal(planned("mei"), **changes)
    with pytest.raises(InputError, match=f"{said}.*plan again"):
        laid(case_of(plan), plan)


def test_a_food_without_a_role_and_one_that_is_not_offered_ask_to_plan_again(planned: Planned) -> None:
    plan = planned("mei")
    first = plan.menu.days[0].meals[0]

    def of(item: Item) -> Plan:
        return with_first_meal(plan, items=[item, *first.items[1:]])

    with pytest.raises(InputError, match="older version"):
        laid(case_of(plan), of(first.items[0].model_copy(update={"role": ""})))
    with pytest.raises(InputError, match="not offered there any more"):
        laid(case_of(plan), of(first.items[0].model_copy(update={"food": "no-such-food"})))
    with pytest.raises(InputError, match="no measure of"):
        laid(case_of(plan), of(first.items[0].model_copy(update={"measure": "a bucket"})))


def test_there_is_no_week_beyond_the_last(planned: Planned) -> None:
    with pytest.raises(InputError, match="no menus of week 2"):
        laid(case_of(planned("mei")), planned("mei"), 1)
