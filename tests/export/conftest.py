"""A plan of one real-looking week, and the ways in which tests change it."""

from __future__ import annotations

import datetime as dt
import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boneplan.plan import Plan

MakePlan = Callable[..., Plan]
Portion = tuple[str, str, float, str]

NAMESPACE = uuid.UUID("6f1c1f1e-0000-5000-8000-000000000001")
OATS: Portion = ("oatmeal-cooked", "Oatmeal, cooked", 240.0, "1 cup")
MILK: Portion = ("milk-2", "Milk, 2 %", 244.0, "1 cup")
BERRIES: Portion = ("blueberries-raw", "Blueberries", 72.5, "½ cup")
BREAD: Portion = ("bread-whole-wheat", "Bread, whole wheat", 64.0, "2 slices")
TURKEY: Portion = ("turkey-sliced", "Turkey, sliced", 56.0, "2 slices")
CHEESE: Portion = ("cheese-swiss", "Cheese, Swiss", 28.0, "1 slice")
LETTUCE: Portion = ("lettuce-raw", "Lettuce", 36.0, "1 cup")
COFFEE: Portion = ("coffee-brewed", "Coffee", 240.0, "1 mug (8 fl oz)")
WATER: Portion = ("water-tap", "Water, tap", 240.0, "1 cup")
YOGURT: Portion = ("yogurt-plain", "Yogurt, plain, low fat", 170.0, "1 small container")
SALMON: Portion = ("salmon-baked", "Salmon, baked", 113.0, "1 small fillet")
KALE: Portion = ("kale-cooked", "Kale, cooked", 195.0, "1 ½ cups")
KALE_SIDE: Portion = ("kale-cooked", "Kale, cooked", 65.0, "½ cup")
POTATO: Portion = ("potato-baked", "Potato, baked", 173.0, "1 medium")
OIL: Portion = ("olive-oil", "Olive oil", 13.5, "1 tablespoon")
SOUP: Portion = ("lentil-soup", "Lentil soup", 372.0, "1 ½ cups")
CHICKEN: Portion = ("chicken-thigh", "Chicken thigh, baked, without skin", 140.0, "1 large thigh")
RICE: Portion = ("rice-brown", "Rice, brown, cooked", 195.0, "1 cup")

BREAKFASTS = ([OATS, MILK, BERRIES, COFFEE], [YOGURT, BERRIES, BREAD, COFFEE])
LUNCHES = ([BREAD, TURKEY, CHEESE, LETTUCE, WATER], [SOUP, BREAD, KALE_SIDE, WATER])
DINNERS = ([SALMON, KALE, POTATO, OIL, WATER], [CHICKEN, RICE, KALE_SIDE, OIL, MILK])
SNACKS = ([YOGURT], [MILK, BERRIES])
TOTALS = (
    {"energy": 1820.4, "protein": 84.2, "calcium": 1244.6, "vitamin_d": 15.3, "vitamin_k": 412.0},
    {"energy": 1764.0, "protein": 78.9, "calcium": 1301.2, "vitamin_d": 5.06, "vitamin_k": 208.7},
)
TARGETS = [
    ("energy", "kcal", "week_mean", 1700, 1900),
    ("energy", "kcal", "day", 1600, 2000),
    ("protein", "g", "day", 68, None),
    ("calcium", "mg", "day", 1200, 2000),
    ("vitamin_d", "ug", "day", 20, 100),
    ("vitamin_k", "ug", "week_mean", 90, None),
    ("sodium", "mg", "day", None, 2300),
]
STOP_IF = [
    "chest pain, or breath so short that you cannot speak",
    "dizziness",
    "new or sharp pain in a bone, the back or the groin",
]


def _meal(meal: str, time: str, portions: list[Portion]) -> dict[str, Any]:
    items = [
        {"food": food, "fndds_code": 11112110, "name": name, "grams": grams, "measure": measure}
        for food, name, grams, measure in portions
    ]
    return {"meal": meal, "time": time, "items": items}


def _day(date: dt.date, turn: int) -> dict[str, Any]:
    meals = [
        _meal("breakfast", "07:30", BREAKFASTS[turn]),
        _meal("lunch", "12:30", LUNCHES[turn]),
        _meal("snack", "15:30", SNACKS[turn]),
        _meal("dinner", "18:30", DINNERS[turn]),
    ]
    return {"date": date.isoformat(), "meals": meals, "totals": TOTALS[turn]}


def _exercise(name: str, sets: int | None = None, reps: int | None = None, **dose: Any) -> dict[str, Any]:
    return {"exercise": name.lower().replace(" ", "-"), "name": name, "sets": sets, "reps": reps, **dose}


