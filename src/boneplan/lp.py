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
    summed: dict[Any, float] = {}
    for variable, coefficient in terms:
        summed[variable] = summed.get(variable, 0.0) + coefficient
    build = getattr(pulp.LpAffineExpression, "from_list", pulp.LpAffineExpression)
    return build([(variable, coefficient) for variable, coefficient in summed.items() if coefficient])


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
        solver = pulp.HiGHS(
            msg=False, mip=not relaxed, timeLimit=seconds, gapRel=gap, threads=1, random_seed=seed, **(options or {})
        )
        started = time.perf_counter()
        try:
            self.problem.solve(solver)
        except KeyError as unnamed:
            # PuLP 3.3 copies the values and then fails to name HiGHS's status where a node limit ended the search.
            if not isinstance(unnamed.args[0], highspy.HighsModelStatus):
                raise
        took = time.perf_counter() - started
        highs = self.problem.solverModel
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
        if (
            outcome == "infeasible"
            or status == highspy.HighsModelStatus.kUnbounded
            or not math.isfinite(bound or 0.0)
        ):
            bound = None
        return Solution(outcome, objective, bound, took)

    def duals(self) -> list[tuple[str, float]]:
        """(row name, dual value) of every row after a relaxed solve: the objective's change per unit of its bound."""
        return list(zip(self.rows, self.problem.solverModel.getSolution().row_dual, strict=True))

    def irreducible_conflict(self) -> list[str]:
        """Names of rows that together have no solution, though any of them left out would have one.

        Empty where HiGHS finds none in the linear relaxation (then only integrality makes the problem infeasible).
        """
        highs = self.problem.solverModel
        highs.setOptionValue("iis_strategy", IIS_EXACT)
        _, iis = highs.getIis()
        return [self.rows[i] for i in iis.row_index_] if iis.valid_ else []


def value(variable: Any) -> float:
    """The value of `variable` in the last solution."""
    return float(variable.varValue)
