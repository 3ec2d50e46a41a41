"""Gates before planning: what is refused, what needs a clinician's clearance, and what to be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache

from pydantic import Field

from boneplan.applies import Facts, applies
from boneplan.plan import Level, Notice, Scope
from boneplan.profile import Profile
from boneplan.profile_health import Clearance
from boneplan.rows import Row, Sourced, shipped_rows
from boneplan.who import Who

GATES = "safety/gates.yaml"


class Gate(Sourced):
    """One gate: when it falls, what it closes, and whom to ask.

    While it falls, no rules file may ask for more of the nutrients in `no_minimum` than the guidelines do.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    level: Level
    scope: Scope
    when: Who
    ask: str = ""
    text: str = Field(min_length=1)
    no_minimum: tuple[str, ...] = ()


class Lasting(Sourced):
    """For how many days a recorded clearance counts."""

    days: int = Field(gt=0)


class Gates(Row):
    """guidelines/safety/gates.yaml: the gates, the gravest first."""

    clearance: Lasting
    gates: tuple[Gate, ...]


@cache
def gates_file() -> Gates:
    """guidelines/safety/gates.yaml, checked."""
    return shipped_rows(Gates, GATES)


def all_gates() -> tuple[Gate, ...]:
    """Every gate, in the order of the file: the gravest first."""
    return gates_file().gates


def gates(profile: Profile, on: dt.date, last: dt.date | None = None) -> list[Notice]:
    """What must be said about this person's plan from the day `on` to the day `last`, in the order of the file.

    Each notice has, beside the contract's fields, the `scope` that it is about, the `basis` of its rule and whom to
    `ask`. A gate that needs clearance comes out as `info` where the profile records one that counts on that day, and
    as `warn` where that one runs out before the last day.
    """
    facts = Facts(profile, on)
    return [_notice(gate, profile, on, last or on) for gate in all_gates() if applies(gate.when, facts)]


def kept_down(profile: Profile, on: dt.date) -> dict[str, Gate]:
    """The nutrients of which this person is not to be asked for more, each with the first gate that says so."""
    facts = Facts(profile, on)
    found: dict[str, Gate] = {}
    for gate in all_gates():
        if gate.no_minimum and applies(gate.when, facts):
            found = {**dict.fromkeys(gate.no_minimum, gate), **found}
    return found


def closed(notices: Iterable[Notice]) -> set[Scope]:
    """What may not be planned under these notices: "menu", "exercise", or both."""
    shut: set[Scope] = set()
    for notice in notices:
        if notice.level in ("refuse", "clearance"):
            scope = notice.scope or "plan"
            shut |= {"menu", "exercise"} if scope == "plan" else {scope}
    return shut


def _counting(gate: Gate, profile: Profile, on: dt.date) -> list[Clearance]:
    """The clearances for the gate's scope that were given by that day, and not too long ago."""
    days = gates_file().clearance.days
    return [c for c in profile.clearances if c.for_ in (gate.scope, "plan") and 0 <= (on - c.on).days <= days]


def _notice(gate: Gate, profile: Profile, on: dt.date, last: dt.date) -> Notice:
    level, text = gate.level, gate.text
    if level == "clearance":
        if given := _counting(gate, profile, on):
            latest = max(given, key=lambda clearance: clearance.on)
            until = latest.on + dt.timedelta(days=gates_file().clearance.days)
            said = f"Planned on the clearance that {latest.by} gave on {latest.on}; it counts until {until}."
            level = "info" if last <= until else "warn"
            more = "" if last <= until else " That is before the plan ends: ask for a new one in time."
            text = f"{said}{more} Otherwise: {text}"
        elif old := [c for c in profile.clearances if c.for_ in (gate.scope, "plan") and c.on <= on]:
            latest = max(old, key=lambda clearance: clearance.on)
            text = f"The clearance that {latest.by} gave on {latest.on} is too old to go by. {text}"
    return Notice(
        level=level,
        rule=f"safety/gates/{gate.id}",
        text=text,
        source=str(gate.reference),
        scope=gate.scope,
        basis=gate.basis,
        ask=gate.ask,
    )
