"""The gates of guidelines/safety that close the menu or the exercise, as `verify` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boneplan.errors import Fault
from boneplan.verify.yaml_file import read_yaml

TRIGGERS = frozenset({"age_below", "bmi_below", "bmi_from", "conditions", "medications", "supplement"})


@dataclass(frozen=True)
class Gate:
    """`scope` ("plan", "menu" or "exercise") stays shut while every trigger of `when` holds.

    A `clearable` gate opens with a clearance for its scope.
    """

    id: str
    scope: str
    clearable: bool
    when: Mapping[str, Any]


def read_gates(path: Path) -> tuple[Gate, ...]:
    """The closing gates of gates.yaml; warnings close nothing. Raises `Fault` for what is not understood."""
    try:
        gates = tuple(
            Gate(raw["id"], raw["scope"], raw["level"] == "clearance", raw["when"])
            for raw in read_yaml(path)["gates"]
            if raw["level"] in ("refuse", "clearance")
        )
    except (KeyError, TypeError) as error:
        raise Fault(f"{path} is not readable ({error!r}): install boneplan again") from None
    for gate in gates:
        # A trigger that is not understood must not be taken for one that does not hold.
        if not gate.when or gate.when.keys() - TRIGGERS:
            raise Fault(f"{path}: the gate {gate.id} closes on a trigger that verify does not know")
    return gates
