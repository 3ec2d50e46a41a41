"""Own foods beside the shipped ones: offered to whom they suit, and kept from whom nobody knows enough."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from boneplan.absorption import food_fractions
from boneplan.errors import InputError
from boneplan.foods.eligible import allowed, exclusions, with_dishes
from boneplan.foods.own.food import OwnFood
from boneplan.foods.own.resolve import Given, resolved
from boneplan.foods.own.schema import OwnEntry
from boneplan.foods.own.table import own_notices, unknown_amounts, with_own
from boneplan.foods.table import FoodTable, load_foods
from boneplan.menu.asked import bans
from boneplan.menu.case import menu_case
from boneplan.menu.problem import amounts_per_gram
from boneplan.plan import Menu, Target
from boneplan.profile_reader import check_profile
from boneplan.rules.reader import check_rules
from boneplan.targets import resolve_targets

START = dt.date(2026, 11, 23)
PERSON = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
LABEL = {"per": "100 g", "energy": 62, "protein": 3.5, "fat": 3.3, "carbohydrate": 4.5, "calcium": 125, "sodium": 45}
FULL = {
    "name": "Goat kefir", "like": "kefir", "label": {**LABEL, "alcohol": 0}, "contains": ["milk"],
    "as_like": ["vitamin_d", "phosphorus", "retinol", "caffeine"], "free_of": ["rest"], "phytoestrogens": "none",
}  # fmt: skip
SMOOTHIE = {
    "name": "Green smoothie", "like": "kefir", "servings": 1,
    "ingredients": [{"food": "goat-kefir", "grams": 200}, {"food": "spinach-raw", "grams": 40}],
}  # fmt: skip


def own(*entries: dict[str, Any]) -> list[OwnFood]:
    return resolved([Given(OwnEntry.model_validate(entry), "k.yaml", "k.yaml") for entry in entries], load_foods())


def target(nutrient: str, **limits: Any) -> Target:
    return Target(nutrient=nutrient, unit="mg", period="day", rule=f"nutrition/{nutrient}/x", source="", **limits)


def kept_out(profile: Any, food: str, *foods: dict[str, Any]) -> set[str]:
    table = with_own(load_foods(), own(*foods))
    return {e.rule for e in exclusions(table, profile) if food in e.foods}


def test_the_shipped_table_stays_as_it_is(table: FoodTable) -> None:
    before = table.foods.copy(), table.portions.copy(), table.options.copy()
    more = with_own(table, own(FULL, SMOOTHIE))
    assert list(more.foods.index[-2:]) == ["goat-kefir", "green-smoothie"]
    for old, now, new in zip(
        before, (table.foods, table.portions, table.options), (more.foods, more.portions, more.options), strict=True
    ):
        pd.testing.assert_frame_equal(old, now)
        pd.testing.assert_frame_equal(
            new.head(len(old)).reset_index(drop=True), old.reset_index(drop=True), check_dtype=False
        )
    assert with_own(table, []) is table
    assert more.holds == {"green-smoothie": frozenset({"goat-kefir", "spinach-raw"})}


def test_what_is_unknown_stays_unknown_and_counts_nothing_towards_a_minimum(table: FoodTable) -> None:
    more = with_own(table, own(FULL))
    assert more.counted().loc["goat-kefir", ["magnesium", "vitamin_k"]].isna().all()
    amounts = amounts_per_gram(more)["goat-kefir"]
    assert (amounts["magnesium"], amounts["calcium"]) == (0.0, 1.25)
    assert amounts_per_gram(more)["kefir"] == amounts_per_gram(table)["kefir"]


def test_a_limit_keeps_out_a_food_of_unknown_amount(table: FoodTable) -> None:
    more = with_own(table, own(FULL))
    limits = [target("vitamin_k", max=100, hard=True), target("potassium", max=2000, hard=False)]
    found = {e.rule: e.foods for e in unknown_amounts(more, [*limits, target("magnesium", min=300, hard=True)])}
    assert found == {
        "foods/own/unknown_vitamin_k": frozenset({"goat-kefir"}),
        "foods/own/unknown_potassium": frozenset({"goat-kefir"}),
    }
    assert unknown_amounts(table, [target(n, max=1, hard=True) for n in ("vitamin_k", "sodium", "retinol")]) == []


def test_unknown_vitamin_k_is_no_matter_but_under_warfarin() -> None:
    for medications, there in (([], True), ([{"name": "warfarin"}], False)):
        diet = {"vitamin_k_agreed": 95} if medications else {}
        profile = check_profile({**PERSON, "medications": medications, "diet": diet}, "p")
        targets = resolve_targets(profile, START)
        case = menu_case(profile, targets, start=START, weeks=1, seed=0, own=own(FULL))
        assert ("goat-kefir" in allowed(case.table, case.excluded)["breakfast"]) is there
        assert any(option.food == "goat-kefir" for option in case.problem().options) is there


@pytest.mark.parametrize(
    ("diet", "rule"),
    [
        ({"allergies": ["milk"]}, "diet/allergy/milk"),
        ({"pattern": "vegan"}, "diet/pattern/vegan"),
        ({"dislikes": ["kefir"]}, "diet/dislike/kefir"),
        ({"budget_per_day": 10}, "diet/budget"),
    ],
)
def test_the_rules_of_the_profile_hold_for_own_foods(eater: Any, diet: dict[str, Any], rule: str) -> None:
    assert rule in kept_out(eater(**diet), "goat-kefir", FULL)
    assert rule in kept_out(eater(**diet), "green-smoothie", FULL, SMOOTHIE)


def test_what_a_label_does_not_say_may_be_in_it(eater: Any) -> None:
    silent = {**FULL, "free_of": []}
    assert kept_out(eater(allergies=["peanut"]), "goat-kefir", FULL) == set()
    assert kept_out(eater(allergies=["peanut"]), "goat-kefir", silent) == {"diet/allergy/peanut"}


def test_a_dish_is_kept_out_by_what_goes_into_it(eater: Any) -> None:
    assert "diet/dislike/spinach" in kept_out(eater(dislikes=["spinach"]), "green-smoothie", FULL, SMOOTHIE)
    assert "condition/kidney_stones" in kept_out(
        eater(conditions=("kidney_stones",)), "green-smoothie", FULL, SMOOTHIE
    )
    table = with_own(load_foods(), own(FULL, SMOOTHIE))
    (ban,) = with_dishes(bans(table, check_rules({"ban": ["spinach"]}, "r")), table)
    assert "green-smoothie" in ban.foods
    assert "goat-kefir" not in ban.foods


def test_isoflavones_that_nobody_knows_keep_a_food_out_whatever_the_policy(eater: Any) -> None:
    unknown = {k: v for k, v in FULL.items() if k != "phytoestrogens"}
    for policy in ("avoid", "limit", "allow"):
        assert "diet/phytoestrogens/unknown" in kept_out(eater(phytoestrogens=policy), "goat-kefir", unknown)
    said = {**unknown, "label": {**FULL["label"], "isoflavones": 1}}
    assert kept_out(eater(phytoestrogens="avoid"), "goat-kefir", said) == {"diet/phytoestrogens/avoid"}
    assert kept_out(eater(phytoestrogens="limit"), "goat-kefir", said) == set()


def test_absorbed_calcium_is_that_of_what_it_is_like(table: FoodTable) -> None:
    fractions = food_fractions(with_own(table, own(FULL)))
    assert fractions["goat-kefir"] == pytest.approx(fractions["kefir"], abs=1e-4)


def test_the_plan_says_why_a_food_is_out_and_what_its_totals_lack(eater: Any) -> None:
    foods = own({**FULL, "as_like": []})
    table = with_own(load_foods(), foods)
    out = own_notices(foods, unknown_amounts(table, [target("retinol", max=9, hard=True)]), Menu())
    assert [(n.level, n.rule) for n in out] == [("info", "foods/own/unknown_retinol")]
    assert "Goat kefir is in no menu: its retinol is unknown, and has a limit." in out[0].text
    assert own_notices(own(FULL), exclusions(with_own(load_foods(), own(FULL)), eater()), Menu()) == []


def test_own_foods_of_a_plan_that_take_the_place_of_others_are_refused(table: FoodTable) -> None:
    (kefir,) = own(FULL)
    for foods in ([kefir, kefir], [kefir.model_copy(update={"id": "kefir"})]):
        with pytest.raises(InputError, match="is another food already"):
            with_own(table, foods)


def test_a_flag_that_a_plan_leaves_out_is_no_no(table: FoodTable) -> None:
    (kefir,) = own(FULL)
    more = with_own(table, [kefir.model_copy(update={"flags": {"milk": "yes"}})])
    assert (more.foods.at["goat-kefir", "milk"], more.foods.at["goat-kefir", "egg"]) == ("yes", "may")
