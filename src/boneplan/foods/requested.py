"""The foods that the words of a rules file mean: those to serve, and those never to serve."""

from __future__ import annotations

from typing import Any

import pandas as pd

from boneplan.data import shipped_yaml
from boneplan.foods.eligible import HOLDS, disliked, words_of


def requested(foods: pd.DataFrame, words: str) -> frozenset[str]:
    """Foods that are what a person asks for, as far as name, description and the kinds of foods/kinds.yaml tell.

    Every word has to be there. What an allergy is named after must be in the food: almond milk is no milk.
    """
    wanted = words_of(words)
    if not wanted:
        return frozenset()
    kinds: dict[str, dict[str, list[Any]]] = shipped_yaml("foods", "kinds.yaml")
    kind: dict[str, list[Any]] = next((kinds[word] for word in kinds if words_of(word) == wanted), {})
    text = foods["name"] + " | " + foods["description"]
    hit = text.map(lambda line: wanted <= words_of(line)) | foods["category"].isin(kind.get("categories", []))
    for column in HOLDS:
        if column in kind.get("flags", []):
            hit |= foods[column].eq("yes")
        elif words_of(column.replace("_", " ")) == wanted:
            hit &= foods[column].eq("yes")
    found = frozenset(foods.index[hit])
    return found.union(*(requested(foods, other) for other in kind.get("words", [])))


def banned(foods: pd.DataFrame, words: str) -> frozenset[str]:
    """Foods that a ban keeps out: those that the same words among the dislikes of a profile would."""
    return disliked(foods, words)
