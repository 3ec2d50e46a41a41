"""What a plan must say of a rules file: which targets of the guidelines it loosened or dropped, and whom to ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from boneplan.choices import Policy
from boneplan.guidelines import guideline
from boneplan.plan import Notice, Target
from boneplan.profile import Profile
from boneplan.rules.schema import Rules, rule_id
from boneplan.rules.targets import covers, person_under, still_asking, targets_under
from boneplan.rules.words import asked_by, bound_in_words, target_in_words
from boneplan.targets import resolve_targets

STRICTEST_FIRST: tuple[Policy, ...] = ("avoid", "limit", "allow")


def rule_notices(profile: Profile, rules: Rules, on: dt.date) -> list[Notice]:
    """One notice for each target of the guidelines that the rules loosen or drop, and for a looser policy.

    Raises InputError as `targets_under` does.
    """
    if rules == Rules():
        return []
    asked = {target.rule: target for target in resolve_targets(person_under(profile, rules), on)}
    now = targets_under(profile, rules, on)
    return [*_policy(profile, rules), *_loosened(rules, asked, now), *_dropped(rules, asked, now)] if asked else []


def _loosened(rules: Rules, asked: dict[str, Target], now: list[Target]) -> Iterator[Notice]:
    for number, rule in enumerate(rules.targets):
        was = asked.get(rule.instead_of or "")
        made = [target for target in now if target.rule == rule_id("targets", number)]
        if was is None or any(covers(target, was) for target in made):
            continue
        new = next((target for target in made if (target.min is None) == (was.min is None)), made[0])
        text = (
            f"{_capital(target_in_words(new))}: this stands in place of {_firmly(was)}, which the guidelines ask for "
            f"({was.rule}). It was set {asked_by(rule)}.{_said(still_asking(new, now))}"
        )
        yield _notice(rule_id("targets", number), text, was)


def _dropped(rules: Rules, asked: dict[str, Target], now: list[Target]) -> Iterator[Notice]:
    for number, rule in enumerate(rules.drop):
        if was := asked.get(rule.target):
            text = (
                f"{_capital(target_in_words(was))}: the guidelines ask for it ({was.rule}), and here it does not "
                f"hold. It was dropped {asked_by(rule)}.{_said([t for t in now if _same_side(t, was)])}"
            )
            yield _notice(rule_id("drop", number), text, was)


def _policy(profile: Profile, rules: Rules) -> Iterator[Notice]:
    own, policy = profile.diet.phytoestrogens, rules.phytoestrogens
    if policy is None or STRICTEST_FIRST.index(policy) <= STRICTEST_FIRST.index(own):
        return
    row = next(rule for rule in guideline("isoflavones").rules if rule.id == "policy")
    text = (
        f"The rules file sets the policy on phytoestrogens to {policy!r}, and the profile says {own!r}. The menus "
        "may hold more soy and flax than this person chose: ask the oncologist before going by them."
    )
    yield Notice(
        level="warn",
        rule="rules/phytoestrogens",
        text=text,
        source=str(row.reference),
        scope="menu",
        basis="rules",
        ask="oncologist",
    )


def _said(targets: list[Target]) -> str:
    """Which other targets are still asked for, as a sentence; empty where there are none."""
    listed = " and ".join(f"{bound_in_words(target)} ({target.rule})" for target in targets)
    return f" Still asked for: {listed}." if listed else ""


def _same_side(one: Target, other: Target) -> bool:
    return one.nutrient == other.nutrient and (one.min is None) == (other.min is None)


def _firmly(target: Target) -> str:
    return f"{bound_in_words(target)}, {'hard' if target.hard else 'soft'}"


def _notice(rule: str, text: str, was: Target) -> Notice:
    return Notice(level="info", rule=rule, text=text, source=was.source, scope="menu", basis="rules")


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
