"""Household measures read back from their words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.verify.measure import grams_meant, split_measure
from boneplan.verify.tables import Portion

PORTIONS = (
    Portion("cup", "cups", 240.0),
    Portion("slice", "slices", 28.0),
    Portion("4 oz container", "4 oz containers", 113.0),
)


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("1 cup", [240.0]),
        ("¾ cup", [180.0]),
        ("1 ½ cups", [360.0]),
        ("1½ cups", [360.0]),
        ("1 1/2 cups", [360.0]),
        ("1/2 cup", [120.0]),
        ("0.5 cup", [120.0]),
        ("2 Slices", [56.0]),
        ("1 4 oz container", [113.0]),
        ("2 4 oz containers", [226.0]),
        ("85 g", [85.0]),
        ("cup", []),
        ("1/0 cup", []),
        ("two cups", []),
        ("2 slabs", []),
        ("", []),
    ],
)
def test_a_measure_means_its_grams(text: str, grams: list[float]) -> None:
    assert grams_meant(text, PORTIONS) == pytest.approx(grams)


def test_a_third_is_a_third() -> None:
    assert grams_meant("⅔ cup", PORTIONS) == pytest.approx([160.0])


@given(
    st.integers(0, 40),
    st.sampled_from([("", 0), ("¼", Fraction(1, 4)), ("½", Fraction(1, 2)), ("¾", Fraction(3, 4))]),
)
def test_every_count_of_quarters_is_read_back(whole: int, part: tuple[str, Fraction]) -> None:
    glyph, value = part
    text = " ".join(piece for piece in (str(whole) if whole else "", glyph, "cups") if piece)
    count = whole + value
    assert split_measure(text) == ((float(count), "cups") if count else None)


@given(st.text())
def test_any_text_is_a_measure_or_none(text: str) -> None:
    assert all(grams > 0 for grams in grams_meant(text, PORTIONS))


@pytest.mark.parametrize("text", ["9" * 5000 + " cups", "1/" + "9" * 5000 + " cup", "9" * 5000 + "/1 cup"])
def test_a_count_of_thousands_of_digits_is_no_count(text: str) -> None:
    assert split_measure(text) is None
