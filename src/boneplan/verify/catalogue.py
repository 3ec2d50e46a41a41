"""The exercise catalogue, as `verify` reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from boneplan.verify.week_rules import WeekRules

LEVELS = ("beginner", "intermediate", "advanced")
# What an exercise is that says nothing of these.
UNSAID = {
    "spine_flexion": "none", "spine_rotation": "none", "support": "none", "floor_lift": "false",
    "supervised": "false",
}  # fmt: skip

Traits = Mapping[str, str | frozenset[str]]
"""The fields of an exercise that rules ask for, in lower case: one word, or several."""


@dataclass(frozen=True)
class Exercise:
    """One entry of the catalogue.

    `force_bw` is the middle of its range of peak ground reaction forces, in body weights; `by_repetitions` says
    whether its sets are counted in repetitions.
    """

    id: str
    name: str
    kind: str
    level: str
    met: float
    weight_bearing: bool
    muscle_groups: frozenset[str]
    equipment: frozenset[str]
    places: frozenset[str]
    traits: Traits
    pattern: str = ""
    force_bw: float = 0.0
    by_repetitions: bool = False


def read_exercise(row: Mapping[str, Any], week: WeekRules, impact_classes: Mapping[str, float]) -> Exercise:
    """One row of the catalogue; what it does not mention it does not have.

    The class of impact follows from the peak ground reaction force where the row gives one.
    """
    force = row.get("peak_grf_bw")
    traits: dict[str, str | frozenset[str]] = {**UNSAID}
    for field, value in row.items():
        traits[field] = frozenset(map(word, value)) if isinstance(value, list) else word(value)
    traits["effort"] = week.level(float(row["met"]))
    if force is not None:
        traits["impact"] = _impact(force["high"], impact_classes)
    return Exercise(
        id=str(row["id"]),
        name=str(row["name"]),
        kind=str(row["kind"]),
        level=str(row["level"]),
        met=float(row["met"]),
        weight_bearing=bool(row.get("weight_bearing", False)),
        muscle_groups=frozenset(row.get("muscle_groups") or ()),
        equipment=frozenset(row.get("equipment") or ()),
        places=frozenset(row.get("place") or ()),
        traits=traits,
        pattern=str(row.get("pattern") or ""),
        force_bw=(float(force["low"]) + float(force["high"])) / 2 if force is not None else 0.0,
        by_repetitions="reps" in (row.get("dose") or {}),
    )


def word(value: object) -> str:
    """A YAML value as the text that rules compare: yes and no become "true" and "false"."""
    return str(value).lower()


def _impact(force_bw: float, classes: Mapping[str, float]) -> str:
    return next((name for name, most in classes.items() if force_bw <= most), "high")
