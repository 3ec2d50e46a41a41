"""The fraction of its calcium that is absorbed, for the few foods in which it has been measured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from foods_build.raw import read_rows


@dataclass(frozen=True)
class AbsorptionRule:
    """Foods whose description matches absorb this fraction of their calcium (0..1)."""

    match: re.Pattern[str]
    fraction: float


def read_absorption(path: Path) -> list[AbsorptionRule]:
    """The rows of `calcium_absorption.csv`: a pattern on the FNDDS description, the fraction, its source."""
    return [
        AbsorptionRule(re.compile(row["match"], re.IGNORECASE), float(row["percent"]) / 100)
        for row in read_rows(path)
    ]


def absorbed_fraction(description: str, rules: Sequence[AbsorptionRule]) -> float | None:
    """The fraction of the first rule that matches, None where none does (which is unknown, not zero)."""
    return next((rule.fraction for rule in rules if rule.match.search(description)), None)
