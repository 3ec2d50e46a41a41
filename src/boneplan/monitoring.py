"""Checks to ask for and doses that were prescribed, with their dates, from the days that the profile records."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Literal

from pydantic import Field

from boneplan.applies import Facts, applies
from boneplan.doses import recorded_doses
from boneplan.months import in_months, in_words, months_after
from boneplan.plan import Monitoring, Notice
from boneplan.profile import Profile
from boneplan.rows import Row, Sourced, shipped_rows
from boneplan.who import Tier, Who

CHECKS = "monitoring/checks.yaml"
After = Literal[
    "bone.last_dxa", "checks.calcium", "checks.vitamin_d", "checks.height", "checks.estradiol", "checks.lipids",
    "checks.dental", "checks.pth", "checks.bone_turnover",
]  # fmt: skip
"""The entries of a profile that hold the day of a last check."""


class Months(Row):
    """Months between two checks, by tier."""

    low: int = Field(gt=0)
    moderate: int = Field(gt=0)
    high: int = Field(gt=0)

    def at(self, tier: Tier) -> int:
        """The months at a tier."""
        return {"low": self.low, "moderate": self.moderate, "high": self.high}[tier]


class CheckRule(Sourced):
    """One check: how many months lie between two by tier, and for whom it is."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    what: str
    why: str
    after: After
    months: Months
    who: Who = Who()
    unless: Who | None = None
    optional: bool = False

    @property
    def rule(self) -> str:
        """Its id in plans and messages."""
        return f"monitoring/checks/{self.id}"

    def is_for(self, facts: Facts) -> bool:
        """Whether the check is for this person."""
        return applies(self.who, facts) and not (self.unless and applies(self.unless, facts))

    def last(self, profile: Profile) -> dt.date | None:
        """The day of the last one, or None where none is on file."""
        part, _, field = self.after.partition(".")
        day: dt.date | None = getattr(getattr(profile, part), field)
        return day


class Signs(Sourced):
    """What is not to wait for any date."""

    id: str
    text: str
    ask: str


class _Checks(Row):
    checks: tuple[CheckRule, ...]
    signs: Signs


@cache
def _file() -> _Checks:
    return shipped_rows(_Checks, CHECKS)


def check_rules() -> tuple[CheckRule, ...]:
    """Every check of guidelines/monitoring/checks.yaml."""
    return _file().checks


def monitoring(profile: Profile, start: dt.date, weeks: int) -> tuple[list[Monitoring], list[Notice]]:
    """The next date of every check for this person and of the recorded doses, by date, and what to say about them.

    A date before `start` becomes `start`, and `since` says when it was due. Of doses all within the `weeks` are
    given, and the next one. The notices are those of `recorded_doses`, and the signs to tell the team of at once.
    """
    facts, end = Facts(profile, start), start + dt.timedelta(weeks=weeks) - dt.timedelta(days=1)
    wanted = [rule for rule in check_rules() if rule.is_for(facts) and (rule.last(profile) or not rule.optional)]
    doses, notices = recorded_doses(profile, start, end)
    dated = sorted([*(_next(rule, facts) for rule in wanted), *doses], key=lambda entry: entry.due)
    return dated, [*notices, _signs()]


def _next(rule: CheckRule, facts: Facts) -> Monitoring:
    months, last = rule.months.at(facts.tier), rule.last(facts.profile)
    often = f"Every {in_months(months)} at {facts.tier} risk"
    due = months_after(last, months) if last else facts.on
    if last is None:
        told = f"{often}; no day of the last one is on file: record it as {rule.after}."
    elif due < facts.on:
        told = f"{often}; the last one was on {in_words(last)}, so that it was due on {in_words(due)}."
    else:
        told = f"{often}; the last one was on {in_words(last)}."
    return Monitoring(
        due=max(due, facts.on),
        what=rule.what,
        why=f"{rule.why} {told}",
        rule=rule.rule,
        source=str(rule.reference),
        basis=rule.basis,
        since=due if due < facts.on else None,
    )


def _signs() -> Notice:
    signs = _file().signs
    return Notice(
        level="info",
        rule=f"monitoring/checks/{signs.id}",
        text=signs.text,
        source=str(signs.reference),
        scope="plan",
        basis=signs.basis,
        ask=signs.ask,
    )
