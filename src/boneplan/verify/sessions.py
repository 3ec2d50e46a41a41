"""Each session by itself and beside the others: times, windows, overlaps, stop signs, and its exercises."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from boneplan.plan import Session
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.person import WEEKDAYS, minutes_of_day

MIDNIGHT = 24 * 60
LAST_MINUTE = MIDNIGHT - 1  # 23:59 stands for the end of a day


def check_sessions(case: Case) -> Iterator[Breach]:
    """Every rule that one session, or two, can break."""
    sessions = case.plan.exercise.sessions
    for session_id, count in Counter(session.id for session in sessions).items():
        if count > 1:
            yield Breach("verify/session-id", f"session {session_id}", f"the id stands {count} times")
    timed: list[tuple[Session, int, int]] = []
    for session in sessions:
        where = place(session)
        if not any(sign.strip() for sign in session.stop_if):
            yield Breach("verify/stop-signs", where, "it has no stop signs")
        if not session.items:
            yield Breach("verify/session-empty", where, "it holds no exercise")
        try:
            start, end = minutes_of_day(session.start), minutes_of_day(session.end)
        except ValueError as error:
            yield Breach("verify/session-time", where, str(error))
            continue
        if end - start != session.minutes or session.minutes <= 0:
            text = f"{session.start}-{session.end} is not {session.minutes} minutes"
            yield Breach("verify/session-time", where, text)
        yield from _window(case, session, start, end)
        timed.append((session, start, end))
    yield from _overlaps(timed)
    yield from _busy(case, timed)
    yield from _adjacent_resistance(sessions)


def place(session: Session) -> str:
    """The session's day, time and title, for a breach."""
    return f"{session.date} {session.start} {session.title}"


def _window(case: Case, session: Session, start: int, end: int) -> Iterator[Breach]:
    if case.person.availability is None:
        return
    windows = case.person.availability.get(WEEKDAYS[session.date.weekday()], ())
    if not any(window.start <= start and end <= window.end for window in windows):
        text = f"{session.start}-{session.end} is outside the person's windows of that weekday"
        yield Breach("verify/availability", place(session), text)


def _busy(case: Case, timed: list[tuple[Session, int, int]]) -> Iterator[Breach]:
    by_date: dict[dt.date, list[tuple[Session, int, int]]] = {}
    for entry in timed:
        by_date.setdefault(entry[0].date, []).append(entry)
    for taken in case.plan.exercise.busy:
        try:
            begins, ends = minutes_of_day(taken.start), minutes_of_day(taken.end)
        except ValueError as error:
            yield Breach("verify/busy", f"exercise.busy, {taken.date}", str(error))
            continue
        ends = MIDNIGHT if ends == LAST_MINUTE else ends
        for session, start, end in by_date.get(taken.date, ()):
            if start < ends and begins < end:
                yield Breach("verify/busy", place(session), f"{taken.start}-{taken.end} is taken")


def _overlaps(timed: list[tuple[Session, int, int]]) -> Iterator[Breach]:
    in_order = sorted(timed, key=lambda entry: (entry[0].date, entry[1], entry[2]))
    last: tuple[Session, int] | None = None
    for session, start, end in in_order:
        if last is not None and last[0].date == session.date and start < last[1]:
            yield Breach("verify/overlap", place(session), f"it begins before {last[0].title} has ended")
        if last is None or last[0].date != session.date or end > last[1]:
            last = (session, end)


def _adjacent_resistance(sessions: list[Session]) -> Iterator[Breach]:
    days = sorted({session.date for session in sessions if session.kind == "resistance"})
    for day, following in pairwise(days):
        if (following - day).days == 1:
            text = f"resistance on {day} and again on the day after"
            yield Breach("verify/resistance-adjacent", f"{day}", text)
