"""`boneplan export`: a plan file in, another format out, and one clear line where that cannot be."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from boneplan.cli.export import FORMATS, NEXT, export
from boneplan.errors import InputError
from boneplan.plan import Plan

SESSION = {
    "id": "2f6d3a0e-7f3b-5b3e-9d0c-1d2a3b4c5d6e",
    "date": "2026-11-23",
    "start": "07:00",
    "end": "07:40",
    "kind": "aerobic",
    "title": "Brisk walk",
    "minutes": 40,
    "weight_bearing": True,
    "intensity": {"rpe": 5, "met": 4.8, "level": "moderate"},
    "items": [],
    "stop_if": ["dizziness"],
}
ITEM = {"food": "milk", "fndds_code": 11112110, "name": "Milk, 2 %", "grams": 122.0, "measure": "½ cup"}
PLAN: dict[str, Any] = {
    "schema": "boneplan.plan/1",
    "id": "5e0cf2f4-9d3c-4d0e-8f0a-0a5a4c1f7d11",
    "created": "2026-11-20T08:00:00Z",
    "boneplan": "0.1.0",
    "seed": 0,
    "profile": {"name": "Anna"},
    "start": "2026-11-23",
    "weeks": 1,
    "timezone": "America/New_York",
    "status": "ok",
    "menu": {
        "days": [
            {
                "date": "2026-11-23",
                "meals": [{"meal": "breakfast", "time": "07:30", "items": [ITEM]}],
                "totals": {"calcium": 150.0},
            }
        ]
    },
    "exercise": {"sessions": [SESSION]},
}


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(PLAN), encoding="utf-8")
    return path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(export, [str(word) for word in words])


def test_each_format_on_the_screen(plan_file: Path):
    outputs = {form: run(plan_file, "--format", form) for form in FORMATS if form != "pdf"}  # which needs a browser
    assert {result.exit_code for result in outputs.values()} == {0}
    assert len(Calendar.from_ical(outputs["ics"].stdout_bytes).walk("VEVENT")) == 1
    assert "- [ ] Milk, 2 %: ½ cup (122 g as served), for Mon" in outputs["md"].stdout_bytes.decode()
    assert outputs["csv"].stdout_bytes.decode().endswith('Milk, 2 %",½ cup,122.0\r\n')
    assert outputs["html"].stdout_bytes.startswith(b"<!doctype html>")
    written = json.loads(outputs["json"].stdout_bytes)
    assert written["schema"] == "boneplan.plan/1"
    assert Plan.model_validate(written) == Plan.model_validate(PLAN)


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "pdf"])
def test_each_format_goes_into_a_file_and_what_to_do_with_it_is_said(plan_file: Path, tmp_path: Path, form: str):
    out = tmp_path / f"plan.{form}"
    result = run(plan_file, "--format", form, "--out", out)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Written: {out}\nNext:    ")
    assert len(result.stdout.split("Next:    ")[1]) > 10
    assert out.stat().st_size > 0


def test_there_is_something_to_do_with_the_file_of_every_format():
    assert set(NEXT) == set(FORMATS)


def test_calendar_bytes_keep_their_line_ends_in_a_file_that_only_its_owner_reads(plan_file: Path, tmp_path: Path):
    out = tmp_path / "week.ics"
    result = run(plan_file, "--format", "ics", "--out", out)
    assert result.exit_code == 0
    assert result.stdout_bytes.decode().startswith(f"Written: {out}\nNext:    open it with your calendar")
    data = out.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 20
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_json_out_is_the_plan_that_boneplan_reads(plan_file: Path, tmp_path: Path):
    out = tmp_path / "again.json"
    assert run(plan_file, "--format", "json", "--out", out).exit_code == 0
    assert run(out, "--format", "json").stdout_bytes == out.read_bytes()


def test_formats_are_those_that_exist(plan_file: Path):
    result = run(plan_file, "--format", "docx")
    assert result.exit_code == 2
    assert "'docx' is not one of" in result.stderr
    assert run(plan_file).exit_code == 2


def test_a_missing_plan_an_unknown_zone_and_a_missing_folder_are_named(plan_file: Path, tmp_path: Path):
    def said(*words: str | Path) -> str:
        error = run(*words).exception
        assert isinstance(error, InputError)
        assert len(error.lines) == 1
        return str(error)

    assert "no such file" in said(tmp_path / "none.json", "--format", "ics")
    assert "does not exist" in said(plan_file, "--format", "md", "--out", tmp_path / "none" / "list.md")
    plan_file.write_text(json.dumps({**PLAN, "timezone": "Mars/Olympus"}), encoding="utf-8")
    assert "Mars/Olympus" in said(plan_file, "--format", "ics", "--out", tmp_path / "week.ics")
    assert not (tmp_path / "week.ics").exists()


def test_meals_and_reminders_go_into_the_calendar_when_asked_for(plan_file: Path):
    asked = run(plan_file, "--format", "ics", "--meals", "--remind", "30").stdout_bytes
    assert [str(e["SUMMARY"]) for e in Calendar.from_ical(asked).walk("VEVENT")] == ["Brisk walk", "Breakfast"]
    assert asked.count(b"TRIGGER:-PT30M") == 1
    assert run(plan_file, "--format", "ics", "--remind", "0").stdout_bytes.count(b"TRIGGER:-PT0M") == 1


@pytest.mark.parametrize("minutes", ["-1", "1441", "soon"])
def test_a_reminder_is_between_no_time_and_a_day(plan_file: Path, minutes: str):
    result = run(plan_file, "--format", "ics", "--remind", minutes)
    assert (result.exit_code, result.stdout_bytes) == (2, b"")
    assert minutes in result.stderr


@pytest.mark.parametrize("form", ["md", "csv", "json"])
@pytest.mark.parametrize("option", [["--meals"], ["--remind", "0"]])
def test_what_only_a_calendar_has_is_an_error_elsewhere(
    plan_file: Path, tmp_path: Path, form: str, option: list[str]
):
    out = tmp_path / "list"
    error = run(plan_file, "--format", form, "--out", out, *option).exception
    assert isinstance(error, InputError)
    assert error.lines == [f"{option[0]}: only for a calendar: leave it out, or choose --format ics"]
    assert not out.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {
                "status": "refused",
                "menu": {},
                "notices": [
                    {"level": "info", "rule": "i", "text": "Soy is left out."},
                    {"level": "refuse", "rule": "r", "text": "Ask your care team\nfirst."},
                ],
            },
            "no sessions or checks; its status is refused: Ask your care team first.",
        ),
        (
            {
                "status": "infeasible",
                "menu": {},
                "conflicts": [{"part": "exercise", "rules": ["a"], "text": "There is no time on any day."}],
            },
            "no sessions or checks; its status is infeasible: There is no time on any day.",
        ),
        ({}, "no sessions or checks; its status is ok (--meals exports its meals)"),
    ],
)
def test_a_plan_with_nothing_for_a_calendar_writes_none_and_says_why(
    plan_file: Path, tmp_path: Path, changes: dict[str, Any], says: str
):
    plan_file.write_text(json.dumps({**PLAN, "exercise": {}, **changes}), encoding="utf-8")
    out = tmp_path / "week.ics"
    result = run(plan_file, "--format", "ics", "--out", out)
    assert (result.exit_code, result.stdout_bytes) == (1, b"")
    assert result.stderr == f"{plan_file}: nothing for a calendar: {says}\n"
    assert not out.exists()


def test_what_an_earlier_plan_had_is_cancelled_even_where_this_one_is_refused(plan_file: Path):
    removed = {
        "of": "session",
        "id": SESSION["id"],
        "title": "Brisk walk",
        "date": "2026-11-23",
        "start": "07:00",
        "end": "07:40",
        "sequence": 1,
        "modified": "2026-11-22T08:00:00Z",
    }
    document = {**PLAN, "status": "refused", "menu": {}, "exercise": {}, "removed": [removed]}
    plan_file.write_text(json.dumps(document), encoding="utf-8")
    result = run(plan_file, "--format", "ics")
    assert result.exit_code == 0
    [event] = Calendar.from_ical(result.stdout_bytes).walk("VEVENT")
    assert (event["STATUS"], event["UID"]) == ("CANCELLED", f"{SESSION['id']}@boneplan")
