"""Soft targets that a menu misses: the gap of the worst week, day or meal, and a warning above a maximum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from boneplan.menu.missed import gaps, passed
from boneplan.plan import Day, Gap, Item, Meal, SupplementTaken, Target

START = dt.date(2026, 11, 23)
PER_GRAM = {"porridge": {"protein": 0.05, "sodium": 1.0}, "trout": {"protein": 0.2, "sodium": 4.0}}


def target(nutrient: str, period: str = "week_mean", *, hard: bool = False, **more: Any) -> Target:
    return Target.model_validate(
        {
            "nutrient": nutrient,
            "unit": "ug",
            "period": period,
            "hard": hard,
            "rule": "rule",
            "source": "source",
            **more,
        }
    )


def days_of(*amounts: float, nutrient: str = "vitamin_d") -> list[Day]:
    """Days that bring so much each."""
    return [
        Day(date=START + dt.timedelta(days=n), meals=[], totals={nutrient: amount})
        for n, amount in enumerate(amounts)
    ]


def gaps_of_weeks(*weeks: float, hard: bool = False, taken: float = 0.0) -> list[tuple[float, float]]:
    """(food, missing) of every gap to 20 a day in weeks whose days bring that much."""
    days = days_of(*(amount for amount in weeks for _ in range(7)))
    supplements = [SupplementTaken(nutrient="vitamin_d", amount=taken, unit="ug")]
    return [
        (gap.food, gap.missing) for gap in gaps(days, [target("vitamin_d", min=20.0, hard=hard)], supplements, {})
    ]


def meal(name: str, **grams: float) -> Meal:
    items = [Item(food=food, fndds_code=1, name=food, grams=amount, measure="some") for food, amount in grams.items()]
    return Meal.model_validate({"meal": name, "time": "12:00", "items": items})


def menu(*breakfasts: float) -> list[Day]:
    """Days with so many grams of porridge for breakfast and 100 g of trout for dinner."""
    return [
        Day(
            date=START + dt.timedelta(days=n),
            meals=[meal("breakfast", porridge=grams), meal("dinner", trout=100)],
            totals={"protein": 0.05 * grams + 20, "sodium": grams + 400},
        )
        for n, grams in enumerate(breakfasts)
    ]


def gap_of(days: Sequence[Day], asked: Target, *supplements: SupplementTaken) -> Gap | None:
    found = gaps(days, [asked], supplements, PER_GRAM)
    assert len(found) <= 1
    return found[0] if found else None


def test_the_gap_of_several_weeks_is_that_of_the_worst() -> None:
    assert gaps_of_weeks(9.0, 6.0, 12.0) == [(6.0, 14.0)]
    assert gaps_of_weeks(25.0, 6.0) == [(6.0, 14.0)]


def test_what_is_met_is_no_gap_and_neither_is_what_print_would_hide() -> None:
    assert gaps_of_weeks(20.0) == gaps_of_weeks(19.995) == gaps_of_weeks(14.0, taken=6.0) == []
    assert gaps_of_weeks(19.9) == [(19.9, 0.1)]


def test_a_hard_minimum_never_becomes_a_gap() -> None:
    assert gaps_of_weeks(6.0, hard=True) == []


def test_the_gap_of_a_day_is_that_of_the_worst_day() -> None:
    asked = target("protein", "day", min=30.0)
    gap = gap_of(menu(300, 100, 200), asked)
    assert gap is not None
    assert (gap.food, gap.missing, gap.period) == (25.0, 5.0, "day")
    assert gap_of(menu(300, 200), asked) is None
    assert gap_of(menu(100), asked, SupplementTaken(nutrient="protein", amount=5.0, unit="g")) is None


def test_the_gap_of_a_meal_is_that_of_the_worst_meal_it_is_about_and_food_counts_alone() -> None:
    asked = target("protein", "meal", min=15.0, meals=["breakfast"])
    gap = gap_of(menu(300, 200), asked, SupplementTaken(nutrient="protein", amount=5.0, unit="g"))
    assert gap is not None
    assert (gap.food, gap.supplements, gap.missing) == (10.0, 0.0, 5.0)
    assert (gap.period, gap.meals) == ("meal", ["breakfast"])
    assert gap_of(menu(200), target("protein", "meal", min=15.0, meals=["dinner"])) is None


@pytest.mark.parametrize(
    ("period", "most", "said"),
    [
        ("week_mean", 500.0, "600 µg of sodium a day, above the 500 µg"),
        ("day", 750.0, "800 µg of sodium on one day, above the 750 µg"),
        ("meal", 390.0, "400 µg of sodium at one meal, above the 390 µg"),
    ],
)
def test_a_soft_maximum_that_is_passed_is_told(period: str, most: float, said: str) -> None:
    days = menu(100, 100, 100, 400, 300, 200, 200)
    asked = target("sodium", period, max=most)
    (notice,) = passed(days, [asked], [], PER_GRAM)
    assert said in notice.text
    assert (notice.level, notice.rule) == ("warn", "rule")
    assert passed(days, [target("sodium", period, max=801.0)], [], PER_GRAM) == []
    assert passed(days, [target("sodium", period, max=most, hard=True)], [], PER_GRAM) == []


def test_a_maximum_of_calcium_counts_tablets_and_one_of_sodium_does_not() -> None:
    tablets = [SupplementTaken(nutrient=n, amount=300.0, unit="mg") for n in ("calcium", "sodium")]
    days = [day.model_copy(update={"totals": {"calcium": 900.0, "sodium": 900.0}}) for day in menu(1, 1)]
    asked = [target(n, "day", max=1000.0) for n in ("calcium", "sodium")]
    (notice,) = passed(days, asked, tablets, PER_GRAM)
    assert "1,200 µg of calcium" in notice.text


def test_what_a_meal_counts_by_halves_is_no_excess() -> None:
    assert passed(menu(400), [target("sodium", "meal", max=100.0, counted_above=0.5)], [], PER_GRAM) == []
