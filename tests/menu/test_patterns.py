"""foods/meals.yaml: every role and kind of meal can be filled, and every number in it is a category of the table."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from boneplan.foods.table import FoodTable
from boneplan.menu.pairs import Pairs
from boneplan.menu.patterns import Count, MealBook, kinds_of_meal, meal_book

MEALS = ("breakfast", "lunch", "dinner", "snack")
# Categories of FNDDS 2021-2023 that no food of the table is in.
WITHOUT_FOODS = {3744: "Vegetable sandwiches/burgers", 6489: "Vegetables on a sandwich"}
PATTERNS = meal_book().patterns


def test_meals_are_read_once() -> None:
    assert meal_book() is meal_book()


def test_every_meal_has_kinds_enough_for_a_week(book: MealBook) -> None:
    for meal in MEALS:
        kinds = [p for p in book.patterns if p.meal == meal]
        assert len(kinds) >= 3
        assert sum(p.days for p in kinds) >= 7


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.key)
def test_a_kind_of_meal_is_said_in_words_and_counts(book: MealBook, pattern) -> None:
    assert pattern.title
    assert pattern.key == f"{pattern.meal}/{pattern.name}"
    assert 0 < pattern.share < 1
    assert 1 <= pattern.days <= 7
    assert pattern.foods.keys() <= book.roles.keys()
    assert all(0 <= least <= most >= 1 for least, most in pattern.foods.values())
    assert any(least for least, _ in pattern.foods.values())


@pytest.mark.parametrize("group", ["women", "men"])
@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.key)
def test_every_role_of_a_kind_of_meal_has_foods_that_people_eat_there(
    table: FoodTable, book: MealBook, pattern, group: str
) -> None:
    rows = table.options[(table.options["meal"] == pattern.meal) & (table.options["group"] == group)]
    eaten = table.foods.loc[rows["food_id"].unique(), ["category", "description"]]
    for role, (_, most) in pattern.foods.items():
        playing = [c for c, text in eaten.itertuples(index=False) if book.roles[role].takes(c, text)]
        assert len(playing) >= max(2, most), role


def test_names_are_unique_within_a_meal(book: MealBook) -> None:
    assert [key for key, n in Counter(p.key for p in book.patterns).items() if n > 1] == []


def test_every_role_is_part_of_some_meal(book: MealBook) -> None:
    assert sorted(set(book.roles) - {role for p in book.patterns for role in p.foods}) == []


def test_every_category_is_one_of_the_table(table: FoodTable, pairs: Pairs, book: MealBook) -> None:
    known = {int(category) for category in table.foods["category"]} | WITHOUT_FOODS.keys()
    known |= {category for _, a, b in pairs for category in (a, b)}
    named = {"staples": book.staples, "mains": book.mains}
    named |= {f"role {role.name}": role.categories for role in book.roles.values()}
    named |= {f"limit {one.id}": one.categories for one in book.limits}
    assert {where: sorted(categories - known) for where, categories in named.items() if categories - known} == {}


def test_a_role_takes_its_categories_by_the_words_of_the_description(book: MealBook) -> None:
    milk = book.roles["milk"]
    whole = min(milk.categories)
    assert milk.takes(whole, "Milk, whole")
    assert not milk.takes(whole, "Buttermilk, fat free (skim)")
    assert not milk.takes(9999, "Milk, whole")
    greens = book.roles["salad_greens"]
    assert greens.takes(min(greens.categories), "LETTUCE, RAW")
    assert not greens.takes(min(greens.categories), "Celery")


def test_how_often_a_food_may_come_back_depends_on_its_kind(book: MealBook) -> None:
    variety = book.variety
    assert book.staples.isdisjoint(book.mains)
    assert book.most_uses(min(book.staples)) == variety.max_staple_uses
    assert book.most_uses(min(book.mains)) == variety.max_main_uses == 2
    assert book.most_uses(-1) == variety.max_uses == 4
    assert variety.min_distinct >= 30


def test_limits_say_why_and_are_named_once(book: MealBook) -> None:
    assert all(one.because and one.max >= 0 and one.categories for one in book.limits)
    assert len({one.id for one in book.limits}) == len(book.limits)


def test_processed_meat_is_rare(book: MealBook) -> None:
    (meat,) = (one for one in book.limits if one.id == "processed_meat")
    assert meat.max <= 2
    assert {2602, 2604, 2606, 2608} <= meat.categories


@pytest.mark.parametrize(
    ("description", "rules", "stands_in"),
    [
        ("Bread, gluten free", frozenset(), True),
        ("Bread, gluten-free", frozenset({"condition/coeliac"}), False),
        ("Bread, gluten free", frozenset({"diet/pattern/vegan"}), True),
        ("Milk, low fat (1%), lactose free", frozenset({"diet/intolerance/lactose"}), False),
        ("Almond milk, unsweetened", frozenset({"diet/allergy/milk"}), False),
        ("Almond milk, unsweetened", frozenset({"diet/allergy/egg"}), True),
        ("Milk, whole", frozenset(), False),
        ("Bread, whole wheat", frozenset(), False),
    ],
)
def test_a_substitute_is_for_those_who_keep_its_rule(
    book: MealBook, description: str, rules: frozenset[str], stands_in: bool
) -> None:
    assert book.is_substitute(description, rules) is stands_in


def test_substitutes_are_for_rules_that_exclusions_have(book: MealBook) -> None:
    begins = ("diet/allergy/", "diet/intolerance/", "diet/pattern/", "condition/")
    assert all(rule.startswith(begins) for s in book.substitutes for rule in s.for_)


def test_every_substitute_finds_foods_of_the_table(table: FoodTable, book: MealBook) -> None:
    descriptions = list(table.foods["description"])
    assert all(any(s.match.search(text) for text in descriptions) for s in book.substitutes)


def test_every_meal_has_a_share_of_the_day_that_a_week_can_keep(book: MealBook) -> None:
    assert book.shares.keys() == set(MEALS)
    assert all(0 < least < most < 1 for least, most in book.shares.values())
    assert sum(least for least, _ in book.shares.values()) < 1 < sum(most for _, most in book.shares.values())
    three = [most for meal, (_, most) in book.shares.items() if meal != "snack"]
    assert sum(three) >= 1, "a day without a snack"


def test_wishes_say_why_and_can_be_fulfilled_within_the_weeks_meals(table: FoodTable, book: MealBook) -> None:
    for wish in book.wishes:
        assert wish.because
        assert 1 <= wish.at_least <= 28
        rows = table.foods[["category", "description"]].itertuples(index=False)
        assert sum(wish.id in book.wishes_of(category, text) for category, text in rows) >= 5


def asked(*foods: str, least: int, **more) -> Count:
    return Count("rules/require[0]", frozenset(foods), "asked", least=least, **more)


def test_a_food_may_come_back_as_often_as_the_rules_together_ask_for_it(book: MealBook) -> None:
    usual = book.most_uses(-1, "kale")
    counts = (
        asked("kale", "chard", least=5),
        asked("kale", least=1, each="day", days=(1, 4), meals=("dinner",)),
        asked("kale", least=1, each="day", days=(4,), meals=("dinner",)),
    )
    ruled = replace(book, counts=counts)
    assert (usual, ruled.most_uses(-1, "kale")) == (4, 7), "five servings, and two pinned"
    assert ruled.most_uses(-1, "chard") == 5
    assert ruled.most_uses(-1, "peas") == usual
    assert replace(book, counts=(asked("kale", least=1, each="day"),)).most_uses(-1, "kale") == 7
    assert replace(book, counts=(Count("r", frozenset({"kale"}), "a limit", most=9),)).most_uses(-1, "kale") == usual


def test_a_dish_that_is_reused_comes_back_at_no_cost(book: MealBook) -> None:
    ruled = replace(book, counts=(asked("lentil-soup", least=3, same=True), asked("kale", least=4)))
    assert [ruled.reused(food) for food in ("lentil-soup", "kale")] == [3, 0]


def test_servings_fit_by_food_and_meal() -> None:
    count = asked("yogurt", least=1, meals=("breakfast",))
    assert count.fits("yogurt", "breakfast")
    assert not count.fits("yogurt", "snack")
    assert not count.fits("milk", "breakfast")
    assert asked("yogurt", least=1).fits("yogurt", "snack")


@pytest.mark.parametrize(
    ("words", "at", "kinds"),
    [
        ("lunch/sandwich", (), ("lunch/sandwich",)),
        ("sandwich", (), ("lunch/sandwich",)),
        ("Soup and bread", (), ("lunch/soup_and_bread",)),
        ("salad", ("lunch",), ("lunch/salad_with_protein",)),
        ("salad", (), ("lunch/salad_with_protein", "dinner/plate_and_salad", "dinner/mixed_dish_and_salad")),
        ("lunch/sandwich", ("dinner",), ()),
        ("caviar", (), ()),
        ("", (), ()),
    ],
)
def test_kinds_of_meal_go_by_key_name_or_title(book: MealBook, words: str, at: tuple[str, ...], kinds: tuple) -> None:
    assert kinds_of_meal(book, words, at) == kinds
