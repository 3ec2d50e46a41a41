"""The exercise catalogue and the rules of guidelines/exercise, as `verify` reads them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boneplan.errors import Fault
from boneplan.verify.catalogue import Exercise, read_exercise
from boneplan.verify.safety_rules import SafetyRules, read_safety_rules
from boneplan.verify.training_rules import TrainingRules, read_training_rules
from boneplan.verify.week_rules import WeekRules, read_week_rules
from boneplan.verify.yaml_file import read_entries, read_yaml


@dataclass(frozen=True)
class LoadingRules:
    """How bone loading is reckoned: loads a minute by movement pattern, and the hours in which bone answers again.

    Bouts less than `one_bout_hours` apart are one.
    """

    cycles_per_minute: Mapping[str, float]
    recovery_hours: float
    one_bout_hours: float


@dataclass(frozen=True)
class ExerciseTables:
    """The catalogue by exercise id, and the rules."""

    catalogue: Mapping[str, Exercise]
    week: WeekRules
    safety: SafetyRules
    training: TrainingRules
    loading: LoadingRules


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
        return ExerciseTables(
            catalogue={row["id"]: read_exercise(row, week, classes) for row in rows if row["id"] in wanted},
            week=week,
            safety=read_safety_rules(eligibility, intensity),
            training=read_training_rules(
                read_yaml(guidelines / "progression.yaml"), read_yaml(guidelines / "doses.yaml")
            ),
            loading=_loading(read_yaml(guidelines / "loading.yaml")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Fault(f"the exercise tables are not readable ({error!r}): install boneplan again") from None


def _loading(loading: Mapping[str, Any]) -> LoadingRules:
    return LoadingRules(
        cycles_per_minute={pattern: float(c["value"]) for pattern, c in loading["cycles_per_minute"].items()},
        recovery_hours=float(loading["recovery"]["hours"]),
        one_bout_hours=float(loading["recovery"]["one_bout"]),
    )
