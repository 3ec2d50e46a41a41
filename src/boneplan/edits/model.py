"""A few meals of a planned week chosen anew, all others as they stand: a small integer program, solved exactly.

It is the program of the portions, with what stays fixed at one serving each: a change that it finds makes a week that
keeps every rule, and rules that forbid it go by the names that they have elsewhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from boneplan.lp import Model, value
from boneplan.menu.deal import EVERYDAY_ROLES, NEXT_DAY, TWICE_IN_DAY
from boneplan.menu.laid import Laid
from boneplan.menu.pairs import Pairs, pair_cost
from boneplan.menu.patterns import DAYS, KindCount, Pattern
from boneplan.menu.portions import Choice, PortionModel
from boneplan.menu.served import Column, pattern_cost
from boneplan.plan import MealName

ASKED = "asked"
"""The row of a food that is asked for: a name for conflicts, and no rule of the plan."""

PAIR_WEIGHT = 0.5  # what goes together at a table decides among meals of about the same cost, and no more
WHATEVER = 1e6  # no week costs as much
GAP = 0.05  # in the objective's own unit: less than anybody can taste
NODES = 300  # ends the search of many meals reproducibly; a clock would not


@dataclass(frozen=True)
class Free:
    """One `meal` to choose anew: table `table` of day `day` (0-6), one of `patterns`, its free places from `columns`.

    What stands on the laid table stays. `asked` are foods of which it must hold one (empty: none in particular).
    `pulls` is what a food costs here more than usual, or less.
    """

    day: int
    table: int
    meal: MealName
    patterns: Sequence[Pattern]
    columns: Sequence[Column]
    asked: frozenset[str] = frozenset()
    pulls: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Filled:
    """A free meal as chosen: its kind, and its columns, those that stayed first."""

    free: Free
    pattern: Pattern
    columns: list[Column]


class EditModel(PortionModel):
    """The week of `laid`, in which the meals `free` are open and all that stands on its tables is fixed.

    `firm` names rules of soft bounds that are to be kept as if they were hard. Without `pairs` it does not matter
    what goes together.
    """

    def __init__(
        self, laid: Laid, free: Sequence[Free], pairs: Pairs | None, *, firm: frozenset[str] = frozenset()
    ) -> None:
        bounds = [replace(b, hard=True) if b.rule in firm else b for b in laid.problem.bounds]
        self.problem, self.model = replace(laid.problem, bounds=bounds), Model("edit")
        self.laid, self.free = laid, free
        self.dealt = Counter((p.day, p.table, p.column.option.twin) for p in laid.placed)
        fixed = [Choice(p.day, p.table, p.column, self._one(p.column.cost, fixed=True)) for p in laid.placed]
        self.open = [
            [Choice(f.day, f.table, c, self._one(c.cost + self._pull(f, c))) for c in f.columns] for f in free
        ]
        self.kinds = [[self._one(pattern_cost(p, self.problem.patterns)) for p in f.patterns] for f in free]
        self.choices = [*fixed, *(choice for choices in self.open for choice in choices)]
        for meal, kinds, choices in zip(free, self.kinds, self.open, strict=True):
            self._meal(meal, kinds, choices)
            if pairs is not None:
                self._company(meal, choices, pairs)
        self._kinds_of_week()
        self._variety()
        self._counts(DAYS)
        self._bounds(DAYS)

    def fill(self, seconds: float, *, any_will_do: bool = False) -> list[Filled]:
        """The meals of least cost, or all but; empty where there are none, or none was found.

        With `any_will_do` the first that are found.
        """
        options = {"mip_max_nodes": NODES, "mip_abs_gap": GAP}
        if any_will_do:
            options["objective_target"] = WHATEVER
        self.solution = self.model.solve(seconds=seconds, options=options)
        if not self.solution.found:
            return []
        filled = []
        for free, kinds, choices in zip(self.free, self.kinds, self.open, strict=True):
            pattern = max(zip(free.patterns, kinds, strict=True), key=lambda kind: value(kind[1]))[0]
            new = [choice.column for choice in choices if round(value(choice.variable))]
            filled.append(Filled(free, pattern, [*self._kept(free), *new]))
        return filled

    def promising(self, most: int) -> list[Free]:
        """After a relaxed solve: the free meals with no more than `most` columns each, those of least reduced cost.

        Foods that are asked for are always among them.
        """
        kept = []
        for free, choices in zip(self.free, self.open, strict=True):
            reduced = [float(choice.variable.dj) for choice in choices]
            ranked = sorted(range(len(choices)), key=lambda i: (reduced[i], i))
            best = {*ranked[:most], *(i for i, c in enumerate(free.columns) if c.option.food in free.asked)}
            kept.append(replace(free, columns=[free.columns[i] for i in sorted(best)]))
        return kept

    def _one(self, cost: float, *, fixed: bool = False) -> Any:
        return self.model.variable(1 if fixed else 0, 1, integer=not fixed, cost=cost)

    def _kept(self, free: Free) -> list[Column]:
        return self.laid.tables[free.day][free.table].servings()

    def _pull(self, free: Free, column: Column) -> float:
        """What the food costs beside its preference: more where it stands near by already."""
        option, pull = column.option, free.pulls.get(column.option.food, 0.0)
        if option.role in EVERYDAY_ROLES:
            return pull
        days = {placed.day for placed in self.laid.placed if placed.column.option.food == option.food}
        return pull + TWICE_IN_DAY * (free.day in days) + NEXT_DAY * len(days & {free.day - 1, free.day + 1})

    def _meal(self, free: Free, kinds: Sequence[Any], choices: Sequence[Choice]) -> None:
        """One kind of meal, as many foods of each role as it holds, and one of those asked for."""
        meal, kept = free.meal, self._kept(free)
        self.model.row(f"meals/{meal}", [(kind, 1.0) for kind in kinds], low=1.0, high=1.0)
        by_role: dict[str, list[tuple[Any, float]]] = defaultdict(list)
        for choice in choices:
            by_role[choice.column.option.role].append((choice.variable, 1.0))
        stays = Counter(column.option.role for column in kept)
        for role in dict.fromkeys([*stays, *by_role, *(role for p in free.patterns for role in p.foods)]):
            for side, sign in ((0, 1.0), (1, -1.0)):  # at least the least, at most the most
                holds = [(kind, -sign * p.foods.get(role, (0, 0))[side]) for p, kind in self._of(free, kinds)]
                served = [(use, sign * one) for use, one in by_role[role]]
                self.model.row(f"meals/{meal}/{role}", [*served, *holds], low=-sign * stays[role])
        if free.asked and all(column.option.food not in free.asked for column in kept):
            asked = [(c.variable, 1.0) for c in choices if c.column.option.food in free.asked]
            self.model.row(ASKED, asked or [(self.model.variable(0, 0), 1.0)], low=1.0)

    @staticmethod
    def _of(free: Free, kinds: Sequence[Any]) -> list[tuple[Pattern, Any]]:
        return list(zip(free.patterns, kinds, strict=True))

    def _kinds_of_week(self) -> None:
        """Each kind of meal on no more days than it may stand on, and as often as the rules ask for."""
        opened = {(free.day, free.table) for free in self.free}
        stand = Counter(
            table.pattern.key
            for day, tables in enumerate(self.laid.tables)
            for number, table in enumerate(tables)
            if (day, number) not in opened
        )
        by_key: dict[str, list[tuple[Any, float]]] = defaultdict(list)
        for free, kinds in zip(self.free, self.kinds, strict=True):
            for pattern, kind in self._of(free, kinds):
                by_key[pattern.key].append((kind, 1.0))
        days = {pattern.key: pattern.days for free in self.free for pattern in free.patterns}
        for key, terms in by_key.items():
            self.model.row(f"meals/{key}", terms, high=max(0, days[key] - stand[key]))
        for count in self.problem.book.kind_counts:
            self._kind_count(count, opened)

    def _kind_count(self, count: KindCount, opened: Collection[tuple[int, int]]) -> None:
        """What the rules want of kinds of meal, each day or in the week, with those that stand counted."""
        of_day: dict[int, list[tuple[Any, float]]] = {day: [] for day in range(DAYS)}
        for day, tables in enumerate(self.laid.tables):
            keys = [t.pattern.key for number, t in enumerate(tables) if (day, number) not in opened]
            of_day[day] += [(self.model.variable(1, 1), 1.0) for key in keys if key in count.kinds]
        for free, kinds in zip(self.free, self.kinds, strict=True):
            of_day[free.day] += [(kind, 1.0) for p, kind in self._of(free, kinds) if p.key in count.kinds]
        every = [terms for day in of_day.values() for terms in day]
        for terms in of_day.values() if count.each == "day" else [every]:
            found = terms or [(self.model.variable(0, 0), 1.0)]
            self.model.row(count.rule, found, low=count.least or None, high=count.most)

    def _company(self, free: Free, choices: Sequence[Choice], pairs: Pairs) -> None:
        """A small cost for each two categories of a table that are not known to go together."""
        meal = free.meal
        stands: dict[int, Any] = {column.option.category: self.model.variable(1, 1) for column in self._kept(free)}
        roles: dict[int, set[str]] = defaultdict(set)
        for column in self._kept(free):
            roles[column.option.category].add(column.option.role)
        foods: dict[tuple[int, str], list[tuple[Any, float]]] = defaultdict(list)
        for choice in choices:
            option = choice.column.option
            foods[option.category, option.food].append((choice.variable, 1.0))
            roles[option.category].add(option.role)
            if option.category not in stands:
                stands[option.category] = self.model.variable(0, 1)
        for (category, _), terms in foods.items():
            self.model.row("company", [*terms, (stands[category], -1.0)], high=0.0)
        together = [frozenset(pattern.foods) for pattern in free.patterns]
        ordered = sorted(stands)
        for number, one in enumerate(ordered):
            for other in ordered[:number]:
                cost = PAIR_WEIGHT * max(0.0, pair_cost(pairs, meal, [one, other]))
                if cost and any(p & roles[one] and p & roles[other] for p in together):
                    both = self.model.variable(0, 1, cost=cost)
                    terms = [(stands[one], 1.0), (stands[other], 1.0), (both, -1.0)]
                    self.model.row("company", terms, high=1.0)
