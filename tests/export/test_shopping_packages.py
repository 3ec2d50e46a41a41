"""Packages, pieces and weights: never less than is needed, and those that leave least over."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.choices import Measures
from boneplan.data import shipped_yaml
from boneplan.export.aisles import shipped_shop
from boneplan.export.shopping.bought import shipped_bought
from boneplan.export.shopping.packages import Kind, Size, packed, shipped_packages

CHART = shipped_yaml("foods", "packages.yaml")
QUART = Size("quart", "quarts", 975, "946 ml")
HALF_GALLON = Size("half gallon", "half gallons", 1950, "1.89 l")
MILK = Kind((QUART, HALF_GALLON), keeps=1, grams_per_ml=1.03)
GOODS = frozenset(part.name for parts in shipped_bought().values() for part in parts)


@pytest.mark.parametrize(
    ("grams", "text"),
    [
        (1, "1 quart, 946 ml"),
        (975, "1 quart, 946 ml"),
        (984, "1 quart, 946 ml"),
        (986, "1 half gallon, 1.89 l"),
        (1952, "1 half gallon, 1.89 l"),
        (1990, "1 quart, 946 ml and 1 half gallon, 1.89 l"),
        (3000, "2 half gallons, 1.89 l each"),
        (19_500, "10 half gallons, 1.89 l each"),
        (20_000, "1 quart, 946 ml and 10 half gallons, 1.89 l each"),
    ],
)
def test_the_fewest_packages_of_those_that_leave_least_and_none_for_a_spoonful(grams: float, text: str):
    assert packed(MILK, grams).text == text


def test_a_hair_above_a_package_is_that_package():
    assert packed(MILK, 975 * (1 + 1e-12)).text == "1 quart, 946 ml"


@pytest.mark.parametrize(
    ("measures", "grams", "text"),
    [
        ("us", 20, "1 oz"),
        ("us", 60, "3 oz"),
        ("us", 100, "¼ lb"),
        ("us", 113.5, "½ lb"),
        ("us", 640, "1 ½ lb"),
        ("metric", 12, "20 g"),
        ("metric", 51, "100 g"),
        ("metric", 640, "650 g"),
        ("metric", 1210, "1.25 kg"),
    ],
)
def test_weights_are_rounded_up_to_what_one_asks_for(measures: Measures, grams: float, text: str):
    assert shipped_packages(measures).weighed(grams).text == text


@given(st.floats(0.1, 50_000), st.sampled_from(["us", "metric"]))
def test_never_less_than_needed(grams: float, measures: Measures):
    packages = shipped_packages(measures)
    assert packages.weighed(grams).grams >= grams * (1 - 1e-6)
    for good, category in (
        ("Milk, 2 %", 1004),
        ("Yogurt, plain, low-fat", 1820),
        ("White bread", 4202),
        ("Eggs", 2502),
    ):
        kind = packages.kind_of(good, category)
        assert kind is not None
        short = 0.01 if kind.piece is None and not kind.single else 1e-6
        assert packed(kind, grams).grams >= grams * (1 - short)


@pytest.mark.parametrize(
    ("kind", "grams", "text"),
    [
        (MILK, 247, "about 240 ml"),
        (MILK, 20, ""),
        (Kind((Size("bag", "bags", 500),)), 312, "about 310 g"),
        (Kind((Size("dozen", "dozens", 684),), piece=Size("egg", "eggs", 57)), 120, "2 eggs"),
        (Kind((Size("dozen", "dozens", 684),), piece=Size("egg", "eggs", 57)), 50, ""),
        (Kind((Size("medium", "medium", 200),), single=True), 150, ""),
    ],
)
def test_what_is_left_in_words(kind: Kind, grams: float, text: str):
    assert kind.left_text(grams) == text


def test_what_is_left_is_told_in_ounces_where_the_shop_has_them():
    liquid = Kind((QUART,), keeps=1, grams_per_ml=1.03, measures="us")
    assert liquid.left_text(870) == "about 29 fl oz"
    assert Kind((Size("bag", "bags", 500),), measures="us").left_text(312) == "about 11 oz"


def test_cans_are_counted_by_their_drained_weight_where_that_is_eaten():
    packages = shipped_packages("us")
    drained, whole = packages.kind_of("Corn, canned (drained)", 6416), packages.kind_of("Chickpeas, canned", 2802)
    assert drained is not None
    assert whole is not None
    assert drained.sizes[0].grams < whole.sizes[0].grams == 425


def test_every_name_of_the_file_is_that_of_something_bought():
    named = [
        *CHART["staples"]["goods"],
        *CHART["staples"]["brewed"],
        *(good for kind in CHART["kinds"].values() for good in kind.get("goods", ())),
    ]
    assert sorted(set(named) - GOODS) == []
    assert len(named) == len(set(named))


def test_whatever_is_bought_under_a_name_of_the_shop_is_packed_weighed_or_at_home():
    shop, packages = shipped_shop(), shipped_packages("us")
    named = {part.name for parts in shop.bought.values() for part in parts if len(parts) > 1 or part.grams_eaten}
    assert {
        name
        for name in named
        if packages.kind_of(name, shop.place_of[name].category) is None
        and not packages.is_staple(name, shop.place_of[name].category)
        and not packages.is_loose(shop.place_of[name].aisle)
    } == set()


def test_every_kind_has_its_sizes_in_both_measures_or_none():
    for name, kind in CHART["kinds"].items():
        assert ("us" in kind) == ("metric" in kind), name
        assert kind["keeps"] >= 0, name
        for size in [*kind.get("us", ()), *kind.get("metric", ()), *kind.get("any", ())]:
            assert size["grams"] > 0, name


def test_no_category_is_of_two_kinds():
    ranges = sorted(tuple(pair) for kind in CHART["kinds"].values() for pair in kind.get("categories", ()))
    assert all(low <= high for low, high in ranges)
    assert all(before[1] < after[0] for before, after in pairwise(ranges))
