"""The gates of guidelines/safety, as `verify` reads them: what closes a part of the plan, and what must be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boneplan.errors import Fault
from boneplan.verify.who import check_triggers
from boneplan.verify.yaml_file import read_yaml

LEVELS = ("info", "warn", "clearance", "refuse")
"""From the mildest to the gravest."""
SCOPES = ("plan", "menu", "exercise")


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


def read_gates(path: Path) -> tuple[tuple[Gate, ...], int]:
    """Every gate of gates.yaml, and how many days a clearance counts. Raises `Fault` for what is not understood."""
    try:
        file = read_yaml(path)
        gates = tuple(Gate(raw["id"], raw["scope"], raw["level"], raw["when"]) for raw in file["gates"])
        days = int(file["clearance"]["days"])
    except (KeyError, TypeError, ValueError) as error:
        raise Fault(f"{path} is not readable ({error!r}): install boneplan again") from None
    for gate in gates:
        check_triggers(gate.when, f"{path}: the gate {gate.id}")
        if gate.closing and not gate.when:
            raise Fault(f"{path}: the gate {gate.id} closes a part of every plan")
        if gate.level not in LEVELS or gate.scope not in SCOPES:
            raise Fault(f"{path}: the gate {gate.id} has a level or a scope that verify does not know")
    return gates, days
