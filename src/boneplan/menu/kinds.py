"""Kinds of meal that a rules file wants on each day: whole meals change days until every day has its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from boneplan.menu.deal import Table
from boneplan.menu.patterns import KindCount


def spread_kinds(days: Sequence[list[Table]], counts: Sequence[KindCount]) -> bool:
    """Whether each of the `days` holds the kinds of meal that are asked of each, after the fewest changes of days.

    `days` are changed in place, and each holds the same meals in the same order.
    """
    daily = [count for count in counts if count.each == "day"]
    while missed := _missed(days, daily):
        changes = [(meal, one, two) for meal in range(len(days[0])) for one, two in combinations(range(len(days)), 2)]
        for change in changes:
            _swap(days, *change)
            if _missed(days, daily) < missed:
                break
            _swap(days, *change)
        else:
            return False
    return True


def _missed(days: Sequence[Sequence[Table]], counts: Sequence[KindCount]) -> int:
    """How many meals all days together have too few and too many of."""
    missed = 0
    for count in counts:
        for tables in days:
            found = sum(table.pattern.key in count.kinds for table in tables)
            missed += max(0, count.least - found)
            missed += max(0, found - count.most) if count.most is not None else 0
    return missed


def _swap(days: Sequence[list[Table]], meal: int, one: int, two: int) -> None:
    first, second = days[one][meal], days[two][meal]
    days[one][meal], days[two][meal] = second, first
    first.day, second.day = two, one
