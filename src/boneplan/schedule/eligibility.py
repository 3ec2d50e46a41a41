"""Who may do which exercise: the traits of a person, the rules they bring, and what those rules drop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from boneplan.exercises import LEVELS, Exercise, MuscleGroup
from boneplan.plan import Level, Notice
from boneplan.profile import Profile
from boneplan.safety import closed, gates
from boneplan.schedule.guidance import Record, Sourced, read


class Threshold(Sourced):
    """The bound of a class: up to and including `at_most`, or below `below`."""

    at_most: float | None = None
    below: float | None = None

    def holds(self, value: float) -> bool:
        """Whether `value` lies within the bound."""
        return (self.at_most is not None and value <= self.at_most) or (self.below is not None and value < self.below)


class Count(Sourced):
    """A number of things from which on a word applies."""

    value: int


class Filter(Sourced):
    """Drops, for people with a trait in `when`, the exercises whose fields all have a value listed in `drop`."""

    rule: str
    when: list[str]
    drop: dict[str, list[str | bool]]
    text: str
    hard: bool

    def drops(self, exercise: Exercise) -> bool:
        """Whether the rule, where it applies, drops `exercise`. A field of several values counts with any of them."""
        return all(_has(getattr(exercise, field), values) for field, values in self.drop.items())


class LesionSite(Record):
    """What a bone metastasis at one site rules out: joints not to be loaded, muscle groups not to be trained.

    With `off_feet` the aerobic minutes are done off the feet.
    """

    joints: list[str]
    groups: list[MuscleGroup]
    off_feet: bool = False


class LesionSites(Sourced):
    """The map of bone metastases by site. `other` stands for every site that is not known."""

    rule: str
    text: str
    hard: bool
    sites: dict[str, LesionSite]


class Told(Sourced):
    """What people with one of the traits `when` are told."""

    rule: str
    when: list[str]
    level: Level
    text: str


class Eligibility(Record):
    """eligibility.yaml."""

    t_score_classes: dict[str, Threshold]
    multiple_low_trauma: Count
    impact_classes: dict[str, Threshold]
    rules: list[Filter]
    lesion_sites: LesionSites
    notices: list[Told]


@cache
def guidance() -> Eligibility:
    """The rules of eligibility.yaml."""
    return read(Eligibility, "eligibility.yaml")


def bone_class(worst_t_score: float | None, diagnosed: Collection[str] = ()) -> str:
    """osteoporosis, osteopenia or normal_bone, by the worst T-score or a diagnosis, whichever is graver.

    bone_unknown where neither is known.
    """
    for name, bound in guidance().t_score_classes.items():
        if name in diagnosed or (worst_t_score is not None and bound.holds(worst_t_score)):
            return name
    return "bone_unknown" if worst_t_score is None else "normal_bone"


def traits(profile: Profile) -> frozenset[str]:
    """The words by which rules know a person: conditions, class of bone, kinds of fracture, fitness level."""
    # Nobody is known to be supervised: the profile has no field for it.
    bone = bone_class(profile.bone.t_scores.worst(), profile.conditions)
    found = {"unsupervised", profile.exercise.level, bone}
    found.update(set(profile.conditions).difference(guidance().t_score_classes))
    fractures = profile.bone.fractures
    if any(fracture.fragility for fracture in fractures):
        found.add("fragility_fracture")
    if any(fracture.site == "vertebra" for fracture in fractures):
        found.add("vertebral_fracture")
    if sum(fracture.fragility for fracture in fractures) >= guidance().multiple_low_trauma.value:
        found.add("multiple_low_trauma_fractures")
    return frozenset(found)


def lesion(profile: Profile) -> LesionSite | None:
    """What all of a person's bone metastases together rule out; None without any."""
    if "bone_metastases" not in profile.conditions:
        return None
    sites = guidance().lesion_sites.sites
    found = [sites[site] for site in profile.bone.metastases or ["other"]]
    return LesionSite(
        joints=sorted({joint for site in found for joint in site.joints}),
        groups=[g for g in sites["other"].groups if any(g in site.groups for site in found)],
        off_feet=any(site.off_feet for site in found),
    )


