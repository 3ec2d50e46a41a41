"""What food and supplements do not reach, to ask a clinician about."""

from __future__ import annotations

from dataclasses import dataclass

from boneplan.export import figures
from boneplan.export.html.amounts import capital
from boneplan.export.html.numbers import Number, Numbers
from boneplan.export.sentences import OF_TIME
from boneplan.export.words import amount
from boneplan.plan import Plan


@dataclass(frozen=True)
class Ask:
    """One gap, as `sentences.gap_sentence` tells it; `supplements` is None where none brings the nutrient."""

    name: str
    unit: str
    food: Number
    supplements: Number | None
    target: Number
    missing: Number
    time: str
    ask: str


def asks(plan: Plan, numbers: Numbers) -> tuple[Ask, ...]:
    """The gaps of the menus."""
    told = []
    for at, gap in enumerate(plan.menu.gaps):
        food, supplements, target, missing = (
            numbers.number(f"/menu/gaps/{at}/{part}", lambda value: amount(value, 1))
            for part in ("food", "supplements", "target", "missing")
        )
        name = figures.nutrient_name(gap.nutrient)
        told.append(
            Ask(
                capital(name),
                figures.unit_text(gap.unit),
                food,
                supplements if gap.supplements else None,
                target,
                missing,
                OF_TIME[gap.period],
                gap.ask,
            )
        )
    return tuple(told)
