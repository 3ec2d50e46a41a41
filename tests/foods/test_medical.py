"""Foods that a condition or a medicine keeps off the plate."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from boneplan.foods.eligible import allowed, exclusions
from boneplan.foods.medical import food_rules
from boneplan.foods.table import FoodTable
from boneplan.profile import Profile

Eater = Callable[..., Profile]


def offered(table: FoodTable, person: Profile) -> Mapping[str, frozenset[str]]:
    return {**allowed(table, exclusions(table, person))}


def left_out(table: FoodTable, rule: str, person: Profile) -> frozenset[str]:
    return frozenset[str]().union(*(e.foods for e in exclusions(table, person) if e.rule == rule))


@pytest.mark.parametrize(
    "food",
    ["spinach-raw", "creamed-spinach", "spinach-quiche-meatless", "beet-greens-cooked-with-oil-or-butter", "rhubarb",
     "chard-cooked-with-oil-or-butter", "almonds-raw", "almond-butter", "chocolate-coated-almonds"],
)  # fmt: skip
def test_kidney_stones_keep_out_what_is_rich_in_oxalate(table: FoodTable, eater: Eater, food: str) -> None:
    assert food in left_out(table, "condition/kidney_stones", eater(conditions=("kidney_stones",)))
    assert any(food in foods for foods in offered(table, eater()).values())


@pytest.mark.parametrize("food", ["mixed-salad-greens", "italian-wedding-soup-with-meatballs", "trail-mix-with-nuts"])
def test_kidney_stones_keep_out_what_holds_spinach_or_almonds_under_another_name(
    table: FoodTable, eater: Eater, food: str
) -> None:
    assert food in left_out(table, "condition/kidney_stones", eater(conditions=("kidney_stones",)))


@pytest.mark.parametrize(
    "food", ["kale-cooked", "beets-cooked", "mustard-greens-cooked", "milk-2-percent", "cashews-raw"]
)
def test_kidney_stones_leave_calcium_and_other_vegetables_on_the_plate(
    table: FoodTable, eater: Eater, food: str
) -> None:
    assert food not in left_out(table, "condition/kidney_stones", eater(conditions=("kidney_stones",)))


def test_warfarin_has_a_rule_against_natto_and_other_anticoagulants_have_none(table: FoodTable, eater: Eater) -> None:
    def rules(medicine: str) -> set[str]:
        return {e.rule for e in exclusions(table, eater(medications=(medicine,)))}

    natto = table.foods.head(1).assign(id="natto", name="Natto", description="Natto").set_index("id", drop=False)
    with_natto = FoodTable(natto, table.portions, table.options)
    assert left_out(with_natto, "medicine/vitamin_k_antagonist", eater(medications=("Coumadin 5 mg",))) == {"natto"}
    assert "medicine/vitamin_k_antagonist" in rules("warfarin")
    assert "medicine/vitamin_k_antagonist" not in rules("apixaban")


def test_every_rule_names_its_source_and_foods_of_the_table(table: FoodTable) -> None:
    for rule in food_rules():
        assert str(rule.reference)
        assert rule.text
        assert set(rule.foods) <= set(table.foods.index), rule.rule
        assert set(rule.flags) <= set(table.foods.columns), rule.rule
