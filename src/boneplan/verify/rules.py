"""What a rules file asked for, on the plan as it stands: its targets among the plan's, its servings, its bans."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from boneplan.data import data_folder
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.tables import FLAGS, Food
from boneplan.verify.who import UNITS
from boneplan.verify.words import words_of
from boneplan.verify.yaml_file import read_yaml

MICROGRAMS = {"ug": 1.0, "mg": 1e3, "g": 1e6}
TOLERANCE_SHARE = 1e-4
SIDES = ("min", "max")


def check_rules(case: Case) -> Iterator[Breach]:
    """Every rule of the plan's `rules`, where there is a menu."""
    if not case.plan.menu.days:
        return
    rules = case.plan.rules
    for part in rules.keys() - PARTS.keys():
        yield Breach("rules", "rules", f"{part[:40]!r} is nothing that a rules file asks for")
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


def _target(case: Case, name: str, rule: Mapping[str, Any]) -> Iterator[Breach]:
    """The rule stands among the plan's targets, whose bounds are checked as all others are."""
    for side in SIDES:
        if rule.get(side) is None:
            continue
        asked = _in_unit(float(rule[side]), str(rule["unit"]).replace("µ", "u"), rule["nutrient"])
        firm = rule.get("hard", True)
        held = [
            value
            for target in case.plan.targets
            if (target.nutrient, target.period) == (rule["nutrient"], rule.get("period", "week_mean"))
            and (target.hard or not firm)
            and (value := getattr(target, side)) is not None
        ]
        slack = TOLERANCE_SHARE * abs(asked)
        if not any(value >= asked - slack if side == "min" else value <= asked + slack for value in held):
            text = f"the rules ask for a {side}imum of {asked:g}, the plan has no such target"
            yield Breach(name, f"target {rule['nutrient']}", text)


def _in_unit(amount: float, unit: str, nutrient: str) -> float:
    """An amount in the unit of the nutrient's targets."""
    to = UNITS[nutrient]
    if unit != to and unit not in MICROGRAMS:
        made = read_yaml(data_folder("guidelines") / "nutrition" / f"{nutrient}.yaml")
        return amount / float(made["conversion"]["per_unit"])
    return amount if unit == to else amount * MICROGRAMS[unit] / MICROGRAMS[to]


def _servings(case: Case, name: str, rule: Mapping[str, Any]) -> Iterator[Breach]:
    """Each week holds as many servings as are required."""
    for first, days in case.weeks():
        dates = {day.date for day in days}
        week = [served for served in case.served if served.day.date in dates]
        count = sum(_matches(served.food, rule["food"], case.tables.kinds) for served in week)
        if count < rule["per_week"]:
            text = f"{count} servings of {rule['food']!r}, the rules require {rule['per_week']}"
            yield Breach(name, f"week of {first}", text)


def _ban(case: Case, name: str, rule: str | Mapping[str, Any]) -> Iterator[Breach]:
    """Nothing on the menu goes by the words."""
    words = rule if isinstance(rule, str) else rule["food"]
    for served in case.served:
        if _matches(served.food, words, case.tables.kinds):
            yield Breach(name, served.where, f"the rules ban {words!r}")


PARTS: Mapping[str, Callable[[Case, str, Any], Iterator[Breach]]] = {
    "targets": _target,
    "require": _servings,
    "ban": _ban,
}
"""The parts of a rules file, and what judges one rule of each."""


def _matches(food: Food, words: str, kinds: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether the food goes by these words: by its name, its kind, or what it surely holds."""
    wanted = words_of(words)
    kind = next((kind for word, kind in kinds.items() if words_of(word) == wanted), {})
    if food.category in kind.get("categories", ()) or any(food.flag(f) == "yes" for f in kind.get("flags", ())):
        return True
    if any(_matches(food, other, {}) for other in kind.get("words", ())):
        return True
    named = bool(wanted) and wanted <= words_of(f"{food.name} {food.description}")
    # Almond milk is no milk.
    flag = next((flag for flag in FLAGS if words_of(flag.replace("_", " ")) == wanted), None)
    return named and (flag is None or food.flag(flag) == "yes")
