"""Who may do which exercise, read from guidelines/exercise/eligibility.yaml and intensity.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from boneplan.verify.catalogue import Traits, word

UNKNOWN_SITE = "other"


@dataclass(frozen=True)
class Drop:
    """Whoever has a trait of `when` does no exercise that has one of the values in every one of `fields`."""

    rule: str
    when: frozenset[str]
    fields: Mapping[str, frozenset[str]]
    text: str

    def meets(self, traits: Traits) -> bool:
        """Whether an exercise with `traits` is one of those left out; of several values in a field one is enough."""
        return all(_has(traits.get(field), values) for field, values in self.fields.items())


@dataclass(frozen=True)
class Lesion:
    """What bone metastases rule out: joints under load, groups that need no training, and with `off_feet` walking."""

    joints: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    off_feet: bool = False


@dataclass(frozen=True)
class SafetyRules:
    """Who may do what: T-scores of osteoporosis and osteopenia, how many fractures are several, and the hard rules.

    `rpe_most` is the highest RPE (0-10) of a session by fitness level. People with a trait of `rpe_capped` do no
    session above `rpe_cap`. `lesions` is what a metastasis at each site rules out; a site that it does not name rules
    out what "other" does.
    """

    osteoporosis_t_score: float
    osteopenia_t_score: float
    several_fractures: int
    drops: tuple[Drop, ...]
    rpe_most: Mapping[str, float]
    rpe_cap: float
    rpe_capped: frozenset[str]
    lesion_rule: str = ""
    lesion_text: str = ""
    lesions: Mapping[str, Lesion] = field(default_factory=dict)

    def lesion(self, sites: Iterable[str]) -> Lesion:
        """What metastases at all of `sites` together rule out."""
        found = [self.lesions.get(site, self.lesions[UNKNOWN_SITE]) for site in sites]
        return Lesion(
            joints=frozenset(joint for lesion in found for joint in lesion.joints),
            groups=frozenset(group for lesion in found for group in lesion.groups),
            off_feet=any(lesion.off_feet for lesion in found),
        )


def read_safety_rules(eligibility: Mapping[str, Any], intensity: Mapping[str, Any]) -> SafetyRules:
    """The hard rules of eligibility.yaml, with the cap on effort. Soft ones are wishes and no breach."""
    classes, sites = eligibility["t_score_classes"], eligibility["lesion_sites"]
    return SafetyRules(
        osteoporosis_t_score=float(classes["osteoporosis"]["at_most"]),
        osteopenia_t_score=float(classes["osteopenia"]["below"]),
        several_fractures=int(eligibility["multiple_low_trauma"]["value"]),
        drops=tuple(
            Drop(rule["rule"], frozenset(rule["when"]), _fields(rule["drop"]), rule["text"])
            for rule in eligibility["rules"]
            if rule["hard"]
        ),
        rpe_most={level: float(row["high"]) for level, row in intensity["rpe"].items()},
        rpe_cap=float(intensity["rpe_cap"]["value"]),
        rpe_capped=frozenset(intensity["rpe_cap"]["when"]),
        lesion_rule=sites["rule"],
        lesion_text=sites["text"],
        lesions={
            site: Lesion(frozenset(out["joints"]), frozenset(out["groups"]), bool(out.get("off_feet")))
            for site, out in sites["sites"].items()
        },
    )


def _fields(drop: Mapping[str, Iterable[Any]]) -> dict[str, frozenset[str]]:
    return {field: frozenset(map(word, values)) for field, values in drop.items()}


def _has(value: str | frozenset[str] | None, wanted: frozenset[str]) -> bool:
    return bool(value & wanted) if isinstance(value, frozenset) else value in wanted
