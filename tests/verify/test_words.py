"""Words are alike in singular and plural, whatever their ending."""

from __future__ import annotations

import pytest

from boneplan.verify.words import words_of


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("banana", "Bananas"),
        ("berry", "berries"),
        ("tomato", "tomatoes"),
        ("quiche", "quiches"),
        ("olive", "olives"),
        ("radish", "radishes"),
    ],
)
def test_singular_and_plural_are_the_same(one: str, many: str) -> None:
    assert words_of(one) == words_of(many)


@pytest.mark.parametrize(
    ("one", "other"), [("pea", "pear"), ("bass", "bat"), ("rice", "ricotta"), ("egg", "eggplant")]
)
def test_another_word_is_another(one: str, other: str) -> None:
    assert words_of(one) != words_of(other)


def test_figures_and_signs_are_no_words() -> None:
    assert words_of("Milk, 2 %") == words_of("milk")
