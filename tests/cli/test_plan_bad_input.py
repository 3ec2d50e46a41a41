"""Bad input to `boneplan plan`: one clear line for each thing to mend, exit 2, nothing written, never a traceback."""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boneplan import engine
from boneplan.cli.main import main
from boneplan.menu.planner import MenuResult
from boneplan.plan import Menu
from boneplan.profile import Profile
from boneplan.schedule import Schedule

EXAMPLE = (files("boneplan") / "example.yaml").read_text(encoding="utf-8")
GOOD = {"sex": "female", "birth_date": "1961-04-02", "height_cm": "163", "weight_kg": "68"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in, and a planner that must not be asked."""

    def too_far(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("bad input reached the planner")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(engine, "make_plan", too_far)
    return tmp_path


def written(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def told(here: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line that answers, once it is sure that nothing was written."""
    before = written(here)
    status = main(["plan", *arguments])
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert written(here) == before
    assert err.startswith("Error: ")
    assert err.count("\n") == 1
    assert err.endswith("\n")
    return err.removeprefix("Error: ").rstrip("\n")


def test_a_missing_profile_and_a_folder_are_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(here, capsys, "none.yaml") == "none.yaml: no such file: check the name"
    (here / "people").mkdir()
    assert told(here, capsys, "people") == "people: is a folder: name a file in it"


@pytest.mark.parametrize(
    ("key", "value", "line"),
    [
        ("hieght_cm", "163", "hieght_cm: unknown key: did you mean height_cm?"),
        ("diet", "{patern: vegan}", "diet.patern: unknown key: did you mean pattern?"),
        ("height_cm", "tall", 'height_cm: "tall" is not a number'),
        ("height_cm", "[163]", "height_cm: a list is not a number"),
        ("diet", "vegan", 'diet: "vegan" is not a mapping'),
        ("height_cm", "1.63", "height_cm: 1.63 is below 100"),
        ("weight_kg", "680", "weight_kg: 680 is above 300"),
        ("weight_kg", "-68", "weight_kg: -68 is below 25"),
        ("weight_kg", ".nan", 'weight_kg: ".nan" is not a number'),
        ("birth_date", "2061-04-02", "birth_date: 2061-04-02 is in the future"),
        ("birth_date", "1861-04-02", "birth_date: 1861-04-02 makes an age over 110"),
        ("birth_date", "1961-02-30", 'birth_date: "1961-02-30" is a day that no calendar has'),
        ("diet", "{allergies: [lava]}", 'diet.allergies[0]: "lava" is unknown: use one of milk, egg'),
        ("therapy", "{drug: tamoxifen}", 'therapy.drug: "tamoxifen" is unknown: use one of anastrozole'),
        ("bone", "{t_scores: {total_hip: -25}}", "bone.t_scores.total_hip: -25 is below -8"),
        ("timezone", "Mars/Olympus", 'timezone: "Mars/Olympus" is no time zone'),
        (
            "timezone",
            "america/new_york",
            'timezone: "america/new_york" is no time zone: did you mean America/New_York?',
        ),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_profile_that_does_not_fit_is_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], key: str, value: str, line: str
) -> None:
    text = "".join(f"{k}: {v}\n" for k, v in {**GOOD, key: value}.items())
    (here / "anna.yaml").write_text(text, encoding="utf-8")
    assert told(here, capsys, "anna.yaml").startswith(f"anna.yaml: {line}")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"sex: [female",
        b"sex: female\n\tage: 3",
        b"\xff\xfe\x00",
        b"- a\n",
        b"just words",
        b"[" * 5000,
        b"%PDF-1.4",
    ],
    ids=["empty", "open bracket", "tab", "not UTF-8", "list", "words", "deep", "another kind of file"],
)
def test_a_file_that_is_no_profile_is_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (here / "anna.yaml").write_bytes(content)
    line = told(here, capsys, "anna.yaml")
    assert line.startswith("anna.yaml: ")
    assert len(line) < 400


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--start", "tomorrow", "'tomorrow' is no date: write it as 2026-11-23"),
        ("--start", "2026-02-30", "'2026-02-30' is no date"),
        ("--start", "23.11.2026", "'23.11.2026' is no date"),
        ("--start", "9999-01-01", "9999-01-01 is out of range: choose a day from 1970-01-01 to 2199-12-31"),
        ("--start", "0001-01-01", "0001-01-01 is out of range"),
        ("--weeks", "0", "0 is not in the range 1<=x<=12"),
        ("--weeks", "13", "13 is not in the range 1<=x<=12"),
        ("--weeks", "x", "'x' is not a valid integer"),
        ("--weeks", "1.5", "'1.5' is not a valid integer"),
        ("--seed", "-1", "-1 is not in the range"),
        ("--seed", "many", "'many' is not a valid integer"),
        ("--seed", "99999999999999999999", "is not in the range"),
        ("--time-limit", "0", "0.0 is not in the range"),
        ("--time-limit", "soon", "'soon' is not a valid float"),
        ("--time-limit", "nan", "nan"),
        ("--time-limit", "inf", "inf is not in the range"),
    ],
)
def test_an_option_that_does_not_fit_is_named_with_its_value(
    here: Path, capsys: pytest.CaptureFixture[str], option: str, value: str, words: str
) -> None:
    line = told(here, capsys, "--example", option, value)
    assert words in line
    assert option in line


