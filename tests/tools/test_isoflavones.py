"""Isoflavones are summed by ingredient; what could hold some and has no value is a warning."""

from pathlib import Path

import pytest
import yaml

from foods_build.ingredients import Leaf
from foods_build.isoflavones import IsoflavoneEstimate, IsoflavoneRules, estimate, phytoestrogen_class

DATA = Path(__file__).resolve().parents[2] / "tools" / "foods_build" / "phytoestrogens.yaml"
RULES = IsoflavoneRules.parse(yaml.safe_load(DATA.read_text(encoding="utf-8")))
STANDS_FOR = dict.fromkeys((use for _, use in RULES.stand_ins), 0.0)
TABLE = STANDS_FOR | {16127: 22.6, 99572: 10.7, 99468: 1.05, 7022: 1.9, 16123: 1.18}
NOTHING = IsoflavoneEstimate(None, 0.0, False)


def without_soy(_: str) -> bool:
    return False


def with_soy(_: str) -> bool:
    return True


def test_a_stir_fry_of_half_tofu_has_half_the_isoflavones() -> None:
    leaves = [Leaf(16127, "Tofu, soft", 0.5), Leaf(9, "Peppers, red, raw", 0.5)]
    assert estimate(leaves, TABLE, RULES, 1.0, without_soy) == IsoflavoneEstimate(pytest.approx(11.3), 0.5, False)


def test_unsweetened_soy_milk_takes_the_value_of_soy_milk() -> None:
    leaves = [Leaf(16222, "Soy milk, unsweetened, plain, shelf stable", 1.0)]
    assert estimate(leaves, TABLE, RULES, 1.0, without_soy).mg == pytest.approx(10.7)


def test_loss_of_water_concentrates_isoflavones() -> None:
    assert estimate([Leaf(16127, "Tofu, soft", 1.0)], TABLE, RULES, 1.25, without_soy).mg == pytest.approx(28.25)


def test_an_apple_is_unknown_and_no_suspect() -> None:
    assert estimate([Leaf(9003, "Apples, raw, with skin", 1.0)], TABLE, RULES, 1.0, without_soy) == NOTHING


@pytest.mark.parametrize(
    "suspect", ["Chicken, meatless", "Soy protein something", "Beverages, SLIMFAST Shake Mix, powder"]
)
def test_a_soy_like_ingredient_without_a_value_counts_as_a_risk(suspect: str) -> None:
    assert estimate([Leaf(1, suspect, 1.0)], TABLE, RULES, 1.0, without_soy).unknown


@pytest.mark.parametrize("plain", ["Brussels sprouts, raw", "Oil, industrial, soy, low linolenic"])
def test_sprouts_of_cabbage_and_soybean_oil_are_no_risk(plain: str) -> None:
    assert not estimate([Leaf(1, plain, 1.0)], TABLE, RULES, 1.0, without_soy).unknown


@pytest.mark.parametrize(
    ("ingredient", "mg"),
    [
        ("Bread, oatmeal", 1.05),  # as the highest bought bread
        ("Bologna, beef, low fat", 1.9),  # as the highest sausage
        ("Sauce, teriyaki, ready-to-serve", 1.18),  # as soy sauce
        ("Restaurant, Chinese, kung pao chicken", 1.18),
        ("Margarine, regular, 80% fat, composite, stick, with salt", 0.0),
        ("Candies, milk chocolate", 0.0),  # lecithin
    ],
)
def test_what_could_hold_soy_takes_the_highest_comparable_value(ingredient: str, mg: float) -> None:
    assert estimate([Leaf(1, ingredient, 1.0)], TABLE, RULES, 1.0, with_soy) == IsoflavoneEstimate(mg, 1.0, False)


@pytest.mark.parametrize("ingredient", ["Apples, raw, red delicious", "Fish, tuna, fresh, bluefin, raw"])
def test_nothing_stands_for_what_could_not_hold_soy(ingredient: str) -> None:
    assert estimate([Leaf(1, ingredient, 1.0)], TABLE, RULES, 1.0, without_soy) == NOTHING


@pytest.mark.parametrize(
    "ingredient", ["Something bought", "Meatballs, meatless", "Soup, hot and sour, Chinese restaurant"]
)
def test_what_could_hold_soy_and_is_like_nothing_in_the_database_is_unknown(ingredient: str) -> None:
    assert estimate([Leaf(1, ingredient, 1.0)], TABLE, RULES, 1.0, with_soy) == IsoflavoneEstimate(None, 0.0, True)


def test_an_own_value_goes_before_a_stand_in() -> None:
    assert estimate([Leaf(16127, "Bread, white", 1.0)], TABLE, RULES, 1.0, with_soy).mg == pytest.approx(22.6)


@pytest.mark.parametrize(
    ("description", "ingredient", "answer"),
    [
        ("Soybean curd", "Tofu, soft", "source"),
        ("Flax seeds", "Flaxseed, ground", "source"),
        ("Miso soup", "Water", "source"),
        ("Bread, white", "Flour, soy, defatted", "source"),
        ("Potato chips, plain", "Oil, soybean", "trace"),
        ("Chicken with soy sauce", "Soy sauce made from soy and wheat (shoyu)", "trace"),
        ("Soup, pho, with meat", "Mung beans, mature seeds, sprouted, raw", "source"),
        ("Cabbage soup", "Brussels sprouts, raw", "none"),
        ("Toast", "Bread, wheat, sprouted", "trace"),
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
