"""Bounds on amounts as rows of the week: what its servings bring, day by day and meal by meal, and what they miss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from boneplan.lp import Model
from boneplan.menu.bounds import Bound
from boneplan.menu.patterns import DAYS
from boneplan.menu.served import Served

SHORTFALL_COST = 30.0  # a tenth of a soft target missed costs as much as three unusual foods
BAND = 0.01  # an integer basket keeps this far inside the daily bounds, so that it can be dealt to days
SPREAD = 8  # the same, in bands, where single servings hold more than a day asks for

Terms = list[tuple[Any, float]]


@dataclass(frozen=True)
class Room:
    """How far whole servings keep inside the bounds, so that they can be dealt.

    `reserve` (a share) raises the minima of nutrients that are counted only up to a most per meal; `meal` and `day`
    are the shares by which they keep inside the hard bounds of meals and of days.
    """

    reserve: float = 0.0
    meal: float = 0.0
    day: float = 0.0


def give(model: Model, bound: Bound, side: Literal["min", "max"], *, days: int = DAYS, share: float = 1.0) -> Terms:
    """The priced slack by which `days` days or meals together may miss one side of a soft bound; none for a hard one.

    They are that `share` of all the days or meals that the bound is about.
    """
    if bound.hard:
        return []
    cost = SHORTFALL_COST * bound.weight * share
    if side == "min":  # a shortfall never exceeds the aim; going over has no such end
        return [(model.variable(0, 1, cost=cost), days * bound.aim)]
    return [(model.variable(0, cost=cost), -days * bound.scale)]


def excess_rows(week: Served, bounds: Sequence[Bound]) -> dict[str, Terms]:
    """Per nutrient with a most per meal: what food brings the week's meals above it, which no minimum counts."""
    over: dict[str, Terms] = defaultdict(list)
    for bound in bounds:
        if bound.is_occasion:
            for meal in week.meals:
                excess = week.model.variable(0)
                served = week.amount(bound.nutrient, meal)
                # What one portion holds above the most loses count, whatever else stands on the table.
                room = bound.room(meal)
                within = [(use, min(amount, room)) for use, amount in served]
                alone = [(use, room - amount) for use, amount in served if amount > room]
                week.model.row(bound.rule, [*within, (excess, -1.0)], high=room * DAYS)
                lost = 1 - bound.counted_above
                over[bound.nutrient] += [(excess, -lost), *((use, lost * above) for use, above in alone)]
    return over


def bound_rows(week: Served, bound: Bound, uncounted: Terms, room: Room) -> None:
    """The rows of a bound: of the week, of its days, or of each meal that it is about."""
    model, reserve = week.model, room.reserve if uncounted else 0.0
    if bound.period == "meal":
        meals = [meal for meal in week.meals if bound.about(meal)]
        for meal in meals:
            _sides(model, bound, week.amount(bound.nutrient, meal), room, reserve, share=1 / len(meals))
        return
    terms = week.amount(bound.nutrient)
    if bound.period == "day":
        _sides(model, bound, terms, room, reserve)
        return
    if bound.low:
        low = bound.low * (1 + reserve)
        model.row(bound.rule, [*terms, *uncounted, *give(model, bound, "min")], low=low * DAYS)
    if bound.high is not None:
        model.row(bound.rule, [*terms, *give(model, bound, "max")], high=bound.high * DAYS)


def _sides(model: Model, bound: Bound, terms: Terms, room: Room, reserve: float, share: float = 1.0) -> None:
    """Both sides of a bound of the day or of a meal: what seven that each keep it add up to."""
    inset = (room.meal if bound.period == "meal" else room.day) if bound.hard else 0.0
    if bound.low:
        # What one serving holds above the least of a day or meal helps no other.
        helping = [(use, min(amount, bound.low)) for use, amount in terms]
        asked = terms if bound.hard else helping
        low = bound.low * (1 + inset + reserve)
        model.row(bound.rule, [*asked, *give(model, bound, "min", share=share)], low=low * DAYS)
        if bound.hard and any(amount > bound.low for _, amount in terms):
            spread = SPREAD * inset + room.reserve if bound.period == "day" else inset
            model.row(bound.rule, helping, low=bound.low * (1 + spread) * DAYS)
    if bound.high is not None:
        high = bound.high * (1 - inset)
        model.row(bound.rule, [*terms, *give(model, bound, "max", share=share)], high=high * DAYS)
        # No day, and no meal, holds two servings of more than half its limit each.
        if bound.hard and (large := [(use, 1.0) for use, amount in terms if amount > bound.high / 2]):
            model.row(bound.rule, large, high=DAYS)
