"""A plan's menus as a shopping list in Markdown: one line a food, by aisle, a section a week."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from boneplan.export.aisles import Shop, shop_for
from boneplan.export.words import amount, long_date, person, plain
from boneplan.foods.measures import GLYPHS, count_text
from boneplan.plan import Day, Item, Plan

_COUNTED = re.compile(rf"(?=\S)(\d+)?(?:\s*([{''.join(GLYPHS.values())}]))?\s+(\D.*)")
_PARTS = {glyph: part for part, glyph in GLYPHS.items()}
# What Markdown would take for markup inside a line: marks, entities, and addresses that become links.
_MARKS = re.compile(r"[\\`*_\[\]<>~@]|&(?=#?\w+;)|(?<=:)//|(?<=www)\.", re.IGNORECASE)

KILOGRAM = 1000  # grams


@dataclass(frozen=True)
class Line:
    """One food to buy: `grams` in all for `meals` meals; `measure` says it in household terms, or nothing."""

    name: str
    grams: float
    measure: str
    meals: int


def to_shopping(plan: Plan, shop: Shop | None = None) -> str:
    """The shopping list of `plan` in Markdown, tap water left out; of the person's own dishes what goes into them.

    `shop` is the shipped one, with the plan's own foods, unless given.
    """
    shop = shop or shop_for(plan)
    name = person(plan)
    blocks = [f"# Shopping list{' for ' + escape(name) if name else ''}"]
    weeks = _weeks(plan)
    for number, days in weeks.items():
        first, last = days[0].date, days[-1].date
        title = f"{long_date(first)} to {long_date(last)}"
        blocks.append(f"## Week {number}: {title}" if len(weeks) > 1 else f"For {title}.")
        heading = "###" if len(weeks) > 1 else "##"
        for aisle, lines in week_list(days, shop).items():
            blocks.append(f"{heading} {aisle}")
            blocks.append("\n".join(_row(line) for line in lines))
    if weeks:
        blocks.append("Amounts are as eaten, without bones, peel and cooking losses: buy a little more.")
    else:
        blocks.append("This plan has no menu, so there is nothing to buy.")
    return "\n\n".join(blocks) + "\n"


def week_list(days: Iterable[Day], shop: Shop) -> dict[str, list[Line]]:
    """What the meals of `days` need, merged by food: aisle -> lines by name, aisles in the shop's order."""
    portions: dict[str, list[Item]] = defaultdict(list)
    eaten_at: dict[str, set[tuple[dt.date, str, str]]] = defaultdict(set)
    for day in days:
        for meal in day.meals:
            for item in chain.from_iterable(_bought(served, shop) for served in meal.items):
                portions[item.food].append(item)
                eaten_at[item.food].add((day.date, meal.meal, meal.time))
    found: dict[str, list[Line]] = {aisle: [] for aisle in shop.aisles}
    for food, items in portions.items():
        aisle = shop.aisle_of.get(food, shop.other)
        if aisle is not None:
            grams = sum(item.grams for item in items)
            line = Line(plain(items[0].name), grams, household(items, shop), len(eaten_at[food]))
            found[aisle].append(line)
    for lines in found.values():
        lines.sort(key=lambda line: line.name.casefold())
    return {aisle: lines for aisle, lines in found.items() if lines}


def _bought(item: Item, shop: Shop) -> list[Item]:
    """The item itself, or where it is a dish all that goes into it."""
    return (
        [
            Item.model_construct(food=food, fndds_code=0, name=name, grams=share * item.grams, measure="")
            for food, (name, share) in shop.dishes[item.food].items()
        ]
        if item.food in shop.dishes
        else [item]
    )


def household(items: list[Item], shop: Shop) -> str:
    """The portions of one food in one measure, such as "3 ½ cups"; empty where the words have no count.

    Portions in different measures are counted in the one that holds most grams, as "about" so many.
    """
    counted = [(item, *split) for item in items if (split := _split(item, shop))]
    grams_in: dict[str, float] = defaultdict(float)
    for item, _, unit in counted:
        grams_in[unit] += item.grams
    if not grams_in:
        return ""
    unit = max(grams_in, key=lambda name: grams_in[name])
    count = sum((count for _, count, name in counted if name == unit), Fraction())
    total = sum(item.grams for item in items)
    exact = len(counted) == len(items) and len(grams_in) == 1 and (count % 1 in GLYPHS or count % 1 == 0)
    if not exact:
        count = max(Fraction(round(float(count) * total / grams_in[unit] * 4), 4), Fraction(1, 4))
    words = shop.plurals.get(items[0].food, {}).get(unit, unit) if count > 1 else unit
    return f"{'' if exact else 'about '}{count_text(count)} {words}"


def escape(text: str) -> str:
    """`text` as Markdown shows it literally, within a line."""
    return _MARKS.sub(lambda mark: "\\" + mark.group(), text)


def _split(item: Item, shop: Shop) -> tuple[Fraction, str] | None:
    """The count of a portion's measure and its unit in the singular, where the words have both."""
    match = _COUNTED.fullmatch(plain(item.measure))
    if match is None or not (match[1] or match[2]):
        return None
    count = Fraction(int(match[1] or 0)) + _PARTS.get(match[2] or "", Fraction())
    plurals = shop.plurals.get(item.food, {})
    singular = next((one for one, many in plurals.items() if many == match[3]), match[3])
    return (count, singular) if count else None


def _weeks(plan: Plan) -> dict[int, list[Day]]:
    weeks: dict[int, list[Day]] = defaultdict(list)
    for day in sorted(plan.menu.days, key=lambda day: day.date):
        weeks[(day.date - plan.start) // dt.timedelta(weeks=1) + 1].append(day)
    return weeks


def _row(line: Line) -> str:
    weight = f"{amount(max(line.grams, 1))} g" if line.grams < KILOGRAM else f"{amount(line.grams / KILOGRAM, 1)} kg"
    how_much = f"{escape(line.measure)} ({weight})" if line.measure else weight
    meals = f"{line.meals} meal{'s' if line.meals > 1 else ''}"
    return f"- [ ] {escape(line.name)}: {how_much}, for {meals}"
