"""Whether a rule is for a person: what the profile says on a day, in the words that the rules ask by."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from pydantic import Field

from boneplan.guidelines import guideline
from boneplan.profile import Profile
from boneplan.rows import Row, Sourced, shipped_rows
from boneplan.supplements import declared_amount
from boneplan.who import SupplementAbove, Tier, Who

MEDICINES = "safety/medicines.yaml"
TIERS = "safety/tiers.yaml"


class MedicineClass(Row):
    """Names by which the medicines of one kind are known: of substances and of brands."""

    names: tuple[str, ...]


class NameRule(Sourced):
    """What is said of a name, and whom to ask.

    `close` is from which likeness on (0 to 1) a known name may be meant, `one_of` kinds of which nobody takes two.
    """

    id: str
    text: str
    ask: str
    close: float = Field(default=1, gt=0, le=1)
    one_of: tuple[tuple[str, ...], ...] = ()


class Medicines(Row):
    """guidelines/safety/medicines.yaml: the kinds of medicines by name, and what is said of names."""

    classes: dict[str, MedicineClass]
    told: tuple[NameRule, ...]


class Reason(Sourced):
    """One thing that puts a person into a tier, or counts as a risk factor."""

    id: str
    text: str
    who: Who


class TierRule(Row):
    """A tier: any one of its `reasons` is enough. `changes` says what it changes in a plan, `ask` what to ask."""

    tier: Tier
    title: str
    reasons: tuple[Reason, ...] = ()
    changes: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


class Tiers(Row):
    """guidelines/safety/tiers.yaml: the risk factors that count, and the tiers, the gravest first."""

    risk_factors: tuple[Reason, ...]
    tiers: tuple[TierRule, ...]


@cache
def medicines() -> Medicines:
    """guidelines/safety/medicines.yaml."""
    return shipped_rows(Medicines, MEDICINES)


def medicine_classes() -> dict[str, MedicineClass]:
    """The kinds of medicines that rules ask about, by name."""
    return medicines().classes


@cache
def tier_rules() -> Tiers:
    """guidelines/safety/tiers.yaml."""
    return shipped_rows(Tiers, TIERS)


def named(word: str, text: str) -> bool:
    """Whether `text` holds `word` whole, in any case: "Warfarin 5 mg" holds warfarin, "warfarin-like" does not."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None


def classes_of(medicine: str) -> frozenset[str]:
    """The kinds of medicines that one of this name is."""
    return frozenset(
        kind for kind, known in medicine_classes().items() if any(named(word, medicine) for word in known.names)
    )


@dataclass(frozen=True)
class Facts:
    """A person on a day."""

    profile: Profile
    on: dt.date

    @cached_property
    def medicines(self) -> frozenset[str]:
        """The kinds of medicines that the person takes."""
        return frozenset[str]().union(*(classes_of(medication.name) for medication in self.profile.medications))

    @cached_property
    def risk_factors(self) -> tuple[Reason, ...]:
        """The risk factors of fractures that the person has, T-scores aside."""
        return tuple(factor for factor in tier_rules().risk_factors if applies(factor.who, self))

    @cached_property
    def tier_rule(self) -> tuple[TierRule, tuple[Reason, ...]]:
        """The person's tier with every reason that puts them there: the gravest that has one, else the last."""
        rules = tier_rules().tiers
        for rule in rules:
            if met := tuple(reason for reason in rule.reasons if applies(reason.who, self)):
                return rule, met
        return rules[-1], ()

    @property
    def tier(self) -> Tier:
        """The person's tier of fracture risk."""
        return self.tier_rule[0].tier


def applies(who: Who, facts: Facts) -> bool:
    """Whether every line of `who` holds for the person."""
    profile, worst = facts.profile, facts.profile.bone.t_scores.worst()
    fractures = profile.bone.fractures
    checks: tuple[tuple[Any, Callable[[Any], bool]], ...] = (
        (who.age_below, lambda limit: profile.age_on(facts.on) < limit),
        (who.age_from, lambda limit: profile.age_on(facts.on) >= limit),
        (who.bmi_below, lambda limit: profile.bmi < limit),
        (who.bmi_from, lambda limit: profile.bmi >= limit),
        (who.sex, lambda sex: profile.sex == sex),
        (who.conditions or None, lambda known: not set(known).isdisjoint(profile.conditions)),
        (who.medicines or None, lambda kinds: not facts.medicines.isdisjoint(kinds)),
        (who.without_medicines or None, lambda kinds: facts.medicines.isdisjoint(kinds)),
        (who.drugs or None, lambda drugs: profile.therapy.drug in drugs),
        (who.patterns or None, lambda patterns: profile.diet.pattern in patterns),
        (who.policies or None, lambda policies: profile.diet.phytoestrogens in policies),
        (who.allergies or None, lambda known: not set(known).isdisjoint(profile.diet.allergies)),
        (who.intolerances or None, lambda known: not set(known).isdisjoint(profile.diet.intolerances)),
        (who.no_t_score or None, lambda _: worst is None),
        (who.t_score_below, lambda limit: worst is not None and worst < limit),
        (who.t_score_at_most, lambda limit: worst is not None and worst <= limit),
        (who.fragility_fracture or None, lambda _: any(fracture.fragility for fracture in fractures)),
        (who.fracture_sites or None, lambda sites: any(fracture.site in sites for fracture in fractures)),
        (who.risk_factors or None, lambda known: not set(known).isdisjoint(profile.bone.risk_factors)),
        (who.risk_factors_from, lambda count: len(facts.risk_factors) >= count),
        (who.tiers or None, lambda tiers: facts.tier in tiers),
        (who.without_supplement, lambda nutrient: declared_amount(profile, nutrient) == 0),
        (who.supplement, lambda limit: _over(limit, facts)),
        (who.agreed_vitamin_k, lambda known: (profile.diet.vitamin_k_agreed is not None) == known),
        (who.agreed_vitamin_k_below_rule, lambda rule: _agreed_below(rule, facts)),
    )
    return all(holds(asked) for asked, holds in checks if asked is not None)


def _over(limit: SupplementAbove, facts: Facts) -> bool:
    most = limit.above
    if limit.above_rule:
        most = _value_of(limit.nutrient, limit.above_rule, facts)
    return most is not None and declared_amount(facts.profile, limit.nutrient) > most


def _agreed_below(rule: str, facts: Facts) -> bool:
    agreed, least = facts.profile.diet.vitamin_k_agreed, _value_of("vitamin_k", rule, facts)
    return agreed is not None and least is not None and agreed < least


def _value_of(nutrient: str, rule_id: str, facts: Facts) -> float | None:
    """The figure of a rule for this person; None for children, who have none and are refused by their age."""
    rule = next(rule for rule in guideline(nutrient).rules if rule.id == rule_id)
    profile = facts.profile
    person = (profile.sex, profile.age_on(facts.on), profile.diet.phytoestrogens)
    return next((value.value for value in rule.values if value.covers(*person)), None)
