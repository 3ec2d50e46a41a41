"""Checks to ask for and doses as prescribed, with their dates."""

from __future__ import annotations

from dataclasses import dataclass

from boneplan.export.html.sources import Source, Sources
from boneplan.export.words import long_date
from boneplan.plan import Plan


@dataclass(frozen=True)
class Check:
    """One of them: `date` is ISO, `due` in words; `since` says from when on it was due, where that has passed."""

    date: str
    due: str
    since: str
    what: str
    why: str
    source: Source | None


@dataclass(frozen=True)
class Checks:
    """Checks and doses, each in the order of the plan."""

    checks: tuple[Check, ...]
    doses: tuple[Check, ...]


def checks(plan: Plan, sources: Sources) -> Checks:
    """The plan's monitoring."""
    checks, doses = (
        tuple(
            Check(
                entry.due.isoformat(),
                long_date(entry.due),
                long_date(entry.since) if entry.since else "",
                entry.what,
                entry.why,
                sources.cited(entry.source),
            )
            for entry in plan.monitoring
            if entry.kind == kind
        )
        for kind in ("check", "dose")
    )
    return Checks(checks, doses)
