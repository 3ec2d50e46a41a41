"""From changed menus to a whole plan again: times, gaps, notices and revision settled anew, and verified."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from boneplan.absorption import with_absorbed
from boneplan.edits.menu import with_figures
from boneplan.engine import status_of
from boneplan.errors import Fault
from boneplan.foods.own.food import own_foods_of
from boneplan.foods.own.table import own_notices
from boneplan.menu.case import MenuCase
from boneplan.menu.planner import menu_notices
from boneplan.menu.summary import summarised
from boneplan.plan import Conflict, Intake, Menu, Notice, Plan, Removed
from boneplan.revision import entries, revised
from boneplan.timing.settle import settle_times
from boneplan.verify import verify_plan


@dataclass(frozen=True)
class Edited:
    """What became of a change: the plan after it, or the `conflict` that forbids it beside the plan as it was.

    `freed` says what had to be opened for it. `usd` is what a day's food costs, before and after.
    """

    before: Plan
    plan: Plan
    conflict: Conflict | None = None
    freed: str = ""
    usd: tuple[float, float] = (0.0, 0.0)


def finished(
    before: Plan,
    changed: Plan,
    was: MenuCase,
    case: MenuCase,
    *,
    now: dt.datetime,
    bound: float | None,
    seconds: float,
) -> Plan:
    """`changed` as the next revision of `before`, whose case `was`; `case` is that of the change.

    `bound` and `seconds` are as for `with_figures`. Raises Fault where `verify` finds a breach in it.
    """
    changed = changed.model_copy(update={"menu": with_figures(case, changed, bound=bound, seconds=seconds)})
    _, _, told = _settled(before, before.menu, was)
    menu, intakes, telling = _settled(changed, changed.menu, case)
    notices = before.notices
    for old, new in zip(told, telling, strict=True):
        notices = replaced(notices, old, new)
    plan = changed.model_copy(
        update={
            "created": now,
            "menu": menu,
            "intakes": intakes,
            "notices": notices,
            "status": status_of(False, before.conflicts, menu),
        }
    ).model_copy(deep=True)
    plan = _with_removed(revised(plan, before.model_copy(deep=True)), before)
    if breaches := verify_plan(plan):
        raise Fault([f"the changed plan breaks {b.rule} ({b.where}): {b.text}" for b in breaches])
    return plan


def replaced(notices: Sequence[Notice], old: Sequence[Notice], new: Sequence[Notice]) -> list[Notice]:
    """`notices` with `new` where the first of `old` stood, which are gone; at the end where none of them did."""
    first = next((number for number, notice in enumerate(notices) if notice in old), len(notices))
    head, tail = ([n for n in part if n not in old] for part in (notices[:first], notices[first:]))
    return [*head, *new, *tail]


def _settled(plan: Plan, menu: Menu, case: MenuCase) -> tuple[Menu, list[Intake], list[list[Notice]]]:
    """The menu with its times, the intakes, and what the menu gives to tell: of own foods, of times, of amounts."""
    dates = [day.date for day in menu.days]
    settled, intakes, timed = settle_times(case.profile, plan.calendar, menu, dates, case.table)
    of_own = own_notices(own_foods_of(plan), case.excluded, settled)
    menu = summarised(with_absorbed(settled, case.profile, case.table), case)
    return menu, intakes, [of_own, timed, menu_notices(case, menu.days)]


def _with_removed(plan: Plan, before: Plan) -> Plan:
    """With what the revision before told as gone and that is still gone: not every revision reaches a calendar."""
    there = {key for key, _ in entries(plan)} | {gone.id for gone in plan.removed}
    still = [gone for gone in before.removed if gone.id not in there]
    stamp = {"sequence": plan.revision, "modified": plan.created}
    again: list[Removed] = [gone.model_copy(update=stamp) for gone in still]
    return plan.model_copy(update={"removed": [*plan.removed, *again]})
