"""What the gates of guidelines/safety ask of a plan: which parts stay out of it, and what it must tell."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.gate_rules import LEVELS, Gate
from boneplan.verify.guidelines import UNITS
from boneplan.verify.person import in_unit


def check_gates(case: Case) -> Iterator[Breach]:
    """No menu and no session where a gate is shut for this person on the plan's first day."""
    parts = {"menu": len(case.plan.menu.days), "exercise": len(case.plan.exercise.sessions)}
    for gate in case.tables.gates:
        if not is_shut(gate, case):
            continue
        for part, count in parts.items():
            if count and gate.covers(part):
                text = f"{count} entries are given, yet the gate {gate.id} (guidelines/safety) is shut"
                yield Breach("verify/gate", part, text)


def check_notices(case: Case) -> Iterator[Breach]:
    """Every gate that falls is told of, as gravely as it is meant."""
    for gate in case.tables.gates:
        if not falls(gate, case):
            continue
        told = [n.level for n in case.plan.notices if n.rule == gate.rule and n.text.strip()]
        least = "info" if _cleared(gate, case) else gate.level
        if not told:
            text = f"the gate {gate.id} (guidelines/safety) falls for this person, yet no notice tells of it"
            yield Breach("verify/missing-notice", gate.rule, text)
        elif max(map(LEVELS.index, told)) < LEVELS.index(least):
            yield Breach("verify/missing-notice", gate.rule, f"told as {told[0]!r}, it is a {least!r}")


def is_closed(case: Case, part: str) -> bool:
    """Whether a gate keeps `part` ("menu" or "exercise") out of the plan, whatever the plan's notices say."""
    return any(gate.covers(part) and is_shut(gate, case) for gate in case.tables.gates)


def is_shut(gate: Gate, case: Case) -> bool:
    """Whether `gate` closes its scope to this person: it falls, and no clearance opens it."""
    return gate.closing and falls(gate, case) and not _cleared(gate, case)


def falls(gate: Gate, case: Case) -> bool:
    """Whether every trigger of `gate` holds on the plan's first day."""
    person = case.person
    bmi = person.weight_kg / (person.height_cm / 100) ** 2
    holds: dict[str, Callable[[Any], bool]] = {
        "age_below": lambda years: person.age_on(case.plan.start) < years,
        "bmi_below": lambda limit: bmi < limit,
        "bmi_from": lambda limit: bmi >= limit,
        "conditions": lambda known: bool(person.conditions & set(known)),
        "medications": lambda words: any(_names(word, m) for word in words for m in person.medications),
        "drugs": lambda known: person.drug in known,
        "patterns": lambda known: person.pattern in known,
        "sex": lambda sex: person.sex == sex,
        "no_t_score": lambda asked: (person.worst_t_score is None) or not asked,
        "t_score_below": lambda limit: person.worst_t_score is not None and person.worst_t_score < limit,
        "without_supplement": lambda name: not any(n == name and amount for n, amount, _ in person.supplements),
        "supplement": lambda limit: _declared(case, limit["nutrient"]) > _limit(case, limit),
    }
    return all(holds[trigger](value) for trigger, value in gate.when.items())


def _cleared(gate: Gate, case: Case) -> bool:
    cleared = case.person.cleared_on(case.plan.start)
    return gate.level == "clearance" and bool(cleared & {gate.scope, "plan"})


def _names(word: str, medication: str) -> bool:
    """Whether a medicine's name as written holds `word` as a word of its own: "Warfarin 5 mg"."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?!\w)", medication, re.IGNORECASE) is not None


def _declared(case: Case, nutrient: str) -> float:
    """The daily amount that the profile itself declares, in the unit of the nutrient's targets."""
    total = 0.0
    for declared, amount, unit in case.person.supplements:
        if declared == nutrient:
            # A unit that makes no sense is a breach of `check_supplements`.
            with contextlib.suppress(ValueError):
                total += in_unit(amount, unit, nutrient, UNITS[nutrient])
    return total


def _limit(case: Case, limit: Mapping[str, Any]) -> float:
    if "above" in limit:
        return float(limit["above"])
    nutrient, rule = limit["nutrient"], limit["above_rule"]
    bounds = case.tables.reference.bounds
    # Children have no value of their own here; they are refused by their age.
    return min((b.value for b in bounds if b.nutrient == nutrient and b.rule == rule), default=float("inf"))
