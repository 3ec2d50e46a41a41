"""The tier of fracture risk: why, what it changes in the plan, and what to ask."""

from __future__ import annotations

from dataclasses import dataclass

from boneplan.export.html.sources import Source, Sources
from boneplan.plan import Plan


@dataclass(frozen=True)
class BoneRisk:
    """The tier in words, with the sources of its rule."""

    title: str
    because: tuple[str, ...]
    changes: tuple[str, ...]
    ask: tuple[str, ...]
    source: Source | None


def risk_of(plan: Plan, sources: Sources) -> BoneRisk | None:
    """The plan's risk; None where it tells of none."""
    risk = plan.risk
    if risk is None:
        return None
    said = (tuple(risk.because), tuple(risk.changes), tuple(risk.ask))
    return BoneRisk(risk.title, *said, sources.cited(risk.source))
