"""What a person's week of exercise must and should hold: the rules of week.yaml resolved for that person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from boneplan.exercises import Exercise, MuscleGroup
from boneplan.plan import SessionKind
from boneplan.profile import Profile
from boneplan.profile_health import Weekday
from boneplan.schedule.doses import WeekDose, impact_minutes, resistance_minutes, session_overhead
from boneplan.schedule.eligibility import lesion, traits
from boneplan.schedule.guidance import ByLevel, Record, Sourced, read
from boneplan.schedule.loading import aerobic_index, bout_index


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
    bring. `osteogenic` is the best osteogenic index that one of usual length can have.
    """

    name: str
    kind: SessionKind
    shortest: int
    longest: int
    worth: float = 0.0
    overhead: float = 0.0
    on_feet: bool = True
    osteogenic: float = 0.0


@dataclass(frozen=True)
class Needs:
    """A person's week: the bouts it may be made of, and how many days of each kind are wanted.

    `aerobic_minutes` are the least a week brings, in moderate minutes, `groups` the muscle groups it trains. `bike`
    may stand in for an aerobic bout, for `bike_minutes` a week at most.
    """

    bouts: tuple[Bout, ...]
    aerobic_minutes: int
    groups: tuple[MuscleGroup, ...]
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


def needs_of(profile: Profile, options: Sequence[Exercise], dose: WeekDose) -> Needs:
    """The needs of `profile`, who may do `options` (see `eligibility.eligible`), in a week of `dose`."""
    rules, known, level = week(), traits(profile), profile.exercise.level
    number, lesions = rules.number, lesion(profile)
    off_feet = lesions is not None and lesions.off_feet
    groups = tuple(g for g in rules.muscle_groups.groups if lesions is None or g not in lesions.groups)
    shortest, longest = number("aerobic_shortest"), number("aerobic_longest")
    suits = is_off_feet_option if off_feet else is_moderate_option
    bouts = [_aerobic("off_feet" if off_feet else "aerobic", shortest, longest, [e for e in options if suits(e)])]
    vigorous = [] if off_feet else [e for e in options if is_vigorous_option(e)]
    if vigorous:
        bouts.append(_aerobic("vigorous", shortest, number("vigorous_longest"), vigorous))
    bouts.append(Bout("balance", "balance", number("balance_shortest"), number("balance_minutes")))
    wanted = resistance_minutes(len(groups), dose.sets, number("grid_minutes"))
    bouts.append(Bout("resistance", "resistance", min(number("resistance_shortest"), wanted), wanted))
    jumps = impact_options(profile, options)
    if jumps and dose.impacts:
        minutes = impact_minutes(dose.impacts, number("grid_minutes"))
        best = max(bout_index(e, dose.impacts) for e in jumps)
        bouts.append(Bout("impact", "impact", minutes, minutes, osteogenic=best))
    if any(e.kind == "posture" for e in options):
        bouts.append(Bout("posture", "posture", number("posture_shortest"), number("posture_longest")))
    bike = "neuropathy" in known and not off_feet and any(is_bike_option(e) for e in options)
    return Needs(
        bouts=tuple(bouts),
        aerobic_minutes=dose.aerobic_minutes,
        groups=groups,
        bike=Bout("bike", "aerobic", shortest, longest, worth=1.0, on_feet=False) if bike else None,
        bike_minutes=int(dose.aerobic_minutes * rules.rules["bike_share"].value) if bike else 0,
        vigorous_wanted=rules.vigorous_sessions.of(level) if vigorous else 0,
        resistance_wanted=rules.resistance_sessions.of(level),
        balance_wanted=number("balance_days_at_risk" if known & {*rules.balance_at_risk} else "balance_days"),
        posture_wanted=number("posture_days_at_risk" if known & {*rules.posture_at_risk} else "posture_days"),
        impact_wanted=number("impact_days") if any(bout.kind == "impact" for bout in bouts) else 0,
    )


def impact_options(profile: Profile, options: Sequence[Exercise]) -> list[Exercise]:
    """The impact exercises among `options`; none for people who get no impact sessions."""
    wanted = traits(profile).intersection(week().impact_for)
    return [e for e in options if e.kind == "impact"] if wanted else []


def _aerobic(name: str, shortest: int, longest: int, options: Sequence[Exercise]) -> Bout:
    minutes = week().number("aerobic_day_minutes")
    best = max((aerobic_index(e, minutes) for e in options), default=0.0)
    if name != "vigorous":
        return Bout(name, "aerobic", shortest, longest, worth=1.0, on_feet=name != "off_feet", osteogenic=best)
    worth = week().rules["vigorous_worth"].value
    overhead = (worth - 1) * session_overhead()  # warming up and down is done at a moderate pace
    return Bout(name, "aerobic", shortest, longest, worth, overhead, osteogenic=best)


def is_moderate_option(exercise: Exercise) -> bool:
    """Whether its minutes count as moderate and weight-bearing."""
    return exercise.kind == "aerobic" and exercise.weight_bearing and exercise.effort == "moderate"


def is_vigorous_option(exercise: Exercise) -> bool:
    """Whether its minutes count as vigorous and weight-bearing."""
    return exercise.kind == "aerobic" and exercise.weight_bearing and exercise.effort == "vigorous"


def is_bike_option(exercise: Exercise) -> bool:
    """Whether it may stand in for walking with neuropathy."""
    return exercise.pattern == "cycling" and exercise.effort == "moderate"


def is_off_feet_option(exercise: Exercise) -> bool:
    """Whether its minutes count as moderate for people who may not load the hip."""
    return exercise.kind == "aerobic" and not exercise.weight_bearing and exercise.effort == "moderate"
