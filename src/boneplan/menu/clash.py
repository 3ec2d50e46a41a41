"""Rules of a rules file that contradict the person or one another, found before anything is solved."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial

from boneplan.foods.eligible import MEALS, Exclusion
from boneplan.menu.bounds import Bound
from boneplan.menu.irreducible import shrink
from boneplan.menu.patterns import Count
from boneplan.menu.said import OWN, capital, in_words
from boneplan.plan import MealName, Target

ROUNDING = 1e-6

Place = tuple[str, MealName]
"""A food, and a meal at which it may stand."""


@dataclass(frozen=True)
class Clash:
    """Rules that cannot all hold, that of the file first, though without any one of them the others can; in words."""

    rules: tuple[str, ...]
    text: str


def clashes(
    targets: Sequence[Target], bounds: Sequence[Bound], counts: Sequence[Count], excluded: Sequence[Exclusion]
) -> list[Clash]:
    """Every contradiction that a rule of the file is a side of. `bounds` are those on food, one for each target."""
    return [*_of_amounts(targets, bounds), *_of_foods(counts, excluded)]


def _of_amounts(targets: Sequence[Target], bounds: Sequence[Bound]) -> Iterator[Clash]:
    """A least above a most of the same nutrient: what holds each day holds for the week's mean."""
    rows = [row for row in zip(targets, bounds, strict=True) if row[1].period != "meal"]
    for number, (source, own) in enumerate(rows):
        if not own.rule.startswith(OWN) or not own.hard:
            continue
        # Of two rules of the file, the later one names both.
        against = [(t, b) for t, b in rows[:number] if b.hard and _apart(own, b) and b.rule != own.rule]
        if against:
            least = own.low is not None
            target, bound = min(against, key=lambda row: (row[1].high or 0.0) if least else -(row[1].low or 0.0))
            text = (
                f"{capital(in_words(own))} ({own.rule}, {source.source}) is {'more' if least else 'less'} than "
                f"{in_words(bound)} ({bound.rule}, {target.source})."
            )
            yield Clash((own.rule, bound.rule), text)


def _apart(one: Bound, other: Bound) -> bool:
    """Whether the least of one is above the most of the other."""
    return one.nutrient == other.nutrient and any(
        least.low is not None and most.high is not None and least.low > most.high + ROUNDING
        for least, most in ((one, other), (other, one))
    )


def _of_foods(counts: Sequence[Count], excluded: Sequence[Exclusion]) -> Iterator[Clash]:
    """Servings that are asked for, and of which other rules leave nothing."""
    texts = {rule.rule: rule.text for rule in reversed(excluded)}
    for asked in counts:
        if not asked.least or not asked.foods:
            continue
        against, left = keepers(excluded, {(food, meal) for food in asked.foods for meal in asked.meals or MEALS})
        if not left:
            reasons = " and ".join(f"{texts[rule]} ({rule})" for rule in against)
            text = f"{capital(asked.text)} ({asked.rule}) cannot be served: nothing of it is left under {reasons}."
            yield Clash((asked.rule, *against), text)


def keepers(excluded: Sequence[Exclusion], places: Set[Place]) -> tuple[list[str], set[Place]]:
    """The rules that keep food out of `places`, none of them named in vain, and the places that no rule closes."""
    barred: dict[str, set[Place]] = {}
    for rule in excluded:
        if closed := {place for place in places if place[0] in rule.foods and place[1] in rule.meals}:
            barred.setdefault(rule.rule, set()).update(closed)
    kept = set().union(*barred.values())
    # The rules that keep out most of what is asked for tell the reason best.
    order = sorted(barred, key=lambda rule: -len(barred[rule]))
    return shrink(order, partial(_covers, barred, kept)) if kept else [], set(places) - kept


def _covers(barred: Mapping[str, set[Place]], wanted: set[Place], rules: Collection[str]) -> bool:
    return not wanted.difference(*(barred[rule] for rule in rules))
