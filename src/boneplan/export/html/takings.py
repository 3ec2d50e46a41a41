"""What is taken in the plan's weeks: each medicine and supplement once, with its times and days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from boneplan.export.figures import nutrient_name
from boneplan.export.html.numbers import Number, Numbers
from boneplan.export.takings import how_much, taking
from boneplan.export.words import plain, short_day
from boneplan.plan import Plan, Taking

DAYS = 7  # of a week


@dataclass(frozen=True)
class Taken:
    """One thing to take; `product` is the name of what holds `nutrient`, or empty where it is the nutrient alone."""

    product: str
    nutrient: str
    much: Number | None
    times: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


@dataclass
class _Found:
    of: str
    item: Taking
    times: dict[str, list[dt.date]] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)


def taken(plan: Plan, numbers: Numbers) -> tuple[Taken, ...]:
    """Everything that has a time, in the order of the plan; what has none is among the notices."""
    found: dict[str, _Found] = {}
    for at, intake in enumerate(plan.intakes):
        for i, item in enumerate(intake.items):
            one = found.setdefault(taking(item), _Found(f"/intakes/{at}/items/{i}/amount", item))
            one.times.setdefault(intake.time, []).append(intake.date)
            one.notes.update(dict.fromkeys(intake.notes))
    return tuple(_told(one, plan, numbers) for one in found.values())


def _told(one: _Found, plan: Plan, numbers: Numbers) -> Taken:
    item = one.item
    times = tuple((time, _days(dates, plan)) for time, dates in sorted(one.times.items()))
    if item.nutrient is None or item.amount is None:
        return Taken(item.what, "", None, times, tuple(one.notes))
    nutrient = nutrient_name(item.nutrient)
    product = "" if plain(item.what).casefold() == plain(nutrient).casefold() else item.what
    much = numbers.number(one.of, how_much(item))
    return Taken(product, nutrient if product else item.what, much, times, tuple(one.notes))


def _days(dates: list[dt.date], plan: Plan) -> str:
    """Such as "every day", "Mon 23 Nov" or "Mondays, from Mon 23 Nov"."""
    days = sorted(set(dates))
    if len(days) >= DAYS * plan.weeks:
        return "every day"
    if len(days) == plan.weeks > 1 and len({day.weekday() for day in days}) == 1:
        return f"{days[0]:%A}s, from {short_day(days[0])}"
    return ", ".join(map(short_day, days))
