"""Where a week's calcium comes from: what each group of foods brings a day."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from boneplan.export import figures
from boneplan.export.html.amounts import capital
from boneplan.export.html.charts import group_bars
from boneplan.export.html.charts.shown import shown
from boneplan.export.html.numbers import Number, Numbers
from boneplan.export.weeks import Week
from boneplan.plan import Plan


@dataclass(frozen=True)
class Group:
    """One group of foods; an amount that the plan does not tell is None."""

    name: str
    amounts: tuple[Number | None, ...]


@dataclass(frozen=True)
class WeekOfGroups:
    """The groups of a week, that with most calcium first."""

    title: str
    chart: Markup
    columns: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]


def week_of_groups(plan: Plan, week: Week, numbers: Numbers) -> WeekOfGroups | None:
    """The groups of one week; None where the plan tells of none."""
    mine = [at for at, group in enumerate(plan.menu.groups) if group.start == week.first]
    if not mine:
        return None
    mine.sort(key=lambda at: (-plan.menu.groups[at].amounts.get("calcium", 0), plan.menu.groups[at].group))
    return WeekOfGroups(
        week.title,
        group_bars(plan, week.first, ident=f"groups-{week.number}", numbers=numbers),
        tuple((capital(figures.nutrient_name(n)), figures.unit_of(plan, n)) for n in figures.SHOWN),
        tuple(
            Group(
                plan.menu.groups[at].group,
                tuple(numbers.maybe(f"/menu/groups/{at}/amounts/{n}", shown(n)) for n in figures.SHOWN),
            )
            for at in mine
        ),
    )