def make_session(date: dt.date, start: str, end: str, kind: str, **changes: Any) -> dict[str, Any]:
    """A session of `kind` as plan.json holds it."""
    shapes: dict[str, tuple[str, bool, float, list[dict[str, Any]]]] = {
        "aerobic": ("Brisk walk", True, 5, [_exercise("Brisk walk", minutes=40)]),
        "resistance": (
            "Strength, whole body",
            True,
            6,
            [
                _exercise("Chair stand", 2, 10, muscle_groups=["legs"]),
                _exercise("Wall push-up", 2, 10, muscle_groups=["chest", "arms"]),
                _exercise("Band row", 2, 12, load="light band", muscle_groups=["back"]),
                _exercise("Heel raise", 2, 12, muscle_groups=["calves"]),
            ],
        ),
        "balance": ("Balance", True, 3, [_exercise("One-leg stand at the counter", 3, hold_s=20)]),
    }
    title, bearing, rpe, items = shapes[kind]
    minutes = 60 * (int(end[:2]) - int(start[:2])) + int(end[3:]) - int(start[3:])
    return {
        "id": str(uuid.uuid5(NAMESPACE, f"{date}{start}{kind}")),
        "date": date.isoformat(),
        "start": start,
        "end": end,
        "kind": kind,
        "title": title,
        "minutes": minutes,
        "weight_bearing": bearing,
        "intensity": {"rpe": rpe, "met": 4.8, "level": "light" if rpe < 4 else "moderate"},
        "items": items,
        "stop_if": STOP_IF,
        **changes,
    }


def _sessions(start: dt.date, weeks: int) -> list[dict[str, Any]]:
    sessions = []
    for offset in range(7 * weeks):
        date = start + dt.timedelta(days=offset)
        if offset % 7 in (1, 4):
            sessions.append(make_session(date, "17:00", "17:35", "resistance"))
        else:
            sessions.append(make_session(date, "07:00", "07:40", "aerobic"))
        if offset % 7 in (0, 2, 4):
            sessions.append(make_session(date, "19:30", "19:45", "balance"))
    return sessions


def build(start: dt.date = dt.date(2026, 11, 23), weeks: int = 1, **changes: Any) -> Plan:
    """A plan with a gap in vitamin D from `start`, its top-level fields replaced by `changes`."""
    days = [_day(start + dt.timedelta(days=offset), offset % 2) for offset in range(7 * weeks)]
    document: dict[str, Any] = {
        "schema": "boneplan.plan/1",
        "id": "5e0cf2f4-9d3c-4d0e-8f0a-0a5a4c1f7d11",
        "created": "2026-11-20T08:00:00Z",
        "boneplan": "0.1.0",
        "seed": 0,
        "profile": {"name": "Anna"},
        "start": start.isoformat(),
        "weeks": weeks,
        "timezone": "America/New_York",
        "status": "gaps",
        "notices": [
            {
                "level": "warn",
                "rule": "levothyroxine-calcium",
                "text": "Keep calcium-rich meals and calcium tablets four hours away from levothyroxine.",
                "source": "Society of examples, statement, 2024",
            },
            {
                "level": "info",
                "rule": "phytoestrogens",
                "text": "Soy foods and flax are left out.",
                "source": "",
            },
        ],
        "targets": [
            {
                "nutrient": n,
                "unit": u,
                "period": p,
                "min": low,
                "max": high,
                "hard": True,
                "rule": n,
                "source": "s",
            }
            for n, u, p, low, high in TARGETS
        ],
        "menu": {
            "days": days,
            "supplements": [{"nutrient": "vitamin_d", "amount": 5, "unit": "ug", "time": "07:30"}],
            "gaps": [
                {
                    "nutrient": "vitamin_d",
                    "unit": "ug",
                    "target": 20,
                    "food": 10.9,
                    "supplements": 5,
                    "missing": 4.1,
                    "ask": "Ask your clinician whether a higher dose of vitamin D suits you.",
                }
            ],
            "solve": {
                "solver": "HiGHS 1.15.1",
                "objective": 33.3,
                "bound": 32.9,
                "gap": 0.012,
                "seconds": 0.84,
                "status": "feasible",
            },
        },
        "exercise": {"sessions": _sessions(start, weeks)},
        "monitoring": [
            {
                "due": "2027-01-15",
                "what": "Bone density scan (DXA)",
                "why": "It is two years since the last one.",
                "rule": "dxa-interval",
            }
        ],
        "conflicts": [],
    }
    return Plan.model_validate({**document, **changes})


@pytest.fixture(scope="session")
def make_plan() -> MakePlan:
    """The builder of plans: make_plan(start=..., weeks=..., any field of the plan)."""
    return build


@pytest.fixture(scope="session")
def session_of() -> Callable[..., dict[str, Any]]:
    """The builder of sessions: session_of(date, start, end, kind, any field of the session)."""
    return make_session


@pytest.fixture(scope="session")
def assert_golden() -> Callable[[Path, bytes], None]:
    """Compares bytes with a golden file, or writes it where BONEPLAN_REGOLD=1."""

    def check(path: Path, data: bytes) -> None:
        if os.environ.get("BONEPLAN_REGOLD") == "1":
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        assert path.exists(), f"{path.name} is missing: run once with BONEPLAN_REGOLD=1 and read what it wrote"
        assert data.decode() == path.read_bytes().decode()

    return check
