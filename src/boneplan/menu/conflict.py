"""Why there is no menu: the rules that cannot hold together, and the smallest changes that would do."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from boneplan.foods.eligible import BUDGET, Exclusion
from boneplan.menu.basket import BasketModel, Slack
from boneplan.menu.clash import OWN as RULES
from boneplan.menu.problem import Problem
from boneplan.menu.said import PERIODS, clinic, in_words, unit_in_words
from boneplan.menu.week import NoWeek
from boneplan.plan import Conflict
from boneplan.timing.words import nutrient_name

# Limits and floors that no plan offers to move.
FIXED = ("/ul", "/floor", "protein/rda", "isoflavones/", "alcohol/", "caffeine/", "retinol/", "vitamin_k/agreed_")
# Rules that a person may give up, in the order in which they are asked: an allergy or a condition is named in a
# conflict, but never offered.
OPEN = ("rules/", "diet/dislike/", BUDGET, "diet/phytoestrogens/avoid", "diet/pattern/")
BUDGET_STEPS = (1.02, 1.05, 1.1, 1.2)  # whole servings cost a little more than the relaxation does
LEAST = 1e-6
VARIETY, MEALS = "variety", "meals"
MOST_OFFERS = 2  # of changes that are tried by planning the week again

Rebuild = Callable[[frozenset[str]], Problem]
Solvable = Callable[[Problem], bool]


def explain(problem: Problem, excluded: Sequence[Exclusion], rebuild: Rebuild, solvable: Solvable) -> Conflict:
    """The conflict of a week whose relaxation has no solution.

    `rebuild` gives the same week without some of the exclusion rules, `solvable` says whether a week has a menu. The
    changes offered are the person's own rules where those will do, and a dietitian's targets where they will not.
    """
    relaxed = problem.model(problem.columns(), integer=False)
    relaxed.model.solve(relaxed=True)
    named = list(dict.fromkeys(relaxed.model.irreducible_conflict()))
    missing = problem.unserved
    rules = [f"meals/{meal}" for meal in missing]
    if not missing:
        rules = [rule for rule in named if not rule.startswith(("meals/", "variety/"))]
        if any(rule.startswith(RULES) for rule in rules):
            rules += [rule for rule in _limits_against(problem, rebuild) if rule not in rules]
            if len(rules) == 1:
                foods = frozenset[str]().union(*(c.foods for c in problem.book.counts if c.rule == rules[0]))
                rules.append(VARIETY if any(option.food in foods for option in problem.options) else MEALS)
    texts = _texts(problem, excluded)
    lifted = [rule for rule in texts if feasible(rebuild(frozenset({rule})))]
    offers = _dearer(problem, solvable) if problem.budget_per_day is not None and not missing else []
    offers += [
        _without([rule], texts) for rule in lifted if rule.startswith(OPEN) and not (offers and rule == BUDGET)
    ]
    if not offers and (several := _several(texts, rebuild)):
        offers.append(_without(several, texts))
    if not offers and not missing:
        offers += _moves(problem.model(problem.columns(), integer=False, elastic=True))
    return Conflict(
        part="menu",
        rules=list(dict.fromkeys([*rules, *lifted])),
        text=_sentence(missing, rules, lifted, problem, texts),
        relaxations=offers,
    )


def _limits_against(problem: Problem, rebuild: Rebuild) -> list[str]:
    """The upper limits of a nutrient without which the week would be possible.

    A portion that fills a day's limit by itself is never offered, so that no row of the program tells of it.
    """
    high = [bound for bound in problem.bounds if bound.hard and bound.high is not None and bound.period != "meal"]
    found = []
    for nutrient in dict.fromkeys(bound.nutrient for bound in high if bound.period == "day"):
        rules = [bound.rule for bound in high if bound.nutrient == nutrient]
        if feasible(rebuild(frozenset(rules))):
            found += rules
    return found


def explain_days(
    found: NoWeek, problem: Problem, excluded: Sequence[Exclusion], rebuild: Rebuild, solvable: Solvable
) -> Conflict:
    """The conflict of a week whose averages can be met, while no days were `found` that keep every day's limits.

    A change is offered where the week was planned again with it.
    """
    rows = [bound for bound in problem.bounds if bound.rule in found.in_the_way]
    texts = _texts(problem, excluded)
    offers: list[str] = []
    for rule in (rule for kind in OPEN for rule in texts if rule.startswith(kind)):
        if len(offers) < MOST_OFFERS and solvable(rebuild(frozenset({rule}))):
            offers.append(_without([rule], texts))
    free = tuple(bound for bound in rows if not _is_fixed(bound.rule))
    loosened = replace(problem, bounds=[bound for bound in problem.bounds if bound not in free])
    if free and not offers and solvable(loosened):
        named = " and ".join(in_words(bound) for bound in free)
        offers.append(f"plan without {named}, if your dietitian agrees")
    if rows:
        named = "; ".join(in_words(bound) for bound in rows)
        said = f"The week's averages can be met, but whole servings keep no seven days within these limits: {named}."
    else:
        said = f"No menu: {found.why}."
        offers = offers or ["another --seed"]
    rules = [bound.rule for bound in rows]
    text = " ".join(filter(None, (said, clinic(rules))))
    return Conflict(part="menu", rules=rules, text=text, relaxations=offers)


def _texts(problem: Problem, excluded: Sequence[Exclusion]) -> dict[str, str]:
    """Every rule that could be left out, in words: those of the person, and those of a rules file."""
    own = {bound.rule: in_words(bound) for bound in problem.bounds if bound.rule.startswith(RULES)}
    asked = {count.rule: count.text for count in problem.book.counts}
    return {**own, **asked, **{e.rule: e.text for e in excluded if e.foods}}


def feasible(problem: Problem) -> bool:
    """Whether the week's relaxation has a solution: without one there is no menu."""
    if problem.unserved:
        return False
    return problem.model(problem.columns(), integer=False).model.solve(relaxed=True).found


