"""The basket dealt to days: which foods share a meal and which meals share a day.

The basket fixes what is served; this arranges it so that foods stand together that people do eat together, and no
day leaves its guard rails. A seeded annealing over swaps: the arrangement costs nothing in the model's objective,
so it needs to be good, not optimal; the portions that follow are solved exactly under the same rails.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from boneplan.menu.basket import DAYS, Basket, Column
from boneplan.menu.bounds import Bound
from boneplan.menu.pairs import Pairs, pair_cost
from boneplan.menu.patterns import Pattern

MOVES = 9000
MEAL_MOVES = 0.25  # the share of moves that swap whole meals between days
HOT, COLD = 1.5, 0.02
TWICE_IN_MEAL = 60.0
TWICE_IN_DAY = 1.5
NEXT_DAY = 1.5
SHARE_COST = 4.0  # a meal half as large as it should be at least costs half of this
RAIL_COST = 100.0
MEAL_COST = 30.0


@dataclass(eq=False)
class Table:
    """One meal of day `day`: its pattern and, per role, the places that hold a serving or stay free."""

    pattern: Pattern
    day: int
    places: list[Place] = field(default_factory=list)

    def servings(self) -> list[Column]:
        return [place.column for place in self.places if place.column is not None]


@dataclass(eq=False)
class Place:
    """A place at `table` for one food of `role`; `needed` places are never left free."""

    table: Table
    role: str
    needed: bool
    column: Column | None = None


def lay_tables(basket: Basket, chance: random.Random) -> list[list[Table]]:
    """Seven days of tables that hold the whole basket, at random: days × meals in the patterns' order."""
    by_meal: dict[str, list[Pattern]] = defaultdict(list)
    for pattern, times in basket.patterns:
        by_meal[pattern.meal].extend([pattern] * times)
    waiting: dict[tuple[str, str], list[Column]] = defaultdict(list)
    for column, count in basket.servings:
        waiting[column.option.meal, column.option.role].extend([column] * count)
    tables = {
        meal: [Table(pattern, day) for day, pattern in enumerate(chance.sample(kinds, len(kinds)))]
        for meal, kinds in by_meal.items()
    }
    for (meal, role), columns in waiting.items():
        chance.shuffle(columns)
        places = []
        for table in tables[meal]:
            least, most = table.pattern.foods.get(role, (0, 0))
            for k in range(most):
                table.places.append(Place(table, role, k < least))
                places.append(table.places[-1])
        # Needed places first; places left over stay free.
        places.sort(key=lambda place: not place.needed)
        for place, column in zip(places, columns, strict=False):
            place.column = column
    return [[tables[meal][day] for meal in tables] for day in range(DAYS)]


class Dealer:
    """Anneals one week's tables. `shares` gives each meal's least and most share of the day's energy."""

    def __init__(
        self,
        basket: Basket,
        bounds: Sequence[Bound],
        shares: Mapping[str, tuple[float, float]],
        pairs: Pairs,
        chance: random.Random,
    ) -> None:
        self.pairs, self.chance = pairs, chance
        energy = sum(column.amounts["energy"] * count for column, count in basket.servings) / DAYS
        self.energy = {meal: (least * energy, most * energy) for meal, (least, most) in shares.items()}
        self.rails = [b for b in bounds if b.period == "day" and b.hard]
        self.per_meal = [b for b in bounds if b.period == "meal" and b.high is not None]
        self.days = lay_tables(basket, chance)
        self._known: dict[tuple[str, tuple[int, ...]], float] = {}

    def together(self, meal: str, categories: list[int]) -> float:
        """`pair_cost` of a meal's categories, remembered."""
        key = (meal, tuple(sorted(categories)))
        if key not in self._known:
            self._known[key] = pair_cost(self.pairs, meal, categories)
        return self._known[key]

    def table_cost(self, table: Table) -> float:
        """Pairs that do not go together, the same food twice, and the meal's own limits."""
        columns = table.servings()
        foods = [c.option.twin for c in columns]
        cost = self.together(table.pattern.meal, [c.option.category for c in columns])
        cost += TWICE_IN_MEAL * (len(foods) - len(set(foods)))
        energy, (least, most) = sum(c.amounts["energy"] for c in columns), self.energy[table.pattern.meal]
        cost += SHARE_COST * (max(0.0, 1 - energy / least) + max(0.0, energy / most - 1))
        for bound in self.per_meal:
            amount = bound.already.get(table.pattern.meal, 0.0) + sum(c.amounts[bound.nutrient] for c in columns)
            if bound.high is not None and amount > bound.high:
                cost += MEAL_COST * (amount / bound.high - 1)
        return cost

    def day_cost(self, day: int) -> float:
        """How far a day leaves its rails, and foods that come back the same day or the next."""
        columns = [column for table in self.days[day] for column in table.servings()]
        cost = 0.0
        for bound in self.rails:
            amount = sum(c.amounts[bound.nutrient] for c in columns)
            if bound.low and amount < bound.low:
                cost += RAIL_COST * (1 - amount / bound.low)
            if bound.high and amount > bound.high:
                cost += RAIL_COST * (amount / bound.high - 1)
        foods = [c.option.food for c in columns if c.option.role not in EVERYDAY_ROLES]
        cost += TWICE_IN_DAY * (len(foods) - len(set(foods)))
        for other in (day - 1, day + 1):
            if 0 <= other < DAYS:
                near = {c.option.food for t in self.days[other] for c in t.servings()}
                cost += NEXT_DAY / 2 * sum(food in near for food in foods)
        return cost

    def run(self, moves: int = MOVES) -> list[list[Table]]:
        """The arrangement that `moves` swaps of falling heat end with; days × tables."""
        groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for tables in self.days:
            for table in tables:
                for place in table.places:
                    groups[table.pattern.meal, place.role].append(place)
        swappable = [group for group in groups.values() if len(group) > 1]
        weights = [len(group) for group in swappable]
        for step in range(moves):
            heat = HOT * (COLD / HOT) ** (step / moves)
            if self.chance.random() < MEAL_MOVES:
                self._swap_meals(heat)
            else:
                group = self.chance.choices(swappable, weights)[0]
                one, two = self.chance.sample(group, 2)
                self._swap_places(one, two, heat)
        return self.days

    def _accept(self, change: float, heat: float) -> bool:
        return change <= 0 or self.chance.random() < math.exp(-change / heat)

    def _swap_places(self, a: Place, b: Place, heat: float) -> None:
        if a.table is b.table or a.column is b.column:
            return
        if (a.column is None and b.needed) or (b.column is None and a.needed):
            return

        def cost() -> float:
            tables = self.table_cost(a.table) + self.table_cost(b.table)
            return tables + self.day_cost(a.table.day) + self.day_cost(b.table.day)

        before = cost()
        a.column, b.column = b.column, a.column
        if not self._accept(cost() - before, heat):
            a.column, b.column = b.column, a.column

    def _swap_meals(self, heat: float) -> None:
        meal = self.chance.randrange(len(self.days[0]))
        one, two = self.chance.sample(range(DAYS), 2)

        def swap() -> None:
            a, b = self.days[one][meal], self.days[two][meal]
            self.days[one][meal], self.days[two][meal] = b, a
            a.day, b.day = two, one

        before = self.day_cost(one) + self.day_cost(two)
        swap()
        if not self._accept(self.day_cost(one) + self.day_cost(two) - before, heat):
            swap()


# Roles whose food may well be the same twice a day.
EVERYDAY_ROLES = frozenset({"coffee_or_tea", "drink", "water_or_tea", "milk", "spread", "table_fat", "dressing"})
