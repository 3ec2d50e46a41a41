"""`boneplan plan`: the folder it writes, what it prints, and how likely its menus look to outsiders."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from boneplan import engine
from boneplan.cli import plan as command
from boneplan.cli.main import main
from boneplan.menu.planner import MenuResult
from boneplan.plan import Menu, Plan
from boneplan.plan_io import plan_json, read_plan
from boneplan.profile import Profile
from boneplan.profile_reader import load_example
from boneplan.schedule import Schedule
from boneplan.verify import verify_plan

ROOT = Path(__file__).parents[2]
PROFILES = ROOT / "tests" / "profiles"
OUTSIDER = ROOT.parent / "shared" / "tools" / "evaluate_plan.py"
MONDAY = "2026-11-23"
FILES = ["plan.html", "plan.ics", "plan.json", "shopping.csv", "shopping.md"]
REFUSED = "sex: female\nbirth_date: 1990-04-02\nheight_cm: 163\nweight_kg: 68\nconditions: [pregnancy]\n"
# What real days of women of 50 and more score (NHANES 2007-2010, held against themselves).
REALISM = {"seen_at_that_meal": 0.92, "portion_p10_p90": 0.74, "pairs_seen_5": 0.81, "pairs_lift_1": 0.64}

Done = subprocess.CompletedProcess[str]
Asked = list[dict[str, Any]]


def boneplan(folder: Path, *arguments: str | Path) -> Done:
    """Runs the command in a process of its own, inside `folder`."""
    return subprocess.run(
        [sys.executable, "-m", "boneplan", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100"},
        check=False,
    )


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """`boneplan plan --example` in an empty folder, with the folder that it wrote."""
    folder = tmp_path_factory.mktemp("example")
    return boneplan(folder, "plan", "--example", "--start", MONDAY), folder / "boneplan-plan"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def stub(example: tuple[Done, Path], monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Lets the example's plan stand for every plan, at once; gives what was asked for."""
    asked: Asked = []
    plan = read_plan(example[1] / "plan.json")

    def make_plan(profile: Profile, **how: Any) -> Plan:
        asked.append({"profile": profile, **how})
        return plan

    monkeypatch.setattr(engine, "make_plan", make_plan)
    return asked


def test_the_example_is_planned_written_and_printed(example: tuple[Done, Path]) -> None:
    done, folder = example
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in folder.iterdir()) == FILES
    assert "Anna" in done.stdout
    assert "Breakfast" in done.stdout
    assert str(Path("boneplan-plan") / "plan.json") in done.stdout
    assert "Traceback" not in done.stdout


def test_the_files_are_for_their_owner_alone(example: tuple[Done, Path]) -> None:
    _, folder = example
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_written_plan_holds_and_is_of_the_example(example: tuple[Done, Path]) -> None:
    plan = read_plan(example[1] / "plan.json")
    assert plan.status in ("ok", "gaps")
    assert Profile.model_validate(plan.profile) == load_example()
    assert str(plan.start) == MONDAY
    assert verify_plan(plan) == []


def test_the_written_calendar_has_an_event_for_every_session(example: tuple[Done, Path]) -> None:
    plan = read_plan(example[1] / "plan.json")
    calendar = Calendar.from_ical((example[1] / "plan.ics").read_bytes())
    uids = [str(event["UID"]) for event in calendar.walk("VEVENT")]
    assert len(set(uids)) == len(uids) >= len(plan.exercise.sessions) > 0


def test_the_shopping_list_names_what_is_eaten(example: tuple[Done, Path]) -> None:
    assert "- [ ]" in (example[1] / "shopping.md").read_text(encoding="utf-8")


def test_json_prints_the_document_alone(here: Path, stub: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "--example", "--json", "--out", "out"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out)["schema"] == "boneplan.plan/1"
    assert out.encode() == (here / "out" / "plan.json").read_bytes()
    assert len(stub) == 1


def test_a_profile_from_a_file_with_every_option(here: Path, stub: Asked) -> None:
    path = here / "zoë.yaml"
    path.write_bytes((PROFILES / "maria.yaml").read_bytes())
    arguments = ["--start", "2027-02-01", "--weeks", "2", "--seed", "7", "--time-limit", "1.5", "--out", "a/b"]
    assert main(["plan", str(path), *arguments]) == 0
    (asked,) = stub
    assert asked["profile"].name == "María"
    assert (asked["start"], asked["weeks"], asked["seed"]) == (dt.date(2027, 2, 1), 2, 7)
    assert asked["seconds"] == 1.5
    assert (here / "a" / "b" / "plan.json").exists()


def test_a_plan_without_a_start_begins_on_the_coming_monday(here: Path, stub: Asked) -> None:  # noqa: ARG001 - cwd
    assert main(["plan", "--example"]) == 0
    start = stub[0]["start"]
    today = dt.datetime.now(dt.UTC).date()
    assert start.weekday() == 0
    assert -1 <= (start - today).days <= 7


@pytest.mark.parametrize(
    ("now", "zone", "monday"),
    [
        ("2026-11-23T12:00+00:00", "America/New_York", "2026-11-23"),
        ("2026-11-24T12:00+00:00", "America/New_York", "2026-11-30"),
        ("2026-11-29T23:59+00:00", "America/New_York", "2026-11-30"),
        ("2026-11-23T03:00+00:00", "America/New_York", "2026-11-23"),  # still Sunday there
        ("2026-11-22T22:00+00:00", "Asia/Tokyo", "2026-11-23"),  # already Monday there
        ("2026-11-23T22:00+00:00", "Asia/Tokyo", "2026-11-30"),  # already Tuesday there
    ],
)
def test_the_coming_monday_is_that_of_where_the_person_lives(
    monkeypatch: pytest.MonkeyPatch, now: str, zone: str, monday: str
) -> None:
    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return dt.datetime.fromisoformat(now).astimezone(tz)

    person = load_example().model_copy(update={"timezone": zone})
    monkeypatch.setattr(command.dt, "datetime", Clock)
    assert str(command.coming_monday(person)) == monday


