"""The steps of a change tried in their order, and the same change tried elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from boneplan.edits.conflict import Offer
from boneplan.edits.menu import with_filled, with_locked, with_week
from boneplan.edits.opening import Opening, meal_of, opened, where
from boneplan.edits.search import fill
from boneplan.edits.steps import Step, locked, others_of_day, with_food
from boneplan.menu.case import MenuCase
from boneplan.menu.laid import Gone, foods_of
from boneplan.menu.patterns import DAYS
from boneplan.menu.week import Week
from boneplan.plan import Plan

TRIAL_SECONDS = 20.0  # a backstop, as for the search itself


def tried(case: MenuCase, plan: Plan, week: int, steps: Sequence[Step], seconds: float) -> tuple[Plan, str] | None:
    """The plan with the first step made that is possible in week number `week`, and what it freed; or None.

    Steps are tried first with each soft minimum kept that the plan reaches, then without; at last the wide ones.
    """
    for wide in (False, True):
        for firm in (_reached(plan), frozenset[str]()):
            for step in steps:
                if step.wide == wide and (made := _tried(case, plan, week, step, firm, seconds)):
                    return made, step.freed
    return None


def _tried(
    case: MenuCase,
    plan: Plan,
    week: int,
    step: Step,
    firm: frozenset[str],
    seconds: float,
    *,
    any_will_do: bool = False,
) -> Plan | None:
    if not step.openings:
        before = foods_of(plan.menu.days[DAYS * (week - 1) : DAYS * week]) if week else frozenset[str]()
        found = case.solve(case.problem(week, before), seconds)
        return with_week(case, plan, week, found) if isinstance(found, Week) else None
    try:
        laid, free = opened(case, plan, step.openings)
    except Gone:  # what is to stay cannot, so that this step is none
        return None
    filled = fill(laid, free, case.pairs, firm=firm, seconds=seconds, any_will_do=any_will_do)
    if not filled:
        return None
    made = with_filled(case, plan, week, filled)
    for opening in step.openings:
        if opening.portion:  # whoever asks for a portion means it to stay
            made = with_locked(made, opening.day, opening.meal, opening.asked)
    return made


def possible(case: MenuCase, plan: Plan, step: Step) -> bool:
    """Whether the step is possible, whatever soft targets it misses."""
    week = step.openings[0].week
    return _tried(case, plan, week, step, frozenset(), TRIAL_SECONDS, any_will_do=True) is not None


def together(case: MenuCase, plan: Plan, at: Opening, steps: Sequence[Step]) -> list[Offer]:
    """That another meal of that day changes as well."""
    offers: list[Offer] = []
    for other in others_of_day(plan, [at]):
        both = replace(steps[-1], openings=(*steps[-1].openings, other))
        name = meal_of(plan, other).meal
        text = f"another {name} on that day as well (--also {name})"
        offers.append((text, partial(possible, case, plan, both)))
    return offers


def elsewhere(case: MenuCase, plan: Plan, at: Opening, asked: frozenset[str], food: str) -> list[Offer]:
    """The same food once it is gone from where it stands, at another meal of that day, or that meal of another."""
    offers: list[Offer] = []
    for there in _meals(plan, at.week):
        same_day, same_meal = there.day == at.day, meal_of(plan, there).meal == meal_of(plan, at).meal
        if same_day and same_meal:
            continue
        if _lacks(plan, there, asked):
            if same_day or same_meal:
                offers.append((f"{food} at {where(plan, there)}", partial(_served, case, plan, there, asked)))
        elif asked.isdisjoint(locked(meal_of(plan, there))):
            text = f"another {where(plan, there)} first, which holds {food} now"
            offers.insert(0, (text, partial(_served, case, plan, at, asked, replace(there, without=asked))))
    return offers


def _meals(plan: Plan, week: int) -> list[Opening]:
    days = plan.menu.days[DAYS * week : DAYS * (week + 1)]
    return [Opening(DAYS * week + day, index) for day, menu in enumerate(days) for index in range(len(menu.meals))]


def _lacks(plan: Plan, at: Opening, foods: frozenset[str]) -> bool:
    return foods.isdisjoint(item.food for item in meal_of(plan, at).items)


def _served(case: MenuCase, plan: Plan, at: Opening, asked: frozenset[str], *also: Opening) -> bool:
    meal = meal_of(plan, at).meal
    offered = asked & frozenset(option.food for option in case.problem(at.week).options if option.meal == meal)
    return bool(offered) and possible(case, plan, with_food(case, plan, at, offered, also=also, day=False)[-1])


def _reached(plan: Plan) -> frozenset[str]:
    """The rules of the soft minima of a week's mean that the plan leaves no gap of."""
    missed = {(gap.nutrient, gap.target) for gap in plan.menu.gaps}
    return frozenset(
        target.rule
        for target in plan.targets
        if not target.hard
        and target.period == "week_mean"
        and target.min is not None
        and target.max is None
        and (target.nutrient, target.min) not in missed
    )
