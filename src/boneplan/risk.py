"""The tier of fracture risk as the plan tells it: why, what it changes in this plan, and what to ask."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from boneplan.applies import Facts
from boneplan.guidelines import rules
from boneplan.monitoring import check_rules
from boneplan.months import in_months
from boneplan.plan import Risk
from boneplan.profile import Profile
from boneplan.safety import closed, gates
from boneplan.targets import is_asked

LOWEST = "no T-score, fracture or risk factor on file puts it higher"
_NAMED = re.compile(r"\{([a-z0-9_/]+)\}")


def risk_of(profile: Profile, on: dt.date) -> Risk:
    """The person's tier on the day `on`: every reason that puts them there and every risk factor that counts.

    Of what the tier changes only that is told which the plan does for this person, with the figures of its rules.
    """
    facts = Facts(profile, on)
    rule, met = facts.tier_rule
    counted = [*met, *facts.risk_factors]
    figures = _figures(facts)
    return Risk(
        tier=rule.tier,
        title=rule.title,
        because=list(dict.fromkeys(reason.text for reason in counted)) or [LOWEST],
        changes=list(_filled(rule.changes, figures)),
        ask=list(rule.ask),
        rule=f"safety/tiers/{rule.tier}",
        source="; ".join(dict.fromkeys(str(reason.reference) for reason in counted)),
    )


def _filled(sentences: Iterable[str], figures: dict[str, str]) -> Iterator[str]:
    """The sentences whose rules all have a figure for the person, with these figures in place of their names."""
    for sentence in sentences:
        if all(name in figures for name in _NAMED.findall(sentence)):
            yield _NAMED.sub(lambda found: figures[found[1]], sentence)


def _figures(facts: Facts) -> dict[str, str]:
    """What the rules say that are for this person and about a part that may be planned, in words, by their ids."""
    profile = facts.profile
    figures = {c.rule: in_months(c.months.at(facts.tier)) for c in check_rules() if c.is_for(facts)}
    if "menu" in closed(gates(profile, facts.on)):
        return figures
    person = (profile.sex, profile.age_on(facts.on), profile.diet.phytoestrogens)
    return figures | {
        made.rule_id(rule): f"{rule.value_for(*person).value:,g} {rule.unit}"
        for made, rule in rules()
        if is_asked(rule, facts)
    }