def test_two_weeks_are_fourteen_days(tmp_path: Path) -> None:
    done = boneplan(
        tmp_path, "plan", PROFILES / "maria.yaml", "--weeks", "2", "--start", MONDAY, "--json", "--out", "two"
    )
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    assert document["weeks"] == 2
    first = dt.date.fromisoformat(MONDAY)
    assert [day["date"] for day in document["menu"]["days"]] == [str(first + dt.timedelta(n)) for n in range(14)]
    assert {s["date"] > "2026-11-29" for s in document["exercise"]["sessions"]} == {True, False}


def test_a_refusal_is_said_written_and_takes_the_earlier_plan_away(
    here: Path, example: tuple[Done, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "her.yaml").write_text(REFUSED, encoding="utf-8")
    out = shutil.copytree(example[1], here / "boneplan-plan")
    (out / "notes.txt").write_text("my own", encoding="utf-8")
    assert main(["plan", "her.yaml"]) == 1
    said, err = capsys.readouterr()
    assert "oncology team" in said
    assert err == ""
    assert sorted(path.name for path in out.iterdir()) == ["notes.txt", "plan.html", "plan.ics", "plan.json"]
    calendar = (out / "plan.ics").read_text(encoding="utf-8")
    assert "Ask for: Calcium in the blood" in calendar
    assert "CATEGORIES:Exercise" not in calendar.split("STATUS:CANCELLED")[0]
    assert read_plan(out / "plan.json").status == "refused"


def test_a_refusal_leaves_the_files_of_others_alone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "her.yaml").write_text(REFUSED, encoding="utf-8")
    for name in ("plan.ics", "shopping.md", "shopping.csv"):
        (here / name).write_text("nothing of boneplan's", encoding="utf-8")
    assert main(["plan", "her.yaml", "--out", "."]) == 1
    assert capsys.readouterr().err == ""
    left = sorted(path.name for path in here.iterdir())
    assert left == ["her.yaml", "plan.html", "plan.ics", "plan.json", "shopping.csv", "shopping.md"]


def test_a_plan_again_replaces_the_old_one(here: Path, stub: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    out = here / "boneplan-plan"
    assert main(["plan", "--example"]) == 0
    assert main(["plan", "--example"]) == 0
    assert [asked["earlier"] is None for asked in stub] == [True, False]
    assert read_plan(out / "plan.json").status in ("ok", "gaps")
    assert sorted(path.name for path in out.iterdir()) == FILES
    assert capsys.readouterr().err == ""


def test_a_plan_that_the_judge_rejects_is_a_fault_and_not_written(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Promised as ok, yet without a single day: the judge is the real one.
    monkeypatch.setattr(engine, "plan_menu", lambda *_, **__: MenuResult(Menu()))
    monkeypatch.setattr(engine, "plan_sessions", lambda *_, **__: Schedule([], [], None))
    assert main(["plan", "--example", "--start", MONDAY]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Error: the plan breaks verify/")
    assert "Traceback" not in err
    assert list((here / "boneplan-plan").iterdir()) == []


def test_off_a_terminal_no_progress_is_drawn(here: Path, stub: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "--example"]) == 0
    stub[0]["progress"](1)
    assert capsys.readouterr().err == ""
    assert (here / "boneplan-plan").is_dir()


def test_on_a_terminal_every_week_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    with command._progress(3) as tell:
        for week in (1, 2, 3):
            tell(week)
    assert capsys.readouterr().out == ""


def test_help_shows_an_example_and_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "--help"]) == 0
    said = capsys.readouterr().out
    for word in (
        "--example",
        "--start",
        "--weeks",
        "--out",
        "--seed",
        "--time-limit",
        "--json",
        "  boneplan plan --example\n",
    ):
        assert word in said


# How an outsider sees it: another program, on the raw public tables, sharing no code.

outside = pytest.mark.skipif(not OUTSIDER.exists(), reason="the outside evaluation is not on this machine")
Evaluated = Callable[[Path], tuple[int, dict[str, Any]]]


def evaluated(path: Path) -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, str(OUTSIDER), str(path), "--json"], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, json.loads(done.stdout)


@outside
def test_an_outsider_finds_no_breach_in_the_example_and_menus_like_real_ones(example: tuple[Done, Path]) -> None:
    status, found = evaluated(example[1] / "plan.json")
    assert (status, found["breaches"]) == (0, [])
    realism = found["measured"]["realism"]
    assert {key: realism[key] for key, least in REALISM.items() if realism[key] < least} == {}


@outside
@pytest.mark.parametrize("name", ["karin", "maria", "oliver"])
def test_an_outsider_finds_no_breach_in_other_plans(tmp_path: Path, name: str) -> None:
    from boneplan.profile_reader import load_profile

    plan = engine.make_plan(load_profile(PROFILES / f"{name}.yaml"), start=dt.date.fromisoformat(MONDAY))
    path = tmp_path / "plan.json"
    path.write_bytes(plan_json(plan))
    status, found = evaluated(path)
    assert (status, found["breaches"]) == (0, [])
