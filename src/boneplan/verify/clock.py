"""Sessions at times that clocks show once: clocks that change skip an hour, or repeat it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.person import minutes_of_day
from boneplan.verify.sessions import place


def check_clock(case: Case) -> Iterator[Breach]:
    """The start and the end of every session, as the clocks of the plan's time zone show them."""
    try:
        zone = ZoneInfo(case.plan.timezone)
    except (OSError, ValueError, LookupError):
        return  # a breach of its own
    for session in case.plan.exercise.sessions:
        try:
            midnight = dt.datetime.combine(session.date, dt.time())
            start, end = (midnight + dt.timedelta(minutes=minutes_of_day(t)) for t in (session.start, session.end))
        except (ValueError, OverflowError):
            continue  # no time, or beyond the calendar: breaches of their own
        bent = [f"{moment:%H:%M}" for moment in (start, end) if _bent(moment, zone)]
        if bent:
            text = f"{' and '.join(bent)}: the clocks of {case.plan.timezone} skip or repeat that time"
            yield Breach("verify/clock", place(session), text)
            continue
        if _offset(start, zone) != _offset(end, zone):
            text = f"the clocks of {case.plan.timezone} change in it, so that it is not as long as it says"
            yield Breach("verify/clock", place(session), text)


def _bent(moment: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether clocks never show the local time `moment`, or show it twice."""
    return _offset(moment, zone) != _offset(moment.replace(fold=1), zone)


def _offset(moment: dt.datetime, zone: ZoneInfo) -> dt.timedelta:
    return zone.utcoffset(moment) or dt.timedelta()
