"""How much: sets, repetitions, loads, effort and impacts for a person, from doses.yaml and intensity.yaml."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from boneplan.choices import ExerciseLevel
from boneplan.exercises import Exercise
from boneplan.profile import Profile
from boneplan.schedule.eligibility import traits
from boneplan.schedule.guidance import ByLevel, Record, Sourced, read

LOADED = frozenset({"resistance_band", "dumbbells", "machines"})  # equipment whose load can be chosen
START_PERCENT = 100.0  # the load that a programme begins with


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
    """What goes around an aerobic session: its minutes, and what it is done with."""

    minutes: int
    aerobic: str
    cycling: str


class WarmUp(Around):
    """A warm-up, before resistance sessions too: with the first of these exercises that the person may do."""

    resistance: list[str]


class Impacts(ByLevel):
    """Impacts of a session by level, in sets of `per_set`, spread over a number of exercises."""

    per_set: int
    exercises: int


class ImpactShare(Sourced):
    """The share of the impacts for people with one of the traits `when`."""

    when: list[str]
    share: float


class Share(Sourced):
    """The share of a number of exercises that goes to one kind of them."""

    rule: str
    text: str
    value: float

    def of(self, count: int) -> int:
        """The share of `count`, rounded up."""
        return math.ceil(count * self.value)


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
    walks: Share
    still_balance: Share


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


@dataclass(frozen=True)
class WeekDose:
    """What the sessions of one week hold: moderate aerobic minutes a week, sets, repetitions and impacts a session.

    `load_percent` is of the load that the programme began with; `rpe_less` points of RPE are taken off.
    """

    aerobic_minutes: int
    sets: int
    reps: int
    load_percent: float
    impacts: int
    rpe_less: int = 0


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


def first_sets(profile: Profile) -> int:
    """Sets of one resistance exercise in the first week, where time allows them."""
    return doses().start_low.sets if starts_low(profile) else doses().sets.of(profile.exercise.level)


def load_words(profile: Profile, exercise: Exercise, dose: WeekDose) -> str:
    """How heavy, in words that need no test of strength."""
    if exercise.dose.hold_s is not None:
        return doses().load["hold"]
    if dose.rpe_less:
        return doses().load["lighter"]
    risen = dose.load_percent > START_PERCENT
    if not LOADED.intersection(exercise.equipment):
        return doses().load["slower" if risen else "own_weight"]
    words = doses().load["start_low" if starts_low(profile) else profile.exercise.level].format(reps=dose.reps)
    if not risen:
        return words
    return f"{words}; {doses().load['heavier'].format(percent=round(dose.load_percent - START_PERCENT))}"


def exercises_that_fit(minutes: int, sets: int) -> int:
    """How many resistance exercises of `sets` sets a session of `minutes` holds."""
    return int((minutes - session_overhead()) // (sets * doses().minutes_per_set.value))


def resistance_minutes(groups: int, sets: int, grid: int) -> int:
    """Minutes that `sets` sets for each of `groups` muscle groups take, rounded up to the grid."""
    needed = session_overhead() + groups * sets * doses().minutes_per_set.value
    return math.ceil(needed / grid) * grid


def first_impacts(profile: Profile) -> int:
    """Impacts of a session in the first week, in whole sets and one at least."""
    return _impacts(profile, doses().impacts.of(profile.exercise.level))


def most_impacts(profile: Profile) -> int:
    """Impacts of a session when they are built up, in whole sets and one at least."""
    return _impacts(profile, doses().impacts.advanced)


def _impacts(profile: Profile, count: float) -> int:
    sore, size = doses().impacts_with_joint_pain, doses().impacts.per_set
    if traits(profile).intersection(sore.when):
        count *= sore.share
    return max(1, int(count // size)) * size


def impact_minutes(impacts: int, grid: int) -> int:
    """Minutes that a session of so many impacts takes, rounded up to the grid."""
    sets = impacts // doses().impacts.per_set
    return math.ceil(sets * doses().minutes_per_set.value / grid) * grid


def rpe_for(profile: Profile, exercise: Exercise, rpe_less: int = 0) -> int:
    """The RPE (0-10) of `exercise`: its own, brought into the person's range and under the person's cap.

    In a lighter week it is `rpe_less` lower, but never below the range.
    """
    allowed, cap = intensities().rpe[profile.exercise.level], intensities().rpe_cap
    rpe = min(max(exercise.dose.rpe, allowed.low), allowed.high)
    if exercise.kind == "resistance" and starts_low(profile):
        rpe = min(rpe, doses().start_low.rpe)
    if traits(profile).intersection(cap.when):
        rpe = min(rpe, cap.value)
    return max(rpe - rpe_less, min(rpe, allowed.low))
