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
from itertools import pairwise

from boneplan.menu.basket import Basket
from boneplan.menu.bounds import Bound
from boneplan.menu.pairs import Pairs, pair_cost
from boneplan.menu.patterns import DAYS, Count, Pattern
from boneplan.menu.rails import day_rails, meal_rails
from boneplan.menu.served import Column

MOVES = 9000
MEAL_MOVES = 0.25  # the share of moves that swap whole meals between days
HOT, COLD = 1.5, 0.02
TWICE_IN_MEAL = 60.0
TWICE_IN_DAY = 1.5
NEXT_DAY = 1.5
SHARE_COST = 4.0  # a meal half as large as it should be at least costs half of this
# Roles whose food may well be the same twice a day.
EVERYDAY_ROLES = frozenset({"coffee_or_tea", "drink", "water_or_tea", "milk", "spread", "table_fat", "dressing"})


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


@dataclass(frozen=True, slots=True)
class Laid:
    """What is known of the servings of one table, wherever it stands.

    `amounts` are those that rails of days ask about; `foods` are the bits of the foods that should not come back too
    soon, of which `count` servings stand here.
    """

    cost: float
    amounts: tuple[float, ...]
    foods: int
    count: int


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
    """Anneals one week's tables. `shares` gives each meal's least and most share of the day's energy.

    `counts` are servings that a rules file wants on each day, or on certain ones.
    """

    def __init__(
        self,
        basket: Basket,
        bounds: Sequence[Bound],
        shares: Mapping[str, tuple[float, float]],
        pairs: Pairs,
        chance: random.Random,
        counts: Sequence[Count] = (),
    ) -> None:
        self.pairs, self.chance = pairs, chance
        energy = sum(column.amounts["energy"] * count for column, count in basket.servings) / DAYS
        self.energy = {meal: (least * energy, most * energy) for meal, (least, most) in shares.items()}
        self.rails = day_rails(bounds, counts)
        self.per_meal = {p.meal: meal_rails(bounds, p.meal) for p, _ in basket.patterns}
        self.days = lay_tables(basket, chance)
        foods = list(dict.fromkeys(column.option.food for column, _ in basket.servings))
        self._meal_numbers = {table.pattern.meal: number for number, table in enumerate(self.days[0])}
        self._bits = {food: 1 << number for number, food in enumerate(foods)}
        self._numbers = {id(column): number for number, (column, _) in enumerate(basket.servings)}
        self._amounts = [tuple(r.rail.of(column) for r in self.rails) for column, _ in basket.servings]
        self._known: dict[tuple[str, tuple[int, ...]], Laid] = {}
        # Of each day the rails that are its own, by number; those of several days together beside them.
        alone = [(i, r.rail, days[0]) for i, r in enumerate(self.rails) for days in r.days if len(days) == 1]
        self._of_day = [
            [(i, r.low, r.high, r.missing, r.over) for i, r, day in alone if day == number] for number in range(DAYS)
        ]
        self._of_days = [(i, r.rail, days) for i, r in enumerate(self.rails) for days in r.days if len(days) > 1]

    def laid(self, table: Table) -> Laid:
        """What stands on the table, remembered by its servings."""
        numbers = [self._numbers[id(place.column)] for place in table.places if place.column is not None]
        numbers.sort()
        key = table.pattern.meal, tuple(numbers)
        if key not in self._known:
            self._known[key] = self._look(table, numbers)
        return self._known[key]

    def _look(self, table: Table, numbers: Sequence[int]) -> Laid:
        columns = sorted(table.servings(), key=lambda column: self._numbers[id(column)])
        passing = [column.option.food for column in columns if column.option.role not in EVERYDAY_ROLES]
        foods = 0
        for food in passing:
            foods |= self._bits[food]
        amounts = tuple(sum(amounts) for amounts in zip(*(self._amounts[n] for n in numbers), strict=True))
        cost = self._cost_of(table.pattern, columns)
        return Laid(cost, amounts or (0.0,) * len(self.rails), foods, len(passing))

    def _cost_of(self, pattern: Pattern, columns: Sequence[Column]) -> float:
        """Pairs that do not go together, the same food twice, and the meal's own limits."""
        cost = pair_cost(self.pairs, pattern.meal, [c.option.category for c in columns])
        cost += TWICE_IN_MEAL * (len(columns) - len({c.option.twin for c in columns}))
        energy, (least, most) = sum(c.amounts["energy"] for c in columns), self.energy[pattern.meal]
        cost += SHARE_COST * (max(0.0, 1 - energy / least) + max(0.0, energy / most - 1))
        return cost + sum(rail.cost(sum(map(rail.of, columns))) for rail in self.per_meal[pattern.meal])

    def _day(self, day: int, tables: Sequence[Laid]) -> tuple[float, int]:
        """What `day` costs with these tables: leaving its rails, and foods that come back in it; and its foods."""
        cost = 0.0
        if rails := self._of_day[day]:
            sums = [sum(amounts) for amounts in zip(*[laid.amounts for laid in tables], strict=True)]
            for i, low, high, missing, over in rails:
                amount = sums[i]
                if amount < low:
                    cost += missing * (low - amount)
                elif amount > high:
                    cost += over * (amount - high)
        foods = count = 0
        for laid in tables:
            foods |= laid.foods
            count += laid.count
        return cost + TWICE_IN_DAY * (count - foods.bit_count()), foods

    def _week(self, days: Sequence[Sequence[Laid]], foods: Sequence[int]) -> float:
        """Foods that come back on the next day, and the rails of several days together."""
        cost = NEXT_DAY * sum([(one & other).bit_count() for one, other in pairwise(foods)])
        for i, rail, together in self._of_days:
            cost += rail.cost(sum(laid.amounts[i] for day in together for laid in days[day]))
        return cost

    def cost(self) -> float:
        """What the tables cost as they stand: the lower, the more they read like real days."""
        days = [[self.laid(table) for table in tables] for tables in self.days]
        each = [self._day(day, tables) for day, tables in enumerate(days)]
        own = sum(cost for cost, _ in each) + sum(laid.cost for tables in days for laid in tables)
        return own + self._week(days, [foods for _, foods in each])

    def run(self, moves: int = MOVES) -> list[list[Table]]:
        """The arrangement that `moves` swaps of falling heat end with; days × tables."""
        groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for tables in self.days:
            for table in tables:
                for place in table.places:
                    groups[table.pattern.meal, place.role].append(place)
        # Each place stands here with all of its group: those of large groups are drawn as often as they are many.
        places = [(place, group) for group in groups.values() if len(group) > 1 for place in group]
        self._days = [[self.laid(table) for table in tables] for tables in self.days]
        each = [self._day(day, tables) for day, tables in enumerate(self._days)]
        self._own, self._foods = [cost for cost, _ in each], [foods for _, foods in each]
        self._between = self._week(self._days, self._foods)
        draw, cooling = self.chance.random, (COLD / HOT) ** (1 / moves)
        heat = HOT
        for _ in range(moves):
            if draw() < MEAL_MOVES or not places:
                self._swap_meals(heat)
            else:
                one, group = places[int(draw() * len(places))]
                self._swap_places(one, group[int(draw() * len(group))], heat)
            heat *= cooling
        return self.days

    def _stands(self, meal: int, one: int, first: Laid, two: int, second: Laid, heat: float) -> bool:
        """Whether table number `meal` of day `one` becomes `first` and that of day `two` becomes `second`."""
        days, own = self._days, self._own
        most = -heat * math.log(1 - self.chance.random())  # accepts a change for the worse with exp(-change / heat)
        change = first.cost + second.cost - days[one][meal].cost - days[two][meal].cost
        change -= own[one] + own[two] + self._between
        if change > most:  # all else can only add to it
            return False
        ones, twos = days[one].copy(), days[two].copy()
        ones[meal], twos[meal] = first, second
        (cost_one, foods_one), (cost_two, foods_two) = self._day(one, ones), self._day(two, twos)
        change += cost_one + cost_two
        if change > most:
            return False
        foods = self._foods.copy()
        foods[one], foods[two] = foods_one, foods_two
        week = days
        if self._of_days:
            week = days.copy()
            week[one], week[two] = ones, twos
        between = self._week(week, foods)
        if change + between > most:
            return False
        days[one], days[two] = ones, twos
        own[one], own[two] = cost_one, cost_two
        self._foods, self._between = foods, between
        return True

    def _swap_places(self, a: Place, b: Place, heat: float) -> None:
        one, two = a.table, b.table
        if one is two or a.column is b.column:
            return
        if (a.column is None and b.needed) or (b.column is None and a.needed):
            return
        meal = self._meal_numbers[one.pattern.meal]
        a.column, b.column = b.column, a.column
        if not self._stands(meal, one.day, self.laid(one), two.day, self.laid(two), heat):
            a.column, b.column = b.column, a.column

    def _swap_meals(self, heat: float) -> None:
        draw = self.chance.random
        meal, one, two = int(draw() * len(self.days[0])), int(draw() * DAYS), int(draw() * (DAYS - 1))
        two += two >= one
        a, b = self.days[one][meal], self.days[two][meal]
        if self._stands(meal, one, self._days[two][meal], two, self._days[one][meal], heat):
            self.days[one][meal], self.days[two][meal] = b, a
            a.day, b.day = two, one
