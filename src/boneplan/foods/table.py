"""The shipped food table as pandas frames: nutrients per 100 g, household measures, what is eaten when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd

from boneplan.data import data_folder, shipped_yaml

# Every amount the planner can count, in the units of plan.json (kcal, g, mg, µg).
NUTRIENTS = (
    "energy", "protein", "fat", "saturated_fat", "carbohydrate", "added_sugar", "fibre", "calcium", "vitamin_d",
    "vitamin_k", "magnesium", "potassium", "phosphorus", "sodium", "retinol", "caffeine", "alcohol", "isoflavones",
)  # fmt: skip


@dataclass(frozen=True, eq=False)  # one table is itself alone: what is made of it is remembered by that
class FoodTable:
    """`foods` is indexed by food id; `portions` and `options` have one row a measure and a food × meal × group.

    Amounts in `foods` are per 100 g of food as eaten. NaN is unknown, never zero. `holds` maps a dish of the person's
    own to all foods in it.
    """

    foods: pd.DataFrame
    portions: pd.DataFrame
    options: pd.DataFrame
    holds: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def counted(self) -> pd.DataFrame:
        """Amounts per 100 g as the planner counts them: an unknown takes the unsafe answer.

        Unknown added sugar counts as the food's total sugars, which it cannot exceed. Isoflavones are zero only where
        no ingredient could contain them; a food with `isoflavones_unknown` is never offered (`foods.eligible`). What
        else a person's own food does not tell stays NaN (`foods.own.table`).
        """
        counted = self.foods[list(NUTRIENTS)].copy()
        counted["added_sugar"] = counted["added_sugar"].fillna(self.foods["sugars"])
        counted["isoflavones"] = counted["isoflavones"].fillna(0.0)
        return counted


@cache
def load_foods(folder: Path | None = None) -> FoodTable:
    """The food table from `folder` (default: the shipped one). Callers share it and must not change it."""
    folder = folder or data_folder("foods")
    foods = pd.read_csv(folder / "foods.csv").set_index("id", drop=False)
    portions = pd.read_csv(folder / "portions.csv").sort_values(["food_id", "rank"], kind="stable")
    return FoodTable(foods, portions, pd.read_csv(folder / "options.csv"))


@cache
def category_pairs() -> dict[tuple[str, int, int], tuple[int, float]]:
    """(meal, smaller category, larger category) -> (meals that held both, lift), from foods/pairs.csv. Shared."""
    pairs = pd.read_csv(data_folder("foods") / "pairs.csv")
    return {
        (meal, a, b): (n, lift)
        for meal, a, b, n, lift in pairs[["meal", "category_a", "category_b", "n", "lift"]].itertuples(index=False)
    }


def diets() -> dict[str, dict[str, dict[str, object]]]:
    """foods/diets.yaml: what each pattern and intolerance leaves out."""
    rules: dict[str, dict[str, dict[str, object]]] = shipped_yaml("foods", "diets.yaml")
    return rules
