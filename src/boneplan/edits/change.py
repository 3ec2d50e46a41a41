"""Changing a plan that exists: one meal swapped, a food locked, banned or added, and all else as it was."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from boneplan.edits.conflict import Offer, impossible, kept_out, told
from boneplan.edits.finish import Edited, finished
from boneplan.edits.menu import priced
from boneplan.edits.opening import Opening, meal_of, place, where
from boneplan.edits.portion import Portion, read_portion, usual
from boneplan.edits.steps import Step, other_meal, with_food, with_swapped, without_foods
from boneplan.edits.trial import elsewhere, together, tried
from boneplan.engine import SEARCH_SECONDS
from boneplan.errors import InputError
from boneplan.foods.requested import named
from boneplan.menu.case import MenuCase, case_of
from boneplan.menu.patterns import DAYS
from boneplan.menu.planner import plan_menu
from boneplan.menu.said import member
from boneplan.plan import Meal, MealName, Plan
from boneplan.rules.names import unknown_ban, unknown_names
from boneplan.rules.reader import check_rules
from boneplan.rules.schema import rule_id


@dataclass(frozen=True)
class _Change:
    """A change under way: `plan` with its case `was`, and `ruled`, the plan with its new rules, with its `case`."""

    plan: Plan
    was: MenuCase
    ruled: Plan
    case: MenuCase
    now: dt.datetime
    seconds: float


def swap(
    plan: Plan,
    date: dt.date,
    meal: MealName,
    food: str | None = None,
    *,
    also: Sequence[MealName] = (),
    now: dt.datetime,
    seconds: float = SEARCH_SECONDS,
) -> Edited:
    """The plan with another meal there, or with one that holds `food` (words, or an id); what is locked stays.

    The meals `also` named may change with it. Raises InputError where the plan has no such meal, or no such food is
    known.
    """
    case = case_of(plan)
    change = _Change(plan, case, plan, case, now, seconds)
    at = place(plan, date, meal)
    stands = _open_meal(plan, at, "swap another meal")
    beside = [place(plan, date, other) for other in dict.fromkeys(also) if other != meal]
    if food is None:
        steps = other_meal(case, plan, at, beside)
        change = replace(change, ruled=with_swapped(case, plan, at))
        return _made(change, {at.week: steps}, f"another {where(plan, at)}", together(case, plan, at, steps))
    asked = _known(case, food) - {item.food for item in stands.items}
    if not asked:
        raise InputError(f"--food: {where(plan, at)} holds {food} already: name another food")
    return _with_food(change, at, food, asked, beside)


def add(
    plan: Plan,
    food: str,
    date: dt.date,
    meal: MealName,
    portion: str | None = None,
    *,
    by: str | None = None,
    because: str | None = None,
    now: dt.datetime,
    seconds: float = SEARCH_SECONDS,
) -> Edited:
    """The plan with `food` at that meal and a pin of it among its rules, so that it stays when it is planned again.

    In a `portion` of its own it is locked. Raises InputError as `swap` does, and for a portion that cannot be.
    """
    was = case_of(plan)
    at = place(plan, date, meal)
    asked = _known(was, food)
    of = _portion(was, asked, meal, portion) if portion else None
    rule = {"food": food, "on": [date.isoformat()], "at": meal, "by": by, "because": because}
    ruled = _with_rule(plan, was, "pin", rule)
    change = _Change(plan, was, ruled, case_of(ruled), now, seconds)
    if of is None and any(item.food in asked for item in meal_of(plan, at).items):
        return _made(change, {}, food, [])
    _open_meal(plan, at, "add it to another meal")
    return _with_food(change, at, food, asked, portion=of, day=True)


def ban(
    plan: Plan,
    food: str,
    at: Sequence[MealName] = (),
    *,
    by: str | None = None,
    because: str | None = None,
    now: dt.datetime,
    seconds: float = SEARCH_SECONDS,
) -> Edited:
    """The plan without `food` (as a ban means the words) at the meals `at`, or at all, and with a ban in its rules.

    Only meals that hold it change, as little as will do.
    """
    was = case_of(plan)
    ruled = _with_rule(plan, was, "ban", {"food": food, "at": list(at), "by": by, "because": because})
    change = _Change(plan, was, ruled, case_of(ruled), now, seconds)
    rule = rule_id("ban", len(ruled.rules["ban"]) - 1)
    left_out = [exclusion for exclusion in change.case.excluded if exclusion.rule == rule]
    if not any(exclusion.foods for exclusion in left_out):
        raise InputError(f"{food!r}: no food of the table is called so: {unknown_ban(food, was.table) or 'check it'}")
    held: dict[int, dict[tuple[int, int], set[str]]] = {}
    for day, menu in enumerate(plan.menu.days):
        for index, meal in enumerate(menu.meals):
            gone = {i.food for i in meal.items for e in left_out if i.food in e.foods and meal.meal in e.meals}
            if stays := [item.name for item in meal.items if item.food in gone and item.locked]:
                at_meal = where(plan, Opening(day, index))
                text = f"{' and '.join(stays)} at {at_meal} is locked, and the ban on {food} would take it away."
                offer: Offer = (f"unlock {at_meal} first (boneplan unlock)", lambda: True)
                said = [member(change.case, day // DAYS, rule)]
                return Edited(plan, plan, told([rule], said, text, [offer]))
            if gone:
                held.setdefault(day // DAYS, {})[day, index] = gone
    steps = {week: without_foods(plan, meals) for week, meals in held.items()}
    again: Offer = ("plan the whole week again with this ban among the rules", partial(_plannable, change))
    return _made(change, steps, f"menus without {food}", [again])


def _with_food(
    change: _Change,
    at: Opening,
    food: str,
    asked: frozenset[str],
    beside: Sequence[Opening] = (),
    *,
    portion: Portion | None = None,
    day: bool = False,
) -> Edited:
    """The change to a meal that holds one of the foods `asked`, called `food`."""
    plan, case = change.plan, change.case
    asked = asked & frozenset(portion.servings) if portion else asked
    wanted = f"{food}{f' ({portion.text})' if portion else ''} at {where(plan, at)}"
    offers = elsewhere(change.was, plan, at, asked, food)
    meal = meal_of(plan, at).meal
    offered = frozenset(option.food for option in case.problem(at.week).options if option.meal == meal)
    if asked.isdisjoint(offered):
        return Edited(plan, plan, kept_out(case, plan, at, asked, wanted, offers))
    steps = with_food(case, plan, at, asked & offered, portion, beside, day=day)
    return _made(change, {at.week: steps}, wanted, offers)


def _made(change: _Change, steps: Mapping[int, Sequence[Step]], wanted: str, offers: Sequence[Offer]) -> Edited:
    """The change as the first step of each week that is possible makes it, or the conflict of its last one."""
    plan, case, changed = change.plan, change.case, change.ruled
    started, freed = time.perf_counter(), []
    for week, of_week in steps.items():
        found = tried(case, changed, week, of_week, change.seconds)
        if found is None:
            return Edited(plan, plan, impossible(case, changed, of_week, wanted, offers))
        changed, opened_up = found
        freed.append(opened_up)
    # The foods of one week are dearer in the next: the bound moves with all weeks but the last, and with every rule.
    same = change.case is change.was and all(week == plan.weeks - 1 for week in steps)
    bound = plan.menu.solve.bound if same and plan.menu.solve else None
    took = time.perf_counter() - started
    done = finished(plan, changed, change.was, case, now=change.now, bound=bound, seconds=took)
    before, after = (priced(case, of.menu.days) / len(of.menu.days) for of in (plan, done))
    return Edited(plan, done, None, "; ".join(dict.fromkeys(freed)), (before, after))


def _open_meal(plan: Plan, at: Opening, otherwise: str) -> Meal:
    """The meal as it stands. Raises InputError where all of it is locked."""
    meal = meal_of(plan, at)
    if all(item.locked for item in meal.items):
        raise InputError(f"--meal: {where(plan, at)} is locked: unlock it first, or {otherwise}")
    return meal


def _known(case: MenuCase, words: str) -> frozenset[str]:
    """The foods that the words mean. Raises InputError, with what may have been meant, where there are none."""
    if unknown := unknown_names({"require": [{"food": words}]}, case.table):
        raise InputError(f"FOOD: {unknown[0].partition(': ')[2]}")
    return named(case.table.foods, words)


def _portion(case: MenuCase, foods: frozenset[str], meal: MealName, text: str) -> Portion:
    """The portion, of those of the foods of which people eat as much at that meal."""
    return usual(case.table, read_portion(text, foods, case.table), meal, case.profile.sex)


def _with_rule(plan: Plan, case: MenuCase, part: str, rule: Mapping[str, Any]) -> Plan:
    """The plan with one more rule in that part. Raises InputError where it cannot stand beside the others."""
    said = {key: value for key, value in rule.items() if value}
    data = {**plan.rules, part: [*plan.rules.get(part, []), said]}
    return plan.model_copy(update={"rules": check_rules(data, "rules", table=case.table).as_json()})


def _plannable(change: _Change) -> bool:
    return bool(plan_menu(change.case, weeks=change.plan.weeks, seconds=change.seconds).menu.days)
