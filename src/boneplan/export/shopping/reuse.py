"""Which dishes the rules in a plan have cooked once for several days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import chain

from boneplan.export.plain import plain
from boneplan.plan import Day, Plan


def cooked_once(plan: Plan, days: Sequence[Day]) -> dict[str, list[dt.date]]:
    """The dishes that the plan's rules have cooked once: name -> the days of this week on which they are eaten."""
    found: dict[str, list[dt.date]] = {}
    for wanted, at in _reused(plan):
        served: dict[str, tuple[str, set[dt.date]]] = {}
        for day in days:
            for item in chain.from_iterable(meal.items for meal in day.meals if not at or meal.meal in at):
                if item.food == wanted or _words(wanted) <= _words(f"{item.name} {item.food}"):
                    served.setdefault(item.food, (plain(item.name), set()))[1].add(day.date)
        found |= {name: sorted(on) for name, on in served.values() if len(on) > 1}
    return found


def _reused(plan: Plan) -> Iterator[tuple[str, Sequence[str]]]:
    """The dishes that the rules in the plan reuse, as they name them, and at which meals; of a broken rule none."""
    rules = plan.rules.get("reuse")
    for rule in rules if isinstance(rules, list) else []:
        if isinstance(rule, dict) and isinstance(rule.get("food"), str) and _words(rule["food"]):
            at = rule.get("at")
            yield rule["food"], at if isinstance(at, list) else ()


def _words(text: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"\w+", text.casefold())}
