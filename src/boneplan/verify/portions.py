"""The portions: known foods by their own names, grams that the measure means, amounts that people eat."""

from __future__ import annotations

from collections.abc import Iterator

from boneplan.verify.breach import Breach
from boneplan.verify.case import Case, Served
from boneplan.verify.measure import grams_meant

GRAMS_TOLERANCE = 0.6
GRAMS_TOLERANCE_SHARE = 0.01
USUAL_TOLERANCE_SHARE = 0.02


def check_portions(case: Case) -> Iterator[Breach]:
    """Every item of every meal against foods.csv, portions.csv and options.csv."""
    known = case.tables.foods.foods
    for day in case.plan.menu.days:
        for meal in day.meals:
            for item in meal.items:
                if item.food not in known:
                    where = f"{day.date} {meal.meal}, {item.name}"
                    yield Breach("verify/food", where, f"{item.food!r} is not in the food table")
    for served in case.served:
        yield from _identity(served)
        yield from _measure(case, served)
        yield from _usual(case, served)


def _identity(served: Served) -> Iterator[Breach]:
    item, food = served.item, served.food
    if item.fndds_code != food.fndds_code:
        text = f"{food.id} is FNDDS {food.fndds_code}, not {item.fndds_code}"
        yield Breach("verify/fndds-code", served.where, text)
    if item.name != food.name:
        yield Breach("verify/name", served.where, f"{food.id} is {food.name!r}")


def _measure(case: Case, served: Served) -> Iterator[Breach]:
    item = served.item
    meant = grams_meant(item.measure, case.tables.foods.portions.get(served.food.id, ()))
    if not meant:
        text = f"{item.measure!r} is no measure of this food"
        yield Breach("verify/measure", served.where, text)
    elif not any(_close(item.grams, grams) for grams in meant):
        text = f"{item.measure} is {_listed(meant)} g, not {item.grams:g} g"
        yield Breach("verify/grams", served.where, text)


def _usual(case: Case, served: Served) -> Iterator[Breach]:
    usual = case.tables.foods.usual.get((served.food.id, served.meal.meal, case.person.group))
    if usual is None:
        text = f"{case.person.group} are not known to eat it at {served.meal.meal}"
        yield Breach("verify/portion", served.where, text)
        return
    low, high = usual
    grams = served.item.grams
    if not low * (1 - USUAL_TOLERANCE_SHARE) <= grams <= high * (1 + USUAL_TOLERANCE_SHARE):
        text = f"{grams:g} g is outside what people eat at {served.meal.meal}, {low:g} to {high:g} g"
        yield Breach("verify/portion", served.where, text)


def _close(said: float, meant: float) -> bool:
    return abs(said - meant) <= max(GRAMS_TOLERANCE, GRAMS_TOLERANCE_SHARE * meant)


def _listed(weights: list[float]) -> str:
    return " or ".join(f"{grams:g}" for grams in sorted(set(weights)))
