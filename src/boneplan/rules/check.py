"""What each line of a rules file changes for a person, before anything is solved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from boneplan.foods.eligible import MEALS
from boneplan.foods.own.food import OwnFood
from boneplan.foods.requested import in_words, named, selected
from boneplan.menu.asked import weekday
from boneplan.menu.case import MenuCase, menu_case
from boneplan.menu.patterns import DAYS, kinds_of_meal
from boneplan.menu.problem import Problem
from boneplan.plan import MealName, Target
from boneplan.profile import Profile
from boneplan.rules.names import unknown_ban
from boneplan.rules.schema import LimitRule, Part, RequireRule, Rules, Selection, rule_id
from boneplan.rules.targets import covers, person_under, still_asking, targets_under
from boneplan.rules.words import bound_in_words, target_in_words
from boneplan.targets import resolve_targets

PARTS: tuple[Part, ...] = ("targets", "drop", "require", "limit", "ban", "prefer", "pin", "reuse")

NAMED = 4  # foods of those that fit, the most usual


@dataclass(frozen=True)
class Told:
    """One rule: its id, what it says, what it changes (a sentence each), and the same as `figures` for programs."""

    rule: str
    text: str
    changes: tuple[str, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """A rules file beside a person: their targets without and with it, and the menus' case with it.

    `dates` are the days to which pins are counted, the first week of them for everything else.
    """

    before: Mapping[str, Target]
    case: MenuCase
    problem: Problem
    dates: Sequence[dt.date]

    @property
    def rules(self) -> Rules:
        """The rules of the file."""
        return self.case.rules


def check_of(profile: Profile, rules: Rules, start: dt.date, weeks: int, own: Sequence[OwnFood] = ()) -> Check:
    """The rules beside a person who has targets, for a plan of `weeks` weeks with `own` foods too.

    Raises InputError as `targets_under` does.
    """
    targets = targets_under(profile, rules, start)
    case = menu_case(profile, targets, start=start, weeks=weeks, seed=0, rules=rules, own=own)
    before = {target.rule: target for target in resolve_targets(person_under(profile, rules), start)}
    dates = [start + dt.timedelta(days=number) for number in range(DAYS * weeks)]
    return Check(before, case, case.problem(), dates)


def told(check: Check, profile: Profile) -> list[Told]:
    """What each rule of the file says and changes, in the order of the file's parts."""
    found = [TELL[part](check, number) for part in PARTS for number in range(len(getattr(check.rules, part)))]
    return [*found, *_person(check, profile)]


def _target(check: Check, number: int) -> Told:
    rule, name = check.rules.targets[number], rule_id("targets", number)
    made = [target for target in check.case.targets if target.rule == name]
    others = [target for target in check.case.targets if target.rule != name]
    was = check.before.get(rule.instead_of or "")
    more = {other.rule: other for target in made for other in still_asking(target, check.case.targets)}
    idle = [other for target in made for other in others if covers(other, target)]
    if was:
        changes = [f"was {_bare(was)} ({was.rule})"]
    elif idle:
        changes = [f"changes nothing: {_bare(idle[0])} holds already ({idle[0].rule})"]
    else:
        changes = ["holds beside the targets of the guidelines"]
    changes += [f"{_bare(other)} is still asked for ({other.rule})" for other in more.values()]
    return Told(
        name,
        "; ".join(map(target_in_words, made)),
        tuple(changes),
        {
            "was": was.model_dump(mode="json") if was else None,
            "now": [target.model_dump(mode="json") for target in made],
            "still": list(more),
        },
    )


def _drop(check: Check, number: int) -> Told:
    rule, name = check.rules.drop[number], rule_id("drop", number)
    was = check.before.get(rule.target)
    if was is None:
        return Told(name, f"{rule.target} is not asked of this person", ("changes nothing",), {"was": None})
    left = [
        target
        for target in check.case.targets
        if target.nutrient == was.nutrient and (target.min is None) == (was.min is None)
    ]
    changes = [f"{_bare(target)} is still asked for ({target.rule})" for target in left]
    figures = {"was": was.model_dump(mode="json"), "still": [target.rule for target in left]}
    return Told(name, f"{target_in_words(was)}: no longer ({was.rule})", tuple(changes), figures)


