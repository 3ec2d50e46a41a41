"""The exercise catalogue: its schema, its reading from exercises/exercises.yaml, and the effort of a MET."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from boneplan.choices import Equipment, ExerciseLevel, Place
from boneplan.data import shipped_yaml
from boneplan.errors import Fault
from boneplan.plan import Intensity, SessionKind

MuscleGroup = Literal["legs", "hips", "back", "chest", "shoulders", "arms", "core"]
Posture = Literal["standing", "seated", "supine", "prone", "side_lying", "kneeling"]
SpineLoad = Literal["none", "loaded", "end_range"]
Impact = Literal["none", "walking", "moderate", "high"]
FallHazard = Literal["low", "medium", "high"]
Support = Literal["none", "wall", "worktop", "chair", "rail", "poles", "partner"]
Joint = Literal["ankle", "knee", "hip", "spine", "neck", "shoulder", "elbow", "wrist"]
Site = Literal["lumbar_spine", "thoracic_spine", "hip", "shin", "heel", "upper_arm", "wrist"]
LEVELS: tuple[ExerciseLevel, ...] = ("beginner", "intermediate", "advanced")


class Row(BaseModel):
    """Base of the catalogue's records: unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


class GroundReaction(Row):
    """Peak vertical ground reaction force in body weights, and a key of guidelines/exercise/sources.yaml."""

    low: float = Field(ge=0, le=10)
    high: float = Field(ge=0, le=10)
    source: str


class Dose(Row):
    """What one session asks for by default: sets of repetitions or holds, or minutes; effort as RPE (0-10)."""

    sets: int | None = Field(default=None, ge=1, le=5)
    reps: int | None = Field(default=None, ge=3, le=20)
    hold_s: int | None = Field(default=None, ge=3, le=60)
    minutes: int | None = Field(default=None, ge=1, le=60)
    rpe: int = Field(ge=1, le=8)

    @model_validator(mode="after")
    def _one_way_to_count(self) -> Dose:
        counted = self.reps is not None or self.hold_s is not None
        if counted == (self.minutes is not None) or counted != (self.sets is not None):
            raise ValueError("a dose is either minutes, or sets with repetitions or a hold")
        return self


class Exercise(Row):
    """One exercise. exercises/SOURCES.md says what each field means and where its values come from.

    `met` is that of the Compendium's code `compendium`; with `met_match` "nearest" the code is of a like
    activity. `muscle_groups` names the group trained most first. `joints` are those it moves or holds under load,
    listed in doubt: people with a metastasis beside one of them leave it out. `sites` are the bones it loads.
    `level` is the lowest fitness level it suits.
    `stop_if` adds to the stop signs that every session carries (guidelines/exercise/stop_signs.yaml).
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=3, max_length=50)
    kind: SessionKind
    pattern: str
    level: ExerciseLevel
    weight_bearing: bool
    compendium: str = Field(pattern=r"^\d{5}$")
    met: float = Field(gt=1, lt=15)
    met_match: Literal["same", "nearest"] = "same"
    impact: Impact
    peak_grf_bw: GroundReaction
    muscle_groups: list[MuscleGroup] = Field(min_length=1)
    joints: list[Joint] = Field(min_length=1)
    sites: list[Site] = []
    posture: Posture
    spine_flexion: SpineLoad = "none"
    spine_rotation: SpineLoad = "none"
    floor_lift: bool = False
    supervised: bool = False
    fall_hazard: FallHazard
    support: Support = "none"
    equipment: list[Equipment] = []
    place: list[Place] = Field(min_length=1)
    dose: Dose
    easier: str | None = None
    harder: str | None = None
    cues: list[str] = Field(min_length=1)
    stop_if: list[str] = []
    evidence: list[str] = Field(min_length=1)

    @cached_property
    def effort(self) -> Intensity:
        """light, moderate or vigorous, by MET."""
        return effort_of(self.met)

    @property
    def rank(self) -> int:
        """The place of its level: 0 beginner, 1 intermediate, 2 advanced."""
        return LEVELS.index(self.level)


def effort_of(met: float) -> Intensity:
    """The name of the effort of `met`, by the thresholds in guidelines/exercise/intensity.yaml."""
    levels = shipped_yaml("guidelines", "exercise/intensity.yaml")["met_levels"]
    if met >= levels["vigorous"]["value"]:
        return "vigorous"
    return "moderate" if met >= levels["moderate"]["value"] else "light"


@cache
def catalogue() -> Mapping[str, Exercise]:
    """Every exercise by id, in the order of the file. Raises `Fault` where the file breaks its own schema."""
    try:
        rows = [Exercise.model_validate(row) for row in shipped_yaml("exercises", "exercises.yaml")]
    except ValidationError as error:
        raise Fault(f"exercises/exercises.yaml is not valid: {error}") from None
    found = {row.id: row for row in rows}
    if len(found) < len(rows):
        raise Fault("exercises/exercises.yaml uses an id twice")
    return MappingProxyType(found)
