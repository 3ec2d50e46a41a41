"""A status that says what the plan really holds, and a true reason for every part that it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from boneplan.plan import Conflict, Notice
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.gates import is_closed, is_shut

CLOSING = ("refuse", "clearance")
SOURCED = ("nutrition/", "safety/", "rules/")
"""How the rules of the guidelines and of rules files begin."""


def check_status(case: Case) -> Iterator[Breach]:
    """The status agrees with the gates, the gaps, the days, the sessions and the conflicts."""
    plan, closed = case.plan, is_closed(case, "menu")
    entries = {"menu": len(plan.menu.days), "exercise": len(plan.exercise.sessions)}
    gaps, days = len(plan.menu.gaps), entries["menu"]

    def wrong(text: str) -> Breach:
        return Breach("verify/status", "status", f"{plan.status!r}, yet {text}")

    if plan.status == "ok" and gaps:
        yield wrong(f"{gaps} gaps are declared")
    if plan.status == "gaps" and not gaps:
        yield wrong("no gap is declared")
    if plan.status == "refused":
        if days:
            yield wrong(f"{days} days of menu are given")
        if not closed:
            yield wrong("no gate (guidelines/safety) is shut to a menu for this person")
    elif closed and not days:
        yield wrong("a gate (guidelines/safety) refuses the menu")
    if plan.status == "infeasible" and not plan.conflicts:
        yield wrong("no conflict is named")
    # Sessions may be impossible as well where the menu is refused.
    named = [c for c in plan.conflicts if plan.status != "refused" or c.part == "menu"]
    if plan.status != "infeasible" and named:
        yield wrong(f"{len(named)} conflicts are named")
    for part, count in entries.items():
        if count and any(conflict.part == part for conflict in plan.conflicts):
            yield wrong(f"{count} entries are given for {part}, which a conflict rules out")


def check_conflicts(case: Case) -> Iterator[Breach]:
    """Every conflict says in words and by its rules what is in the way, and tells of each of them."""
    for number, conflict in enumerate(case.plan.conflicts):
        if not _holds(case, conflict):
            text = "it names no rule of the guidelines that cannot be kept, or does not say so in words"
            yield Breach("verify/conflict", f"conflicts[{number}] ({conflict.part})", text)
        for text in _untold(case, conflict):
            yield Breach("verify/conflict", f"conflicts[{number}] ({conflict.part})", text)


def check_closing_notices(case: Case) -> Iterator[Breach]:
    """Every notice that closes a part is that of a gate that is shut, or of a conflict."""
    for notice in case.plan.notices:
        if notice.level in CLOSING and not _of_gate(case, notice) and not _of_conflict(case, notice):
            text = "it closes a part of the plan, yet no such gate is shut for this person and no conflict says so"
            yield Breach("verify/refused", f"notice {notice.rule}", text)


def is_promised(case: Case, part: str) -> bool:
    """Whether the plan owes `part` ("menu" or "exercise"): no gate closes it and no conflict rules it out."""
    excused = case.plan.status in ("infeasible", "refused") and any(
        conflict.part == part and _holds(case, conflict) for conflict in case.plan.conflicts
    )
    return not excused and not is_closed(case, part)


def _holds(case: Case, conflict: Conflict) -> bool:
    if not conflict.text.strip():
        return False
    if conflict.part == "exercise":
        return not case.tables.exercise.week.rules.isdisjoint(conflict.rules)
    said = conflict.rules or conflict.relaxations  # a search that ran out of time names no rule, only what to try
    return any(text.strip() for text in said)


def _untold(case: Case, conflict: Conflict) -> Iterator[str]:
    """What members and changes lack beside the rules and relaxations; plans of earlier versions have neither."""
    if not conflict.members and not conflict.changes:
        return
    if Counter(member.rule for member in conflict.members) != Counter(conflict.rules):
        yield "its members are not its rules, one for each"
    for member in conflict.members:
        if not member.text.strip():
            yield f"{member.rule} does not say what it asks for"
        sourced = member.rule.startswith(SOURCED) or member.rule in case.tables.exercise.week.rules
        if sourced and not member.source.strip():
            yield f"{member.rule} does not say where it comes from"
    if [change.text for change in conflict.changes] != conflict.relaxations:
        yield "its changes are not its relaxations, one for each"
    if not all(change.text.strip() for change in conflict.changes):
        yield "a change does not say what it is"


def _of_gate(case: Case, notice: Notice) -> bool:
    return any(
        gate.rule == notice.rule and notice.scope in (None, gate.scope) and is_shut(gate, case)
        for gate in case.tables.gates
    )


def _of_conflict(case: Case, notice: Notice) -> bool:
    return any(
        notice.scope in (None, conflict.part) and notice.rule in (conflict.rules or [conflict.part])
        for conflict in case.plan.conflicts
        if case.plan.status in ("infeasible", "refused")
    )
