"""One week held live: after a target moved, a new menu and a new bound in a fraction of the time of a new plan."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from boneplan.lp_live import Live
from boneplan.menu.case import MenuCase
from boneplan.menu.cost import true_cost
from boneplan.menu.deal import Table
from boneplan.menu.laid import laid_table
from boneplan.menu.live import LiveBasket
from boneplan.menu.portions import Placed, PortionModel
from boneplan.menu.problem import Problem
from boneplan.menu.search import GOOD_DEAL, Search, alternatives, firm, searches
from boneplan.menu.served import pattern_cost
from boneplan.menu.week import NoWeek, Week
from boneplan.plan import Target

NEAR = 0.06  # a week found at the tables at hand is taken this close to its bound; otherwise all is searched anew
SETTLED = 0.999  # a place that the portions' relaxation gives so surely to one portion is left to it
HARDLY = 1.0  # trades are sought among what that relaxation wants, or hardly does not: reduced costs
# Where that is not enough, settled places are opened too, to what the relaxation all but wants: the search then takes
# twice as long, and still less than one from no tables.
ALL_BUT = 0.1
ROUNDS = 2  # what was traded is what the next round trades from
NODES, GAP = 1, 0.02  # of that search: a count of nodes is the same on every machine
SECONDS = 20.0


class Bench:
    """A week of `case` that answers what becomes of it when targets move.

    `week` is the last menu found, or why there is none. Each answer starts from the menus before, which stay where
    they keep every bound and are nearly the best, so the same questions in the same order have the same answers.
    """

    def __init__(
        self, case: MenuCase, *, week: int = 0, before: frozenset[str] = frozenset(), seconds: float = SECONDS
    ) -> None:
        self.case, self.seconds = case, seconds
        self._number, self._before = week, before
        self.problem = case.problem(week, before)
        self.basket = LiveBasket(self.problem)
        self._tables: list[list[Table]] = []
        self.week: Week | NoWeek = self._found()

    def replan(
        self, targets: Sequence[Target], budget_per_day: float | None = None, *, near: Week | None = None
    ) -> Week | NoWeek:
        """The week under other `targets` and another budget (USD; None: none), with its own bound.

        Every hard bound holds on the menu. Foods without a price are left out only where the case has a budget. The
        tables of the week `near` are tried first, rather than those of the menus before.
        """
        if near is not None:
            self._tables = _tables(near)
        posed = replace(self.case, targets=targets)
        self.problem = replace(self.problem, bounds=posed.bounds(), budget_per_day=budget_per_day)
        if self.basket.takes(self.problem):
            self.basket.move(self.problem)
        else:
            # What the moved bounds let in again is not among the options at hand.
            self.problem = replace(posed.problem(self._number, self._before), budget_per_day=budget_per_day)
            self.basket = LiveBasket(self.problem)
        self.week = self._found()
        return self.week

    def _found(self) -> Week | NoWeek:
        """The week of the problem that `basket` was solved for."""
        started = time.perf_counter()
        if self.problem.unserved:
            return NoWeek(True, f"no {self.problem.unserved[0]} can be built from the foods left")
        bound = self.basket.solution.objective
        if bound is None:
            return NoWeek(True, "no week of the foods left keeps every rule")
        found = None
        for _ in range(ROUNDS if self._tables else 0):
            better = self._quick(self.basket, bound)
            if better is None or (found is not None and better.objective >= found.objective):
                break
            found, self._tables = better, _tables(better)
            if _is_near(found, bound):
                break
        if found is None or not _is_near(found, bound):
            whole = self._whole(self.basket, bound)
            if found is None or (whole is not None and whole.objective < found.objective):
                found = whole
        if found is None:
            return NoWeek(False, "the week's averages can be met, but no menus were found that keep every limit")
        self._tables = _tables(found)
        return replace(found, seconds=time.perf_counter() - started)

    def _quick(self, basket: LiveBasket, bound: float) -> Week | None:
        """The menus before where they still do, or else their tables with foods traded where that pays."""
        firmer, tables = firm(self.problem, basket), self._tables
        placed = [Placed(t.day, number, c) for day in tables for number, t in enumerate(day) for c in t.servings()]
        cost = true_cost(self.problem, tables, placed)
        if bound <= cost <= bound + GOOD_DEAL * abs(bound) and _stand(firmer, tables):
            return Week(tables, placed, cost, bound, 0.0)
        offered = alternatives(self.problem, basket)
        meals = sum(pattern_cost(table.pattern, self.problem.patterns) for day in tables for table in day)
        enough = bound + GOOD_DEAL * abs(bound) - meals
        for kept in (firmer, self.problem) if firmer.bounds != self.problem.bounds else (firmer,):
            found: Week | None = None
            for placed in _trades(PortionModel(kept, tables, offered), enough, self.seconds):
                week = Week(tables, placed, true_cost(self.problem, tables, placed), bound, 0.0)
                found = week if found is None or week.objective < found.objective else found
                if _is_near(found, bound):
                    break
            if found:
                return found
        return None

    def _whole(self, basket: LiveBasket, bound: float) -> Week | None:
        """The week of a search that starts from no tables."""
        start = Search(self.problem, basket, bound, bound, self.case.pairs, self.case.seed, self.seconds)
        for search in searches(start):
            if found := search.run():
                return Week(*found, true_cost(self.problem, *found), bound, 0.0)
        return None


def _tables(week: Week) -> list[list[Table]]:
    """The week's tables with the foods that were placed on them."""
    return [
        [
            laid_table(table.pattern, day, [p.column for p in week.placed if (p.day, p.table) == (day, number)])
            for number, table in enumerate(tables)
        ]
        for day, tables in enumerate(week.tables)
    ]


