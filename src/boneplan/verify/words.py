"""The words of a text without the endings of number, by which `verify` tells what a food is called."""

from __future__ import annotations

import re
from functools import cache


@cache  # the same few foods and words come back in every meal
def words_of(text: str) -> frozenset[str]:
    """Its words in small letters, alike in singular and plural: "Berries" and "berry" are the same."""
    return frozenset(_singular(word) for word in re.findall(r"[^\W\d_]+", text.casefold()))


def _singular(word: str) -> str:
    """A word without the ending of its number: the same for both numbers, if not always a word."""
    for ending, instead in (("(?<!s)s", ""), ("e", ""), ("y", "i")):
        word = re.sub(rf"(?<=...){ending}$", instead, word)
    return word
