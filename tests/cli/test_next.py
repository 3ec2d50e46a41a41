"""`boneplan plan` again, and `boneplan next`: what a calendar, a record and busy times make of the weeks to come.

The person's menu waits for a clinic (warfarin), so that only exercise is planned and every plan takes a moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from boneplan.cli import next as command
from boneplan.cli.main import main
from boneplan.plan import Plan
from boneplan.plan_io import read_plan
from boneplan.verify import verify_plan

PERSON = """name: Anna
sex: female
birth_date: 1961-04-02
height_cm: 163
weight_kg: 68
medications: [{name: warfarin}]
bone: {t_scores: {lumbar_spine: -1.8}}
exercise:
  equipment: [resistance_band, chair]
  availability:
    monday: ["07:00-08:15"]
    tuesday: ["17:00-18:30"]
    thursday: ["17:00-18:30"]
    saturday: ["09:00-10:30"]
    sunday: ["09:00-10:30"]
timezone: Europe/London
"""
MEETING = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//x//EN
BEGIN:VEVENT
UID:meeting@example.org
DTSTAMP:20200101T000000Z
DTSTART;TZID=Europe/London:20201103T170000
DTEND;TZID=Europe/London:20201103T173000
RRULE:FREQ=WEEKLY;BYDAY=TU
SUMMARY:Choir
END:VEVENT
END:VCALENDAR
"""
MENU_REFUSED = 1  # what the warfarin makes of every plan here
START = "2020-11-23"
COMING = dt.date.today() + dt.timedelta(days=7 - dt.date.today().weekday())  # no day of it has passed


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the person's profile, to work in, on the Monday after the first week from `START`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "today_in", lambda _: dt.date(2020, 11, 30))
    Path("anna.yaml").write_text(PERSON)
    Path("choir.ics").write_text(MEETING.replace("\n", "\r\n"))
    return tmp_path


def planned(*arguments: str, start: str = START) -> Plan:
    assert main(["plan", "anna.yaml", "--start", start, "--out", "plan", *arguments]) == MENU_REFUSED
    return read_plan(Path("plan/plan.json"))


def followed(*arguments: str) -> Plan:
    assert main(["next", "plan/plan.json", "--out", "after", *arguments]) == MENU_REFUSED
    plan = read_plan(Path("after/plan.json"))
    assert verify_plan(plan) == []
    return plan


def events(folder: str) -> Mapping[str, Any]:
    calendar = Calendar.from_ical(Path(folder, "plan.ics").read_bytes())
    found = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert len(found) == len(calendar.walk("VEVENT"))
    return found


def sessions(folder: str) -> dict[str, Any]:
    """The events that take up time: those of a calendar that are no whole-day checks."""
    return {uid: event for uid, event in events(folder).items() if isinstance(event["DTSTART"].dt, dt.datetime)}


def record(plan: Plan, *what: str) -> None:
    for session in plan.exercise.sessions:
        assert main(["log", "plan/plan.json", "--session", session.id, *what]) == 0


def test_the_same_plan_again_changes_no_event() -> None:
    planned()
    before = events("plan")
    planned()
    after = events("plan")
    assert after.keys() == before.keys()
    for uid, event in after.items():
        assert event["SEQUENCE"] == before[uid]["SEQUENCE"] == 0
        assert event["LAST-MODIFIED"].dt == before[uid]["LAST-MODIFIED"].dt


def test_other_times_update_what_changed_and_cancel_what_is_gone() -> None:
    planned(start=str(COMING))
    before = events("plan")
    Path("anna.yaml").write_text(
        PERSON.replace('["07:00-08:15"]', '["18:00-19:15"]').replace("    sunday", "    friday")
    )
    planned(start=str(COMING))
    after = events("plan")
    moved = [uid for uid in after if uid in before and after[uid]["DTSTART"].dt != before[uid]["DTSTART"].dt]
    assert moved
    assert all(after[uid]["SEQUENCE"] == 1 for uid in moved)
    gone = {uid for uid, event in after.items() if event.get("STATUS") == "CANCELLED"}
    assert gone == before.keys() - {uid for uid in after if uid not in gone}
    assert gone
    assert all(after[uid]["SEQUENCE"] == 1 for uid in gone)
    planned(start=str(COMING))
    assert not any("STATUS" in event for event in events("plan").values())


