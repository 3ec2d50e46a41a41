"""Where a person's own food stands on the table: whose category, at which meals, how often and how much of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from boneplan.foods.own.food import Eaten, OwnMeasure
from boneplan.foods.own.schema import OwnEntry
from boneplan.foods.table import FoodTable
from boneplan.yaml_reader import shown

PERCENTILES = ("g_p10", "g_p25", "g_p50", "g_p75", "g_p90")
DIGITS = 3  # of grams: a measure has one, a quarter of it three


class Slips(Exception):
    """What is to be mended in one food: (field, sentence) of each."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        self.problems = problems
        super().__init__(problems)


@dataclass(frozen=True)
class Place:
    """What a food borrows of another one, or of its whole category. `like` is the other one's id, if there is one."""

    description: str
    category: int
    category_name: str
    eaten: Sequence[Eaten]
    measures: Sequence[OwnMeasure]
    like: str | None = None


def place_of(
    entry: OwnEntry, table: FoodTable, find: Callable[[str], str | None], mend: Callable[[str], str]
) -> Place:
    """The place of an own food. `find` gives the id of a food by id or name, `mend` what to say where there is none.

    Raises `Slips` where the food it is like, its category or its meals are not in the table.
    """
    if entry.like is None:
        return _of_category(entry, table)
    like = find(entry.like)
    if like is None or like not in table.foods.index:
        text = mend(entry.like) if like is None else f"{shown(entry.like)} is no shipped food: name one of those"
        raise Slips(("like", text))
    row: dict[Any, Any] = table.foods.loc[[like]].to_dict("records")[0]
    rows = table.options[table.options["food_id"] == like]
    if rows.empty:
        text = f"nobody in the survey ate {like}: name a food that is eaten, or give category and meals"
        raise Slips(("like", text))
    columns = ["measure", "plural", "grams", "step"]
    measures = table.portions[table.portions["food_id"] == like][columns].to_dict("records")
    usual = _usual_counts(table, int(row["category"]))
    return Place(
        description=str(row["description"]),
        category=int(row["category"]),
        category_name=str(row["category_name"]),
        eaten=[_eaten({**one, "n": usual[one["meal"], one["group"]]}) for one in rows.to_dict("records")],
        measures=[OwnMeasure.model_validate(one) for one in measures],
        like=like,
    )


def _usual_counts(table: FoodTable, category: int) -> dict[Any, float]:
    """(meal, group) -> how often the most usual food of a category is eaten.

    So usual is an own food taken to be: whoever writes one down means to eat it.
    """
    rows = table.options[table.options["food_id"].map(table.foods["category"]) == category]
    return {at: float(count) for at, count in rows.groupby(["meal", "group"])["n"].max().items()}


def _of_category(entry: OwnEntry, table: FoodTable) -> Place:
    """What the foods of a category share: the mean of their portions, weighted by how often each is eaten."""
    foods = table.foods
    named = foods["category_name"].str.casefold() == str(entry.category).casefold()
    hit = foods[(foods["category"] == entry.category) | named]
    if hit.empty:
        text = (
            f"{shown(entry.category)} is no category: take that of a food from `boneplan foods show`, such as Cheese"
        )
        raise Slips(("category", text))
    rows = table.options[table.options["food_id"].isin(hit.index)]
    seldom = [meal for meal in entry.meals if meal not in set(rows["meal"])]
    if seldom:
        known = ", ".join(dict.fromkeys(rows["meal"])) or "no meal"
        text = f"nobody in the survey ate {hit['category_name'].iloc[0]} at {seldom[0]}: use {known}"
        raise Slips(("meals", text))
    category, pooled = int(hit["category"].iloc[0]), []
    for (meal, group), count in _usual_counts(table, category).items():
        if meal in entry.meals:
            of_meal = rows[(rows["meal"] == meal) & (rows["group"] == group)]
            share = of_meal["n"] / of_meal["n"].sum()
            amounts = {column: float((of_meal[column] * share).sum()) for column in PERCENTILES}
            pooled.append(_eaten({"meal": meal, "group": group, "n": count, **amounts}))
    return Place(entry.name, category, str(hit["category_name"].iloc[0]), pooled, [])


def _eaten(row: dict[Any, Any]) -> Eaten:
    """A row of options.csv as it stands in a plan."""
    amounts = {column: round(float(row[column]), DIGITS) for column in PERCENTILES}
    return Eaten(meal=row["meal"], group=row["group"], n=float(row["n"]), **amounts)


def scaled(eaten: Eaten, measure: OwnMeasure) -> Eaten:
    """The same spread about the portion in whole steps of `measure` that is nearest to the median."""
    unit = measure.grams * measure.step
    factor = max(1, round(eaten.g_p50 / unit)) * unit / eaten.g_p50
    return eaten.model_copy(update={column: round(getattr(eaten, column) * factor, DIGITS) for column in PERCENTILES})
