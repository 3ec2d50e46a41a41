"""The foods that a rules file means: those to serve or to count, and those never to serve."""

from __future__ import annotations

from typing import Any

import pandas as pd

from boneplan.data import shipped_yaml
from boneplan.foods.eligible import HOLDS, disliked, words_of
from boneplan.foods.table import FoodTable
from boneplan.rules.schema import Selection


def selected(table: FoodTable, selection: Selection, *, widely: bool = False) -> frozenset[str]:
    """The ids of the foods that a selection surely means; of a kind of meal none.

    `widely`, as a ban is understood, it is all that might be meant: what may hold it, and words as in dislikes.
    """
    foods = table.foods
    if selection.food is not None:
        return banned(foods, selection.food) if widely else named(foods, selection.food)
    if selection.category is not None:
        return of_category(foods, selection.category)
    if selection.tag is not None:
        return tagged(foods, selection.tag, widely=widely)
    return frozenset()


def in_words(table: FoodTable, selection: Selection) -> str:
    """The words that a rule names its foods by; a category by its name, also where the rule gives its number."""
    foods, category = table.foods, selection.category
    if isinstance(category, int):
        named_so = foods["category_name"][foods["category"].eq(category)]
        return f"{named_so.iloc[0]}" if len(named_so) else f"{category}"
    return str(selection.food or category or selection.tag)


def named(foods: pd.DataFrame, words: str) -> frozenset[str]:
    """The one food whose id is written, such as "kale-raw"; else all that the words ask for.

    An id of one word is a word like any other: "apple" asks for every apple.
    """
    return frozenset({words}) if "-" in words and words in foods.index else requested(foods, words)


def requested(foods: pd.DataFrame, words: str) -> frozenset[str]:
    """Foods that are what a person asks for, as far as name, description and the kinds of foods/kinds.yaml tell.

    Every word has to be there. What an allergy is named after must be in the food: almond milk is no milk.
    """
    wanted = words_of(words)
    if not wanted:
        return frozenset()
    kind = kind_called(words) or {}
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
    """Foods that a ban keeps out: those that the same words among the dislikes of a profile would, or that one id."""
    return disliked(foods, words) | (frozenset({words}) & frozenset(foods.index))


def of_category(foods: pd.DataFrame, category: str | int) -> frozenset[str]:
    """The foods of a WWEIA category, by its number or by all words of its name in any order."""
    if isinstance(category, int):
        return frozenset(foods.index[foods["category"].eq(category)])
    wanted = words_of(category)
    return frozenset(foods.index[foods["category_name"].map(lambda name: words_of(name) == wanted)])


def tagged(foods: pd.DataFrame, tag: str, *, widely: bool = False) -> frozenset[str]:
    """The foods that foods/kinds.yaml counts to a kind, or that hold what a column of flags is named after.

    Surely: flagged "yes", whatever else their names say. `widely`, what may hold it, and what goes by the words.
    """
    kind, column = kind_called(tag), flag_called(tag)
    if kind is None and column is None:
        return frozenset()
    if widely:
        return disliked(foods, tag)
    flags = [*(kind or {}).get("flags", []), *filter(None, [column])]
    hit = foods["category"].isin((kind or {}).get("categories", [])) | foods[flags].isin(["yes"]).any(axis=1)
    return frozenset(foods.index[hit]).union(*(requested(foods, word) for word in (kind or {}).get("words", [])))


def kind_called(words: str) -> dict[str, list[Any]] | None:
    """The kind of food that goes by these words in foods/kinds.yaml; None where there is none."""
    kinds: dict[str, dict[str, list[Any]]] = shipped_yaml("foods", "kinds.yaml")
    wanted = words_of(words)
    return next((kinds[word] for word in kinds if words_of(word) == wanted), None)


def flag_called(words: str) -> str | None:
    """The column of foods.csv that says whether a food holds what the words name; None where there is none."""
    wanted = words_of(words)
    return next((column for column in HOLDS if words_of(column.replace("_", " ")) == wanted), None)


def tags() -> list[str]:
    """Every word that a tag may be, in the order of the alphabet."""
    return sorted({*shipped_yaml("foods", "kinds.yaml"), *(column.replace("_", " ") for column in HOLDS)})
