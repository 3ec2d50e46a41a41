"""What the gates of guidelines/safety ask of a plan: which parts stay out of it, and what it must tell."""

from __future__ import annotations

from collections.abc import Iterator

from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.gate_rules import LEVELS, Gate
from boneplan.verify.who import is_for


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
    return is_for(gate.when, case.person, case.plan.start, case.tables.who)


def _cleared(gate: Gate, case: Case) -> bool:
    cleared = case.person.cleared_on(case.plan.start, case.tables.clearance_days)
    return gate.level == "clearance" and bool(cleared & {gate.scope, "plan"})
