"""How a programme may rise and what its sessions hold, read from progression.yaml and doses.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class BuildUp:
    """Who has every trait of `when` begins with `start` aerobic minutes a week and adds at most `step` each week."""

    rule: str
    when: frozenset[str]
    start: float
    step: float


@dataclass(frozen=True)
class Sets:
    """Sets of an exercise: those of the first week by level, the most, and the most of one step.

    People with a trait of `low_for` have fewer.
    """

    first: Mapping[str, int]
    most: int
    step: int
    low_for: frozenset[str]
    low_first: int
    low_most: int

    def first_of(self, level: str, traits: Set[str]) -> int:
        """The most sets that a first week may hold."""
        return self.low_first if traits & self.low_for else self.first[level]

    def most_of(self, traits: Set[str]) -> int:
        """The most sets that any week may hold."""
        return self.low_most if traits & self.low_for else self.most


@dataclass(frozen=True)
class Impacts:
    """Impacts of a session, in sets of `size`: those of the first week by level, the most, and the most of one step.

    People with a trait of `fewer_for` have the share `share` of them.
    """

    first: Mapping[str, int]
    most: int
    step: int
    size: int
    fewer_for: frozenset[str]
    share: float

    def whole(self, count: float) -> int:
        """`count` in whole sets, and one at least."""
        return max(1, int(count // self.size)) * self.size

    def first_of(self, level: str, traits: Set[str]) -> int:
        """The most impacts that a session of the first week may hold."""
        return self._of(self.first[level], traits)

    def most_of(self, traits: Set[str]) -> int:
        """The most impacts that a session of any week may hold."""
        return self._of(self.most, traits)

    def _of(self, count: float, traits: Set[str]) -> int:
        return self.whole(count * self.share if traits & self.fewer_for else count)


@dataclass(frozen=True)
class TrainingRules:
    """The rules of progression: of the load in per cent a step, of the repetitions, and of what a lighter week holds.

    `around` are the exercises that warm up and cool down, with their minutes.
    """

    build_up: BuildUp
    load_least: float
    load_most: float
    reps_low: int
    reps_high: int
    sets: Sets
    impacts: Impacts
    lighter_longest: int
    lighter_sets_less: int
    lighter_impact_share: float
    lighter_load_share: float
    around: Mapping[str, float]


def read_training_rules(progression: Mapping[str, Any], doses: Mapping[str, Any]) -> TrainingRules:
    """The rules of progression.yaml with the doses of doses.yaml."""
    low, sore, lighter = doses["start_low"], doses["impacts_with_joint_pain"], progression["lighter_week"]
    sets, impacts, build_up = doses["sets"], doses["impacts"], progression["build_up"]
    around: dict[str, float] = {}
    for part in (doses["warm_up"], doses["cool_down"]):
        named = [part["aerobic"], part["cycling"], *part.get("resistance", [])]
        around |= {name: max(float(part["minutes"]), around.get(name, 0.0)) for name in named}
    return TrainingRules(
        build_up=BuildUp(
            build_up["rule"], frozenset(build_up["when_all"]), float(build_up["start"]), float(build_up["step"])
        ),
        load_least=float(progression["load"]["least"]),
        load_most=float(progression["load"]["most"]),
        reps_low=int(doses["reps"]["low"]),
        reps_high=int(doses["reps"]["high"]),
        sets=Sets(
            first={level: int(sets[level]) for level in ("beginner", "intermediate", "advanced")},
            most=int(progression["sets"]["most"]),
            step=int(progression["sets"]["step"]),
            low_for=frozenset(low["when"]),
            low_first=int(low["sets"]),
            low_most=int(progression["sets"]["most_start_low"]),
        ),
        impacts=Impacts(
            first={level: int(impacts[level]) for level in ("beginner", "intermediate", "advanced")},
            most=int(impacts["advanced"]),
            step=int(progression["impacts"]["step"]),
            size=int(impacts["per_set"]),
            fewer_for=frozenset(sore["when"]),
            share=float(sore["share"]),
        ),
        lighter_longest=int(lighter["longest"]),
        lighter_sets_less=int(lighter["sets_less"]),
        lighter_impact_share=float(lighter["impact_share"]),
        lighter_load_share=float(lighter["load_share"]),
        around=around,
    )
