"""A frontier as a table for spreadsheets (CSV)."""

from __future__ import annotations

import csv
import io

from boneplan.export.table import harmless
from boneplan.whatif.frontier import Frontier, Point

COLUMNS = (
    "status", "bound", "cost", "gap", "usd_per_day", "preference", "servings_changed", "gaps", "less_of", "more_of",
    "conflict",
)  # fmt: skip


def status(point: Point) -> str:
    """ "ok", "gaps", "impossible", or "not found" where a week may exist but none was found."""
    if not point.possible:
        return "impossible"
    if point.cost is None:
        return "not found"
    return "gaps" if point.gaps else "ok"


def frontier_csv(found: Frontier) -> str:
    """A row for every point, with CRLF line ends (RFC 4180): first the figures varied, then `COLUMNS`.

    `bound` and `cost` are in the unit of the menus' cost, `gap` is a share of the bound, `preference` the mean cost
    of a serving; amounts are a day's. Texts that a spreadsheet would run begin with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*(vary.key for vary in found.varied), *COLUMNS])
    for point in found.points:
        numbers = (point.bound, point.cost, point.gap, point.usd, point.preference)
        gaps = "; ".join(f"{gap.nutrient} {gap.missing:.4g} {gap.unit}" for gap in point.gaps)
        writer.writerow(
            [
                *point.values,
                status(point),
                *("" if number is None else round(number, 4) for number in numbers),
                "" if point.cost is None else point.changed,
                harmless(gaps),
                harmless(_foods(point.gone, found)),
                harmless(_foods(point.come, found)),
                harmless("; ".join(point.conflict)),
            ]
        )
    return out.getvalue()


def _foods(counted: tuple[tuple[str, int], ...], found: Frontier) -> str:
    return "; ".join(f"{count} x {found.names.get(food, food)}" for food, count in counted)
