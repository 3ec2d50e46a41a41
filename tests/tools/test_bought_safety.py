"""Nobody is told to buy what their plan leaves out: what is bought holds nothing that the food itself does not."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml

from boneplan.foods.eligible import words_of
from boneplan.foods.medical import food_rules
from foods_build.flags import FLAGS, LEVELS, Flagger, load_rules
from foods_build.isoflavones import IsoflavoneRules

ROOT = Path(__file__).resolve().parents[2]
JUDGEMENTS = ROOT / "tools" / "foods_build"
NO = dict.fromkeys(FLAGS, "no")


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "foods" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


FOODS = {row["id"]: row for row in rows("foods.csv")}
BY_NAME = {row["name"]: row for row in FOODS.values()}
BOUGHT = rows("bought.csv")
RENAMED = [row for row in BOUGHT if row["bought"] != FOODS[row["food_id"]]["name"]]
FLAGGER = Flagger(load_rules(JUDGEMENTS / "ingredient_rules.yaml"))
PHYTOESTROGENS = IsoflavoneRules.parse(
    yaml.safe_load((JUDGEMENTS / "phytoestrogens.yaml").read_text(encoding="utf-8"))
)


def beyond(food: dict[str, str], flags: dict[str, str]) -> list[str]:
    """The flags that go beyond those of a food."""
    return [flag for flag in FLAGS if LEVELS.index(flags[flag]) > LEVELS.index(food[flag])]


def is_source(name: str) -> bool:
    return PHYTOESTROGENS.source_names.search(PHYTOESTROGENS.cleared.sub(" ", name)) is not None


def unsafe(food: dict[str, str], name: str) -> list[str]:
    """In what a bought name goes beyond a food: by the rules that judged the food, or by the food of that name."""
    found = beyond(food, FLAGGER.flags([name]))
    found += ["phytoestrogens"] if is_source(name) and food["phytoestrogen"] != "source" else []
    if other := BY_NAME.get(name):
        found += beyond(food, {flag: other[flag] for flag in FLAGS})
        if other["phytoestrogen"] == "source" and food["phytoestrogen"] != "source":
            found.append("phytoestrogens")
        found += ["unknown isoflavones"] if other["isoflavones_unknown"] > food["isoflavones_unknown"] else []
    return found


def test_many_foods_are_bought_under_another_name():
    assert len(RENAMED) > 400


def test_what_is_bought_holds_nothing_that_the_food_does_not():
    found: dict[tuple[str, str], Any] = {}
    for row in BOUGHT:
        flags = NO | dict.fromkeys(row["may_contain"].split(), "may") | dict.fromkeys(row["contains"].split(), "yes")
        if more := beyond(FOODS[row["food_id"]], flags):
            found[row["food_id"], row["bought"]] = more
    assert found == {}


def test_its_name_promises_nothing_that_the_food_does_not_hold():
    found = {(row["food_id"], row["bought"]): unsafe(FOODS[row["food_id"]], row["bought"]) for row in RENAMED}
    assert {key: more for key, more in found.items() if more} == {}


@pytest.mark.parametrize(
    ("food", "name", "more"),
    [
        ("broccoli-cooked-with-oil", "Broccoli with soy sauce", "soy"),
        ("oatmeal-made-with-milk", "Soy milk", "phytoestrogens"),
        ("catfish-breaded-and-fried", "Breading or batter (wheat, milk, egg)", "milk"),
        ("milk-lactose-free-whole", "Milk, whole", "lactose"),
        ("gluten-free-toast", "White bread", "gluten"),
        ("ground-chicken-cooked", "Bacon", "pork"),
    ],
)
def test_a_name_that_did_would_be_found(food: str, name: str, more: str):
    assert more in unsafe(FOODS[food], name)


def test_what_a_condition_or_medicine_keeps_out_is_not_bought_for_another_food():
    """Rhubarb for kidney stones, natto for warfarin: such a name stands only for a food that is kept out."""
    found = []
    for rule in food_rules():
        for words in map(words_of, rule.words):
            for row in RENAMED:
                food = FOODS[row["food_id"]]
                kept_out = food["id"] in rule.foods or any(
                    words_of(other) <= words_of(food[text])
                    for other in rule.words
                    for text in ("name", "description")
                )
                if words <= words_of(row["bought"]) and not kept_out:
                    found.append((rule.id, food["id"], row["bought"]))
    assert found == []


def test_no_name_leaves_the_choice_between_nuts_and_soy():
    choices = [row for row in RENAMED if " or " in row["bought"]]
    assert choices
    assert [row for row in choices if {"soy", "tree_nuts"} & set(row["contains"].split())] == []
