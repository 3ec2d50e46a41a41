"""Golden calendars, each one trap for calendar programs: byte for byte under a frozen clock, at their instants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from boneplan.export.ics import to_ics
from boneplan.plan import Plan

GOLDEN = Path(__file__).parent.parent / "ics"
NOW = dt.datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=dt.UTC)
CALENDAR = "2b1c6a52-6a0e-5d44-8f53-7d6f0a3f9b10"
MONDAY = dt.date(2026, 11, 23)
NEW_YORK = "America/New_York"
HOSTILE = "A\nEND:VCALENDAR\r\n, ; : \\ 🦴 \x1b[31m\x00 \"'"
INJECTION = "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:AUDIO\r\nEND:VALARM\r\nATTENDEE:mailto:a@b.example"
WORDS = {
    "aerobic": ("Brisk walk", 40),
    "resistance": ("Strength, whole body", 35),
    "balance": ("Balance", 15),
    "flexibility": ("Stretching", 15),
    "impact": ("Heel drops", 10),
    "posture": ("Back and shoulders", 20),
}


@dataclass(frozen=True)
class Kit:
    """What traps are made with."""

    make_plan: Callable[..., Plan]
    session_of: Callable[..., dict[str, Any]]

    def session(self, date: dt.date, start: str, end: str, **changes: Any) -> dict[str, Any]:
        return {**self.session_of(date, start, end, "aerobic"), **changes}

    def plan(self, *sessions: dict[str, Any], zone: str = NEW_YORK, **changes: Any) -> Plan:
        """A plan of these sessions, without checks and menus unless `changes` bring them."""
        start = dt.date.fromisoformat(sessions[0]["date"]) if sessions else MONDAY
        base: dict[str, Any] = {"exercise": {"sessions": list(sessions)}, "monitoring": [], "menu": {}}
        return self.make_plan(start=start, timezone=zone, calendar=CALENDAR, **{**base, **changes})

    def one(self, date: dt.date, start: str, end: str, zone: str = NEW_YORK, **changes: Any) -> Plan:
        """A plan of one session, changed by `changes`."""
        return self.plan(self.session(date, start, end, **changes), zone=zone)

    def morning(self, **changes: Any) -> dict[str, Any]:
        return self.session(MONDAY, "07:00", "07:40", **changes)

    def daily(self, first: dt.date, last: dt.date, zone: str) -> Plan:
        """The same session at seven on each day from `first` to `last`."""
        days = [first + dt.timedelta(days=day) for day in range((last - first).days + 1)]
        return self.plan(*(self.session(day, "07:00", "07:40") for day in days), zone=zone)

    def fed(self, **changes: Any) -> Plan:
        """One day of meals and no sessions."""
        menu = self.make_plan().menu.model_dump(mode="json")
        menu["days"] = menu["days"][:1]
        return self.plan(**{"menu": menu, **changes})


def gone(**changes: Any) -> dict[str, Any]:
    """What an earlier revision had: a session, unless `changes` say otherwise."""
    return {
        "of": "session",
        "id": "5b5f6d0e-31d2-5a39-a1ce-3a6a7f7b3c11",
        "title": "Brisk walk",
        "date": "2026-11-25",
        "start": "07:00",
        "end": "07:40",
        "sequence": 1,
        "modified": "2026-11-24T18:00:00Z",
        **changes,
    }


def check(**changes: Any) -> dict[str, Any]:
    return {
        "due": "2027-01-15",
        "what": "Bone density scan (DXA)",
        "why": "It is two years since the last one.",
        "rule": "dxa-interval",
        **changes,
    }


def item(name: str, **dose: Any) -> dict[str, Any]:
    return {"exercise": name.lower().replace(" ", "-"), "name": name, **dose}


def unpaired(kit: Kit) -> Plan:
    """Set after the plan is made, as a caller could: a plan file with half characters is refused."""
    plan = kit.plan(kit.morning())
    plan.profile["name"] = "Anna \ud83d"
    plan.exercise.sessions[0].title = "Walk \udc00 on \udfff"
    return plan


def taken(**changes: Any) -> dict[str, Any]:
    """Calcium and vitamin D at breakfast, unless `changes` say otherwise."""
    return {
        "id": "7d3c2f54-7c0e-5f0e-9d41-2c1f6f0f1a01",
        "date": "2026-11-23",
        "time": "07:30",
        "items": [
            {"what": "vitamin D", "nutrient": "vitamin_d", "amount": 20, "unit": "ug"},
            {"what": "Chews; soft", "nutrient": "calcium", "amount": 333.333, "unit": "mg"},
        ],
        **changes,
    }


TAKEN = [
    taken(
        id="7d3c2f54-7c0e-5f0e-9d41-2c1f6f0f1a02",
        time="06:45",
        items=[{"what": "alendronate 70 mg"}],
        notes=["With plain water; stay upright.", "Until 07:15: nothing to eat, no other tablets."],
        rules=["safety/timing/bisphosphonate_food"],
    ),
    taken(),
]


@dataclass(frozen=True)
class Trap:
    """How its plan is made, and how it is exported."""

    build: Callable[[Kit], Plan]
    options: dict[str, Any] = field(default_factory=dict)


TRAPS: dict[str, Trap] = {
    # Clocks
    "week": Trap(lambda kit: kit.make_plan()),
    "clock-goes-back": Trap(lambda kit: kit.make_plan(start=dt.date(2026, 10, 26))),
    "clock-goes-forward": Trap(lambda kit: kit.make_plan(start=dt.date(2026, 3, 2))),
    "southern-hemisphere": Trap(lambda kit: kit.daily(dt.date(2026, 4, 4), dt.date(2026, 4, 6), "Australia/Sydney")),
    "half-hour-daylight": Trap(lambda kit: kit.one(dt.date(2026, 4, 5), "01:45", "02:15", "Australia/Lord_Howe")),
    "no-daylight": Trap(lambda kit: kit.one(dt.date(2026, 3, 8), "07:00", "07:40", "Asia/Kolkata")),
    "irregular-zone": Trap(lambda kit: kit.daily(dt.date(2026, 2, 14), dt.date(2026, 2, 16), "Africa/Casablanca")),
    "winter-is-the-exception": Trap(
        lambda kit: kit.daily(dt.date(2026, 10, 24), dt.date(2026, 10, 26), "Europe/Dublin")
    ),
    "daylight-abolished": Trap(
        lambda kit: kit.daily(dt.date(2019, 2, 16), dt.date(2019, 2, 18), "America/Sao_Paulo")
    ),
    "offset-moved": Trap(lambda kit: kit.daily(dt.date(2016, 4, 30), dt.date(2016, 5, 2), "America/Caracas")),
    "day-that-never-was": Trap(lambda kit: kit.one(dt.date(2011, 12, 30), "07:00", "07:40", "Pacific/Apia")),
    "quarter-hour-offset": Trap(lambda kit: kit.daily(dt.date(2026, 9, 26), dt.date(2026, 9, 28), "Pacific/Chatham")),
    "utc": Trap(lambda kit: kit.one(dt.date(2026, 3, 8), "07:00", "07:40", "UTC")),
    "skipped-hour": Trap(lambda kit: kit.one(dt.date(2026, 3, 8), "02:30", "03:10")),
    "repeated-hour": Trap(lambda kit: kit.one(dt.date(2026, 11, 1), "01:15", "01:45")),
    "across-the-repeated-hour": Trap(lambda kit: kit.one(dt.date(2026, 11, 1), "00:45", "02:15")),
    "just-before-midnight": Trap(lambda kit: kit.one(dt.date(2026, 10, 31), "23:00", "23:59")),
    "at-midnight": Trap(lambda kit: kit.one(MONDAY, "00:00", "00:30", "Asia/Tokyo")),
    "leap-day": Trap(lambda kit: kit.daily(dt.date(2028, 2, 28), dt.date(2028, 3, 1), "Europe/Berlin")),
    "year-end": Trap(lambda kit: kit.daily(dt.date(2026, 12, 30), dt.date(2027, 1, 2), "Pacific/Auckland")),
    "twelve-weeks": Trap(
        lambda kit: kit.plan(
            *(kit.session(dt.date(2026, 9, 7) + dt.timedelta(weeks=week), "18:00", "18:40") for week in range(12))
        )
    ),
    # Texts
    "hostile-names": Trap(
        lambda kit: kit.plan(kit.morning(title=HOSTILE, stop_if=[HOSTILE * 3]), profile={"name": HOSTILE})
    ),
    "injection": Trap(
        lambda kit: kit.plan(
            kit.morning(title=INJECTION, items=[item(INJECTION, load=INJECTION, cues=[INJECTION])]),
            profile={"name": INJECTION},
            monitoring=[check(what=INJECTION, why=INJECTION)],
        ),
        {"remind_minutes": 10},
    ),
    "separators": Trap(
        lambda kit: kit.plan(
            kit.morning(title="Walk, climb; rest: \\n \\, 'a' \"b\""), profile={"name": 'A,B;C:D\\E "F"'}
        )
    ),
    "emoji-name": Trap(lambda kit: kit.plan(kit.morning(title="🚶‍♀️ Walk ❤️"), profile={"name": "👩🏽‍🦳 Анна 安娜"})),
    "long-folding": Trap(
        lambda kit: kit.plan(
            kit.morning(title="é" * 500, stop_if=["🦴" * 250, "x" + "骨" * 200, "a" * 74]),
            profile={"name": "ü" * 500},
        )
    ),
    "control-characters": Trap(
        lambda kit: kit.plan(
            kit.morning(title="a\x00b\x07c\td\x0be\x7ff\x85g\u2028h\x1b]0;t\x07i"), profile={"name": "\x00\x1b[2J"}
        )
    ),
    "unpaired-surrogates": Trap(unpaired),
    "right-to-left": Trap(
        lambda kit: kit.plan(
            kit.morning(title="הליכה \u202eklaw\u202c \u2066x\u2069"), profile={"name": "\u200fحنّة\u200f"}
        )
    ),
    "no-name": Trap(lambda kit: kit.plan(kit.morning(title=" "), profile={"name": None})),
    # What is said
    "every-kind": Trap(
        lambda kit: kit.plan(
            *(
                kit.session(
                    MONDAY,
                    f"{8 + hour:02}:00",
                    f"{8 + hour:02}:{minutes}",
                    kind=kind,
                    title=title,
                    items=[item(title)],
                    weight_bearing=kind not in ("flexibility", "posture"),
                )
                for hour, (kind, (title, minutes)) in enumerate(WORDS.items())
            )
        )
    ),
    "doses": Trap(
        lambda kit: kit.plan(
            kit.morning(
                items=[
                    item("Chair stand", sets=2, reps=10, load="own weight"),
                    item("Band row", sets=3, reps=12, load="light band; 5 % heavier"),
                    item("Plank", sets=3, hold_s=20),
                    item("Calf stretch", reps=2, hold_s=30),
                    item("Slow walk", minutes=7.5),
                    item("Tai chi"),
                ]
            )
        )
    ),
    "cues": Trap(
        lambda kit: kit.plan(
            kit.morning(
                items=[
                    item(
                        "Heel drop",
                        sets=4,
                        reps=10,
                        cues=["Hold on to a counter.", "Rise, then let both heels fall."],
                    ),
                    item("Sit to stand", sets=2, reps=8, cues=["Chest up; knees over toes."]),
                ]
            )
        )
    ),
    "many-stop-signs": Trap(
        lambda kit: kit.plan(kit.morning(stop_if=[f"sign {number}, new or worse" for number in range(1, 41)]))
    ),
    "back-to-back": Trap(
        lambda kit: kit.plan(kit.morning(), kit.session(MONDAY, "07:40", "08:00", kind="balance", title="Balance"))
    ),
    "checks-only": Trap(
        lambda kit: kit.plan(monitoring=[check(), check(due="2027-03-14", what="Vitamin D in blood")])
    ),
    "refused": Trap(lambda kit: kit.plan(status="refused")),
    # Reminders
    "reminder": Trap(lambda kit: kit.plan(kit.morning()), {"remind_minutes": 30}),
    "reminder-at-the-start": Trap(lambda kit: kit.plan(kit.morning()), {"remind_minutes": 0}),
    "reminder-a-day-before": Trap(
        lambda kit: kit.one(dt.date(2026, 3, 8), "07:00", "07:40"), {"remind_minutes": 1440}
    ),
    "reminder-of-a-check": Trap(lambda kit: kit.plan(monitoring=[check()]), {"remind_minutes": 15}),
    # Meals
    "meals": Trap(lambda kit: kit.fed(), {"meals": True}),
    "meal-over-midnight": Trap(
        lambda kit: kit.fed(
            menu={
                "days": [
                    {
                        "date": "2026-10-31",
                        "meals": [{"meal": "snack", "time": "23:45", "title": "Milk, and fruit", "items": []}],
                        "totals": {},
                    }
                ]
            }
        ),
        {"meals": True},
    ),
    "meals-and-a-cancelled-meal": Trap(
        lambda kit: kit.fed(removed=[gone(of="meal", title="Snack", date="2026-11-23", start="21:00", end="21:30")]),
        {"meals": True, "remind_minutes": 10},
    ),
    # Intakes
    "intakes": Trap(lambda kit: kit.plan(kit.morning(), intakes=TAKEN)),
    "intakes-and-a-reminder": Trap(lambda kit: kit.plan(intakes=TAKEN[:1]), {"remind_minutes": 30}),
    "intake-in-the-skipped-hour": Trap(lambda kit: kit.plan(intakes=[taken(date="2026-03-08", time="02:30")])),
    "hostile-intake": Trap(
        lambda kit: kit.plan(intakes=[taken(items=[{"what": HOSTILE}, {"what": INJECTION}], notes=[INJECTION])])
    ),
    "cancelled-intake": Trap(
        lambda kit: kit.plan(
            kit.morning(),
            removed=[gone(of="intake", title="Take: calcium", date="2026-11-23", start="12:30", end=None)],
            revision=1,
        )
    ),
    # Revisions
    "changed-session": Trap(
        lambda kit: kit.plan(
            kit.morning(sequence=3, modified="2026-11-22T20:15:30.5+01:00"),
            kit.session(MONDAY, "17:00", "17:40"),
            revision=3,
        )
    ),
    "cancelled-session": Trap(
        lambda kit: kit.plan(kit.morning(), removed=[gone(sequence=2)], revision=2), {"remind_minutes": 20}
    ),
    "cancelled-only": Trap(lambda kit: kit.plan(status="refused", removed=[gone()], revision=1)),
    "cancelled-check": Trap(
        lambda kit: kit.plan(
            kit.morning(), removed=[gone(of="check", title="Vitamin D in blood", start=None, end=None)], revision=1
        )
    ),
    "cancelled-under-other-rules": Trap(
        lambda kit: kit.plan(kit.morning(), removed=[gone(date="2006-04-03", sequence=4)], revision=4)
    ),
    "cancelled-and-back": Trap(
        lambda kit: kit.plan(
            kit.morning(sequence=2, modified="2026-11-22T08:00:00Z"),
            removed=[gone(id=kit.morning()["id"]), gone(), gone(sequence=2, title="Brisk walk, again")],
            revision=2,
        )
    ),
}


@pytest.fixture(scope="module")
def kit(make_plan: Callable[..., Plan], session_of: Callable[..., dict[str, Any]]) -> Kit:
    return Kit(make_plan, session_of)


@pytest.mark.parametrize("name", TRAPS)
def test_golden(kit: Kit, assert_golden: Callable[[Path, bytes], None], name: str):
    trap = TRAPS[name]
    assert_golden(GOLDEN / f"{name}.ics", to_ics(trap.build(kit), now=NOW, **trap.options))


def planned(plan: Plan) -> Iterator[tuple[str, dt.datetime, dt.datetime]]:
    """UID, start and end of each session, as the tz database has them; of a skipped time, what comes after it."""
    zone = ZoneInfo(plan.timezone)
    for session in plan.exercise.sessions:
        start, end = (
            dt.datetime.combine(session.date, dt.time.fromisoformat(clock), zone).astimezone(dt.UTC)
            for clock in (session.start, session.end)
        )
        if start.astimezone(zone).replace(tzinfo=None).isoformat()[:16] != f"{session.date}T{session.start}":
            end = start + dt.timedelta(minutes=session.minutes)
        yield f"{session.id}@boneplan", start, end


@pytest.mark.parametrize("name", TRAPS)
def test_golden_sessions_are_at_their_instants(kit: Kit, name: str):
    plan = TRAPS[name].build(kit)
    events = {
        event["UID"]: event for event in Calendar.from_ical((GOLDEN / f"{name}.ics").read_bytes()).walk("VEVENT")
    }
    for uid, start, end in planned(plan):
        found = [events[uid][name].dt.astimezone(dt.UTC) for name in ("DTSTART", "DTEND")]
        assert found == [start, end], uid


def test_every_golden_calendar_has_a_trap_and_a_line_in_the_readme():
    told = {
        line.split("`")[1]
        for line in (GOLDEN / "README.md").read_text("utf-8").splitlines()
        if line.startswith("- `")
    }
    assert {path.name for path in GOLDEN.glob("*.ics")} == {f"{name}.ics" for name in TRAPS} == told
