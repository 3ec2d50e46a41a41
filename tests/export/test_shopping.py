"""The shopping list: what the meals take, merged as bought, by aisle, with what it costs and what is left over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.choices import Measures
from boneplan.export.aisles import Shop, shipped_shop
from boneplan.export.shopping.household import household
from boneplan.export.shopping.lists import Line, shopping_lists
from boneplan.export.shopping.markdown import days_text, escape, to_shopping
from boneplan.plan import Item, Plan

MakePlan = Callable[..., Plan]
SHIPPED = shipped_shop()
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
MONDAY = dt.date(2026, 11, 23)


def portion(food: str, grams: float, measure: str = "", name: str = "X") -> dict[str, Any]:
    return Item(food=food, fndds_code=1, name=name, grams=grams, measure=measure).model_dump()


def portions(*pairs: tuple[float, str], food: str = "milk-2") -> list[Item]:
    return [Item(food=food, fndds_code=1, name="X", grams=grams, measure=measure) for grams, measure in pairs]


def menu_of(*days: list[dict[str, Any]], start: dt.date = MONDAY) -> dict[str, Any]:
    """One lunch a day, of these portions."""
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


def line_of(plan: Plan, name: str, week: int = 1, shop: Shop = SHIPPED) -> Line:
    [line] = [line for line in shopping_lists(plan, shop)[week - 1].lines if line.name == name]
    return line


def row_of(plan: Plan, name: str) -> str:
    [row] = [row for row in to_shopping(plan, SHIPPED).splitlines() if row.startswith(f"- [ ] {name}: ")]
    return row.removeprefix(f"- [ ] {name}: ")


def test_the_list_of_a_week(make_plan: MakePlan):
    text = to_shopping(make_plan(), SHOP)
    assert text.startswith("# Shopping list for Anna\n\nFor 23 November 2026 to 29 November 2026.\n\n## Fruit and")
    assert "- [ ] Blueberries: 5 boxes, 6 oz each (725 g), for every day; about 4 oz left over\n" in text
    assert text.index("## Fruit and vegetables") < text.index("## Meat and fish") < text.index("## Dairy")
    assert text.index("## Dairy") < text.index("## Other")


def test_tap_water_is_not_bought(make_plan: MakePlan):
    assert "Water" not in to_shopping(make_plan(), SHOP)
    tap = make_plan(menu=menu_of([portion("tap-water", 240, name="Water, tap")]))
    assert "- [ ]" not in to_shopping(tap, SHIPPED)


def test_a_food_that_the_tables_do_not_know_stands_under_other_as_it_is(make_plan: MakePlan):
    assert "- [ ] Lentil soup: " in to_shopping(make_plan(), SHOP).split("## Other")[1]


def test_a_food_that_only_bears_a_known_name_is_not_merged_with_it(make_plan: MakePlan):
    plan = make_plan(menu=menu_of([portion("milk-whole", 244), portion("strange", 100, "some", "Milk, whole")]))
    lines = [line for line in shopping_lists(plan, SHIPPED)[0].lines if line.name == "Milk, whole"]
    assert sorted(list(line.eaten) for line in lines) == [["milk-whole"], ["strange"]]


def test_cooked_meat_is_bought_raw(make_plan: MakePlan):
    plan = make_plan(menu=menu_of([portion("chicken-breast-roasted-no-skin", 150)]))
    line = line_of(plan, "Chicken breast, no skin or bone")
    assert line.grams == pytest.approx(line.grams_eaten / 0.74)
    assert row_of(plan, "Chicken breast, no skin or bone").startswith("½ lb (201 g), for Mon")


def test_raw_and_cooked_carrots_with_and_without_oil_are_one_line(make_plan: MakePlan):
    eaten = [portion("carrots-raw", 61), portion("carrots-cooked", 78), portion("carrots-cooked-with-oil", 78)]
    line = line_of(make_plan(menu=menu_of(eaten)), "Carrots")
    assert set(line.eaten) == {"carrots-raw", "carrots-cooked", "carrots-cooked-with-oil"}


def test_the_oil_of_a_dish_is_looked_for_at_home(make_plan: MakePlan):
    plan = make_plan(menu=menu_of([portion("carrots-cooked-with-oil", 78)]))
    assert line_of(plan, "Vegetable oil").staple
    text = to_shopping(plan, SHIPPED)
    assert text.index("Carrots") < text.index("## Check at home first") < text.index("Vegetable oil")


def test_whole_and_fat_free_milk_are_two_lines(make_plan: MakePlan):
    plan = make_plan(menu=menu_of([portion("milk-whole", 244), portion("milk-fat-free-skim", 245)]))
    assert [line.name for line in shopping_lists(plan, SHIPPED)[0].lines] == ["Milk, fat-free (skim)", "Milk, whole"]


def test_dry_rice_weighs_less_than_boiled(make_plan: MakePlan):
    line = line_of(make_plan(menu=menu_of([portion("rice-white", 158)])), "White rice, dry")
    assert line.aisle == "Dry goods and cereal"
    assert line.grams == pytest.approx(56, abs=1)


def test_a_food_of_unknown_yield_says_that_it_is_weighed_as_served(make_plan: MakePlan):
    plan = make_plan(menu=menu_of([portion("turnip-greens-cooked", 144, "1 cup")]))
    line = line_of(plan, "Turnip greens, cooked")
    assert (line.known, line.grams) == (False, 144)
    assert "(144 g as served)" in row_of(plan, "Turnip greens, cooked")


def test_a_dish_of_the_persons_own_is_what_goes_into_it(make_plan: MakePlan):
    shop = replace(SHIPPED, dishes={"my-stew": {"carrots-cooked": ("Carrots", 0.5), "milk-whole": ("Milk", 0.25)}})
    plan = make_plan(menu=menu_of([portion("my-stew", 400, "1 bowl", "Stew")]))
    assert sum(line_of(plan, "Milk, whole", shop=shop).eaten.values()) == pytest.approx(100)
    assert "Stew" not in to_shopping(plan, shop)


def test_milk_is_bought_by_the_carton_of_the_persons_shop(make_plan: MakePlan):
    menu = menu_of([portion("milk-whole", 1100)])
    assert row_of(make_plan(menu=menu, profile={"measures": "us"}), "Milk, whole").startswith(
        "1 half gallon, 64 fl oz (1100 g), for Mon; about 28 fl oz left over"
    )
    assert row_of(make_plan(menu=menu, profile={"measures": "metric"}), "Milk, whole").startswith(
        "2 cartons, 1 l each (1100 g), for Mon; about 930 ml left over"
    )


def test_eggs_are_counted(make_plan: MakePlan):
    plan = make_plan(menu=menu_of([portion("egg-boiled-or-poached", 100, "2 eggs")]))
    assert row_of(plan, "Eggs").startswith("1 carton, 6 eggs (2 eggs, 114 g), for Mon; 4 eggs left over")


def test_fruit_is_bought_by_the_piece(make_plan: MakePlan):
    plan = make_plan(menu=menu_of(*[[portion("banana", 126, "1 banana")]] * 3))
    assert row_of(plan, "Bananas").startswith("3 medium (591 g), for every day")


@pytest.mark.parametrize(("measures", "said"), [("us", "1 ½ lb"), ("metric", "650 g")])
def test_fish_is_weighed_out_and_rounded_up(make_plan: MakePlan, measures: str, said: str):
    plan = make_plan(menu=menu_of([portion("salmon-baked", 510)]), profile={"measures": measures})
    assert row_of(plan, "Salmon fillets").startswith(f"{said} (633 g), for Mon")


def test_what_is_left_of_a_package_is_eaten_the_next_week(make_plan: MakePlan):
    days = [[portion("rice-white", 158)]] * 14
    plan = make_plan(menu=menu_of(*days), weeks=2)
    first, second = (line_of(plan, "White rice, dry", week) for week in (1, 2))
    assert first.buy == "1 package, 1 lb"
    assert first.left == pytest.approx(454 - first.grams)
    assert second.at_hand == {1: pytest.approx(first.left)}
    assert second.buy == "1 package, 1 lb"
    assert "left from week 1: 62 g" in to_shopping(plan, SHIPPED)


def test_nothing_is_bought_where_enough_is_left(make_plan: MakePlan):
    plan = make_plan(menu=menu_of(*[[portion("rice-white", 50)]] * 14), weeks=2)
    assert line_of(plan, "White rice, dry", 2).buy == ""
    assert "- [ ] White rice, dry: nothing to buy (124 g), left from week 1: 124 g, for every day" in to_shopping(
        plan
    )


def test_bread_of_last_week_is_not_counted_on(make_plan: MakePlan):
    days = [[portion("white-bread", 28, "1 slice")]] * 14
    plan = make_plan(menu=menu_of(*days), weeks=2)
    assert line_of(plan, "White bread", 2).at_hand == {}
    assert line_of(plan, "White bread", 2).buy == "1 loaf, 20 oz"


def test_toast_is_bought_as_bread(make_plan: MakePlan):
    eaten = [portion("white-bread", 56, "2 slices"), portion("white-toast", 50, "2 slices")]
    assert set(line_of(make_plan(menu=menu_of(eaten)), "White bread").eaten) == {"white-bread", "white-toast"}


def test_each_week_has_its_own_section(make_plan: MakePlan):
    text = to_shopping(make_plan(weeks=2), SHOP)
    assert "## Week 1: 23 November 2026 to 29 November 2026\n\n### Fruit" in text
    assert "## Week 2: 30 November 2026 to 6 December 2026\n\n### Fruit" in text


def test_a_dish_that_a_rule_reuses_is_cooked_once(make_plan: MakePlan):
    days = [
        [portion("lentil-soup", 372, "1 ½ cups", "Lentil soup")],
        [],
        [portion("lentil-soup", 372, "", "Lentil soup")],
    ]
    rules = {"reuse": [{"food": "lentil soup", "times": 2, "at": ["lunch"]}]}
    text = to_shopping(make_plan(menu=menu_of(*days), rules=rules), SHOP)
    assert "## Cook once, eat on several days\n\n- Lentil soup: Mon and Wed\n" in text
    assert "Cook once" not in to_shopping(make_plan(menu=menu_of(*days)), SHOP)


@pytest.mark.parametrize("broken", ["soup", [1], [{}], [{"food": 3}], [{"food": "!", "at": 7}]])
def test_rules_that_are_none_cook_nothing(make_plan: MakePlan, broken: Any):
    assert "Cook once" not in to_shopping(make_plan(rules={"reuse": broken}), SHOP)


def test_prices_are_of_what_is_eaten_and_add_up(make_plan: MakePlan):
    eaten = [portion("banana", 126, "1 banana"), portion("strange", 100, "some", "Strange")]
    plan = make_plan(menu=menu_of(eaten), profile={"diet": {"budget_per_day": 9}})
    paid = SHIPPED.prices["banana"] * 1.26
    assert row_of(plan, "Bananas").endswith(f"; ${paid:.2f} worth is eaten")
    text = to_shopping(plan, SHIPPED)
    assert f"- Known prices: about ${paid:.2f}, with no price for some or all of 1 of 2 lines" in text
    assert "2017-18" in text
    assert "- Your budget: $9.00 a day, $9.00 for 1 day." in text


def test_the_price_of_a_cooked_food_is_shared_by_what_is_bought_for_it(make_plan: MakePlan):
    week = shopping_lists(make_plan(menu=menu_of([portion("carrots-cooked-with-oil", 100)])), SHIPPED)[0]
    assert week.price == pytest.approx(SHIPPED.prices["carrots-cooked-with-oil"])


@pytest.mark.parametrize(
    ("days", "words"),
    [((0,), "Mon"), ((0, 2), "Mon and Wed"), ((0, 2, 4), "Mon, Wed and Fri"), (tuple(range(7)), "every day")],
)
def test_days_in_words(days: tuple[int, ...], words: str):
    week = [MONDAY + dt.timedelta(days=number) for number in range(7)]
    assert days_text([week[number] for number in days], week) == words


@pytest.mark.parametrize(
    ("items", "words"),
    [
        (portions((244, "1 cup"), (122, "½ cup")), "1 ½ cups"),
        (portions((122, "½ cup"), (61, "¼ cup")), "¾ cup"),
        (portions((488, "2 cups"), (244, "1 cup")), "3 cups"),
        (portions((81, "⅓ cup"), (163, "⅔ cup")), "1 cup"),
        (portions((81, "⅓ cup"), (61, "¼ cup")), "about ¾ cup"),
        (portions((488, "2 cups"), (61, "2 fl oz")), "about 2 ¼ cups"),
        (portions((244, "1 cup"), (100, "some")), "about 1 ½ cups"),
        (portions((20, "1 oz (with 2 % fat)")), "1 oz (with 2 % fat)"),
        (portions((100, "some")), ""),
        (portions((100, "0 cups")), ""),
        (portions((100, "")), ""),
        ([], ""),
    ],
)
def test_portions_add_up_in_household_measures(items: list[Item], words: str):
    assert household(items, SHOP) == words


def test_a_metric_kitchen_is_told_no_cups():
    assert household(portions((244, "1 cup")), SHOP, "metric") == ""
    assert household(portions((50, "2 slices")), SHOP, "metric") == "2 slices"


@pytest.mark.parametrize(
    ("items", "measures", "words"),
    [
        (portions((10, "2 teaspoons")), "us", "2 teaspoons"),
        (portions((10, "2 teaspoons"), (5, "1 teaspoon")), "us", "1 tablespoon"),
        (portions((20, "4 teaspoons")), "us", "4 teaspoons"),
        (portions((60, "4 tablespoons")), "us", "¼ cup"),
        (portions((60, "4 tablespoons")), "metric", "4 tablespoons"),
        (portions((60, "12 teaspoons")), "metric", "4 tablespoons"),
        (portions((38, "½ half")), "us", "1 half"),
    ],
)
def test_many_spoons_are_told_in_larger_ones(items: list[Item], measures: Measures, words: str):
    plurals = {"milk-2": {"teaspoon": "teaspoons", "tablespoon": "tablespoons"}}
    assert household(items, replace(SHOP, plurals=plurals), measures) == words


def test_coffee_is_bought_as_ground_coffee_and_told_by_the_cup(make_plan: MakePlan):
    menu = menu_of([portion("coffee-brewed", 360, "1 ½ cups")])
    assert row_of(make_plan(menu=menu), "Ground coffee").startswith("enough for 1 ½ cups (20 g), for Mon")
    metric = make_plan(menu=menu, profile={"measures": "metric"})
    assert row_of(metric, "Ground coffee").startswith("20 g, for Mon")


def test_beans_and_rice_are_bought_dry(make_plan: MakePlan):
    plan = make_plan(menu=menu_of([portion("beans-and-white-rice", 170)]))
    assert {line.name for line in shopping_lists(plan, SHIPPED)[0].lines} == {
        "White beans, dried",
        "White rice, dry",
        "Vegetable oil",
        "Salt",
    }


def test_a_food_eaten_twice_on_one_day_is_of_one_day(make_plan: MakePlan):
    milk = portions((244, "1 cup"))[0].model_dump()
    text = to_shopping(make_plan(menu=menu_of([milk, milk])), SHOP)
    assert "- [ ] X: 2 cups (488 g as served), for Mon\n" in text


def test_less_than_a_gram_is_still_bought(make_plan: MakePlan):
    pinch = portion("salt", 0.3, "1 dash")
    assert "X: 1 dash (0.3 g as served)" in to_shopping(make_plan(menu=menu_of([pinch])), SHOP)


@pytest.mark.parametrize("grams", [1e-9, 0.01, 1e7, 1e300])
def test_any_weight_that_a_plan_may_hold_is_listed(make_plan: MakePlan, grams: float):
    foods = ("milk-whole", "salmon-baked", "strange", "sugar-brown", "banana")
    plan = make_plan(menu=menu_of([portion(food, grams) for food in foods]))
    assert to_shopping(plan, SHIPPED).count("- [ ]") >= len(foods)


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
    assert len(lines) == 13
    assert sum(line.startswith("#") for line in lines) == 3
