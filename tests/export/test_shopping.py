"""The shopping list: every food once a week, in its aisle, with grams and a household amount."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.export.aisles import Shop
from boneplan.export.shopping import escape, household, to_shopping, week_list
from boneplan.plan import Item, Plan

MakePlan = Callable[..., Plan]
SHOP = Shop(
    aisles=("Fruit and vegetables", "Meat and fish", "Dairy", "Other"),
    other="Other",
    aisle_of={
        "kale-cooked": "Fruit and vegetables",
        "blueberries-raw": "Fruit and vegetables",
        "lettuce-raw": "Fruit and vegetables",
        "salmon-baked": "Meat and fish",
        "milk-2": "Dairy",
        "water-tap": None,
    },
    plurals={
        "kale-cooked": {"cup": "cups"},
        "milk-2": {"cup": "cups", "fl oz": "fl oz"},
        "egg": {"egg": "eggs"},
    },
)


def portions(*pairs: tuple[float, str], food: str = "milk-2") -> list[Item]:
    return [Item(food=food, fndds_code=1, name="X", grams=grams, measure=measure) for grams, measure in pairs]


def menu_of(*days: list[dict[str, Any]], start: dt.date = dt.date(2026, 11, 23)) -> dict[str, Any]:
    return {
        "days": [
            {
                "date": start + dt.timedelta(days=number),
                "meals": [{"meal": "lunch", "time": "12:30", "items": items}],
                "totals": {},
            }
            for number, items in enumerate(days)
        ]
    }


def test_the_list_of_a_week(make_plan: MakePlan):
    text = to_shopping(make_plan(), SHOP)
    assert text.startswith("# Shopping list for Anna\n\nFor 23 November 2026 to 29 November 2026.\n\n## Fruit and")
    assert "- [ ] Kale, cooked: 9 cups (1.2 kg), for 10 meals\n" in text
    assert "- [ ] Blueberries: 5 cup (725 g), for 10 meals\n" in text
    assert text.index("## Fruit and vegetables") < text.index("## Meat and fish") < text.index("## Dairy")
    assert text.index("## Dairy") < text.index("## Other")


def test_tap_water_is_not_bought(make_plan: MakePlan):
    assert "Water" not in to_shopping(make_plan(), SHOP)


def test_a_food_that_the_tables_do_not_know_stands_under_other(make_plan: MakePlan):
    assert "Lentil soup" in to_shopping(make_plan(), SHOP).split("## Other")[1]


def test_each_week_has_its_own_section(make_plan: MakePlan):
    text = to_shopping(make_plan(weeks=2), SHOP)
    assert "## Week 1: 23 November 2026 to 29 November 2026\n\n### Fruit" in text
    assert "## Week 2: 30 November 2026 to 6 December 2026\n\n### Fruit" in text


def test_grams_add_up_to_those_of_the_plan(make_plan: MakePlan):
    plan = make_plan()
    eaten = sum(i.grams for d in plan.menu.days for m in d.meals for i in m.items if i.food != "water-tap")
    listed = sum(line.grams for lines in week_list(plan.menu.days, SHOP).values() for line in lines)
    assert listed == pytest.approx(eaten)


@pytest.mark.parametrize(
    ("items", "words"),
    [
        (portions((244, "1 cup"), (122, "½ cup")), "1 ½ cups"),
        (portions((122, "½ cup"), (61, "¼ cup")), "¾ cup"),
        (portions((488, "2 cups"), (244, "1 cup")), "3 cups"),
        (portions((81, "⅓ cup"), (163, "⅔ cup")), "1 cup"),
        (portions((81, "⅓ cup"), (61, "¼ cup")), "about ½ cup"),
        (portions((488, "2 cups"), (61, "2 fl oz")), "about 2 ¼ cups"),
        (portions((244, "1 cup"), (100, "some")), "about 1 ½ cups"),
        (portions((20, "1 oz (with 2 % fat)")), "1 oz (with 2 % fat)"),
        (portions((100, "some")), ""),
        (portions((100, "0 cups")), ""),
        (portions((100, "")), ""),
    ],
)
def test_portions_add_up_in_household_measures(items: list[Item], words: str):
    assert household(items, SHOP) == words


def test_a_food_eaten_twice_in_one_meal_is_one_meal(make_plan: MakePlan):
    milk = portions((244, "1 cup"))[0].model_dump()
    text = to_shopping(make_plan(menu=menu_of([milk, milk])), SHOP)
    assert "- [ ] X: 2 cups (488 g), for 1 meal\n" in text


def test_less_than_a_gram_is_still_bought(make_plan: MakePlan):
    pinch = portions((0.3, "1 dash"), food="salt")[0].model_dump()
    assert "X: 1 dash (1 g)" in to_shopping(make_plan(menu=menu_of([pinch])), SHOP)


def test_a_plan_without_menus_says_so(make_plan: MakePlan):
    text = to_shopping(make_plan(status="refused", menu={}), SHOP)
    assert "no menu" in text
    assert "- [ ]" not in text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Kale, cooked", "Kale, cooked"),
        ("Mac & cheese, 2 %", "Mac & cheese, 2 %"),
        ("<script>*bold* _x_ `c`", "\\<script\\>\\*bold\\* \\_x\\_ \\`c\\`"),
        ("[link](http://x.org)", "\\[link\\](http:\\//x.org)"),
        ("&lt;b&gt; a\\b", "\\&lt;b\\&gt; a\\\\b"),
        ("www.example.org x@y.org", "www\\.example.org x\\@y.org"),
    ],
)
def test_names_are_shown_as_text(name: str, shown: str):
    assert escape(name) == shown


@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_name_adds_a_line(make_plan: MakePlan, name: str):
    item = {**portions((244, "1 cup"))[0].model_dump(), "name": name}
    lines = to_shopping(make_plan(menu=menu_of([item]), profile={"name": name}), SHOP).splitlines()
    assert len(lines) == 9
    assert sum(line.startswith("#") for line in lines) == 2
