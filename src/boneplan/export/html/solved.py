"""How the menus were found: the solver, its time, and how far from the best possible they can be."""

from __future__ import annotations

from dataclasses import dataclass

from boneplan.export.html.numbers import Number, Numbers
from boneplan.export.words import amount
from boneplan.plan import Plan

PER_CENT = 100


@dataclass(frozen=True)
class Solved:
    """The record of the solve; `gap` is shown in per cent of the bound."""

    solver: str
    status: str
    objective: Number
    bound: Number
    gap: Number
    seconds: Number


def solved(plan: Plan, numbers: Numbers) -> Solved | None:
    """How the menus were found; None where the plan does not say."""
    solve = plan.menu.solve
    if solve is None:
        return None
    return Solved(
        solve.solver,
        solve.status,
        numbers.number("/menu/solve/objective", lambda value: amount(value, 3)),
        numbers.number("/menu/solve/bound", lambda value: amount(value, 3)),
        numbers.number("/menu/solve/gap", lambda value: amount(PER_CENT * max(value, 0), 1)),
        numbers.number("/menu/solve/seconds", lambda value: f"{value:.1f}"),
    )
