"""How often and when a rules file wants foods on the menu, as `verify` reads it."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from boneplan.verify.case import Case
from boneplan.verify.person import WEEKDAYS
from boneplan.verify.selection import MEALS, Selection, is_called, read_meals, read_selection
from boneplan.verify.tables import Food

Rule = TypeVar("Rule")


@dataclass(frozen=True)
class Frequency:
    """So many servings of a selection in each week, or on each day."""

    selection: Selection
    count: int
    each: str

    def in_a_week(self) -> int:
        """The servings that make up a week."""
        return self.count if self.each == "week" else self.count * len(WEEKDAYS)


@dataclass(frozen=True)
class Pin:
    """A food that `words` mean, at `meal` on weekdays and dates."""

    words: str
    weekdays: frozenset[str]
    dates: frozenset[dt.date]
    meal: str

    def falls_on(self, date: dt.date) -> bool:
        """Whether the food is pinned to that day."""
        return date in self.dates or WEEKDAYS[date.weekday()] in self.weekdays


@dataclass(frozen=True)
class Reuse:
    """One of the foods that the selection holds, `times` a week."""

    selection: Selection
    times: int


def read_frequency(rule: Mapping[str, Any]) -> Frequency:
    """A rule that requires or limits. Raises `ValueError` where it is not written as one."""
    given = [each for each in ("week", "day") if rule.get(f"per_{each}") is not None]
    if len(given) != 1:
        raise ValueError("a rule says how often a week, or how often a day")
    return Frequency(read_selection(rule), _count(rule, f"per_{given[0]}"), given[0])


def read_pin(rule: Mapping[str, Any]) -> Pin:
    """A rule that pins. Raises `ValueError` where it is not written as one."""
    on = rule["on"]
    days = [str(day) for day in (on if isinstance(on, list) else [on])]
    dates = frozenset(dt.date.fromisoformat(day) for day in days if day not in WEEKDAYS)
    if not days or rule["at"] not in MEALS:
        raise ValueError("a pin has a day and a meal")
    return Pin(_words(rule), frozenset(days) & frozenset(WEEKDAYS), dates, rule["at"])


def read_reuse(rule: Mapping[str, Any]) -> Reuse:
    """A rule that reuses. Raises `ValueError` where it is not written as one."""
    return Reuse(Selection("food", _words(rule), read_meals(rule)), _count(rule, "times"))


def words_asked(rules: Mapping[str, Any]) -> set[str]:
    """Every word for a food in the rules: some are ids of the food table."""
    asked = [rule for part in rules.values() if isinstance(part, list) for rule in part]
    words = [rule.get("food") if isinstance(rule, Mapping) else rule for rule in asked]
    return {word for word in words if isinstance(word, str)}


def uses_asked(case: Case, food: Food, first: dt.date) -> int:
    """The servings of one food that the rules together ask for in the week from `first`."""
    rules = case.plan.rules
    required = [f.in_a_week() for f in _read(rules, "require", read_frequency) if f.selection.holds(case, food)]
    reused = [r.times for r in _read(rules, "reuse", read_reuse) if r.selection.holds(case, food)]
    days = [first + dt.timedelta(days=number) for number in range(len(WEEKDAYS))]
    pinned = {
        (day, pin.meal)
        for pin in _read(rules, "pin", read_pin)
        if is_called(case, food, pin.words)
        for day in days
        if pin.falls_on(day)
    }
    return sum(required) + sum(reused) + len(pinned)


def _read(rules: Mapping[str, Any], part: str, read: Callable[[Any], Rule]) -> Iterator[Rule]:
    """The rules of one part; one that is not readable is a breach of `check_rules`."""
    asked = rules.get(part)
    for rule in asked if isinstance(asked, list) else []:
        with contextlib.suppress(KeyError, TypeError, ValueError, AttributeError):
            yield read(rule)


def _words(rule: Mapping[str, Any]) -> str:
    words = rule["food"]
    if not isinstance(words, str):
        raise ValueError(f"{words!r} names no food")
    return words


def _count(rule: Mapping[str, Any], key: str) -> int:
    if isinstance(count := rule[key], int) and not isinstance(count, bool) and count >= 0:
        return count
    raise ValueError(f"{key} is no count")
