"""Every command fits its terminal, colours what a person looks at, and nothing that goes into a file or a pipe."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from boneplan.cli.plan import show
from boneplan.plan import Plan
from boneplan.plan_io import write_plan

SOURCE = Path(__file__).parents[2] / "src"
START = "2026-11-23"
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07")
COLOURED = re.compile(r"\x1b\[[0-9;]*\b(?:3[0-7]|9[0-7]|38)[0-9;]*m")
PROFILE = "name: Anna\nsex: female\nbirth_date: 1961-04-02\nheight_cm: 163\nweight_kg: 68\n"
RECIPE = """
name: Porridge that my grandmother made on winter mornings in the mountains
like: oatmeal-made-with-milk
ingredients: [{food: rolled-oats-dry, grams: 60}, {food: kefir, grams: 200}]
servings: 1
"""
RULES = "ban:\n  - spinach\n"

COMMANDS = {
    "targets": ["targets", "--example"],
    "rules": ["rules", "check", "rules.yaml", "profile.yaml"],
    "explain": ["explain", "plan.json"],
    "whatif": ["whatif", "--example", "--start", START, "--vary", "calcium=1200,5000"],
    "why": ["why", "nutrition/calcium/rda", "plan.json"],
    "foods search": ["foods", "search", "milk"],
    "foods show": ["foods", "show", "swiss-cheese"],
    "foods why": ["foods", "why", "tofu", "plan.json"],
    "exercises list": ["exercises", "list"],
    "exercises show": ["exercises", "show", "sit_to_stand"],
    "exercises why": ["exercises", "why", "jog", "--example"],
    "log": ["log", "plan.json"],
    "verify": ["verify", "plan.json"],
    "verify, broken": ["verify", "broken.json"],
    "diff": ["diff", "plan.json", "broken.json"],
    "lock": ["lock", "plan.json", "--day", "1", "--out", "locked.json"],
    "swap": ["swap", "plan.json", "--day", "1", "--meal", "breakfast", "--out", "swapped"],
    "swap, impossible": ["swap", "plan.json", "--day", "1", "--meal", "snack", "--food", "pizza", "--out", "none"],
    "add": ["add", "plan.json", "banana", "--day", "1", "--meal", "snack", "--out", "added"],
    "ban": ["ban", "plan.json", "broccoli-cooked", "--out", "without"],
    "unlock": ["unlock", "locked_day.json", "--day", "1", "--out", "unlocked"],
    "next": ["next", "plan.json", "--out", "following"],
    "export": ["export", "plan.json", "--format", "ics", "--out", "week.ics"],
    "foods import": ["foods", "import", "recipes.yaml"],
    "batch": ["batch", "people", "--out", "batched", "--start", START],
}


LISTED = {"why list": ["why", "--list"]}
"""Goes to a pipe with a whole rule on each line, and fits a terminal."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, planned: Callable[[str], Plan]) -> Path:
    """A folder with a plan, one that does not hold, a profile and rules."""
    made = tmp_path_factory.mktemp("terminal")
    plan = planned("karin")
    write_plan(plan, made / "plan.json")
    broken = plan.model_copy(deep=True)
    broken.menu.days[0].meals[0].items[0].grams += 50
    write_plan(broken, made / "broken.json")
    (made / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    (made / "rules.yaml").write_text(RULES, encoding="utf-8")
    locked = plan.model_copy(deep=True)
    locked.menu.days[0].meals[0].items[0].locked = True
    write_plan(locked, made / "locked_day.json")
    (made / "recipes.yaml").write_text(RECIPE, encoding="utf-8")
    (made / "people").mkdir()
    (made / "people" / "zoe.yaml").write_text("name: Zoe\nsex: unsaid\n", encoding="utf-8")
    return made


def _environment(**more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    return {**kept, "PYTHONPATH": str(SOURCE), "TERM": "xterm-256color", "COLUMNS": "80", **more}


def _command(arguments: list[str]) -> list[str]:
    return [sys.executable, "-m", "boneplan", *arguments]


def piped(folder: Path, arguments: list[str], encoding: str = "utf-8", **environment: str) -> tuple[int, str]:
    """The exit status and what goes to standard output where that is a pipe."""
    done = subprocess.run(
        _command(arguments),
        cwd=folder,
        env=_environment(PYTHONIOENCODING=encoding, **environment),
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stdout.decode(encoding)


def on_a_terminal(folder: Path, arguments: list[str], **environment: str) -> tuple[int, str]:
    """The exit status and what goes to standard output where that is a terminal."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        _command(arguments),
        cwd=folder,
        env=_environment(**environment),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    heard = b""
    while running.poll() is None or select.select([ours], [], [], 0)[0]:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux says so where nobody writes any more
                break
            if not part:
                break
            heard += part
    os.close(ours)
    return running.wait(), heard.decode().replace("\r\n", "\n")


def widest(text: str) -> int:
    return max(cell_len(ESCAPE.sub("", line)) for line in text.splitlines())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_pipe_gets_80_columns_without_codes(folder: Path, name: str) -> None:
    status, out = piped(folder, COMMANDS[name])
    assert status in (0, 1, 2)
    assert out.strip()
    assert "\x1b" not in out
    assert widest(out) <= 80


@pytest.mark.parametrize(
    "name", ["targets", "explain", "why list", "foods search", "foods show", "log", "diff", "verify, broken"]
)
@pytest.mark.parametrize("columns", [60, 80, 200])
def test_a_terminal_gets_as_many_columns_as_it_has_and_no_more_than_can_be_read(
    folder: Path, name: str, columns: int
) -> None:
    status, out = on_a_terminal(folder, {**COMMANDS, **LISTED}[name], COLUMNS=str(columns))
    assert status in (0, 1)
    assert widest(out) <= min(columns, 100)


@pytest.mark.parametrize(
    ("environment", "codes"),
    [({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({}, True)],
    ids=["NO_COLOR", "dumb", "usual"],
)
def test_a_terminal_that_wants_no_colour_gets_none(folder: Path, environment: dict[str, str], codes: bool) -> None:
    out = on_a_terminal(folder, ["targets", "--example"], **environment)[1]
    assert not COLOURED.search(out)
    assert ("\x1b[1m" in out) == (codes or "NO_COLOR" in environment)  # bold is no colour
    assert "calcium" in out


def test_colour_can_be_forced_into_a_pipe(folder: Path) -> None:
    assert "\x1b[1m" in piped(folder, ["log", "plan.json"], FORCE_COLOR="1")[1]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("name", ["targets", "explain", "foods show", "exercises list", "log", "diff"])
def test_a_terminal_without_unicode_gets_plainer_signs(folder: Path, name: str, encoding: str) -> None:
    status, out = piped(folder, COMMANDS[name], encoding)
    assert status == 0
    assert "\\u" not in out
    assert widest(out) <= 80


def test_the_week_of_a_plan_fits_and_says_what_to_do_next(
    planned: Callable[[str], Plan], capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("plan.json", "plan.html", "plan.ics", "shopping.md")
    show(planned("karin"), [Path("boneplan-plan") / name for name in names], as_json=False)
    out = capsys.readouterr().out
    assert widest(out) <= 80
    assert "\x1b" not in out
    assert "Next: open boneplan-plan/plan.html in a browser, plan.ics in a calendar.\n" in out
    assert "Print it: boneplan export boneplan-plan/plan.json --format pdf --out plan.pdf\n" in out
    assert out.endswith("Record what you did: boneplan log boneplan-plan/plan.json\n")
