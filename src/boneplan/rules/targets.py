"""What a rules file makes of the guidelines' targets: added, put in their place, or dropped.

What is fixed is never loosened: an InputError names the target, its source and the mend.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from boneplan.errors import InputError
from boneplan.guidelines import fixed_rules, guideline
from boneplan.plan import Target
from boneplan.profile import Profile
from boneplan.rules.amounts import TargetRule
from boneplan.rules.schema import Rules, rule_id
from boneplan.rules.words import PERIODS, bound_in_words
from boneplan.safety import Gate, kept_down
from boneplan.targets import resolve_targets

Side = Literal["min", "max"]
SIDES: tuple[Side, Side] = ("min", "max")
EITHER_WAY = 1e-6  # figures this close are the same
NOTHING: Mapping[str, Gate] = MappingProxyType({})


def person_under(profile: Profile, rules: Rules) -> Profile:
    """The profile with the rules' policy on phytoestrogens and budget in place of its own."""
    changed = {
        key: value
        for key, value in (("phytoestrogens", rules.phytoestrogens), ("budget_per_day", rules.budget_per_day))
        if value is not None
    }
    return profile.model_copy(update={"diet": profile.diet.model_copy(update=changed)}) if changed else profile


def targets_under(profile: Profile, rules: Rules, on: dt.date, source: str = "rules") -> list[Target]:
    """Every bound on this person's menus, as on that day and under the rules; `source` names their file in errors.

    Raises InputError as `with_rules` does.
    """
    person = person_under(profile, rules)
    return with_rules(resolve_targets(person, on), rules, source, kept_down(person, on))


def with_rules(
    targets: Sequence[Target], rules: Rules, source: str, kept: Mapping[str, Gate] = NOTHING
) -> list[Target]:
    """The guidelines' `targets` that the rules leave, with those of the rules after them; `source` names the file.

    `kept` are nutrients of which a gate lets no rule ask for more. Raises InputError, one line for each rule that
    loosens what is fixed, asks for less than what holds already without taking its place, or takes the place of what
    is not asked of the person. Who has no targets gets none.
    """
    if not targets:
        return []
    held = {target.rule: target for target in targets}
    gone = {rule.target for rule in rules.drop} | {rule.instead_of for rule in rules.targets if rule.instead_of}
    left = [target for target in targets if target.rule not in gone]
    problems = [
        f"drop[{number}].target: {rule.target} ({held[rule.target].source}) is fixed, and no rule drops it: "
        "leave the line out"
        for number, rule in enumerate(rules.drop)
        if rule.target in held and rule.target in fixed_rules()
    ]
    added: list[Target] = []
    for number, rule in enumerate(rules.targets):
        base = held.get(rule.instead_of or "")
        made = list(_made(number, rule, base))
        where = f"targets[{number}]"
        problems += [f"{where}.{problem}" for problem in _against_gates(rule, made, targets, kept)]
        if rule.instead_of is None:
            problems += [f"{where}.{problem}" for problem in _against_others(rule, made, left)]
        elif base is None:
            mend = "leave instead_of out to ask for it all the same, or leave out the rule"
            problems.append(f"{where}.instead_of: {rule.instead_of} is not asked of this person: {mend}")
        elif base.counted_above is not None:
            mend = "write a rule of its own, with period: meal and without instead_of"
            problems.append(
                f"{where}.instead_of: {base.rule} says how {base.nutrient} counts, and is no bound: {mend}"
            )
        elif base.rule in fixed_rules() and not any(covers(target, base) for target in made):
            text = f"{base.rule} ({base.source}) is fixed, {bound_in_words(base)}, and no rule loosens it"
            problems.append(f"{where}.instead_of: {text}: write a stricter figure, or leave the rule out")
        added += made
    if problems:
        raise InputError([f"{source}: {problem}" for problem in problems])
    return [*left, *added]


def covers(target: Target, other: Target) -> bool:
    """Whether `other` holds wherever `target` does, and `target` is no less firm."""
    if target.nutrient != other.nutrient or (other.hard and not target.hard):
        return False
    each_day = (target.period, other.period) == ("day", "week_mean")
    if not each_day and target.period != other.period:
        return False
    if target.meals and not (other.meals and set(other.meals) <= set(target.meals)):
        return False
    soft = not target.hard and not other.hard
    return not (soft and target.weight < other.weight) and any(
        _no_looser(side, target, other) for side in SIDES if getattr(other, side) is not None
    )


