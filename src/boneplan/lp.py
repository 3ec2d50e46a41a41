"""The one place that knows PuLP and HiGHS: building named models, solving, and reading back honestly.

PuLP 3.3 (Python 3.11) and PuLP 4 (3.12 and later) differ in what `solve` returns and where a solution is kept;
both leave the highspy object at `problem.solverModel`, and everything here is read from that.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import highspy
import numpy as np
import pulp

Outcome = Literal["optimal", "feasible", "infeasible", "unknown"]
Terms = Iterable[tuple[Any, float]]

IIS_EXACT = 6  # HiGHS iis_strategy: from the LP rows, reduced to an irreducible set
INFEASIBLE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)
HAS_POINT = 2  # HiGHS primal_solution_status: a feasible point is at hand


@dataclass(frozen=True)
class Solution:
    """What a solve ended with.

    `objective` and `bound` are in the objective's own unit (None where there is none); `seconds` is the wall time of
    the hand-over and the solve together.
    """

    outcome: Outcome
    objective: float | None
    bound: float | None
    seconds: float

    @property
    def found(self) -> bool:
        """Whether the variables hold a feasible solution."""
        return self.outcome in ("optimal", "feasible")


def solver_name() -> str:
    """The solver and its version as plan.json names it, such as "HiGHS 1.15.1"."""
    highs: Any = highspy.Highs
    return f"HiGHS {highs().version()}"


def _sum(terms: Terms) -> Any:
    """A linear expression; PuLP 4 builds it with `from_list`, PuLP 3.3 with the constructor.

    PuLP 3.3 keeps only the last coefficient of a variable that comes twice, so they are added up here.
    """
    kept = [(variable, coefficient) for variable, coefficient in terms if coefficient]
    if len({id(variable) for variable, _ in kept}) < len(kept):
        summed: dict[Any, float] = {}
        for variable, coefficient in kept:
            summed[variable] = summed.get(variable, 0.0) + coefficient
        kept = [(variable, coefficient) for variable, coefficient in summed.items() if coefficient]
    build = getattr(pulp.LpAffineExpression, "from_list", pulp.LpAffineExpression)
    return build(kept)


class _WholeModel(pulp.HiGHS):  # type: ignore[misc] # PuLP tells no types
    """HiGHS as PuLP calls it, but given the model in two calls: PuLP 3.3 takes one for each variable and each row."""

    def buildSolverModel(self, lp: Any) -> None:  # noqa: N802 - PuLP's name
        """Hands `lp` over, and numbers its variables and rows as PuLP reads them back."""
        if hasattr(lp, "exported_variables"):  # PuLP 4 does so by itself
            super().buildSolverModel(lp)
            return
        highs, variables, rows = lp.solverModel, lp.variables(), lp.constraints()
        for number, variable in enumerate(variables):
            variable.index = number
        costs = [lp.objective.get(variable, 0.0) for variable in variables]
        nothing = np.zeros(0, dtype=np.int32)
        bounds = _open((v.lowBound, v.upBound) for v in variables)
        highs.addCols(len(variables), np.array(costs, dtype=float), *bounds, 0, nothing, nothing, np.zeros(0))
        if self.mip and (whole := [v.index for v in variables if v.cat == pulp.LpInteger]):
            kinds = np.full(len(whole), highspy.HighsVarType.kInteger)
            highs.changeColsIntegrality(len(whole), np.array(whole, dtype=np.int32), kinds)
        starts: list[int] = []
        columns: list[int] = []
        coefficients: list[float] = []
        for number, row in enumerate(rows):
            row.index = number
            starts.append(len(columns))
            columns += [variable.index for variable in row]
            coefficients += row.values()
        highs.addRows(
            len(rows),
            *_open((row.getLb(), row.getUb()) for row in rows),
            len(columns),
            np.array(starts, dtype=np.int32),
            np.array(columns, dtype=np.int32),
            np.array(coefficients, dtype=float),
        )


def _open(bounds: Iterable[tuple[float | None, float | None]]) -> tuple[Any, Any]:
    """Lower and upper bounds as two arrays, infinite where None."""
    both = list(bounds)
    lows = np.array([-np.inf if low is None else low for low, _ in both], dtype=float)
    return lows, np.array([np.inf if high is None else high for _, high in both], dtype=float)


class Model:
    """A minimising problem whose rows all carry names.

    A two-sided bound becomes two rows, so that a conflict or a dual value points at one side. `rows` holds the names
    in the order of HiGHS's own rows.
    """

    def __init__(self, name: str) -> None:
        self.problem = pulp.LpProblem(name, pulp.LpMinimize)
        self.rows: list[str] = []
        self._objective: list[tuple[Any, float]] = []
        self._count = 0

    def variable(
        self, low: float | None = 0.0, high: float | None = None, *, integer: bool = False, cost: float = 0.0
    ) -> Any:
        """A new variable between `low` and `high` (None: unbounded), with its coefficient in the objective."""
        self._count += 1
        # Padded: PuLP 3.3 hands variables over in the order of their names, and the order decides among equal optima.
        made = self.problem.add_variable(f"v{self._count:07d}", low, high, "Integer" if integer else "Continuous")
        if cost:
            self._objective.append((made, cost))
        return made

    def row(self, name: str, terms: Terms, *, low: float | None = None, high: float | None = None) -> None:
        """Adds low <= sum of coefficient × variable <= high under `name`; low == high makes it an equality."""
        expression = _sum(terms)
        if low is not None and low == high:
            self._add(name, expression == low)
            return
        if low is not None:
            self._add(name, expression >= low)
        if high is not None:
            self._add(name, expression <= high)

    def _add(self, name: str, constraint: Any) -> None:
        # PuLP wants unique names without spaces; the readable ones live beside it, in row order.
        self.problem += constraint, f"r{len(self.rows):07d}"
        self.rows.append(name)

    def solve(
        self,
        *,
        seconds: float | None = None,
        gap: float = 0.0,
        relaxed: bool = False,
        seed: int = 0,
        options: dict[str, Any] | None = None,
    ) -> Solution:
        """Solves to a relative `gap` or until `seconds` have passed.

        `relaxed` drops integrality: the solution is then the linear relaxation's, and its bound is its objective.
        """
        self.problem.setObjective(_sum(self._objective))
        # Without presolve a relaxation takes a quarter of the time; an integer program is better off with it.
        given = {"random_seed": seed, **({"presolve": "off"} if relaxed else {}), **(options or {})}
        solver = _WholeModel(msg=False, mip=not relaxed, timeLimit=seconds, gapRel=gap, threads=1, **given)
        started = time.perf_counter()
        try:
            self.problem.solve(solver)
        except KeyError as unnamed:
            # PuLP 3.3 copies the values and then fails to name HiGHS's status where a node limit ended the search.
            if not isinstance(unnamed.args[0], highspy.HighsModelStatus):
                raise
        return read(self._highs(), time.perf_counter() - started, relaxed=relaxed)

    def duals(self) -> list[tuple[str, float]]:
        """(row name, dual value) of every row after a relaxed solve: the objective's change per unit of its bound."""
        return list(zip(self.rows, self._highs().getSolution().row_dual, strict=True))

    def irreducible_conflict(self) -> list[str]:
        """Names of rows that together have no solution, though any of them left out would have one.

        Empty where HiGHS finds none in the linear relaxation (then only integrality makes the problem infeasible).
        """
        highs = self._highs()
        highs.setOptionValue("iis_strategy", IIS_EXACT)
        _, iis = highs.getIis()
        return [self.rows[i] for i in iis.row_index_] if iis.valid_ else []

    def _highs(self) -> Any:
        return self.problem.solverModel


def read(highs: Any, seconds: float, *, relaxed: bool) -> Solution:
    """What `highs` ended with, after a solve of `seconds`."""
    status, info = highs.getModelStatus(), highs.getInfo()
    has_point = info.primal_solution_status == HAS_POINT
    if status == highspy.HighsModelStatus.kOptimal and has_point:
        outcome: Outcome = "optimal"
    elif status in INFEASIBLE:
        outcome = "infeasible"
    else:
        outcome = "feasible" if has_point else "unknown"
    objective = float(info.objective_function_value) if has_point else None
    mixed = not relaxed and bool(highs.getLp().integrality_)
    bound = float(info.mip_dual_bound) if mixed else objective
    if outcome == "infeasible" or status == highspy.HighsModelStatus.kUnbounded or not math.isfinite(bound or 0.0):
        bound = None
    return Solution(outcome, objective, bound, seconds)


def value(variable: Any) -> float:
    """The value of `variable` in the last solution."""
    return float(variable.varValue)
