"""What was left out for this person, and why: foods by rule, and exercises."""

from __future__ import annotations

from dataclasses import dataclass

from boneplan.export.html.numbers import Number, Numbers
from boneplan.export.words import amount
from boneplan.plan import Plan


@dataclass(frozen=True)
class Kept:
    """A rule that keeps foods off the menus: how many, at which meals (empty: all), and some of them."""

    why: str
    foods: Number
    meals: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """All that was left out."""

    foods: tuple[Kept, ...]
    exercises: tuple[str, ...]


def left_out(plan: Plan, numbers: Numbers) -> LeftOut:
    """The rules of foods, and the exercises that what was recorded about them closed."""
    return LeftOut(
        tuple(
            Kept(
                rule.text,
                numbers.number(f"/menu/left_out/{at}/foods", lambda value: amount(value)),
                tuple(rule.meals),
                tuple(rule.examples),
            )
            for at, rule in enumerate(plan.menu.left_out)
        ),
        tuple(exercise.replace("_", " ") for exercise in plan.exercise.avoid),
    )
