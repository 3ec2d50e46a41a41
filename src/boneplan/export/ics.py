"""A plan as an iCalendar file (RFC 5545): sessions, intakes, checks as all-day events, meals and reminders.

No METHOD: a file to import is not an invitation. No CREATED: it would rise each time that the plan is made again,
while the event behind the UID stays the same; LAST-MODIFIED says when it changed. The calendar's name and refresh
interval stand under the standard's names (RFC 7986) and under the X-names that older programs read.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vDuration, vText

from boneplan.errors import InputError
from boneplan.export.agenda import Entry, entries
from boneplan.export.folding import refold
from boneplan.export.words import person
from boneplan.export.zones import vtimezone
from boneplan.plan import Plan

PRODID = "-//boneplan//boneplan//EN"
REFRESH = dt.timedelta(hours=12)
REMINDERS = range(24 * 60 + 1)  # minutes before the start
# Whole days begin at midnight, when nobody can ask for a scan: their reminder comes at nine.
WHOLE_DAY_TRIGGER = "PT9H"


def to_ics(plan: Plan, *, now: dt.datetime, meals: bool = False, remind_minutes: int | None = None) -> bytes:
    """The calendar of `plan` as UTF-8 bytes with CRLF line ends; `now` (aware) becomes each event's DTSTAMP.

    Times are local to the plan's zone, which is included. With `meals` its meals are events as well. With
    `remind_minutes` (0 to 1440) an alarm goes off that long before each session, at the time of each intake, and at
    nine on the day of a check.
    The same arguments give the same bytes. Raises `InputError` as `entries` does, and for minutes out of range.
    """
    if remind_minutes is not None and remind_minutes not in REMINDERS:
        raise InputError(f"remind: {remind_minutes} is out of range: choose 0 to {REMINDERS[-1]} minutes")
    stamp = now.astimezone(dt.UTC).replace(microsecond=0)
    agenda = entries(plan, meals=meals)
    events = [_event(entry, stamp, remind_minutes) for entry in agenda]

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
        timed = [entry for entry in agenda if not entry.whole_day]
        days = [_local_date(moment) for entry in timed for moment in (entry.start, entry.end)]
        calendar.add_component(vtimezone(ZoneInfo(plan.timezone), min(days), max(days)))
    for event in events:
        calendar.add_component(event)
    # In the order of adding: the sorted order differs between versions of icalendar.
    return refold(calendar.to_ical(sorted=False))


def calendar_title(plan: Plan) -> str:
    """What calendar programs show as the calendar's name."""
    name = person(plan)
    return f"Bone plan: {name}" if name else "Bone plan"


def _event(entry: Entry, stamp: dt.datetime, remind_minutes: int | None) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    event.add("last-modified", entry.modified)
    event.add("sequence", entry.sequence)
    event.add("summary", entry.summary)
    event.add("dtstart", entry.start)
    event.add("dtend", entry.end)
    if entry.note:
        event.add("description", entry.note)
    event.add("categories", list(entry.categories))
    if entry.cancelled:
        event.add("status", "CANCELLED")
    event.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    if remind_minutes is not None and not entry.cancelled and entry.of != "meal":
        # A tablet is taken when it is due, not half an hour before.
        event.add_component(_alarm(entry, 0 if entry.of == "intake" else remind_minutes))
    return event


def _alarm(entry: Entry, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    # Written out, always in minutes: a whole day, as icalendar would write 1440, is 23 or 25 hours twice a year.
    alarm["TRIGGER"] = vText(WHOLE_DAY_TRIGGER if entry.whole_day else f"-PT{minutes}M")
    alarm.add("description", entry.summary)  # whole files are rejected for an alarm without
    return alarm


def _local_date(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment
