"""The shopping lists of a plan, one a week: what to take from the shelf, what is left from before and left over."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from boneplan.choices import Measures
from boneplan.export.aisles import Shop
from boneplan.export.portions import grams_text
from boneplan.export.shopping.household import household
from boneplan.export.shopping.needs import Key, Need, needs_of
from boneplan.export.shopping.packages import Kind, Packages, Purchase, packed, shipped_packages
from boneplan.export.shopping.reuse import cooked_once
from boneplan.export.weeks import weeks_of
from boneplan.export.words import measures_of
from boneplan.plan import Plan

EMPTY = 0.05  # grams; less than that is nothing


@dataclass(frozen=True)
class Line:
    """One thing to buy.

    `eaten` and `bought` are grams by food id, as eaten and to buy; their quotient is the yield, which is `known`, or
    else the weights are the same. `buy` says what to take, and is empty where what is `at_hand` is enough: grams left
    of earlier weeks, by week. `counted` is what the meals take in pieces, such as "2 eggs". `left` grams will be left
    of it, and `left_over` says so where that is worth a word. `packed` says that it is sold in packages or pieces.
    `price` is USD for the foods that have one; `unpriced` are those that have none.
    """

    name: str
    aisle: str
    eaten: Mapping[str, float]
    bought: Mapping[str, float]
    days: Sequence[dt.date]
    known: bool
    staple: bool
    packed: bool
    buy: str
    counted: str
    at_hand: Mapping[int, float]
    left: float
    left_over: str
    price: float
    unpriced: frozenset[str]

    @property
    def grams_eaten(self) -> float:
        """Grams as eaten, of all foods."""
        return sum(self.eaten.values())

    @property
    def grams(self) -> float:
        """Grams that the meals take, as bought, of all foods."""
        return sum(self.bought.values())


@dataclass(frozen=True)
class WeekList:
    """The list of one week: its days, its lines by aisle in the shop's order, what to look for at home first.

    `cook_once` are dishes that a rule has cooked once for several days: name -> days.
    """

    number: int
    days: Sequence[dt.date]
    aisles: Mapping[str, Sequence[Line]]
    staples: Sequence[Line]
    cook_once: Mapping[str, Sequence[dt.date]]

    @property
    def lines(self) -> list[Line]:
        """All lines, the staples last."""
        return [*(line for lines in self.aisles.values() for line in lines), *self.staples]

    @property
    def price(self) -> float:
        """USD for all that has a price."""
        return sum(line.price for line in self.lines)


@dataclass
class _Stock:
    """What is left of packages: key of a need -> grams by the week in which they were bought."""

    left: dict[Key, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, key: Key, kind: Kind | None, week: int, grams: float) -> dict[int, float]:
        """Takes up to `grams` of what still keeps, the oldest first, by week; what does not keep is thrown away."""
        taken: dict[int, float] = {}
        for bought in sorted(self.left[key]):
            held = self.left[key].pop(bought)
            if kind is not None and week - bought <= kind.keeps:
                used = min(held, grams - sum(taken.values()))
                self.put(key, bought, held - used)
                taken |= {bought: used} if used > EMPTY else {}
        return taken

    def put(self, key: Key, week: int, grams: float) -> None:
        if grams > EMPTY:
            self.left[key][week] = self.left[key].get(week, 0.0) + grams


def shopping_lists(plan: Plan, shop: Shop) -> list[WeekList]:
    """The list of each week of the plan, in the measures of its profile."""
    measures = measures_of(plan)
    packages, stock = shipped_packages(measures), _Stock()
    lists = []
    for week in weeks_of(plan):
        days = [plan.menu.days[at] for at in week.days]
        if not days:
            continue
        lines = [_line(need, week.number, stock, packages, shop, measures) for need in needs_of(days, shop)]
        lists.append(
            WeekList(
                week.number,
                [day.date for day in days],
                {
                    aisle: found
                    for aisle in shop.aisles
                    if (found := [line for line in lines if line.aisle == aisle and not line.staple])
                },
                [line for line in lines if line.staple],
                cooked_once(plan, days),
            )
        )
    return lists


def _line(need: Need, week: int, stock: _Stock, packages: Packages, shop: Shop, measures: Measures) -> Line:
    good, place = need.name, need.place
    staple = packages.is_staple(good, place.category)
    kind = None if staple else packages.kind_of(good, place.category)
    at_hand = stock.take(need.key, kind, week, need.grams)
    wanted = need.grams - sum(at_hand.values())
    purchase = Purchase("", 0.0)
    if wanted > EMPTY or not at_hand:
        purchase = _purchase(need, kind, staple, wanted, packages, shop, measures)
    fresh = max(purchase.grams - wanted, 0.0) if kind and purchase.text else 0.0
    stock.put(need.key, week, fresh)
    left = sum(stock.left[need.key].values())
    return Line(
        name=good,
        aisle=place.aisle,
        eaten=need.eaten,
        bought=need.bought,
        days=sorted(need.days),
        known=need.known,
        staple=staple,
        packed=kind is not None,
        buy=purchase.text,
        counted=kind.count_text(need.grams) if kind else "",
        at_hand=at_hand,
        left=left,
        left_over=kind.left_text(left) if kind else "",
        price=need.price,
        unpriced=frozenset(need.unpriced),
    )


def _purchase(
    need: Need, kind: Kind | None, staple: bool, wanted: float, packages: Packages, shop: Shop, measures: Measures
) -> Purchase:
    """What to take for `wanted` grams: packages, a weight, or what the meals themselves are measured in."""
    if kind:
        return packed(kind, wanted)
    brewed = packages.is_brewed(need.name)
    words = household(need.portions, shop, measures) if need.served or (brewed and need.simple) else ""
    if staple:
        words = f"enough for {words}" if words and brewed else words
        return Purchase(words or grams_text(wanted), wanted)
    if packages.is_loose(need.place.aisle) or not words:
        return packages.weighed(wanted)
    return Purchase(words, wanted)
