"""The tier of fracture risk, worked out again from the profile and the rules of guidelines/safety."""

from __future__ import annotations

from collections.abc import Iterator

from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.who import is_for, tier_of


def check_risk(case: Case) -> Iterator[Breach]:
    """The plan tells the person's tier, as many reasons as there are, and what to ask."""
    rules, said = case.tables.who, case.plan.risk
    if not rules.tiers:
        return
    if said is None:
        yield Breach("verify/risk", "risk", "the plan tells no tier of fracture risk")
        return
    tier = tier_of(case.person, case.plan.start, rules)
    if said.tier != tier:
        yield Breach("verify/risk", "risk", f"{said.tier!r}, by the profile it is {tier!r}")
    reasons = [*dict(rules.tiers)[tier], *rules.risk_factors]
    met = sum(is_for(when, case.person, case.plan.start, rules) for when in reasons)
    told = sum(bool(text.strip()) for text in said.because)
    if told < max(met, 1):
        yield Breach("verify/risk", "risk", f"{told} reasons are told, {met} hold")
    if not any(text.strip() for text in said.ask):
        yield Breach("verify/risk", "risk", "it does not say what to ask")
