"""Isoflavones are summed by ingredient; what could hold some and has no value is a warning."""

from pathlib import Path

import pytest
import yaml

from foods_build.ingredients import Leaf
from foods_build.isoflavones import IsoflavoneEstimate, IsoflavoneRules, estimate, phytoestrogen_class

DATA = Path(__file__).resolve().parents[2] / "tools" / "foods_build" / "phytoestrogens.yaml"
RULES = IsoflavoneRules.parse(yaml.safe_load(DATA.read_text(encoding="utf-8")))
TABLE = {16127: 22.6, 99572: 10.7, 4044: 0.0}
NOTHING = IsoflavoneEstimate(None, 0.0, False)


def test_a_stir_fry_of_half_tofu_has_half_the_isoflavones() -> None:
    leaves = [Leaf(16127, "Tofu, soft", 0.5), Leaf(20045, "Rice, white, cooked", 0.5)]
    assert estimate(leaves, TABLE, RULES, 1.0) == IsoflavoneEstimate(pytest.approx(11.3), 0.5, False)


def test_unsweetened_soy_milk_takes_the_value_of_soy_milk() -> None:
    leaves = [Leaf(16222, "Soy milk, unsweetened, plain, shelf stable", 1.0)]
    assert estimate(leaves, TABLE, RULES, 1.0).mg == pytest.approx(10.7)


def test_loss_of_water_concentrates_isoflavones() -> None:
    assert estimate([Leaf(16127, "Tofu, soft", 1.0)], TABLE, RULES, 1.25).mg == pytest.approx(28.25)


def test_an_apple_is_unknown_and_no_suspect() -> None:
    assert estimate([Leaf(9003, "Apples, raw, with skin", 1.0)], TABLE, RULES, 1.0) == NOTHING


@pytest.mark.parametrize(
    "suspect", ["Chicken, meatless", "Soy protein something", "Beverages, SLIMFAST Shake Mix, powder"]
)
def test_a_soy_like_ingredient_without_a_value_counts_as_a_risk(suspect: str) -> None:
    assert estimate([Leaf(1, suspect, 1.0)], TABLE, RULES, 1.0).unknown


@pytest.mark.parametrize("plain", ["Brussels sprouts, raw", "Oil, industrial, soy, low linolenic"])
def test_sprouts_of_cabbage_and_soybean_oil_are_no_risk(plain: str) -> None:
    assert not estimate([Leaf(1, plain, 1.0)], TABLE, RULES, 1.0).unknown


@pytest.mark.parametrize(
    ("description", "ingredient", "answer"),
    [
        ("Soybean curd", "Tofu, soft", "source"),
        ("Flax seeds", "Flaxseed, ground", "source"),
        ("Miso soup", "Water", "source"),
        ("Bread, white", "Flour, soy, defatted", "source"),
        ("Potato chips, plain", "Oil, soybean", "trace"),
        ("Chicken with soy sauce", "Soy sauce made from soy and wheat (shoyu)", "trace"),
        ("Apple, raw", "Apples, raw, with skin", "none"),
        ("Lasagna, meatless", "Pasta, cooked", "none"),
    ],
)
def test_what_makes_a_source_and_what_a_trace(description: str, ingredient: str, answer: str) -> None:
    leaves = [Leaf(1, ingredient, 0.1), Leaf(2, "Water", 0.9)]
    assert phytoestrogen_class(description, leaves, NOTHING, RULES) == answer


def test_much_isoflavone_makes_a_source_whatever_the_name() -> None:
    leaves = [Leaf(1, "Wheat flour", 1.0)]
    assert phytoestrogen_class("Doughnut", leaves, IsoflavoneEstimate(5.3, 1.0, False), RULES) == "source"
    assert phytoestrogen_class("Doughnut", leaves, IsoflavoneEstimate(1.5, 1.0, False), RULES) == "trace"
