"""Which categories of food share a meal, and how much more often than chance: the rows of pairs.csv."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from foods_build.raw import Food

PAIR_COLUMNS = ("meal", "category_a", "category_b", "n", "lift")


def pair_rows(counted: Iterable[Mapping[str, str]], foods: Iterable[Food]) -> Iterator[dict[str, object]]:
    """The counted pairs with the numbers of their categories, the smaller first, in order.

    Pairs of a category that the foods do not have are left out.
    """
    numbers = {food.category_name: food.category for food in foods}
    rows = []
    for row in counted:
        pair = [numbers.get(row["cat_x"]), numbers.get(row["cat_y"])]
        if None in pair:
            continue
        a, b = sorted(number for number in pair if number is not None)
        rows.append((row["meal"], a, b, row["n_both"], row["lift"]))
    for values in sorted(rows):
        yield dict(zip(PAIR_COLUMNS, values, strict=True))
