"""`boneplan log`: a person records what became of a session, and sees what is recorded."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from boneplan.cli.main import main
from boneplan.plan import Effort, ExerciseProgramme, Plan, Session, SessionKind
from boneplan.plan_io import write_plan
from boneplan.training_log import read_log

START = dt.date(2020, 11, 23)  # long past, so that what is planned may be done
FAR = dt.date(2999, 12, 31)
WALK, STRENGTH, SECOND = "1a2b3c4d", "1a2b9999", "ffff0000"


def session(id_: str, date: dt.date, start: str, kind: SessionKind, title: str) -> Session:
    return Session(
        id=f"{id_}-0000-5000-8000-000000000000", date=date, start=start, end="23:00", kind=kind, title=title,
        minutes=30, weight_bearing=True, intensity=Effort(rpe=5, met=3.5, level="moderate"), items=[], stop_if=[],
    )  # fmt: skip


def made(*sessions: Session, timezone: str = "America/New_York") -> Plan:
    return Plan(
        id="7d0d8a5e-0000-4000-8000-000000000001", created=dt.datetime(2020, 11, 20, tzinfo=dt.UTC),
        boneplan="0.1.0", seed=0, profile={}, start=START, weeks=1, timezone=timezone, status="ok",
        exercise=ExerciseProgramme(sessions=list(sessions)),
    )  # fmt: skip


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the plan of a few sessions, to work in."""
    monkeypatch.chdir(tmp_path)
    sessions = (
        session(WALK, START, "07:00", "aerobic", "Brisk walk"),
        session(STRENGTH, START, "17:00", "resistance", "Strength: legs, hips, back, chest, arms"),
        session(SECOND, dt.date(2020, 11, 25), "17:00", "balance", "Balance"),
        session("ffff1111", dt.date(2020, 11, 25), "18:00", "balance", "Balance"),
        session("eeee0000", FAR, "07:00", "aerobic", "Walk in a thousand years"),
    )
    write_plan(made(*sessions), tmp_path / "plan.json")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["log", "plan.json", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "wanted",
    [
        WALK,
        "1a2b3",
        f"{WALK}-0000-5000-8000-000000000000",
        "2020-11-23/aerobic",
        "Monday/aerobic",
        "mon/aerobic",
        " 1A2B3C ",
    ],
)
def test_a_session_is_found_by_its_id_its_first_letters_or_its_day_and_kind(
    capsys: pytest.CaptureFixture[str], wanted: str
) -> None:
    status, out, err = run(capsys, "--session", wanted, "--done", "--rpe", "5.5")
    assert (status, err) == (0, "")
    assert out == "Recorded: Mon 23 Nov 07:00, Brisk walk: done, RPE 5.5\n"
    (entry,) = read_log(Path("plan.json")).entries
    assert (entry.session[:8], entry.date, entry.kind, entry.done, entry.rpe) == (WALK, START, "aerobic", True, 5.5)
    assert dt.datetime.now(dt.UTC) - entry.recorded < dt.timedelta(minutes=5)


@pytest.mark.usefixtures("here")
def test_everything_about_a_session_is_recorded_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--session", STRENGTH, "--done", "--rpe", "10", "--reps", "100", "--pain", "--note", "left\nknee")
    run(capsys, "--session", SECOND, "--missed", "--note", "flu")
    entries = {entry.session[:8]: entry for entry in read_log(Path("plan.json")).entries}
    assert (entries[STRENGTH].reps, entries[STRENGTH].pain, entries[STRENGTH].note) == (100, True, "left knee")
    status, out, err = run(capsys)
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "day         time   id        session                   recorded",
        "Mon 23 Nov  07:00  1a2b3c4d  Brisk walk",
        "Mon 23 Nov  17:00  1a2b9999  Strength: legs, hips,     done, RPE 10, 100 reps,",
        "                             back, chest, arms         pain",
        "Wed 25 Nov  17:00  ffff0000  Balance                   missed",
        "Wed 25 Nov  18:00  ffff1111  Balance",
        "Tue 31 Dec  07:00  eeee0000  Walk in a thousand years",
        "",
        "Record one: boneplan log PLAN.json --session ID --done (or --missed)",
    ]
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.usefixtures("here")
def test_pain_brings_the_stop_sign_and_what_comes_next(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "--session", WALK, "--missed", "--pain")[1]
    assert " ".join(out.splitlines()[1:]) == (
        "Pain: new or sudden pain in the back or in a bone: stop and have it looked at before the next session. "
        "`boneplan next` plans what is gentler."
    )


