"""A menu that is impossible because a declared supplement fills an upper limit: said in plain words."""

from __future__ import annotations

from collections.abc import Collection

from boneplan.menu.bounds import LIMIT_COUNTS_SUPPLEMENTS, declared_amounts
from boneplan.menu.case import MenuCase
from boneplan.menu.said import OWN, SUPPLEMENTS
from boneplan.timing.words import UNITS, nutrient_name


def filled(case: MenuCase, rules: Collection[str]) -> list[str]:
    """The declared supplements that count towards an upper limit among `rules`, as ids of rules."""
    declared = declared_amounts(case.supplements)
    limited = [t.nutrient for t in case.targets if t.rule in rules and t.max is not None and t.period != "meal"]
    return [
        f"{SUPPLEMENTS}{nutrient}"
        for nutrient in dict.fromkeys(limited)
        if nutrient in LIMIT_COUNTS_SUPPLEMENTS and declared.get(nutrient)
    ]


def excess_text(case: MenuCase, rule: str, rules: Collection[str]) -> str:
    """What to say of the supplement `rule` and of the upper limit among `rules` that it fills."""
    nutrient = rule.removeprefix(SUPPLEMENTS)
    taken = declared_amounts(case.supplements)[nutrient]
    limits = [t for t in case.targets if t.nutrient == nutrient and t.rule in rules and t.max is not None]
    target = min(limits, key=lambda t: t.max or 0.0)
    most, unit, name = target.max or 0.0, UNITS.get(target.unit, target.unit), nutrient_name(nutrient)
    left = f"leaves food {most - taken:,.0f} {unit} of it" if taken < most else "is as much or more by itself"
    source = f"{target.rule}, {target.source}" if target.rule.startswith(OWN) else target.source
    return (
        f"The declared {name} of {taken:,.0f} {unit} a day {left}: the upper limit for food and supplements "
        f"together is {most:,.0f} {unit} a day ({source}). No menu can be made under it. Ask the doctor or "
        "pharmacist who knows of the supplement how much of it you should take."
    )
