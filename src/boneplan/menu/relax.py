"""The smallest changes that may end a conflict, ranked by who may decide on them and by how small they are.

First figures of a rules file, then the budget, rules of the file, dislikes, the policy on phytoestrogens, the diet,
targets of the guidelines that no safety stands on, and less of a supplement. Allergies, conditions and what is fixed
are never among them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from boneplan.foods.eligible import BUDGET
from boneplan.guidelines import fixed_rules
from boneplan.menu.bounds import Bound, declared_amounts
from boneplan.menu.case import MenuCase
from boneplan.menu.patterns import Count, KindCount
from boneplan.menu.problem import Problem
from boneplan.menu.ruled import RuledWeek, Side
from boneplan.menu.said import AVOID, OWN, SUPPLEMENTS, declared_in_words, member, period_in_words, unit_in_words
from boneplan.plan import SupplementTaken, Target
from boneplan.targets import resolve_targets
from boneplan.timing.words import listed, nutrient_name

# Who decides, and how much is given up: a figure of the file, the budget, a rule of the file, a dislike ...
OTHERS = ("diet/dislike/", AVOID, "diet/pattern/", "nutrition/", SUPPLEMENTS)
RANKS = ("figure", BUDGET, "count", OWN, *OTHERS)
MARGINS = (1.05, 1.1, 1.2)  # whole servings need a little more room than the week's averages do
NEAR = 0.01  # of a serving: as near as a count's figure is known
DIETITIAN = ", if your dietitian agrees"
ONCOLOGIST = ", if your oncologist agrees"
DOCTOR = ", if your doctor or pharmacist agrees"
SHARES = (0.75, 0.5, 0.25, 0.0)  # of a declared amount, tried in this order
POLICY = "nutrition/isoflavones/policy"

Counted = Count | KindCount


@dataclass(frozen=True)
class Change:
    """A change in words, the rules that it moves, and the case with it: what `without` names no longer holds."""

    text: str
    rules: tuple[str, ...]
    case: MenuCase
    without: frozenset[str] = field(default=frozenset())
    supplements: Sequence[SupplementTaken] | None = None

    def problem(self, week: int, before: frozenset[str]) -> Problem:
        """The week with the change made."""
        return self.case.problem(week, before, without=self.without, supplements=self.supplements)


Offer = Iterable[Change]
"""One change in ever larger steps, the smallest first: the first that will do is what is offered."""


def offers(case: MenuCase, ruled: RuledWeek, week: int, conflicts: Sequence[Sequence[str]]) -> Iterator[Offer]:
    """Changes that make the week's averages possible again, the best first; none where nobody may change enough."""
    members = [rule for rule in dict.fromkeys(rule for conflict in conflicts for rule in conflict) if may_go(rule)]
    members.sort(key=lambda rule: _rank(rule, case, week))
    enough = False
    for rule in members:
        if rule.startswith(SUPPLEMENTS) or ruled.without([rule]):
            made = list(_changes(case, ruled, week, rule))
            enough = enough or bool(made)
            if made:
                yield made
    if not enough:
        yield from _together(case, ruled, week)


def may_go(rule: str) -> bool:
    """Whether somebody may give the rule up, or move it."""
    return rule == BUDGET or (rule.startswith((OWN, *OTHERS)) and rule not in fixed_rules())


def _rank(rule: str, case: MenuCase, week: int) -> int:
    if rule.startswith(OWN):
        if any(target.rule == rule for target in case.targets):
            return RANKS.index("figure")
        return RANKS.index("count" if _counts(case, week, rule) else OWN)
    return next(number for number, start in enumerate(RANKS) if rule.startswith(start))


def _changes(case: MenuCase, ruled: RuledWeek, week: int, rule: str) -> Iterator[Change]:
    if rule.startswith(SUPPLEMENTS):
        yield from less_of(case, rule)
    elif rule == BUDGET:
        yield from _dearer(case, ruled)
    elif rule == AVOID:
        yield limited(case)
    elif bound := ruled.figure(rule):
        yield from _moved(case, ruled, bound)
        if rule.startswith(OWN):
            yield dropped(case, week, [rule])
    else:
        for count in _counts(case, week, rule):
            yield from _counted(case, ruled, count)
        yield dropped(case, week, [rule])