def _bare(target: Target) -> str:
    """The target without its nutrient, such as "at least 1,200 mg as the week's mean, hard"."""
    return f"{bound_in_words(target)}, {'hard' if target.hard else 'soft'}"


def _require(check: Check, number: int) -> Told:
    return _frequency(check, rule_id("require", number), check.rules.require[number])


def _limit(check: Check, number: int) -> Told:
    return _frequency(check, rule_id("limit", number), check.rules.limit[number])


def _frequency(check: Check, name: str, rule: RequireRule | LimitRule) -> Told:
    if rule.kind_of_meal is not None:
        return _kinds(check, name, rule, next(c.text for c in check.case.kind_counts if c.rule == name))
    count = next(count for count in check.case.counts if count.rule == name)
    foods = selected(check.case.table, rule)
    changes, figures = _offered(check, foods, tuple(rule.at))
    if isinstance(rule, RequireRule):
        usual = _usual_servings(check, foods, tuple(rule.at))
        asked = count.least_a_week
        way = "" if asked <= usual else ", which gives way to the rule"
        changes.append(f"{asked} servings a week are asked for; usual variety allows {usual}{way}")
        figures |= {"servings_asked": asked, "servings_usual": usual}
    return Told(name, count.text, tuple(changes), figures)


def _ban(check: Check, number: int) -> Told:
    rule, name = check.rules.ban[number], rule_id("ban", number)
    if rule.kind_of_meal is not None:
        return _kinds(check, name, rule, f"meals of the kind {rule.kind_of_meal} never")
    foods = selected(check.case.table, rule, widely=True)
    at = f" at {' and '.join(rule.at)}" if rule.at else ""
    text = f"{in_words(check.case.table, rule)} never{at}"
    if not foods:
        mend = unknown_ban(rule.food or "", check.case.table)
        return Told(name, text, (f"nothing to leave out: no food of the table is called so; {mend}",), {"foods": 0})
    without = check.case.problem(without=frozenset({name}))
    meals = tuple(rule.at) or MEALS
    lost = {(o.food, o.meal) for o in without.options} - {(o.food, o.meal) for o in check.problem.options}
    gone = {food for food, meal in lost if meal in meals}
    changes = (f"{_foods(len(foods))} fit; {len(gone)} that would be offered are left out",)
    return Told(name, text, changes, {"foods": len(foods), "left_out": sorted(gone)})


def _prefer(check: Check, number: int) -> Told:
    rule, name = check.rules.prefer[number], rule_id("prefer", number)
    how = f"{'rather' if rule.weight > 0 else 'rather not'} (weight {rule.weight:g})"
    if rule.kind_of_meal is not None:
        return _kinds(check, name, rule, f"meals of the kind {rule.kind_of_meal} {how}")
    changes, figures = _offered(check, selected(check.case.table, rule), tuple(rule.at))
    return Told(name, f"{in_words(check.case.table, rule)} {how}", tuple(changes), figures)


def _pin(check: Check, number: int) -> Told:
    rule, name = check.rules.pin[number], rule_id("pin", number)
    dates = [date for date in check.dates if date in rule.on or weekday(date) in rule.on]
    changes, figures = _offered(check, named(check.case.table.foods, rule.food), (rule.at,))
    first, last = check.dates[0], check.dates[-1]
    told_dates = ", ".join(map(str, dates)) or f"nothing is pinned from {first} to {last}"
    text = f"{rule.food} at {rule.at} on {', '.join(str(day).capitalize() for day in rule.on)}"
    return Told(name, text, (told_dates, *changes), {**figures, "dates": [date.isoformat() for date in dates]})


def _reuse(check: Check, number: int) -> Told:
    rule, name = check.rules.reuse[number], rule_id("reuse", number)
    text = next(count.text for count in check.case.counts if count.rule == name)
    changes, figures = _offered(check, named(check.case.table.foods, rule.food), tuple(rule.at))
    return Told(name, text, tuple(changes), figures)


