"""What a rules file asks of a week's menus: servings and kinds of meal counted, foods kept out, foods liked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, get_args

from boneplan.foods.eligible import MEALS, Exclusion
from boneplan.foods.requested import in_words, named, selected
from boneplan.foods.table import FoodTable
from boneplan.menu.patterns import DAYS, Count, KindCount, MealBook, kinds_of_meal
from boneplan.profile_health import Weekday
from boneplan.rules.schema import LimitRule, RequireRule, Rules, Selection, rule_id

Likings = Mapping[tuple[str, str], float]
"""(food, meal) -> what a serving costs less, in the unit of the menus' cost; below 0, more."""


def food_counts(table: FoodTable, rules: Rules) -> tuple[Count, ...]:
    """The servings of foods that the rules require, limit and reuse in every week. What is pinned is in `pins`."""
    counted = [
        Count(
            name,
            selected(table, rule),
            f"{in_words(table, rule)} {often}",
            each=_each(rule),
            meals=tuple(rule.at),
            least=least,
            most=most,
        )
        for name, rule, often, least, most in _frequencies(rules)
        if rule.kind_of_meal is None
    ]
    reused = [
        Count(
            rule_id("reuse", number),
            named(table.foods, rule.food),
            f"{rule.food} cooked once and served {_times(rule.times)} a week{_at(rule.at)}",
            least=rule.times,
            meals=tuple(rule.at),
            same=True,
        )
        for number, rule in enumerate(rules.reuse)
    ]
    return (*counted, *reused)


def pins(table: FoodTable, rules: Rules, first: dt.date) -> tuple[Count, ...]:
    """The foods that the rules pin to days of the week that begins on `first`."""
    found = []
    dates = [first + dt.timedelta(days=number) for number in range(DAYS)]
    for number, rule in enumerate(rules.pin):
        days = tuple(n for n, date in enumerate(dates) if date in rule.on or weekday(date) in rule.on)
        if days:
            on = " and ".join(str(day) if isinstance(day, dt.date) else day.capitalize() for day in rule.on)
            foods, text = named(table.foods, rule.food), f"{rule.food} at {rule.at} on {on}"
            rule_named = rule_id("pin", number)
            found.append(Count(rule_named, foods, text, least=1, each="day", meals=(rule.at,), days=days))
    return tuple(found)


def weekday(date: dt.date) -> Weekday:
    """The day of the week, as profiles and rules write it."""
    names: tuple[Weekday, ...] = get_args(Weekday)
    return names[date.weekday()]


def kind_counts(book: MealBook, rules: Rules) -> tuple[KindCount, ...]:
    """The kinds of meal that the rules require, limit and ban."""
    counted = [
        KindCount(
            name,
            _kinds(book, rule),
            f"meals of the kind {rule.kind_of_meal} {often}",
            least=least,
            most=most,
            each=_each(rule),
        )
        for name, rule, often, least, most in _frequencies(rules)
        if rule.kind_of_meal is not None
    ]
    banned = [
        KindCount(
            rule_id("ban", number),
            _kinds(book, rule),
            f"a ban on meals of the kind {rule.kind_of_meal}{_at(rule.at)}",
            most=0,
        )
        for number, rule in enumerate(rules.ban)
        if rule.kind_of_meal is not None
    ]
    return (*counted, *banned)


def bans(table: FoodTable, rules: Rules) -> list[Exclusion]:
    """Each ban on foods as a rule that keeps them out of some meals, or of all."""
    return [
        Exclusion(
            rule_id("ban", number),
            f"a ban on {in_words(table, rule)}{_at(rule.at)} in the rules",
            selected(table, rule, widely=True),
            tuple(rule.at) or MEALS,
            word=in_words(table, rule),
        )
        for number, rule in enumerate(rules.ban)
        if rule.kind_of_meal is None
    ]


def likings(table: FoodTable, rules: Rules) -> Likings:
    """What the rules that prefer foods, or like them less, take off the cost of each at each meal."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    for rule in rules.prefer:
        for food in selected(table, rule):
            for meal in rule.at or MEALS:
                found[food, meal] += rule.weight
    return dict(found)


def liked_kinds(book: MealBook, rules: Rules) -> MealBook:
    """The same meals, with what the rules that prefer kinds of meal take off their costs."""
    found: dict[str, float] = defaultdict(float)
    for rule in rules.prefer:
        for kind in _kinds(book, rule):
            found[kind] += rule.weight
    patterns = tuple(replace(p, liking=found[p.key]) if p.key in found else p for p in book.patterns)
    return replace(book, patterns=patterns) if found else book


def _frequencies(rules: Rules) -> Iterator[tuple[str, RequireRule | LimitRule, str, int, int | None]]:
    """Every rule on how often, those that require first: its id, itself, that in words, the least and the most."""
    for number, required in enumerate(rules.require):
        yield rule_id("require", number), required, f"at least {_often(required)}", _figure(required), None
    for number, limited in enumerate(rules.limit):
        yield rule_id("limit", number), limited, f"at most {_often(limited)}", 0, _figure(limited)


def _kinds(book: MealBook, rule: Selection) -> frozenset[str]:
    return frozenset(kinds_of_meal(book, rule.kind_of_meal, rule.at)) if rule.kind_of_meal else frozenset()


def _figure(rule: RequireRule | LimitRule) -> int:
    return rule.per_week if rule.per_week is not None else rule.per_day or 0


def _each(rule: RequireRule | LimitRule) -> Literal["week", "day"]:
    return "day" if rule.per_week is None else "week"


def _often(rule: RequireRule | LimitRule) -> str:
    return f"{_times(_figure(rule))} a {_each(rule)}{_at(rule.at)}"


def _at(meals: Sequence[str]) -> str:
    return f" at {' and '.join(meals)}" if meals else ""


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
