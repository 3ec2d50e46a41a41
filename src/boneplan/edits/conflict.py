"""Why a change of a plan is impossible: the rules that forbid it, and other places where it was seen to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from boneplan.edits.opening import Opening, meal_of, opened
from boneplan.edits.search import conflict_rules
from boneplan.edits.steps import Step
from boneplan.menu.case import MenuCase
from boneplan.menu.clash import keepers
from boneplan.menu.laid import Gone
from boneplan.menu.said import DISTINCT, MOST_USES, capital, clinic, member
from boneplan.plan import Clashing, Conflict, Plan, Relaxation

MOST_OFFERS = 3

Offer = tuple[str, Callable[[], bool]]
"""A change in words, and whether it was possible when it was tried."""


def impossible(case: MenuCase, plan: Plan, steps: Sequence[Step], wanted: str, offers: Sequence[Offer]) -> Conflict:
    """The conflict of a change `wanted` that none of `steps` makes possible; the last with openings is told of."""
    openings = [step.openings for step in steps if step.openings][-1]
    week, meal = openings[0].week, meal_of(plan, openings[0]).meal
    try:
        named = list(dict.fromkeys(_rule(rule) for rule in conflict_rules(*opened(case, plan, openings))))
    except Gone:
        named = []
    members = [member(case, week, rule) for rule in named]
    listed = "; ".join(said.text for said in members)
    those = "this rule cannot hold" if len(members) == 1 else "these rules cannot all hold"
    why = f"then {those}: {listed}" if members else "no kind of meal that is left holds it"
    text = f"{capital(wanted)} cannot be served while the rest of the plan stays as it is: {why}."
    return told(named or [f"meals/{meal}"], members, text, offers)


def kept_out(
    case: MenuCase, plan: Plan, at: Opening, foods: frozenset[str], wanted: str, offers: Sequence[Offer]
) -> Conflict:
    """The conflict of a food that is not offered at a meal at all: the rules that keep it out, or its lack of use."""
    meal = meal_of(plan, at).meal
    options = case.table.options
    eaten = foods & frozenset(options["food_id"][options["meal"] == meal])
    rules, left = keepers(case.excluded, {(food, meal) for food in eaten})
    rules += _too_much(case, at.week, meal, {food for food, _ in left}) if left else []
    members = [member(case, at.week, rule) for rule in rules]
    if not rules:
        why = "no kind of meal that boneplan knows holds it" if eaten else f"people were not seen to eat it at {meal}"
        text = f"{capital(wanted)} cannot be served: {why}."
        return told([f"meals/{meal}"], [], text, offers)
    listed = "; ".join(f"{said.text} ({said.source})" for said in members)
    return told(rules, members, f"{capital(wanted)} cannot be served: {listed}.", offers)


def told(rules: Sequence[str], members: Sequence[Clashing], text: str, offers: Sequence[Offer]) -> Conflict:
    """A conflict with the first few of `offers` that were possible when they were tried."""
    found = list(_possible(offers))
    return Conflict(
        part="menu",
        rules=list(rules),
        text=" ".join(filter(None, (text, clinic(rules)))),
        relaxations=found,
        members=list(members),
        changes=[Relaxation(text=offer, rules=[], tried="weeks") for offer in found],
    )


def _possible(offers: Sequence[Offer]) -> Iterator[str]:
    found = 0
    for offer, possible in offers:
        if found == MOST_OFFERS:
            return
        if possible():
            found += 1
            yield offer


def _too_much(case: MenuCase, week: int, meal: str, foods: set[str]) -> list[str]:
    """The limits of a day or a meal of which every portion of these foods holds too much by itself."""
    limits = [
        b for b in case.bounds() if b.hard and b.high is not None and b.period != "week_mean" and not b.is_occasion
    ]
    free = case.problem(week, without=frozenset(bound.rule for bound in limits))
    least = [(o, min(s.grams for s in o.servings)) for o in free.options if o.meal == meal and o.food in foods]
    return [
        bound.rule
        for bound in limits
        if least and all(free.amounts[o.food][bound.nutrient] * g > (bound.high or 0.0) for o, g in least)
    ]


def _rule(row: str) -> str:
    """The rule that a row of the model belongs to."""
    if row.startswith("variety/"):
        return DISTINCT if row == "variety/distinct" else MOST_USES
    return row
