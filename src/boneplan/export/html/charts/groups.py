"""Where a week's calcium comes from: a bar for each group of foods, the largest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from boneplan.export import figures
from boneplan.export.html.charts.shown import shown
from boneplan.export.html.charts.svg import NORMAL, chart, cut, tag, text
from boneplan.export.html.numbers import Number, Numbers
from boneplan.export.words import amount, long_date, plain
from boneplan.plan import Plan

NUTRIENT = "calcium"
WIDTH, TOP, ROW, THICK = 320, 24, 31, 8  # units of the viewBox
NAME, SHARES = 215, 272  # where the room of a group's name ends, and that of its amount


@dataclass(frozen=True)
class Group:
    """A group of foods and the calcium it brings on a mean day; `share` is of all groups' calcium, in per cent.

    None is unknown: one group's amount makes every share so.
    """

    name: str
    calcium: Number | None
    share: str | None


def group_bars(plan: Plan, week_start: dt.date, *, ident: str, numbers: Numbers | None = None) -> Markup:
    """A chart of the calcium of the week from `week_start` by group of foods, the mean of its days in mg.

    `ident` begins the ids of its elements. `numbers` reads the plan's numbers: one for all charts of a page saves
    time. Empty where the plan does not tell of groups.
    """
    found = _groups(plan, week_start, numbers or Numbers(plan))
    if not found:
        return Markup()
    unit = plain(figures.unit_of(plan, NUTRIENT))
    top = max((group.calcium.value for group in found if group.calcium), default=0.0)
    title = f"Calcium by food group, {unit} a day"
    week = f"mean of the week from {long_date(week_start)}"
    return chart(
        ident,
        (WIDTH, TOP + ROW * len(found)),
        (title, f"{title}, from food alone, {week}: {'; '.join(map(_told, found))}."),
        text(0, 15, title, class_="chart-title"),
        *(part for at, group in enumerate(found) for part in _row(group, TOP + ROW * at, top)),
    )


def _groups(plan: Plan, week_start: dt.date, numbers: Numbers) -> list[Group]:
    """The week's groups, the largest first, those of unknown amount last."""
    amounts = {
        at: numbers.maybe(f"/menu/groups/{at}/amounts/{NUTRIENT}", shown(NUTRIENT))
        for at, group in enumerate(plan.menu.groups)
        if group.start == week_start
    }
    known = [number.value for number in amounts.values() if number]
    whole = sum(known) if len(known) == len(amounts) else 0.0
    groups = [
        Group(
            plain(plan.menu.groups[at].group), number, _share(number.value / whole) if number and whole > 0 else None
        )
        for at, number in amounts.items()
    ]
    return sorted(groups, key=lambda group: -group.calcium.value if group.calcium else float("inf"))


def _share(part: float) -> str:
    """Such as "37 %", or "0.3 %" under one per cent."""
    return f"{amount(100 * part, 0 if part >= 0.01 else 1)} %"


def _row(group: Group, y: float, top: float) -> Iterator[Markup]:
    """A group's name and figures, and its bar beneath."""
    yield text(0, y + 13, cut(group.name, NAME, NORMAL))
    if group.calcium is None:
        yield text(WIDTH, y + 13, "unknown", anchor="end")
        return
    yield text(SHARES, y + 13, group.calcium.tspan(), class_="chart-strong", anchor="end")
    if group.share:
        yield text(WIDTH, y + 13, group.share, class_="chart-small", anchor="end")
    wide = WIDTH * max(group.calcium.value, 0.0) / top if top > 0 else 0.0
    yield tag("rect", x=0, y=y + 18, width=wide, height=THICK, class_="chart-food")


def _told(group: Group) -> str:
    if group.calcium is None:
        return f"{group.name} unknown"
    return f"{group.name} {group.calcium.shown}" + (f" ({group.share})" if group.share else "")
