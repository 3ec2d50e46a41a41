"""What people eat together: how often the food categories of one meal stand side by side, and how they fit."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from boneplan.menu.patterns import Pattern

Pairs = Mapping[tuple[str, int, int], tuple[int, float]]
"""(meal, smaller category, larger category) -> (meals that held both, lift over chance)."""

SELDOM = 5  # categories that stood together in fewer meals than this are not known to go together
SELDOM_COST = 1.2
AGAINST_COST = 1.0  # for a pair seen together less often than chance would have it
LIFT_WEIGHT = 0.25
LEAST_LIFT, MOST_LIFT = 0.2, 3.0  # beyond these, few meals were counted and the lift is noise


def log_lift(pairs: Pairs, meal: str, one: int, other: int) -> float:
    """Logarithm of the pair's lift, held within what the counts can tell; 0 for the same category.

    A pair that was seldom seen has the least lift: it is not known to go together, whatever chance would have it.
    """
    if one == other:
        return 0.0
    n, lift = pairs.get((meal, min(one, other), max(one, other)), (0, 0.0))
    return math.log(min(max(lift, LEAST_LIFT), MOST_LIFT) if n >= SELDOM else LEAST_LIFT)


def pair_cost(pairs: Pairs, meal: str, categories: Sequence[int]) -> float:
    """How little the different categories of one meal are known to go together; 0 for a meal of one."""
    distinct = sorted(set(categories))
    total = 0.0
    for i, a in enumerate(distinct):
        for b in distinct[i + 1 :]:
            n, lift = pairs.get((meal, a, b), (0, 0.0))
            total += SELDOM_COST * (n < SELDOM) + AGAINST_COST * (lift < 1)
            total -= LIFT_WEIGHT * log_lift(pairs, meal, a, b)
    return total


def company(
    pairs: Pairs, patterns: Sequence[Pattern], counts: Mapping[tuple[str, str, int], float]
) -> dict[tuple[str, str, int], float]:
    """(meal, role, category) -> how well the category goes with the foods it would meet.

    The mean log lift over the needed roles of the kind of meal where it fits best, each weighted by `counts`: how
    often (meal, role, category) is eaten.
    """
    weights: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for (meal, role, category), n in counts.items():
        weights[meal, role][category] = n
    best: dict[tuple[str, str, int], float] = {}
    for pattern in patterns:
        needed = [role for role, (least, _) in pattern.foods.items() if least]
        for role in pattern.foods:
            others = [weights[pattern.meal, other] for other in needed if other != role]
            for category in weights[pattern.meal, role]:
                fits = [_mean_fit(pairs, pattern.meal, category, other) for other in others if other]
                key = pattern.meal, role, category
                best[key] = max(best.get(key, -math.inf), sum(fits) / len(fits) if fits else 0.0)
    return best


def _mean_fit(pairs: Pairs, meal: str, category: int, others: Mapping[int, float]) -> float:
    total = sum(others.values())
    return sum(n * log_lift(pairs, meal, category, other) for other, n in others.items()) / total
