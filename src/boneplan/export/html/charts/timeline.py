"""A week of exercise: each day's sessions on the hours that the week uses, and below them their times in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from boneplan.export.html.charts.clock import BREAK, Axis, axis, lasting
from boneplan.export.html.charts.kinds import KINDS, paint, patterns
from boneplan.export.html.charts.svg import SMALL, chart, cut, rule, tag, text
from boneplan.export.html.numbers import Number, Numbers
from boneplan.export.words import amount, long_date, long_day, plain, short_day
from boneplan.plan import Plan, Session

WEEK = 7
TOP, LANE, LINE, GAP = 20, 15, 18, 10  # how high the hours, a lane, a line of words and what parts two days are
SHORTEST = 5  # the least that a session shows on its lane
SWATCH, TIME, SPACE = 11, 36, 4  # before a session's kind: its pattern and its start, each with a space behind
HOUR_LABEL = 38  # the room of an hour such as "17:00"


@dataclass(frozen=True)
class Shape:
    """How the drawing lies: where lanes and words begin, and how many sessions stand side by side below a lane."""

    name: str
    width: float
    lanes: float
    words: float
    columns: int


@dataclass(frozen=True)
class Row:
    """A session with its minutes as a number of the plan."""

    session: Session
    minutes: Number


SHAPES = (Shape("narrow", 320, 57, 0, 2), Shape("wide", 736, 92, 92, 4))


def week_timeline(plan: Plan, week_start: dt.date, *, ident: str, numbers: Numbers | None = None) -> Markup:
    """The sessions of the week from `week_start`, drawn twice: for a phone, and for wide screens and paper.

    The style shows one of the two. `ident` begins the ids of the elements. `numbers` reads the plan's numbers: one
    for all charts of a page saves time. Empty where the week has no session.
    """
    numbers = numbers or Numbers(plan)
    days: list[list[Row]] = [[] for _ in range(WEEK)]
    for at, session in enumerate(plan.exercise.sessions):
        if 0 <= (offset := (session.date - week_start).days) < WEEK:
            days[offset].append(Row(session, numbers.number(f"/exercise/sessions/{at}/minutes", amount)))
    if not any(days):
        return Markup()
    for rows in days:
        rows.sort(key=lambda row: row.session.start)
    dated = [(week_start + dt.timedelta(days=offset), rows) for offset, rows in enumerate(days)]
    title = f"Exercise by day and time, week from {long_date(week_start)}"
    said = title, " ".join(_told(date, rows) for date, rows in dated)
    return Markup().join(_drawn(dated, said, shape, f"{ident}-{shape.name}") for shape in SHAPES)


def _drawn(dated: Sequence[tuple[dt.date, Sequence[Row]]], said: tuple[str, str], shape: Shape, ident: str) -> Markup:
    lasts = [last for _, rows in dated for row in rows if (last := lasting(row.session))]
    hours = axis(lasts, shape.lanes, shape.width) if lasts else None
    parts: list[Markup] = [*_hours(hours)] if hours else []
    y = float(TOP)
    for date, rows in dated:
        label = short_day(date) if shape.lanes == shape.words else f"{date:%a} {date.day}"
        parts.append(text(0, y + 12, label, class_="chart-small chart-strong"))
        parts += _lane(rows, hours, y, ident) if hours and rows else []
        if not rows:
            parts.append(text(shape.lanes + 4, y + 12, "no session", class_="chart-small"))
        parts += _words(rows, shape, y + LANE, ident)
        y += LANE + LINE * -(-len(rows) // shape.columns) + GAP
    kinds = dict.fromkeys(row.session.kind for _, rows in dated for row in rows)
    return chart(
        ident, (shape.width, y - GAP + 4), said, patterns(ident, kinds), *parts, class_=f"chart-{shape.name}"
    )


def _hours(hours: Axis) -> Iterator[Markup]:
    """The hours at the top; those that would touch the one before stay away."""
    ends = {x for span in hours.spans() for x in span[1:]}
    edge = 0.0
    for x, hour in hours.hours():
        begin = x - HOUR_LABEL if x in ends else x
        if begin >= edge:
            yield text(x, 12, f"{hour:02}:00", class_="chart-small", anchor="end" if x in ends else "start")
            edge = begin + HOUR_LABEL + 4


def _lane(rows: Sequence[Row], hours: Axis, y: float, ident: str) -> Iterator[Markup]:
    """A day's sessions on its hours."""
    for left, right in hours.spans():
        yield tag("rect", x=left, y=y, width=right - left, height=LANE, class_="chart-lane")
    for x, _ in hours.hours():
        yield rule("chart-axis", x, y, x, y + LANE)
    for _, x in list(hours.spans())[:-1]:
        yield tag("path", d=f"M{x + BREAK / 2 - 4:.2f} {y + 12}l3 -8m2 8l3 -8", class_="chart-axis")
    placed = [(row, last) for row in rows if (last := lasting(row.session))]
    blocks = hours.blocks([last for _, last in placed], SHORTEST)
    for (row, _), (x, wide) in zip(placed, blocks, strict=True):
        yield _block(row, x + 0.75, y, wide - 1.5, LANE, ident)


def _words(rows: Sequence[Row], shape: Shape, y: float, ident: str) -> Iterator[Markup]:
    """Start, kind and minutes of each of a day's sessions, in columns."""
    room = (shape.width - shape.words) / shape.columns
    for at, row in enumerate(rows):
        x, top = shape.words + room * (at % shape.columns), y + LINE * (at // shape.columns)
        yield _block(row, x + 0.75, top + 5, SWATCH - 1, SWATCH - 1, ident)
        begin = x + SWATCH + SPACE
        yield text(begin, top + 15, cut(row.session.start, TIME + SPACE, SMALL), class_="chart-small")
        words = f"{KINDS[row.session.kind].name} ", row.minutes.tspan(), " min"
        yield text(begin + TIME + SPACE, top + 15, *words, class_="chart-small")


def _block(row: Row, x: float, y: float, wide: float, high: float, ident: str) -> Markup:
    kind = row.session.kind
    return tag("rect", x=x, y=y, width=wide, height=high, rx=1.5, class_=f"chart-{kind}", fill=paint(ident, kind))


def _told(date: dt.date, rows: Sequence[Row]) -> str:
    sessions = [
        f"{plain(row.session.start)} {plain(row.session.title)} ({KINDS[row.session.kind].name.lower()}), "
        f"{row.minutes.shown} minutes"
        for row in rows
    ]
    return f"{long_day(date)}: {'; '.join(sessions) or 'no session'}."
