"""A plan as an iCalendar file (RFC 5545): one event per session, the checks to ask for as all-day events.

No METHOD: a file to import is not an invitation. The calendar's name and refresh interval stand under the
standard's names (RFC 7986) and under the X-names that older programs read.
"""

from __future__ import annotations

import datetime as dt
import uuid
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar, Event, vDuration, vText

from boneplan.errors import InputError
from boneplan.export.words import effort, exercise_line, person, plain
from boneplan.export.zones import vtimezone
from boneplan.plan import Monitoring, Plan, Session

PRODID = "-//boneplan//boneplan//EN"
UID_DOMAIN = "boneplan"
REFRESH = dt.timedelta(hours=12)
YEARS = range(1970, 2201)  # what every calendar program can hold
# Any fixed value does, as long as it never changes: the UIDs of checks are derived from it.
NAMESPACE = uuid.UUID("0d1f2f6e-6f0b-5c3a-9a56-3f1f5e0f7b7a")


def to_ics(plan: Plan, *, now: dt.datetime) -> bytes:
    """The calendar of `plan` as UTF-8 bytes with CRLF line ends; `now` (aware) becomes each event's DTSTAMP.

    Times are local to the plan's zone, which is included. The same plan and `now` give the same bytes. Raises
    `InputError` where the zone is unknown, a date lies outside `YEARS`, a session's times cannot be read, or
    two sessions share an id.
    """
    _check_years(plan)
    zone = _zone(plan.timezone)
    stamp = now.astimezone(dt.UTC).replace(microsecond=0)
    events = [_session_event(session, plan, zone, stamp) for session in _distinct(plan.exercise.sessions)]
    checks = {check_uid(plan, check): check for check in plan.monitoring}
    events += [_check_event(check, uid, plan, stamp) for uid, check in checks.items()]

    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    title = calendar_title(plan)
    # Given as typed values: icalendar writes plain strings of X- properties without escaping them.
    calendar.add("name", vText(title))
    calendar.add("x-wr-calname", vText(title))
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    if any("TZID" in event["DTSTART"].params for event in events):
        dates = [session.date for session in plan.exercise.sessions]
        calendar.add_component(vtimezone(zone, min(dates), max(dates)))
    for event in events:
        calendar.add_component(event)
    # In the order of adding: the sorted order differs between versions of icalendar.
    return bytes(calendar.to_ical(sorted=False))


def calendar_title(plan: Plan) -> str:
    """What calendar programs show as the calendar's name."""
    name = person(plan)
    return f"Bone plan: {name}" if name else "Bone plan"


def session_uid(session: Session) -> str:
    """The UID of a session's event: the same in every export."""
    return f"{plain(session.id)}@{UID_DOMAIN}"


def check_uid(plan: Plan, check: Monitoring) -> str:
    """The UID of a monitoring date's event: the same in every export of this plan."""
    words = "\n".join((plan.id, check.rule, check.what, check.due.isoformat()))
    return f"{uuid.uuid5(NAMESPACE, words)}@{UID_DOMAIN}"


def session_times(session: Session, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """The aware start and end of a session in `zone`.

    A start that the clock skips moves on by the length of the gap, and the end with it; of a time that the
    clock shows twice, the first is meant (RFC 5545, section 3.3.5). Raises `InputError` where a time cannot
    be read.
    """
    start, end = (_clock(session, field) for field in ("start", "end"))
    if end <= start:
        raise InputError(
            f"session {_named(session)}: it ends at {session.end}, not after its start at {session.start}: "
            "make the plan again"
        )
    begins = _existing(start.replace(tzinfo=zone))
    moved = begins.replace(tzinfo=None) - start
    return begins, _existing((end + moved).replace(tzinfo=zone))


def _existing(local: dt.datetime) -> dt.datetime:
    return local.astimezone(dt.UTC).astimezone(local.tzinfo)


def _clock(session: Session, field: str) -> dt.datetime:
    text = getattr(session, field)
    try:
        return dt.datetime.combine(session.date, dt.datetime.strptime(text, "%H:%M").time())
    except ValueError:
        raise InputError(
            f'session {_named(session)}: {field} is {text[:20]!r}: write a time such as "07:30"'
        ) from None


def _named(session: Session) -> str:
    return f"of {session.date} ({plain(session.title)[:40]})"


def _zone(key: str) -> ZoneInfo:
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(f"timezone is {key[:40]!r}: write an IANA name, such as America/New_York") from None


def _check_years(plan: Plan) -> None:
    named = [("created", plan.created.date())]
    named += [(f"session {_named(session)}", session.date) for session in plan.exercise.sessions]
    named += [(f"monitoring {plain(check.what)[:40]!r}", check.due) for check in plan.monitoring]
    lines = [f"{name}: {day} is no date for a calendar" for name, day in named if day.year not in YEARS]
    if lines:
        raise InputError([f"{line}: years run from {YEARS[0]} to {YEARS[-1]}" for line in lines])


def _distinct(sessions: list[Session]) -> list[Session]:
    seen: set[str] = set()
    for session in sessions:
        uid = session_uid(session)
        if uid in seen:
            raise InputError(f"session {_named(session)}: another has the same id: make the plan again")
        seen.add(uid)
    return sessions


def _event(uid: str, summary: str, plan: Plan, stamp: dt.datetime) -> Event:
    """An event with what every event carries. Its content last changed when the plan was made."""
    created = plan.created if plan.created.tzinfo else plan.created.replace(tzinfo=dt.UTC)
    made = created.astimezone(dt.UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("created", made)
    event.add("last-modified", made)
    event.add("sequence", 0)
    event.add("summary", plain(summary))
    return event


def _session_event(session: Session, plan: Plan, zone: ZoneInfo, stamp: dt.datetime) -> Event:
    start, end = session_times(session, zone)
    event = _event(session_uid(session), session.title, plan, stamp)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("description", _session_text(session))
    event.add("categories", ["Exercise", session.kind.capitalize()])
    event.add("transp", "OPAQUE")
    return event


def _session_text(session: Session) -> str:
    """What to do, exercise by exercise, and when to stop."""
    bearing = ", weight-bearing" if session.weight_bearing else ""
    lines = [f"{session.minutes} minutes, {effort(session)}{bearing}."]
    if session.items:
        lines.append("")
        lines += [f"{number}. {exercise_line(item)}" for number, item in enumerate(session.items, 1)]
    if session.stop_if:
        lines += ["", "Stop if:"]
        lines += [f"- {plain(sign)}" for sign in session.stop_if]
    return "\n".join(lines)


def _check_event(check: Monitoring, uid: str, plan: Plan, stamp: dt.datetime) -> Event:
    event = _event(uid, f"Ask for: {check.what}", plan, stamp)
    event.add("dtstart", check.due)
    event.add("dtend", check.due + dt.timedelta(days=1))
    event.add("description", plain(check.why))
    event.add("categories", ["Check"])
    event.add("transp", "TRANSPARENT")
    return event
