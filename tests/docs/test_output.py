"""The pages show commands that exist, and what they print is put there by tools/docs_output.py."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import sys
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.cli.main import cli
from docs_output import ROOT, PageError, Step, excerpt, pages, refreshed, shortened, steps
from docs_terminal import typed

BLOCK = re.compile(r"^```\w*\n(?P<body>.*?)^```", re.MULTILINE | re.DOTALL)
OUTPUT = [
    "Week of 23 November 2026",
    "",
    "Monday",
    "  breakfast",
    "  lunch",
    "  dinner",
    "",
    "Tuesday",
    "  breakfast",
    "Written: plan.json",
]


def parse(arguments: list[str]) -> None:
    """Lets the command line read the arguments, without running anything."""
    command: click.Command = cli
    context = click.Context(cli)
    while isinstance(command, click.Group) and arguments and not arguments[0].startswith("-"):
        name, found, arguments = command.resolve_command(context, arguments)
        assert found is not None, name
        command = found
        context = click.Context(command, parent=context, info_name=name)
    with contextlib.suppress(click.exceptions.Exit):  # --help, --version
        command.make_context(command.name, list(arguments), parent=context.parent)


def shown_commands(page: Path) -> list[str]:
    """Every command in the code blocks of a page: behind a $, or where a block has none, at the start of a line."""
    found = []
    for block in BLOCK.finditer(page.read_text("utf-8")):
        mark = r"\$ " if "$ " in block["body"] else ""
        lines = (re.match(rf"{mark}boneplan (.*?)(?:\s+#.*|\s*\[.*)?$", line) for line in block["body"].splitlines())
        found += [line[1] for line in lines if line]
    return found


def bare(command: str) -> str:
    """A command without what only fixes the day, the folder or the number of processes."""
    return re.sub(r" --(start|on|jobs|out) \S+", "", command)


def marked(page: Path) -> list[Step]:
    return steps(page.read_text("utf-8"))


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_command_that_a_page_shows_is_one_of_boneplans(page: Path) -> None:
    for command in shown_commands(page):
        try:
            parse(shlex.split(command))
        except click.ClickException as error:
            pytest.fail(f"{page.name}: boneplan {command}: {error.format_message()}")


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_marked_command_is_one_of_boneplans(page: Path) -> None:
    for step in marked(page):
        if step.kind == "file" or step.command[0] == "cat":
            continue
        assert step.command[0] == "boneplan", step.text
        try:
            parse(step.command[1:])
        except click.ClickException as error:
            pytest.fail(f"{page.name}: {step.text}: {error.format_message()}")


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_the_command_that_a_reader_sees_is_the_one_that_ran_but_for_days_and_folders(page: Path) -> None:
    for step in marked(page):
        if step.kind == "output" and step.shown:
            ran, shown = shlex.join(step.command), step.shown[-1].removeprefix("$ ")
            assert bare(shown) == bare(ran)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_block_of_output_shows_some(page: Path) -> None:
    for step in marked(page):
        if step.kind == "output":
            assert step.body.splitlines()[len(step.shown) :], f"{step.text}: run tools/docs_output.py"


def test_a_page_that_shows_a_plan_says_how_to_see_it_again() -> None:
    for name in ("quick-start.md", "patient.md", "dietitian.md"):
        page = ROOT / "docs" / name
        assert len([step for step in marked(page) if step.kind == "output"]) >= 3


@pytest.mark.parametrize(
    ("clauses", "shown"),
    [
        ([], OUTPUT),
        (["first 1"], ["Week of 23 November 2026", "", "..."]),
        (["last 1"], ["...", "Written: plan.json"]),
        (["part Monday"], ["...", "", *OUTPUT[2:6], "", "..."]),
        (["part Monday, 2 lines"], ["...", "", "Monday", "  breakfast", "  ..."]),
        (["first 1", "part Tuesday"], [OUTPUT[0], "", "...", "", *OUTPUT[7:]]),
        (["upto Tuesday"], [*OUTPUT[:7], "..."]),
        (["exit 1"], OUTPUT),
    ],
)
def test_output_is_shortened_to_what_the_comment_keeps(clauses: list[str], shown: list[str]) -> None:
    assert shortened(OUTPUT, clauses) == shown


def test_a_point_of_a_list_is_a_part() -> None:
    lines = ["Read this first", "  • One,", "    of two lines", "  • Two", "", "More"]
    assert excerpt(shortened(lines, ["part • One"])) == ["  • One,", "    of two lines", "  ..."]


def test_a_part_that_the_output_does_not_have_is_named() -> None:
    with pytest.raises(PageError, match="no line of the output begins with 'Sunday'"):
        shortened(OUTPUT, ["part Sunday"])


@given(
    st.lists(st.sampled_from(["", "a", "  b", "c"]), min_size=1, max_size=12), st.integers(1, 12), st.integers(1, 12)
)
def test_what_is_kept_stays_in_its_order_and_nothing_is_made_up(lines: list[str], first: int, last: int) -> None:
    shown = shortened(lines, [f"first {first}", f"last {last}"])
    text = [line for line in shown if line and line.strip() != "..."]
    kept = lines if first + last >= len(lines) else lines[:first] + lines[-last:]
    assert text == [line for line in kept if line]


PAGE = """# Page

