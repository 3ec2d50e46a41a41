"""What the shell offers while a boneplan command is typed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import ShellComplete, get_completion_class

from boneplan.cli import complete
from boneplan.cli.completion import PLACES
from boneplan.cli.main import COMPLETING, cli, main
from boneplan.exercises import catalogue
from boneplan.foods.table import load_foods
from boneplan.rulebook.places import places

SOURCE = Path(__file__).parents[2] / "src"


def offered(*words: str) -> list[str]:
    """What is offered for the last of the words, which is not finished."""
    return [item.value for item in _shell().get_completions(list(words[:-1]), words[-1])]


def _shell(name: str = "bash") -> ShellComplete:
    found = get_completion_class(name)
    assert found is not None
    return found(cli, {}, "boneplan", COMPLETING)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with profiles, and with a plan of two days beside it in anna/."""
    monkeypatch.chdir(tmp_path)
    for name in ("anna.yaml", "bea.yml", "notes.txt", "work.ics", "anna.log.json"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "anna").mkdir()
    (tmp_path / "anna" / "plan.json").write_text(json.dumps(_plan()), encoding="utf-8")
    return tmp_path


def _plan() -> dict[str, Any]:
    def meal(name: str, *foods: str) -> dict[str, Any]:
        return {"meal": name, "items": [{"food": food, "name": food.capitalize()} for food in foods]}

    days = [
        {"date": "2026-11-23", "meals": [meal("lunch", "kale-raw", "bread"), meal("dinner", "salmon")]},
        {"date": "2026-11-24", "meals": [meal("lunch", "kefir")]},
    ]
    sessions = [{"date": "2026-11-23", "kind": "balance", "title": "Balance"}]
    return {"menu": {"days": days}, "exercise": {"sessions": sessions}}


def test_commands_are_offered_in_the_order_of_the_help() -> None:
    assert offered("")[:2] == ["init", "plan"]
    assert offered("ex") == ["explain", "exercises", "export"]
    assert offered("foods", "s") == ["search", "show"]


def test_options_are_offered_after_a_dash() -> None:
    assert "--weeks" in offered("plan", "--w")
    assert "--version" in offered("--v")


def test_profiles_and_plans_are_found_by_their_names(folder: Path) -> None:  # noqa: ARG001 - is gone into
    assert offered("plan", "") == ["anna.yaml", "bea.yml"]
    assert offered("verify", "") == ["anna/plan.json"]
    assert offered("verify", "anna/") == ["anna/plan.json"]
    assert offered("plan", "anna.yaml", "--busy", "") == ["work.ics"]


def test_where_no_file_fits_the_shell_offers_its_own(folder: Path) -> None:  # noqa: ARG001 - is gone into
    (item,) = _shell().get_completions(["plan"], "elsewhere/x")
    assert (item.type, item.value) == ("file", "elsewhere/x")


def test_days_are_those_of_the_plan_on_the_line(folder: Path) -> None:  # noqa: ARG001 - is gone into
    assert offered("swap", "anna/plan.json", "--day", "") == ["monday", "tuesday", "2026-11-23", "2026-11-24"]
    assert offered("swap", "anna/plan.json", "--day", "t") == ["tuesday"]
    assert offered("lock", "anna/plan.json", "--day", "2026-11-24") == ["2026-11-24"]


def test_a_plan_of_two_weeks_has_two_of_each_weekday_so_that_dates_are_offered(folder: Path) -> None:
    days = [{"date": f"2026-11-{day}", "meals": []} for day in range(10, 24)]
    (folder / "long.json").write_text(json.dumps({"menu": {"days": days}}), encoding="utf-8")
    assert offered("swap", "long.json", "--day", "") == [day["date"] for day in days]


def test_without_a_plan_on_the_line_the_usual_one_is_asked(folder: Path) -> None:
    assert offered("swap", "--day", "") == []
    shutil.copytree(folder / "anna", folder / "boneplan-plan")
    assert offered("swap", "--day", "m") == ["monday"]


def test_meals_and_formats_are_offered() -> None:
    assert offered("swap", "plan.json", "--meal", "d") == ["dinner"]
    assert "ics" in offered("export", "plan.json", "--format", "")


def test_foods_to_add_are_those_of_the_table() -> None:
    assert "kale-raw" in offered("add", "plan.json", "kale")
    assert "salmon-raw" not in offered("add", "plan.json", "kale")
    known = set(load_foods().foods["id"])
    assert set(offered("foods", "show", "b")) <= known
    assert len(offered("foods", "show", "")) == complete.MOST


def test_foods_to_take_out_are_those_of_the_plan(folder: Path) -> None:  # noqa: ARG001 - is gone into
    assert offered("ban", "anna/plan.json", "k") == ["kale-raw", "kefir"]
    lock = ("lock", "anna/plan.json", "--day", "monday", "--meal", "lunch", "--food")
    assert offered(*lock, "") == ["kale-raw", "bread"]


