"""What a person's week of exercise must and should hold: the rules of week.yaml resolved for that person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from boneplan.exercises import Exercise, MuscleGroup
from boneplan.plan import SessionKind
from boneplan.profile import Profile, Weekday
from boneplan.schedule.doses import impact_minutes, resistance_minutes, session_overhead
from boneplan.schedule.eligibility import traits
from boneplan.schedule.guidance import ByLevel, Record, Sourced, read


class Rule(Sourced):
    """One number of the week: `value` in `unit`. A hard rule holds in every schedule."""

    rule: str
    value: float
    unit: str
    hard: bool
    text: str


class MuscleGroups(Sourced):
    """The major muscle groups that every week trains."""

    rule: str
    hard: bool
    text: str
    groups: list[MuscleGroup]


class DefaultAvailability(Sourced):
    """The times of each weekday that stand in where a profile names none."""

    rule: str
    windows: dict[Weekday, list[str]]


class Week(Record):
    """week.yaml."""

    rules: dict[str, Rule]
    vigorous_sessions: ByLevel
    resistance_sessions: ByLevel
    muscle_groups: MuscleGroups
    default_availability: DefaultAvailability
    balance_at_risk: list[str]
    posture_at_risk: list[str]
    impact_for: list[str]
    favourite_days: dict[SessionKind, list[int]]
    costs: dict[str, float]

    def number(self, name: str) -> int:
        """The whole number of the rule called `name`, in the rule's unit."""
        return int(self.rules[name].value)


@cache
def week() -> Week:
    """The rules of week.yaml."""
    return read(Week, "week.yaml")


@dataclass(frozen=True)
class Bout:
    """A kind of session that may be put into a window, for `shortest` to `longest` minutes.

    Aerobic bouts bring `worth` moderate minutes a minute, less `overhead`: what warming up and cooling down do not
    bring.
    """

    name: str
    kind: SessionKind
    shortest: int
    longest: int
    worth: float = 0.0
    overhead: float = 0.0
    on_feet: bool = True


@dataclass(frozen=True)
class Needs:
    """A person's week: the bouts it may be made of, and how many days of each kind are wanted.

    `bike` may stand in for an aerobic bout, for `bike_minutes` a week at most.
    """

    bouts: tuple[Bout, ...]
    bike: Bout | None
    bike_minutes: int
    vigorous_wanted: int
    resistance_wanted: int
    balance_wanted: int
    posture_wanted: int
    impact_wanted: int

    def of_kind(self, kind: SessionKind) -> list[Bout]:
        """The bouts of one kind."""
        return [bout for bout in self.bouts if bout.kind == kind]


def needs_of(profile: Profile, options: Sequence[Exercise]) -> Needs:
    """The needs of `profile`, who may do `options` (see `eligibility.eligible`)."""
    rules, known, level = week(), traits(profile), profile.exercise.level
    number = rules.number
    shortest, longest = number("aerobic_shortest"), number("aerobic_longest")
    bouts = [Bout("aerobic", "aerobic", shortest, longest, worth=1.0)]
    vigorous = any(is_vigorous_option(e) for e in options)
    if vigorous:
        worth = rules.rules["vigorous_worth"].value
        overhead = (worth - 1) * session_overhead()  # warming up and down is done at a moderate pace
        bouts.append(Bout("vigorous", "aerobic", shortest, number("vigorous_longest"), worth, overhead))
    bouts.append(Bout("balance", "balance", number("balance_shortest"), number("balance_minutes")))
    wanted = resistance_minutes(profile, len(rules.muscle_groups.groups), number("grid_minutes"))
    bouts.append(Bout("resistance", "resistance", number("resistance_shortest"), wanted))
    impact = bool(known.intersection(rules.impact_for)) and any(e.kind == "impact" for e in options)
    if impact:
        minutes = impact_minutes(profile, number("grid_minutes"))
        bouts.append(Bout("impact", "impact", minutes, minutes))
    bouts.append(Bout("posture", "posture", number("posture_shortest"), number("posture_longest")))
    bike = "neuropathy" in known and any(is_bike_option(e) for e in options)
    return Needs(
        bouts=tuple(bouts),
        bike=Bout("bike", "aerobic", shortest, longest, worth=1.0, on_feet=False) if bike else None,
        bike_minutes=int(number("aerobic_minutes") * rules.rules["bike_share"].value) if bike else 0,
        vigorous_wanted=rules.vigorous_sessions.of(level) if vigorous else 0,
        resistance_wanted=rules.resistance_sessions.of(level),
        balance_wanted=number("balance_days_at_risk" if known & {*rules.balance_at_risk} else "balance_days"),
        posture_wanted=number("posture_days_at_risk" if known & {*rules.posture_at_risk} else "posture_days"),
        impact_wanted=number("impact_days") if impact else 0,
    )


def is_moderate_option(exercise: Exercise) -> bool:
    """Whether its minutes count as moderate and weight-bearing."""
    return exercise.kind == "aerobic" and exercise.weight_bearing and exercise.effort == "moderate"


def is_vigorous_option(exercise: Exercise) -> bool:
    """Whether its minutes count as vigorous and weight-bearing."""
    return exercise.kind == "aerobic" and exercise.weight_bearing and exercise.effort == "vigorous"


def is_bike_option(exercise: Exercise) -> bool:
    """Whether it may stand in for walking with neuropathy."""
    return exercise.pattern == "cycling" and exercise.effort == "moderate"
