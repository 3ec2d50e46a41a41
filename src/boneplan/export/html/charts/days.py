"""A nutrient by day: bars from zero, food and supplements apart, against the week's target and the day's limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from boneplan.export.html.charts.daily import Daily, daily
from boneplan.export.html.charts.svg import chart, hatched, rule, shrunk, tag, text
from boneplan.export.html.numbers import Number, Numbers
from boneplan.plan import Day, Plan

WIDTH, LEFT, TOP, PLOT = 320, 46, 50, 120  # units of the viewBox
FOOT = TOP + PLOT  # where the bars stand
THICK = 0.62  # of the room that a day has
FAR = 1.5  # a limit above so many times all else is named and not drawn, lest it squash the bars
CLOSE = 13  # how near the figures of two lines may stand to each other
KEY, LINE = FOOT + 24, 19  # where the key begins, and from one of its lines to the next
SAMPLE, SECOND = 22, 76  # how wide a sample in the key is, and where a second one on a line begins


@dataclass(frozen=True)
class Scale:
    """Figures from zero to `top` on the height of the plot. `far` is a limit beyond it, `limit` one on it."""

    top: float
    limit: Number | None
    far: Number | None

    def height(self, value: float) -> float:
        return PLOT * min(max(value / self.top, 0.0), 1.0)


def day_bars(plan: Plan, nutrient: str, days: Sequence[Day], *, ident: str, numbers: Numbers | None = None) -> Markup:
    """A chart of `nutrient` (one of `figures.SHOWN`) on `days`, days of the plan's menu, at most a week of them.

    `ident` begins the ids of its elements. `numbers` reads the plan's numbers: one for all charts of a page saves
    time. Empty where there are no days.
    """
    if not days:
        return Markup()
    found = daily(plan, numbers or Numbers(plan), nutrient, days)
    scale = _scale(found)
    key = list(_key(found, scale, ident))
    return chart(
        ident,
        (WIDTH, KEY + LINE * len(key) + 1),
        (found.title, found.told()),
        *([tag("defs", hatched(ident, "supplement", "M0 2.5H5", turn=-45))] if found.taken else []),
        text(0, 15, f"{found.name}, {found.unit} a day", class_="chart-title"),
        *([text(WIDTH, 15, "mean ", found.mean.tspan(), anchor="end")] if found.mean else []),
        *_band(found, scale),
        *_columns(found, scale, ident),
        *_lines(found, scale),
        *_unknown(found),
        *(tag("g", *row, transform=f"translate(0 {KEY + LINE * at})") for at, row in enumerate(key)),
    )


def _scale(found: Daily) -> Scale:
    reached = [*(bar.total for bar in found.bars if bar.total), *found.bounds.target()]
    highest = max((number.value for number in reached), default=0.0)
    limit = found.bounds.limit
    if limit and limit.value > FAR * highest > 0:
        return Scale(highest, None, limit)
    return Scale(max(highest, limit.value if limit else 0.0) or 1.0, limit, None)


def _columns(found: Daily, scale: Scale, ident: str) -> Iterator[Markup]:
    """Each day's bar, its figure above and its name below; an unknown one has neither bar nor figure."""
    room = (WIDTH - LEFT) / len(found.bars)
    size = shrunk([bar.total.shown for bar in found.bars if bar.total], room)
    for at, bar in enumerate(found.bars):
        middle = LEFT + room * (at + 0.5)
        yield text(middle, FOOT + 16, f"{bar.date:%a}", class_="chart-small", anchor="middle")
        if bar.food and bar.total:
            yield text(middle, TOP - 9, bar.total.tspan(), anchor="middle", style=size)
            yield from _bar(bar.food, bar.total, middle - room * THICK / 2, room * THICK, scale, ident)


def _unknown(found: Daily) -> Iterator[Markup]:
    """The word in the place of each bar that nobody can draw."""
    room = (WIDTH - LEFT) / len(found.bars)
    for at, bar in enumerate(found.bars):
        if bar.total is None:
            turned = f"translate({LEFT + room * (at + 0.5) + 4:.1f} {FOOT - 8}) rotate(-90)"
            yield tag("text", "unknown", class_="chart-small chart-clear", transform=turned)


