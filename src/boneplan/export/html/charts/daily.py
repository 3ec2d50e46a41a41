"""What a chart of a nutrient's days shows, and the same in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boneplan.export import figures
from boneplan.export.html.charts.lines import Bounds, bounds
from boneplan.export.html.charts.shown import shown
from boneplan.export.html.numbers import Number, Numbers, indices
from boneplan.export.words import plain
from boneplan.plan import Day, Plan


@dataclass(frozen=True)
class Bar:
    """One day's food, and its food and supplements together; None is unknown."""

    date: dt.date
    food: Number | None
    total: Number | None


@dataclass(frozen=True)
class Daily:
    """A nutrient's days. `taken` is what supplements add a day; `mean` is None where a day is unknown."""

    name: str
    unit: str
    bars: list[Bar]
    taken: Number | None
    mean: Number | None
    bounds: Bounds

    @property
    def title(self) -> str:
        return f"{self.name} by day, in {self.unit}"

    def told(self) -> str:
        """All that the chart shows."""
        return " ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        both = ", food and supplements together" if self.taken else ""
        days = (f"{bar.date:%A} {bar.total.shown if bar.total else 'unknown'}" for bar in self.bars)
        yield f"{self.title}{both}: {', '.join(days)}."
        if self.taken:
            yield f"Supplements bring {self.taken.shown} of it each day."
        if self.mean:
            yield f"The mean of these days is {self.mean.shown}."
        if self.bounds.target():
            period = "for the mean of the week" if self.bounds.period == "week_mean" else "for each day"
            words = (word if isinstance(word, str) else word.shown for word in self.bounds.words())
            yield f"The target {period} is {''.join(words)}."
        if self.bounds.limit:
            yield f"The limit for each day is {self.bounds.limit.shown}."


def daily(plan: Plan, numbers: Numbers, nutrient: str, days: Sequence[Day]) -> Daily:
    """The figures of `nutrient` on `days`, which are days of the plan's menu."""
    supplements = f"sum /menu/supplements/*/amount?nutrient={nutrient}"
    also = f" + {supplements}" if figures.supplemented(plan, nutrient) else ""
    reads = shown(nutrient)
    at = [plan.menu.days.index(day) for day in days]
    bars = []
    for index, day in zip(at, days, strict=True):
        food = f"/menu/days/{index}/totals/{nutrient}"
        bars.append(Bar(day.date, numbers.maybe(food, reads), numbers.maybe(food + also, reads)))
    known = bool(bars) and all(bar.total for bar in bars)
    mean = f"mean /menu/days/{indices(at)}/totals/{nutrient}{also}"
    name = figures.nutrient_name(nutrient)
    return Daily(
        name=name[0].upper() + name[1:],
        unit=plain(figures.unit_of(plan, nutrient)),
        bars=bars,
        taken=numbers.number(supplements, reads) if also else None,
        mean=numbers.number(mean, reads) if known else None,
        bounds=bounds(numbers, nutrient),
    )