def test_a_refusal_cancels_what_the_calendar_has() -> None:
    planned(start=str(COMING))
    before = sessions("plan")
    Path("anna.yaml").write_text(PERSON + "conditions: [recent_fracture]\n")
    planned(start=str(COMING))
    after = sessions("plan")
    assert after.keys() == before.keys()
    assert {str(event["STATUS"]) for event in after.values()} == {"CANCELLED"}


def test_another_persons_plan_in_the_folder_is_not_carried_on() -> None:
    planned()
    Path("anna.yaml").write_text(PERSON.replace("1961-04-02", "1961-04-03"))
    plan = planned()
    assert (plan.revision, plan.removed) == (0, [])


def test_a_name_written_otherwise_is_the_same_person() -> None:
    planned()
    before = events("plan")
    Path("anna.yaml").write_text(PERSON.replace("Anna", "Anna Maria"))
    planned()
    assert events("plan").keys() == before.keys()


def test_what_was_done_is_not_taken_back_by_planning_again() -> None:
    planned()
    Path("anna.yaml").write_text(PERSON.replace("    sunday", "    friday"))
    assert planned().removed == []


def test_another_time_zone_moves_every_session() -> None:
    planned()
    Path("anna.yaml").write_text(PERSON.replace("Europe/London", "America/New_York"))
    planned()
    assert {event["SEQUENCE"] for event in sessions("plan").values()} == {1}


def test_an_earlier_plan_that_cannot_be_read_is_not_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    planned()
    Path("plan/plan.json").write_text("{")
    capsys.readouterr()
    assert main(["plan", "anna.yaml", "--start", START, "--out", "plan"]) == 2
    assert "move it away" in capsys.readouterr().err
    assert Path("plan/plan.json").read_text() == "{"


def test_busy_times_take_their_hours_out() -> None:
    tuesdays = [s.start for s in planned("--busy", "choir.ics").exercise.sessions if f"{s.date:%A}" == "Tuesday"]
    assert tuesdays
    assert min(tuesdays) >= "17:30"
    assert [(b.start, b.end) for b in read_plan(Path("plan/plan.json")).exercise.busy] == [("17:00", "17:30")]


