"""The shipped tables: their columns, their number formats, and how they are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from foods_build.flags import FLAGS

NUTRIENT_COLUMNS = {
    "energy": "Energy (kcal)",
    "protein": "Protein (g)",
    "fat": "Total Fat (g)",
    "saturated_fat": "Fatty acids, total saturated (g)",
    "carbohydrate": "Carbohydrate (g)",
    "sugars": "Sugars, total (g)",
    "added_sugar": None,
    "fibre": "Fiber, total dietary (g)",
    "calcium": "Calcium (mg)",
    "vitamin_d": "Vitamin D (D2 + D3) (mcg)",
    "vitamin_k": "Vitamin K (phylloquinone) (mcg)",
    "magnesium": "Magnesium (mg)",
    "potassium": "Potassium (mg)",
    "phosphorus": "Phosphorus (mg)",
    "sodium": "Sodium (mg)",
    "retinol": "Retinol (mcg)",
    "caffeine": "Caffeine (mg)",
    "alcohol": "Alcohol (g)",
}
FOOD_COLUMNS = (
    "id", "fndds_code", "name", "description", "category", "category_name", *NUTRIENT_COLUMNS,
    "isoflavones", "isoflavones_coverage", "isoflavones_unknown", "phytoestrogen",
    "price", "calcium_absorption", *FLAGS,
)  # fmt: skip
PORTION_COLUMNS = ("food_id", "measure", "plural", "grams", "step", "rank")
PERCENTILES = ("g_p10", "g_p25", "g_p50", "g_p75", "g_p90")
OPTION_COLUMNS = ("food_id", "meal", "group", "n", *PERCENTILES, "eaten_as")


def number(value: float | None, digits: int = 3) -> str:
    """A number with at most `digits` decimals and no trailing zeros; an unknown is the empty string."""
    if value is None:
        return ""
    text = f"{value:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write a CSV file in UTF-8 with LF line ends."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode())
