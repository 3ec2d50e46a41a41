"""The fraction of its calcium that is absorbed, for the few foods in which it has been measured, at one load."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from foods_build.raw import read_rows


@dataclass(frozen=True)
class Curve:
    """The fraction of milk's calcium that is absorbed at a load in mg, and the load that the table is made for."""

    intercept: float
    slope: float
    reference_load: float

    def at(self, load_mg: float) -> float:
        """The fraction (0..1) absorbed of this load."""
        return self.intercept + self.slope * math.log(load_mg)


@dataclass(frozen=True)
class AbsorptionRule:
    """Foods whose description matches absorb this fraction (0..1) of their calcium at the reference load."""

    match: re.Pattern[str]
    fraction: float


def read_curve(path: Path) -> Curve:
    """The curve of guidelines/absorption/calcium.yaml."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Curve(raw["curve"]["intercept"], raw["curve"]["slope"], raw["reference_load"])


def read_absorption(path: Path, curve: Curve) -> list[AbsorptionRule]:
    """The rows of `calcium_absorption.csv`: a pattern on the FNDDS description, per cent, load, food and source.

    A small load is absorbed better than a large one, so each figure is moved along `curve` from the load at which it
    was given to the one reference load: only then are foods comparable.
    """
    return [
        AbsorptionRule(
            re.compile(row["match"], re.IGNORECASE),
            float(row["percent"]) / 100 * curve.at(curve.reference_load) / curve.at(float(row["load_mg"])),
        )
        for row in read_rows(path)
    ]


def absorbed_fraction(description: str, rules: Sequence[AbsorptionRule]) -> float | None:
    """The fraction of the first rule that matches, None where none does (which is unknown, not zero)."""
    return next((rule.fraction for rule in rules if rule.match.search(description)), None)
