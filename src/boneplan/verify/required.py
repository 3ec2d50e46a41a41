"""Targets that no plan may go without unless a rules file says so, so that a plan cannot hold by leaving them out."""

from __future__ import annotations

from collections.abc import Iterator

from boneplan.plan import Target
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.guidelines import Bound
from boneplan.verify.released import released

TOLERANCE_SHARE = 0.001


def check_required_targets(case: Case) -> Iterator[Breach]:
    """Each bound of the guidelines stands among the plan's targets, as it is or stricter.

    A rules file may drop or loosen one that is not fixed; then a notice of that rule tells of it.
    """
    if not case.plan.menu.days:
        return
    taken_back = released(case.plan.rules)
    told = {notice.rule for notice in case.plan.notices if notice.text.strip()}
    for bound in case.tables.reference.bounds:
        said = [value for target in case.plan.targets if (value := _covers(target, bound)) is not None]
        best = (max if bound.side == "min" else min)(said, default=None)
        where = f"target {bound.nutrient} ({bound.rule})"
        firmness = "hard " if bound.hard else ""
        asked = f"the guidelines ask for a {firmness}{bound.side}imum of {bound.value:g} per {bound.period}"
        if best is not None and not _looser(best, bound):
            continue
        if bound.id in taken_back and not bound.fixed:
            if taken_back[bound.id] not in told:
                text = f"it drops or loosens {bound.id}, and no notice says so"
                yield Breach("verify/missing-notice", taken_back[bound.id], text)
            continue
        asked += ", which no rules file may loosen" if bound.fixed and bound.id in taken_back else ""
        if best is None:
            yield Breach("verify/required-target", where, f"{asked}, the plan has none")
        else:
            yield Breach("verify/required-target", where, f"{asked}, the plan's is {best:g}")


def _covers(target: Target, bound: Bound) -> float | None:
    """The target's own figure where it bounds the same thing at least as firmly, else None."""
    same = target.nutrient == bound.nutrient and target.period == bound.period
    if not same or (bound.hard and not target.hard) or _counts_more(target, bound):
        return None
    return target.min if bound.side == "min" else target.max


def _counts_more(target: Target, bound: Bound) -> bool:
    """Whether the target lets more of a large meal count towards the minima than the guidelines do."""
    if bound.counted_above is None:
        return False
    return target.counted_above is None or target.counted_above > bound.counted_above


def _looser(value: float, bound: Bound) -> bool:
    slack = TOLERANCE_SHARE * abs(bound.value)
    return value < bound.value - slack if bound.side == "min" else value > bound.value + slack
