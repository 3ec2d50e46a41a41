"""Allergen and animal flags come from ingredient descriptions by the written rules."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods_build.flags import FLAGS, LEVELS, Flagger, load_rules, parse_rules

RULES = Path(__file__).resolve().parents[2] / "tools" / "foods_build" / "ingredient_rules.yaml"
FLAGGER = Flagger(load_rules(RULES))


@pytest.mark.parametrize(
    ("ingredient", "flag", "answer"),
    [
        ("Gravy, beef, canned, ready-to-serve", "wheat", "yes"),
        ("Gravy, beef, canned, ready-to-serve", "gluten", "yes"),
        ("Salad dressing, mayonnaise, regular", "egg", "yes"),
        ("Soup, chicken broth, ready-to-serve", "soy", "may"),
        ("Soup, chicken broth, ready-to-serve", "meat", "yes"),
        ("Sauce, fish, ready-to-serve", "fish", "yes"),
        ("Sauce, worcestershire", "fish", "yes"),
        ("Beverages, Malted drink mix, natural, powder, dairy based.", "gluten", "yes"),
        ("Whey, sweet, dried", "milk", "yes"),
        ("Cream substitute, powdered", "milk", "yes"),
        ("Butter oil, anhydrous", "milk", "yes"),
        ("Oil, soybean", "soy", "may"),
        ("Sesame butter, creamy", "sesame", "yes"),
        ("Bread, white, commercially prepared", "wheat", "yes"),
        ("Bread, white, commercially prepared", "sesame", "may"),
        ("Margarine, regular, 80% fat, composite, stick, with salt", "milk", "may"),
        ("Cereals, oats, regular and quick, not fortified, dry", "gluten", "may"),
        ("Barley, pearled, cooked", "gluten", "yes"),
        ("Candies, marshmallows", "gelatine", "yes"),
        ("Candies, marshmallows", "meat", "yes"),
        ("Lard", "pork", "yes"),
        ("Fish, catfish, channel, farmed, raw", "shellfish_or_nonkosher_fish", "yes"),
        ("Milk, whole, 3.25% milkfat, with added vitamin D", "lactose", "yes"),
        ("Cheese, swiss", "lactose", "no"),
        ("Cheese, swiss", "milk", "yes"),
        ("Soy sauce made from soy and wheat (shoyu)", "wheat", "yes"),
        ("Gelatin desserts, dry mix, prepared with water", "gelatine", "yes"),
        ("Candies, REESE'S Peanut Butter Cups", "peanut", "yes"),
        ("Crustaceans, crab, alaska king, imitation, made from surimi", "egg", "yes"),
    ],
)
def test_an_ingredient_carries_what_it_is_made_of(ingredient: str, flag: str, answer: str) -> None:
    assert FLAGGER.flags([ingredient])[flag] == answer


@pytest.mark.parametrize(
    "ingredient",
    [
        "Apples, raw, with skin (Includes foods for USDA's Food Distribution Program)",
        "Rice, white, long-grain, regular, enriched, cooked",
        "Carrots, mature, raw",
        "Beverages, water, tap, drinking",
        "Beverages, coffee, brewed, prepared with tap water",
        "Lentils, mature seeds, cooked, boiled, without salt",
        "Beans, black turtle, mature seeds, canned",
        "Olives, ripe, canned (small-extra large)",
    ],
)
def test_a_plain_food_carries_nothing(ingredient: str) -> None:
    assert set(FLAGGER.flags([ingredient]).values()) == {"no"}


@pytest.mark.parametrize(
    ("ingredient", "flag"),
    [
        ("Peanut butter, smooth style, with salt", "milk"),
        ("Eggplant, raw", "egg"),
        ("Flour, buckwheat", "wheat"),
        ("Nuts, coconut milk, raw (liquid expressed from grated meat and water)", "milk"),
        ("Almond milk, unsweetened, plain, shelf stable", "milk"),
        ("Cornstarch", "gluten"),
        ("Bread, gluten-free, white, made with rice flour, corn starch, and/or tapioca", "gluten"),
        ("Squash, winter, spaghetti, cooked, boiled, drained, or baked, without salt", "wheat"),
        ("Waterchestnuts, chinese, canned, solids and liquids", "tree_nuts"),
        ("Beef, ground, 90% lean meat / 10% fat, patty, cooked, broiled", "wheat"),
    ],
)
def test_a_word_inside_another_is_no_allergen(ingredient: str, flag: str) -> None:
    assert FLAGGER.flags([ingredient])[flag] == "no"


def test_beef_is_meat_and_nothing_else() -> None:
    flags = FLAGGER.flags(["Beef, composite of trimmed retail cuts, separable lean and fat, all grades, raw"])
    assert {flag for flag, answer in flags.items() if answer != "no"} == {"meat"}


def test_lactose_free_milk_keeps_milk_and_loses_lactose() -> None:
    milk = ["Milk, whole, 3.25% milkfat, with added vitamin D"]
    assert FLAGGER.flags_of_food("Milk, lactose free, whole", milk)["lactose"] == "no"
    assert FLAGGER.flags_of_food("Milk, lactose free, whole", milk)["milk"] == "yes"


def test_a_rule_with_an_unknown_flag_is_refused() -> None:
    with pytest.raises(ValueError, match="no such flag mustard"):
        parse_rules([{"match": "mustard", "contains": ["mustard"], "because": "mustard"}])


DESCRIPTIONS = st.sampled_from(
    [
        "Milk, canned, evaporated",
        "Apples, raw, without skin",
        "Bread, gluten free",
        "Oil, soybean",
        "Soup, vegetable with beef broth, canned, condensed",
        "Vegetarian, fillet",
        "no milk, no egg, fish-free",
    ]
)


@given(st.lists(DESCRIPTIONS, max_size=4), DESCRIPTIONS)
def test_another_ingredient_never_clears_a_flag(ingredients: list[str], more: str) -> None:
    before, after = FLAGGER.flags(ingredients), FLAGGER.flags([*ingredients, more])
    assert all(LEVELS.index(after[flag]) >= LEVELS.index(before[flag]) for flag in FLAGS)
