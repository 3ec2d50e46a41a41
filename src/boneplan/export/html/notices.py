"""What to read before the plan begins, what is good to know, and what stands in the way of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from boneplan.export.html.sources import Source, Sources
from boneplan.export.notices import FIRST, notices_of
from boneplan.plan import Level, Notice, Plan

LEAD: dict[Level, str] = {"refuse": "Not safe", "clearance": "Clearance needed", "warn": "Take care", "info": ""}


@dataclass(frozen=True)
class Told:
    """One notice; `lead` says how serious it is, and is empty for what is good to know."""

    level: Level
    lead: str
    text: str
    source: Source | None
    ask: str


@dataclass(frozen=True)
class Way:
    """What keeps a part of the plan from being, in words, the rules that clash, and what would do."""

    text: str
    members: tuple[tuple[str, Source | None], ...]
    changes: tuple[str, ...]


def read_first(plan: Plan, sources: Sources) -> tuple[Told, ...]:
    """What must be known before, the gravest first."""
    return tuple(_told(notice, sources) for level in FIRST for notice in notices_of(plan, level))


def good_to_know(plan: Plan, sources: Sources) -> tuple[Told, ...]:
    """The notices that only inform."""
    return tuple(_told(notice, sources) for notice in notices_of(plan, "info"))


def in_the_way(plan: Plan, sources: Sources) -> tuple[Way, ...]:
    """The plan's conflicts."""
    return tuple(
        Way(
            conflict.text,
            tuple((member.text, sources.cited(member.source)) for member in conflict.members),
            tuple(conflict.relaxations),
        )
        for conflict in plan.conflicts
    )


def _told(notice: Notice, sources: Sources) -> Told:
    return Told(notice.level, LEAD[notice.level], notice.text, sources.cited(notice.source), notice.ask)
