"""Whether a rules file can be meant for a person: what asks for the impossible by its own words is bad input.

What only a solve can tell is none of this: it is a conflict, and an answer of no.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial

from boneplan.errors import InputError
from boneplan.foods.eligible import MEALS
from boneplan.foods.own.food import OwnFood
from boneplan.foods.requested import named
from boneplan.menu.case import MenuCase, menu_case
from boneplan.menu.clash import clashes
from boneplan.menu.irreducible import shrink
from boneplan.menu.patterns import Count, KindCount
from boneplan.plan import MealName, Target
from boneplan.profile import Profile
from boneplan.rules.schema import Rules, rule_id
from boneplan.rules.targets import targets_under

OWN = "rules/"


def check_for(
    profile: Profile, rules: Rules, source: str, start: dt.date, own: Sequence[OwnFood] = ()
) -> list[Target]:
    """The bounds on a person's menus from `start` on under the rules; `source` names their file in errors.

    `own` are the person's own foods. Raises InputError, one line for each rule that loosens what is fixed, that is
    about no meal of the person's, that asks only for foods which the person's own profile or another rule keeps out,
    or that leaves nothing for a meal.
    """
    targets = targets_under(profile, rules, start, source)
    problems = list(_no_meal(profile, rules))
    if targets and (rules.require or rules.pin or rules.reuse or rules.ban or rules.limit):
        case = menu_case(profile, targets, start=start, weeks=1, seed=0, rules=rules, own=own)
        problems += [*_kept_out(case), *_no_kind(case), *_unserved(case)]
    if problems:
        raise InputError([f"{source}: {problem}" for problem in problems])
    return targets


def _no_meal(profile: Profile, rules: Rules) -> Iterator[str]:
    """Bounds on meals of which the person has none."""
    planned = profile.meals.model_dump()
    for number, rule in enumerate(rules.targets):
        if rule.meal and all(planned[meal] is None for meal in rule.meal):
            yield f"targets[{number}].meal: the profile plans no {' and no '.join(rule.meal)}: name another meal"


def _asked(case: MenuCase) -> Iterator[Count]:
    """Every rule that wants foods served, whenever that is."""
    yield from (count for count in case.counts if count.least)
    for number, pin in enumerate(case.rules.pin):
        text, foods = f"{pin.food} at {pin.at}", named(case.table.foods, pin.food)
        yield Count(rule_id("pin", number), foods, text, least=1, meals=(pin.at,))


def _kept_out(case: MenuCase) -> Iterator[str]:
    """Foods that are asked for, and of which the profile or other rules leave nothing."""
    for asked in _asked(case):
        meals = tuple(meal for meal in asked.meals or MEALS if meal in case.meals)
        if not meals:
            yield f"{_field(asked.rule)}.at: the profile plans no {asked.meals[0]}: ask for another meal"
        for clash in clashes([], [], [replace(asked, meals=meals)] if meals else [], case.excluded):
            both = any(rule.startswith(OWN) for rule in clash.rules[1:])
            mend = "leave one of them out" if both else "ask for another food, or leave the rule out"
            yield f"{_field(asked.rule)}: {clash.text.removesuffix('.')}: {mend}"


def _no_kind(case: MenuCase) -> Iterator[str]:
    """Kinds of meal that one rule asks for and others never want."""
    for asked in case.kind_counts:
        never = [other for other in case.kind_counts if other.most == 0 and other.kinds & asked.kinds]
        if asked.least and asked.kinds and asked.kinds <= _all_kinds(never):
            reasons = " and ".join(f"{other.text} ({other.rule})" for other in never)
            yield f"{_field(asked.rule)}: {asked.text} cannot be served under {reasons}: leave one of them out"


def _all_kinds(counts: Sequence[KindCount]) -> frozenset[str]:
    return frozenset[str]().union(*(count.kinds for count in counts))


def _unserved(case: MenuCase) -> Iterator[str]:
    """Meals for which no kind of meal can be built any more, with the fewest rules of the file that see to that."""
    empty = case.problem().unserved
    if not empty:
        return
    keeping = {rule.rule: rule.text for rule in case.excluded if rule.rule.startswith(OWN)}
    keeping |= {count.rule: count.text for count in case.kind_counts if count.most == 0}
    for meal in empty:
        if meal in case.problem(without=frozenset(keeping)).unserved:
            continue  # the profile alone leaves nothing
        needed = shrink(list(keeping), partial(_empties, case, frozenset(keeping), meal))
        first, *others = needed
        reasons = " and ".join(f"{keeping[rule]} ({rule})" for rule in needed)
        mend = "leave one of them out" if others else "leave it out, or name fewer foods"
        yield f"{_field(first)}: no {meal} is left for this person under {reasons}: {mend}"


def _empties(case: MenuCase, keeping: frozenset[str], meal: MealName, rules: Collection[str]) -> bool:
    """Whether these of the rules `keeping` foods out are enough to leave nothing for a meal."""
    return meal in case.problem(without=keeping.difference(rules)).unserved


def _field(rule: str) -> str:
    """The part of the file that a rule id names: "require[0]"."""
    return rule.removeprefix(OWN)
