"""What a chart holds a nutrient's days against: the week's target and the day's limit."""

from __future__ import annotations

from dataclasses import dataclass

from boneplan.export.html.charts.shown import shown
from boneplan.export.html.numbers import Number, Numbers
from boneplan.plan import Period


@dataclass(frozen=True)
class Bounds:
    """The target from `low` to `high` over `period`, and the most of any day; None is unbounded."""

    low: Number | None
    high: Number | None
    period: Period
    limit: Number | None

    def target(self) -> list[Number]:
        """The figures of the target, the lower first; one where both are printed alike."""
        found = [number for number in (self.low, self.high) if number]
        return found[:1] if len({number.shown for number in found}) == 1 else found

    def words(self) -> list[str | Number]:
        """The target in words around its figures, such as "1,200 to 1,500", "90 or more" or "up to 300"."""
        found = self.target()
        if len(found) > 1:
            return [found[0], " to ", found[1]]
        if self.low and self.high:
            return [*found]
        return [*found, " or more"] if self.low else ["up to ", *found]


def bounds(numbers: Numbers, nutrient: str) -> Bounds:
    """The tightest bounds on `nutrient`: the target is the week's, or else the least of a day."""

    def tightest(fold: str, side: str, period: Period) -> Number | None:
        return numbers.maybe(f"{fold} /targets/*/{side}?nutrient={nutrient}&period={period}", shown(nutrient))

    low, high = tightest("max", "min", "week_mean"), tightest("min", "max", "week_mean")
    limit = tightest("min", "max", "day")
    if low or high:
        return Bounds(low, high, "week_mean", limit)
    return Bounds(tightest("max", "min", "day"), None, "day", limit)
