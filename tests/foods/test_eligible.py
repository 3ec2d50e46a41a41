"""Who is offered what: diet patterns, allergies, intolerances, dislikes, budgets and policies."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import get_args

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boneplan.choices import Allergen, Pattern, Policy
from boneplan.data import shipped_yaml
from boneplan.foods.eligible import HOLDS, MEALS, allowed, disliked, exclusions, words_of
from boneplan.foods.table import FoodTable, load_foods
from boneplan.profile import Diet, Profile

Eater = Callable[..., Profile]
ALLERGENS = get_args(Allergen)
ANIMAL = ("meat", "gelatine", "fish", "shellfish", "milk", "egg", "honey")
# Categories of FNDDS 2021-2023 that no food of the table is in.
WITHOUT_FOODS = {
    3722: "Peanut butter and jelly sandwiches",
    3744: "Vegetable sandwiches",
    6489: "Vegetables on a sandwich",
}
WITHOUT_FOODS |= {3742: "Meat and BBQ sandwiches"}
DINNER = ("dinner",)
NO_DINNER = ("breakfast", "lunch", "snack")

# Soy foods, flax and sprouts by the words of a menu; the oils and sauces of soy are traces.
SOURCE = re.compile(r"\bsoy|tofu|tempeh|edamame|\bmiso\b|natto|flax|linseed|alfalfa|clover|sprouts\b", re.IGNORECASE)
TRACE = re.compile(r"soy(bean)? oil|soy sauce|soy-based sauce|brussels sprouts", re.IGNORECASE)


def offered(table: FoodTable, person: Profile) -> dict[str, frozenset[str]]:
    return {**allowed(table, exclusions(table, person))}


def holding(table: FoodTable, flag: str, *answers: str) -> set[str]:
    """Foods whose flag is one of `answers`; by default the two unsafe ones."""
    return set(table.foods.index[table.foods[flag].isin(answers or ("yes", "may"))])


def shelf(*foods: str | tuple[str, str, str] | dict[str, str]) -> pd.DataFrame:
    """A little table of foods, each a name, (name, description, category), or columns by name."""
    rows = []
    for food in foods:
        row = dict.fromkeys(HOLDS, "no") | {"description": "", "category": 0, "category_name": ""}
        if isinstance(food, dict):
            row |= food
        elif isinstance(food, tuple):
            row |= dict(zip(("name", "description", "category_name"), food, strict=True))
        else:
            row["name"] = food
        rows.append(row)
    return pd.DataFrame(rows).set_index("name", drop=False)


@pytest.mark.parametrize(
    ("pattern", "never", "meals"),
    [
        ("pescatarian", ["meat", "gelatine"], MEALS),
        ("vegetarian", ["meat", "gelatine", "fish", "shellfish"], MEALS),
        ("vegan", ANIMAL, MEALS),
        ("halal", ["pork", "gelatine"], MEALS),
        ("kosher", ["pork", "gelatine", "shellfish_or_nonkosher_fish"], MEALS),
        ("kosher", ["meat"], NO_DINNER),
        ("kosher", ["milk"], DINNER),
    ],
)
def test_a_diet_pattern_leaves_out_what_it_forbids_and_what_may_hold_it(
    table: FoodTable, eater: Eater, pattern: str, never: list[str], meals: tuple[str, ...]
) -> None:
    left = offered(table, eater(pattern=pattern))
    for flag in never:
        assert holding(table, flag)
        assert all(left[meal].isdisjoint(holding(table, flag)) for meal in meals), flag


def test_kosher_meat_is_for_dinner_and_milk_for_the_other_meals(table: FoodTable, eater: Eater) -> None:
    left = offered(table, eater(pattern="kosher"))
    meat, milk = holding(table, "meat", "yes"), holding(table, "milk", "yes")
    assert left["dinner"] & meat
    assert all(left[meal] & milk for meal in NO_DINNER)
    assert left["dinner"] | left["lunch"] < frozenset(table.foods.index)


def test_what_may_hold_pork_is_for_nobody_who_eats_no_meat(table: FoodTable, eater: Eater) -> None:
    pork = holding(table, "pork")
    for pattern in ("pescatarian", "vegetarian", "vegan"):
        assert all(foods.isdisjoint(pork) for foods in offered(table, eater(pattern=pattern)).values())


def test_no_shellfish_is_kosher(table: FoodTable, eater: Eater) -> None:
    left = offered(table, eater(pattern="kosher"))
    assert all(foods.isdisjoint(holding(table, "shellfish", "yes")) for foods in left.values())


@pytest.mark.parametrize("pattern", get_args(Pattern))
def test_every_pattern_leaves_the_others_food_alone(table: FoodTable, eater: Eater, pattern: str) -> None:
    flags = ["meat", "pork", "gelatine", "fish", "shellfish", "milk", "egg", "honey", "shellfish_or_nonkosher_fish"]
    plain = set(table.foods.index[table.foods[flags].eq("no").all(axis=1)])
    everything = offered(table, eater())["lunch"]
    assert offered(table, eater(pattern=pattern))["lunch"] >= plain & everything


def test_an_omnivore_who_allows_soy_is_offered_all_that_is_known(table: FoodTable, eater: Eater) -> None:
    unknown = set(table.foods.index[table.foods["isoflavones_unknown"].eq(1)])
    assert offered(table, eater()) == dict.fromkeys(MEALS, frozenset(table.foods.index) - unknown)


@pytest.mark.parametrize("allergen", ALLERGENS)
def test_an_allergen_and_its_traces_are_out_and_nothing_else_is(
    table: FoodTable, eater: Eater, allergen: str
) -> None:
    before, after = offered(table, eater())["lunch"], offered(table, eater(allergies=[allergen]))["lunch"]
    assert before - after == before & holding(table, allergen)
    assert after
    assert (table.foods.loc[sorted(after), allergen] == "no").all()


def test_coeliac_disease_and_gluten_intolerance_leave_out_every_trace_of_gluten(
    table: FoodTable, eater: Eater
) -> None:
    coeliac = offered(table, eater(conditions=("coeliac",)))
    assert all(foods.isdisjoint(holding(table, "gluten")) for foods in coeliac.values())
    assert offered(table, eater(intolerances=["gluten"])) == coeliac
    # Barley and rye have gluten and no wheat.
    assert coeliac["lunch"] <= offered(table, eater(allergies=["wheat"]))["lunch"]


def test_lactose_intolerance_leaves_out_milk_sugar_and_lets_traces_pass(table: FoodTable, eater: Eater) -> None:
    left = offered(table, eater(intolerances=["lactose"]))["breakfast"]
    assert left.isdisjoint(holding(table, "lactose", "yes"))
    assert left & holding(table, "lactose", "may")
    assert left & holding(table, "milk", "yes"), "lactose-free milk stays"


@pytest.mark.parametrize(
    ("dislike", "name"),
    [
        ("olives", "Olive, black"),
        ("olive", "Black olives"),
        ("tomatoes", "Tomato, raw"),
        ("tomato", "Soup with tomatoes"),
        ("cherries", "Cherry pie"),
        ("peaches", "Peach, canned"),
        ("radishes", "Radish"),
        ("skim milk", "Milk, fat free (skim)"),
        ("milk skim", "Skim milk"),
        ("MILK", "Soup made with milk"),
        ("  Milk ", "Milk, whole"),
        ("gouda cheese", "Cheese, Gouda"),
        ("brussels sprouts", "Sprouts, Brussels, cooked"),
        ("molasses", "Molasses"),
        ("swiss", "Cheese, Swiss"),
        ("half & half", "Half & half"),
        ("7-grain bread", "7-grain bread"),
        ("cookies", "Ice cream with cookie"),
        ("quiches", "Spinach quiche"),
        ("smoothies", "Smoothie, fruit"),
    ],
)
def test_a_dislike_finds_the_food_in_singular_plural_and_any_order(dislike: str, name: str) -> None:
    assert set(disliked(shelf(name, "Rice, white"), dislike)) == {name}


def test_a_dislike_is_found_in_the_description_and_the_category() -> None:
    foods = shelf(
        ("Mexican chicken", "Chicken with mole sauce", "Poultry mixed dishes"), ("Rice", "Rice, white", "Rice")
    )
    assert set(disliked(foods, "mole")) == {"Mexican chicken"}
    assert set(disliked(foods, "mixed dishes")) == {"Mexican chicken"}


def test_the_words_of_a_dislike_must_all_be_there() -> None:
    assert set(disliked(shelf("Soup, tomato", "Tomato, raw", "Soup, pea"), "tomato soup")) == {"Soup, tomato"}


@pytest.mark.parametrize(
    ("dislike", "flag"), [("eggs", "egg"), ("Fish", "fish"), ("tree nuts", "tree_nuts"), ("pork", "pork")]
)
def test_a_dislike_of_an_ingredient_follows_its_flag(dislike: str, flag: str) -> None:
    foods = shelf({"name": "Custard", flag: "yes"}, {"name": "Cake", flag: "may"}, {"name": "Rice", flag: "no"})
    assert set(disliked(foods, dislike)) == {"Custard", "Cake"}


KINDS = shipped_yaml("foods", "kinds.yaml")


def kind(table: FoodTable, word: str) -> set[str]:
    """All foods of a kind, by the categories, flags and other words of foods/kinds.yaml."""
    spec, foods = KINDS[word], table.foods
    of_kind = set(foods.index[foods["category"].isin(spec.get("categories", []))])
    of_kind = of_kind.union(*(disliked(foods, other) for other in spec.get("words", [])))
    return of_kind.union(*(holding(table, flag) for flag in spec.get("flags", [])))


@pytest.mark.parametrize("word", sorted(KINDS))
def test_the_word_for_a_kind_of_food_means_all_of_it(table: FoodTable, word: str) -> None:
    assert kind(table, word) or "words" in KINDS[word]
    assert kind(table, word) <= disliked(table.foods, word)
    assert kind(table, word) <= disliked(table.foods, f" {word.title()} ")


@pytest.mark.parametrize(
    ("plural", "word"), [("berries", "berry"), ("Vegetables", "vegetable"), ("nuts", "nut"), ("salads", "salad")]
)
def test_a_kind_of_food_may_be_disliked_in_the_plural(table: FoodTable, plural: str, word: str) -> None:
    assert kind(table, word) <= disliked(table.foods, plural)


def test_kinds_name_categories_and_flags_of_the_table(table: FoodTable) -> None:
    known = {int(category) for category in table.foods["category"]} | WITHOUT_FOODS.keys()
    unknown = {word: sorted(set(spec.get("categories", [])) - known) for word, spec in KINDS.items()}
    assert {word: categories for word, categories in unknown.items() if categories} == {}
    assert {flag for spec in KINDS.values() for flag in spec.get("flags", [])} <= set(HOLDS)


@pytest.mark.parametrize("dislike", ["42", "??", "--"])
def test_a_dislike_without_a_word_dislikes_nothing(dislike: str) -> None:
    assert disliked(shelf("Rice 42", "What??"), dislike) == frozenset()


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("Olive", "OLIVES"),
        ("cherry", "cherries"),
        ("tomato", "tomatoes"),
        ("box", "boxes"),
        ("dish", "dishes"),
        ("pea", "peas"),
        ("pie", "pies"),
        ("quiche", "quiches"),
        ("cookie", "cookies"),
    ],
)
def test_one_and_many_are_the_same_word(one: str, many: str) -> None:
    assert words_of(one) == words_of(many)


def test_words_are_those_of_a_text_without_figures_and_signs() -> None:
    assert words_of("2 eggs & black beans, with 5% oats") == words_of("egg black bean with oat")
    assert words_of("7 % + 42") == frozenset()
    assert not words_of("rice") & words_of("price")


@pytest.mark.parametrize(("dislike", "food"), [("liver", "Liver"), ("kale", "Kale"), ("salmon", "Salmon")])
def test_no_food_of_a_disliked_name_is_offered(table: FoodTable, eater: Eater, dislike: str, food: str) -> None:
    left = sorted(offered(table, eater(dislikes=[dislike]))["dinner"])
    assert not table.foods.loc[left, "description"].str.contains(food, case=False).any()
    assert not table.foods.loc[left, "name"].str.contains(food, case=False).any()


def test_a_budget_leaves_out_what_has_no_price(table: FoodTable, eater: Eater) -> None:
    unpriced = set(table.foods.index[table.foods["price"].isna()])
    assert unpriced
    before, after = offered(table, eater())["lunch"], offered(table, eater(budget_per_day=20))["lunch"]
    assert before - after == before & unpriced


def test_avoid_offers_no_soy_food_no_flax_and_no_sprouts(table: FoodTable, eater: Eater) -> None:
    left = sorted(offered(table, eater(phytoestrogens="avoid"))["dinner"])
    told = table.foods.loc[left, "name"] + " | " + table.foods.loc[left, "description"]
    assert [line for line in told if SOURCE.search(TRACE.sub("", line))] == []


def test_avoid_keeps_the_traces_and_is_the_default(table: FoodTable, eater: Eater) -> None:
    left = offered(table, eater(phytoestrogens="avoid"))["lunch"]
    assert left & set(table.foods.index[table.foods["phytoestrogen"].eq("trace")])
    assert Diet().phytoestrogens == "avoid"


@pytest.mark.parametrize("policy", ["limit", "allow"])
def test_limit_and_allow_offer_tofu(table: FoodTable, eater: Eater, policy: Policy) -> None:
    assert "tofu" in offered(table, eater(phytoestrogens=policy))["dinner"]


def test_every_exclusion_says_its_rule_and_why(table: FoodTable, eater: Eater) -> None:
    person = eater(
        pattern="kosher", allergies=["tree_nuts"], intolerances=["lactose"], dislikes=["liver"], budget_per_day=9,
        phytoestrogens="avoid", conditions=("coeliac",),
    )  # fmt: skip
    found = exclusions(table, person)
    assert {e.rule: e.text for e in found if e.meals == MEALS} == {
        "diet/allergy/tree_nuts": "tree nuts allergy",
        "diet/pattern/kosher": "kosher diet",
        "diet/intolerance/lactose": "lactose intolerance",
        "condition/coeliac": "coeliac disease",
        "diet/phytoestrogens/unknown": "isoflavone content unknown",
        "diet/phytoestrogens/avoid": "phytoestrogen sources avoided",
        "diet/dislike/liver": "dislikes liver",
        "diet/budget": "a budget of 9 USD a day, which only foods of known price can keep",
    }
    assert {e.meals for e in found if e.rule == "diet/pattern/kosher"} == {MEALS, *((meal,) for meal in MEALS)}
    assert exclusions(table, person) == found


WORDS = sorted({w for name in load_foods().foods["name"] for w in re.findall("[a-z]{3,}", name.lower())})


@settings(max_examples=30, deadline=None)
@given(
    pattern=st.sampled_from(get_args(Pattern)),
    allergies=st.lists(st.sampled_from(ALLERGENS), max_size=3),
    allergy=st.sampled_from(ALLERGENS),
    dislikes=st.lists(st.sampled_from(WORDS), max_size=2),
    dislike=st.sampled_from(WORDS),
)
def test_one_more_allergy_or_dislike_never_adds_a_food(
    table: FoodTable,
    eater: Eater,
    pattern: str,
    allergies: list[str],
    allergy: str,
    dislikes: list[str],
    dislike: str,
) -> None:
    before = offered(table, eater(pattern=pattern, allergies=allergies, dislikes=dislikes))
    for after in (
        offered(table, eater(pattern=pattern, allergies=[*allergies, allergy], dislikes=dislikes)),
        offered(table, eater(pattern=pattern, allergies=allergies, dislikes=[*dislikes, dislike])),
    ):
        assert all(after[meal] <= before[meal] for meal in MEALS)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(WORDS))
def test_a_dislike_finds_every_food_whose_name_holds_the_word(word: str) -> None:
    foods = load_foods().foods
    named = foods.index[foods["name"].str.contains(rf"(?<![a-z]){re.escape(word)}(?![a-z])", case=False)]
    assert set(named) <= disliked(foods, word)
    assert disliked(foods, word.upper()) == disliked(foods, word)


def test_any_word_of_the_table_is_found_in_the_plural() -> None:
    regular = [word for word in WORDS if not word.endswith(("s", "x", "z", "ch", "sh", "y", "o"))]
    assert len(regular) > 300
    assert [word for word in regular if words_of(word) != words_of(f"{word}s")] == []
