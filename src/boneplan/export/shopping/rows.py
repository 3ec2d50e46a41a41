"""A plan's shopping list as a table (CSV): one row for each thing to buy in each week."""

from __future__ import annotations

import csv
import io

from boneplan.export.aisles import Shop, shop_for
from boneplan.export.plain import amount
from boneplan.export.shopping.lists import Line, shopping_lists
from boneplan.export.table import harmless
from boneplan.plan import Plan

COLUMNS = (
    "week", "aisle", "item", "buy", "grams_to_buy", "grams_eaten", "yield", "grams_at_hand", "grams_left", "days",
    "price_usd", "staple", "foods",
)  # fmt: skip
DIGITS = 4  # decimals of grams
YIELD_DIGITS = 8  # decimals of a yield


def to_shopping_csv(plan: Plan, shop: Shop | None = None) -> str:
    """Every line of the shopping list with the columns `COLUMNS` and CRLF line ends (RFC 4180).

    `grams_to_buy` is what the week's meals take as bought, of which `grams_at_hand` are left from an earlier week;
    times `yield` it is `grams_eaten`, where no yield is known (an empty cell) the same. `grams_left` will be left of
    the packages. `days` are ISO 8601 dates. `price_usd` is of what is eaten, and empty where a food of the line has
    no price. `foods` are the ids of foods with their grams as eaten, such as "carrots-raw: 61; carrots-cooked: 78".
    A text that a spreadsheet would run as a formula begins with an apostrophe. `shop` is the shipped one, with the
    plan's own foods, unless given.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for week in shopping_lists(plan, shop or shop_for(plan)):
        for line in week.lines:
            writer.writerow([week.number, *_cells(line)])
    return out.getvalue()


def _cells(line: Line) -> list[str]:
    foods = "; ".join(f"{food}: {amount(grams, DIGITS)}" for food, grams in line.eaten.items())
    return [
        harmless(line.aisle),
        harmless(line.name),
        harmless(line.buy),
        amount(line.grams, DIGITS),
        amount(line.grams_eaten, DIGITS),
        amount(line.grams_eaten / line.grams, YIELD_DIGITS) if line.known else "",
        amount(sum(line.at_hand.values()), DIGITS),
        amount(line.left, DIGITS),
        " ".join(day.isoformat() for day in line.days),
        "" if line.unpriced else f"{line.price:.2f}",
        "yes" if line.staple else "no",
        harmless(foods),
    ]
