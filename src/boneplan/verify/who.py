"""For whom a rule of guidelines/ is, judged from the profile inside the plan without the planner's matcher."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from boneplan.errors import Fault
from boneplan.verify.person import Person, in_unit
from boneplan.verify.yaml_file import read_yaml

UNITS: dict[str, str] = {
    "energy": "kcal",
    **dict.fromkeys(("protein", "fibre", "fat", "saturated_fat", "added_sugar", "carbohydrate", "alcohol"), "g"),
    **dict.fromkeys(("calcium", "magnesium", "potassium", "phosphorus", "sodium", "caffeine", "isoflavones"), "mg"),
    "absorbed_calcium": "mg",
    **dict.fromkeys(("vitamin_d", "vitamin_k", "retinol"), "ug"),
}
"""Unit of every nutrient key of plan.json."""
SUPPLEMENT_UNITS = {**UNITS, "vitamin_a": "ug", "vitamin_b12": "ug", "iron": "mg", "zinc": "mg"}
TRIGGERS = frozenset({
    "age_below", "age_from", "bmi_below", "bmi_from", "sex", "conditions", "medicines", "without_medicines", "drugs",
    "patterns", "policies", "allergies", "intolerances", "no_t_score", "t_score_below", "t_score_at_most",
    "fragility_fracture", "fracture_sites", "risk_factors", "risk_factors_from", "tiers", "without_supplement",
    "supplement", "agreed_vitamin_k", "agreed_vitamin_k_below_rule",
})  # fmt: skip
When = Mapping[str, Any]


@dataclass(frozen=True)
class WhoRules:
    """Kinds of medicines with their names, the triggers of each risk factor, and of each tier, the gravest first.

    `figures` gives the person's own value of a rule of the guidelines, by nutrient and rule.
    """

    medicines: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    risk_factors: tuple[When, ...] = ()
    tiers: tuple[tuple[str, tuple[When, ...]], ...] = ()
    figures: Mapping[tuple[str, str], float] = field(default_factory=lambda: MappingProxyType({}))


def read_who_rules(folder: Path, figures: Mapping[tuple[str, str], float]) -> WhoRules:
    """medicines.yaml and tiers.yaml of `folder`. Raises `Fault` where they are not as boneplan ships them."""
    try:
        tiers = read_yaml(folder / "tiers.yaml")
        rules = WhoRules(
            {kind: tuple(row["names"]) for kind, row in read_yaml(folder / "medicines.yaml")["classes"].items()},
            tuple(row["who"] for row in tiers["risk_factors"]),
            tuple((row["tier"], tuple(r["who"] for r in row.get("reasons", ()))) for row in tiers["tiers"]),
            figures,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise Fault(f"the safety rules in {folder} are not readable ({error!r}): install boneplan again") from None
    for when in (*rules.risk_factors, *(when for _, reasons in rules.tiers for when in reasons)):
        check_triggers(when, "tiers.yaml")
    return rules


def check_triggers(when: When, where: str) -> None:
    """Raises `Fault` for a trigger that is not understood: it must not be taken for one that does not hold."""
    if unknown := when.keys() - TRIGGERS:
        raise Fault(f"{where} asks for {min(unknown)}, which verify does not know: install boneplan again")


def is_for(when: When, person: Person, on: dt.date, rules: WhoRules) -> bool:
    """Whether every trigger of `when` holds for `person` on the day `on`."""
    bmi = 10_000 * person.weight_kg / person.height_cm**2
    worst = person.worst_t_score
    holds: dict[str, Callable[[Any], bool]] = {
        "age_below": lambda years: person.age_on(on) < years,
        "age_from": lambda years: person.age_on(on) >= years,
        "bmi_below": lambda limit: bmi < limit,
        "bmi_from": lambda limit: bmi >= limit,
        "sex": lambda sex: person.sex == sex,
        "conditions": lambda known: bool(person.conditions & set(known)),
        "medicines": lambda kinds: any(takes(person, kind, rules) for kind in kinds),
        "without_medicines": lambda kinds: not any(takes(person, kind, rules) for kind in kinds),
        "drugs": lambda known: person.drug in known,
        "patterns": lambda known: person.pattern in known,
        "policies": lambda known: person.phytoestrogens in known,
        "allergies": lambda known: bool(set(person.allergies) & set(known)),
        "intolerances": lambda known: bool(set(person.intolerances) & set(known)),
        "no_t_score": lambda asked: worst is None or not asked,
        "t_score_below": lambda limit: worst is not None and worst < limit,
        "t_score_at_most": lambda limit: worst is not None and worst <= limit,
        "fragility_fracture": lambda asked: any(weak for _, weak in person.fractures) or not asked,
        "fracture_sites": lambda known: any(site in known for site, _ in person.fractures),
        "risk_factors": lambda known: bool(person.risk_factors & set(known)),
        "risk_factors_from": lambda count: _count(rules.risk_factors, person, on, rules) >= count,
        "tiers": lambda known: tier_of(person, on, rules) in known,
        "without_supplement": lambda name: not any(n == name and amount for n, amount, _ in person.supplements),
        "supplement": lambda limit: declared(person, limit["nutrient"]) > _limit(limit, rules),
        "agreed_vitamin_k": lambda asked: (person.vitamin_k_agreed is not None) == asked,
        "agreed_vitamin_k_below_rule": lambda rule: (
            person.vitamin_k_agreed is not None
            and person.vitamin_k_agreed < rules.figures.get(("vitamin_k", rule), float("-inf"))
        ),
    }
    return all(holds[trigger](value) for trigger, value in when.items())


def takes(person: Person, kind: str, rules: WhoRules) -> bool:
    """Whether one of the person's medicines is of the kind, by its name."""
    return any(is_kind(medicine, kind, rules) for medicine in person.medications)


def is_kind(medicine: str, kind: str, rules: WhoRules) -> bool:
    """Whether a medicine's name as written holds a name of the kind as a word of its own: "Warfarin 5 mg"."""
    text = medicine.casefold()
    names = (name for word in rules.medicines[kind] if (name := word.casefold()) in text)
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?!\w)", text) for name in names)


def tier_of(person: Person, on: dt.date, rules: WhoRules) -> str:
    """The gravest tier of which one reason holds; the last one takes everybody else."""
    for tier, reasons in rules.tiers:
        if _count(reasons, person, on, rules):
            return tier
    return rules.tiers[-1][0]


def declared(person: Person, nutrient: str) -> float:
    """The daily amount that the profile itself declares, in the unit of the nutrient's targets."""
    total = 0.0
    for name, amount, unit in person.supplements:
        if name == nutrient:
            # A unit that makes no sense is a breach of `check_supplements`.
            with contextlib.suppress(ValueError):
                total += in_unit(amount, unit, nutrient, SUPPLEMENT_UNITS[nutrient])
    return total


def _count(whens: Iterable[When], person: Person, on: dt.date, rules: WhoRules) -> int:
    return sum(is_for(when, person, on, rules) for when in whens)


def _limit(limit: Mapping[str, Any], rules: WhoRules) -> float:
    if "above" in limit:
        return float(limit["above"])
    # Children have no value of their own here; they are refused by their age.
    return rules.figures.get((limit["nutrient"], limit["above_rule"]), float("inf"))