def _person(check: Check, profile: Profile) -> Iterator[Told]:
    """The policy and the budget, where the file sets them."""
    diet, rules = profile.diet, check.rules
    if rules.phytoestrogens is not None:
        limit = check.before["nutrition/isoflavones/policy"]
        changes = (f"was {diet.phytoestrogens} in the profile", f"isoflavones {bound_in_words(limit)}")
        policy = {"was": diet.phytoestrogens, "now": rules.phytoestrogens}
        yield Told("rules/phytoestrogens", f"phytoestrogens: {rules.phytoestrogens}", changes, policy)
    if rules.budget_per_day is not None:
        was = "none" if diet.budget_per_day is None else f"{diet.budget_per_day:g} USD a day"
        budget = {"was": diet.budget_per_day, "now": rules.budget_per_day}
        yield Told("rules/budget_per_day", f"budget: {rules.budget_per_day:g} USD a day", (f"was {was}",), budget)


def _kinds(check: Check, name: str, rule: Selection, text: str) -> Told:
    """A rule about kinds of meal: which they are, and which of them this person can be served."""
    kinds = kinds_of_meal(check.case.book, rule.kind_of_meal or "", rule.at)
    served = {pattern.key for pattern in check.case.problem(without=frozenset({name})).patterns}
    lost = [kind for kind in kinds if kind not in served]
    changes = [f"kinds of meal: {', '.join(kinds)}"]
    if lost:
        changes.append(f"{', '.join(lost)} cannot be served to this person, with or without this rule")
    return Told(name, text, tuple(changes), {"kinds": list(kinds), "not_served": lost})


def _offered(check: Check, foods: frozenset[str], at: tuple[MealName, ...]) -> tuple[list[str], dict[str, Any]]:
    """How many foods fit and how many of them may be offered at those meals, and which rules keep the others out."""
    meals = at or MEALS
    offered = {option.food for option in check.problem.options if option.food in foods and option.meal in meals}
    kept = {
        rule.rule: len((foods - offered) & rule.foods)
        for rule in check.case.excluded
        if (foods - offered) & rule.foods and set(rule.meals) & set(meals)
    }
    where = f" at {' and '.join(at)}" if at else ""
    usual = _most_usual(check, offered, meals)
    named_first = f": {'; '.join(usual)}{' ...' if len(offered) > len(usual) else ''}" if usual else ""
    said = [f"{_foods(len(foods))} fit, {len(offered)} may be offered{where}{named_first}"]
    missing = len(foods - offered - frozenset[str]().union(*(rule.foods for rule in check.case.excluded)))
    if kept:
        said.append("kept out: " + ", ".join(f"{count} by {rule}" for rule, count in kept.items()))
    if missing:
        said.append(f"{missing} of these stand{'s' if missing == 1 else ''} in no kind of meal{where}")
    return said, {"foods": len(foods), "offered": sorted(offered), "kept_out": kept}


def _most_usual(check: Check, foods: set[str], meals: tuple[MealName, ...]) -> list[str]:
    """The names of the foods that people eat most often at those meals, a few of them."""
    eaten = check.case.table.options
    rows = eaten[eaten["food_id"].isin(foods) & eaten["meal"].isin(meals)]
    counts = rows.groupby("food_id")["n"].sum().sort_values(ascending=False, kind="stable")
    names = check.case.table.foods["name"]
    return [str(names[food]) for food in counts.index[:NAMED]]


def _usual_servings(check: Check, foods: frozenset[str], at: tuple[MealName, ...]) -> int:
    """How many servings of the foods the usual rules of variety let a week have."""
    book = replace(check.case.book, counts=(), kind_counts=())
    offered = {
        option.food: option.category
        for option in check.problem.options
        if option.food in foods and option.meal in (at or MEALS)
    }
    allowed = 0
    for category in set(offered.values()):
        most = sum(book.most_uses(category) for of_food in offered.values() if of_food == category)
        allowed += min([most, *(limit.max for limit in book.limits if category in limit.categories)])
    return allowed


def _foods(count: int) -> str:
    return "1 food" if count == 1 else f"{count} foods"


TELL: Mapping[Part, Callable[[Check, int], Told]] = {
    "targets": _target,
    "drop": _drop,
    "require": _require,
    "limit": _limit,
    "ban": _ban,
    "prefer": _prefer,
    "pin": _pin,
    "reuse": _reuse,
}
"""What tells of one rule of each part."""