def dropped(case: MenuCase, week: int, rules: Sequence[str]) -> Change:
    """The case without some rules; what a rule of the file took the place of holds again."""
    named = listed([f"“{member(case, week, rule).text}”" + _id(rule) for rule in rules])
    text = f"plan without the rule{'s' if len(rules) > 1 else ''} {named}"
    if any(rule.startswith("nutrition/") for rule in rules):
        text += DIETITIAN
    replaced = {target.instead_of for target in case.targets if target.rule in rules and target.instead_of}
    back = [target for target in resolve_targets(case.profile, case.start) if target.rule in replaced]
    return Change(text, tuple(rules), replace(case, targets=[*case.targets, *back]), frozenset(rules))


def less_of(case: MenuCase, rule: str) -> Iterator[Change]:
    """Less and less of a declared supplement."""
    nutrient = rule.removeprefix(SUPPLEMENTS)
    declared = declared_amounts(case.supplements)[nutrient]
    for part_of in SHARES:
        share = _rounded(declared * part_of, "min") / declared
        taken = [
            part.model_copy(update={"amount": part.amount * share}) if part.nutrient == nutrient else part
            for part in case.supplements
        ]
        left = declared_in_words(taken, nutrient) + " or less" if share else f"no {nutrient_name(nutrient)} tablets"
        yield Change(left + DOCTOR, (rule,), case, supplements=taken)


def _together(case: MenuCase, ruled: RuledWeek, week: int) -> Iterator[Offer]:
    """Several rules given up together, none of them in vain, where no single one would do."""
    given_up: list[str] = []
    while conflict := ruled.conflict(given_up):
        free = sorted(filter(may_go, conflict), key=lambda rule: _rank(rule, case, week))
        if not free:
            return
        given_up.append(free[0])
    for rule in list(given_up):
        if ruled.without([other for other in given_up if other != rule]):
            given_up.remove(rule)
    yield list(_all_of(case, ruled, week, given_up))


def _all_of(case: MenuCase, asked: RuledWeek, week: int, given_up: Sequence[str]) -> Iterator[Change]:
    """Rules dropped, and the figures of the budget and of targets moved, all at once."""
    moved = [rule for rule in given_up if rule == BUDGET or rule.startswith("nutrition/")]
    own = [rule for rule in given_up if rule not in moved]
    without = dropped(case, week, own) if own else None
    for margin in MARGINS if moved else (1.0,):
        changed, texts, ruled = without.case if without else case, [without.text] if without else [], asked
        for number, rule in enumerate(moved):
            lifted = [*own, *moved[number + 1 :]]
            bound = ruled.figure(rule)
            steps = list(
                _moved(changed, ruled, bound, lifted=lifted, margins=(margin,))
                if bound
                else _dearer(changed, ruled, lifted=lifted, margins=(margin,))
            )
            if not steps:
                return
            changed, texts = steps[0].case, [*texts, steps[0].text.removesuffix(DIETITIAN)]
            if number + 1 < len(moved):
                ruled = RuledWeek(changed, ruled.week, ruled.before)
        agreed = DIETITIAN if any(rule != BUDGET for rule in moved) else ""
        yield Change(", and ".join(texts) + agreed, (*own, *moved), changed, frozenset(own))


def _moved(
    case: MenuCase,
    ruled: RuledWeek,
    bound: Bound,
    *,
    lifted: Sequence[str] = (),
    margins: Sequence[float] = MARGINS,
) -> Iterator[Change]:
    """The bound's figure moved no further than it takes, and then a little further."""
    side: Side = "min" if bound.low is not None else "max"
    asked, own = (bound.low, bound.aim) if side == "min" else (bound.high, bound.most)
    near = ruled.nearest(bound.rule, side, asked or 0.0, lifted)
    fixed = any(target.rule == bound.rule and target.instead_of in fixed_rules() for target in case.targets)
    if near is None or fixed:
        return
    supplied, printed = own - (asked or 0.0), own
    for margin in margins:
        figure = _rounded(supplied + (near / margin if side == "min" else near * margin), side)
        if figure == printed:
            continue
        printed = figure
        word = "at least" if side == "min" else "at most"
        text = (
            f"{nutrient_name(bound.nutrient)} {word} {figure:,g} {unit_in_words(bound)} instead of {own:,g} "
            f"{period_in_words(bound)}" + (_id(bound.rule) if bound.rule.startswith(OWN) else DIETITIAN)
        )
        yield Change(text, (bound.rule,), with_figure(case, bound.rule, side, figure))


