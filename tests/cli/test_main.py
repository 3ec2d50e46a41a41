"""The shell around the commands: help, exit status, and errors without a traceback."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import click
import pytest

from boneplan import __version__
from boneplan.cli import main as shell
from boneplan.errors import Fault, InputError

SOURCE = Path(__file__).parents[2] / "src"

Done = subprocess.CompletedProcess[bytes]


def python(*arguments: str, stdout: int | IO[bytes] = subprocess.PIPE, **environment: str) -> Done:
    """Runs Python in a process of its own, with boneplan to import."""
    return subprocess.run(
        [sys.executable, *arguments],
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(SOURCE), **environment},
        check=False,
    )


Raising = Callable[[BaseException], None]


@pytest.fixture
def raising(monkeypatch: pytest.MonkeyPatch) -> Raising:
    """Lets every command raise the given error instead of doing anything."""

    def set_error(error: BaseException) -> None:
        @click.command()
        def broken() -> None:
            raise error

        monkeypatch.setattr(shell.LazyGroup, "get_command", lambda *_: broken)
        monkeypatch.setattr(shell, "_discard_stdout", lambda: None)

    return set_error


OWN_FAULT = "Error: boneplan met a fault of its own: {}; run again with --debug to see where\n"
FULL_DISK = "Error: the output: No space left on device: make room or choose another place\n"


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (InputError(["P: a: is wrong", "P: b: too"]), 2, "Error: P: a: is wrong\nError: P: b: too\n"),
        (Fault("foods/ is missing"), 3, "Error: foods/ is missing\n"),
        (ZeroDivisionError("by\nzero"), 3, OWN_FAULT.format("ZeroDivisionError: by zero")),
        (RecursionError(), 3, OWN_FAULT.format("RecursionError")),
        (OSError(errno.ENOSPC, "No space left on device"), 2, FULL_DISK),
        (KeyboardInterrupt(), 130, "\nInterrupted\n"),
        (click.UsageError("no such thing"), 2, "Error: no such thing (see boneplan plan --help)\n"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_errors_are_lines_on_stderr_and_an_exit_status(
    raising: Raising, capsys: pytest.CaptureFixture[str], error: BaseException, status: int, told: str
) -> None:
    raising(error)
    assert shell.main(["plan"]) == status
    assert capsys.readouterr() == ("", told)


@pytest.mark.parametrize("arguments", [["--debug", "plan"], ["plan", "--debug"]])
def test_a_traceback_is_printed_with_debug_alone(
    raising: Raising, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    raising(ZeroDivisionError("x"))
    assert shell.main(arguments) == 3
    assert "Traceback" in capsys.readouterr().err


def test_help_and_version_are_a_success(capsys: pytest.CaptureFixture[str]) -> None:
    assert shell.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"\n  {name} " in said for name in shell.COMMANDS)
    assert shell.main(["--version"]) == 0
    assert capsys.readouterr().out == f"boneplan {__version__}\n"


def test_without_a_command_the_help_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert shell.main([]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Usage: boneplan")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["targts"], "no such command 'targts': did you mean targets?"),
        (["zzz"], "no such command 'zzz': use one of init, plan, next"),
        (["--frobnicate"], "--frobnicate"),
        (["targets", "--frobnicate"], "--frobnicate"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert shell.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert err.count("\n") == 1


def test_help_imports_no_command_and_nothing_heavy() -> None:
    done = python(
        "-c",
        "import sys; from boneplan.cli.main import main; main(['--help']); "
        "print(sorted({module.split('.')[0] for module in sys.modules}))",
    )
    imported = done.stdout.splitlines()[-1].decode()
    assert "'click'" in imported
    for heavy in ("pandas", "pulp", "highspy", "pydantic", "yaml", "rich", "icalendar"):
        assert f"'{heavy}'" not in imported


@pytest.mark.parametrize("name", list(shell.COMMANDS))
def test_the_line_in_the_list_of_commands_is_the_commands_own(name: str) -> None:
    pytest.importorskip(shell.COMMANDS[name][0].split(":")[0])
    command = shell.LazyGroup().get_command(click.Context(shell.cli), name)
    assert command is not None
    assert command.name == name
    assert command.get_short_help_str(limit=100) == shell.COMMANDS[name][1]
    assert command.help


def test_a_terminal_that_knows_only_ascii_brings_nothing_down() -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = python("-m", "boneplan", "targets", "--example", **ascii_only)
    assert (done.returncode, done.stderr) == (0, b"")
    done = python("-m", "boneplan", "targets", "Zoë.yaml", **ascii_only)
    assert done.returncode == 2
    assert done.stderr == b"Error: Zo\\xeb.yaml: no such file: check the name\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_a_full_disk_under_stdout_is_told_in_one_line() -> None:
    with Path("/dev/full").open("wb") as stdout:
        done = python("-m", "boneplan", "targets", "--example", "--json", stdout=stdout)
    assert (done.returncode, done.stderr.decode()) == (2, FULL_DISK)


def test_a_reader_that_goes_away_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as stdout:
        done = python("-m", "boneplan", "targets", "--example", stdout=stdout)
    assert (done.returncode, done.stderr) == (1, b"")
