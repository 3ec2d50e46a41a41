"""Foods as they are named on the command line: by id, by whole name, by FNDDS code, or searched by words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boneplan.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from boneplan.foods.table import FoodTable

MOST_GUESSES = 3
UNITS = {
    "energy": "kcal", "calcium": "mg", "magnesium": "mg", "potassium": "mg", "phosphorus": "mg", "sodium": "mg",
    "caffeine": "mg", "isoflavones": "mg", "vitamin_d": "µg", "vitamin_k": "µg", "retinol": "µg", "price": "USD",
}  # fmt: skip
"""The units of the table's amounts where they are not grams."""


def matches(table: FoodTable, words: str) -> pd.DataFrame:
    """The foods whose name or description holds every word, those eaten most often first."""
    from boneplan.foods.eligible import words_of

    wanted = words.casefold().split()
    text = (table.foods["name"] + " " + table.foods["description"]).str.casefold()
    hit = text.map(lambda line: all(word in line or words_of(word) <= words_of(line) for word in wanted))
    found = table.foods[hit]
    times = table.options.groupby("food_id")["n"].sum().reindex(found.index).fillna(0)
    return found.loc[times.sort_values(ascending=False, kind="stable").index]


def row_of(table: FoodTable, food: str) -> pd.Series[Any]:
    """The food by id, by FNDDS code, or by its whole name."""
    foods = table.foods
    hit = foods[(foods["id"] == food) | (foods["name"].str.casefold() == food.casefold())]
    if hit.empty and food.isdecimal() and int(food):
        hit = foods[foods["fndds_code"].astype(str) == food]
    if hit.empty:
        guesses = list(matches(table, food)["id"].head(MOST_GUESSES)) if food.strip() else []
        mend = f"did you mean {' or '.join(guesses)}?" if guesses else "find its id with `boneplan foods search`"
        raise InputError(f"{food!r}: no such food: {mend}")
    return hit.iloc[0]