def _stand(problem: Problem, tables: list[list[Table]]) -> bool:
    """Whether what stands on the tables keeps every hard bound of the problem as it is."""
    model = PortionModel(problem, tables, {})
    dealt = [column for day in tables for table in day for column in table.servings()]
    stays = [
        (choice.variable, 1.0)
        for place, column in zip(model.places, dealt, strict=True)
        for choice in place
        if choice.column.serving == column.serving
    ]
    model.model.row("as it stands", stays, low=len(dealt))
    return model.model.solve(relaxed=True).found


def _is_near(week: Week, bound: float) -> bool:
    return week.objective <= bound + NEAR * abs(bound)


def _trades(model: PortionModel, enough: float, seconds: float) -> Iterator[list[Placed]]:
    """Portions and trades of the places that the relaxation of `model` leaves open, and once more of others too."""
    if not model.model.solve(relaxed=True, seconds=seconds).found:
        return
    live = Live(model.model)
    variables = [choice.variable for choice in model.choices]
    wanted = dict(zip((v.name for v in variables), live.values(variables), strict=True))
    reduced = dict(zip((v.name for v in variables), live.reduced_costs(variables), strict=True))
    live.set_integer(variables)
    options = {
        "mip_max_nodes": NODES,
        "objective_target": enough,
        "mip_allow_restart": False,
        "mip_detect_symmetry": False,
    }
    for all_but in (None, ALL_BUT):
        for place in model.places:
            names = [choice.variable.name for choice in place]
            sure = max(wanted[name] for name in names) >= SETTLED
            for choice, name in zip(place, names, strict=True):
                if sure and all_but is None:
                    open_to = wanted[name] >= SETTLED
                else:
                    open_to = wanted[name] > 0 or reduced[name] <= (all_but if sure and all_but else HARDLY)
                live.set_variable(choice.variable, 0, 1 if open_to else 0)
        if live.solve(seconds=seconds, gap=GAP, options=options).found:
            yield _read(model, live)


def _read(model: PortionModel, live: Live) -> list[Placed]:
    taken: dict[Any, float] = {}
    for place in model.places:
        variables = [choice.variable for choice in place]
        taken |= {v.name: x for v, x in zip(variables, live.values(variables), strict=True)}
    chosen = (max(place, key=lambda choice: taken[choice.variable.name]) for place in model.places)
    return [Placed(choice.day, choice.table, choice.column) for choice in chosen]