def with_figure(case: MenuCase, rule: str, side: Side, figure: float) -> MenuCase:
    """The case with another figure for a target."""

    def changed(target: Target) -> Target:
        mine = target.rule == rule and getattr(target, side) is not None
        return target.model_copy(update={side: figure}) if mine else target

    return replace(case, targets=[changed(target) for target in case.targets])


def _rounded(figure: float, side: Side) -> float:
    """To the looser side, in steps that people use for amounts of this size."""
    step = next(step for most, step in ((20, 0.1), (200, 1.0), (1000, 5.0), (math.inf, 10.0)) if figure < most)
    steps = math.floor(figure / step) if side == "min" else math.ceil(figure / step)
    return round(max(0, steps) * step, 1)


def _dearer(
    case: MenuCase, ruled: RuledWeek, *, lifted: Sequence[str] = (), margins: Sequence[float] = MARGINS
) -> Iterator[Change]:
    """The smallest budgets that will do, in steps of ten cents."""
    budget = case.profile.diet.budget_per_day
    near = ruled.nearest(BUDGET, "max", budget, lifted) if budget else None
    for figure in dict.fromkeys(math.ceil(near * margin * 10) / 10 for margin in margins) if near else ():
        diet = case.profile.diet.model_copy(update={"budget_per_day": figure})
        dearer = replace(case, profile=case.profile.model_copy(update={"diet": diet}))
        yield Change(f"a budget of {figure:.2f} USD a day", (BUDGET,), dearer)


def limited(case: MenuCase) -> Change:
    """A limit to phytoestrogens in place of none."""
    diet = case.profile.diet.model_copy(update={"phytoestrogens": "limit"})
    profile = case.profile.model_copy(update={"diet": diet})
    now = {target.rule: target for target in resolve_targets(profile, case.start) if target.rule == POLICY}
    limited = replace(case, profile=profile, targets=[now.get(target.rule, target) for target in case.targets])
    return Change("phytoestrogens: limit" + ONCOLOGIST, (AVOID,), limited, frozenset({AVOID}))


def _counts(case: MenuCase, week: int, rule: str) -> list[Counted]:
    """What the rule counts, where another count would be a smaller change than to drop it."""
    counts: list[Counted] = [*case.counts_in(week), *case.kind_counts]
    return [
        count
        for count in counts
        if count.rule == rule
        and not getattr(count, "days", ())
        and not getattr(count, "same", False)
        and (count.least > 1 or (count.most or 0) > 0)
    ]


def _counted(case: MenuCase, ruled: RuledWeek, count: Counted) -> Iterator[Change]:
    """Fewer servings, or more, than the rule of the file says."""
    side: Side = "min" if count.least else "max"
    old = count.least if side == "min" else count.most or 0
    near = ruled.nearest(count.rule, side, float(old))
    if near is None:
        return
    first = math.floor(near + NEAR) if side == "min" else math.ceil(near - NEAR)
    for new in (first, first - 1) if side == "min" else (first, first + 1):
        if new < 1 or new == old:
            continue
        changed = {"least" if side == "min" else "most": new}
        word, often = "at least" if side == "min" else "at most", {1: "once", 2: "twice"}.get(new, f"{new} times")
        name = count.text.partition(f" {word} ")[0]
        text = f"{name} {word} {often} a {count.each}, instead of “{count.text}”{_id(count.rule)}"
        yield Change(text, (count.rule,), _recounted(case, count, changed))


def _recounted(case: MenuCase, count: Counted, changed: Mapping[str, Any]) -> MenuCase:
    return replace(
        case,
        counts=[replace(c, **changed) if c == count else c for c in case.counts],
        kind_counts=[replace(c, **changed) if c == count else c for c in case.kind_counts],
    )


def _id(rule: str) -> str:
    return f" ({rule})" if rule.startswith(OWN) else ""
