"""foods/bought.csv: every food has what is bought for it, with a sane yield, and no allergen goes out of sight."""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest

from boneplan.data import data_folder
from boneplan.export.aisles import shipped_shop
from boneplan.export.shopping.bought import shipped_bought

ALLERGENS = ("milk", "egg", "fish", "shellfish", "tree_nuts", "peanut", "wheat", "soy", "sesame", "gluten")
LEAST, MOST = 0.3, 8.0  # grams eaten for a gram bought: bacon; porridge of dry grain
POWDERS = {"Instant coffee", "Instant coffee, decaf"}


def rows(name: str) -> list[dict[str, str]]:
    with (data_folder("foods") / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


FOODS = {row["id"]: row for row in rows("foods.csv")}
BOUGHT = rows("bought.csv")


def test_every_food_has_what_is_bought_for_it():
    assert {row["food_id"] for row in BOUGHT} == set(FOODS)


def test_the_shares_of_a_food_are_the_whole_of_it():
    for food, parts in shipped_bought().items():
        assert sum(part.share for part in parts) == pytest.approx(1, abs=1e-12), food
        assert all(part.share > 0 for part in parts), food


def test_a_yield_says_where_it_is_from():
    for row in BOUGHT:
        assert bool(row["yield"]) == bool(row["source"]), row
        assert not row["yield"] or row["bought"] in POWDERS or LEAST <= float(row["yield"]) <= MOST, row


def test_nothing_that_a_food_holds_is_missing_in_what_is_bought():
    bought: dict[str, set[str]] = defaultdict(set)
    for row in BOUGHT:
        bought[row["food_id"]] |= set(row["contains"].split())
    holds = {food: {flag for flag in ALLERGENS if row[flag] == "yes"} for food, row in FOODS.items()}
    assert {food: sorted(held - bought[food]) for food, held in holds.items() if held - bought[food]} == {}


def test_all_that_is_merged_into_one_line_holds_the_same_allergens():
    holds: dict[str, set[str]] = defaultdict(set)
    for row in BOUGHT:
        holds[row["bought"]].add(row["contains"])
    assert {name: found for name, found in holds.items() if len(found) > 1} == {}


def test_everything_bought_has_an_aisle():
    shop = shipped_shop()
    named = {part.name for food, parts in shop.bought.items() if shop.aisle_of[food] for part in parts}
    assert {name for name in named if shop.place_of[name].aisle not in shop.aisles} == set()


@pytest.mark.parametrize(
    ("food", "bought", "grams_eaten"),
    [
        (
            "chicken-breast-roasted-no-skin",
            "Chicken breast, no skin or bone",
            0.74,
        ),  # FNDDS: 26 % of moisture is lost
        ("salmon-baked", "Salmon fillets", 0.77),
        ("broccoli-cooked", "Broccoli, trimmed", 0.96),
        ("banana", "Bananas", 0.64),  # USDA: 36 % is skin
        ("pasta-cooked", "Pasta, dry", (100 - 9.90) / (100 - 62.13)),
        ("lentils-cooked", "Lentils, dried", (100 - 10.40) / (100 - 69.64)),
        ("ground-turkey-cooked", "Ground turkey", 18.73 / 27.10),
        ("chickpeas-canned", "Chickpeas, canned", 0.6),  # drained
        ("oatmeal-made-with-water", "Rolled oats", (240 + 40 + 0.4) * 0.85 / 40.4),
        ("white-toast", "White bread", 0.91),
        ("egg-boiled-or-poached", "Eggs", 0.88),
    ],
)
def test_some_yields_worked_by_hand(food: str, bought: str, grams_eaten: float):
    part = shipped_bought()[food][0]
    assert part.name == bought
    assert part.grams_eaten == pytest.approx(grams_eaten, rel=1e-6)


@pytest.mark.parametrize(
    "food", ["milk-whole", "lettuce", "turnip-greens-cooked", "coffee-brewed", "lasagna-with-meat"]
)
def test_where_no_yield_is_known_there_is_none(food: str):
    [part] = shipped_bought()[food]
    assert part.grams_eaten is None
