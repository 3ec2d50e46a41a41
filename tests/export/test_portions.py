"""Amounts of food are told as people serve them: the right words, their grams, in US or metric measures."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.choices import Measures
from boneplan.data import data_folder, shipped_yaml
from boneplan.export.portions import counted, portion_parts, portion_text
from boneplan.export.words import measures_of, plain, portion
from boneplan.foods.measures import GLYPHS, Measure, count_text
from boneplan.plan import Item

COUNT = re.compile(rf"(?:under )?\d+(?:\.\d)?(?: [{''.join(GLYPHS.values())}])?|[{''.join(GLYPHS.values())}]")


def item(measure: str, grams: float, food: str = "x", name: str = "Food") -> Item:
    return Item(food=food, fndds_code=0, name=name, grams=grams, measure=measure)


def _rows(name: str) -> list[dict[str, str]]:
    with (data_folder("foods") / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("measure", "grams", "food", "us", "metric"),
    [
        ("½ cup", 85, "kale-cooked", "½ cup (85 g)", "85 g (½ cup)"),
        ("1 ½ cups", 366, "milk-2-percent", "1 ½ cups (366 g)", "360 ml (366 g)"),
        ("1 cup", 240, "barley-soup", "1 cup (240 g)", "240 ml (240 g)"),
        ("8 fl oz", 248, "orange-juice", "8 fl oz (248 g)", "240 ml (248 g)"),
        ("1 slice", 25, "x", "1 slice (25 g)", "1 slice (25 g)"),
        ("2 medium", 364, "apple", "2 medium (364 g)", "2 medium (364 g)"),
        ("1 tablespoon", 13.5, "olive-oil", "1 tablespoon (14 g)", "1 tablespoon (14 g)"),
        ("½ teaspoon", 2.33, "x", "½ teaspoon (2.3 g)", "½ teaspoon (2.3 g)"),
        ("½ cup, diced", 66, "x", "½ cup, diced (66 g)", "66 g (½ cup, diced)"),
        ("1 mug (8 fl oz)", 240, "x", "1 mug (8 fl oz, 240 g)", "1 mug (235 ml, 240 g)"),
        ("½ can (12 fl oz)", 180, "cola", "½ can (of 12 fl oz, 180 g)", "½ can (of 355 ml, 180 g)"),
        ("2 6 oz containers", 340, "x", "2 containers (6 oz each, 340 g)", "2 containers (340 g)"),
        ("1 package (4.5 oz)", 128, "brie-cheese", "1 package (4.5 oz, 128 g)", "1 package (128 g)"),
        ("1 pie (9 inch)", 900, "x", "1 pie (9 inch, 900 g)", "1 pie (23 cm, 900 g)"),
        ("½ pack (1 lb)", 227, "x", "½ pack (of 1 lb, 227 g)", "½ pack (227 g)"),
        ("½ whole", 32.5, "x", "½ of one (33 g)", "½ of one (33 g)"),
        ("1 whole", 65, "x", "1 whole (65 g)", "1 whole (65 g)"),
        ("2 whole", 130, "x", "2 (130 g)", "2 (130 g)"),
        ("½ half", 9, "apricot-canned", "¼ of one (9 g)", "¼ of one (9 g)"),
        ("3 halves", 54, "apricot-canned", "3 halves (54 g)", "3 halves (54 g)"),
        ("2 piece or sticks", 88, "x", "2 sticks (88 g)", "2 sticks (88 g)"),
        ("1 tablet", 0.04, "x", "1 tablet (under 0.1 g)", "1 tablet (under 0.1 g)"),
        ("150 g", 150, "x", "150 g", "150 g"),
        ("1.5 cups", 100, "x", "1 ½ cups (100 g)", "100 g (1 ½ cups)"),
        ("1 1/2 cups", 100, "x", "1 ½ cups (100 g)", "100 g (1 ½ cups)"),
        ("a handful", 20, "x", "a handful (20 g)", "a handful (20 g)"),
        ("1/0 cup", 20, "x", "1/0 cup (20 g)", "1/0 cup (20 g)"),
        ("", 20, "x", "20 g", "20 g"),
    ],
)
def test_an_amount_in_us_and_in_metric_measures(measure: str, grams: float, food: str, us: str, metric: str):
    assert portion_text(item(measure, grams, food)) == us
    assert portion_text(item(measure, grams, food), "metric") == metric


@pytest.mark.parametrize(
    ("measure", "grams", "food", "us", "metric"),
    [
        ("3 oz", 85.05, "catfish-baked", "3 oz (85 g, about a palm)", "85 g (about a palm)"),
        ("6 oz", 170.1, "beef-steak-breaded-and-fried", "6 oz (170 g, about two palms)", "170 g (about two palms)"),
        ("1 ½ oz", 42.5, "catfish-baked", "1 ½ oz (43 g, about half a palm)", "43 g (about half a palm)"),
        ("4 ½ oz", 127.6, "catfish-baked", "4 ½ oz (128 g, about 1 ½ palms)", "128 g (about 1 ½ palms)"),
        ("1 oz", 28.35, "catfish-baked", "1 oz (28 g)", "28 g"),
        ("3 oz", 85.05, "american-cheese", "3 oz (85 g)", "85 g"),
        ("1 small fillet", 90, "catfish-baked", "1 small fillet (90 g)", "1 small fillet (90 g)"),
    ],
)
def test_a_weight_of_meat_or_fish_is_told_by_the_palm_and_of_no_other_food(
    measure: str, grams: float, food: str, us: str, metric: str
):
    assert portion_text(item(measure, grams, food)) == us
    assert portion_text(item(measure, grams, food), "metric") == metric


def test_the_categories_of_palms_hold_meat_poultry_and_fish_alone():
    ranges = shipped_yaml("foods", "measures.yaml")["palm"]["categories"]
    names = {r["category_name"] for r in _rows("foods.csv") if any(a <= int(r["category"]) <= b for a, b in ranges)}
    assert names == {
        "Beef, excludes ground", "Ground beef", "Pork", "Lamb, goat, game", "Chicken, whole pieces",
        "Turkey, duck, other poultry", "Fish",
    }  # fmt: skip


def _servings() -> Iterator[tuple[Item, Measure, Fraction]]:
    """Every measure of every shipped food, in all steps up to four of it."""
    names = {row["id"]: row["name"] for row in _rows("foods.csv")}
    for row in _rows("portions.csv"):
        measure = Measure(row["measure"], row["plural"], float(row["grams"]), float(row["step"]))
        for steps in range(1, round(4 / measure.step) + 1):
            if grams := measure.grams_of(steps):
                served = item(measure.text_of(steps), grams, row["food_id"], names[row["food_id"]])
                yield served, measure, Fraction(measure.step) * steps


def test_every_measure_of_every_shipped_food_reads_well():
    foods, faults = set(), []
    for served, measure, count in _servings():
        foods.add(served.food)
        wrong_number = measure.plural if count <= 1 else measure.singular
        right_number = measure.singular if count <= 1 else measure.plural
        assert counted(served.measure) == (count, right_number)
        for measures in ("us", "metric"):
            text, parts = portion_text(served, measures), portion_parts(served, measures)
            unit = parts[0].removeprefix(count_text(count)).strip()
            if (
                COUNT.match(text) is None
                or sum(re.fullmatch(r"(?:under )?[\d.]+ g", part) is not None for part in parts) != 1
                or (unit == wrong_number != right_number)
                or max(text.count("("), text.count(")")) > 1
                or (measures == "metric" and re.search(r"\b(?:fl )?oz\b", text))
            ):
                faults.append(text)
    assert faults == []
    assert len(foods) == len(_rows("foods.csv"))


def test_a_food_and_its_amount_have_one_bracket_between_them():
    assert portion(item("1 ¼ cups", 300, name="Coffee, brewed")) == "Coffee, brewed (1 ¼ cups, 300 g)"
    assert portion(item("1 roll", 36, name="Bolillo (Mexican roll)")) == "Bolillo (Mexican roll), 1 roll (36 g)"
    assert portion(item("1 cup", 244, "milk-2-percent", "Milk, 2 %"), "metric") == "Milk, 2 % (240 ml, 244 g)"


def test_measures_are_those_of_the_profile_and_us_in_older_plans(make_plan):
    assert measures_of(make_plan(profile={"measures": "metric"})) == "metric"
    assert measures_of(make_plan(profile={})) == "us"
    assert measures_of(make_plan(profile={"measures": ["metric"]})) == "us"


@given(
    measure=st.text(max_size=60) | st.from_regex(r"\d{1,3} ?[½¼]? [a-z()0-9/. ]{0,20}", fullmatch=True),
    grams=st.floats(min_value=0.001, max_value=1e6),
    measures=st.sampled_from(["us", "metric"]),
)
def test_any_measure_that_a_file_may_hold_gives_one_line_with_its_grams(
    measure: str, grams: float, measures: Measures
):
    text = portion_text(item(measure, grams), measures)
    assert plain(text) == text
    assert " g" in text
