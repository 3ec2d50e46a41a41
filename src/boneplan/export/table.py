"""A plan's menus as one flat table (CSV), a row for every portion."""

from __future__ import annotations

import csv
import io

from boneplan.export.words import plain
from boneplan.plan import Plan

COLUMNS = ("date", "meal", "food", "fndds_code", "name", "measure", "grams")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def to_csv(plan: Plan) -> str:
    """Every portion of `plan` in order, with the columns `COLUMNS` and CRLF line ends (RFC 4180).

    `date` is ISO 8601, `fndds_code` the food's code in USDA's FNDDS 2021-2023, `grams` the portion's weight.
    A text that a spreadsheet would run as a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for day in plan.menu.days:
        for meal in day.meals:
            for item in meal.items:
                food, name, measure = map(harmless, (item.food, item.name, item.measure))
                writer.writerow([day.date, meal.meal, food, item.fndds_code, name, measure, item.grams])
    return out.getvalue()


def harmless(text: str) -> str:
    """`text` as a cell that no spreadsheet runs: without control characters, and no formula."""
    cell = plain(text)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
