"""Every food has one group, by its WWEIA category."""

from __future__ import annotations

import csv
from itertools import pairwise

import pytest

from boneplan.data import data_folder, shipped_yaml
from boneplan.errors import Fault
from boneplan.foods.groups import group_names, group_of


@pytest.mark.parametrize(
    ("category", "group"),
    [
        (1004, "Milk, yogurt and cheese"),
        (1902, "Milk, yogurt and cheese"),  # plant milk
        (2402, "Fish and seafood"),
        (2502, "Eggs"),
        (2804, "Beans, nuts and seeds"),
        (3102, "Beans, nuts and seeds"),
        (6002, "Fruit and juice"),
        (6410, "Vegetables"),
        (7302, "Drinks"),
        (9999, "Fats, sauces and the rest"),
    ],
)
def test_the_group_of_a_category(category: int, group: str):
    assert group_of(category) == group


def test_every_food_has_a_group_that_is_told():
    with (data_folder("foods") / "foods.csv").open(encoding="utf-8", newline="") as stream:
        found = {group_of(int(row["category"])) for row in csv.DictReader(stream)}
    assert found == set(group_names())


def test_no_category_has_two_groups():
    ranges = sorted(tuple(pair) for pairs in shipped_yaml("foods", "groups.yaml").values() for pair in pairs)
    assert all(low <= high for low, high in ranges)
    assert all(before[1] < after[0] for before, after in pairwise(ranges))


def test_a_category_that_no_group_has_is_a_fault():
    with pytest.raises(Fault, match="no group for category 1"):
        group_of(1)