def test_a_person_is_given_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "anna.yaml").write_text(EXAMPLE, encoding="utf-8")
    assert "give one of them" in told(here, capsys, "anna.yaml", "--example")
    assert told(here, capsys).startswith("PROFILE: missing: give a profile file, or --example")
    assert "unexpected extra argument" in told(here, capsys, "anna.yaml", "grace.yaml")


def test_an_out_folder_that_is_a_file_or_under_one_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "taken").write_text("mine", encoding="utf-8")
    line = told(here, capsys, "--example", "--out", "taken")
    assert line == "taken: cannot make this folder (there is a file of that name): choose another"
    line = told(here, capsys, "--example", "--out", "taken/plan")
    assert line.startswith("taken/plan: cannot make this folder (")
    assert (here / "taken").read_text(encoding="utf-8") == "mine"


def test_an_out_folder_that_no_disk_can_name_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "cannot make this folder" in told(here, capsys, "--example", "--out", "x" * 300)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_an_out_folder_that_takes_no_files_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    closed = here / "closed"
    closed.mkdir(mode=0o500)
    assert "closed: cannot write there (Permission denied)" in told(here, capsys, "--example", "--out", "closed")
    assert "cannot make this folder" in told(here, capsys, "--example", "--out", "closed/plan")


def test_a_folder_that_refuses_a_trial_file_is_refused_before_planning(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    (here / "closed").mkdir()
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    line = told(here, capsys, "--example", "--out", "closed")
    assert line == "closed: cannot write there (Permission denied): choose another folder"


def test_several_things_to_mend_are_a_line_each(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "anna.yaml").write_text("sex: f\nheight_cm: 30\nbirth_date: soon\n", encoding="utf-8")
    assert main(["plan", "anna.yaml"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    fields = [line.removeprefix("Error: anna.yaml: ").split(":")[0] for line in err.splitlines()]
    assert fields == ["sex", "birth_date", "height_cm", "weight_kg"]
    assert written(here) == ["anna.yaml"]


def test_a_start_in_the_persons_childhood_is_a_refusal_and_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["plan", "--example", "--start", "1975-01-06"]) in (1, 2)
    assert "Traceback" not in capsys.readouterr().err


def test_a_start_before_the_persons_birth_is_answered_and_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "grace.yaml").write_text("".join(f"{k}: {v}\n" for k, v in GOOD.items()).replace("1961", "2000"))
    assert main(["plan", "grace.yaml", "--start", "1990-01-01"]) in (1, 2)
    assert "Traceback" not in capsys.readouterr().err


# Whatever a text file holds: an answer, and no traceback.


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder to plan in, with everything as it is but the solving and the judging."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "plan_menu", lambda *_, **__: MenuResult(Menu()))
        patch.setattr(engine, "plan_sessions", lambda *_, **__: Schedule([], [], None))
        patch.setattr(engine, "verify_plan", lambda _: [])
        yield tmp_path_factory.mktemp("fuzz")


def answered(folder: Path, content: bytes) -> None:
    """Plans for the profile of that content, and asserts what must hold of every answer."""
    path = folder / "person.yaml"
    path.write_bytes(content)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(["plan", str(path), "--start", "2026-11-23", "--out", str(folder / "plan")])
    assert status in (0, 1, 2), err.getvalue()
    assert "Traceback" not in out.getvalue() + err.getvalue()
    lines = err.getvalue().splitlines()
    assert all(line.startswith("Error: ") for line in lines)
    assert bool(lines) is (status == 2)
    assert (status == 2) is (out.getvalue() == "")


@settings(max_examples=150)
@given(st.one_of(st.text().map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary()))
def test_any_file_is_answered(quick: Path, content: bytes) -> None:
    answered(quick, content)


LINES = EXAMPLE.splitlines()
SCRAPS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["null", "~", "''", "{}", "[]", "[[]]", "{a: b}", "-0", "1e400", "0x1F", ".inf", "true", "no", "*a"]
    ),
    st.sampled_from(["&a 1", "!!python/object:os.system", "2026-02-30", "99:99", "\t", "|", ">", "? :", "9" * 400]),
)


@settings(max_examples=200)
@given(st.data())
def test_the_example_with_a_few_lines_changed_is_answered(quick: Path, data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[at].partition(":")
        change = data.draw(st.sampled_from(["value", "key", "drop", "again", "scrap"]))
        scrap = data.draw(SCRAPS)
        lines[at] = {
            "value": f"{key}{colon} {scrap}",
            "key": scrap + lines[at][len(key) :],
            "drop": "",
            "again": f"{lines[at]}\n{lines[at]}",
            "scrap": scrap,
        }[change]
    answered(quick, "\n".join(lines).encode("utf-8", "surrogatepass"))


KEYS = st.sampled_from(
    sorted(
        {"drug", "since", "t_scores", "fractures", "dislikes", "nutrient", "unit", "monday"}
        | Profile.model_fields.keys()
    )
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates().map(str)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=8,
)


@settings(max_examples=150)
@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_known_keys_with_any_values_are_answered(quick: Path, profile: dict[str, Any]) -> None:
    base = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
    answered(quick, json.dumps(base | profile).encode())
