"""Every bound that the menus keep to or aim at, with the rule that set it and its source."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from boneplan.export.figures import nutrient_name, unit_text
from boneplan.export.html.numbers import Number, Numbers
from boneplan.export.html.sources import Source, Sources
from boneplan.export.words import amount
from boneplan.plan import Basis, Period, Plan, Target

OF: dict[Period, str] = {"day": "each day", "week_mean": "a day, on the week's mean", "meal": "at a meal"}
MARKS: dict[Basis, str] = {
    "published": "",
    "rules": "",
    "consensus-unverified": "not checked at its source",
    "project": "boneplan's own",
}


@dataclass(frozen=True)
class Bound:
    """What one rule, or a pair of rules of one title, asks: at least `low`, at most `high`."""

    low: Number | None
    high: Number | None
    unit: str
    time: str
    hard: bool
    title: str
    rules: tuple[str, ...]
    source: Source | None
    mark: str


@dataclass(frozen=True)
class Bounded:
    """The bounds on one nutrient."""

    nutrient: str
    bounds: tuple[Bound, ...]


def bounded(plan: Plan, numbers: Numbers, sources: Sources) -> tuple[Bounded, ...]:
    """The targets by nutrient, in the order in which each comes first; a low and a high of one kind are one bound.

    Where a menu is refused there are none to aim at: they could be the very thing that is unsafe.
    """
    if plan.status == "refused" and not plan.menu.days:
        return ()
    order = list(dict.fromkeys(target.nutrient for target in plan.targets))
    pairs: dict[tuple[object, ...], list[int]] = {}
    for at, target in enumerate(plan.targets):
        side = target.min is None
        same = (target.nutrient, _time(target), target.hard, target.title or target.rule, target.source)
        taken = pairs.setdefault(same, [])
        fits = len(taken) == 1 and (plan.targets[taken[0]].min is None) != side and not _both(plan, [*taken, at])
        if taken and not fits:
            pairs[(*same, at)] = [at]
        else:
            taken.append(at)
    rows = sorted(pairs.values(), key=lambda taken: (order.index(plan.targets[taken[0]].nutrient), taken))
    return tuple(
        Bounded(nutrient_name(nutrient), tuple(_bound(plan, taken, numbers, sources) for taken in of_one))
        for nutrient, of_one in groupby(rows, key=lambda taken: plan.targets[taken[0]].nutrient)
    )


def _both(plan: Plan, taken: list[int]) -> bool:
    return any(plan.targets[at].min is not None and plan.targets[at].max is not None for at in taken)


def _bound(plan: Plan, taken: list[int], numbers: Numbers, sources: Sources) -> Bound:
    first = plan.targets[taken[0]]
    low = next((at for at in taken if plan.targets[at].min is not None), None)
    high = next((at for at in taken if plan.targets[at].max is not None), None)
    return Bound(
        None if low is None else numbers.number(f"/targets/{low}/min", _shown),
        None if high is None else numbers.number(f"/targets/{high}/max", _shown),
        unit_text(first.unit),
        _time(first),
        first.hard,
        first.title or first.rule,
        tuple(plan.targets[at].rule for at in taken),
        sources.cited(first.source),
        MARKS[first.basis],
    )


def _time(target: Target) -> str:
    return f"at {' and '.join(target.meals)}" if target.meals else OF[target.period]


def _shown(value: float) -> str:
    return amount(value, 1)