def test_rules_exercises_and_sessions_are_offered(folder: Path) -> None:  # noqa: ARG001 - is gone into
    assert "nutrition/calcium/rda" in offered("why", "nutrition/calcium/")
    assert set(offered("why", "nutrition/")) <= set(places())
    assert offered("exercises", "why", "sit_to_stand_f") == ["sit_to_stand_fast"]
    assert set(offered("exercises", "show", "b")) == {name for name in catalogue() if name.startswith("b")}
    assert offered("log", "anna/plan.json", "--session", "") == ["2026-11-23/balance"]


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"menu": 3}', '{"menu": {"days": [{"date": "x"}]}}'])
def test_a_plan_that_cannot_be_read_offers_nothing(
    folder: Path, capfd: pytest.CaptureFixture[str], broken: str
) -> None:
    (folder / "broken.json").write_text(broken, encoding="utf-8")
    assert offered("swap", "broken.json", "--day", "") == []
    assert offered("swap", "missing.json", "--day", "") == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "hostile", ["kale;reboot", "k$(reboot)", "k`x`", "k\nreboot", "kale *", "-k", "k\x1b[2J", "k'"]
)
def test_a_plan_puts_nothing_into_the_line_that_a_shell_would_obey(folder: Path, hostile: str) -> None:
    items = [{"food": hostile, "name": "Kale"}, {"food": "kefir", "name": "\x1b]0;title\x07"}]
    days = [{"date": "2026-11-23", "meals": [{"meal": "lunch", "items": items}]}]
    (folder / "from-anyone.json").write_text(json.dumps({"menu": {"days": days}}), encoding="utf-8")
    found = _shell().get_completions(["ban", "from-anyone.json"], "")
    assert [(item.value, item.help) for item in found] == [("kefir", None)]


def test_a_file_name_with_a_space_is_left_to_the_shell(folder: Path) -> None:
    (folder / "zoe and bea.yaml").write_text("", encoding="utf-8")
    (item,) = _shell().get_completions(["plan"], "z")
    assert item.type == "file"


@pytest.mark.parametrize("words", ["boneplan frob ", "boneplan swap --nothing ", "boneplan 'open", ""])
def test_a_line_that_makes_no_sense_is_answered_without_a_word_of_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    monkeypatch.setenv(COMPLETING, "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", "2")
    assert main([]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "Error" not in out


def test_a_shell_that_boneplan_does_not_know_is_answered_in_silence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(COMPLETING, "tcsh_complete")
    assert main(["plan"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("shell", list(PLACES))
def test_the_script_says_first_where_it_belongs(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    assert main(["completion", shell]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    head = out.splitlines()[:2]
    assert any(line.startswith("# Put this into place") and PLACES[shell] in line for line in head)
    assert COMPLETING in out
    assert (head[0] == "#compdef boneplan") == (shell == "zsh"), "zsh knows the command by the first line"


def _python(program: str, **environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(SOURCE), **environment},
        check=True,
    ).stdout


@pytest.mark.parametrize(
    "line", ["boneplan ", "boneplan swap plan.json --day ", "boneplan add plan.json ka", "boneplan why nut"]
)
def test_completion_imports_nothing_heavy(line: str) -> None:
    asked = {COMPLETING: "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    said = _python("import sys; from boneplan.cli.main import main; main([]); print(sorted(sys.modules))", **asked)
    assert "'click'" in said
    for heavy in ("pandas", "numpy", "pulp", "highspy", "icalendar", "rich", "jinja2"):
        assert f"'{heavy}'" not in said


def test_rule_ids_are_offered_without_the_models_of_plans_and_profiles() -> None:
    asked = {COMPLETING: "bash_complete", "COMP_WORDS": "boneplan why diet", "COMP_CWORD": "2"}
    said = _python("import sys; from boneplan.cli.main import main; main([]); print(sorted(sys.modules))", **asked)
    assert "diet/allergy/milk" in said
    assert "'pydantic'" not in said


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
def test_a_real_bash_offers_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash"]) == 0
    (folder / "script.bash").write_text(capsys.readouterr().out, encoding="utf-8")
    program = folder / "bin" / "boneplan"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m boneplan "$@"\n', encoding="utf-8")
    program.chmod(0o755)

    def typed(*words: str) -> list[str]:
        asked = f"""
            source script.bash
            COMP_WORDS=({" ".join(f"'{word}'" for word in words)}) COMP_CWORD={len(words) - 1}
            _boneplan_completion boneplan
            printf '%s\\n' "${{COMPREPLY[@]}}"
        """
        path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", asked],
            capture_output=True,
            text=True,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(SOURCE)},
            check=True,
        )
        assert done.stderr == ""
        return done.stdout.split()

    assert typed("boneplan", "ver") == ["verify"]
    assert typed("boneplan", "swap", "anna/plan.json", "--day", "t") == ["tuesday"]
    assert typed("boneplan", "ban", "anna/plan.json", "k") == ["kale-raw", "kefir"]
