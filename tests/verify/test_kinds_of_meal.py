"""Menus are meals: of a kind that people eat, with foods that have their part in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from boneplan.data import data_folder
from boneplan.errors import Fault
from boneplan.verify.meal_patterns import MealPatterns, Pattern, Role, read_meal_patterns

PATTERNS = MealPatterns(
    roles={
        "milk": Role(frozenset({1004}), unless="goat", most_grams=250),
        "bread": Role(frozenset({4202}), match="bread|roll", least_grams=50),
        "course": Role(frozenset({3002, 2202, 9999})),
        "fruit": Role(frozenset({6009})),
    },
    patterns={
        "breakfast/bread_and_milk": Pattern(
            "breakfast", "Bread and milk", {"milk": (1, 1), "bread": (1, 1), "fruit": (0, 1)}
        ),
        "lunch/courses": Pattern("lunch", "Courses", {"course": (1, 3)}),
        "dinner/courses": Pattern("dinner", "Courses", {"course": (1, 3)}),
        "snack/something": Pattern("snack", "Something", {"course": (1, 1)}),
    },
)


@pytest.fixture
def meals(world: Any) -> Any:
    """A world in which every meal is of a kind, and every food has its role there."""
    world.tables = replace(world.tables, meal_patterns=PATTERNS)
    kinds = {pattern.meal: (key, pattern.title) for key, pattern in PATTERNS.patterns.items()}
    for day in world.days:
        for meal in day["meals"]:
            meal["pattern"], meal["title"] = kinds[meal["meal"]]
            for item in meal["items"]:
                kind = item["food"].partition("-")[0]
                item["role"] = kind if kind in PATTERNS.roles else "course"
    assert world.rules() == set()
    return world


def breakfast(world: Any) -> dict[str, Any]:
    found: dict[str, Any] = world.days[0]["meals"][0]
    return found


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"pattern": "breakfast/feast"}, "'breakfast/feast' is no kind of meal"),
        ({"pattern": ""}, "'' is no kind of meal"),
        ({"title": "Milk and bread"}, "breakfast/bread_and_milk is 'Bread and milk', not 'Milk and bread'"),
    ],
)
def test_a_meal_is_of_a_kind_that_there_is(meals: Any, fields: dict[str, str], says: str) -> None:
    breakfast(meals).update(fields)
    assert [breach.text for breach in meals.breaches()] == [says]


def test_a_kind_of_meal_belongs_to_its_meal(meals: Any) -> None:
    meals.days[0]["meals"][1]["pattern"] = "dinner/courses"
    (breach,) = meals.breaches()
    assert (breach.rule, breach.where) == ("verify/kind-of-meal", "2026-11-23 lunch")
    assert breach.text == "dinner/courses is a kind of dinner"


def test_a_meal_holds_as_many_foods_of_a_role_as_its_kind_says(meals: Any) -> None:
    milk, bread, fruit = breakfast(meals)["items"]
    # Fruit may be left out, bread may not.
    breakfast(meals)["items"] = [milk, bread]
    assert "verify/kind-of-meal" not in meals.rules()
    breakfast(meals)["items"] = [milk, fruit]
    said = {breach.text for breach in meals.breaches() if breach.rule == "verify/kind-of-meal"}
    assert said == {"0 of bread, breakfast/bread_and_milk has 1"}
    breakfast(meals)["items"] = [milk, bread, fruit, {**fruit, "food": "fruit-1", "fndds_code": 60000001}]
    said = {breach.text for breach in meals.breaches() if breach.rule == "verify/kind-of-meal"}
    assert said == {"2 of fruit, breakfast/bread_and_milk has 0 to 1"}


@pytest.mark.parametrize("role", ["course", "garnish", ""])
def test_a_food_without_a_part_in_its_kind_of_meal_is_a_breach(meals: Any, role: str) -> None:
    breakfast(meals)["items"][2]["role"] = role
    said = {breach.text for breach in meals.breaches() if breach.rule == "verify/kind-of-meal"}
    assert said == {f"{role!r} is no part of breakfast/bread_and_milk"}


@pytest.mark.parametrize(
    "fields",
    [{"category": 9999}, {"description": "Loaf"}],
)
def test_bread_is_bread_by_its_category_and_its_name(meals: Any, fields: dict[str, Any]) -> None:
    meals.change_food("bread", **fields)
    assert "verify/role" in meals.rules()


def test_a_word_that_the_role_leaves_out_is_a_breach(meals: Any) -> None:
    meals.change_food("milk", description="Milk of a Goat")
    assert meals.rules() == {"verify/role"}


@pytest.mark.parametrize(("food", "grams", "measure"), [("milk", 305.0, "1 ¼ cups"), ("bread", 28.0, "1 slice")])
def test_a_portion_is_as_large_as_its_role_asks(meals: Any, food: str, grams: float, measure: str) -> None:
    meals.items(food)[0].update(grams=grams, measure=measure)
    assert {b.where for b in meals.breaches() if b.rule == "verify/role"} == {
        f"2026-11-23 breakfast, {food.capitalize()}"
    }


def test_the_rules_know_kinds_of_meal_by_their_names(meals: Any) -> None:
    meals.document["rules"] = {
        "limit": [{"kind_of_meal": "courses", "per_week": 14}],
        "ban": [{"kind_of_meal": "soup"}],
    }
    assert meals.rules() == set()
    meals.document["rules"]["limit"][0].update(per_week=6, at=["lunch"])
    assert meals.rules() == {"rules/limit[0]"}


def test_plans_that_name_no_kinds_of_meal_are_older_and_hold(meals: Any) -> None:
    for day in meals.days:
        for meal in day["meals"]:
            del meal["pattern"], meal["title"]
            for item in meal["items"]:
                del item["role"]
    assert meals.rules() == set()
    breakfast(meals)["items"][0]["role"] = "milk"  # it knows of roles, so it cannot be an older one
    assert meals.rules() == {"verify/kind-of-meal"}


def test_the_shipped_kinds_of_meal_are_read() -> None:
    found = read_meal_patterns(data_folder("foods") / "meals.yaml")
    sandwich = found.patterns["lunch/sandwich"]
    assert (sandwich.meal, sandwich.title) == ("lunch", "Sandwich")
    assert (sandwich.foods["filling"], sandwich.foods["sandwich_salad"]) == ((1, 1), (1, 2))
    assert found.roles["sandwich_bread"].least_grams == 40
    assert found.roles["juice"].most_grams == 190


@pytest.mark.parametrize(
    ("words", "at", "meant"),
    [
        ("lunch/sandwich", "lunch", {"lunch/sandwich"}),
        ("lunch/sandwich", "dinner", set()),
        ("sandwich", "lunch", {"lunch/sandwich"}),  # a name, and so not every title with that word
        ("sandwiches", "lunch", {"lunch/sandwich"}),
        ("peanut butter", "lunch", {"lunch/nut_butter_sandwich"}),
        ("salad", "dinner", {"dinner/plate_and_salad", "dinner/mixed_dish_and_salad"}),
        ("beans and grain", "dinner", {"dinner/beans_and_grain"}),
        ("feast", "dinner", set()),
        ("", "dinner", set()),
    ],
)
def test_kinds_of_meal_are_known_by_id_by_name_and_by_title(words: str, at: str, meant: set[str]) -> None:
    assert read_meal_patterns(data_folder("foods") / "meals.yaml").called(words, {at}) == meant


@pytest.mark.parametrize(
    "text",
    [
        "roles: {}",
        "roles: {milk: {}}\npatterns: {}",
        "roles: {}\npatterns: {lunch: {plate: {title: Plate, foods: {milk: 1}}}}",
        "roles: {milk: {categories: [1]}}\npatterns: {lunch: {plate: {title: Plate, foods: {milk: some}}}}",
    ],
)
def test_kinds_of_meal_that_are_not_as_shipped_are_a_fault(tmp_path: Path, text: str) -> None:
    (tmp_path / "meals.yaml").write_text(text)
    with pytest.raises(Fault, match="kind of meal"):
        read_meal_patterns(tmp_path / "meals.yaml")
