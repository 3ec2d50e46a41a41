"""What a week of exercise must hold, read from guidelines/exercise/week.yaml and intensity.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class WeekRules:
    """The hard rules of a week: minutes, days, and the METs where moderate and vigorous begin.

    `aerobic_longest` and `vigorous_longest` are minutes a day; `shortest` and `longest` minutes of one session, by
    kind. `rules` are the ids of all that a week may fail to hold.
    """

    aerobic_minutes: float
    vigorous_worth: float
    aerobic_days: int
    aerobic_longest: float
    vigorous_longest: float
    bike_share: float
    resistance_days: int
    resistance_days_most: int
    balance_days: int
    muscle_groups: frozenset[str]
    moderate_met: float
    vigorous_met: float
    shortest: Mapping[str, float]
    longest: Mapping[str, float]
    rules: frozenset[str] = frozenset()

    def level(self, met: float) -> str:
        """ "light", "moderate" or "vigorous", as the effort of `met` is called."""
        if met >= self.vigorous_met:
            return "vigorous"
        return "moderate" if met >= self.moderate_met else "light"


def read_week_rules(week: Mapping[str, Any], intensity: Mapping[str, Any]) -> WeekRules:
    """The rules of week.yaml with the MET levels of intensity.yaml."""
    value = {name: rule["value"] for name, rule in week["rules"].items()}
    met = intensity["met_levels"]
    return WeekRules(
        aerobic_minutes=float(value["aerobic_minutes"]),
        vigorous_worth=float(value["vigorous_worth"]),
        aerobic_days=int(value["aerobic_days"]),
        aerobic_longest=float(value["aerobic_longest"]),
        vigorous_longest=float(value["vigorous_longest"]),
        bike_share=float(value["bike_share"]),
        resistance_days=int(value["resistance_days"]),
        resistance_days_most=int(value["resistance_days_most"]),
        balance_days=int(value["balance_days"]),
        muscle_groups=frozenset(week["muscle_groups"]["groups"]),
        moderate_met=float(met["moderate"]["value"]),
        vigorous_met=float(met["vigorous"]["value"]),
        shortest={kind: float(value[f"{kind}_shortest"]) for kind in ("aerobic", "resistance", "balance", "posture")},
        longest={"posture": float(value["posture_longest"])},
        rules=frozenset([*(rule["rule"] for rule in week["rules"].values()), week["muscle_groups"]["rule"]]),
    )