def _dearer(problem: Problem, solvable: Solvable) -> list[str]:
    """The smallest budget, in steps of ten cents, that was seen to do; none where no budget does."""
    elastic = problem.model(problem.columns(), integer=False, elastic=True)
    for slack in elastic.slacks:
        if slack.bound.rule != BUDGET:
            slack.variable.upBound = 0
    if not elastic.model.solve(relaxed=True).found:
        return []
    least = (problem.budget_per_day or 0.0) + sum(s.amount for s in elastic.slacks if s.bound.rule == BUDGET)
    for share in BUDGET_STEPS:
        budget = math.ceil(least * share * 10) / 10
        if solvable(replace(problem, budget_per_day=budget)):
            return [f"a budget of {budget:.2f} USD a day"]
    return []


def _several(texts: Mapping[str, str], rebuild: Rebuild) -> list[str]:
    """Rules that a person may give up and that together make the week possible, none of them in vain."""
    order = [rule for kind in OPEN for rule in texts if rule.startswith(kind)]
    given_up: list[str] = []
    for rule in order:
        given_up.append(rule)
        if feasible(rebuild(frozenset(given_up))):
            break
    else:
        return []
    for rule in given_up[:-1]:
        rest = [r for r in given_up if r != rule]
        if feasible(rebuild(frozenset(rest))):
            given_up = rest
    return given_up


def _moves(elastic: BasketModel) -> list[str]:
    """The least movement of hard bounds, limits and floors aside, that makes the week possible, as one line."""
    free = [slack for slack in elastic.slacks if not _fixed(slack)]
    for slack in elastic.slacks:
        if _fixed(slack):
            slack.variable.upBound = 0
    if not elastic.model.solve(relaxed=True).found:
        return []
    moved = " and ".join(_move(slack) for slack in free if slack.amount > LEAST)
    return [f"{moved}, if your dietitian agrees"] if moved else []


def _fixed(slack: Slack) -> bool:
    return _is_fixed(slack.bound.rule)


def _is_fixed(rule: str) -> bool:
    return any(mark in f"{rule}/" for mark in FIXED)


def _without(rules: Sequence[str], texts: Mapping[str, str]) -> str:
    if list(rules) == ["diet/phytoestrogens/avoid"]:
        return "phytoestrogens: limit, if your oncologist agrees"
    names = " and ".join(f"“{texts[rule]}”" for rule in rules)
    return f"plan without the rule{'s' if len(rules) > 1 else ''} {names}"


def _move(slack: Slack) -> str:
    bound, side = slack.bound, slack.side
    limit = (bound.aim if side == "min" else bound.high) or 0.0
    changed = limit - slack.amount if side == "min" else limit + slack.amount
    word = "at least" if side == "min" else "at most"
    name = nutrient_name(bound.nutrient)
    # Rounded to the loose side, so that the change as printed does do.
    digits = 0 if limit >= 20 else 1
    step = 10.0**-digits
    printed = changed // step * step if side == "min" else -(-changed // step) * step
    new, old = f"{printed:.{digits}f} {unit_in_words(bound)}", f"{limit:.{digits}f}"
    return f"{name} {word} {new} instead of {old} {PERIODS[bound.period]}"


def _sentence(
    missing: Sequence[str], rules: Sequence[str], lifted: Sequence[str], problem: Problem, texts: Mapping[str, str]
) -> str:
    if missing:
        return f"No {' or '.join(missing)} that boneplan knows is left once every rule of the profile is applied."
    said = {bound.rule: in_words(bound) for bound in problem.bounds}
    said[MEALS] = "the meals that boneplan knows, none of which holds it"
    said[VARIETY] = f"no food more than {problem.book.variety.max_uses} times a week, staples aside"
    said |= {
        f"limits/{limit.id}": f"at most {limit.max} servings of {limit.id.replace('_', ' ')} a week"
        for limit in problem.book.limits
    }
    said |= {f"wishes/{wish.id}": wish.id.replace("_", " ") for wish in problem.book.wishes} | dict(texts)
    named = [said.get(rule, rule) for rule in dict.fromkeys([*rules, *lifted]) if rule != BUDGET or rule in lifted]
    return " ".join(filter(None, (f"These rules cannot all hold in one week: {'; '.join(named)}.", clinic(rules))))
