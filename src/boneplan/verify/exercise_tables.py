"""The exercise catalogue and the rules of guidelines/exercise, as `verify` reads them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boneplan.errors import Fault
from boneplan.verify.yaml_file import read_entries, read_yaml

LEVELS = ("beginner", "intermediate", "advanced")


@dataclass(frozen=True)
class Exercise:
    """One entry of the catalogue. `traits` holds the fields that rules ask for, as lower-case text."""

    id: str
    name: str
    kind: str
    level: str
    met: float
    weight_bearing: bool
    muscle_groups: frozenset[str]
    equipment: frozenset[str]
    traits: Mapping[str, str]


@dataclass(frozen=True)
class WeekRules:
    """What a week of exercise must hold: minutes, days, and the METs where moderate and vigorous begin.

    `rules` are the ids of all that a week may fail to hold.
    """

    aerobic_minutes: float
    vigorous_worth: float
    aerobic_days: int
    bike_share: float
    resistance_days: int
    resistance_days_most: int
    balance_days: int
    muscle_groups: frozenset[str]
    moderate_met: float
    vigorous_met: float
    rules: frozenset[str] = frozenset()

    def level(self, met: float) -> str:
        """ "light", "moderate" or "vigorous", as the effort of `met` is called."""
        if met >= self.vigorous_met:
            return "vigorous"
        return "moderate" if met >= self.moderate_met else "light"


@dataclass(frozen=True)
class Drop:
    """Whoever has a trait of `when` does no exercise that has one of the values in every one of `fields`."""

    rule: str
    when: frozenset[str]
    fields: Mapping[str, frozenset[str]]
    text: str

    def meets(self, traits: Mapping[str, str]) -> bool:
        """Whether an exercise with `traits` is one of those that the rule leaves out."""
        return all(traits.get(field) in values for field, values in self.fields.items())


@dataclass(frozen=True)
class SafetyRules:
    """Who may do what: the T-score of osteoporosis, how many fractures are several, and the hard rules.

    People with a trait of `rpe_capped` do no session above `rpe_cap` (RPE, 0-10).
    """

    osteoporosis_t_score: float
    several_fractures: int
    drops: tuple[Drop, ...]
    rpe_cap: float
    rpe_capped: frozenset[str]


@dataclass(frozen=True)
class ExerciseTables:
    """The catalogue by exercise id, and the rules."""

    catalogue: Mapping[str, Exercise]
    week: WeekRules
    safety: SafetyRules


def read_exercise_tables(exercises: Path, guidelines: Path, wanted: Collection[str]) -> ExerciseTables:
    """The entries `wanted` of the catalogue in the folder `exercises`, and the rules in guidelines/exercise.

    Raises `Fault` where a file is missing or not as boneplan ships it.
    """
    try:
        intensity = read_yaml(guidelines / "intensity.yaml")
        week = read_week_rules(read_yaml(guidelines / "week.yaml"), intensity)
        eligibility = read_yaml(guidelines / "eligibility.yaml")
        classes = {name: float(c["at_most"]) for name, c in eligibility["impact_classes"].items()}
        rows = [row for path in sorted(exercises.glob("*.yaml")) for row in read_entries(path, wanted)]
        catalogue = {row["id"]: read_exercise(row, week, classes) for row in rows if row["id"] in wanted}
        return ExerciseTables(catalogue, week, read_safety_rules(eligibility, intensity))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Fault(f"the exercise tables are not readable ({error!r}): install boneplan again") from None


def read_exercise(row: Mapping[str, Any], week: WeekRules, impact_classes: Mapping[str, float]) -> Exercise:
    """One row of the catalogue; what it does not mention it does not have.

    The class of impact follows from the peak ground-reaction force where the row gives one.
    """
    force = row["peak_grf_bw"]["high"] if "peak_grf_bw" in row else None
    traits = {
        "spine_flexion": "none",
        "spine_rotation": "none",
        "support": "none",
        "floor_lift": "false",
        "supervised": "false",
        "fall_hazard": str(row["fall_hazard"]),
        "kind": str(row["kind"]),
        "effort": week.level(float(row["met"])),
        "impact": row["impact"] if force is None else _impact(force, impact_classes),
    }
    for field in ("spine_flexion", "spine_rotation", "support", "floor_lift", "supervised"):
        if field in row:
            traits[field] = _word(row[field])
    return Exercise(
        id=str(row["id"]),
        name=str(row["name"]),
        kind=str(row["kind"]),
        level=str(row["level"]),
        met=float(row["met"]),
        weight_bearing=bool(row.get("weight_bearing", False)),
        muscle_groups=frozenset(row.get("muscle_groups") or ()),
        equipment=frozenset(row.get("equipment") or ()),
        traits=traits,
    )


def read_week_rules(week: Mapping[str, Any], intensity: Mapping[str, Any]) -> WeekRules:
    """The hard weekly rules of week.yaml with the MET levels of intensity.yaml."""
    value = {name: rule["value"] for name, rule in week["rules"].items()}
    met = intensity["met_levels"]
    return WeekRules(
        aerobic_minutes=float(value["aerobic_minutes"]),
        vigorous_worth=float(value["vigorous_worth"]),
        aerobic_days=int(value["aerobic_days"]),
        bike_share=float(value["bike_share"]),
        resistance_days=int(value["resistance_days"]),
        resistance_days_most=int(value["resistance_days_most"]),
        balance_days=int(value["balance_days"]),
        muscle_groups=frozenset(week["muscle_groups"]["groups"]),
        moderate_met=float(met["moderate"]["value"]),
        vigorous_met=float(met["vigorous"]["value"]),
        rules=frozenset([*(rule["rule"] for rule in week["rules"].values()), week["muscle_groups"]["rule"]]),
    )


def read_safety_rules(eligibility: Mapping[str, Any], intensity: Mapping[str, Any]) -> SafetyRules:
    """The hard rules of eligibility.yaml, with the cap on effort. Soft ones are wishes and no breach."""
    return SafetyRules(
        osteoporosis_t_score=float(eligibility["t_score_classes"]["osteoporosis"]["at_most"]),
        several_fractures=int(eligibility["multiple_low_trauma"]["value"]),
        drops=tuple(
            Drop(rule["rule"], frozenset(rule["when"]), _fields(rule["drop"]), rule["text"])
            for rule in eligibility["rules"]
            if rule["hard"]
        ),
        rpe_cap=float(intensity["rpe_cap"]["value"]),
        rpe_capped=frozenset(intensity["rpe_cap"]["when"]),
    )


def _impact(force_bw: float, classes: Mapping[str, float]) -> str:
    return next((name for name, most in classes.items() if force_bw <= most), "high")


def _fields(drop: Mapping[str, Iterable[Any]]) -> dict[str, frozenset[str]]:
    return {field: frozenset(_word(value) for value in values) for field, values in drop.items()}


def _word(value: object) -> str:
    """A YAML value as the text that rules compare: yes and no become "true" and "false"."""
    return str(value).lower()
