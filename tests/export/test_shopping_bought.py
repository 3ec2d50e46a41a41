"""foods/bought.csv: every food has what is bought for it, with a sane yield, and no allergen goes out of sight."""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest

from boneplan.data import data_folder
from boneplan.export.aisles import shipped_shop
from boneplan.export.shopping.bought import shipped_bought

ALLERGENS = ("milk", "egg", "fish", "shellfish", "tree_nuts", "peanut", "wheat", "soy", "sesame", "gluten")
LEAST, MOST, PORRIDGE = 0.3, 4.1, 8.0  # grams eaten for a gram bought
DRINKS = {"Espresso coffee", "Black tea", "Black tea, decaf", "Herbal tea"}


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
        most = PORRIDGE if "water of the recipe" in row["source"] else MOST
        drink = "coffee" in row["bought"] or row["bought"] in DRINKS
        assert not row["yield"] or drink or LEAST <= float(row["yield"]) <= most, row


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
        ("whole-grain-pasta-cooked", "Whole grain pasta, dry", (100 - 7.34) / (100 - 61.80)),
        ("coffee-brewed", "Ground coffee", 18),
    ],
)
def test_some_yields_worked_by_hand(food: str, bought: str, grams_eaten: float):
    part = shipped_bought()[food][0]
    assert part.name == bought
    assert part.grams_eaten == pytest.approx(grams_eaten, rel=1e-6)


@pytest.mark.parametrize(
    ("food", "low", "high"),
    [
        # meat, poultry and fish lose water and fat
        ("chicken-breast-roasted-no-skin", 0.70, 0.76),
        ("chicken-thigh-roasted-no-skin", 0.70, 0.80),
        ("chicken-drumstick-stewed-no-skin", 0.40, 0.55),  # and bone
        ("chicken-wings-stewed", 0.40, 0.55),
        ("ground-beef-cooked", 0.64, 0.77),
        ("ground-turkey-cooked", 0.65, 0.77),
        ("bacon-cooked", 0.30, 0.40),
        ("sirloin-steak-lean", 0.70, 0.80),
        ("pork-tenderloin", 0.70, 0.82),
        ("cod-baked", 0.70, 0.80),
        # grains, pasta and pulses take up water
        ("rice-white", 2.6, 3.1),
        ("rice-brown", 2.4, 3.1),
        ("pasta-cooked", 2.2, 2.45),
        ("whole-grain-pasta-cooked", 2.2, 2.5),
        ("egg-noodles-cooked", 2.3, 2.9),
        ("couscous-cooked", 2.4, 3.4),
        ("bulgur-cooked", 3.0, 4.1),
        ("quinoa-cooked", 2.7, 3.4),
        ("chickpeas-cooked", 2.1, 2.6),
        ("black-beans-cooked", 2.3, 2.7),
        ("pinto-beans-cooked", 2.2, 2.6),
        ("kidney-beans-cooked", 2.3, 2.7),
        ("lentils-cooked", 2.3, 3.0),
        # fruit and vegetables lose peel, core and shell
        ("apple", 0.88, 0.92),
        ("avocado", 0.66, 0.76),
        ("banana", 0.62, 0.66),
        ("orange", 0.70, 0.76),
        ("corn-cooked", 0.33, 0.45),
        ("boiled-potatoes", 0.60, 0.80),
        ("carrots-raw", 0.85, 0.92),
        ("egg-boiled-or-poached", 0.86, 0.90),
    ],
)
def test_yields_lie_where_cooks_find_them(food: str, low: float, high: float):
    grams_eaten = shipped_bought()[food][0].grams_eaten
    assert grams_eaten is not None
    assert low <= grams_eaten <= high


@pytest.mark.parametrize("food", ["milk-whole", "lettuce", "turnip-greens-cooked", "lasagna-with-meat"])
def test_where_no_yield_is_known_there_is_none(food: str):
    [part] = shipped_bought()[food]
    assert part.grams_eaten is None
