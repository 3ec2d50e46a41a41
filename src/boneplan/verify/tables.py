"""The shipped food tables as `verify` reads them: plain rows, no pandas, nothing of the planner."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from boneplan.errors import Fault

NUTRIENTS = (
    "energy", "protein", "fat", "saturated_fat", "carbohydrate", "added_sugar", "fibre", "calcium",
    "vitamin_d", "vitamin_k", "magnesium", "potassium", "phosphorus", "sodium", "retinol", "caffeine",
    "alcohol", "isoflavones",
)  # fmt: skip
FLAGS = (
    "milk", "egg", "fish", "shellfish", "tree_nuts", "peanut", "wheat", "soy", "sesame", "gluten", "lactose",
    "meat", "pork", "gelatine", "honey", "shellfish_or_nonkosher_fish",
)  # fmt: skip


@dataclass(frozen=True)
class Food:
    """One row of foods.csv. Amounts and price are per 100 g; None is unknown, never zero.

    `absorption` is the fraction (0..1) of its calcium absorbed at the reference load, where it was measured.
    """

    id: str
    fndds_code: int
    name: str
    description: str
    category: int
    amounts: Mapping[str, float | None]
    flags: Mapping[str, str]
    phytoestrogen: str
    isoflavones_unknown: bool
    price: float | None
    absorption: float | None = None
    category_name: str = ""

    def flag(self, name: str) -> str:
        """ "no", "may" or "yes"; what the table does not know may be."""
        return self.flags.get(name) or "may"

    def amount(self, nutrient: str, grams: float) -> float | None:
        """The amount of `nutrient` in `grams` of this food, in the unit of plan.json; None where unknown."""
        per_100_g = self.amounts.get(nutrient)
        return None if per_100_g is None else per_100_g * grams / 100


@dataclass(frozen=True)
class Portion:
    """One row of portions.csv: the grams of one `measure` of a food."""

    measure: str
    plural: str
    grams: float


@dataclass(frozen=True)
class FoodTables:
    """foods.csv and portions.csv by food id, options.csv by (food id, meal, group) as (p10, p90) grams.

    `within` gives the ids of all that a dish of the person's own is made of.
    """

    foods: Mapping[str, Food]
    portions: Mapping[str, tuple[Portion, ...]] = field(default_factory=lambda: MappingProxyType({}))
    usual: Mapping[tuple[str, str, str], tuple[float, float]] = field(default_factory=lambda: MappingProxyType({}))
    within: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))


def read_food_tables(folder: Path, wanted: Collection[str]) -> FoodTables:
    """The rows of the tables in `folder` that concern the food ids `wanted`.

    Raises `Fault` where a table is missing or not as boneplan ships it.
    """
    try:
        foods = {row["id"]: _food(row) for row in _rows(folder / "foods.csv", "id", wanted)}
        portions: dict[str, tuple[Portion, ...]] = {}
        for row in _rows(folder / "portions.csv", "food_id", wanted):
            portion = Portion(row["measure"], row["plural"], float(row["grams"]))
            portions[row["food_id"]] = (*portions.get(row["food_id"], ()), portion)
        usual = {
            (row["food_id"], row["meal"], row["group"]): (float(row["g_p10"]), float(row["g_p90"]))
            for row in _rows(folder / "options.csv", "food_id", wanted)
        }
    except (OSError, KeyError, ValueError, csv.Error) as error:
        raise Fault(f"the food tables in {folder} cannot be read ({error!r}): install boneplan again") from None
    return FoodTables(foods, portions, usual)


def _rows(path: Path, key: str, wanted: Collection[str]) -> Iterator[dict[str, str]]:
    """The rows of a table whose first column, `key`, is one of `wanted`.

    Lines are chosen before they are parsed, since a plan needs few of thousands: no cell of the tables holds
    a line break, and no id a comma.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        header = next(stream, "")
        if header.partition(",")[0] != key:
            raise ValueError(f"{path.name} does not begin with the column {key}")
        chosen = (line for line in stream if line.partition(",")[0] in wanted)
        yield from csv.DictReader(chain([header], chosen))


def _food(row: Mapping[str, str]) -> Food:
    amounts = {nutrient: _number(row[nutrient]) for nutrient in NUTRIENTS}
    if amounts["added_sugar"] is None:
        amounts["added_sugar"] = _number(row["sugars"])  # an upper bound: added sugar is a part of the sugars
    return Food(
        id=row["id"],
        fndds_code=int(row["fndds_code"]),
        name=row["name"],
        description=row["description"],
        category=int(row["category"]),
        amounts=amounts,
        flags={flag: row[flag] for flag in FLAGS},
        phytoestrogen=row["phytoestrogen"],
        isoflavones_unknown=row["isoflavones_unknown"] not in ("0", ""),
        price=_number(row["price"]),
        absorption=_number(row["calcium_absorption"]),
        category_name=row["category_name"],
    )


def _number(cell: str) -> float | None:
    return float(cell) if cell.strip() else None
