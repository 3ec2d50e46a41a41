"""What the words of a rules file mean: surely for what is to be served, widely for what is to be left out."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from boneplan.data import data_folder
from boneplan.foods.requested import of_category, selected
from boneplan.foods.table import load_foods
from boneplan.plan import Plan
from boneplan.rules.schema import Selection as Asked
from boneplan.verify.case import Case, Tables
from boneplan.verify.judge import read_tables
from boneplan.verify.person import read_person
from boneplan.verify.selection import HELD, goes_by, has_tag, is_called, is_meant_widely, read_selection
from boneplan.verify.tables import Food, FoodTables, read_food_tables
from boneplan.verify.yaml_file import read_yaml

KINDS: dict[str, Any] = read_yaml(data_folder("foods") / "kinds.yaml")
WORDS = sorted({*KINDS, *HELD} - {"shellfish or nonkosher fish"})
FOODS = ("salmon", "eggs", "lentil soup", "kale-raw", "skim milk", "yogurt", "Swiss cheese", "oats", "apple")


@cache
def shipped() -> FoodTables:
    return read_food_tables(data_folder("foods"), set(load_foods().foods.index))


def food(name: str, description: str = "", **fields: Any) -> Food:
    described = {"category": 9999, "flags": dict.fromkeys(HELD.values(), "no"), **fields}
    rest: dict[str, Any] = {"amounts": {}, "phytoestrogen": "none", "isoflavones_unknown": False, "price": None}
    return Food("x", 0, name, description or name, **described, **rest)


def test_every_word_has_to_be_there_in_any_order_and_number() -> None:
    salmon = food("Salmon", "Fish, salmon, baked")
    assert goes_by(salmon, "baked salmons", KINDS)
    assert not goes_by(salmon, "raw salmon", KINDS)
    assert not goes_by(salmon, "", KINDS)


def test_almond_milk_is_no_milk_to_serve_but_milk_to_leave_out() -> None:
    almond = food("Almond milk")
    assert not goes_by(almond, "milk", KINDS)
    assert is_meant_widely(almond, "milk", KINDS, ("yes", "may"))


def test_what_may_hold_it_is_left_out_and_is_no_serving_of_it() -> None:
    bar = food("Bar", flags={"peanut": "may"})
    assert not has_tag(bar, "peanut", KINDS)
    assert has_tag(food("Bar", flags={"peanut": "yes"}), "peanut", KINDS)
    assert is_meant_widely(bar, "peanuts", KINDS, ("yes", "may"))
    assert not is_meant_widely(bar, "peanuts", KINDS, ("yes",))


def test_a_tag_is_a_kind_of_food_by_category_or_by_its_words() -> None:
    assert has_tag(food("Apple", category=6002), "fruits", KINDS)
    assert not has_tag(food("Fruit leather"), "fruit", KINDS)  # of another category, whatever it is called
    assert has_tag(food("Trout, baked"), "oily fish", KINDS)
    assert not has_tag(food("Tuna, canned"), "oily fish", KINDS)


def test_an_id_with_a_hyphen_is_that_food_alone(world: Any) -> None:
    case = Case(Plan.model_validate(world.document), read_person(world.profile), world.tables)
    one, other = (world.tables.foods.foods[f"roast-{number}"] for number in (1, 2))
    assert is_called(case, one, "roast-1")
    assert not is_called(case, other, "roast-1")
    assert is_called(case, other, "roast")


@pytest.mark.parametrize(
    "rule",
    [{}, {"food": "egg", "tag": "milk"}, {"food": 5}, {"category": 1.5}, {"category": True}, {"tag": ["milk"]}],
)
def test_a_rule_names_one_thing(rule: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="nam"):
        read_selection(rule)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read_tables(Plan.model_validate(DOCUMENT), read_person(PROFILE))


PROFILE = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
DOCUMENT: dict[str, Any] = {
    "schema": "boneplan.plan/1", "id": "x", "created": "2026-11-20T08:00:00Z", "boneplan": "1", "seed": 0,
    "start": "2026-11-23", "weeks": 1, "timezone": "America/New_York", "status": "ok",
    "profile": PROFILE,
}  # fmt: skip


@pytest.mark.parametrize("words", [*WORDS, *FOODS])
def test_the_planner_serves_and_leaves_out_what_the_judge_takes_the_words_for(words: str, tables: Tables) -> None:
    foods, table = shipped().foods, load_foods()
    served = {f for f in foods if "-" in words and words in foods and f == words} or {
        f for f, row in foods.items() if goes_by(row, words, tables.kinds)
    }
    assert selected(table, Asked(food=words)) == served
    left_out = {f for f, row in foods.items() if is_meant_widely(row, words, tables.kinds, ("yes", "may"))}
    assert selected(table, Asked(food=words), widely=True) >= left_out
    if words in WORDS:
        assert selected(table, Asked(tag=words)) == {
            f for f, row in foods.items() if has_tag(row, words, tables.kinds)
        }
        assert selected(table, Asked(tag=words), widely=True) >= left_out


@pytest.mark.parametrize("category", [2402, "Fish", "eggs and omelets", "whole milk", "Fishes of the sea"])
def test_a_category_is_known_by_its_number_and_its_name(category: str | int, tables: Tables) -> None:
    case = Case(Plan.model_validate(DOCUMENT), read_person(PROFILE), tables)
    selection = read_selection({"category": category})
    held = {f for f, row in shipped().foods.items() if selection.holds(case, row)}
    assert of_category(load_foods().foods, category) == held
    assert bool(held) == (category != "Fishes of the sea")
