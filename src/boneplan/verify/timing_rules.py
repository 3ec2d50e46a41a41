"""What stands how far from what in a day, as `verify` reads it from guidelines/safety/timing.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boneplan.errors import Fault
from boneplan.verify.yaml_file import read_yaml

Rows = tuple[Mapping[str, Any], ...]

KEYS = {
    "away": {
        "id", "medicines", "keeps_away", "after", "before", "fasting", "after_first_meal", "before_breakfast",
        "tablet_months", "advised", "medicines_too", "notes",
    },
    "calcium_rich_meals": {"id", "medicines", "minutes", "before", "above_mg"},
    "calcium_rich_foods": {"id", "medicines", "minutes", "mg_per_100_g"},
    "away_from_calcium": {"id", "nutrients", "minutes", "above_mg"},
    "with_meal": {"id", "nutrients", "unless_forms", "conditions", "wish"},
    "after_meal": {"id", "drugs", "minutes"},
    "no_fasted_training": {"id", "medicines"},
}  # fmt: skip
SOURCE = {"text", "ask", "told_by", "note", "basis", "reference"}


@dataclass(frozen=True)
class TimingRules:
    """The rows of timing.yaml, how many minutes a meal lasts, and how far the parts of a dose stand apart."""

    meal_minutes: int
    split_minutes: int
    split_nutrients: frozenset[str]
    away: Rows
    calcium_rich_foods: Rows
    away_from_calcium: Rows
    with_meal: Rows
    after_meal: Rows
    no_fasted_training: Rows = ()
    calcium_rich_meals: Rows = ()


def read_timing_rules(path: Path) -> TimingRules:
    """timing.yaml at `path`. Raises `Fault` where it is missing, or asks for something that is not understood."""
    try:
        file = read_yaml(path)
        rows: dict[str, Rows] = {kind: tuple(file[kind]) for kind in KEYS}
        for kind, known in KEYS.items():
            for row in rows[kind]:
                if unknown := row.keys() - known - SOURCE:
                    raise KeyError(f"{kind}: {min(unknown)}")
        split = file["split_dose"]
        return TimingRules(int(file["meal"]["minutes"]), int(split["minutes"]), frozenset(split["nutrients"]), **rows)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Fault(f"{path} is not readable ({error!r}): install boneplan again") from None
