"""Bounds and rules in the words in which a conflict tells of them."""

from __future__ import annotations

from collections.abc import Iterable

from boneplan.menu.bounds import Bound
from boneplan.timing.words import nutrient_name

AGREED = "nutrition/vitamin_k/agreed_"
CLINIC = "Nothing in boneplan moves the vitamin K that was agreed: ask the anticoagulation clinic before it changes."
PERIODS = {"week_mean": "as the week's mean", "day": "each day", "meal": "each meal"}


def unit_in_words(bound: Bound) -> str:
    """The unit as people read it: "µg" for "ug"."""
    return bound.unit.replace("ug", "µg")


def in_words(bound: Bound) -> str:
    """Such as "vitamin K at most 195 µg each day": the target's own figures, supplements counted."""
    sides = (("at least", bound.aim if bound.low is not None else None), ("at most", bound.most or bound.high))
    parts = [f"{word} {figure:,g}" for word, figure in sides if figure is not None and (figure or word == "at most")]
    limits = " and ".join(parts) or "at least 0"
    return f"{nutrient_name(bound.nutrient)} {limits} {unit_in_words(bound)} {PERIODS[bound.period]}"


def clinic(rules: Iterable[str]) -> str:
    """Whom to ask where the agreed vitamin K is among the rules, as a sentence; else empty."""
    return CLINIC if any(rule.startswith(AGREED) for rule in rules) else ""
