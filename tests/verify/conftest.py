"""A small world in which one plan holds (tables, person, document), to break in one place at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

import pytest

from boneplan.plan import Plan
from boneplan.verify import Breach, verify_plan
from boneplan.verify.bone_loading import week_index
from boneplan.verify.case import Tables
from boneplan.verify.catalogue import Exercise
from boneplan.verify.exercise_tables import ExerciseTables, LoadingRules
from boneplan.verify.guidelines import UNITS, Bound, Reference
from boneplan.verify.safety_rules import Drop, Lesion, SafetyRules
from boneplan.verify.tables import FLAGS, NUTRIENTS, Food, FoodTables, Portion
from boneplan.verify.training_rules import BuildUp, Impacts, Sets, TrainingRules
from boneplan.verify.variety_rules import KindLimit, VarietyRules
from boneplan.verify.week_rules import WeekRules

START = dt.date(2026, 11, 23)  # a Monday
KINDS = ("fruit", "dish", "salad", "roast", "grain", "green", "yogurt")
MEALS = (
    ("breakfast", "07:30", ("milk", "bread", "fruit")),
    ("lunch", "12:30", ("dish", "salad")),
    ("snack", "15:30", ("yogurt",)),
    ("dinner", "18:30", ("roast", "grain", "green")),
)
CATEGORY = {"milk": 1004, "bread": 4202, "dish": 3002, "roast": 2202, "fruit": 6009}
PER_100_G = {
    "energy": 100.0,
    "protein": 6.0,
    "calcium": 70.0,
    "vitamin_d": 0.5,
    "vitamin_k": 10.0,
    "sodium": 100.0,
}
MILK = {"energy": 50.0, "protein": 3.3, "calcium": 120.0, "vitamin_d": 1.2, "vitamin_k": 0.2, "sodium": 40.0}
BREAD = {
    "energy": 270.0,
    "protein": 9.0,
    "calcium": 100.0,
    "vitamin_d": 0.0,
    "vitamin_k": 5.0,
    "sodium": 480.0,
}


def food(food_id: str, code: int, kind: str, per_100_g: dict[str, float], **flags: str) -> Food:
    return Food(
        id=food_id,
        fndds_code=code,
        name=food_id.capitalize().replace("-", " "),
        description=f"{kind}, plain",
        category=CATEGORY.get(kind, 9999),
        amounts=dict.fromkeys(NUTRIENTS, 0.0) | per_100_g,
        flags=dict.fromkeys(FLAGS, "no") | flags,
        phytoestrogen="none",
        isoflavones_unknown=False,
        price=0.3,
    )


def food_tables() -> FoodTables:
    foods = [
        food("milk", 11112110, "milk", MILK, milk="yes", lactose="yes"),
        food("bread", 51300110, "bread", BREAD, wheat="yes", gluten="yes"),
    ]
    for row, kind in enumerate(KINDS):
        foods += [food(f"{kind}-{n}", 60000000 + 100 * row + n, kind, PER_100_G) for n in range(7)]
    portions = {f.id: (Portion("cup", "cups", 100.0),) for f in foods}
    portions["milk"] = (Portion("fl oz", "fl oz", 30.5), Portion("cup", "cups", 244.0))
    portions["bread"] = (Portion("slice", "slices", 28.0),)
    usual = {(f.id, meal, "women"): (100.0, 300.0) for f in foods for meal, _, _ in MEALS}
    usual["bread", "breakfast", "women"] = (25.0, 80.0)
    return FoodTables({f.id: f for f in foods}, portions, usual)


BOUNDS = (
    Bound("calcium", "rda", "min", "week_mean", True, 1200),
    Bound("calcium", "ul", "max", "day", True, 2000),
    Bound("vitamin_d", "target", "min", "week_mean", False, 20),
    Bound("vitamin_d", "ul", "max", "day", True, 100),
    Bound("vitamin_k", "ai", "min", "week_mean", True, 90),
    Bound("protein", "rda", "min", "day", True, 54.4),
    Bound("energy", "day_low", "min", "day", True, 1500),
    Bound("energy", "day_high", "max", "day", True, 1900),
    Bound("sodium", "cdrr", "max", "week_mean", True, 2300),
    Bound("isoflavones", "policy", "max", "day", True, 3),
    Bound("alcohol", "none", "max", "day", True, 0),
)


def exercise(exercise_id: str, kind: str, met: float, groups: str, **more: Any) -> Exercise:
    traits = {"spine_flexion": "none", "spine_rotation": "none", "support": "none", "fall_hazard": "low"}
    traits |= {"impact": "walking", "kind": kind, "effort": "vigorous" if met >= 6 else "moderate"}
    own = {key: value for key, value in more.items() if key in traits}
    own["joints"] = frozenset(more.get("joints", "knee hip").split())
    return Exercise(
        id=exercise_id,
        name=exercise_id.capitalize().replace("_", " "),
        kind=kind,
        level=more.get("level", "beginner"),
        met=met,
        weight_bearing=more.get("weight_bearing", True),
        muscle_groups=frozenset(groups.split()),
        equipment=frozenset(more.get("equipment", "").split()),
        places=frozenset(more.get("places", "home gym").split()),
        traits=traits | own,
        pattern=more.get("pattern", ""),
        force_bw=more.get("force_bw", 1.0),
        by_repetitions=kind in ("resistance", "impact"),
    )


def exercise_tables() -> ExerciseTables:
    fragile = frozenset({"osteoporosis", "fragility_fracture", "vertebral_fracture"})
    broken = frozenset({"vertebral_fracture", "multiple_low_trauma_fractures"})
    bad = frozenset({"loaded", "end_range"})
    catalogue = [
        exercise("walk", "aerobic", 4.8, "legs", pattern="walking", force_bw=1.2),
        exercise("stroll", "aerobic", 2.8, "legs", pattern="walking", force_bw=1.1),
        exercise("jog", "aerobic", 7.0, "legs", impact="moderate", pattern="running", force_bw=2.0),
        exercise("bike", "aerobic", 5.0, "legs", weight_bearing=False, equipment="bike", joints="knee"),
        exercise("squat", "resistance", 5.0, "legs hips"),
        exercise("knee_bend", "resistance", 3.5, "legs", joints="knee"),
        exercise("row", "resistance", 3.5, "back arms", equipment="resistance_band", joints="shoulder elbow"),
        exercise("press", "resistance", 3.5, "chest shoulders", joints="shoulder elbow"),
        exercise("brace", "resistance", 3.0, "core", joints="spine"),
        exercise("hop", "impact", 4.0, "legs", force_bw=2.5),
        exercise("calf_stretch", "flexibility", 2.3, "legs", joints="ankle"),
        exercise("sit_up", "resistance", 3.0, "core", spine_flexion="loaded"),
        exercise("twist", "resistance", 3.0, "core", spine_rotation="end_range"),
        exercise("deadlift", "resistance", 5.0, "back", level="advanced"),
        exercise("one_leg_stand", "balance", 2.0, "legs", joints="ankle"),
        exercise("wobble_board", "balance", 2.5, "legs", fall_hazard="high"),
    ]
    drops = (
        Drop("exercise-spine-sparing", fragile, {"spine_flexion": bad}, "no bending of the spine under load"),
        Drop("exercise-no-twisting", fragile, {"spine_rotation": bad}, "no twisting of the spine to its end"),
        Drop("exercise-impact", broken, {"impact": frozenset({"moderate", "high"})}, "no impact above walking"),
        Drop("exercise-moderate", broken, {"effort": frozenset({"vigorous"})}, "moderate effort at most"),
        Drop(
            "exercise-fall-hazard",
            frozenset({"fall_risk"}),
            {"fall_hazard": frozenset({"high"}), "support": frozenset({"none"})},
            "nothing unsupported in which a fall is likely",
        ),
    )
    groups = frozenset(("legs", "hips", "back", "chest", "shoulders", "arms", "core"))
    rules = frozenset({"exercise-aerobic-3-days", "exercise-balance-3-days"})
    week = WeekRules(
        aerobic_minutes=150,
        vigorous_worth=2,
        aerobic_days=3,
        aerobic_longest=60,
        vigorous_longest=30,
        bike_share=0.5,
        resistance_days=2,
        resistance_days_most=3,
        balance_days=3,
        muscle_groups=groups,
        moderate_met=3.0,
        vigorous_met=6.0,
        shortest={"aerobic": 10, "resistance": 15, "balance": 10},
        longest={"posture": 10},
        rules=rules,
    )
    safety = SafetyRules(
        osteoporosis_t_score=-2.5,
        osteopenia_t_score=-1.0,
        several_fractures=2,
        drops=drops,
        rpe_most=dict.fromkeys(("beginner", "intermediate", "advanced"), 99.0),
        rpe_cap=5,
        rpe_capped=broken,
        lesion_rule="exercise-site-map",
        lesion_text="a joint beside a metastasis is not loaded",
        lesions={
            "lumbar_spine": Lesion(frozenset({"spine"}), frozenset({"core"})),
            "pelvis": Lesion(frozenset({"hip"}), frozenset({"hips"}), off_feet=True),
            "other": Lesion(frozenset({"spine", "hip"}), frozenset({"core", "hips"}), off_feet=True),
        },
    )
    loading = LoadingRules({"walking": 110, "running": 160}, recovery_hours=6, one_bout_hours=1)
    return ExerciseTables({e.id: e for e in catalogue}, week, safety, training_rules(), loading)


def training_rules() -> TrainingRules:
    return TrainingRules(
        build_up=BuildUp("exercise-build-up", frozenset({"beginner", "inactive"}), start=90, step=15),
        load_least=2,
        load_most=10,
        reps_low=8,
        reps_high=12,
        sets=Sets({"beginner": 1, "intermediate": 2, "advanced": 3}, 3, 1, frozenset({"joint_pain"}), 1, 2),
        impacts=Impacts(
            {"beginner": 20, "intermediate": 40, "advanced": 50}, 50, 10, 10, frozenset({"joint_pain"}), 0.5
        ),
        lighter_longest=8,
        lighter_sets_less=1,
        lighter_impact_share=0.5,
        lighter_load_share=0.9,
        around={"stroll": 3, "walk": 3},
    )


def tables() -> Tables:
    variety = VarietyRules(
        max_uses=4,
        max_main_uses=2,
        max_staple_uses=14,
        min_distinct=30,
        staples=frozenset({1004, 4202}),
        mains=frozenset({3002, 2202}),
        limits=(KindLimit("sweets", frozenset({5502}), 2),),
    )
    return Tables(food_tables(), variety, Reference(BOUNDS), exercise_tables())


PROFILE: dict[str, Any] = {
    "sex": "female",
    "birth_date": "1961-04-02",
    "height_cm": 163,
    "weight_kg": 68,
    "activity": "low",
    "bone": {"t_scores": {"lumbar_spine": -1.8}, "fractures": []},
    "conditions": [],
    "medications": [],
    "supplements": [{"nutrient": "vitamin_d", "amount": 200, "unit": "IU", "time": "breakfast"}],
    "diet": {"pattern": "omnivore", "phytoestrogens": "avoid", "budget_per_day": None},
    "meals": {"breakfast": "07:30", "lunch": "12:30", "snack": "15:30", "dinner": "18:30"},
    "exercise": {
        "level": "beginner",
        "equipment": ["resistance_band"],
        "clearance": [],
        "availability": {
            day: ["07:00-08:00", "17:00-18:30"]
            for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        },
    },
}


def item(kind: str, number: int) -> dict[str, Any]:
    if kind == "milk":
        return {"food": "milk", "fndds_code": 11112110, "name": "Milk", "grams": 244.0, "measure": "1 cup"}
    if kind == "bread":
        return {
            "food": "bread",
            "fndds_code": 51300110,
            "name": "Bread",
            "grams": 56.0,
            "measure": "2 slices",
        }
    code = 60000000 + 100 * KINDS.index(kind) + number
    name = f"{kind.capitalize()} {number}"
    return {"food": f"{kind}-{number}", "fndds_code": code, "name": name, "grams": 200.0, "measure": "2 cups"}


def day(date: dt.date) -> dict[str, Any]:
    number = date.weekday()
    total = {
        n: 14 * PER_100_G[n] + 2.44 * MILK[n] + 0.56 * BREAD[n]
        for n in ("energy", "protein", "calcium", "vitamin_d", "vitamin_k", "sodium")
    }
    meals = [
        {"meal": meal, "time": time, "items": [item(kind, number) for kind in kinds]} for meal, time, kinds in MEALS
    ]
    return {"date": str(date), "meals": meals, "totals": {n: round(value, 1) for n, value in total.items()}}


def exercise_item(exercise_id: str, minutes: float | None = None) -> dict[str, Any]:
    done = exercise_tables().catalogue[exercise_id]
    dose: dict[str, Any] = {"sets": 1, "reps": 8} if done.by_repetitions else {"minutes": minutes}
    return {"exercise": done.id, "name": done.name, "muscle_groups": sorted(done.muscle_groups), **dose}


def session(date: dt.date, kind: str, start: str, minutes: int, *exercises: str) -> dict[str, Any]:
    began = dt.datetime.combine(date, dt.time.fromisoformat(start))
    met = exercise_tables().catalogue[exercises[0]].met
    return {
        "id": f"{kind}-{date}",
        "date": str(date),
        "start": start,
        "end": f"{began + dt.timedelta(minutes=minutes):%H:%M}",
        "kind": kind,
        "title": kind.capitalize(),
        "minutes": minutes,
        "weight_bearing": kind == "aerobic",
        "intensity": {"rpe": 5, "met": met, "level": "light" if met < 3 else "moderate"},
        "items": [exercise_item(e) for e in exercises],
        "stop_if": ["chest pain"],
    }


def sessions(monday: dt.date) -> Iterator[dict[str, Any]]:
    dates = [monday + dt.timedelta(days=n) for n in range(7)]
    for weekday in (0, 2, 4, 5):
        yield session(dates[weekday], "aerobic", "07:00", 40, "walk")
    for weekday in (1, 3):
        yield session(dates[weekday], "resistance", "17:00", 30, "squat", "row", "press", "brace")
    for weekday in (1, 3, 6):
        yield session(dates[weekday], "balance", "18:00", 15, "one_leg_stand")


def training_week(number: int) -> dict[str, Any]:
    """A week of the programme that asks for the same as every other."""
    return {
        "start": str(START + dt.timedelta(weeks=number - 1)),
        "number": number,
        "changed": "start" if number == 1 else "none",
        "aerobic_minutes": 150,
        "sets": 1,
        "reps": 8,
        "load_percent": 100.0,
        "impacts": 20,
    }


def document(weeks: int) -> dict[str, Any]:
    vitamin_d = 14 * 0.5 + 2.44 * 1.2
    return {
        "schema": "boneplan.plan/1",
        "id": "7d0d8a5e-0000-4000-8000-000000000001",
        "created": "2026-11-20T08:00:00Z",
        "boneplan": "0.1.0",
        "seed": 0,
        "profile": PROFILE,
        "start": str(START),
        "weeks": weeks,
        "timezone": "America/New_York",
        "status": "gaps",
        "notices": [],
        "targets": [
            {
                "nutrient": b.nutrient,
                "unit": UNITS[b.nutrient],
                "period": b.period,
                b.side: b.value,
                "hard": b.hard,
                "rule": f"{b.nutrient}/{b.rule}",
                "source": "Made for tests, 2026",
            }
            for b in BOUNDS
        ],
        "menu": {
            "days": [day(START + dt.timedelta(days=n)) for n in range(7 * weeks)],
            "supplements": [{"nutrient": "vitamin_d", "amount": 5, "unit": "ug", "time": "07:30"}],
            "gaps": [
                {
                    "nutrient": "vitamin_d",
                    "unit": "ug",
                    "target": 20,
                    "food": round(vitamin_d, 2),
                    "supplements": 5,
                    "missing": round(20 - 5 - vitamin_d, 2),
                    "ask": "Ask your clinician.",
                }
            ],
            "solve": {
                "solver": "x",
                "objective": 33.3,
                "bound": 32.9,
                "gap": 0.0122,
                "seconds": 0.8,
                "status": "x",
            },
        },
        "exercise": {
            "sessions": [s for w in range(weeks) for s in sessions(START + dt.timedelta(weeks=w))],
            "weeks": [training_week(number) for number in range(1, weeks + 1)],
        },
    }


@dataclass
class World:
    """A plan document that holds with its tables, until a test changes one of them."""

    document: dict[str, Any]
    tables: Tables

    @property
    def profile(self) -> dict[str, Any]:
        profile: dict[str, Any] = self.document["profile"]
        return profile

    @property
    def days(self) -> list[dict[str, Any]]:
        days: list[dict[str, Any]] = self.document["menu"]["days"]
        return days

    @property
    def sessions(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.document["exercise"]["sessions"]
        return found

    @property
    def weeks(self) -> list[dict[str, Any]]:
        """What the programme asks of each week."""
        found: list[dict[str, Any]] = self.document["exercise"]["weeks"]
        return found

    def ask(self, number: int, /, **changes: Any) -> None:
        """Change what the programme asks of the week `number` and of all that follow, and their sessions with it."""
        for week in self.weeks[number - 1 :]:
            week.update({key: value for key, value in changes.items() if key != "changed"})
        self.weeks[number - 1].update(changes)
        for week in self.weeks:
            self.follow(week)

    def follow(self, week: dict[str, Any]) -> None:
        """Give the sessions of a week the sets and repetitions that it asks for."""
        first = dt.date.fromisoformat(week["start"])
        for session in self.sessions:
            if session["kind"] == "resistance" and 0 <= (dt.date.fromisoformat(session["date"]) - first).days < 7:
                for item in session["items"]:
                    item.update(sets=week["sets"], reps=week["reps"])

    def reckon(self) -> None:
        """Let every week claim the osteogenic index that its sessions make."""
        for week in self.weeks:
            first = dt.date.fromisoformat(week["start"])
            programme = Plan.model_validate(self.document).exercise
            sessions = [s for s in programme.sessions if 0 <= (s.date - first).days < 7]
            week["osteogenic_index"] = round(week_index(sessions, self.tables.exercise), 1)

    def first(self, kind: str) -> dict[str, Any]:
        """The first session of `kind`."""
        return next(s for s in self.sessions if s["kind"] == kind)

    def items(self, kind: str) -> list[dict[str, Any]]:
        """Every portion whose food id begins with `kind`."""
        return [i for d in self.days for m in d["meals"] for i in m["items"] if i["food"].startswith(kind)]

    def exercise(self, exercise_id: str, minutes: float | None = None) -> dict[str, Any]:
        """An exercise of the catalogue as an item of a session."""
        return exercise_item(exercise_id, minutes)

    def change_food(self, food_id: str, **changes: Any) -> None:
        """Give one food of the table other fields; `flags` and `amounts` are merged."""
        foods = dict(self.tables.foods.foods)
        for part in ("flags", "amounts"):
            if part in changes:
                changes[part] = {**getattr(foods[food_id], part), **changes[part]}
        foods[food_id] = replace(foods[food_id], **changes)
        self.tables = replace(self.tables, foods=replace(self.tables.foods, foods=foods))

    def breaches(self) -> list[Breach]:
        return verify_plan(Plan.model_validate(self.document), self.tables)

    def rules(self) -> set[str]:
        """The ids of the rules that the plan breaks."""
        return {breach.rule for breach in self.breaches()}


@pytest.fixture
def make_world() -> Callable[[int], World]:
    """Builds a world whose plan has so many weeks."""
    return lambda weeks: World(deepcopy(document(weeks)), tables())


@pytest.fixture
def world(make_world: Callable[[int], World]) -> World:
    return make_world(1)
