"""The help of every command: what it does, its exit statuses, and examples that the command itself can read."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from boneplan.cli import main as shell
from boneplan.cli.pages import Page

SOURCE = Path(__file__).parents[2] / "src"
COLUMNS = 80


@dataclass(frozen=True)
class Told:
    """A command as the shell knows it, with its help."""

    words: tuple[str, ...]
    command: click.Command
    help: str


def _walk(command: click.Command, words: tuple[str, ...], parent: click.Context | None = None) -> Iterator[Told]:
    context = click.Context(command, info_name=words[-1], parent=parent)
    yield Told(words, command, command.get_help(context))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _walk(inner, (*words, name), context)


PAGES = list(_walk(shell.cli, ("boneplan",)))
EACH = pytest.mark.parametrize("told", PAGES, ids=lambda told: "-".join(told.words))
COMMANDS = pytest.mark.parametrize("told", PAGES[1:], ids=lambda told: "-".join(told.words[1:]))


def _section(told: Told, heading: str) -> list[str]:
    """The lines under a heading of the help, without their indent."""
    lines = told.help.splitlines()
    begin = lines.index(f"{heading}:") + 1 if f"{heading}:" in lines else len(lines)
    end = next((n for n in range(begin, len(lines)) if not lines[n].strip()), len(lines))
    return [line.strip() for line in lines[begin:end]]


def _read(line: str) -> click.Context:
    """The context that a whole command line makes, with nothing run. Raises a UsageError where it is wrong."""
    words = shlex.split(re.split(r" [|>] ", line)[0])
    assert words[0] == "boneplan"
    command: click.Command = shell.cli
    context = click.Context(shell.cli, info_name="boneplan")
    rest = words[1:]
    while isinstance(command, click.Group) and rest:
        inner = command.get_command(context, rest[0])
        if inner is None:
            raise click.UsageError(f"no command {rest[0]}")
        context, command, rest = click.Context(inner, info_name=rest[0], parent=context), inner, rest[1:]
    return command.make_context(context.info_name, rest, parent=context.parent)


def test_the_walk_meets_the_commands_inside_commands() -> None:
    found = {told.words[1:] for told in PAGES}
    assert {("foods", "why"), ("foods", "import"), ("exercises", "list"), ("rules", "check"), ("log",)} <= found


@EACH
def test_the_help_has_a_summary_and_a_paragraph(told: Told) -> None:
    summary, _, rest = (told.command.help or "").partition("\n\n")
    assert summary
    assert rest.strip(), "says in one line what it does, and nothing of how"


@COMMANDS
def test_the_help_tells_every_exit_status(told: Told) -> None:
    statuses = [line.split()[0] for line in _section(told, "Exit status")]
    assert statuses[0] == "0"
    assert "2" in statuses
    assert "xit status" not in (told.command.help or ""), "stands below the options, once"


@EACH
def test_the_help_has_an_example_that_the_command_reads(told: Told) -> None:
    examples = _section(told, "Examples")
    assert examples
    for example in examples:
        context = _read(example)
        if len(told.words) > 1:
            assert context.command_path.startswith(" ".join(told.words)), f"{example}: is about another command"


@COMMANDS
def test_examples_are_told_as_they_were_written(told: Told) -> None:
    assert isinstance(told.command, Page)
    assert _section(told, "Examples") == list(told.command.examples)


def test_an_example_with_an_option_that_is_not_there_would_be_found() -> None:
    with pytest.raises(click.UsageError):
        _read("boneplan verify plan.json --frobnicate")
    with pytest.raises(click.UsageError):
        _read("boneplan swap plan.json --day friday")
    with pytest.raises(click.UsageError):
        _read("boneplan frobnicate")


@EACH
def test_the_help_fits_a_terminal(told: Told) -> None:
    assert [line for line in told.help.splitlines() if len(line) > COLUMNS] == []


@EACH
def test_every_option_says_what_it_does(told: Told) -> None:
    unsaid = [one.name for one in told.command.params if isinstance(one, click.Option) and not one.help]
    assert unsaid == []


def test_every_command_stands_once_in_the_list() -> None:
    listed = [name for names in shell.SECTIONS.values() for name in names]
    assert sorted(listed) == sorted(shell.COMMANDS)


@pytest.mark.parametrize("told", [told for told in PAGES if len(told.words) == 2], ids=lambda told: told.words[1])
def test_help_is_shown_without_the_heavy_packages(told: Told) -> None:
    program = (
        "import sys; from boneplan.cli.main import main; main(sys.argv[1:]); "
        "print(sorted({module.split('.')[0] for module in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *told.words[1:], "--help"],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(SOURCE), "COLUMNS": "80"},
        check=True,
    )
    imported = done.stdout.splitlines()[-1]
    assert "'click'" in imported
    for heavy in ("pandas", "numpy", "pulp", "highspy", "icalendar", "jinja2"):
        assert f"'{heavy}'" not in imported
