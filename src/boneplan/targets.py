"""From a person and the guidelines to resolved bounds, each with the rule that set it.

Minima and the upper limits of calcium and vitamin D count food and declared supplements together. A target
holds the guideline's own figure; whoever plans or verifies takes the declared supplements off.
"""

from __future__ import annotations

import datetime as dt
import math

from boneplan.applies import Facts, applies
from boneplan.energy import energy_need, reference_weight_kg
from boneplan.errors import Fault
from boneplan.guidelines import Guideline, Rule, guideline, rules
from boneplan.plan import Target
from boneplan.profile import Profile


def resolve_targets(profile: Profile, on: dt.date) -> list[Target]:
    """Every bound on the menus of this person, as on that day, in the order of `guidelines.rules()`.

    Each target has one side, `min` or `max`, in the nutrient's own unit, and beside the contract's fields
    `basis` and `title` of its rule. Figures that are computed are rounded to a tenth, to the strict side.
    Children have none: guidelines/ begins with adults.
    """
    adult_from = min(value.ages[0] for _, rule in rules() for value in rule.values)
    if profile.age_on(on) < adult_from:
        return []
    facts = Facts(profile, on)
    return [_target(made, rule, profile, on) for made, rule in rules() if is_asked(rule, facts)]


def is_asked(rule: Rule, facts: Facts) -> bool:
    """Whether the rule is for this person."""
    wanted = rule.only is None or applies(rule.only, facts)
    return wanted and not (rule.unless and applies(rule.unless, facts))


def _target(made: Guideline, rule: Rule, profile: Profile, on: dt.date) -> Target:
    value = rule.value_for(profile.sex, profile.age_on(on), profile.diet.phytoestrogens)
    amount = value.value if rule.unit == made.unit else _computed(value.value, made, rule, profile, on)
    return Target.model_validate(
        {
            "nutrient": made.nutrient,
            "unit": made.unit,
            "period": rule.period,
            rule.bound: amount,
            "hard": rule.hard,
            "rule": made.rule_id(rule),
            "source": str(rule.reference),
            "basis": value.basis or rule.basis,
            "title": rule.title,
            "counted_above": rule.counted_above,
        }
    )


def _computed(value: float, made: Guideline, rule: Rule, profile: Profile, on: dt.date) -> float:
    """A value per kilogram, in percent or away from an agreed intake as an amount a day."""
    if rule.unit == "g/kg":
        amount = value * reference_weight_kg(profile)
    elif rule.unit == "% of need":
        amount = value / 100 * energy_need(profile, on)
    elif rule.unit == "% of energy" and made.energy_per_gram:
        amount = value / 100 * _least_energy(profile, on) / made.energy_per_gram.value
    elif rule.unit == "% of rda":
        rda = _rule(made, "rda").value_for(profile.sex, profile.age_on(on), profile.diet.phytoestrogens)
        amount = value / 100 * rda.value
    elif rule.unit.endswith("from agreed") and profile.diet.vitamin_k_agreed is not None:
        agreed = profile.diet.vitamin_k_agreed
        away = value if rule.unit == "ug from agreed" else value / 100 * agreed
        amount = max(0.0, agreed - away) if rule.bound == "min" else agreed + away
    else:
        raise Fault(f"guidelines/nutrition/{made.nutrient}.yaml: {rule.id} cannot be in {rule.unit}")
    return _strict_tenth(amount, rule.bound)


def _strict_tenth(amount: float, bound: str) -> float:
    tenths = round(amount * 10, 6)
    return (math.ceil(tenths) if bound == "min" else math.floor(tenths)) / 10


def _least_energy(profile: Profile, on: dt.date) -> float:
    """The lower end of the week's energy band in kcal: a share of it in grams holds whatever is eaten."""
    energy = guideline("energy")
    share = _rule(energy, "week_low").value_for(profile.sex, profile.age_on(on), profile.diet.phytoestrogens)
    return share.value / 100 * energy_need(profile, on)


def _rule(made: Guideline, name: str) -> Rule:
    found = next((rule for rule in made.rules if rule.id == name), None)
    if found is None:
        raise Fault(f"guidelines/nutrition/{made.nutrient}.yaml has no rule {name}: install boneplan again")
    return found
