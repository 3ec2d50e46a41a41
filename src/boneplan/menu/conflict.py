"""Why there is no menu: the rules that cannot hold together, and the smallest changes that would do."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from boneplan.foods.eligible import BUDGET, Exclusion
from boneplan.menu.basket import BasketModel, Slack
from boneplan.menu.bounds import Bound
from boneplan.menu.problem import Problem
from boneplan.plan import Conflict

# Limits and floors that no plan offers to move.
FIXED = ("/ul", "/floor", "protein/rda", "isoflavones/", "alcohol/", "caffeine/", "retinol/")
# Rules that a person may give up, in the order in which they are asked: an allergy or a condition is named in a
# conflict, but never offered.
OPEN = ("diet/dislike/", BUDGET, "diet/phytoestrogens/avoid", "diet/pattern/")
BUDGET_STEPS = (1.02, 1.05, 1.1, 1.2)  # whole servings cost a little more than the relaxation does
LEAST = 1e-6
WORDS = {"week_mean": "as the week's mean", "day": "each day", "meal": "each meal"}

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
    texts = {e.rule: e.text for e in excluded if e.foods}
    lifted = [rule for rule in texts if _feasible(rebuild(frozenset({rule})))]
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
        text=_sentence(missing, rules, [texts[rule] for rule in lifted], problem.bounds),
        relaxations=offers,
    )


def _feasible(problem: Problem) -> bool:
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
        if _feasible(rebuild(frozenset(given_up))):
            break
    else:
        return []
    for rule in given_up[:-1]:
        rest = [r for r in given_up if r != rule]
        if _feasible(rebuild(frozenset(rest))):
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
    return any(mark in f"{slack.bound.rule}/" for mark in FIXED)


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
    name = bound.nutrient.replace("_", " ")
    # Rounded to the loose side, so that the change as printed does do.
    digits = 0 if limit >= 20 else 1
    step = 10.0**-digits
    printed = changed // step * step if side == "min" else -(-changed // step) * step
    return f"{name} {word} {printed:.{digits}f} {bound.unit} instead of {limit:.{digits}f} {WORDS[bound.period]}"


def _sentence(missing: Sequence[str], rules: Sequence[str], lifted: Sequence[str], bounds: Sequence[Bound]) -> str:
    if missing:
        return f"No {' or '.join(missing)} that boneplan knows is left once every rule of the profile is applied."
    nutrients = dict.fromkeys(b.nutrient.replace("_", " ") for b in bounds if b.rule in rules)
    others = (rule for rule in rules if rule not in {b.rule for b in bounds} and rule != BUDGET)
    clash = ", ".join([*nutrients, *others, *lifted])
    return f"These rules cannot all hold in one week: {clash}."
