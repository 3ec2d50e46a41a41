"""Every food has one name and one id that is made of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods_build.names import fallback_name, make_ids, name_foods, slug
from foods_build.raw import Food


def food(code: int, description: str) -> Food:
    return Food(code, description, 1, "", {})


def test_a_written_name_goes_before_the_description() -> None:
    foods = [food(1, "Milk, reduced fat (2%)"), food(2, "Fish, cod, grilled")]
    assert name_foods(foods, {1: "Milk, 2 %"}) == {1: "Milk, 2 %", 2: "Cod, grilled"}


def test_two_foods_are_never_called_the_same() -> None:
    with pytest.raises(ValueError, match="2 and 1 are both called 'kale'"):
        name_foods([food(1, "Kale, raw"), food(2, "Kale, fresh")], {1: "Kale", 2: "kale"})


def test_a_fallback_that_is_taken_gives_way_to_the_description() -> None:
    names = name_foods([food(1, "x"), food(2, "Fish, cod")], {1: "Cod"})
    assert names[2] == "Fish, cod"


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Milk, 2 %", "milk-2-percent"),
        ("Café con leche", "cafe-con-leche"),
        ("General Tso's chicken", "general-tsos-chicken"),
    ],
)
def test_an_id_is_ascii_words_with_hyphens(name: str, made: str) -> None:
    assert slug(name) == made


def test_two_names_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="have one id"):
        make_ids({1: "Milk, 2 %", 2: "Milk 2 percent"})


@given(st.text(max_size=60))
def test_an_id_is_stable_under_a_second_slug(name: str) -> None:
    made = slug(name)
    assert slug(made) == made
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", made)


def test_the_description_is_shortened() -> None:
    assert fallback_name("Fish, salmon, baked or broiled") == "Salmon, baked or broiled"