@pytest.mark.usefixtures("here")
def test_recording_again_replaces_what_was_recorded(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--session", WALK, "--missed")
    run(capsys, "--session", WALK, "--done")
    assert [entry.done for entry in read_log(Path("plan.json")).entries] == [True]


@pytest.mark.usefixtures("here")
def test_json_is_json_alone(capsys: pytest.CaptureFixture[str]) -> None:
    entry = json.loads(run(capsys, "--session", WALK, "--done", "--rpe", "4", "--pain", "--json")[1])
    assert (entry["done"], entry["rpe"], entry["pain"], entry["reps"]) == (True, 4, True, None)
    document = json.loads(run(capsys, "--json")[1])
    assert document["schema"] == "boneplan.sessions/1"
    assert document["sessions"][0]["recorded"] == entry
    assert document["sessions"][1]["recorded"] is None
    assert document["sessions"][1]["title"] == "Strength: legs, hips, back, chest, arms"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--done"], "--session: missing: say which session; without it, the sessions are only listed"),
        (["--pain"], "--session: missing"),
        (["--session", WALK], "--done, --missed: give one of the two"),
        (["--session", WALK, "--done", "--missed"], "--done, --missed: give one of the two"),
        (["--session", WALK, "--missed", "--rpe", "0"], "--missed: a session that was not done has no --rpe"),
        (["--session", WALK, "--missed", "--reps", "8"], "--missed: a session that was not done has no --rpe"),
        (["--session", WALK, "--done", "--rpe", "11"], "'--rpe'"),
        (["--session", WALK, "--done", "--rpe", "nan"], "'nan' is no number"),
        (["--session", WALK, "--done", "--rpe", "hard"], "'--rpe'"),
        (["--session", WALK, "--done", "--reps", "101"], "'--reps'"),
        (["--session", WALK, "--done", "--note", "x" * 201], "--note: has 201 characters: use at most 200"),
        (["--session", "eeee0000", "--done"], "--done: the session of 2999-12-31 is still to come"),
        (
            ["--session", "1a2b", "--done"],
            '"1a2b" fits 2 sessions: 2020-11-23/aerobic (1a2b3c4d-0000-5000-8000-000000000000), 2020-11-23/resist',
        ),
        (["--session", "2020-11-25/balance", "--done"], '"2020-11-25/balance" fits 2 sessions: 2020-11'),
        (
            ["--session", "2020-11-23/balance", "--done"],
            '"2020-11-23/balance" is no session of the plan: that day has 2020-11-23/aerobic (1a2b3c4d',
        ),
        (["--session", "dddd0000", "--done"], '"dddd0000" is no session of the plan: `boneplan log plan.json` lists'),
        (["--session", "1a2", "--done"], "give at least 4 characters"),
        (["--session", "", "--done"], '"" is no session of the plan'),
    ],
)  # fmt: skip
def test_bad_usage_is_one_line_and_records_nothing(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1
    assert not Path("plan.log.json").exists()


@pytest.mark.usefixtures("here")
def test_a_session_still_to_come_may_be_missed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--session", "eeee0000", "--missed")[0] == 0


def test_today_is_the_day_where_the_person_lives(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    latest = dt.datetime.now(dt.timezone(dt.timedelta(hours=14))).date()
    ahead = session(WALK, latest, "07:00", "aerobic", "Brisk walk")
    write_plan(made(ahead, timezone="Pacific/Kiritimati"), here / "plan.json")
    assert run(capsys, "--session", WALK, "--done")[0] == 0
    write_plan(made(ahead, timezone="Pacific/Pago_Pago"), here / "plan.json")
    assert run(capsys, "--session", WALK, "--done")[0] == 2


def test_a_plan_without_sessions_says_so(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_plan(made(), here / "plan.json")
    assert run(capsys) == (0, "This plan has no exercise sessions.\n", "")


def test_what_is_no_plan_no_zone_or_no_log_is_one_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_plan(made(session(WALK, START, "07:00", "aerobic", "Walk"), timezone="../x"), here / "plan.json")
    assert '"../x" is no time zone: plan again' in run(capsys, "--session", WALK, "--done")[2]
    (here / "plan.log.json").write_text("broken", encoding="utf-8")
    status, out, err = run(capsys)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "plan.log.json: is no training log" in err
    (here / "plan.json").unlink()
    assert "plan.json: no such file" in run(capsys)[2]


def test_nothing_from_a_plan_reaches_the_terminal_as_a_command(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plan(made(session(WALK, START, "\x1b[2J", "aerobic", "A\x1b[31m\nwalk")), here / "plan.json")
    assert "\x1b" not in run(capsys)[1] + run(capsys, "--session", WALK, "--done")[1]
