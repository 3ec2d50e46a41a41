"""What a person's week of exercise is asked to hold, rule by rule, as `boneplan targets` shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from boneplan.exercises import catalogue
from boneplan.plan import Basis
from boneplan.profile import Profile
from boneplan.schedule.eligibility import eligible, shut, traits
from boneplan.schedule.guidance import Sourced
from boneplan.schedule.needs import Needs, Rule, impact_options, needs_of, week
from boneplan.schedule.progression import builds_up, dose_of, first_week, progression

ON_FEET, OFF_FEET = "weight-bearing minutes", "minutes off the feet"


@dataclass(frozen=True)
class Asked:
    """One rule of the person's first week: `value` in `unit`, said in `text`; without a figure both are empty."""

    rule: str
    text: str
    value: float | None
    unit: str
    hard: bool
    source: str
    basis: Basis


def week_asked(profile: Profile, on: dt.date) -> list[Asked]:
    """What the first week of a programme that begins on the day `on` asks; nothing where a gate closes exercise."""
    if shut(profile, on):
        return []
    options = eligible(profile, catalogue())
    training = first_week(profile, on, impacts=bool(impact_options(profile, options)))
    return list(_asked(profile, needs_of(profile, options, dose_of(training))))


def _asked(profile: Profile, needs: Needs) -> Iterator[Asked]:
    rules = week()
    on_feet = any(bout.on_feet for bout in needs.of_kind("aerobic"))
    for name in _names(profile, needs):
        rule = rules.rules[name]
        yield _row(rule, rule.text if on_feet else rule.text.replace(ON_FEET, OFF_FEET))
        if name == "aerobic_minutes" and builds_up(profile):
            gentle = progression().build_up
            yield _made(gentle, gentle.rule, gentle.text, needs.aerobic_minutes, gentle.unit, gentle.hard)
    groups = rules.muscle_groups
    text = f"{groups.text}: {', '.join(needs.groups)}"
    yield _made(groups, groups.rule, text, None, "", groups.hard)


def _names(profile: Profile, needs: Needs) -> Iterator[str]:
    """The rules of week.yaml that say how much there is of what, as far as they are for the person."""
    known, rules = traits(profile), week()
    yield from ("aerobic_minutes", "aerobic_days", "aerobic_days_wanted")
    if needs.vigorous_wanted:
        yield "vigorous_longest"
    if needs.bike is not None:
        yield "bike_share"
    yield from ("resistance_days", "resistance_days_most", "balance_days")
    if known.intersection(rules.balance_at_risk):
        yield "balance_days_at_risk"
    if needs.of_kind("posture"):
        yield "posture_days_at_risk" if known.intersection(rules.posture_at_risk) else "posture_days"
    if needs.impact_wanted:
        yield "impact_days"


def _row(rule: Rule, text: str) -> Asked:
    return _made(rule, rule.rule, text, rule.value, rule.unit, rule.hard)


def _made(sourced: Sourced, rule: str, text: str, value: float | None, unit: str, hard: bool) -> Asked:
    return Asked(rule, text, value, unit, hard, sourced.cited, sourced.basis)
