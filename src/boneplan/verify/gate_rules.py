"""The gates of guidelines/safety, as `verify` reads them: what closes a part of the plan, and what must be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boneplan.errors import Fault
from boneplan.verify.yaml_file import read_yaml

LEVELS = ("info", "warn", "clearance", "refuse")
"""From the mildest to the gravest."""
SCOPES = ("plan", "menu", "exercise")
TRIGGERS = frozenset({
    "age_below", "bmi_below", "bmi_from", "conditions", "medications", "drugs", "patterns", "sex", "no_t_score",
    "t_score_below", "without_supplement", "supplement",
})  # fmt: skip


@dataclass(frozen=True)
class Gate:
    """It falls while every trigger of `when` holds, and is about `scope` ("plan", "menu" or "exercise")."""

    id: str
    scope: str
    level: str
    when: Mapping[str, Any]

    @property
    def rule(self) -> str:
        """Its id as notices give it."""
        return f"safety/gates/{self.id}"

    @property
    def closing(self) -> bool:
        """Whether it closes its scope when it falls; the others only tell."""
        return self.level in ("refuse", "clearance")

    def covers(self, part: str) -> bool:
        """Whether it is about `part`, "menu" or "exercise"."""
        return self.scope in ("plan", part)


def read_gates(path: Path) -> tuple[Gate, ...]:
    """Every gate of gates.yaml. Raises `Fault` for what is not understood."""
    try:
        gates = tuple(Gate(raw["id"], raw["scope"], raw["level"], raw["when"]) for raw in read_yaml(path)["gates"])
    except (KeyError, TypeError) as error:
        raise Fault(f"{path} is not readable ({error!r}): install boneplan again") from None
    for gate in gates:
        # A trigger that is not understood must not be taken for one that does not hold.
        if gate.when.keys() - TRIGGERS or (gate.closing and not gate.when):
            raise Fault(f"{path}: the gate {gate.id} falls on a trigger that verify does not know")
        if gate.level not in LEVELS or gate.scope not in SCOPES:
            raise Fault(f"{path}: the gate {gate.id} has a level or a scope that verify does not know")
    return gates
