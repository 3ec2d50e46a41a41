"""A dish is opened down to its single ingredients, by weight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods_build.ingredients import Recipes, moisture_factor
from foods_build.raw import IngredientRow

SANDWICH, TUNA_SALAD = 27550720, 27450060
ROWS = {
    SANDWICH: [
        IngredientRow(18069, "Bread, white, commercially prepared", 50, 0),
        IngredientRow(TUNA_SALAD, "Tuna salad, made with mayonnaise", 150, 0),
    ],
    TUNA_SALAD: [
        IngredientRow(15121, "Fish, tuna, light, canned in water, drained solids", 80, 0),
        IngredientRow(4025, "Salad dressing, mayonnaise, regular", 20, 0),
    ],
}


def test_the_mayonnaise_of_the_salad_is_an_ingredient_of_the_sandwich() -> None:
    shares = {leaf.code: leaf.share for leaf in Recipes(ROWS).leaves(SANDWICH)}
    assert shares == pytest.approx({18069: 0.25, 15121: 0.6, 4025: 0.15})


def test_the_dish_inside_the_dish_is_described_as_well() -> None:
    assert "Tuna salad, made with mayonnaise" in Recipes(ROWS).texts(SANDWICH)
    assert "Salad dressing, mayonnaise, regular" in Recipes(ROWS).texts(SANDWICH)


def test_a_food_without_a_recipe_has_no_ingredients() -> None:
    assert Recipes(ROWS).leaves(11111000) == ()


@pytest.mark.parametrize(("change", "factor"), [(-20.0, 1.25), (0.0, 1.0), (15.0, 1.0)])
def test_loss_of_water_concentrates_and_gain_is_left_out(change: float, factor: float) -> None:
    assert moisture_factor([IngredientRow(1, "anything", 100, change)]) == pytest.approx(factor)


@given(st.lists(st.floats(min_value=0.1, max_value=500), min_size=1, max_size=6))
def test_shares_sum_to_one(weights: list[float]) -> None:
    inner = [IngredientRow(i, f"ingredient {i}", grams, 0) for i, grams in enumerate(weights, start=1)]
    outer = [IngredientRow(10_000_001, "inner dish", 40, 0), IngredientRow(99, "salt", 2, 0)]
    recipes = Recipes({10_000_001: inner, 10_000_002: outer})
    assert sum(leaf.share for leaf in recipes.leaves(10_000_002)) == pytest.approx(1)
