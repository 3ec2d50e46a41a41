"""A solved problem kept in HiGHS: changed in place and solved again from where it stood.

Building and solving anew takes a second where this takes milliseconds. The only module beside `lp` that knows HiGHS.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import highspy

from boneplan.lp import Model, Solution, Terms, read

LOST = (
    highspy.HighsModelStatus.kNotset,
    highspy.HighsModelStatus.kSolveError,
    highspy.HighsModelStatus.kUnknown,
)
"""Ends that say nothing of the problem: the fault of the basis from which the solve began."""


@dataclass(frozen=True)
class Added:
    """A variable made after the first solve."""

    name: str


class Live(Model):
    """A model held in HiGHS: bounds, costs, rows and variables change in place, and each solve starts from the last.

    Made of a model that has been solved, which stays as it was built: its variables keep the values of that solve,
    and what holds after a change is read here. Rows go by their number in `rows`, which begins as the model's own.
    """

    def __init__(self, model: Model) -> None:
        self.problem = model.problem
        self.rows = list(model.rows)
        self._held: Any = model.problem.solverModel
        # PuLP hands over the variables that a row or the objective holds, and no others.
        handed_over = getattr(model.problem, "exported_variables", model.problem.variables)()
        self._number = {variable.name: number for number, variable in enumerate(handed_over)}
        self._point: _Point | None = None

    def variable(
        self, low: float | None = 0.0, high: float | None = None, *, integer: bool = False, cost: float = 0.0
    ) -> Any:
        """As `Model.variable`."""
        made = Added(f"added {len(self._number)}")
        self._number[made.name] = number = self._held.getNumCol()
        self._held.addCol(cost, *_open(low, high), 0, [], [])
        if integer:
            self._held.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        return made

    def row(self, name: str, terms: Terms, *, low: float | None = None, high: float | None = None) -> None:
        """As `Model.row`."""
        summed: dict[int, float] = {}
        for variable, coefficient in terms:
            number = self._number[variable.name]
            summed[number] = summed.get(number, 0.0) + coefficient
        sides = [(low, high)] if low is not None and low == high else [(low, None), (None, high)]
        for least, most in sides:
            if least is not None or most is not None:
                self._held.addRow(*_open(least, most), len(summed), list(summed), list(summed.values()))
                self.rows.append(name)

    def numbers(self, name: str) -> list[int]:
        """The rows of that name: a two-sided bound has two."""
        return [number for number, row in enumerate(self.rows) if row == name]

    def limits(self, row: int) -> tuple[float, float]:
        """The bounds of a row, infinite where open."""
        _, low, high, _ = self._held.getRow(row)
        return float(low), float(high)

    def set_row(self, row: int, *, low: float | None = None, high: float | None = None) -> None:
        """Gives a row new bounds, None where open; with neither it no longer binds anything."""
        self._held.changeRowBounds(row, *_open(low, high))

    def set_variable(self, variable: Any, low: float | None, high: float | None) -> None:
        """Gives a variable new bounds, None where open."""
        self._held.changeColBounds(self._number[variable.name], *_open(low, high))

    def set_integer(self, variables: Sequence[Any]) -> None:
        """From the next solve on the variables are whole numbers."""
        for variable in variables:
            self._held.changeColIntegrality(self._number[variable.name], highspy.HighsVarType.kInteger)

    def set_cost(self, variable: Any, cost: float) -> None:
        """Gives a variable a new coefficient in the objective."""
        self._held.changeColCost(self._number[variable.name], cost)

    def solve(
        self,
        *,
        seconds: float | None = None,
        gap: float = 0.0,
        relaxed: bool = False,
        seed: int = 0,
        options: dict[str, Any] | None = None,
    ) -> Solution:
        """As `Model.solve`, but from the last solution on. A model whose first solve was relaxed stays so."""
        started = time.perf_counter()
        highs, self._point = self._held, None
        # HiGHS holds its time limit against all runs together.
        limit = math.inf if seconds is None else highs.getRunTime() + seconds
        given = {"time_limit": limit, "mip_rel_gap": gap, "random_seed": seed, "solve_relaxation": relaxed}
        # Presolve would throw away where a relaxation stands; an integer program takes a tenth of the time with it.
        given |= {"presolve": "off" if relaxed else "choose"}
        for name, setting in {**given, **(options or {})}.items():
            highs.setOptionValue(name, setting)
        highs.run()
        if highs.getModelStatus() in LOST:
            highs.clearSolver()  # a basis that leads nowhere: from the beginning
            highs.run()
        return read(highs, time.perf_counter() - started, relaxed=relaxed)

    def value(self, variable: Any) -> float:
        """The value of `variable` in the last solution."""
        return self.values([variable])[0]

    def values(self, variables: Sequence[Any]) -> list[float]:
        """The values of `variables` in the last solution, in their order."""
        found = self._solution().col_value
        return [float(found[self._number[variable.name]]) for variable in variables]

    def reduced_costs(self, variables: Sequence[Any]) -> list[float]:
        """What one more of each variable would cost, after a relaxed solve."""
        found = self._solution().col_dual
        return [float(found[self._number[variable.name]]) for variable in variables]

    def dual(self, row: int) -> float:
        """The objective's change per unit of the row's binding bound, after a relaxed solve."""
        return float(self._solution().row_dual[row])

    def level(self, row: int) -> float:
        """What the row's terms add up to in the last solution."""
        return float(self._solution().row_value[row])

    def _highs(self) -> Any:
        return self._held

    def _solution(self) -> _Point:
        if self._point is None:
            found = self._held.getSolution()
            # Each of them is copied out of HiGHS as a whole: once is enough.
            self._point = _Point(found.col_value, found.col_dual, found.row_value, found.row_dual)
        return self._point


@dataclass(frozen=True)
class _Point:
    col_value: Sequence[float]
    col_dual: Sequence[float]
    row_value: Sequence[float]
    row_dual: Sequence[float]


def _open(low: float | None, high: float | None) -> tuple[float, float]:
    return -math.inf if low is None else low, math.inf if high is None else high
