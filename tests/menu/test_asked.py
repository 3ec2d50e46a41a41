"""A rules file as what the menus count, keep out and like."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from boneplan.foods.table import FoodTable
from boneplan.menu.asked import bans, food_counts, kind_counts, liked_kinds, likings, pins
from boneplan.menu.patterns import Count, MealBook
from boneplan.rules.schema import Rules

MONDAY = dt.date(2026, 11, 23)


def rules(**parts: Any) -> Rules:
    return Rules.model_validate(parts)


def only_count(table: FoodTable, **parts: Any) -> Count:
    (count,) = food_counts(table, rules(**parts))
    return count


def test_what_is_required_a_week_is_a_least_of_servings(table: FoodTable) -> None:
    count = only_count(table, require=[{"food": "salmon", "per_week": 2}])
    assert (count.rule, count.least, count.most, count.each) == ("rules/require[0]", 2, None, "week")
    assert count.text == "salmon at least twice a week"
    assert all("salmon" in f"{table.foods.name[f]} {table.foods.description[f]}".casefold() for f in count.foods)
    assert count.least_a_week == 2


def test_a_category_is_told_by_its_name_also_where_its_number_is_given(table: FoodTable) -> None:
    assert only_count(table, limit=[{"category": 2402, "per_week": 3}]).text == "Fish at most 3 times a week"


def test_what_is_required_a_day_is_counted_on_each_and_at_its_meals(table: FoodTable) -> None:
    count = only_count(table, require=[{"food": "yogurt", "per_day": 1, "at": ["breakfast", "snack"]}])
    assert (count.least, count.each, count.meals) == (1, "day", ("breakfast", "snack"))
    assert count.text == "yogurt at least once a day at breakfast and snack"
    assert count.least_a_week == 7


@pytest.mark.parametrize(
    ("rule", "most", "each", "text"),
    [
        ({"food": "egg", "per_week": 3}, 3, "week", "egg at most 3 times a week"),
        ({"tag": "egg", "per_week": 0}, 0, "week", "egg at most 0 times a week"),
        ({"category": "Apples", "per_day": 1}, 1, "day", "Apples at most once a day"),
    ],
)
def test_what_is_limited_is_a_most(table: FoodTable, rule: dict[str, Any], most: int, each: str, text: str) -> None:
    count = only_count(table, limit=[rule])
    assert (count.rule, count.least, count.most, count.each, count.text) == ("rules/limit[0]", 0, most, each, text)
    assert count.foods


def test_a_weekday_is_pinned_in_every_week_and_a_date_in_its_own(table: FoodTable) -> None:
    asked = rules(pin=[{"food": "salmon", "on": ["friday", "2026-12-01"], "at": "dinner"}])
    first, second = (pins(table, asked, MONDAY + dt.timedelta(days=7 * week)) for week in (0, 1))
    assert [count.days for count in (*first, *second)] == [(4,), (1, 4)]
    assert [(count.least, count.each, count.meals) for count in first] == [(1, "day", ("dinner",))]
    assert first[0].text == "salmon at dinner on Friday and 2026-12-01"
    assert second[0].least_a_week == 2


def test_days_of_a_pin_are_counted_from_the_first_day_of_the_plan(table: FoodTable) -> None:
    asked = rules(pin=[{"food": "salmon", "on": ["monday"], "at": "dinner"}])
    (count,) = pins(table, asked, MONDAY - dt.timedelta(days=3))
    assert count.days == (3,)


def test_a_date_outside_the_week_pins_nothing(table: FoodTable) -> None:
    assert pins(table, rules(pin=[{"food": "salmon", "on": ["2026-12-24"], "at": "dinner"}]), MONDAY) == ()


def test_a_dish_that_is_reused_is_one_and_the_same(table: FoodTable) -> None:
    count = only_count(table, reuse=[{"food": "lentil soup", "times": 3, "at": ["lunch"]}])
    assert (count.rule, count.least, count.same, count.meals) == ("rules/reuse[0]", 3, True, ("lunch",))


def test_a_ban_keeps_foods_out_of_its_meals_or_of_all(table: FoodTable) -> None:
    breakfast, never = bans(table, rules(ban=[{"food": "cheese", "at": ["breakfast"]}, "spinach"]))
    assert (breakfast.rule, breakfast.meals) == ("rules/ban[0]", ("breakfast",))
    assert breakfast.text == "a ban on cheese at breakfast in the rules"
    assert (never.rule, set(never.meals)) == ("rules/ban[1]", {"breakfast", "lunch", "dinner", "snack"})
    assert any("spinach" in food for food in never.foods)


def test_kinds_of_meal_are_required_limited_and_banned(table: FoodTable, book: MealBook) -> None:
    asked = rules(
        require=[{"kind_of_meal": "breakfast/porridge_bowl", "per_day": 1}],
        limit=[{"kind_of_meal": "sandwich", "per_week": 1}],
        ban=[{"kind_of_meal": "salad", "at": ["dinner"]}],
    )
    assert (food_counts(table, asked), bans(table, asked)) == ((), [])
    required, limited, banned = kind_counts(book, asked)
    assert (required.kinds, required.least, required.each) == ({"breakfast/porridge_bowl"}, 1, "day")
    assert required.least_a_week == 7
    assert (limited.kinds, limited.most_a_week) == ({"lunch/sandwich"}, 1)
    assert (banned.rule, banned.most) == ("rules/ban[0]", 0)
    assert banned.kinds == {"dinner/plate_and_salad", "dinner/mixed_dish_and_salad"}


def test_what_is_preferred_costs_less_at_its_meals_and_rules_add_up(table: FoodTable) -> None:
    asked = rules(prefer=[{"food": "salmon", "at": ["dinner"], "weight": 1.5}, {"tag": "fish", "weight": -1}])
    found = likings(table, asked)
    salmon = next(food for food, meal in found if "salmon" in food and meal == "dinner" and found[food, meal] == 0.5)
    assert found[salmon, "lunch"] == -1
    assert all(-1 <= weight <= 1.5 for weight in found.values())


def test_a_preferred_kind_of_meal_costs_less(book: MealBook) -> None:
    liked = liked_kinds(book, rules(prefer=[{"kind_of_meal": "porridge", "weight": 2}]))
    assert {p.key: p.liking for p in liked.patterns if p.liking} == {"breakfast/porridge_bowl": 2}
    assert liked_kinds(book, rules(prefer=[{"food": "kefir"}])) is book


def test_nothing_asked_is_nothing_counted(table: FoodTable, book: MealBook) -> None:
    assert (food_counts(table, Rules()), pins(table, Rules(), MONDAY), kind_counts(book, Rules())) == ((), (), ())
    assert (bans(table, Rules()), likings(table, Rules())) == ([], {})
