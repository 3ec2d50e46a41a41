"""Every food of the shipped table has its aisle."""

from __future__ import annotations

from itertools import pairwise

import pytest

from boneplan.data import shipped_yaml
from boneplan.export.aisles import aisle, shipped_shop

CHART = shipped_yaml("foods", "aisles.yaml")


@pytest.mark.parametrize(
    ("category", "name"),
    [
        (1004, "Dairy, eggs and chilled"),
        (2402, "Meat and fish"),
        (2502, "Dairy, eggs and chilled"),
        (2802, "Tins and jars"),
        (2804, "Nuts and snacks"),
        (3602, "Prepared dishes"),
        (4202, "Bread and bakery"),
        (4802, "Dry goods and cereal"),
        (5802, "Frozen"),
        (6002, "Fruit and vegetables"),
        (6016, "Nuts and snacks"),
        (6802, "Fruit and vegetables"),
        (7302, "Drinks"),
        (7702, None),
        (7704, "Drinks"),
        (8012, "Spreads, oils and condiments"),
        (9999, "Other"),
    ],
)
def test_the_aisle_of_a_category(category: int, name: str | None):
    assert aisle("some-food", category, CHART) == name


def test_no_category_has_two_aisles():
    ranges = sorted(tuple(pair) for pairs in CHART["aisles"].values() for pair in pairs)
    assert all(low <= high for low, high in ranges)
    assert all(before[1] < after[0] for before, after in pairwise(ranges))


@pytest.mark.parametrize(
    ("good", "name"),
    [
        ("Green peas, frozen", "Frozen"),
        ("Green peas, canned (drained)", "Tins and jars"),
        ("Chickpeas, dried", "Dry goods and cereal"),
        ("White rice, dry", "Dry goods and cereal"),
        ("Chickpeas, canned", "Tins and jars"),
        ("Carrots", "Fruit and vegetables"),
        ("Ground beef", "Meat and fish"),
        ("Eggs", "Dairy, eggs and chilled"),
        ("Parsley", "Fruit and vegetables"),
        ("White bread", "Bread and bakery"),
    ],
)
def test_what_is_bought_stands_where_it_is_bought(good: str, name: str):
    assert shipped_shop().place_of[good].aisle == name


def test_every_name_of_the_chart_is_that_of_something_bought():
    goods = {part.name for parts in shipped_shop().bought.values() for part in parts}
    assert set(CHART["goods"]) <= goods
    assert {end for end in CHART["bought"] if not any(good.endswith(end) for good in goods)} == set()


def test_every_shipped_food_has_an_aisle():
    shop = shipped_shop()
    assert [food for food, name in shop.aisle_of.items() if name == shop.other] == []
    assert set(shop.aisle_of.values()) - {None} <= set(shop.aisles)
    assert {*CHART["foods"].values(), *CHART["bought"].values(), *CHART["goods"].values()} <= set(shop.aisles)
