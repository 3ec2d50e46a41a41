"""The frame of the plan: schema, time zone, dates, and how its menu was found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from boneplan.plan import SCHEMA, Plan
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.status import is_promised

MAX_WEEKS = 12
GAP_TOLERANCE = 1e-3


def check_document(plan: Plan) -> Iterator[Breach]:
    """Schema, time of making, time zone and weeks."""
    if plan.schema_ != SCHEMA:
        yield Breach("verify/schema", "schema", f"{plan.schema_!r} is not {SCHEMA!r}")
    if plan.created.tzinfo is None:
        yield Breach("verify/created", "created", f"{plan.created} has no time zone")
    if not _is_zone(plan.timezone):
        yield Breach("verify/timezone", "timezone", f"{plan.timezone!r} is no time zone")
    if not has_dates(plan):
        text = f"{plan.weeks} weeks from {plan.start}: a plan has 1 to {MAX_WEEKS}, all on the calendar"
        yield Breach("verify/weeks", "weeks", text)


def has_dates(plan: Plan) -> bool:
    """Whether the plan's weeks are a number of weeks that a plan may have, and lie on the calendar."""
    return 1 <= plan.weeks <= MAX_WEEKS and plan.start <= dt.date.max - dt.timedelta(weeks=plan.weeks)


def check_timezone(case: Case) -> Iterator[Breach]:
    """The plan's times are told in the person's own time zone."""
    said, own = case.plan.timezone, case.person.timezone
    if said != own and _is_zone(said):
        yield Breach("verify/timezone", "timezone", f"{said!r}, the profile says {own!r}")


def check_dates(case: Case) -> Iterator[Breach]:
    """Every day of the plan has its menu, unless there is a reason for none; sessions lie within the plan."""
    plan = case.plan
    expected = [plan.start + dt.timedelta(days=n) for n in range(7 * plan.weeks)]
    dates = [day.date for day in plan.menu.days]
    if (dates or is_promised(case, "menu")) and dates != expected:
        yield Breach(
            "verify/dates",
            "menu.days",
            f"{len(dates)} days, not the {len(expected)} in a row from {expected[0]} to {expected[-1]}",
        )
    for session in plan.exercise.sessions:
        if not expected[0] <= session.date <= expected[-1]:
            yield Breach(
                "verify/dates",
                f"session {session.id}",
                f"{session.date} is outside the plan, {expected[0]} to {expected[-1]}",
            )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        return False
    return True


def check_solve(plan: Plan) -> Iterator[Breach]:
    """The gap that the plan claims is that of its objective over its bound, which no menu can undercut."""
    solve = plan.menu.solve
    if solve is None:
        if plan.menu.days:
            yield Breach("verify/solve", "menu.solve", "menus are given, yet not how they were found")
        return
    gap = (solve.objective - solve.bound) / max(abs(solve.bound), 1e-9)
    if abs(gap - solve.gap) > GAP_TOLERANCE:
        text = f"the gap says {solve.gap:g}, objective and bound give {gap:.4g}"
        yield Breach("verify/solve", "menu.solve", text)
    if gap < -GAP_TOLERANCE:
        text = f"the objective {solve.objective:g} is under the bound {solve.bound:g}"
        yield Breach("verify/solve", "menu.solve", text)
