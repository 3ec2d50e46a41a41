"""The natural step of a bound, and a bound moved by it to the stricter side."""

from __future__ import annotations

import math
from dataclasses import replace

from boneplan.menu.bounds import Bound

PART = 12  # a step is about a twelfth of its target: 100 mg of 1,200 mg of calcium
ROUND = (1.0, 2.0, 5.0, 10.0)


def natural_step(bound: Bound) -> float:
    """About a twelfth of the target as 1, 2 or 5 times a power of ten, in the target's unit a day."""
    size = max(bound.aim, bound.most) / PART
    if size <= 0:
        return 1.0
    scale = 10.0 ** math.floor(math.log10(size))
    return min((scale * part for part in ROUND), key=lambda step: abs(math.log(step / size)))


def stricter(bound: Bound, step: float) -> Bound:
    """The bound with its minimum higher, or its maximum lower, by `step`.

    One that may be missed may be missed still, at the same price for each unit.
    """
    if bound.low is not None:
        aim = bound.aim + step if bound.hard else bound.aim
        return replace(bound, low=bound.low + step, aim=aim)
    return replace(bound, high=(bound.high or 0.0) - step, most=bound.most - step if bound.hard else bound.most)
