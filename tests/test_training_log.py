"""The training log: what is written is read again, nothing is lost, and a broken file is never overwritten."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boneplan.errors import InputError
from boneplan.plan import Effort, ExerciseProgramme, Plan, Session
from boneplan.plan_io import write_plan
from boneplan.training_log import Entry, Log, log_path, read_log, record

SOURCE = Path(__file__).parents[1] / "src"
MONDAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)


def session(number: int) -> Session:
    return Session(
        id=f"{number:08x}-0000-5000-8000-000000000000", date=MONDAY + dt.timedelta(days=number % 7), start="07:00",
        end="07:30", kind="resistance", title="Strength", minutes=30, weight_bearing=True,
        intensity=Effort(rpe=5, met=3.5, level="moderate"), items=[], stop_if=[],
    )  # fmt: skip


def plan(sessions: int = 7) -> Plan:
    return Plan(
        id="7d0d8a5e-0000-4000-8000-000000000001", created=NOW, boneplan="0.1.0", seed=0, profile={}, start=MONDAY,
        weeks=1, timezone="America/New_York", status="ok",
        exercise=ExerciseProgramme(sessions=[session(n) for n in range(sessions)]),
    )  # fmt: skip


def entry(number: int, **fields: object) -> Entry:
    made = session(number)
    given: dict[str, object] = {"done": True, "recorded": NOW, **fields}
    return Entry.model_validate({"session": made.id, "date": made.date, "kind": made.kind, **given})


def test_the_log_lies_beside_its_plan() -> None:
    assert log_path(Path("anna/plan.json")) == Path("anna/plan.log.json")
    assert log_path(Path("week.2.JSON")) == Path("week.2.log.json")
    assert log_path(Path("plan")) == Path("plan.log.json")


def test_nothing_recorded_is_an_empty_log(tmp_path: Path) -> None:
    assert read_log(tmp_path / "plan.json") == Log()
    assert list(tmp_path.iterdir()) == []


def test_what_is_recorded_is_read_again_in_order_of_date(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    later = entry(3, rpe=6.5, reps=12, pain=True, note="the knee")
    assert record(plan(), path, later) == read_log(path)
    record(plan(), path, entry(1, done=False))
    assert read_log(path).entries == [entry(1, done=False), later]
    written = json.loads((tmp_path / "plan.log.json").read_text(encoding="utf-8"))
    assert written["schema"] == "boneplan.log/1"
    assert written["entries"][1]["recorded"] == "2026-11-29T12:00:00Z"


def test_a_session_recorded_again_has_its_last_entry_alone(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    record(plan(), path, entry(2, done=False))
    record(plan(), path, entry(2, rpe=4))
    assert read_log(path).entries == [entry(2, rpe=4)]


def test_a_session_that_the_plan_lacks_is_not_recorded(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no session"):
        record(plan(1), tmp_path / "plan.json", entry(2))
    assert list(tmp_path.iterdir()) == []


def test_fields_of_a_later_version_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    record(plan(), path, entry(0))
    log = tmp_path / "plan.log.json"
    document = json.loads(log.read_text(encoding="utf-8"))
    document["device"] = "watch"
    document["entries"][0]["heart_rate"] = 118
    log.write_text(json.dumps(document), encoding="utf-8")
    record(plan(), path, entry(1))
    kept = json.loads(log.read_text(encoding="utf-8"))
    assert (kept["device"], kept["entries"][0]["heart_rate"]) == ("watch", 118)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_health_data_is_for_its_owner_alone(tmp_path: Path) -> None:
    record(plan(), tmp_path / "plan.json", entry(0))
    assert [stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()] == [0o600, 0o600]  # and the lock


GOOD = {"session": "a", "date": "2026-11-23", "kind": "aerobic", "done": True, "recorded": "2026-11-23T08:00:00Z"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "is no training log (Invalid JSON"),
        ("{", "is no training log (Invalid JSON"),
        ("[]", "is no training log ("),
        (b"\xff\xfe", "is no training log (Invalid JSON"),
        ('{"schema": "boneplan.plan/1"}', 'schema is "boneplan.plan/1": '),
        ('{"entries": [{}]}', "entries.0.session is a mapping: Field required: "),
        ({"rpe": 11}, "entries.0.rpe is 11: "),
        ({"rpe": "5"}, 'entries.0.rpe is "5": '),
        ({"reps": -1}, "entries.0.reps is -1: "),
        ({"done": "yes"}, 'entries.0.done is "yes": '),
        ({"kind": "chess"}, 'entries.0.kind is "chess": '),
        ({"recorded": "2026-11-23T08:00:00"}, 'entries.0.recorded is "2026-11-23T08:00:00": '),
        ({"note": "x" * 201}, 'entries.0.note is "xxxx'),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_broken_log_is_named_with_its_mend_and_left_as_it_is(
    tmp_path: Path, content: str | bytes | dict[str, object], told: str
) -> None:
    log = tmp_path / "plan.log.json"
    text = json.dumps({"entries": [GOOD | content]}) if isinstance(content, dict) else content
    data = text if isinstance(text, bytes) else text.encode()
    log.write_bytes(data)
    for attempt in (
        lambda: read_log(tmp_path / "plan.json"),
        lambda: record(plan(), tmp_path / "plan.json", entry(0)),
    ):
        with pytest.raises(InputError) as raised:
            attempt()
        assert raised.value.lines[0].startswith(f"{log}: {told}")
        assert all(line.endswith("correct it, or move it away to begin a new log") for line in raised.value.lines)
    assert log.read_bytes() == data


def test_a_log_that_is_a_folder_or_far_too_large_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "plan.log.json").mkdir()
    with pytest.raises(InputError, match=r"plan\.log\.json: is a folder"):
        read_log(tmp_path / "plan.json")
    (tmp_path / "large.log.json").write_bytes(b" " * (8 * 2**20 + 1))
    with pytest.raises(InputError, match="is over 8 MB"):
        read_log(tmp_path / "large.json")


def test_a_folder_that_is_gone_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot write there"):
        record(plan(), tmp_path / "gone" / "plan.json", entry(0))


def test_processes_that_record_at_once_lose_no_entry(tmp_path: Path) -> None:
    made = plan(24)
    write_plan(made, tmp_path / "plan.json")
    code = (
        "import sys, datetime as dt; from pathlib import Path\n"
        "from boneplan.plan_io import read_plan; from boneplan.training_log import Entry, record\n"
        "path = Path(sys.argv[1]); plan = read_plan(path); now = dt.datetime.now(dt.UTC)\n"
        "for s in plan.exercise.sessions[int(sys.argv[2])::4]:\n"
        "    record(plan, path, Entry(session=s.id, date=s.date, kind=s.kind, done=True, recorded=now))\n"
    )
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "plan.json"), str(n)],
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
        )
        for n in range(4)
    ]
    assert [worker.wait() for worker in workers] == [0] * 4
    recorded = {made.session for made in read_log(tmp_path / "plan.json").entries}
    assert recorded == {session.id for session in made.exercise.sessions}


ENTRIES = st.builds(
    entry,
    st.integers(0, 6),
    done=st.booleans(),
    rpe=st.none() | st.floats(0, 10),
    reps=st.none() | st.integers(0, 100),
    pain=st.booleans(),
    note=st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ENTRIES, max_size=5))
def test_the_last_entry_of_every_session_comes_back(tmp_path: Path, entries: list[Entry]) -> None:
    path = tmp_path / "plan.json"
    log_path(path).unlink(missing_ok=True)
    for made in entries:
        record(plan(), path, made)
    assert {e.session: e for e in read_log(path).entries} == {e.session: e for e in entries}
