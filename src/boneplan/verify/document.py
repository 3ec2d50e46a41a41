"""The frame of the plan: schema, dates, and a status that says what the plan really holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from boneplan.plan import SCHEMA, Plan
from boneplan.verify.breach import Breach

MAX_WEEKS = 12
GAP_TOLERANCE = 1e-3
CLOSING = ("refuse", "clearance")


def check_document(plan: Plan) -> Iterator[Breach]:
    """Schema, time of making, time zone, weeks, and the dates of the menu and the sessions."""
    if plan.schema_ != SCHEMA:
        yield Breach("verify/schema", "schema", f"{plan.schema_!r} is not {SCHEMA!r}")
    if plan.created.tzinfo is None:
        yield Breach("verify/created", "created", f"{plan.created} has no time zone")
    try:
        ZoneInfo(plan.timezone)
    except (OSError, ValueError, LookupError):
        yield Breach("verify/timezone", "timezone", f"{plan.timezone!r} is no time zone")
    if has_dates(plan):
        yield from _dates(plan)
    else:
        text = f"{plan.weeks} weeks from {plan.start}: a plan has 1 to {MAX_WEEKS}, all on the calendar"
        yield Breach("verify/weeks", "weeks", text)


def has_dates(plan: Plan) -> bool:
    """Whether the plan's weeks are a number of weeks that a plan may have, and lie on the calendar."""
    return 1 <= plan.weeks <= MAX_WEEKS and plan.start <= dt.date.max - dt.timedelta(weeks=plan.weeks)


def _dates(plan: Plan) -> Iterator[Breach]:
    expected = [plan.start + dt.timedelta(days=n) for n in range(7 * plan.weeks)]
    dates = [day.date for day in plan.menu.days]
    menu_promised = plan.status in ("ok", "gaps") and not refused(plan, "menu")
    if (menu_promised or dates) and dates != expected:
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


def check_status(plan: Plan) -> Iterator[Breach]:
    """The status agrees with the gaps, the days, the notices and the conflicts."""
    gaps, days = len(plan.menu.gaps), len(plan.menu.days)

    def wrong(text: str) -> Breach:
        return Breach("verify/status", "status", f"{plan.status!r}, yet {text}")

    if plan.status == "ok" and gaps:
        yield wrong(f"{gaps} gaps are declared")
    if plan.status == "gaps" and not gaps:
        yield wrong("no gap is declared")
    conflicts = [conflict for conflict in plan.conflicts if conflict.text.strip()]
    # A conflict about the times for exercise alone leaves the menus standing.
    about_menu = [c for c in conflicts if c.part != "exercise"]
    if days and (plan.status == "refused" or (plan.status == "infeasible" and about_menu)):
        yield wrong(f"{days} days of menu are given")
    if plan.status == "refused" and not any(n.level in CLOSING and n.text.strip() for n in plan.notices):
        yield wrong("no notice says why")
    if plan.status == "infeasible" and not conflicts:
        yield wrong("no conflict is named")
    if plan.status != "infeasible" and conflicts:
        yield wrong(f"{len(conflicts)} conflicts are named")
    for part, count in (("menu", days), ("exercise", len(plan.exercise.sessions))):
        if count and refused(plan, part):
            yield Breach("verify/refused", part, f"a notice refuses it, yet {count} entries are given")


def check_solve(plan: Plan) -> Iterator[Breach]:
    """The gap that the plan claims is that of its objective over its bound, which no menu can undercut."""
    solve = plan.menu.solve
    if solve is None:
        return
    gap = (solve.objective - solve.bound) / max(abs(solve.bound), 1e-9)
    if abs(gap - solve.gap) > GAP_TOLERANCE:
        text = f"the gap says {solve.gap:g}, objective and bound give {gap:.4g}"
        yield Breach("verify/solve", "menu.solve", text)
    if gap < -GAP_TOLERANCE:
        text = f"the objective {solve.objective:g} is under the bound {solve.bound:g}"
        yield Breach("verify/solve", "menu.solve", text)


def refused(plan: Plan, part: str) -> bool:
    """Whether a notice takes `part` ("menu" or "exercise") out of the plan.

    A notice that names no scope tells of a conflict where the plan is infeasible, and closes all otherwise.
    """
    unsaid = None if plan.status == "infeasible" else "plan"
    return any(notice.level in CLOSING and (notice.scope or unsaid) in ("plan", part) for notice in plan.notices)