def test_a_broken_busy_file_leaves_the_earlier_plan_alone(capsys: pytest.CaptureFixture[str]) -> None:
    planned()
    kept = {path.name: path.read_bytes() for path in Path("plan").iterdir()}
    Path("choir.ics").write_text("no calendar")
    capsys.readouterr()
    assert main(["plan", "anna.yaml", "--start", START, "--out", "plan", "--busy", "choir.ics"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "choir.ics" in err
    assert {path.name: path.read_bytes() for path in Path("plan").iterdir()} == kept


def test_reminders_are_for_those_who_ask() -> None:
    planned()
    assert not any(event.walk("VALARM") for event in sessions("plan").values())
    planned("--remind", "20")
    alarms = [alarm for event in sessions("plan").values() for alarm in event.walk("VALARM")]
    assert {alarm["TRIGGER"].to_ical() for alarm in alarms} <= {b"-PT20M"} | {"-PT20M"}
    assert len(alarms) == len(sessions("plan"))


def test_all_done_goes_on_where_the_plan_ended() -> None:
    plan = planned()
    record(plan, "--done", "--rpe", "4")
    after = followed()
    assert (after.start - plan.start).days == 7
    (week,) = after.exercise.weeks
    assert (week.number, week.changed, week.reps) == (2, "repetitions", plan.exercise.weeks[0].reps + 2)
    assert after.calendar == plan.calendar


def test_every_week_has_a_seed_of_its_own_so_that_its_menus_are_new_ones() -> None:
    plan = planned()
    assert followed().seed == plan.seed + 1
    assert followed("--seed", "0").seed == 0


def test_without_a_record_the_next_weeks_ask_for_the_same_and_say_so() -> None:
    plan = planned()
    after = followed()
    assert after.exercise.weeks[0].changed == "none"
    assert after.exercise.weeks[0].reps == plan.exercise.weeks[0].reps
    assert any("No session was recorded" in notice.text for notice in after.notices)


def test_missed_sessions_never_pile_up() -> None:
    plan = planned()
    record(plan, "--missed")
    after = followed()
    assert sum(s.minutes for s in after.exercise.sessions) <= sum(s.minutes for s in plan.exercise.sessions)


def test_what_hurt_is_not_planned_again() -> None:
    plan = planned()
    hurt = next(s for s in plan.exercise.sessions if s.kind == "impact")
    assert main(["log", "plan/plan.json", "--session", hurt.id, "--done", "--pain"]) == 0
    after = followed()
    done = {item.exercise for session in after.exercise.sessions for item in session.items}
    assert not done & {item.exercise for item in hurt.items}


def test_pain_changes_the_weeks_that_have_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = planned("--weeks", "4")
    monkeypatch.setattr(command, "today_in", lambda _: dt.date(2020, 11, 26))
    hurt = next(s for s in plan.exercise.sessions if s.kind == "impact")
    assert main(["log", "plan/plan.json", "--session", hurt.id, "--done", "--pain"]) == 0
    after = followed("--weeks", "3")
    assert after.start == dt.date(2020, 11, 30)
    assert after.revision == 1
    assert not {i.exercise for s in after.exercise.sessions for i in s.items} & {i.exercise for i in hurt.items}


def test_what_hurt_stays_out_when_the_plan_is_made_again() -> None:
    plan = planned()
    hurt = next(s for s in plan.exercise.sessions if s.kind == "impact")
    assert main(["log", "plan/plan.json", "--session", hurt.id, "--done", "--pain"]) == 0
    after = followed()
    assert main(["plan", "anna.yaml", "--start", str(after.start), "--out", "after"]) == MENU_REFUSED
    again = read_plan(Path("after/plan.json"))
    assert again.exercise.avoid == after.exercise.avoid
    assert again.exercise.weeks[0].number == 2


def test_sessions_after_a_cancellation_have_a_higher_sequence() -> None:
    planned("--weeks", "3")
    planned("--weeks", "1")
    followed()
    assert {event["SEQUENCE"] for event in events("after").values()} == {2}


@pytest.mark.parametrize(
    ("today", "starts"),
    [("2020-11-20", "2020-11-30"), ("2020-11-25", "2020-11-30"), ("2020-12-02", "2020-11-30"),
     ("2020-12-05", "2020-12-07"), ("2021-02-01", "2021-02-01")],
)  # fmt: skip
def test_no_week_is_planned_that_has_gone_by(monkeypatch: pytest.MonkeyPatch, today: str, starts: str) -> None:
    planned()
    monkeypatch.setattr(command, "today_in", lambda _: dt.date.fromisoformat(today))
    assert str(followed().start) == starts


def test_the_plan_and_its_record_stay_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    record(planned(), "--done")
    kept = {path.name: path.read_bytes() for path in Path("plan").iterdir()}
    followed()
    assert {path.name: path.read_bytes() for path in Path("plan").iterdir()} == kept
    capsys.readouterr()
    assert main(["next", "plan/plan.json", "--out", "plan"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_new_folder_stands_beside_the_old_one() -> None:
    planned()
    assert main(["next", "plan/plan.json"]) == MENU_REFUSED
    assert read_plan(Path("plan-2020-11-30/plan.json")).start.isoformat() == "2020-11-30"


def test_the_person_may_have_changed() -> None:
    record(planned(), "--done")
    Path("now.yaml").write_text(PERSON + "conditions: [joint_pain]\n")
    after = followed("--profile", "now.yaml", "--weeks", "2")
    assert after.weeks == 2
    assert after.profile["conditions"] == ["joint_pain"]


@pytest.mark.parametrize("file", ["plan.json", "plan.log.json"])
def test_a_broken_file_is_one_line_and_nothing_is_written(capsys: pytest.CaptureFixture[str], file: str) -> None:
    planned()
    Path("plan", file).write_text("{broken")
    capsys.readouterr()
    assert main(["next", "plan/plan.json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert file in err
    assert not list(Path().glob("plan-*"))
