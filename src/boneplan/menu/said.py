"""Rules in the words in which a conflict tells of them: what each asks for, and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from boneplan.foods.eligible import BUDGET
from boneplan.foods.medical import food_rules
from boneplan.guidelines import guideline
from boneplan.menu.bounds import Bound, declared_amounts
from boneplan.menu.case import MenuCase
from boneplan.plan import Clashing, SupplementTaken
from boneplan.rules.schema import Asked
from boneplan.timing.rules import timing_rules
from boneplan.timing.words import UNITS, nutrient_name

OWN = "rules/"
SUPPLEMENTS = "supplements/"
MOST_USES, DISTINCT = "variety/max_uses", "variety/min_distinct"
AVOID, UNKNOWN = "diet/phytoestrogens/avoid", "diet/phytoestrogens/unknown"
AGREED = "nutrition/vitamin_k/agreed_"
CLINIC = "Nothing in boneplan moves the vitamin K that was agreed: ask the anticoagulation clinic before it changes."
PERIODS = {"week_mean": "as the week's mean", "day": "each day", "meal": "each meal"}
MEALS_FILE = "boneplan, foods/meals.yaml"
FIELDS = {
    "diet/allergy/": "diet.allergies",
    "diet/pattern/": "diet.pattern",
    "diet/intolerance/": "diet.intolerances",
    "diet/dislike/": "diet.dislikes",
    AVOID: "diet.phytoestrogens",
    BUDGET: "diet.budget_per_day",
    SUPPLEMENTS: "supplements",
}
"""How the rules of a profile begin -> its field."""


def unit_in_words(bound: Bound) -> str:
    """The unit as people read it: "µg" for "ug"."""
    return bound.unit.replace("ug", "µg")


def in_words(bound: Bound) -> str:
    """Such as "vitamin K at most 195 µg each day": the target's own figures, supplements counted."""
    sides = (("at least", bound.aim if bound.low is not None else None), ("at most", bound.most or bound.high))
    parts = [f"{word} {figure:,g}" for word, figure in sides if figure is not None and (figure or word == "at most")]
    limits = " and ".join(parts) or "at least 0"
    return f"{nutrient_name(bound.nutrient)} {limits} {unit_in_words(bound)} {period_in_words(bound)}"


def period_in_words(bound: Bound) -> str:
    """Such as "each day", or "at breakfast"."""
    return f"at {' and '.join(bound.meals)}" if bound.meals else PERIODS[bound.period]


def clinic(rules: Iterable[str]) -> str:
    """Whom to ask where the agreed vitamin K is among the rules, as a sentence; else empty."""
    return CLINIC if any(rule.startswith(AGREED) for rule in rules) else ""


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def member(case: MenuCase, week: int, rule: str) -> Clashing:
    """What the rule asks of week number `week`, and its source."""
    return Clashing(rule=rule, text=_text(case, week, rule), source=_source(case, rule))


def _text(case: MenuCase, week: int, rule: str) -> str:
    if rule.startswith(SUPPLEMENTS):
        return declared_in_words(case.supplements, rule.removeprefix(SUPPLEMENTS))
    said = {exclusion.rule: exclusion.text for exclusion in reversed(case.excluded)}
    said |= {bound.rule: in_words(bound) for bound in reversed(case.bounds())}
    said |= {count.rule: count.text for count in case.counts_in(week)}
    said |= {count.rule: count.text for count in case.kind_counts}
    if case.profile.diet.budget_per_day is not None:
        said[BUDGET] = f"food for at most {case.profile.diet.budget_per_day:g} USD a day, all of known price"
    variety = case.book.variety
    said[MOST_USES] = (
        f"no food more than {variety.max_uses} times a week, what a meal is made of {variety.max_main_uses} times, "
        f"bread and drinks {variety.max_staple_uses} times"
    )
    said[DISTINCT] = f"at least {variety.min_distinct} different foods a week"
    for limit in case.book.limits:
        servings = "1 serving" if limit.max == 1 else f"{limit.max} servings"
        said[f"limits/{limit.id}"] = f"at most {servings} of {limit.id.replace('_', ' ')} a week"
    return said.get(rule, rule)


def declared_in_words(supplements: Iterable[SupplementTaken], nutrient: str) -> str:
    """Such as "calcium of 1,900 mg a day from supplements"."""
    taken = [supplement for supplement in supplements if supplement.nutrient == nutrient]
    unit = taken[0].unit if taken else ""
    amount = declared_amounts(taken).get(nutrient, 0.0)
    return f"{nutrient_name(nutrient)} of {amount:,g} {UNITS.get(unit, unit)} a day from supplements"


def _source(case: MenuCase, rule: str) -> str:
    if rule.startswith(OWN):
        return "rules file" + _by(case, rule)
    if (rule == AVOID and case.rules.phytoestrogens) or (rule == BUDGET and case.rules.budget_per_day is not None):
        return "rules file: " + ("phytoestrogens" if rule == AVOID else "budget_per_day")
    for start, field in FIELDS.items():
        if rule.startswith(start):
            return f"profile: {field}"
    if rule.startswith(("limits/", "variety/")):
        return MEALS_FILE
    sources = {target.rule: target.source for target in case.targets}
    sources |= {food_rule.rule: str(food_rule.reference) for food_rule in food_rules()}
    sources |= {timed.rule: str(timed.reference) for timed in timing_rules().calcium_rich_foods}
    policy = next(made for made in guideline("isoflavones").rules if made.id == "policy")
    sources[UNKNOWN] = str(policy.reference)
    return sources.get(rule, "boneplan")


def _by(case: MenuCase, rule: str) -> str:
    """Who asks for a rule of the file and why, as far as it says so."""
    found = re.fullmatch(r"rules/(\w+)\[(\d+)\]", rule)
    listed = getattr(case.rules, found[1], []) if found else []
    asked = listed[int(found[2])] if found and int(found[2]) < len(listed) else None
    if not isinstance(asked, Asked) or not (asked.by or asked.because):
        return ""
    return ", " + ": ".join(filter(None, (asked.by, asked.because)))
