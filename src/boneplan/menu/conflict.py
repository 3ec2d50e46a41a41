"""Why there is no menu: the rules that cannot hold together, and the smallest changes that would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from boneplan.foods.eligible import BUDGET, Exclusion
from boneplan.menu.basket import BasketModel, Slack
from boneplan.menu.bounds import Bound
from boneplan.menu.problem import Problem
from boneplan.plan import Conflict

FIXED = ("/ul", "isoflavones/", "alcohol/", "caffeine/", "retinol/")  # limits that no plan offers to loosen
# Rules that a person may give up: an allergy or a condition is named in a conflict, but never offered.
OPEN = ("diet/pattern/", "diet/dislike/", "diet/budget", "diet/phytoestrogens/avoid")
LEAST = 1e-6
WORDS = {"week_mean": "as the week's mean", "day": "each day", "meal": "each meal"}


def explain(problem: Problem, excluded: Sequence[Exclusion], rebuild: Callable[[str], Problem]) -> Conflict:
    """The conflict of a week whose relaxation has no solution.

    `rebuild` gives the same week without one of the exclusion rules. Each relaxation offered is one that was solved.
    """
    relaxed = problem.model(problem.columns(), integer=False)
    relaxed.model.solve(relaxed=True)
    named = list(dict.fromkeys(relaxed.model.irreducible_conflict()))
    rules = [rule for rule in named if not rule.startswith(("meals/", "variety/"))]
    missing = problem.unserved
    if missing:
        rules = [f"meals/{meal}" for meal in missing]
    lifted = [rule for rule in dict.fromkeys(e.rule for e in excluded if e.foods) if _feasible(rebuild(rule))]
    texts = {e.rule: e.text for e in excluded}
    offers = [] if missing else _moves(problem.model(problem.columns(), integer=False, elastic=True))
    offers += [_without(rule, texts[rule]) for rule in lifted if rule.startswith(OPEN)]
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


def _moves(elastic: BasketModel) -> list[str]:
    """The least movement of hard bounds, upper limits aside, that makes the week possible; one change as one line."""
    free = [slack for slack in elastic.slacks if not _fixed(slack)]
    for slack in elastic.slacks:
        if _fixed(slack):
            slack.variable.upBound = 0
    if not elastic.model.solve(relaxed=True).found:
        return []
    moved = [slack for slack in free if slack.amount > LEAST]
    together = " and ".join(_move(slack) for slack in moved)
    if not together:
        return []
    own = all(slack.bound.rule == BUDGET for slack in moved)
    return [together if own else f"{together}, if your dietitian agrees"]


def _without(rule: str, text: str) -> str:
    if rule == "diet/phytoestrogens/avoid":
        return "phytoestrogens: limit, if your oncologist agrees"
    return f"plan without the rule “{text}”"


def _fixed(slack: Slack) -> bool:
    return any(mark in f"{slack.bound.rule}/" for mark in FIXED) or slack.bound.rule.endswith("/ul")


def _move(slack: Slack) -> str:
    bound, side = slack.bound, slack.side
    limit = (bound.aim if side == "min" else bound.high) or 0.0
    changed = limit - slack.amount if side == "min" else limit + slack.amount
    word = "at least" if side == "min" else "at most"
    name = "cost of the food" if bound.rule == BUDGET else bound.nutrient.replace("_", " ")
    # Rounded to the loose side, so that the change as printed does do.
    digits = 2 if bound.unit == "USD" else 0 if limit >= 20 else 1
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
