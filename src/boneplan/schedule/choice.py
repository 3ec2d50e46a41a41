"""Which aerobic and impact exercises a week holds: a small program that loads bone and keeps the week varied."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from boneplan.errors import Fault
from boneplan.exercises import Exercise
from boneplan.schedule.doses import doses
from boneplan.schedule.needs import week

SEED_SPREAD = 0.3  # what a seed can change: about as much as not having done an exercise last week
SECONDS = 5.0  # a guard only


@dataclass(frozen=True)
class Place:
    """A session to fill: `count` different exercises out of `options`, which maps each to its osteogenic index there.

    Sessions of one `group` should differ from each other.
    """

    group: str
    count: int
    options: Mapping[str, float]


def choose(
    places: Sequence[Place], exercises: Mapping[str, Exercise], last_week: frozenset[str], seed: str
) -> list[list[Exercise]]:
    """The exercises of each place, the best for bone that still give a varied week.

    At least half of the sessions of a group are walks where walks are offered: everybody can walk anywhere. The same
    arguments give the same choice.
    """
    from boneplan.lp import Model, value

    costs, noise = week().costs, random.Random(seed)
    model = Model("exercises")
    chosen: list[dict[str, Any]] = []
    uses: dict[tuple[str, str], list[tuple[Any, float]]] = defaultdict(list)
    for place in places:
        taken = {}
        for name, index in place.options.items():
            cost = SEED_SPREAD * noise.random() - costs["osteogenic_index"] * index
            cost += costs["exercise_last_week"] * (name in last_week)
            taken[name] = model.variable(0, 1, integer=True, cost=cost)
            uses[place.group, name].append((taken[name], 1.0))
        model.row("count", [(x, 1.0) for x in taken.values()], low=place.count, high=place.count)
        chosen.append(taken)
    for terms in uses.values():
        # Each further time costs more than the one before, so that repeats spread over the exercises.
        for number in range(1, len(terms)):
            terms.append((model.variable(0, 1, cost=costs["exercise_again"] * number), -1.0))
        model.row("again", terms, high=1)
    for group in dict.fromkeys(place.group for place in places):
        mine = [i for i, place in enumerate(places) if place.group == group]
        walks = [[(x, 1.0) for n, x in chosen[i].items() if exercises[n].pattern == "walking"] for i in mine]
        if any(walks):
            able = sum(map(bool, walks))
            model.row("walks", [t for terms in walks for t in terms], low=min(able, doses().walks.of(len(mine))))
        for before, after in pairwise(mine):
            for name, first in chosen[before].items():
                if name in chosen[after]:
                    twice = model.variable(cost=costs["exercise_again"])
                    model.row("twice in a row", [(first, 1.0), (chosen[after][name], 1.0), (twice, -1.0)], high=1)
    if places and not model.solve(seconds=SECONDS, gap=0.0).found:
        raise Fault("no exercises were found for the sessions of a week")
    return [[exercises[name] for name, x in taken.items() if value(x) > 0.5] for taken in chosen]