<!-- file: a.yaml -->
```yaml
name: Anna
weight_kg: 68
```

<!-- file: b.yaml = a.yaml with {weight_kg: 90} -->
<!-- output: cat b.yaml | last 1 -->
```yaml
weight_kg: 68
```
"""


def test_a_page_is_renewed_and_all_else_of_it_stays(tmp_path: Path) -> None:
    assert refreshed(PAGE, tmp_path) == PAGE.replace("```yaml\nweight_kg: 68\n", "```yaml\nweight_kg: 90\n")


def test_a_command_runs_in_the_folder_and_its_line_stays(tmp_path: Path) -> None:
    page = "<!-- output: boneplan --version -->\n```\n$ boneplan --version\nboneplan 0\n```\n"
    after = refreshed(page, tmp_path)
    assert re.fullmatch(r"<!-- .* -->\n```\n\$ boneplan --version\nboneplan \d+\.\d+\.\d+\n```\n", after)


def test_a_command_that_ends_otherwise_than_the_page_says_is_named(tmp_path: Path) -> None:
    page = "<!-- output: boneplan verify nothing.json -->\n```\n```\n"
    with pytest.raises(PageError, match=r"boneplan verify nothing\.json ended with 2, not 0"):
        refreshed(page, tmp_path)
    assert "no such file" in refreshed(page.replace(" -->", " | exit 2 -->"), tmp_path)


@pytest.mark.parametrize("body", ["Solved in 1.5 s.", "DTSTAMP:20261122T110046Z"])
def test_seconds_and_moments_alone_are_no_reason_to_write_a_block_anew(tmp_path: Path, body: str) -> None:
    (tmp_path / "log").write_text(body.replace("1.5", "0.9").replace("110046", "120000"), encoding="utf-8")
    page = f"<!-- output: cat log -->\n```\n{body}\n```\n"
    assert refreshed(page, tmp_path) == page


QUESTIONS = """
name = input("Your name? ")
print(f"Hello {name}")
again = input("Again [y/n]? ")
raise SystemExit(again == "n")
"""


def test_answers_are_typed_at_a_terminal_one_to_a_question(tmp_path: Path) -> None:
    shown, status = typed([sys.executable, "-c", QUESTIONS], ["Anna", "n"], tmp_path, os.environ, 80)
    assert shown == "Your name? Anna\nHello Anna\nAgain [y/n]? n\n"
    assert status == 1


def test_an_output_without_a_block_is_named() -> None:
    with pytest.raises(PageError, match="no block follows <!-- output: boneplan --version -->"):
        steps("<!-- output: boneplan --version -->\n\nText.\n")
