"""The food table as frames: what is unknown stays unknown, or counts as the unsafe answer."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from boneplan.foods.eligible import allowed, exclusions
from boneplan.foods.table import NUTRIENTS, FoodTable, category_pairs, diets, load_foods


@pytest.fixture
def three(tmp_path: Path) -> FoodTable:
    """Three foods, with some amounts unknown."""
    foods = pd.DataFrame(
        {
            "id": ["jam", "bread", "tofu"],
            **{nutrient: [1.0, 2.0, 3.0] for nutrient in NUTRIENTS},
            "sugars": [60.0, 4.0, 1.0],
            "isoflavones_unknown": [0, 1, 0],
        }
    )
    foods["added_sugar"] = [math.nan, 2.0, 0.0]
    foods["isoflavones"] = [math.nan, math.nan, 22.0]
    foods["vitamin_k"] = [0.5, math.nan, 2.0]
    foods.to_csv(tmp_path / "foods.csv", index=False)
    columns = {"food_id": ["jam", "bread", "jam"], "measure": ["jar", "slice", "spoon"], "rank": [2, 1, 1]}
    pd.DataFrame(columns).to_csv(tmp_path / "portions.csv", index=False)
    pd.DataFrame({"food_id": ["jam"], "meal": ["breakfast"]}).to_csv(tmp_path / "options.csv", index=False)
    return load_foods(tmp_path)


def test_unknown_added_sugar_counts_as_all_sugars(three: FoodTable) -> None:
    assert dict(three.counted()["added_sugar"]) == {"jam": 60.0, "bread": 2.0, "tofu": 0.0}


def test_isoflavones_are_zero_only_where_nothing_holds_them(three: FoodTable, table: FoodTable) -> None:
    counted = three.counted()["isoflavones"]
    assert (counted["jam"], counted["tofu"]) == (0.0, 22.0)
    unknown = table.foods["isoflavones_unknown"].eq(1)
    assert unknown.any()
    # Where the source is silent and an ingredient could hold them, the food says so.
    assert (table.foods.loc[unknown, "phytoestrogen"] != "none").all()
    silent = table.foods["isoflavones"].isna() & ~unknown
    assert (table.foods.loc[silent, "phytoestrogen"] != "source").all()


@pytest.mark.parametrize("policy", ["avoid", "limit", "allow"])
def test_a_food_of_unknown_isoflavones_is_offered_to_nobody(table: FoodTable, eater, policy: str) -> None:
    left = allowed(table, exclusions(table, eater(phytoestrogens=policy)))
    unknown = set(table.foods.index[table.foods["isoflavones_unknown"].eq(1)])
    assert all(foods.isdisjoint(unknown) for foods in left.values())


def test_any_other_unknown_stays_unknown(three: FoodTable) -> None:
    assert math.isnan(three.counted().loc["bread", "vitamin_k"])


def test_counting_leaves_the_table_as_it_was(three: FoodTable) -> None:
    counted = three.counted()
    counted["energy"] = 0.0
    assert math.isnan(three.foods.loc["jam", "added_sugar"])
    assert list(three.foods["energy"]) == [1.0, 2.0, 3.0]


def test_nothing_that_is_offered_has_an_unknown_amount(table: FoodTable) -> None:
    assert not table.counted().isna().any(axis=None)


def test_measures_come_in_the_order_of_their_rank(three: FoodTable) -> None:
    assert list(three.portions["measure"][three.portions["food_id"] == "jam"]) == ["spoon", "jar"]


def test_the_table_is_read_once() -> None:
    assert load_foods() is load_foods()


def test_pairs_name_the_smaller_category_first() -> None:
    pairs = category_pairs()
    assert all(meal in ("breakfast", "lunch", "dinner", "snack") and a <= b for meal, a, b in pairs)
    assert all(n >= 0 and lift >= 0 for n, lift in pairs.values())


def test_diets_name_columns_of_the_table(table: FoodTable) -> None:
    for kinds in diets().values():
        for spec in kinds.values():
            columns = [*spec.get("exclude", []), *spec.get("exclude_yes", [])]
            columns += [column for at in spec.get("exclude_at", {}).values() for column in at]
            assert set(columns) <= set(table.foods.columns)
            assert set(spec) <= {"exclude", "exclude_yes", "exclude_at"}
