"""The foods that words ask for: those that are it, and none that only hold it or are named after it."""

from __future__ import annotations

import pytest

from boneplan.data import data_folder
from boneplan.foods.requested import named, of_category, requested, selected, tagged, tags
from boneplan.foods.table import FoodTable, load_foods
from boneplan.rules.reader import parse_rules
from boneplan.verify.selection import goes_by, has_tag
from boneplan.verify.tables import read_food_tables
from boneplan.verify.yaml_file import read_yaml


@pytest.fixture(scope="module")
def shipped() -> FoodTable:
    return load_foods()


@pytest.mark.parametrize(
    ("words", "among", "not_among"),
    [
        ("milk", "Milk, 2 %", "Almond milk, unsweetened"),
        ("salmon", "Salmon, baked", "Cod, baked"),
        ("yoghurt", "Greek yogurt, plain, fat-free", "Milk, 2 %"),
        ("fruit", "Apple", "Kale, cooked"),
        ("shellfish", "Clams, steamed", "Cod, baked"),
    ],
)
def test_words_mean_the_food_itself(shipped: FoodTable, words: str, among: str, not_among: str) -> None:
    names = set(shipped.foods.loc[sorted(requested(shipped.foods, words)), "name"])
    assert among in names
    assert not_among not in names


def test_singular_and_plural_ask_for_the_same(shipped: FoodTable) -> None:
    assert requested(shipped.foods, "eggs") == requested(shipped.foods, "egg") != frozenset()


def test_what_no_food_is_called_asks_for_nothing(shipped: FoodTable) -> None:
    assert requested(shipped.foods, "unobtainium") == frozenset()
    assert requested(shipped.foods, "!!") == frozenset()


def names(shipped: FoodTable, asked: str, *, widely: bool = False) -> set[str]:
    """The names of the foods that a rule, such as `tag: fish`, means."""
    (rule,) = parse_rules(f"ban: [{{{asked}}}]", "r.yaml").ban
    return set(shipped.foods.loc[sorted(selected(shipped, rule, widely=widely)), "name"])


@pytest.mark.parametrize(
    ("asked", "among", "not_among"),
    [
        ("tag: oily fish", "Salmon, baked", "Tuna, canned in water"),
        ("tag: oily fish", "Sardines, canned in oil", "Caesar dressing"),
        ("tag: white fish", "Cod, baked", "Salmon, baked"),
        ("tag: leafy greens", "Kale, cooked", "Beef with carrots and broccoli"),
        ("tag: fruit", "Apple", "Instant oatmeal with fruit"),
        ("tag: whole grain", "Rice, brown", "Oatmeal cookie"),
        ("tag: processed meat", "Salami", "Roast beef"),
        ("tag: red meat", "Roast beef", "Salami"),
        ("tag: tree nuts", "Walnuts", "Apple"),
        ("tag: gluten", "Rye bread", "Rice, brown"),
        ("category: Fish", "Cod, baked", "Tuna salad with egg"),
        ("category: 2402", "Cod, baked", "Tuna salad with egg"),
        ("category: greek yogurt", "Greek yogurt, plain, fat-free", "Milk, 2 %"),
        ("food: kale-raw", "Kale, raw", "Kale, cooked"),
    ],
)
def test_a_tag_a_category_and_an_id_mean_just_that(
    shipped: FoodTable, asked: str, among: str, not_among: str
) -> None:
    found = names(shipped, asked)
    assert among in found
    assert not_among not in found


def test_an_id_of_one_word_is_a_word(shipped: FoodTable) -> None:
    assert "ham" in shipped.foods.index
    assert len(names(shipped, "food: ham")) > 1


def test_a_number_and_a_name_of_a_category_mean_the_same(shipped: FoodTable) -> None:
    categories = shipped.foods[["category", "category_name"]].drop_duplicates()
    for number, name in categories.itertuples(index=False):
        by_number = of_category(shipped.foods, int(number))
        assert by_number
        assert by_number <= of_category(shipped.foods, str(name))


def test_every_tag_means_some_food_and_widely_no_fewer(shipped: FoodTable) -> None:
    for tag in tags():
        surely = tagged(shipped.foods, tag)
        assert surely or tag in ("broad bean", "swede"), tag  # the survey knows none
        assert surely <= tagged(shipped.foods, tag, widely=True), tag


def test_a_ban_is_as_wide_as_a_dislike(shipped: FoodTable) -> None:
    assert "Almond biscotti" not in names(shipped, "tag: milk")
    assert "Almond biscotti" in names(shipped, "tag: milk", widely=True)
    assert "Almond milk, unsweetened" in names(shipped, "food: milk", widely=True)


def test_a_kind_of_meal_is_no_food(shipped: FoodTable) -> None:
    assert names(shipped, "kind_of_meal: toast") == set()


def test_verify_understands_tags_words_and_categories_alike(shipped: FoodTable) -> None:
    tables = read_food_tables(data_folder("foods"), set(shipped.foods.index)).foods
    kinds = read_yaml(data_folder("foods") / "kinds.yaml")
    for tag in tags():
        assert {food for food, row in tables.items() if has_tag(row, tag, kinds)} == tagged(shipped.foods, tag), tag
    for words in ("salmon", "eggs", "cheese", "ham", "almond milk", "lentil soup", "fruit", "greens"):
        assert {food for food, row in tables.items() if goes_by(row, words, kinds)} == named(shipped.foods, words)
