"""What a rules file asked for, on the plan as it stands: targets, servings, limits, bans, pins, dishes reused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from boneplan.verify.asked import read_frequency, read_pin, read_reuse
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.person import POLICIES, is_budget, is_policy, read_person
from boneplan.verify.rule_targets import check_drop, check_target
from boneplan.verify.selection import Selection, Serving, is_called, read_selection, servings

POLICY = "rules/phytoestrogens"


def check_rules(case: Case) -> Iterator[Breach]:
    """Every rule of the plan's `rules`, where there is a menu."""
    if not case.plan.menu.days:
        return
    rules = case.plan.rules
    for part in rules.keys() - PARTS.keys() - VALUES.keys():
        yield Breach("rules", "rules", f"{part[:40]!r} is nothing that a rules file asks for")
    for part, is_one in VALUES.items():
        if rules.get(part) is not None and not is_one(rules[part]):
            yield Breach(f"rules/{part}", "rules", f"not written as a rules file has it: {str(rules[part])[:40]}")
    yield from _policy(case)
    for part, check in PARTS.items():
        asked = rules.get(part, [])
        if not isinstance(asked, list):
            yield Breach("rules", "rules", f"{part} is not a list")
            continue
        for number, rule in enumerate(asked):
            name = f"rules/{part}[{number}]"
            try:
                yield from list(check(case, name, rule))
            except (KeyError, TypeError, ValueError, AttributeError):
                yield Breach(name, "rules", f"not written as a rules file has it: {str(rule)[:40]}")


def _policy(case: Case) -> Iterator[Breach]:
    """A policy on phytoestrogens that is looser than the profile's is told in a warning."""
    own = read_person(case.plan.profile).phytoestrogens
    warned = any(n.rule == POLICY and n.level == "warn" and n.text.strip() for n in case.plan.notices)
    if POLICIES.index(case.person.phytoestrogens) > POLICIES.index(own) and not warned:
        text = f"it allows more phytoestrogens than the profile's {own!r}, and no warning says so"
        yield Breach("verify/missing-notice", POLICY, text)


def _require(case: Case, name: str, rule: Mapping[str, Any]) -> Iterator[Breach]:
    """Each week, or each day, holds as many servings as are required."""
    asked = read_frequency(rule)
    for where, found in _spans(case, asked.selection, asked.each):
        if len(found) < asked.count:
            text = f"{len(found)} servings of {asked.selection.named!r}, the rules require {asked.count}"
            yield Breach(name, where, text)


def _limit(case: Case, name: str, rule: Mapping[str, Any]) -> Iterator[Breach]:
    """No week, or no day, holds more servings than are allowed."""
    asked = read_frequency(rule)
    for where, found in _spans(case, asked.selection, asked.each):
        if len(found) > asked.count:
            text = f"{len(found)} servings of {asked.selection.named!r}, the rules allow {asked.count}"
            yield Breach(name, where, text)


def _ban(case: Case, name: str, rule: str | Mapping[str, Any]) -> Iterator[Breach]:
    """Nothing on the menu is what the rule bans."""
    selection = read_selection({"food": rule} if isinstance(rule, str) else rule)
    for serving in servings(case, selection, widely=True):
        yield Breach(name, serving.where, f"the rules ban {selection.named!r}")


def _prefer(_case: Case, name: str, rule: Mapping[str, Any]) -> Iterator[Breach]:
    """A wish: there is nothing to judge but how it is written."""
    read_selection(rule)
    if isinstance(weight := rule.get("weight", 1.0), bool) or not isinstance(weight, (int, float)):
        yield Breach(name, "rules", f"{str(weight)[:40]!r} is no weight")


def _pin(case: Case, name: str, rule: Mapping[str, Any]) -> Iterator[Breach]:
    """The food stands at the meal on every such day of the plan."""
    pin = read_pin(rule)
    for day in case.plan.menu.days:
        at_meal = [s for s in case.served if s.day.date == day.date and s.meal.meal == pin.meal]
        if pin.falls_on(day.date) and not any(is_called(case, served.food, pin.words) for served in at_meal):
            yield Breach(name, f"{day.date} {pin.meal}", f"no {pin.words!r}, the rules pin it there")


def _reuse(case: Case, name: str, rule: Mapping[str, Any]) -> Iterator[Breach]:
    """In each week one of the foods that fit comes exactly so often."""
    asked = read_reuse(rule)
    for where, found in _spans(case, asked.selection, "week"):
        counts = Counter(serving.food.id for serving in found if serving.food is not None)
        if asked.times not in counts.values():
            most = max(counts.values(), default=0)
            text = f"one and the same {asked.selection.named!r} {most} times, the rules ask for {asked.times}"
            yield Breach(name, where, text)


def _spans(case: Case, selection: Selection, each: str) -> Iterator[tuple[str, list[Serving]]]:
    """Each week or each day of the plan with the servings in it."""
    found = servings(case, selection)
    for first, days in case.weeks():
        if each == "day":
            yield from ((f"{day.date}", [s for s in found if s.date == day.date]) for day in days)
        else:
            dates = {day.date for day in days}
            yield f"week of {first}", [s for s in found if s.date in dates]


PARTS: Mapping[str, Callable[[Case, str, Any], Iterator[Breach]]] = {
    "targets": check_target, "drop": check_drop, "require": _require, "limit": _limit, "ban": _ban,
    "prefer": _prefer, "pin": _pin, "reuse": _reuse,
}  # fmt: skip
"""The parts of a rules file, and what judges one rule of each."""

VALUES: Mapping[str, Callable[[Any], bool]] = {"phytoestrogens": is_policy, "budget_per_day": is_budget}
"""What a rules file sets in place of the profile's, and what may stand there."""
