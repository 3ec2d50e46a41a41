"""What is told of a rule of times, each rule's own sentence once in all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from boneplan.plan import Level, Notice
from boneplan.timing.rules import TimingRule


@dataclass(frozen=True)
class Told:
    """What happened because of a rule, without the rule's own sentence."""

    level: Level
    rule: TimingRule
    text: str = ""


def as_notices(told: Iterable[Told]) -> list[Notice]:
    """Each with the rule's sentence behind it, unless the gate of its medicine or a notice before it says that."""
    said: set[str] = set()
    found = []
    for entry in told:
        rule = entry.rule
        again = rule.told_by or rule.said in said
        said.add(rule.said)
        found.append(
            Notice(
                level=entry.level,
                rule=rule.rule,
                text=entry.text if again else f"{entry.text} {rule.said}".lstrip(),
                source=str(rule.reference),
                scope="menu",
                basis=rule.basis,
                ask=rule.ask,
            )
        )
    return found
