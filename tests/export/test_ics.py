"""The calendar of a plan: right at every instant, the same bytes every time, harmless whatever its names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from boneplan.errors import InputError
from boneplan.export.ics import to_ics
from boneplan.export.words import plain, portion
from boneplan.identity import check_id, meal_id
from boneplan.plan import Plan

NOW = dt.datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=dt.UTC)
HOSTILE = "A\nEND:VCALENDAR\r\n, ; : \\ 🦴 \x1b[31m\x00 \"'"
WEEKS = [
    ("America/New_York", dt.date(2026, 3, 2)),
    ("America/New_York", dt.date(2026, 10, 26)),
    ("Europe/London", dt.date(2026, 3, 23)),
    ("Europe/London", dt.date(2026, 10, 19)),
    ("Asia/Kolkata", dt.date(2026, 3, 2)),
    ("Australia/Lord_Howe", dt.date(2026, 3, 30)),
    ("Australia/Lord_Howe", dt.date(2026, 9, 28)),
    ("Africa/Casablanca", dt.date(2026, 2, 9)),
    ("Africa/Casablanca", dt.date(2026, 3, 16)),
    ("America/Sao_Paulo", dt.date(2026, 10, 12)),
    ("UTC", dt.date(2026, 3, 23)),
    ("Pacific/Apia", dt.date(2026, 4, 1)),
    ("America/St_Johns", dt.date(2026, 10, 26)),
    ("Asia/Gaza", dt.date(2026, 3, 23)),
    ("Africa/Cairo", dt.date(2026, 10, 26)),
]

CALENDAR = "2b1c6a52-6a0e-5d44-8f53-7d6f0a3f9b10"
MODIFIED = dt.datetime(2026, 11, 22, 19, 15, 30, tzinfo=dt.UTC)
MakePlan = Callable[..., Plan]
SessionOf = Callable[..., dict[str, Any]]


def events_of(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def sessions_of(data: bytes) -> list[Any]:
    return [event for event in events_of(data) if isinstance(event["DTSTART"].dt, dt.datetime)]


def one_session(make_plan: MakePlan, session: dict[str, Any], zone: str = "America/New_York", **changes: Any) -> Plan:
    start = dt.date.fromisoformat(session["date"])
    return make_plan(start=start, timezone=zone, **{"exercise": {"sessions": [session]}, "monitoring": [], **changes})


def gone(**changes: Any) -> dict[str, Any]:
    """What an earlier revision had: a session, unless `changes` say otherwise."""
    return {
        "of": "session",
        "id": "gone",
        "title": "Brisk walk",
        "date": "2026-11-25",
        "start": "07:00",
        "end": "07:40",
        "sequence": 2,
        "modified": MODIFIED.isoformat(),
        **changes,
    }


def test_a_session_is_an_event_that_says_what_to_do(make_plan: MakePlan):
    plan = make_plan()
    event = next(e for e in sessions_of(to_ics(plan, now=NOW)) if e["SUMMARY"] == "Strength, whole body")
    session = next(s for s in plan.exercise.sessions if s.kind == "resistance")
    assert event["UID"] == f"{session.id}@boneplan"
    assert event["DTSTART"].dt == dt.datetime(2026, 11, 24, 17, 0, tzinfo=ZoneInfo("America/New_York"))
    assert event["DTEND"].dt == dt.datetime(2026, 11, 24, 17, 35, tzinfo=ZoneInfo("America/New_York"))
    assert event["DTSTART"].params["TZID"] == "America/New_York"
    assert event["DTSTAMP"].dt == NOW.replace(microsecond=0)
    assert event["LAST-MODIFIED"].dt == plan.created
    assert event["SEQUENCE"] == 0
    assert event["TRANSP"] == "OPAQUE"
    assert [str(category) for category in event["CATEGORIES"].cats] == ["Exercise", "Resistance"]
    assert event["DESCRIPTION"].splitlines() == [
        "35 minutes, moderate effort, RPE 6 of 10, weight-bearing.",
        "",
        "1. Chair stand, 2 × 10",
        "2. Wall push-up, 2 × 10",
        "3. Band row, 2 × 12, light band",
        "4. Heel raise, 2 × 12",
        "",
        "Stop if:",
        "- chest pain, or breath so short that you cannot speak",
        "- dizziness",
        "- new or sharp pain in a bone, the back or the groin",
    ]


def test_a_check_is_an_all_day_event_that_blocks_no_time(make_plan: MakePlan):
    [event] = [e for e in events_of(to_ics(make_plan(), now=NOW)) if not isinstance(e["DTSTART"].dt, dt.datetime)]
    assert event["SUMMARY"] == "Ask for: Bone density scan (DXA)"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (dt.date(2027, 1, 15), dt.date(2027, 1, 16))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["TRANSP"] == "TRANSPARENT"


def test_the_calendar_names_itself_twice_and_invites_nobody(make_plan: MakePlan):
    data = to_ics(make_plan(), now=NOW)
    calendar = Calendar.from_ical(data)
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"]) == "Bone plan: Anna"
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in data
    assert b"\r\nX-PUBLISHED-TTL:PT12H\r\n" in data
    assert calendar["VERSION"] == "2.0"
    assert calendar["CALSCALE"] == "GREGORIAN"
    assert "PRODID" in calendar
    assert b"METHOD" not in data
    assert b"ORGANIZER" not in data


@pytest.mark.parametrize(("zone", "start"), WEEKS)
def test_every_session_is_at_its_instant(make_plan: MakePlan, zone: str, start: dt.date):
    plan = make_plan(start=start, timezone=zone)
    found = {event["UID"]: event for event in sessions_of(to_ics(plan, now=NOW))}
    assert len(found) == len(plan.exercise.sessions)
    for session in plan.exercise.sessions:
        for field, clock in (("DTSTART", session.start), ("DTEND", session.end)):
            local = dt.datetime.combine(session.date, dt.time.fromisoformat(clock), ZoneInfo(zone))
            assert found[f"{session.id}@boneplan"][field].dt.astimezone(dt.UTC) == local.astimezone(dt.UTC)


def test_utc_needs_no_time_zone_component(make_plan: MakePlan):
    data = to_ics(make_plan(timezone="UTC"), now=NOW)
    assert b"VTIMEZONE" not in data
    assert b"DTSTART:20261123T070000Z" in data


def test_a_start_that_the_clock_skips_moves_past_the_gap_and_keeps_its_length(
    make_plan: MakePlan, session_of: SessionOf
):
    session = session_of(dt.date(2026, 3, 8), "02:30", "03:10", "aerobic")
    [event] = sessions_of(to_ics(one_session(make_plan, session), now=NOW))
    assert event["DTSTART"].dt.astimezone(dt.UTC) == dt.datetime(2026, 3, 8, 7, 30, tzinfo=dt.UTC)
    assert event["DTSTART"].dt.replace(tzinfo=None) == dt.datetime(2026, 3, 8, 3, 30)
    assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(minutes=40)


def test_a_time_that_the_clock_shows_twice_means_the_first(make_plan: MakePlan, session_of: SessionOf):
    session = session_of(dt.date(2026, 11, 1), "01:15", "01:45", "aerobic")
    [event] = sessions_of(to_ics(one_session(make_plan, session), now=NOW))
    assert event["DTSTART"].dt.astimezone(dt.UTC) == dt.datetime(2026, 11, 1, 5, 15, tzinfo=dt.UTC)
    assert event["DTEND"].dt.astimezone(dt.UTC) == dt.datetime(2026, 11, 1, 5, 45, tzinfo=dt.UTC)


def test_a_day_that_never_was_moves_to_the_next(make_plan: MakePlan, session_of: SessionOf):
    session = session_of(dt.date(2011, 12, 30), "07:00", "07:40", "aerobic")
    [event] = sessions_of(to_ics(one_session(make_plan, session, "Pacific/Apia"), now=NOW))
    assert event["DTSTART"].dt.replace(tzinfo=None) == dt.datetime(2011, 12, 31, 7, 0)


def test_the_same_plan_gives_the_same_bytes_and_a_later_export_differs_in_its_stamp_only(make_plan: MakePlan):
    first = to_ics(make_plan(), now=NOW)
    assert first == to_ics(make_plan(), now=NOW)
    later = to_ics(make_plan(), now=NOW + dt.timedelta(days=1))
    assert later.replace(b"DTSTAMP:20261121", b"DTSTAMP:20261120") == first


def assert_well_formed(data: bytes) -> None:
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    lines = data.replace(b"\r\n ", b"").split(b"\r\n")
    assert lines.count(b"BEGIN:VCALENDAR") == lines.count(b"END:VCALENDAR") == 1
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT")
    assert all(byte >= 32 for line in lines for byte in line)
    data.decode("utf-8")
    uids = [event["UID"] for event in events_of(data)]
    assert len(uids) == len(set(uids))


@given(name=st.text(st.characters(), max_size=200), title=st.text(st.characters(), max_size=200))
def test_no_name_breaks_the_file(make_plan: MakePlan, session_of: SessionOf, name: str, title: str):
    session = session_of(dt.date(2026, 11, 23), "07:00", "07:40", "aerobic", title=title, stop_if=[name])
    session["items"][0]["name"] = name
    # Built without checks, as a caller could: pydantic refuses half characters.
    plan = one_session(make_plan, {**session, "title": "x", "stop_if": [], "items": []}, profile={"name": name})
    plan.exercise.sessions[0].title = title
    plan.exercise.sessions[0].stop_if = [name]
    data = to_ics(plan, now=NOW)
    assert_well_formed(data)
    assert len(events_of(data)) == 1


def test_hostile_names_are_shown_as_text(make_plan: MakePlan, session_of: SessionOf):
    session = session_of(dt.date(2026, 11, 23), "07:00", "07:40", "aerobic", title=HOSTILE)
    data = to_ics(one_session(make_plan, session, profile={"name": HOSTILE}), now=NOW)
    assert_well_formed(data)
    clean = "A END:VCALENDAR , ; : \\ 🦴 \"'"
    assert str(events_of(data)[0]["SUMMARY"]) == clean
    # icalendar leaves the values of X- properties escaped when it reads, so the bytes are looked at.
    assert "\r\nX-WR-CALNAME:Bone plan: A END:VCALENDAR \\, \\; : \\\\ 🦴 \"'\r\n".encode() in data


@pytest.mark.parametrize(("zone", "start"), WEEKS)
def test_the_file_is_well_formed(make_plan: MakePlan, zone: str, start: dt.date):
    assert_well_formed(to_ics(make_plan(start=start, weeks=12, timezone=zone), now=NOW))


def test_a_check_named_twice_is_one_event(make_plan: MakePlan):
    check = make_plan().monitoring[0].model_dump(mode="json")
    plan = make_plan(monitoring=[check, check], exercise={})
    assert len(events_of(to_ics(plan, now=NOW))) == 1


def test_a_refused_plan_is_an_empty_calendar(make_plan: MakePlan):
    data = to_ics(make_plan(status="refused", exercise={}, menu={}, monitoring=[]), now=NOW)
    assert events_of(data) == []
    assert_well_formed(data)


@pytest.mark.parametrize(
    ("session_changes", "plan_changes", "says"),
    [
        ({"start": "25:00"}, {}, "start is '25:00'"),
        ({"end": "07:00"}, {}, "not after its start"),
        ({"date": "9999-12-31"}, {}, "is no date for a calendar"),
        ({}, {"timezone": "Mars/Olympus"}, "timezone is 'Mars/Olympus'"),
        ({}, {"timezone": "../../etc/passwd"}, "IANA name"),
        ({}, {"timezone": ""}, "IANA name"),
        ({}, {"created": "0001-01-01T00:00:00+14:00"}, "created: 0001-01-01"),
        ({"modified": "0001-01-01T00:00:00+14:00"}, {}, "modified: 0001-01-01"),
        ({"sequence": 2**31}, {}, "sequence 2147483648 is too large"),
        ({}, {"removed": [gone(start="7 am")]}, "removed session of 2026-11-25 (Brisk walk): start is '7 am'"),
        ({}, {"removed": [gone(date="9999-12-31")]}, "is no date for a calendar"),
    ],
)
def test_what_no_calendar_can_hold_is_named(
    make_plan: MakePlan,
    session_of: SessionOf,
    session_changes: dict[str, Any],
    plan_changes: dict[str, Any],
    says: str,
):
    session = {**session_of(dt.date(2026, 11, 23), "07:00", "07:40", "aerobic"), **session_changes}
    plan = make_plan(exercise={"sessions": [session]}, **plan_changes)
    with pytest.raises(InputError) as caught:
        to_ics(plan, now=NOW)
    assert says in str(caught.value)


def test_an_event_says_when_it_last_changed_and_never_when_it_was_made(make_plan: MakePlan, session_of: SessionOf):
    date = dt.date(2026, 11, 23)
    changed = session_of(date, "07:00", "07:40", "aerobic", sequence=3, modified="2026-11-22T20:15:30.9+01:00")
    plan = make_plan(exercise={"sessions": [changed, session_of(date, "17:00", "17:40", "aerobic")]}, monitoring=[])
    data = to_ics(plan, now=NOW)
    found = [(event["SEQUENCE"], event["LAST-MODIFIED"].dt) for event in events_of(data)]
    assert found == [(3, MODIFIED), (0, plan.created)]
    assert b"CREATED" not in data


def test_checks_and_meals_are_known_by_the_ids_of_the_calendar(make_plan: MakePlan):
    plan = make_plan(calendar=CALENDAR)
    uids = {str(event["UID"]) for event in events_of(to_ics(plan, now=NOW, meals=True))}
    assert f"{check_id(CALENDAR, plan.monitoring[0])}@boneplan" in uids
    assert f"{meal_id(CALENDAR, plan.menu.days[0].date, 'breakfast')}@boneplan" in uids
    # Another plan of the same calendar: other id, later, with the same check.
    again = make_plan(calendar=CALENDAR, id="other", created="2026-11-30T08:00:00Z")
    assert {str(event["UID"]) for event in events_of(to_ics(again, now=NOW, meals=True))} == uids


def test_an_older_plan_without_a_calendar_takes_its_own_id_instead(make_plan: MakePlan):
    plan = make_plan(exercise={})
    [event] = events_of(to_ics(plan, now=NOW))
    assert event["UID"] == f"{check_id(plan.id, plan.monitoring[0])}@boneplan"


def test_cues_stand_under_their_exercise(make_plan: MakePlan, session_of: SessionOf):
    items = [
        {"exercise": "a", "name": "Heel drop", "sets": 4, "reps": 10, "cues": ["Hold on.", "Rise,\nthen fall."]},
        {"exercise": "b", "name": "Slow walk", "minutes": 5},
    ]
    session = session_of(dt.date(2026, 11, 23), "07:00", "07:40", "aerobic", items=items, stop_if=[])
    [event] = sessions_of(to_ics(one_session(make_plan, session), now=NOW))
    assert event["DESCRIPTION"].splitlines()[2:] == [
        "1. Heel drop, 4 × 10",
        "   - Hold on.",
        "   - Rise, then fall.",
        "2. Slow walk, 5 min",
    ]


def test_what_was_removed_is_cancelled_where_it_was(make_plan: MakePlan):
    plan = make_plan(exercise={}, monitoring=[], removed=[gone()])
    [event] = events_of(to_ics(plan, now=NOW, remind_minutes=10))
    assert (event["UID"], event["STATUS"], event["TRANSP"]) == ("gone@boneplan", "CANCELLED", "TRANSPARENT")
    assert (event["SEQUENCE"], event["LAST-MODIFIED"].dt) == (2, MODIFIED)
    assert event["SUMMARY"] == "Cancelled: Brisk walk"
    assert event["DTSTART"].dt == dt.datetime(2026, 11, 25, 7, 0, tzinfo=ZoneInfo("America/New_York"))
    assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(minutes=40)
    assert event.walk("VALARM") == []


def test_a_removed_check_takes_the_whole_day(make_plan: MakePlan):
    plan = make_plan(exercise={}, monitoring=[], removed=[gone(of="check", start=None, end=None)])
    [event] = events_of(to_ics(plan, now=NOW))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (dt.date(2026, 11, 25), dt.date(2026, 11, 26))
    assert event["STATUS"] == "CANCELLED"


def test_a_removed_meal_is_cancelled_only_where_meals_are_told(make_plan: MakePlan):
    plan = make_plan(exercise={}, monitoring=[], menu={}, removed=[gone(of="meal", title="Snack", end=None)])
    assert events_of(to_ics(plan, now=NOW)) == []
    [event] = events_of(to_ics(plan, now=NOW, meals=True))
    assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(minutes=30)


def test_what_was_removed_and_is_back_lives_and_what_was_removed_twice_is_told_once(
    make_plan: MakePlan, session_of: SessionOf
):
    session = session_of(dt.date(2026, 11, 23), "07:00", "07:40", "aerobic")
    records = [gone(id=session["id"]), gone(sequence=4, title="Later"), gone()]
    plan = one_session(make_plan, session, removed=records)
    living, cancelled = events_of(to_ics(plan, now=NOW))
    assert "STATUS" not in living
    assert (cancelled["UID"], cancelled["SEQUENCE"], cancelled["SUMMARY"]) == ("gone@boneplan", 4, "Cancelled: Later")


def test_meals_are_events_that_block_no_time(make_plan: MakePlan):
    meals = [
        event
        for event in events_of(to_ics(make_plan(), now=NOW, meals=True))
        if [str(category) for category in event["CATEGORIES"].cats] == ["Meal"]
    ]
    assert len(meals) == 28
    first = meals[0]
    assert first["SUMMARY"] == "Breakfast"
    assert first["DTSTART"].dt == dt.datetime(2026, 11, 23, 7, 30, tzinfo=ZoneInfo("America/New_York"))
    assert first["DTEND"].dt - first["DTSTART"].dt == dt.timedelta(minutes=30)
    assert first["TRANSP"] == "TRANSPARENT"
    assert first["DESCRIPTION"].splitlines() == [
        "- Oatmeal, cooked (1 cup, 240 g)",
        "- Milk, 2 % (1 cup, 244 g)",
        "- Blueberries (½ cup, 73 g)",
        "- Coffee (1 mug, 8 fl oz, 240 g)",
    ]


def test_meals_are_told_in_the_measures_of_the_person(make_plan: MakePlan):
    said = to_ics(make_plan(profile={"measures": "metric"}), now=NOW, meals=True).replace(b"\r\n ", b"").decode()
    assert "Oatmeal\\, cooked (240 g\\, 1 cup)" in said


@pytest.mark.parametrize("minutes", [0, 30, 1440])
def test_reminders_of_sessions_and_checks_and_of_no_meal(make_plan: MakePlan, minutes: int):
    plan = make_plan()
    data = to_ics(plan, now=NOW, meals=True, remind_minutes=minutes)
    assert data.count(b"BEGIN:VALARM") == len(plan.exercise.sessions) + len(plan.monitoring)
    assert data.count(f"\r\nTRIGGER:-PT{minutes}M\r\n".encode()) == len(plan.exercise.sessions)
    for event in events_of(data):
        for alarm in event.walk("VALARM"):
            assert alarm["ACTION"] == "DISPLAY"
            assert alarm["DESCRIPTION"] == event["SUMMARY"]
            timed = isinstance(event["DTSTART"].dt, dt.datetime)
            assert alarm["TRIGGER"].dt == (-dt.timedelta(minutes=minutes) if timed else dt.timedelta(hours=9))


def test_no_reminders_unless_asked_for(make_plan: MakePlan):
    assert b"VALARM" not in to_ics(make_plan(), now=NOW)


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_a_reminder_out_of_range_is_refused(make_plan: MakePlan, minutes: int):
    with pytest.raises(InputError, match="choose 0 to 1440 minutes"):
        to_ics(make_plan(), now=NOW, remind_minutes=minutes)


@given(
    zone=st.sampled_from([zone for zone, _ in WEEKS]),
    date=st.dates(dt.date(2005, 1, 1), dt.date(2045, 1, 1)),
    begin=st.integers(0, 23 * 60),
    length=st.integers(10, 59),
)
def test_any_session_is_where_the_tz_database_has_it(
    make_plan: MakePlan, session_of: SessionOf, zone: str, date: dt.date, begin: int, length: int
):
    start, end = (f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (begin, begin + length))
    [event] = events_of(to_ics(one_session(make_plan, session_of(date, start, end, "aerobic"), zone), now=NOW))
    first = dt.datetime.combine(date, dt.time.fromisoformat(start), ZoneInfo(zone))
    assert event["DTSTART"].dt.astimezone(dt.UTC) == first.astimezone(dt.UTC)
    moved = first.astimezone(dt.UTC).astimezone(first.tzinfo).replace(tzinfo=None) - first.replace(tzinfo=None)
    last = dt.datetime.combine(date, dt.time.fromisoformat(end), ZoneInfo(zone)) + moved
    assert event["DTEND"].dt.astimezone(dt.UTC) == last.astimezone(dt.UTC)
    assert event["DTEND"].dt.astimezone(dt.UTC) > event["DTSTART"].dt.astimezone(dt.UTC)


@given(st.text(st.characters(), max_size=500))
def test_any_text_comes_back_as_it_was_cleaned(make_plan: MakePlan, session_of: SessionOf, text: str):
    session = session_of(dt.date(2026, 11, 23), "07:00", "07:40", "aerobic", items=[], stop_if=[])
    plan = one_session(make_plan, session, menu=make_plan().menu.model_dump(mode="json"))
    plan.profile["name"] = text
    plan.exercise.sessions[0].title = text
    plan.exercise.sessions[0].stop_if = [text]
    plan.menu.days[0].meals[0].title = text
    plan.menu.days[0].meals[0].items[0].name = text
    data = to_ics(plan, now=NOW, meals=True, remind_minutes=5)
    assert_well_formed(data)
    clean = plain(text)
    session_event, meal_event = events_of(data)[:2]
    assert session_event["SUMMARY"] == (clean or "Aerobic")
    assert session_event["DESCRIPTION"].split("\n")[-1] == f"- {clean}"
    assert session_event.walk("VALARM")[0]["DESCRIPTION"] == session_event["SUMMARY"]
    assert meal_event["SUMMARY"] == (f"Breakfast: {clean}" if clean else "Breakfast")
    assert meal_event["DESCRIPTION"].split("\n")[0] == f"- {portion(plan.menu.days[0].meals[0].items[0])}"
    # Versions of icalendar differ in how they read a NAME, so the bytes are looked at.
    title = f"Bone plan: {clean}" if clean else "Bone plan"
    for character in "\\,;":
        title = title.replace(character, f"\\{character}")
    assert f"\r\nNAME:{title}\r\nX-WR-CALNAME:{title}\r\n".encode() in data.replace(b"\r\n ", b"")


def test_two_sessions_with_one_id_are_named(make_plan: MakePlan, session_of: SessionOf):
    session = session_of(dt.date(2026, 11, 23), "07:00", "07:40", "aerobic")
    with pytest.raises(InputError, match="same id"):
        to_ics(make_plan(exercise={"sessions": [session, {**session, "start": "07:05"}]}), now=NOW)


def test_a_meal_that_no_calendar_can_hold_is_named_where_meals_are_told(make_plan: MakePlan):
    plan = make_plan(monitoring=[])
    breakfast = plan.menu.days[0].meals[0]
    plan.menu.days[0].meals.append(breakfast)
    with pytest.raises(InputError, match=r"meal of 2026-11-23 \(Breakfast\): another has the same id"):
        to_ics(plan, now=NOW, meals=True)
    plan.menu.days[0].meals = [breakfast.model_copy(update={"time": "half past seven"})]
    with pytest.raises(InputError, match=r"meal of 2026-11-23 \(Breakfast\): time is 'half past seven'"):
        to_ics(plan, now=NOW, meals=True)
    assert len(events_of(to_ics(plan, now=NOW))) == len(plan.exercise.sessions)


def intake(**changes: Any) -> dict[str, Any]:
    """Calcium at lunch on the first Monday."""
    items = [{"what": "calcium", "nutrient": "calcium", "amount": 500, "unit": "mg"}]
    return {"id": "taken", "date": "2026-11-23", "time": "12:30", "items": items, **changes}


def intakes_only(make_plan: MakePlan, *intakes: dict[str, Any], **changes: Any) -> Plan:
    return make_plan(exercise={"sessions": []}, monitoring=[], intakes=list(intakes), **changes)


def test_an_intake_is_a_short_event_that_blocks_no_time(make_plan: MakePlan):
    (event,) = events_of(to_ics(intakes_only(make_plan, intake(notes=["With the meal."])), now=NOW))
    assert event["UID"] == "taken@boneplan"
    assert event["SUMMARY"] == "Take: calcium 500 mg"
    assert event["DESCRIPTION"] == "With the meal."
    start = dt.datetime(2026, 11, 23, 12, 30, tzinfo=ZoneInfo("America/New_York"))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (start, start + dt.timedelta(minutes=5))
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["CATEGORIES"].to_ical() == b"Intake"


@pytest.mark.parametrize("minutes", [0, 30, 1440])
def test_an_intake_is_reminded_of_when_it_is_due(make_plan: MakePlan, minutes: int):
    data = to_ics(intakes_only(make_plan, intake()), now=NOW, remind_minutes=minutes)
    assert data.count(b"\r\nTRIGGER:-PT0M\r\n") == data.count(b"BEGIN:VALARM") == 1


def test_a_removed_intake_is_cancelled_where_it_was(make_plan: MakePlan):
    removed = gone(of="intake", title="Take: calcium", start="12:30", end=None)
    (event,) = events_of(to_ics(intakes_only(make_plan, removed=[removed]), now=NOW))
    assert (event["SUMMARY"], event["STATUS"]) == ("Cancelled: Take: calcium", "CANCELLED")
    assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(minutes=5)


@pytest.mark.parametrize(
    ("intakes", "says"),
    [
        ([intake(time="noon")], "intake of 2026-11-23 (Take: calcium 500 mg): time is 'noon'"),
        ([intake(date="9999-12-31")], "is no date for a calendar"),
        ([intake(sequence=2**31)], "sequence 2147483648 is too large"),
        ([intake(), intake(time="18:30")], "another has the same id"),
    ],
)
def test_an_intake_that_no_calendar_can_hold_is_named(make_plan: MakePlan, intakes: list[dict[str, Any]], says: str):
    with pytest.raises(InputError) as caught:
        to_ics(intakes_only(make_plan, *intakes), now=NOW)
    assert says in str(caught.value)
