"""What each day of a week gives of the nutrients that matter here, beside what is aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from boneplan.export import figures
from boneplan.export.html.charts import day_bars
from boneplan.export.html.charts.shown import shown
from boneplan.export.html.numbers import Number, Numbers, indices
from boneplan.export.weeks import Week
from boneplan.export.words import short_day
from boneplan.plan import Period, Plan


@dataclass(frozen=True)
class Bounds:
    """What is aimed at; a side without a bound is None."""

    low: Number | None
    high: Number | None


@dataclass(frozen=True)
class Cell:
    """One figure with its verdict; a nutrient that the day does not tell of has no number."""

    number: Number | None
    verdict: figures.Verdict = ""


@dataclass(frozen=True)
class Row:
    """A day, the mean, or what supplements add."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Absorbed:
    """How much of the calcium is absorbed, an estimate."""

    absorbed: Number
    eaten: Number


@dataclass(frozen=True)
class WeekOfAmounts:
    """A drawing for each nutrient, then all figures as a table. `supplements` is empty where none adds anything."""

    title: str
    charts: tuple[Markup, ...]
    columns: tuple[tuple[str, str], ...]
    days: tuple[Row, ...]
    mean: Row
    supplements: tuple[Number | None, ...]
    together: Row | None
    bounds: tuple[Bounds, ...]
    absorbed: Absorbed | None


def week_of_amounts(plan: Plan, week: Week, numbers: Numbers) -> WeekOfAmounts:
    """The figures of one week."""
    days = [plan.menu.days[at] for at in week.days]
    added = {nutrient: figures.supplemented(plan, nutrient) for nutrient in figures.SHOWN}
    every = f"/menu/days/{indices(week.days)}/totals"
    rows = tuple(
        Row(short_day(plan.menu.days[at].date), _cells(plan, numbers, f"/menu/days/{at}/totals/{{}}", "day"))
        for at in week.days
    )
    with_supplements = f"mean {every}/{{}} + {_SUPPLEMENTS}"
    return WeekOfAmounts(
        title=week.title,
        charts=tuple(
            day_bars(plan, nutrient, days, ident=f"days-{week.number}-{nutrient}", numbers=numbers)
            for nutrient in figures.SHOWN
        ),
        columns=tuple((capital(figures.nutrient_name(n)), figures.unit_of(plan, n)) for n in figures.SHOWN),
        days=rows,
        mean=Row("Mean of food", _cells(plan, numbers, f"mean {every}/{{}}", "week_mean")),
        supplements=tuple(
            numbers.number(_SUPPLEMENTS.format(n), shown(n)) if added[n] else None for n in figures.SHOWN
        )
        if any(added.values())
        else (),
        together=Row("Mean with supplements", _cells(plan, numbers, with_supplements, "week_mean", None))
        if any(added.values())
        else None,
        bounds=tuple(Bounds(_bound(numbers, n, "min"), _bound(numbers, n, "max")) for n in figures.SHOWN),
        absorbed=_absorbed(numbers, every),
    )


_SUPPLEMENTS = "sum /menu/supplements/*/amount?nutrient={}"


def _cells(
    plan: Plan, numbers: Numbers, of: str, period: Period, extra: Sequence[str] | None = ()
) -> tuple[Cell, ...]:
    """A figure for each nutrient; it is judged with the supplements, which `of` may hold already (`extra` None)."""
    cells = []
    for nutrient in figures.SHOWN:
        number = numbers.maybe(of.format(*[nutrient] * of.count("{}")), shown(nutrient))
        goal = figures.goal(plan, nutrient, period)
        if number is None or goal is None:
            cells.append(Cell(number))
            continue
        beside = 0.0 if extra is None else figures.supplemented(plan, nutrient)
        cells.append(Cell(number, goal.verdict(number.value + beside)))
    return tuple(cells)


def _bound(numbers: Numbers, nutrient: str, side: str) -> Number | None:
    """The tightest bound on a week's mean, or else on a day (as `figures.headline`)."""
    fold = "max" if side == "min" else "min"
    for period in ("week_mean", "day"):
        of = f"{fold} /targets/*/{side}?nutrient={nutrient}&period={period}"
        if bound := numbers.maybe(of, shown(nutrient)):
            return bound
    return None


def _absorbed(numbers: Numbers, every: str) -> Absorbed | None:
    # Tens of milligrams: finer than that is more than the estimate knows.
    absorbed = numbers.maybe(f"mean {every}/absorbed_calcium", lambda value: f"{round(value, -1):.0f}")
    eaten = numbers.maybe(f"mean {every}/calcium", shown("calcium"))
    return Absorbed(absorbed, eaten) if absorbed and eaten else None


def capital(name: str) -> str:
    """`name` as a heading begins: with a capital, the rest as it is."""
    return name[:1].upper() + name[1:]
