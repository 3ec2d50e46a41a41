"""The relaxation of a week, held live: bounds move in place, and the next optimum is milliseconds away."""

from __future__ import annotations

from collections.abc import Sequence

from boneplan.lp import Solution
from boneplan.lp_live import Live
from boneplan.menu.basket import BasketModel, budget_bound
from boneplan.menu.bound_rows import Terms
from boneplan.menu.bounds import Bound
from boneplan.menu.patterns import DAYS
from boneplan.menu.problem import Problem

Key = tuple[str, bool]


class LiveBasket(BasketModel):
    """The week of `problem` as a relaxed basket that has been solved; `solution` is that of the last solve.

    Its answers (`means`, `reduced_costs`, `servings`, prices) are of the last solve as well.
    """

    def __init__(self, problem: Problem) -> None:
        self._standing: dict[Key, tuple[Bound, range]] = {}
        super().__init__(
            problem.columns(),
            problem.patterns,
            problem.bounds,
            problem.book,
            integer=False,
            budget_per_day=problem.budget_per_day,
        )
        self.opened = self.problem = problem
        self.solution = self.model.solve(relaxed=True)
        self.live = Live(self.model)
        self.model = self.live

    def takes(self, problem: Problem) -> bool:
        """Whether moving bounds gives the week: nothing else differs, and no portion comes in that was out."""
        held, wanted = self.opened, problem
        same = held.options == wanted.options and held.patterns == wanted.patterns and held.book == wanted.book
        rooms = [[b for b in one.bounds if b.is_occasion] for one in (held, wanted)]
        shut = {(b.nutrient, b.period, b.meals): b.high for b in _limits(held.bounds)}
        left = {(b.nutrient, b.period, b.meals): b.high for b in _limits(wanted.bounds)}
        wider = any(left.get(key) is None or (left[key] or 0.0) > (high or 0.0) for key, high in shut.items())
        return same and rooms[0] == rooms[1] and not wider

    def move(self, problem: Problem) -> Solution:
        """Solves the week with the bounds and the budget of `problem`, which `takes` allows."""
        wanted = {_key(bound): bound for bound in stated(problem)}
        for key, (bound, rows) in list(self._standing.items()):
            if wanted.get(key) != bound:
                del self._standing[key]
                for row in rows:
                    self.live.set_row(row)
        for key, bound in wanted.items():
            if key not in self._standing:
                self._bound(bound, self._counted.get(bound.nutrient, []))
        if _limits(self.problem.bounds) != _limits(problem.bounds):
            self._shut(problem)
        self.problem = problem
        self.solution = self.live.solve(relaxed=True)
        return self.solution

    def servings(self) -> list[float]:
        """How often a week holds each of `columns`; parts of servings too, for it is a relaxation."""
        return self.live.values(self.uses)

    def reduced_costs(self) -> list[float]:
        """What one more serving of each column would cost, in the order of `columns`."""
        return self.live.reduced_costs(self.uses)

    def price(self, bound: Bound) -> float:
        """What asking for one unit a day more costs, by the dual values: 0 where the bound does not bind.

        More is a higher minimum or a lower maximum, so that no price is below 0. The rows of single large portions
        ("no two on one day") say nothing of small moves.
        """
        _, rows = self._standing.get(_key(bound), (bound, range(0)))
        sign = 1 if bound.low is not None else -1
        moved = zip(rows, self._moved(bound), strict=True) if rows else ()
        return max(0.0, sum(sign * self.live.dual(row) * times for row, times in moved))

    def _moved(self, bound: Bound) -> list[float]:
        """How much harder each row of a bound becomes with one unit of the bound."""
        if bound.period == "week_mean":
            return [float(DAYS)]
        meals = [meal for meal in self.meals if bound.about(meal)]
        uses = dict(zip(map(id, self.uses), self.servings(), strict=True))
        found = []
        for meal in meals if bound.period == "meal" else [None]:
            terms = self.amount(bound.nutrient, meal)
            if bound.low:
                # What a serving holds above the least counts no more when the least rises to it.
                large = [use for use, amount in terms if amount > bound.low]
                helping = DAYS - sum(uses[id(use)] for use in large)
                found += [float(DAYS), *([helping] if large else [])] if bound.hard else [helping]
            else:
                large = [use for use, amount in terms if amount > (bound.high or 0.0) / 2]
                found += [float(DAYS), *([0.0] if large and bound.hard else [])]
        return found

    def _uncounted(self, bounds: Sequence[Bound]) -> dict[str, Terms]:
        self._counted = super()._uncounted(bounds)
        return self._counted

    def _bound(self, bound: Bound, uncounted: Terms) -> None:
        first = len(self.model.rows)
        super()._bound(bound, uncounted)
        self._standing[_key(bound)] = bound, range(first, len(self.model.rows))

    def _shut(self, problem: Problem) -> None:
        """Portions that break a limit of a day or a meal by themselves are not served."""
        limits = _limits(problem.bounds)
        for column, use in zip(self.columns, self.uses, strict=True):
            option = column.option
            over = any(column.amounts[b.nutrient] > (b.high or 0.0) for b in limits if b.about(option.meal))
            most = problem.book.most_uses(option.category, option.food)
            self.live.set_variable(use, 0, 0 if over else most)


def _key(bound: Bound) -> Key:
    """What tells bounds of one problem apart: the rule, and for a rule with both of them the side."""
    return bound.rule, bound.low is None


def _limits(bounds: Sequence[Bound]) -> list[Bound]:
    """The limits that a single portion can break."""
    return [b for b in bounds if b.period != "week_mean" and b.hard and b.high is not None and not b.is_occasion]


def stated(problem: Problem) -> list[Bound]:
    """All that bounds amounts, the budget among them; occasions aside, which bound nothing."""
    bounds = [bound for bound in problem.bounds if not bound.is_occasion]
    return bounds if problem.budget_per_day is None else [*bounds, budget_bound(problem.budget_per_day)]
