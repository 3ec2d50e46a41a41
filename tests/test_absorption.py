"""Absorbed calcium: an estimate from the load of a meal and the kinds of its foods."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.absorption import absorbed, absorption, estimate_notice, food_fractions, with_absorbed
from boneplan.foods.table import load_foods
from boneplan.plan import Day, Item, Meal, Menu, SupplementTaken
from boneplan.profile import Profile

KALE, MILK, SPINACH = "kale-cooked", "milk-2-percent", "spinach-cooked"
PERSON = Profile.model_validate({
    "sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68,
    "meals": {"breakfast": "07:30", "lunch": "12:30", "dinner": "18:30", "snack": None},
})  # fmt: skip


def fraction_of(food: str) -> float:
    return food_fractions(load_foods())[food]


def menu(breakfast: dict[str, float], *tablets: tuple[float, str]) -> Menu:
    """One day with a breakfast of these grams of foods, and calcium tablets (mg, time)."""
    items = [Item(food=food, fndds_code=1, name=food, grams=g, measure="x") for food, g in breakfast.items()]
    day = Day(
        date=dt.date(2026, 11, 23), meals=[Meal(meal="breakfast", time="07:30", items=items)], totals={"calcium": 1.0}
    )
    taken = [SupplementTaken(nutrient="calcium", amount=mg, unit="mg", time=time) for mg, time in tablets]
    return Menu(days=[day], supplements=taken)


def absorbed_in(breakfast: dict[str, float], *tablets: tuple[float, str]) -> float:
    return with_absorbed(menu(breakfast, *tablets), PERSON).days[0].totals["absorbed_calcium"]


@pytest.mark.parametrize(
    ("load", "fraction"), [(15, 0.628), (100, 0.445), (200, 0.378), (300, 0.339), (500, 0.290), (1000, 0.223)]
)
def test_the_curve_gives_the_published_fractions(load: float, fraction: float) -> None:
    assert absorption().curve.at(load) == pytest.approx(fraction, abs=0.0005)


@pytest.mark.parametrize(
    ("load", "counts_as"), [(0, 50), (49, 50), (50, 50), (1500, 1500), (1501, 1500), (9000, 1500)]
)
def test_a_load_outside_the_limits_counts_as_the_nearest(load: float, counts_as: float) -> None:
    curve = absorption().curve
    assert curve.of_meal(load) == curve.at(counts_as)


@pytest.mark.parametrize(
    ("food", "load", "percent"),
    [("milk-2-percent", 300, 32.1), ("kale-cooked", 61, 49.3), ("spinach-cooked", 115, 5.1), ("tofu", 258, 31.0),
     ("white-beans-cooked", 113, 21.8), ("rhubarb", 174, 8.54), ("orange-juice-with-calcium-from-frozen", 300, 36.3)],
)  # fmt: skip
def test_a_measured_food_gives_what_was_measured_at_the_load_of_the_measurement(
    food: str, load: float, percent: float
) -> None:
    assert absorbed([(load, fraction_of(food))]) / load * 100 == pytest.approx(percent, rel=0.015)


@pytest.mark.parametrize(
    ("description", "category", "stand_in"),
    [
        ("Chard, cooked", 6411, "high_oxalate"),
        ("Beet greens, cooked", 6411, "high_oxalate"),
        ("Spinach, creamed", 6409, "high_oxalate"),
        ("Lentils, from dried, no added fat", 2802, "beans_nuts_seeds"),
        ("Chia seeds", 2804, "beans_nuts_seeds"),
        ("Cheese, Swiss", 1602, "dairy"),
        ("Pizza, cheese, from frozen, thin crust", 3602, "dairy"),
        ("Egg omelet or scrambled egg, with cheese, made with margarine", 2502, "dairy"),
        ("Oat milk", 1902, "plant_drinks"),
        ("Oatmeal, regular or quick, made with non-dairy milk, no added fat", 4802, "plant_drinks"),
        ("Oatmeal, regular or quick, made with milk, no added fat", 4802, "dairy"),
        ("Collards, fresh, cooked, no added fat", 6411, "cabbage_family"),
        ("Bread, rye", 4202, "bread"),
        ("Fish, sardines, canned", 2402, "fish_bones"),
        ("Soybean curd, deep fried", 2806, "tofu"),
        ("Beef, steak, ribeye", 2002, "rest"),
        ("Spinach quiche, meatless", 3208, "rest"),
    ],
)
def test_what_was_not_measured_is_taken_for_the_nearest_that_was(
    description: str, category: int, stand_in: str
) -> None:
    assert absorption().stand_in(description, category).id == stand_in


def test_every_food_has_a_fraction_and_spinach_the_least() -> None:
    fractions = food_fractions(load_foods())
    assert set(fractions) == set(load_foods().foods.index)
    assert all(0.03 < fraction < 0.5 for fraction in fractions.values())
    assert min(fractions, key=fractions.__getitem__).startswith(
        ("spinach", "creamed-spinach", "chard", "beet-greens")
    )


def test_as_much_calcium_gives_most_from_kale_and_least_from_spinach() -> None:
    kale, milk, spinach = (absorbed([(100, fraction_of(food))]) for food in (KALE, MILK, SPINACH))
    assert kale > milk > 5 * spinach


def test_what_is_taken_at_once_is_absorbed_less_well_than_in_two_meals() -> None:
    milk = fraction_of(MILK)
    assert absorbed([(600, milk)]) < 2 * absorbed([(300, milk)])


def test_a_day_says_what_its_food_gives() -> None:
    # 244 g of milk hold 307 mg; milk's fraction is 32.1 % at 300 mg and falls with the load.
    curve = absorption().curve
    expected = 2.44 * 126 * 0.321 * curve.at(2.44 * 126) / curve.at(300)
    assert absorbed_in({MILK: 244}) == pytest.approx(expected, abs=0.01)
    assert with_absorbed(menu({MILK: 244}), PERSON).days[0].totals["calcium"] == 1.0


def test_a_tablet_at_the_meal_lowers_what_its_food_gives_and_one_hours_later_does_not() -> None:
    alone = absorbed_in({MILK: 244})
    assert absorbed_in({MILK: 244}, (500, "07:30")) < alone
    assert absorbed_in({MILK: 244}, (500, "10:30")) == alone


def test_a_menu_without_days_stays_as_it_is() -> None:
    assert with_absorbed(Menu(), PERSON) == Menu()


def test_the_notice_calls_it_an_estimate_and_says_why_plans_aim_at_the_intake() -> None:
    notice = estimate_notice()
    assert (notice.level, notice.rule, notice.scope) == ("info", "absorption/estimate", "menu")
    assert "estimate" in notice.text
    assert "aims at the calcium eaten" in notice.text
    assert notice.source.startswith("IOM 2011")


portions = st.lists(st.tuples(st.floats(0, 800), st.floats(0.03, 0.5)), max_size=6)


@given(portions, st.floats(0, 1200))
def test_more_is_never_absorbed_than_eaten_and_a_tablet_never_helps_the_food(meal: Any, tablet: float) -> None:
    alone = absorbed(meal)
    assert 0 <= absorbed(meal, tablet) <= alone + 1e-9
    assert alone <= sum(mg for mg, _ in meal) * 0.8 + 1e-9


@given(st.floats(50, 1400), st.floats(1, 100))
def test_more_calcium_in_a_meal_gives_more_in_all_and_a_smaller_share(load: float, more: float) -> None:
    milk = fraction_of(MILK)
    less, all_of_it = absorbed([(load, milk)]), absorbed([(load + more, milk)])
    assert all_of_it > less or math.isclose(all_of_it, less)
    assert all_of_it / (load + more) <= less / load + 1e-12
