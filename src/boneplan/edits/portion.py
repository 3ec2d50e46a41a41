"""A portion that somebody asks for, "1 cup" or "150 g", as a serving in the food's own household measures."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from boneplan.errors import InputError
from boneplan.foods.eligible import words_of
from boneplan.foods.measures import GLYPHS, Measure
from boneplan.foods.table import FoodTable
from boneplan.menu.laid import serving_of
from boneplan.menu.options import Serving, measures_by_food
from boneplan.menu.problem import Problem
from boneplan.menu.served import Column
from boneplan.plan import MealName

MOST = 10_000  # grams, or of any measure: what nobody means
MEND = 'write it as "1 cup", "2 slices" or "150 g"'
_AMOUNT = re.compile(r"\s*(?:(\d+(?:[.,]\d+)?)(?![\d\s]*/))?\s*(\d+\s*/\s*\d+|[¼½¾⅓⅔])?\s*([^\d/]*)", re.ASCII)
GRAMS = ("", "g", "gram", "grams")


@dataclass(frozen=True)
class Portion:
    """What is asked for: for each food that has it, the nearest serving in one of its measures."""

    text: str
    servings: Mapping[str, tuple[Measure, int]]


def read_portion(text: str, foods: Collection[str], table: FoodTable) -> Portion:
    """The portion in the measures of each of `foods`; grams are brought to the nearest serving.

    Raises InputError where the text is no portion, or none of the foods is measured so.
    """
    (count, unit), measures = _read(text), measures_by_food(table)
    found = {}
    for food in foods:
        if serving := _in_measures(count, unit, measures.get(food, [])):
            found[food] = serving
    if not found:
        known = sorted({measure.singular for food in foods for measure in measures.get(food, [])})[:6]
        raise InputError(f"--portion: {text[:40]!r} is no portion of it: give grams, or one of {', '.join(known)}")
    return Portion(text, found)


def usual(table: FoodTable, portion: Portion, meal: MealName, sex: str) -> Portion:
    """The portion for those foods alone of which people of that sex eat as much at that meal.

    Raises InputError, with what they eat, where there is none.
    """
    group = "women" if sex == "female" else "men"
    rows = table.options[(table.options["group"] == group) & (table.options["meal"] == meal)]
    eaten = {food: (low, high) for food, low, high in rows[["food_id", "g_p10", "g_p90"]].itertuples(index=False)}
    kept, ranges = {}, []
    for food, (measure, steps) in portion.servings.items():
        if food in eaten:
            low, high = eaten[food]
            ranges.append((low, high))
            if low <= measure.grams_of(steps) <= high:
                kept[food] = (measure, steps)
    if not kept and ranges:
        low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
        said = f"people eat {low:g} to {high:g} g of it at {meal}"
        raise InputError(f"--portion: {portion.text!r} is not what people eat: {said}: choose a portion of that size")
    return Portion(portion.text, kept or portion.servings)


def in_portion(problem: Problem, columns: Sequence[Column], foods: frozenset[str], portion: Portion) -> list[Column]:
    """The columns, with those of `foods` in that portion alone."""
    kept = [column for column in columns if column.option.food not in foods]
    options = {column.option: None for column in columns if column.option.food in foods}
    for option in options:
        if option.food in portion.servings:
            measure, steps = portion.servings[option.food]
            serving = _known(option.servings, measure, steps) or serving_of(option, measure, steps)
            role = problem.book.roles[option.role]
            if role.least_grams <= serving.grams <= role.most_grams:
                amounts = problem.amounts[option.food]
                kept.append(Column(option, serving, {n: amounts[n] * serving.grams for n in amounts}))
    return kept


def _known(servings: Sequence[Serving], measure: Measure, steps: int) -> Serving | None:
    return next((s for s in servings if (s.measure, s.steps) == (measure, steps)), None)


def _read(text: str) -> tuple[Fraction, str]:
    match = _AMOUNT.fullmatch(text)
    whole, part, unit = match.groups() if match else (None, None, "")
    try:
        count = Fraction((whole or "0").replace(",", "."))
        if part:
            glyphs = {glyph: fraction for fraction, glyph in GLYPHS.items()}
            count += glyphs[part] if part in glyphs else Fraction(part.replace(" ", ""))
    except ZeroDivisionError:
        count = Fraction(0)
    if not 0 < count <= MOST:
        raise InputError(f"--portion: {text[:40]!r} is no portion: {MEND}")
    return count, unit.strip().casefold()


def _in_measures(count: Fraction, unit: str, measures: Sequence[Measure]) -> tuple[Measure, int] | None:
    if unit in GRAMS:
        made = [(m, max(1, round(float(count) / (m.grams * m.step)))) for m in measures]
        return min(made, key=lambda serving: abs(serving[0].grams_of(serving[1]) - count), default=None)
    for measure in measures:
        steps = float(count) / measure.step
        named = words_of(unit) in (words_of(measure.singular), words_of(measure.plural))
        if named and round(steps) >= 1 and abs(steps - round(steps)) < 0.05:
            return measure, round(steps)
    return None
