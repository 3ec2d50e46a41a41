"""One thing that a rule did to a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Part = Literal[
    "target", "gap", "notice", "closed", "risk", "week", "sessions", "exercises", "foods", "monitoring", "intakes",
    "conflict",
]  # fmt: skip

MOST_NAMES = 5
DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class Effect:
    """One thing that a rule did to a plan."""

    part: Part
    text: str


def names(found: Sequence[str]) -> str:
    """The first few of `found`, and how many more there are."""
    rest = len(found) - MOST_NAMES
    return "; ".join(found[:MOST_NAMES]) + (f"; and {rest} more" if rest > 0 else "")
