"""What the menu tells of itself: the groups of foods that bring its nutrients, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator

from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.tables import Food
from boneplan.verify.totals import TOLERANCE, TOLERANCE_SHARE, add_up

GROUPED = ("energy", "protein", "calcium", "vitamin_d", "vitamin_k")


def check_groups(case: Case) -> Iterator[Breach]:
    """Each week's groups against the table, where the plan gives any; plans of earlier versions give none."""
    told = {(part.start, part.group): part.amounts for part in case.plan.menu.groups}
    if not told:
        return
    if len(told) < len(case.plan.menu.groups):
        yield Breach("verify/groups", "menu.groups", "a group of a week stands there twice")
    for start, days in case.weeks():
        dates = {day.date for day in days}
        portions = [portion for portion in case.served if portion.day.date in dates]
        for group in {_group(case, portion.food) for portion in portions}:
            mine = [portion for portion in portions if _group(case, portion.food) == group]
            said = told.pop((start, group), None)
            where = f"week of {start}, {group}"
            if said is None:
                yield Breach("verify/groups", where, "is served and not told of")
                continue
            if unsaid := [nutrient for nutrient in GROUPED if nutrient not in said]:
                yield Breach("verify/groups", where, f"is told without {', '.join(unsaid)}")
            for nutrient, amount in add_up(mine, said).items():
                true = amount / len(days)
                if abs(said[nutrient] - true) > max(TOLERANCE, TOLERANCE_SHARE * abs(true)):
                    text = f"{nutrient} says {said[nutrient]:g} a day, the table gives {true:.4g}"
                    yield Breach("verify/groups", where, text)
    for start, group in told:
        yield Breach("verify/groups", f"week of {start}, {group}", "is told of and not served")


def check_left_out(case: Case) -> Iterator[Breach]:
    """What is said to be left out of a meal is not on it, and no rule on diet goes unsaid where anything is said."""
    left_out = case.plan.menu.left_out
    if not left_out:
        return
    served = {(portion.meal.meal, portion.item.name) for portion in case.served}
    for part in left_out:
        for meal, name in sorted(served):
            if name in part.examples and (not part.meals or meal in part.meals):
                yield Breach("verify/left-out", part.rule, f"{name} is left out ({part.text}) and served at {meal}")
    rules = {part.rule for part in left_out}
    wanted = [f"diet/allergy/{allergen}" for allergen in case.person.allergies]
    wanted += [f"diet/intolerance/{intolerance}" for intolerance in case.person.intolerances]
    if case.person.pattern != "omnivore":
        wanted.append(f"diet/pattern/{case.person.pattern}")
    if case.person.phytoestrogens == "avoid":
        wanted.append("diet/phytoestrogens/avoid")
    for rule in wanted:
        if rule not in rules:
            yield Breach(
                "verify/left-out", rule, "is a rule of this person, and the plan does not say what it leaves out"
            )


def _group(case: Case, food: Food) -> str:
    groups = case.tables.groups.items()
    return next((name for name, ranges in groups if any(low <= food.category <= high for low, high in ranges)), "")
