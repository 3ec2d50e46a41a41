"""Plan files: what is read is a plan or an InputError, what is written is whole or not there."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boneplan import plan_io
from boneplan.errors import Fault, InputError
from boneplan.plan import Day, Item, Meal, Menu, Notice, Plan
from boneplan.plan_io import make_folder, read_plan, write_plan, write_text_atomic

SMALL = Plan(
    id="7d0d8a5e-0000-4000-8000-000000000001",
    created=dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC),
    boneplan="0.1.0",
    seed=0,
    profile={"name": "Zoë", "weight_kg": 68.5},
    start=dt.date(2026, 11, 23),
    weeks=1,
    timezone="America/New_York",
    status="ok",
    menu=Menu(
        days=[
            Day(
                date=dt.date(2026, 11, 23),
                meals=[
                    Meal(
                        meal="breakfast",
                        time="07:30",
                        items=[Item(food="milk", fndds_code=11112110, name="Milk", grams=183.0, measure="¾ cup")],
                    )
                ],
                totals={"energy": 93.3},
            )
        ]
    ),
)

reuse = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "plan.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def document(**changes: object) -> str:
    """The small plan as JSON text, with top-level keys changed (None removes the key)."""
    raw = json.loads(SMALL.model_dump_json(by_alias=True)) | changes
    return json.dumps({key: value for key, value in raw.items() if value is not None})


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_plan(path)
    return "\n".join(caught.value.lines)


def test_a_plan_comes_back_as_it_was_written(tmp_path: Path) -> None:
    write_plan(SMALL, tmp_path / "plan.json")
    assert read_plan(tmp_path / "plan.json") == SMALL


def test_a_plan_is_written_with_readable_letters_and_the_contract_key_for_its_schema(tmp_path: Path) -> None:
    write_plan(SMALL, tmp_path / "plan.json")
    text = (tmp_path / "plan.json").read_text(encoding="utf-8")
    assert text.startswith('{\n "schema": "boneplan.plan/1",\n "id":')
    assert "¾ cup" in text
    assert '"created": "2026-11-23T08:00:00Z"' in text


def test_the_same_plan_is_written_as_the_same_bytes(tmp_path: Path) -> None:
    write_plan(SMALL, tmp_path / "one.json")
    write_plan(read_plan(tmp_path / "one.json"), tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_fields_of_a_later_version_survive_a_round_trip(tmp_path: Path) -> None:
    plan = read_plan(write(tmp_path, document(locale={"units": "metric"})))
    write_plan(plan, tmp_path / "again.json")
    assert json.loads((tmp_path / "again.json").read_text())["locale"] == {"units": "metric"}


@reuse
@given(
    text=st.text(st.characters(exclude_categories=["Cs"])),
    amounts=st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.floats(0, 1e6)),
    seed=st.integers(-(2**62), 2**62),
)
def test_any_text_and_any_finite_number_survive_a_round_trip(
    tmp_path: Path, text: str, amounts: dict[str, float], seed: int
) -> None:
    plan = SMALL.model_copy(
        update={
            "seed": seed,
            "profile": {"name": text, "numbers": amounts},
            "notices": [Notice(level="info", rule="x", text=text)],
        }
    )
    write_plan(plan, tmp_path / "plan.json")
    assert read_plan(tmp_path / "plan.json") == plan


@reuse
@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_and_nothing_else(tmp_path: Path, content: bytes) -> None:
    assert refusal(write(tmp_path, content))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@reuse
@given(st.sampled_from(sorted(json.loads(document()))), values)
def test_a_plan_with_one_value_replaced_is_read_or_refused(tmp_path: Path, key: str, value: object) -> None:
    path = write(tmp_path, json.dumps(json.loads(document()) | {key: value}))
    try:
        plan = read_plan(path)
    except InputError:
        return
    write_plan(plan, tmp_path / "again.json")
    assert read_plan(tmp_path / "again.json") == plan


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "not JSON"),
        ('{"schema": ', "line 1, column 12"),
        ("[1, 2]", "this is a list"),
        ("null", "this is null"),
        ("{}", "no schema"),
        ('{"schema": "boneplan.plan/9"}', "schema 'boneplan.plan/9', boneplan reads 'boneplan.plan/1'"),
        ('{"schema": NaN}', "NaN is not a number"),
        ('{"schema": -Infinity}', "-Infinity is not a number"),
        ('{"schema": 1e999}', "'1e999' is too large"),
        ('{"schema": ' + "9" * 6000 + "}", "is too large for a number: write a finite number"),
        ('{"schema": -' + "9" * 400 + "}", "is too large for a number"),
        ('{"schema": "boneplan.plan/1", "schema": "boneplan.plan/1"}', "the key 'schema' stands twice"),
        ('{"schema": "\\ud800"}', "lone surrogate"),
        ("[" * 200_000, "nested too deep"),
        (b"\xff\xfe{}", "not UTF-8"),
        (document(weeks="1"), "weeks is '1'"),
        (document(start=1), "start is 1"),
        (document(start="2026-02-30"), "start is '2026-02-30'"),
        (document(status="fine"), "status is 'fine'"),
        (document(created=None), "created: Field required"),
        (document(targets={}), "targets is an object"),
    ],
)
def test_what_is_no_plan_is_refused_with_the_reason(tmp_path: Path, content: str | bytes, says: str) -> None:
    lines = refusal(write(tmp_path, content))
    assert says in lines
    assert str(tmp_path / "plan.json") in lines
    assert len(lines) < 600


def test_every_problem_has_its_own_line(tmp_path: Path) -> None:
    lines = refusal(write(tmp_path, document(weeks="1", seed="x", created=None))).splitlines()
    assert len(lines) == 3


def test_a_thousand_problems_are_told_in_a_screenful(tmp_path: Path) -> None:
    lines = refusal(write(tmp_path, document(notices=[1] * 1000))).splitlines()
    assert len(lines) == 21
    assert lines[-1].endswith("and 980 more problems like these")


def test_a_missing_file_a_folder_and_an_impossible_path_are_told_apart(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "none.json")
    assert "is a folder" in refusal(tmp_path)
    assert "cannot be read" in refusal(tmp_path / "a\0b")


def test_a_file_beyond_the_bound_is_refused_before_it_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_io, "MAX_BYTES", 100)
    assert "larger than" in refusal(write(tmp_path, document()))


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    assert read_plan(write(tmp_path, b"\xef\xbb\xbf" + document().encode())) == SMALL


def test_a_plan_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old")
    path.chmod(0o644)
    write_plan(SMALL, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full) if step == "fsync" else monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="no room left"):
        write_text_atomic(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupted_write_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_text_atomic(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_take_the_file_is_named_with_the_mend(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path, says in [
        (tmp_path / "none" / "plan.json", "does not exist: make it first"),
        (tmp_path / "file" / "plan.json", "this is a file, not a folder"),
        (tmp_path, "choose another"),
        (tmp_path / "a\0b", "cannot write here"),
    ]:
        with pytest.raises(InputError, match=says) as caught:
            write_text_atomic(path, "x")
        assert str(path.parent) in str(caught.value)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_closed_to_writing_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="cannot write here"):
        write_text_atomic(tmp_path / "plan.json", "x")


def test_text_that_utf8_cannot_hold_is_boneplans_own_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="JSON cannot hold"):
        write_plan(SMALL.model_copy(update={"timezone": "\ud800"}), tmp_path / "plan.json")
    assert list(tmp_path.iterdir()) == []


def test_folders_are_made_for_their_owner_and_files_in_the_way_are_named(tmp_path: Path) -> None:
    made = make_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert make_folder(made) == made
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="there is a file of that name"):
        make_folder(tmp_path / "file")


@pytest.mark.parametrize(("field", "longest"), [("measure", 200), ("name", 300)])
def test_a_portion_with_a_text_that_no_food_has_is_refused(tmp_path: Path, field: str, longest: int) -> None:
    raw = json.loads(document())
    portion = raw["menu"]["days"][0]["meals"][0]["items"][0]
    portion[field] = "9" * longest
    assert read_plan(write(tmp_path, json.dumps(raw)))
    portion[field] = "9" * 5000
    assert f"items.0.{field} is" in refusal(write(tmp_path, json.dumps(raw)))
