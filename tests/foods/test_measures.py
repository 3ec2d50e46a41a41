"""Household measures in words and grams."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.foods.measures import GLYPHS, Measure, count_text
from boneplan.foods.table import FoodTable

CUP = Measure("cup", "cups", 244.0, 0.25)
SLICE = Measure("slice", "slices", 28.0, 1.0)
THIRD = Measure("pie", "pies", 900.0, 1 / 3)

measures = st.builds(
    Measure,
    st.just("cup"),
    st.just("cups"),
    st.floats(0.5, 1500).map(lambda grams: round(grams, 1)),
    st.sampled_from([0.25, 1 / 3, 0.5, 1.0]),
)


@pytest.mark.parametrize(
    ("measure", "steps", "text", "grams"),
    [
        (CUP, 6, "1 ½ cups", 366.0),
        (CUP, 3, "¾ cup", 183.0),
        (CUP, 1, "¼ cup", 61.0),
        (CUP, 4, "1 cup", 244.0),
        (CUP, 5, "1 ¼ cups", 305.0),
        (CUP, 8, "2 cups", 488.0),
        (SLICE, 1, "1 slice", 28.0),
        (SLICE, 2, "2 slices", 56.0),
        (THIRD, 1, "⅓ pie", 300.0),
        (THIRD, 2, "⅔ pie", 600.0),
        (THIRD, 3, "1 pie", 900.0),
        (THIRD, 4, "1 ⅓ pies", 1200.0),
    ],
)
def test_portions_in_words_and_grams(measure: Measure, steps: int, text: str, grams: float) -> None:
    assert measure.text_of(steps) == text
    assert measure.grams_of(steps) == grams


def test_grams_are_those_that_plans_print() -> None:
    assert Measure("tablespoon", "tablespoons", 14.19, 0.5).grams_of(3) == 21.3


@pytest.mark.parametrize(
    ("measure", "low", "high", "steps"),
    [
        (CUP, 122, 244, [2, 3, 4]),
        (CUP, 121.9, 244.1, [2, 3, 4]),
        (CUP, 123, 182, []),
        (CUP, 0, 100, [1]),
        (SLICE, 28, 28, [1]),
        (SLICE, 29, 55, []),
        (THIRD, 300, 900, [1, 2, 3]),
    ],
)
def test_steps_within_what_people_eat(measure: Measure, low: float, high: float, steps: list[int]) -> None:
    assert list(measure.steps_between(low, high)) == steps


@given(measures, st.integers(1, 60))
def test_the_words_say_the_grams(measure: Measure, steps: int) -> None:
    text = measure.text_of(steps)
    *count, noun = text.split()
    values = {glyph: part for part, glyph in GLYPHS.items()}
    counted = sum(values[piece] if piece in values else Fraction(piece) for piece in count)
    assert counted > 0
    assert noun == ("cup" if counted <= 1 else "cups")
    assert measure.grams_of(steps) == pytest.approx(float(counted) * measure.grams, abs=0.051)


@given(measures, st.floats(0, 3000), st.floats(0, 3000))
def test_steps_between_are_all_of_those_inside(measure: Measure, one: float, other: float) -> None:
    low, high = sorted((one, other))
    steps = measure.steps_between(low, high)
    unit = measure.grams * measure.step
    assert all(k >= 1 and low - 1e-5 * unit <= k * unit <= high + 1e-5 * unit for k in steps)
    outside = {steps.start - 1, steps.stop} if steps else set()
    assert not any(k >= 1 and low <= k * unit <= high for k in outside)
    if not steps:
        assert not any(low <= k * unit <= high for k in range(1, int(high / unit) + 2))


@given(st.integers(1, 20), st.sampled_from([*GLYPHS, Fraction(0)]))
def test_a_count_is_a_whole_and_a_part(whole: int, part: Fraction) -> None:
    assert count_text(whole + part) == (f"{whole} {GLYPHS[part]}" if part else str(whole))


def test_every_shipped_measure_can_be_said(table: FoodTable) -> None:
    columns = ["measure", "plural", "grams", "step"]
    for singular, plural, grams, step in table.portions[columns].drop_duplicates().itertuples(index=False):
        measure = Measure(singular, plural, grams, step)
        assert measure.grams > 0
        assert all(measure.text_of(steps) for steps in range(1, 13))
