"""One week's menu as a problem: what may be served, in which kinds of meal, under which bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from boneplan.foods.table import FoodTable
from boneplan.menu.basket import BasketModel
from boneplan.menu.bounds import Bound
from boneplan.menu.options import Option
from boneplan.menu.patterns import DAYS, MealBook, Pattern
from boneplan.menu.served import Column
from boneplan.plan import MealName


@dataclass(frozen=True)
class Problem:
    """Everything one week's menu depends on. `amounts` is per gram, by food and nutrient (and "price", USD)."""

    options: Sequence[Option]
    patterns: Sequence[Pattern]
    bounds: Sequence[Bound]
    book: MealBook
    amounts: Mapping[str, Mapping[str, float]]
    meals: tuple[MealName, ...]
    budget_per_day: float | None = None

    @property
    def unserved(self) -> list[MealName]:
        """Meals of the person's day for which no kind of meal can be built."""
        return [meal for meal in self.meals if all(p.meal != meal for p in self.patterns)]

    def columns(self) -> list[Column]:
        """One column per servable portion of every option."""
        return [self.column(option, k) for option in self.options for k in range(len(option.servings))]

    def column(self, option: Option, k: int) -> Column:
        """The column of the option's serving number `k`."""
        serving = option.servings[k]
        per_gram = self.amounts[option.food]
        return Column(option, serving, {n: per_gram[n] * serving.grams for n in per_gram})

    def model(
        self,
        columns: Sequence[Column],
        *,
        integer: bool,
        reserve: float = 0.0,
        margin: float = 0.0,
        choosing: bool = False,
    ) -> BasketModel:
        """The week's program over `columns`."""
        return BasketModel(
            columns,
            self.patterns,
            self.bounds,
            self.book,
            integer=integer,
            budget_per_day=self.budget_per_day,
            reserve=reserve,
            margin=margin,
            choosing=choosing,
        )


@lru_cache(maxsize=2)
def amounts_per_gram(table: FoodTable) -> dict[str, dict[str, float]]:
    """food -> nutrient (and "price", USD) -> amount per gram, as the planner counts them.

    What is unknown counts as nothing; where that could hide a limit that is passed, the food is kept out.
    """
    counted = table.counted()
    counted["price"] = table.foods["price"]
    per_gram = counted.fillna(0.0) / 100
    return {
        str(food): dict(zip(per_gram.columns, map(float, row), strict=True))
        for food, row in zip(per_gram.index, per_gram.to_numpy(), strict=True)
    }


def within_days(
    options: Sequence[Option], bounds: Sequence[Bound], amounts: Mapping[str, Mapping[str, float]]
) -> list[Option]:
    """The options without the portions that would break a day's or a meal's limit alone; those left with none are
    dropped.
    """
    limits = [b for b in bounds if b.period != "week_mean" and b.hard and b.high is not None and not b.is_occasion]
    kept = []
    for option in options:
        per_gram = amounts[option.food]
        own = [(b.nutrient, b.high or 0.0) for b in limits if b.period == "day" or b.about(option.meal)]
        fitting = tuple(s for s in option.servings if all(per_gram[n] * s.grams <= high for n, high in own))
        if fitting:
            kept.append(option if len(fitting) == len(option.servings) else replace(option, servings=fitting))
    return kept


def reachable(book: MealBook, options: Sequence[Option]) -> MealBook:
    """The same meals, with only the wishes that some option can help to fulfil."""
    offered = frozenset[str]().union(*(option.wishes for option in options))
    return replace(book, wishes=tuple(wish for wish in book.wishes if wish.id in offered))


def usable_patterns(book: MealBook, options: Sequence[Option]) -> list[Pattern]:
    """The kinds of meal for which every needed role still has a food, able to fill seven days of each meal.

    What a rules file never wants is left out; what it asks for may stand as often as it asks.
    """
    offered = {(o.meal, o.role) for o in options}
    never = frozenset[str]().union(*(count.kinds for count in book.kind_counts if count.most == 0))
    usable = [
        pattern
        for pattern in book.patterns
        if pattern.key not in never
        and all((pattern.meal, role) in offered for role, (least, _) in pattern.foods.items() if least)
    ]
    if book.counts or book.kind_counts:
        usable = _as_often_as_asked(usable, book, options)
    days: dict[str, int] = {}
    for pattern in usable:
        days[pattern.meal] = days.get(pattern.meal, 0) + _most_days(pattern, book)
    # Where few kinds of meal are left, they may fill the week: variety among meals is a wish, eating is not.
    return [p if days[p.meal] >= DAYS else replace(p, days=DAYS) for p in usable]


def _most_days(pattern: Pattern, book: MealBook) -> int:
    limits = (count.most_a_week for count in book.kind_counts if pattern.key in count.kinds)
    return min([pattern.days, *(limit for limit in limits if limit is not None)])


def _as_often_as_asked(patterns: Sequence[Pattern], book: MealBook, options: Sequence[Option]) -> list[Pattern]:
    """Kinds of meal on as many days as the servings and meals need that a rules file asks for."""
    asked: list[tuple[frozenset[str], int]] = [(count.kinds, count.least_a_week) for count in book.kind_counts]
    for count in book.counts:
        roles = {(o.meal, o.role) for o in options if count.fits(o.food, o.meal)}
        hosts = frozenset(p.key for p in patterns if any((p.meal, role) in roles for role in p.foods))
        asked.append((hosts, count.least_a_week))
    needed: dict[str, int] = {}
    for hosts, _ in asked:
        # Rules that want the same kinds of meal may need them one beside the other.
        wanted = sum(least for others, least in asked if others & hosts)
        if sum(p.days for p in patterns if p.key in hosts) < wanted:
            needed |= {key: max(needed.get(key, 0), wanted) for key in hosts}
    return [replace(p, days=max(p.days, min(DAYS, needed.get(p.key, 0)))) for p in patterns]