def still_asking(target: Target, targets: Sequence[Target]) -> list[Target]:
    """The other bounds on the food of a day or of the week's mean day that ask for more than `target` does."""
    side: Side = "min" if target.min is not None else "max"
    return [
        other
        for other in targets
        if other.rule != target.rule
        and other.nutrient == target.nutrient
        and "meal" not in (other.period, target.period)
        and getattr(other, side) is not None
        and not _no_looser(side, target, other)
    ]


def _no_looser(side: Side, one: Target, other: Target) -> bool:
    """Whether a bound asks for at least as much as another one that has this side."""
    mine, theirs = getattr(one, side), getattr(other, side)
    if mine is None:
        return False
    return bool(mine >= theirs - EITHER_WAY if side == "min" else mine <= theirs + EITHER_WAY)


def _made(number: int, rule: TargetRule, base: Target | None) -> Iterator[Target]:
    """The targets of a rule, one a side; what it leaves out stays as in the target whose place it takes."""
    nutrient = rule.about or ""
    said = f"{rule.by or 'your rules'}" + (f": {rule.because}" if rule.because else "")
    period = rule.period or (base.period if base else "week_mean")
    for side in SIDES:
        stays = getattr(base, side) if base else None
        amount = rule.amount(side)
        if amount is None:
            amount = stays
        if amount is None:
            continue
        yield Target.model_validate(
            {
                "nutrient": nutrient,
                "unit": guideline(nutrient).unit,
                "period": period,
                side: amount,
                "hard": rule.hard if rule.hard is not None else base.hard if base else True,
                "rule": rule_id("targets", number),
                "source": said,
                "basis": "rules",
                "title": "set in the rules file" + (f" instead of: {base.title}" if base else ""),
                "weight": rule.weight if rule.weight is not None else base.weight if base else 1.0,
                "meals": rule.meal,
                "instead_of": base.rule if base else None,
            }
        )


def _against_others(rule: TargetRule, made: Sequence[Target], held: Sequence[Target]) -> Iterator[str]:
    """What to mend where a rule asks for less than targets over the same period that are no less firm."""
    for target in made:
        side: Side = "min" if target.min is not None else "max"
        in_the_way = [
            other
            for other in held
            if (other.nutrient, other.period) == (target.nutrient, target.period)
            and (other.hard or not target.hard)
            and getattr(other, side) is not None
            and not _no_looser(side, target, other)
        ]
        # What no rule moves is the answer, whatever else stands in the way.
        first = next(iter(sorted(in_the_way, key=lambda other: other.rule not in fixed_rules())), None)
        if first:
            yield f"{side}: {_looser(rule, side, first)}"


def _looser(rule: TargetRule, side: Side, held: Target) -> str:
    figure, limit = getattr(rule, side), getattr(held, side)
    than, more = ("below the least", "more") if side == "min" else ("above the most", "less")
    said = (
        f"{figure:g} {rule.unit} is {than} that holds already, {limit:g} {held.unit} {PERIODS[held.period]} "
        f"({held.rule}, {held.source}): "
    )
    if held.rule in fixed_rules():
        return (
            f"{said}it is fixed, and no rule loosens it: write {limit:g} {held.unit} or {more}, or leave the line out"
        )
    return f"{said}write instead_of: {held.rule} to put this in its place, or {limit:g} {held.unit} or {more}"


def _against_gates(
    rule: TargetRule, made: Sequence[Target], targets: Sequence[Target], kept: Mapping[str, Gate]
) -> Iterator[str]:
    """What to mend where a rule asks for more of a nutrient than the guidelines, and a gate says to keep it down."""
    for target in made:
        gate = kept.get(target.nutrient)
        asked = [other.min for other in targets if other.nutrient == target.nutrient and other.min is not None]
        if gate is None or target.min is None or target.min <= max(asked, default=0.0) + EITHER_WAY:
            continue
        named = target.nutrient.replace("_", " ")
        yield (
            f"min: {rule.min:g} {rule.unit} of {named} is more than may be asked for here "
            f"(safety/gates/{gate.id}, {gate.reference}): leave the line out, and ask the {gate.ask} first"
        )
