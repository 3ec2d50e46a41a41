"""The shipped table with a person's own foods in it, and the rules that keep those of unknown amounts out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from boneplan.errors import InputError
from boneplan.foods.eligible import Exclusion
from boneplan.foods.own.flags import FLAGS
from boneplan.foods.own.food import OwnFood, held
from boneplan.foods.table import FoodTable
from boneplan.plan import Menu, Notice, Target

NO_CODE = 0  # FNDDS numbers no food 0
UNKNOWN = "foods/own/unknown_"
TOLD = "foods/own"


def with_own(table: FoodTable, own: Sequence[OwnFood]) -> FoodTable:
    """A new table with the rows of `own` after those of `table`, which stays as it is.

    Raises InputError where an id is taken, or a dish is inside itself.
    """
    if not own:
        return table
    ids = [food.id for food in own]
    if taken := [food for number, food in enumerate(ids) if food in table.foods.index or food in ids[:number]]:
        raise InputError([f"own foods: {food}: is another food already: give it another id" for food in taken])
    foods = _frame([_food(food) for food in own]).set_index("id", drop=False)
    portions = [
        {"food_id": food.id, **measure.model_dump(), "rank": rank}
        for food in own
        for rank, measure in enumerate(food.measures, 1)
    ]
    options = [{"food_id": food.id, **eaten.model_dump()} for food in own for eaten in food.eaten]
    return FoodTable(
        pd.concat([table.foods, foods]),
        pd.concat([table.portions, _frame(portions)], ignore_index=True),
        pd.concat([table.options, _frame(options)], ignore_index=True),
        {**table.holds, **held(own)},
    )


def unknown_amounts(table: FoodTable, targets: Sequence[Target]) -> list[Exclusion]:
    """For each nutrient with a maximum, a rule that keeps out the foods whose amount nobody knows.

    Nothing unknown may count as zero against a limit. Towards a minimum it does count as zero.
    """
    counted, found = table.counted(), []
    for nutrient in dict.fromkeys(t.nutrient for t in targets if t.max is not None):
        foods = frozenset(counted.index[counted[nutrient].isna()])
        if foods:
            name = nutrient.replace("_", " ")
            found.append(Exclusion(f"{UNKNOWN}{nutrient}", f"its {name} is unknown, and has a limit", foods))
    return found


def own_notices(own: Sequence[OwnFood], excluded: Sequence[Exclusion], menu: Menu) -> list[Notice]:
    """For each own food what keeps it out because nobody knows it, or what the totals of the menu lack by it."""
    served = {item.food for day in menu.days for meal in day.meals for item in meal.items}
    found = []
    for food in own:
        if barred := [e for e in excluded if food.id in e.foods and e.rule.startswith((UNKNOWN, "diet/phyto"))]:
            why = "; ".join(e.text for e in barred)
            text = f"{food.name} is in no menu: {why}. Give what its label or its maker says."
            found.append(_notice(barred[0].rule, text))
        elif food.id in served and food.unknown:
            names = ", ".join(name.replace("_", " ") for name in food.unknown)
            text = f"Nobody knows how much of these is in {food.name}: {names}. The totals count none of it."
            found.append(_notice(TOLD, text))
    return found


def _notice(rule: str, text: str) -> Notice:
    return Notice(level="info", rule=rule, text=text, scope="menu", basis="project")


def _food(food: OwnFood) -> Mapping[str, Any]:
    """The food's row in foods.csv."""
    columns: dict[str, Any] = {str(name): amount for name, amount in food.amounts.items()}
    columns |= {flag: food.flags.get(flag, "may") for flag in FLAGS}
    return {
        "id": food.id,
        "fndds_code": NO_CODE,
        "name": food.name,
        "description": food.description,
        "category": food.category,
        "category_name": food.category_name,
        **columns,
        "isoflavones_unknown": int(food.isoflavones_unknown),
        "phytoestrogen": food.phytoestrogen,
        "price": food.price,
        "calcium_absorption": food.calcium_absorption,
    }


def _frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows without the columns that none of them knows, so that they leave the types of a table as they are."""
    return pd.DataFrame(rows).dropna(axis=1, how="all")
