"""The foods that words ask for: those that are it, and none that only hold it or are named after it."""

from __future__ import annotations

import pytest

from boneplan.foods.requested import requested
from boneplan.foods.table import FoodTable, load_foods


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
