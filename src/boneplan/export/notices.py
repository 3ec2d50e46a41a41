"""The notices of a plan by how serious they are, each level in the order in which it is told."""

from __future__ import annotations

from boneplan.export.sentences import short_source
from boneplan.plan import Level, Notice, Plan

FIRST: tuple[Level, ...] = ("refuse", "clearance", "warn")
"""The levels to read before a plan begins, the gravest first; the other, "info", is good to know."""

_LATE = "monitoring/doses/"  # rules of doses: what is late of them comes before all else of its level


def notices_of(plan: Plan, level: Level) -> list[Notice]:
    """The notices of one level: late doses first, then those of one source together.

    What the conflicts of the plan tell already is not told again.
    """
    told = {conflict.text for conflict in plan.conflicts}
    found = [notice for notice in plan.notices if notice.level == level and notice.text not in told]
    sources = list(dict.fromkeys(short_source(notice.source) for notice in found))
    return sorted(found, key=lambda n: (not n.rule.startswith(_LATE), sources.index(short_source(n.source))))
