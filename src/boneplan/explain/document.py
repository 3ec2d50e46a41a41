"""An explanation as plain JSON values."""

from __future__ import annotations

from typing import Any

from boneplan.explain.prices import Step
from boneplan.explain.week import Explained, Standing
from boneplan.explain.words import COST_UNIT

DIGITS = 6


def document(found: Explained, plan: str) -> dict[str, Any]:
    """The explanation of a week of the plan with that id.

    `bounds` hold each bound (`min`/`max` as the target has it, `reached`, `slack`, `binds`) with its `price`: `each`
    unit a day more costs so much, `dual` by the dual values; `natural` and `step` are steps solved again, with their
    `cost`, `usd_per_day`, `servings` that change, and the foods that `go` and `come`; null where no week keeps them.
    """
    return {
        "plan": plan,
        "week": found.week + 1,
        "unit_of_cost": COST_UNIT,
        "cost": round(found.cost, DIGITS),
        "bound": round(found.bound, DIGITS),
        "priced_from": {"cost": round(found.best, DIGITS), "usd_per_day": round(found.usd, DIGITS)},
        "bounds": [_standing(standing) for standing in found.standings],
        "servings": [
            {"rule": rule.rule, "text": rule.text, "source": rule.source, "step": _step(rule.step)}
            for rule in found.counted
        ],
        "carriers": {
            nutrient: [
                {"food": c.food, "amount_per_day": round(c.amount, DIGITS), "share": round(c.share, DIGITS)}
                for c in foods
            ]
            for nutrient, foods in found.carriers.items()
        },
    }


def _standing(standing: Standing) -> dict[str, Any]:
    bound, price = standing.bound, standing.price
    side = {"min": bound.aim} if bound.low is not None else {"max": bound.most}
    made: dict[str, Any] = {
        "rule": standing.rule,
        "text": standing.text,
        "source": standing.source,
        "nutrient": bound.nutrient,
        "unit": bound.unit,
        "period": bound.period,
        **side,
        "reached": round(standing.reached, DIGITS),
        "slack": round(standing.slack, DIGITS),
        "binds": standing.binds,
        "same_as": standing.same_as or None,
        "price": None,
    }
    if price is not None:
        made["price"] = {
            "each": round(price.each, DIGITS),
            "dual": round(price.dual, DIGITS),
            "agrees": price.agrees,
            "without": round(price.without, DIGITS),
            "natural": _step(price.natural),
            "step": _step(price.taken),
            "same_foods": standing.same_foods and dict(zip(("step", "cost"), standing.same_foods, strict=True)),
        }
    return made


def _step(step: Step | None) -> dict[str, Any] | None:
    if step is None:
        return None
    return {
        "step": step.step,
        "cost": round(step.cost, DIGITS),
        "usd_per_day": round(step.usd, DIGITS),
        "servings": round(step.changes, DIGITS),
        "go": [{"food": food, "servings": round(count, DIGITS)} for food, count in step.go],
        "come": [{"food": food, "servings": round(count, DIGITS)} for food, count in step.come],
    }
