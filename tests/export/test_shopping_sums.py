"""No gram is lost: what is bought for each food, times its yield, is what the plan has of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from boneplan.export.aisles import Shop, shipped_shop
from boneplan.export.shopping.lists import shopping_lists
from boneplan.export.shopping.needs import opened_dish
from boneplan.export.shopping.rows import to_shopping_csv
from boneplan.plan import Plan

MakePlan = Callable[..., Plan]
PLANS = 50
PEOPLE = ("maria", "joan", "oliver")
PRINTED = 5e-5  # grams; half of the last digit of the table
SHOP = replace(
    shipped_shop(),
    dishes={
        "own-stew": {"ground-beef-cooked": ("Beef", 0.3), "carrots-cooked": ("Carrots", 0.45), "salt": ("Salt", 0.01)}
    },
)


def random_menu(seed: int, weeks: int) -> dict[str, Any]:
    """Meals of foods drawn from the whole table, some often, with weights that no measure has."""
    draw = random.Random(seed)
    often = draw.sample(sorted(SHOP.bought), 12)
    rest = [*sorted(SHOP.bought), "own-stew", "unheard-of"]

    def item() -> dict[str, Any]:
        food = draw.choice(often if draw.random() < 0.5 else rest)
        grams = round(draw.uniform(0.1, 400), draw.randrange(4))
        return {"food": food, "fndds_code": 1, "name": food, "grams": max(grams, 0.1), "measure": "1 cup"}

    start = dt.date(2026, 11, 23)
    return {
        "days": [
            {
                "date": start + dt.timedelta(days=day),
                "meals": [
                    {"meal": meal, "time": time, "items": [item() for _ in range(draw.randint(1, 6))]}
                    for meal, time in (("breakfast", "07:30"), ("lunch", "12:30"), ("dinner", "18:30"))
                ],
                "totals": {},
            }
            for day in range(7 * weeks)
        ]
    }


@pytest.fixture(params=[*range(PLANS), *PEOPLE])
def plan(request: pytest.FixtureRequest, make_plan: MakePlan, planned: Callable[[str], Plan]) -> Plan:
    """Fifty generated plans, and three of people."""
    if isinstance(request.param, str):
        return planned(request.param)
    weeks = 1 + request.param % 3
    measures = "metric" if request.param % 2 else "us"
    return make_plan(menu=random_menu(request.param, weeks), weeks=weeks, profile={"measures": measures})


def grams_of(plan: Plan, shop: Shop) -> dict[str, float]:
    """Grams of each food in the plan, own dishes opened, tap water left out."""
    grams: dict[str, float] = defaultdict(float)
    for day in plan.menu.days:
        for meal in day.meals:
            for item in (part for served in meal.items for part in opened_dish(served, shop)):
                if shop.aisle_of.get(item.food, shop.other) is not None:
                    grams[item.food] += item.grams
    return grams


def test_the_list_holds_what_the_plan_has(plan: Plan):
    listed: dict[str, float] = defaultdict(float)
    for week in shopping_lists(plan, SHOP):
        for line in week.lines:
            for food, bought in line.bought.items():
                yields = [p.grams_eaten or 1.0 for p in SHOP.bought.get(food, ()) if p.name == line.name] or [1.0]
                listed[food] += bought * yields[0]
    assert listed == pytest.approx(grams_of(plan, SHOP), abs=1e-6)


def test_so_does_the_table_read_back(plan: Plan):
    listed: dict[str, float] = defaultdict(float)
    digits: dict[str, float] = defaultdict(float)
    for row in csv.DictReader(io.StringIO(to_shopping_csv(plan, SHOP), newline="")):
        eaten, gives = float(row["grams_eaten"]), float(row["yield"] or 1)
        assert float(row["grams_to_buy"]) * gives == pytest.approx(eaten, rel=1e-7, abs=(gives + 1) * PRINTED)
        foods = [part.rsplit(": ", 1) for part in row["foods"].split("; ")]
        assert sum(float(grams) for _, grams in foods) == pytest.approx(eaten, abs=(len(foods) + 1) * PRINTED)
        for food, grams in foods:
            listed[food] += float(grams)
            digits[food] += PRINTED
    for food, grams in grams_of(plan, SHOP).items():
        assert listed.pop(food) == pytest.approx(grams, abs=1.01 * digits[food])
    assert not listed


def test_never_less_is_bought_than_the_meals_take(plan: Plan):
    for week in shopping_lists(plan, SHOP):
        for line in week.lines:
            assert sum(line.at_hand.values()) <= line.grams + 1e-6
            assert line.buy or sum(line.at_hand.values()) == pytest.approx(line.grams, abs=0.1)