def _bar(food: Number, total: Number, left: float, wide: float, scale: Scale, ident: str) -> Iterator[Markup]:
    eaten, all_of_it = scale.height(food.value), scale.height(total.value)
    yield tag("rect", x=left, y=FOOT - eaten, width=wide, height=eaten, class_="chart-food")
    if all_of_it > eaten:
        place = {"x": left, "y": FOOT - all_of_it, "width": wide, "height": all_of_it - eaten}
        yield tag("rect", **place, fill=f"url(#{ident}-supplement)", class_="chart-supplement")


def _band(found: Daily, scale: Scale) -> Iterator[Markup]:
    """The ground between the least and the most of the target."""
    low, high = found.bounds.low, found.bounds.high
    if low and high:
        top, foot = scale.height(high.value), scale.height(low.value)
        yield tag("rect", x=LEFT, y=FOOT - top, width=WIDTH - LEFT, height=max(top - foot, 0), class_="chart-band")


def _lines(found: Daily, scale: Scale) -> Iterator[Markup]:
    """The foot, the target and the limit with their figures at the left."""
    yield rule("chart-axis", LEFT, FOOT, WIDTH, FOOT)
    drawn = [(number, "chart-target") for number in found.bounds.target()]
    drawn += [(scale.limit, "chart-limit")] if scale.limit else []
    taken = float(FOOT)
    yield text(LEFT - 8, taken + 4, "0", class_="chart-small", anchor="end")
    for number, class_ in sorted(drawn, key=lambda line: line[0].value):
        y = FOOT - scale.height(number.value)
        taken = min(y, taken - CLOSE)
        yield rule(f"{class_} chart-halo", LEFT, y, WIDTH, y)
        yield rule(class_, LEFT, y, WIDTH, y)
        yield rule("chart-axis", LEFT - 6, taken, LEFT, y)
        yield _figure(number, taken)
    if scale.far:
        taken = min(TOP - 13.0, taken - CLOSE)
        yield _figure(scale.far, taken)
        yield _arrow(LEFT - 3, taken)


def _figure(number: Number, y: float) -> Markup:
    size = shrunk([number.shown], LEFT - 8)
    return text(LEFT - 8, y + 4, number.tspan(), class_="chart-figure", anchor="end", style=size)


def _arrow(x: float, y: float) -> Markup:
    return tag("path", d=f"M{x:g} {y + 6:g}v-12m-3.5 4.5l3.5 -4.5l3.5 4.5", class_="chart-limit")


def _key(found: Daily, scale: Scale, ident: str) -> Iterator[list[Markup]]:
    """The lines of the key, each at the top of a place of its own."""
    if found.taken:
        taken = {"fill": f"url(#{ident}-supplement)", "class_": "chart-supplement"}
        yield [
            tag("rect", x=0, y=2, width=SAMPLE, height=12, class_="chart-food"),
            _said("food"),
            tag("rect", x=SECOND, y=2, width=SAMPLE, height=12, **taken),
            _said("supplements, ", found.taken.tspan(), " each day", x=SECOND),
        ]
    if found.bounds.target():
        period = "week’s mean" if found.bounds.period == "week_mean" else "each day"
        words = (word if isinstance(word, str) else word.tspan() for word in found.bounds.words())
        yield [rule("chart-target", 0, 8, SAMPLE, 8), _said("target ", *words, f" ({period})")]
    if scale.limit:
        yield [rule("chart-limit", 0, 8, SAMPLE, 8), _said("limit ", scale.limit.tspan(), " (each day)")]
    if scale.far:
        yield [_arrow(SAMPLE / 2, 8), _said("limit ", scale.far.tspan(), " (each day), above this chart")]


def _said(*words: str, x: float = 0) -> Markup:
    """Words beside a sample that begins at `x`."""
    return text(x + SAMPLE + 6, 12.5, *words, class_="chart-small")
