"""One thing that a plan gets wrong: the rule broken, where, and how."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Breach:
    """`rule` is the check's fixed id (`verify/...`), `where` the part of the plan, `text` what is wrong."""

    rule: str
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text} [{self.rule}]"
