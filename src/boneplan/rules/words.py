"""Targets and who asked for them in the words in which answers about a rules file tell of them."""

from __future__ import annotations

from boneplan.plan import Target
from boneplan.rules.fields import Asked
from boneplan.timing.words import UNITS, nutrient_name

PERIODS = {"week_mean": "as the week's mean", "day": "each day", "meal": "at each meal"}


def bound_in_words(target: Target) -> str:
    """Such as "at least 1,200 mg as the week's mean"."""
    side, figure = ("at least", target.min) if target.min is not None else ("at most", target.max)
    period = f"at {' and '.join(target.meals)}" if target.meals else PERIODS[target.period]
    return f"{side} {figure:,g} {UNITS.get(target.unit, target.unit)} {period}"


def target_in_words(target: Target) -> str:
    """Such as "calcium at least 1,200 mg as the week's mean, hard"."""
    firm = "hard" if target.hard else "soft" + (f" with weight {target.weight:g}" if target.weight != 1 else "")
    return f"{nutrient_name(target.nutrient)} {bound_in_words(target)}, {firm}"


def asked_by(rule: Asked) -> str:
    """Who asks for a rule and why, such as "by Mary: low appetite"; "in the rules file" where it does not say."""
    who = f"by {rule.by}" if rule.by else "in the rules file"
    return f"{who}: {rule.because}" if rule.because else who
