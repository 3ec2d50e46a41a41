"""A menu that is impossible because a declared supplement fills an upper limit: said in plain words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from boneplan.menu.bounds import LIMIT_COUNTS_SUPPLEMENTS, declared_amounts
from boneplan.menu.clash import OWN
from boneplan.menu.problem import Problem
from boneplan.plan import Conflict, SupplementTaken, Target
from boneplan.timing.words import nutrient_name

BLAMED = 0.5  # a supplement below this share of the limit leaves food as much as any menu needs
SHARES = (0.75, 0.5, 0.25, 0.0)  # of the declared amount, tried in this order

Rebuild = Callable[[Sequence[SupplementTaken]], Problem]
Solvable = Callable[[Problem], bool]


def excess(
    supplements: Sequence[SupplementTaken], targets: Sequence[Target], rebuild: Rebuild, solvable: Solvable
) -> Conflict | None:
    """The conflict of a supplement with an upper limit; None where less of it would not make a menu possible.

    `rebuild` gives the same week with other supplements.
    """
    declared = declared_amounts(supplements)
    for target in targets:
        taken = declared.get(target.nutrient, 0.0)
        if target.max is None or not target.hard or target.nutrient not in LIMIT_COUNTS_SUPPLEMENTS:
            continue
        if target.period == "meal" or taken < BLAMED * target.max:
            continue
        for share in SHARES:
            if solvable(rebuild(_less(supplements, target.nutrient, share))):
                return _conflict(target, target.max, taken, share)
    return None


def _less(supplements: Sequence[SupplementTaken], nutrient: str, share: float) -> list[SupplementTaken]:
    return [
        taken.model_copy(update={"amount": taken.amount * share}) if taken.nutrient == nutrient else taken
        for taken in supplements
    ]


def _conflict(target: Target, most: float, taken: float, share: float) -> Conflict:
    unit = target.unit.replace("ug", "µg")
    name = nutrient_name(target.nutrient)
    left = f"leaves food {most - taken:,.0f} {unit} of it" if taken < most else "is as much or more by itself"
    is_own = target.rule.startswith(OWN)
    source = f"{target.rule}, {target.source}" if is_own else target.source
    text = (
        f"The declared {name} of {taken:,.0f} {unit} a day {left}: the upper limit for food and supplements "
        f"together is {most:,.0f} {unit} a day ({source}). No menu can be made under it. Ask the doctor or "
        "pharmacist who knows of the supplement how much of it you should take."
    )
    offer = f"{name} from supplements of {taken * share:,.0f} {unit} a day or less" if share else f"no {name} tablets"
    offers = [f"{offer}, if your doctor or pharmacist agrees"]
    # Who plans can take a rule of the file back; a limit of the guidelines, and a supplement, nobody here can.
    own = [f"plan without “{name} at most {most:,.0f} {unit} a day” ({target.rule})"] if is_own else []
    return Conflict(part="menu", rules=[target.rule], text=text, relaxations=[*own, *offers])
