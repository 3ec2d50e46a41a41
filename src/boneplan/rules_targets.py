"""What a rules file makes of the guidelines' targets.

Where a rule would loosen what holds already, an InputError names the target in the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from boneplan.errors import InputError
from boneplan.guidelines import guideline
from boneplan.plan import Target
from boneplan.rules import Rules, TargetRule, rule_id

EITHER_WAY = 1e-6  # figures this close are the same


def with_rules(targets: Sequence[Target], rules: Rules, source: str) -> list[Target]:
    """The guidelines' `targets` with those of the rules after them; `source` names the file in errors.

    Raises InputError, one line for each figure that is looser than a target that holds already.
    """
    added, problems = [], []
    for number, rule in enumerate(rules.targets):
        for side in ("min", "max"):
            amount = rule.amount(side)
            if amount is None:
                continue
            if held := _looser_than(rule, side, amount, targets):
                problems.append(_refusal(f"{source}: targets[{number}].{side}", rule, side, held))
            added.append(_target(number, rule, side, amount))
    if problems:
        raise InputError(problems)
    return [*targets, *added]


def _target(number: int, rule: TargetRule, side: Literal["min", "max"], amount: float) -> Target:
    said = f"{rule.by or 'your rules'}" + (f": {rule.because}" if rule.because else "")
    return Target.model_validate(
        {
            "nutrient": rule.about,
            "unit": guideline(rule.about or "").unit,
            "period": rule.period or "week_mean",
            side: amount,
            "hard": rule.hard is not False,
            "rule": rule_id("targets", number),
            "source": said,
            "basis": "rules",
            "title": "set in the rules file",
        }
    )


def _looser_than(rule: TargetRule, side: str, amount: float, targets: Sequence[Target]) -> Target | None:
    """A target over the same period, no less firm, that asks for more than the rule does."""
    for target in targets:
        same = target.nutrient == rule.about and target.period == (rule.period or "week_mean")
        if not same or (rule.hard is not False and not target.hard):
            continue
        limit = target.min if side == "min" else target.max
        if limit is not None and (limit - amount if side == "min" else amount - limit) > EITHER_WAY:
            return target
    return None


def _refusal(where: str, rule: TargetRule, side: str, held: Target) -> str:
    figure, limit = (rule.min, held.min) if side == "min" else (rule.max, held.max)
    words = {"day": "each day", "week_mean": "as the week's mean"}
    than = "below the least" if side == "min" else "above the most"
    return (
        f"{where}: {figure:g} {rule.unit} is {than} that holds already, {limit:g} {held.unit} {words[held.period]} "
        f"({held.rule}, {held.source}): rules can tighten it, not loosen it; write {limit:g} {held.unit} or "
        f"{'more' if side == 'min' else 'less'}, or leave the line out"
    )
