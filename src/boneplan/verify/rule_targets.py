"""The targets of a rules file on the plan as it stands: those it adds, those it replaces, those it drops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from boneplan.plan import Target
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.guidelines import Bound
from boneplan.verify.person import in_unit
from boneplan.verify.selection import read_meals
from boneplan.verify.who import UNITS

TOLERANCE_SHARE = 1e-4
SIDES = ("min", "max")
IN_AN_ID = 3  # parts of "nutrition/<nutrient>/<rule>"


def check_target(case: Case, name: str, rule: Mapping[str, Any]) -> Iterator[Breach]:
    """What the rule asks for stands among the plan's targets, whose bounds are checked as all others are.

    In place of a target of the guidelines it stands exactly; what it leaves out is as it was there.
    """
    instead_of = rule.get("instead_of")
    nutrient = _nutrient(rule)
    if instead_of is None and all(rule.get(side) is None for side in SIDES):
        raise ValueError("a target bounds something")
    replaced = next((b for b in case.tables.reference.bounds if b.id == instead_of), None)
    asked = _asked(rule, nutrient, replaced)
    for side in SIDES:
        figure = _figure(rule, side, nutrient)
        if figure is None and replaced is not None and replaced.side == side:
            figure = replaced.value
        if figure is None:
            continue
        if replaced is None:
            held = any(_keeps(target, asked, side, figure) for target in case.plan.targets)
        else:
            held = any(_is(target, name, replaced, asked, side, figure) for target in case.plan.targets)
        if not held:
            text = f"the rules ask for a {side}imum of {figure:g}, the plan has no such target"
            yield Breach(name, f"target {nutrient}", text)


def check_drop(case: Case, name: str, rule: Mapping[str, Any]) -> Iterator[Breach]:
    """The target that the rule drops is none of the plan's."""
    dropped = rule["target"]
    if not isinstance(dropped, str):
        raise ValueError(f"{dropped!r} names no target")
    if any(target.rule == dropped for target in case.plan.targets):
        yield Breach(name, f"target {dropped}", "the rules drop it, the plan has it")


def _asked(rule: Mapping[str, Any], nutrient: str, replaced: Bound | None) -> Target:
    """The target that the rule means, without its figures."""
    hard = rule.get("hard")
    if hard is None:
        hard = True if replaced is None else replaced.hard
    period = rule.get("period") or ("week_mean" if replaced is None else replaced.period)
    meals = sorted(read_meals(rule, "meal"))
    counted = replaced.counted_above if replaced is not None and period == replaced.period else None
    return Target.model_validate({
        "nutrient": nutrient, "unit": UNITS[nutrient], "period": period, "hard": hard, "rule": "", "source": "",
        "weight": rule.get("weight") or 1.0, "meals": meals, "counted_above": counted,
    })  # fmt: skip


def _keeps(target: Target, asked: Target, side: str, figure: float) -> bool:
    """Whether a target of the plan asks for no less than the rule, no less firmly."""
    value = getattr(target, side)
    if value is None or (target.nutrient, target.period) != (asked.nutrient, asked.period):
        return False
    every_meal = not target.meals or (asked.meals and set(asked.meals) <= set(target.meals))
    firm = target.hard or (not asked.hard and target.weight >= asked.weight)
    short = figure - value if side == "min" else value - figure
    return bool(every_meal and firm and short <= _slack(figure))


def _is(target: Target, name: str, replaced: Bound, asked: Target, side: str, figure: float) -> bool:
    """Whether a target of the plan is the one that the rule puts in the place of `replaced`."""
    value = getattr(target, side)
    same = all(getattr(target, field) == getattr(asked, field) for field in ("nutrient", "period", "hard", "weight"))
    counts = target.counted_above == asked.counted_above and set(target.meals) == set(asked.meals)
    named = (target.rule, target.instead_of) == (name, replaced.id)
    return bool(same and counts and named and value is not None and abs(value - figure) <= _slack(figure))


def _slack(figure: float) -> float:
    return TOLERANCE_SHARE * abs(figure)


def _nutrient(rule: Mapping[str, Any]) -> str:
    """The nutrient, be it named by itself or by the target whose place the rule takes."""
    named = rule.get("nutrient")
    if named is None:
        parts = str(rule["instead_of"]).split("/")
        named = parts[1] if len(parts) == IN_AN_ID else None
    if named not in UNITS:
        raise ValueError(f"{named!r} is no nutrient")
    return str(named)


def _figure(rule: Mapping[str, Any], side: str, nutrient: str) -> float | None:
    """`min` or `max` in the unit of the nutrient's targets."""
    if rule.get(side) is None:
        return None
    return in_unit(float(rule[side]), str(rule["unit"]), nutrient, UNITS[nutrient])
