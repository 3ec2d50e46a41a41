"""The raw public tables as they are read: FNDDS, FPED, prices, isoflavones, NHANES counts."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
FNDDS = "fndds_2021_2023"


@dataclass(frozen=True)
class Food:
    """One FNDDS food; `nutrients` per 100 g under the column titles of FNDDS."""

    code: int
    description: str
    category: int
    category_name: str
    nutrients: dict[str, float]


@dataclass(frozen=True)
class IngredientRow:
    """One line of a recipe. A `code` of eight digits is another FNDDS food, a shorter one an NDB number."""

    code: int
    description: str
    grams: float
    moisture_change: float  # percent of the summed weight, the same on every row of a food


@dataclass(frozen=True)
class RawPortion:
    """One portion of FNDDS: its wording and its weight."""

    description: str
    grams: float


@dataclass(frozen=True)
class Eaten:
    """How often and how much one group of people ate a food at one meal (unweighted counts, grams)."""

    group: str
    meal: str
    code: int
    n: int
    grams: tuple[str, str, str, str, str]  # p10, p25, p50, p75, p90


@dataclass(frozen=True)
class RawTables:
    """Every raw table the build needs, by FNDDS code (isoflavones by NDB number)."""

    foods: dict[int, Food]
    ingredients: dict[int, list[IngredientRow]]
    portions: dict[int, list[RawPortion]]
    added_sugar_tsp: dict[int, float]
    prices: dict[int, float]
    isoflavones: dict[int, float]
    eaten: list[Eaten]
    pairs: list[dict[str, str]]


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _foods(path: Path) -> dict[int, Food]:
    named = {"Food code", "Main food description", "WWEIA Category number", "WWEIA Category description"}
    return {
        int(row["Food code"]): Food(
            int(row["Food code"]),
            row["Main food description"],
            int(row["WWEIA Category number"]),
            row["WWEIA Category description"],
            {title: float(value) for title, value in row.items() if title not in named},
        )
        for row in read_rows(path)
    }


def _ingredients(path: Path) -> dict[int, list[IngredientRow]]:
    recipes: dict[int, list[IngredientRow]] = defaultdict(list)
    for row in read_rows(path):
        recipes[int(row["Food code"])].append(
            IngredientRow(
                int(row["Ingredient code"]),
                row["Ingredient description"],
                float(row["Ingredient weight (g)"]),
                float(row["Moisture change (%)"]),
            )
        )
    return dict(recipes)


def _portions(path: Path) -> dict[int, list[RawPortion]]:
    portions: dict[int, list[RawPortion]] = defaultdict(list)
    for row in read_rows(path):
        portions[int(row["Food code"])].append(
            RawPortion(row["Portion description"], float(row["Portion weight (g)"]))
        )
    return dict(portions)


def _numbers(path: Path, key: str, value: str) -> dict[int, float]:
    return {int(float(row[key])): float(row[value]) for row in read_rows(path) if row[value].strip()}


def _eaten(path: Path) -> list[Eaten]:
    seen: dict[tuple[str, str, int], Eaten] = {}
    for row in read_rows(path):
        key = (row["group"], row["meal"], int(row["food_code"]))
        grams = (row["g_p10"], row["g_p25"], row["g_p50"], row["g_p75"], row["g_p90"])
        seen.setdefault(key, Eaten(*key, int(row["n"]), grams))
    return list(seen.values())


def read_tables(folder: Path) -> RawTables:
    """Read the raw tables under `folder`. Raises `FileNotFoundError` where one is missing."""
    fndds = folder / FNDDS
    return RawTables(
        foods=_foods(fndds / "FNDDS_Nutrient_Values.csv"),
        ingredients=_ingredients(fndds / "FNDDS_Ingredients.csv"),
        portions=_portions(fndds / "Portions_and_Weights.csv"),
        added_sugar_tsp=_numbers(folder / "fped_2017_2018" / "FPED_1718.csv", "FOODCODE", "ADD_SUGARS (tsp. eq.)"),
        prices=_numbers(folder / "prices" / "pp_nap_2017_2018.csv", "food_code", "price_100gm"),
        isoflavones=_numbers(folder / "isoflavones" / "usda_isoflavone_r2_1.csv", "ndb_no", "total_isoflavones_mg"),
        eaten=_eaten(folder / "nhanes" / "eaten_by_meal_2007_2010.csv"),
        pairs=list(read_rows(folder / "nhanes" / "category_pairs_women_50_plus_2007_2010.csv")),
    )
