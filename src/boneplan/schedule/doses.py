"""How much: sets, repetitions, loads, effort and impacts for a person, from doses.yaml and intensity.yaml."""

from __future__ import annotations

import math
from functools import cache

from boneplan.exercises import Exercise
from boneplan.profile import ExerciseLevel, Profile
from boneplan.schedule.eligibility import traits
from boneplan.schedule.guidance import ByLevel, Record, Sourced, read

LOADED = frozenset({"resistance_band", "dumbbells", "machines"})  # equipment whose load can be chosen


class Reps(Sourced):
    """Repetitions in a set: the range, and where to start in it."""

    rule: str
    text: str
    low: int
    high: int
    start: int


class Sets(ByLevel):
    """Sets of one exercise by level."""

    rule: str
    text: str


class Amount(Sourced):
    """One number; `most` caps a count made from it."""

    value: float
    most: int = 1


class StartLow(Sourced):
    """Traits with which resistance starts at few sets and a light load, whatever the level."""

    when: list[str]
    sets: int
    rpe: int


class Around(Sourced):
    """What goes around an aerobic session: its minutes, and the exercises it is done with."""

    minutes: int
    aerobic: str
    cycling: str


class WarmUp(Around):
    """A warm-up, before resistance sessions too."""

    resistance: str


class Impacts(ByLevel):
    """Impacts of a session by level, in sets of `per_set`, spread over a number of exercises."""

    per_set: int
    exercises: int


class ImpactShare(Sourced):
    """The share of the impacts for people with one of the traits `when`."""

    when: list[str]
    share: float


class Doses(Record):
    """doses.yaml."""

    reps: Reps
    sets: Sets
    minutes_per_set: Amount
    start_low: StartLow
    load: dict[str, str]
    warm_up: WarmUp
    cool_down: Around
    impacts: Impacts
    impacts_with_joint_pain: ImpactShare
    longest_share: Amount
    minutes_per_balance_exercise: Amount
    minutes_per_posture_exercise: Amount


class MetLevel(Sourced):
    """The MET from which an effort has its name."""

    rule: str
    value: float
    unit: str
    text: str


class RpeRange(Sourced):
    """The RPE (0-10) that sessions may ask for."""

    low: int
    high: int


class RpeCap(Sourced):
    """The highest RPE for people with one of the traits `when`."""

    when: list[str]
    value: int


class Intensities(Record):
    """intensity.yaml."""

    met_levels: dict[str, MetLevel]
    rpe: dict[ExerciseLevel, RpeRange]
    rpe_cap: RpeCap


@cache
def doses() -> Doses:
    """The doses of doses.yaml."""
    return read(Doses, "doses.yaml")


@cache
def intensities() -> Intensities:
    """The efforts of intensity.yaml."""
    return read(Intensities, "intensity.yaml")


def session_overhead() -> int:
    """Minutes of an aerobic or resistance session that go to warming up and cooling down."""
    return doses().warm_up.minutes + doses().cool_down.minutes


def starts_low(profile: Profile) -> bool:
    """Whether the person's conditions ask for few sets and light loads, whatever the level."""
    return bool(traits(profile).intersection(doses().start_low.when))


def sets_for(profile: Profile) -> int:
    """Sets of one resistance exercise where time allows them."""
    return doses().start_low.sets if starts_low(profile) else doses().sets.of(profile.exercise.level)


def load_words(profile: Profile, exercise: Exercise, reps: int | None) -> str:
    """How heavy, in words that need no test of strength; `reps` is the number of repetitions asked for."""
    if exercise.dose.hold_s is not None:
        return doses().load["hold"]
    if not LOADED.intersection(exercise.equipment):
        return doses().load["own_weight"]
    key = "start_low" if starts_low(profile) else profile.exercise.level
    return doses().load[key].format(reps=reps)


def exercises_that_fit(minutes: int, sets: int) -> int:
    """How many resistance exercises of `sets` sets a session of `minutes` holds."""
    return int((minutes - session_overhead()) // (sets * doses().minutes_per_set.value))


def resistance_minutes(profile: Profile, groups: int, grid: int) -> int:
    """Minutes that one exercise for each of `groups` muscle groups takes, rounded up to the grid."""
    needed = session_overhead() + groups * sets_for(profile) * doses().minutes_per_set.value
    return math.ceil(needed / grid) * grid


def impact_sets(profile: Profile) -> int:
    """Sets of impacts in one impact session, one at least."""
    count: float = doses().impacts.of(profile.exercise.level)
    sore = doses().impacts_with_joint_pain
    if traits(profile).intersection(sore.when):
        count *= sore.share
    return max(1, int(count // doses().impacts.per_set))


def impact_minutes(profile: Profile, grid: int) -> int:
    """Minutes that the sets of an impact session take, rounded up to the grid."""
    return math.ceil(impact_sets(profile) * doses().minutes_per_set.value / grid) * grid


def rpe_for(profile: Profile, exercise: Exercise) -> int:
    """The RPE (0-10) of `exercise`: its own, brought into the person's range and under the person's cap."""
    allowed, cap = intensities().rpe[profile.exercise.level], intensities().rpe_cap
    rpe = min(max(exercise.dose.rpe, allowed.low), allowed.high)
    if exercise.kind == "resistance" and starts_low(profile):
        rpe = min(rpe, doses().start_low.rpe)
    return min(rpe, cap.value) if traits(profile).intersection(cap.when) else rpe
