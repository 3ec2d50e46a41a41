"""Gates before planning: what is refused, what needs a clinician's clearance, and what to be told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache

from pydantic import Field

from boneplan.data import shipped_yaml
from boneplan.guidelines import Row, Sourced, checked, guideline
from boneplan.plan import Level, Notice, Scope
from boneplan.profile import Condition, Drug, Pattern, Profile, Sex, SupplementNutrient
from boneplan.targets import declared_supplements

GATES = "safety/gates.yaml"


class SupplementAbove(Row):
    """A declared daily amount over a figure, or over the value of a rule of the nutrient's guideline."""

    nutrient: SupplementNutrient
    above: float | None = None
    above_rule: str | None = None


class When(Row):
    """The trigger of a gate: every line that is given must hold."""

    age_below: int | None = None
    bmi_below: float | None = None
    bmi_from: float | None = None
    sex: Sex | None = None
    conditions: tuple[Condition, ...] = ()
    medications: tuple[str, ...] = ()
    drugs: tuple[Drug, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    no_t_score: bool = False
    t_score_below: float | None = None
    without_supplement: SupplementNutrient | None = None
    supplement: SupplementAbove | None = None


class Gate(Sourced):
    """One gate: when it falls, what it closes, and whom to ask."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    level: Level
    scope: Scope
    when: When
    text: str = Field(min_length=1)


class _File(Row):
    gates: tuple[Gate, ...]


@cache
def all_gates() -> tuple[Gate, ...]:
    """Every gate of guidelines/safety/gates.yaml, in its order: the gravest first."""
    return checked(_File, shipped_yaml("guidelines", GATES), GATES).gates


def gates(profile: Profile, on: dt.date) -> list[Notice]:
    """What must be said about this person's plan that begins on the day `on`, in the order of the file.

    Each notice has, beside the contract's fields, the `scope` that it is about and the `basis` of its rule.
    A gate that needs clearance comes out as `info` where the profile records one given by that day.
    """
    return [_notice(gate, profile, on) for gate in all_gates() if _falls(gate.when, profile, on)]


def closed(notices: Iterable[Notice]) -> set[Scope]:
    """What may not be planned under these notices: "menu", "exercise", or both."""
    shut: set[Scope] = set()
    for notice in notices:
        if notice.level in ("refuse", "clearance"):
            scope = notice.scope or "plan"
            shut |= {"menu", "exercise"} if scope == "plan" else {scope}
    return shut


def _falls(when: When, profile: Profile, on: dt.date) -> bool:
    worst = profile.bone.t_scores.worst()
    checks = (
        (when.age_below, lambda limit: profile.age_on(on) < limit),
        (when.bmi_below, lambda limit: profile.bmi < limit),
        (when.bmi_from, lambda limit: profile.bmi >= limit),
        (when.sex, lambda sex: profile.sex == sex),
        (when.conditions or None, lambda known: not set(known).isdisjoint(profile.conditions)),
        (when.medications or None, lambda words: _takes(profile, words)),
        (when.drugs or None, lambda drugs: profile.therapy.drug in drugs),
        (when.patterns or None, lambda patterns: profile.diet.pattern in patterns),
        (when.no_t_score or None, lambda _: worst is None),
        (when.t_score_below, lambda limit: worst is not None and worst < limit),
        (when.without_supplement, lambda nutrient: _declared(profile, nutrient) == 0),
        (when.supplement, lambda limit: _over(limit, profile, on)),
    )
    return all(holds(limit) for limit, holds in checks if limit is not None)


def _takes(profile: Profile, words: tuple[str, ...]) -> bool:
    """Whether the name of a medicine holds one of the words, whole: "Warfarin 5 mg", not "warfarin-like"."""
    names = [medication.name.casefold() for medication in profile.medications]
    return any(re.search(rf"(?<![\w-]){re.escape(word)}(?!\w)", name) for name in names for word in words)


def _declared(profile: Profile, nutrient: str) -> float:
    return sum(taken.amount for taken in declared_supplements(profile) if taken.nutrient == nutrient)


def _over(limit: SupplementAbove, profile: Profile, on: dt.date) -> bool:
    most = limit.above
    if limit.above_rule:
        rule = next(rule for rule in guideline(limit.nutrient).rules if rule.id == limit.above_rule)
        person = (profile.sex, profile.age_on(on), profile.diet.phytoestrogens)
        # Children have no value of their own here; they are refused by their age.
        most = next((value.value for value in rule.values if value.covers(*person)), None)
    return most is not None and _declared(profile, limit.nutrient) > most


def _notice(gate: Gate, profile: Profile, on: dt.date) -> Notice:
    level, text = gate.level, gate.text
    given = [c for c in profile.exercise.clearance if c.for_ in (gate.scope, "plan") and c.on <= on]
    if level == "clearance" and given:
        latest = max(given, key=lambda clearance: clearance.on)
        level = "info"
        text = f"Planned on the clearance that {latest.by} gave on {latest.on}. Otherwise: {text}"
    return Notice(
        level=level,
        rule=f"safety/gates/{gate.id}",
        text=text,
        source=str(gate.reference),
        scope=gate.scope,
        basis=gate.basis,
    )