def shut(profile: Profile, on: dt.date) -> list[Notice]:
    """The gates of guidelines/safety that leave this person no exercise plan from the day `on`."""
    return [notice for notice in gates(profile, on) if "exercise" in closed([notice])]


@dataclass(frozen=True)
class Drop:
    """One rule that keeps an exercise from a person; `mend` is what in the profile would change it, if anything."""

    rule: str
    text: str
    cited: str = ""
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}" + (f" ({self.cited})" if self.cited else "")


def eligible(profile: Profile, catalogue: Mapping[str, Exercise] | Iterable[Exercise]) -> list[Exercise]:
    """The exercises of `catalogue` that suit the person, in its order. Whether there may be any is for `shut`."""
    exercises = catalogue.values() if isinstance(catalogue, Mapping) else catalogue
    rules = _applying(profile)
    return [e for e in exercises if not any(r.drops(e) for r in rules) and not _unfit(e, profile)]


def dropped_by(exercise: Exercise, profile: Profile) -> list[Drop]:
    """Every rule that keeps `exercise` from the person; empty where none does."""
    drops = [Drop(r.rule, r.text, r.cited) for r in _applying(profile) if r.drops(exercise)]
    return [*drops, *_unfit(exercise, profile)]


def why(exercise: Exercise, profile: Profile, on: dt.date) -> list[str]:
    """Why the person may or may not do `exercise` from the day `on`: one line for each rule that decides.

    Lines begin with "dropped by" or, where nothing drops it, "kept".
    """
    found = [f"dropped by {gate.rule}: {gate.text} ({gate.source})" for gate in shut(profile, on)]
    found += [f"dropped by {drop}" for drop in dropped_by(exercise, profile)]
    if found:
        return found
    asked = ", ".join(_words(exercise.equipment)) or "no equipment"
    return [
        f"kept: it needs {asked} and suits level {exercise.level}",
        *(f"kept under {rule.rule}: {rule.text}" for rule in _applying(profile)),
    ]


def notices(profile: Profile) -> list[Notice]:
    """What the person is told about their exercises because of who they are."""
    known = traits(profile)
    return [
        told.notice(told.level, told.rule, told.text) for told in guidance().notices if known.intersection(told.when)
    ]


def _applying(profile: Profile) -> list[Filter]:
    known = traits(profile)
    rules = [rule for rule in guidance().rules if known.intersection(rule.when)]
    bones, lesions = lesion(profile), guidance().lesion_sites
    if bones is not None:
        text = f"{lesions.text} ({', '.join(bones.joints)})"
        rules.append(
            Filter(rule=lesions.rule, when=["bone_metastases"], drop={"joints": list(bones.joints)}, text=text,
                   hard=lesions.hard, sources=lesions.sources)
        )  # fmt: skip
    return rules


def _has(value: object, wanted: list[str | bool]) -> bool:
    return any(one in wanted for one in value) if isinstance(value, list) else value in wanted


def _unfit(exercise: Exercise, profile: Profile) -> list[Drop]:
    wishes = profile.exercise
    drops = []
    missing = [thing for thing in exercise.equipment if thing not in wishes.equipment]
    if missing:
        text = f"it needs {' and '.join(_words(missing))}, not listed in exercise.equipment"
        mend = f"add {' and '.join(missing)} to exercise.equipment, if there is one"
        drops.append(Drop("exercise-equipment", text, mend=mend))
    if exercise.rank > LEVELS.index(wishes.level):
        text = f"it is for level {exercise.level}, the profile says {wishes.level}"
        drops.append(Drop("exercise-level", text))
    if wishes.places is not None and not set(wishes.places).intersection(exercise.place):
        text = f"it is done at these places: {', '.join(exercise.place)}; none is in exercise.places"
        drops.append(Drop("exercise-place", text, mend=f"add {' or '.join(exercise.place)} to exercise.places"))
    return drops


def _words(equipment: Iterable[str]) -> list[str]:
    return [thing.replace("_", " ") for thing in equipment]
