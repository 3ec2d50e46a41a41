"""People on a vitamin K antagonist: every day within the agreed band and a steady week, or a true reason why not.

The few here are a share of those of benchmarks/warfarin.py, which plans for hundreds.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

import pytest

from boneplan.choices import Allergen, Pattern
from boneplan.data import data_folder
from boneplan.engine import make_plan
from boneplan.plan import Plan
from boneplan.profile_reader import check_profile
from boneplan.verify import verify_plan

START = dt.date(2026, 11, 23)
# The band as guidelines/nutrition/vitamin_k.yaml has it, written out once more.
DAY_UG, WEEK_SHARE = 100.0, 0.2
PRINTED_UG = 0.06  # bounds are rounded to a tenth
BAND = "nutrition/vitamin_k/agreed_"
LEAST_AGREED, MOST_AGREED = 30, 350  # µg a day

PATTERNS: tuple[Pattern, ...] = get_args(Pattern)
ALLERGENS: tuple[Allergen, ...] = get_args(Allergen)
ANTAGONISTS = ("Warfarin 5 mg", "coumadin", "acenocoumarol", "phenprocoumon")
OTHER_MEDICINES: tuple[dict[str, Any], ...] = (
    {"name": "levothyroxine", "time": "06:30"},
    {"name": "alendronate", "weekday": "monday", "time": "06:30"},
)
SUPPLEMENTS: tuple[dict[str, Any], ...] = (
    {"nutrient": "vitamin_d", "amount": 1000, "unit": "IU", "time": "breakfast"},
    {"nutrient": "calcium", "amount": 500, "unit": "mg", "time": "dinner"},
)
DISLIKES = ("liver", "spinach", "kale", "broccoli", "lettuce", "olives", "salad")
AMOUNTS = (30, 50, 76, 95, 120, 150, 200, 250, 300, 350)


def patient(number: int) -> dict[str, Any]:
    """Person `number` as the values of a profile file: any age from 40 to 88, either sex, every diet."""
    draw = random.Random(f"warfarin/{number}")
    sex = draw.choice(["female", "female", "male"])
    height = draw.randint(150, 178) + (8 if sex == "male" else 0)
    agreed = draw.choice(AMOUNTS) if draw.random() < 0.5 else draw.randint(LEAST_AGREED, MOST_AGREED)
    return {
        "sex": sex,
        "birth_date": f"{2026 - draw.randint(40, 88)}-04-02",
        "height_cm": height,
        "weight_kg": round(draw.uniform(19.5, 36) * (height / 100) ** 2),
        "activity": draw.choice(["inactive", "low", "low", "active", "very_active"]),
        "therapy": {"drug": draw.choice(["anastrozole", "letrozole", "exemestane"])},
        "bone": {"t_scores": {"lumbar_spine": draw.choice([-0.5, -1.8, -2.7])}},
        "medications": [
            {"name": draw.choice(ANTAGONISTS), "time": "18:00"},
            *(medicine for medicine in OTHER_MEDICINES if draw.random() < 0.2),
        ],
        "supplements": [taken for taken in SUPPLEMENTS if draw.random() < 0.3],
        "diet": {
            "pattern": draw.choice(PATTERNS),
            "allergies": draw.sample(ALLERGENS, draw.choice([0, 0, 0, 1, 1, 2])),
            "intolerances": draw.choice([[], [], [], ["lactose"], ["gluten"]]),
            "dislikes": draw.sample(DISLIKES, draw.choice([0, 0, 1, 2])),
            "phytoestrogens": draw.choice(["avoid", "avoid", "avoid", "limit", "allow"]),
            "vitamin_k_agreed": agreed,
            "budget_per_day": draw.choice([9.0, 14.0, 20.0]) if draw.random() < 0.08 else None,
        },
        "meals": {"snack": draw.choice(["15:30", "15:30", "15:30", None])},
    }


@dataclass(frozen=True)
class Outcome:
    """What came of a person: the plan, the days' vitamin K in µg, and all that is `wrong`, in lines."""

    plan: Plan
    days: list[float]
    wrong: list[str]
    seconds: float


def outcome(profile: Mapping[str, Any]) -> Outcome:
    """Plans one week for the person and looks at it with the test's own arithmetic."""
    person = check_profile(dict(profile), "generated")
    started = time.perf_counter()
    plan = make_plan(person, start=START)
    took = time.perf_counter() - started
    agreed = profile["diet"]["vitamin_k_agreed"]
    days = vitamin_k(plan)
    wrong = [f"verify: {breach}" for breach in verify_plan(plan)]
    if days:
        wrong += out_of_band(days, agreed)
    else:
        wrong += unexplained(plan, profile)
    return Outcome(plan, days, wrong, took)


def out_of_band(days: list[float], agreed: float) -> list[str]:
    """Each day, and the mean, that is too far from the agreed intake."""
    mean = sum(days) / len(days)
    wrong = [
        f"day {number}: {amount:.1f} µg, agreed {agreed}"
        for number, amount in enumerate(days, 1)
        if abs(amount - agreed) > DAY_UG + PRINTED_UG
    ]
    if len(days) != 7 or abs(mean - agreed) > WEEK_SHARE * agreed + PRINTED_UG:
        wrong.append(f"the mean of {len(days)} days is {mean:.1f} µg, agreed {agreed}")
    return wrong


def unexplained(plan: Plan, profile: Mapping[str, Any]) -> list[str]:
    """What a plan without a menu fails to say: which rules clash, the band among them if it has a part in it."""
    said = next((conflict for conflict in plan.conflicts if conflict.part == "menu"), None)
    if plan.status != "infeasible" or said is None:
        return [f"no menu, status {plan.status}, no conflict"]
    if any(rule.startswith(BAND) for rule in said.rules):
        told = "vitamin K" in said.text and "anticoagulation clinic" in " ".join([said.text, *said.relaxations])
        return [] if told and len(said.rules) > 1 else [f"half a reason: {said.rules}: {said.text}"]
    free = {**profile, "medications": [], "diet": {**profile["diet"], "vitamin_k_agreed": None}}
    if make_plan(check_profile(free, "generated"), start=START).menu.days:
        return [f"the band is not named, yet without it there is a menu: {said.rules}: {said.text}"]
    return [] if len(said.rules) > 0 else [f"no rule is named: {said.text}"]


@cache
def per_100_g() -> dict[str, float]:
    """Vitamin K of every food, in µg per 100 g."""
    with (data_folder("foods") / "foods.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: float(row["vitamin_k"]) for row in csv.DictReader(stream) if row["vitamin_k"]}


def vitamin_k(plan: Plan) -> list[float]:
    """µg of vitamin K of each day's portions as printed."""
    table = per_100_g()
    return [
        sum(table[item.food] * item.grams / 100 for meal in day.meals for item in meal.items)
        for day in plan.menu.days
    ]


@pytest.mark.parametrize("number", range(6))
def test_every_day_keeps_to_the_agreed_intake_or_the_plan_says_why_it_cannot(number: int) -> None:
    assert outcome(patient(number)).wrong == []
