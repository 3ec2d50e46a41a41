"""Runs the commands whose output README.md and docs/*.md show, and puts what they print now into those pages.

    python tools/docs_output.py [--check] [PAGE ...]

A page says in comments, which no reader sees, what to run. Each page has an empty folder of its own, in which its
steps run one after the other, so that a later command finds the files of an earlier one:

    <!-- file: anna.yaml -->                               the block that follows is written into this file
    <!-- file: anna.yaml = src/boneplan/example.yaml -->   a copy of a file of that folder or of the repository
    <!-- file: b.yaml = anna.yaml with {weight_kg: 90} --> a YAML file with other values for some of its keys;
                                                           after a bare `with`, those of the block that follows
    <!-- run: boneplan plan anna.yaml -->                  runs, and shows nothing
    <!-- output: boneplan plan anna.yaml -->               runs, and the block that follows shows what it prints
    <!-- output: cat boneplan-plan/shopping.md -->         the block that follows shows the file

A line `$ boneplan ...` at the top of the block stays as it is written: it may leave out what only fixes the date.
After the command, each behind a `|`, may stand what is kept of the output; `...` stands for the rest, though not
around a piece that is quoted without such a line:

    first 5 | last 2 | part Monday | part Monday, 4 lines | upto Tuesday

`part` is the paragraph, or the point of a list (•), that begins so, `upto` all before a line that does. `exit 1` says
that this is the status with which the command ends (otherwise it is 0). `type a; b; c` gives the command a terminal
and types an answer to each of its questions.

Seconds and moments stay as they are where nothing else of the output changed. `--check` writes nothing; it
names the pages that are out of date, and ends with status 1 where there are any.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

from docs_excerpt import PageError, excerpt, shortened
from docs_terminal import typed

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 80

COMMENT = re.compile(r"<!-- (?P<kind>file|run|output): (?P<text>.*?) -->", re.DOTALL)
BLOCK = re.compile(r"\n+(?P<fence>`{3,})\w*\n(?P<body>.*?)(?P=fence)(?=\n|\Z)", re.DOTALL)
FILE = re.compile(r"(?P<name>\S+)(?: = (?P<base>\S+)(?P<merged> with(?P<values> .+)?)?)?", re.DOTALL)
PASSING = re.compile(r"\d+(\.\d+)? s\b|\d{8}T\d{6}Z")
"""What differs from run to run though nothing changed: how long a solve took, when a calendar was written."""


@dataclass(frozen=True)
class Step:
    """One comment of a page, with the block that belongs to it where it has one."""

    kind: str  # file, run or output
    text: str
    body: str  # of the block, with the lines that show the command
    span: tuple[int, int]  # where the body stands in the page

    @property
    def command(self) -> list[str]:
        """The command of a run or an output, as words."""
        return shlex.split(self.text.split(" | ")[0])

    @property
    def clauses(self) -> list[str]:
        """What follows the command: which part of the output is kept, and the exit status."""
        return [clause.strip() for clause in self.text.split(" | ")[1:]]

    @property
    def shown(self) -> list[str]:
        """The lines at the top of the block that show the command to the reader."""
        lines = self.body.splitlines()
        return lines[: next((n for n, line in enumerate(lines) if not line.startswith("$ ")), len(lines))]


def pages() -> list[Path]:
    """All pages that may hold marked blocks."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def steps(page: str) -> list[Step]:
    """The steps of a page in their order.

    Raises:
        PageError: where an output, or a file without a source, has no block.
    """
    found = []
    for comment in COMMENT.finditer(page):
        kind, text = comment["kind"], " ".join(comment["text"].split())
        block = BLOCK.match(page, comment.end()) if _has_block(kind, text) else None
        if block is None and _has_block(kind, text):
            raise PageError(f"no block follows <!-- {kind}: {text} -->")
        span = block.span("body") if block else (comment.end(), comment.end())
        found.append(Step(kind, text, page[slice(*span)], span))
    return found


def _has_block(kind: str, text: str) -> bool:
    return kind == "output" or (kind == "file" and (" = " not in text or text.endswith(" with")))


def refreshed(page: str, folder: Path) -> str:
    """The page with every marked block as its command prints it now; `folder` is empty, and the commands run in it.

    Raises:
        PageError: where a command ends with another status than its comment says, or prints no such part.
    """
    changed = []
    for step in steps(page):
        if step.kind == "file":
            _write(step, folder)
            continue
        printed = _run(step, folder)
        if step.kind == "output":
            lines = shortened(printed, step.clauses)
            body = "".join(f"{line}\n" for line in [*step.shown, *(lines if step.shown else excerpt(lines))])
            if PASSING.sub("", body) != PASSING.sub("", step.body):
                changed.append((step.span, body))
    for (start, end), body in reversed(changed):
        page = page[:start] + body + page[end:]
    return page


def _write(step: Step, folder: Path) -> None:
    found = FILE.fullmatch(step.text)
    if found is None:
        raise PageError(f"<!-- file: {step.text} --> is not understood")
    target = folder / found["name"]
    target.parent.mkdir(parents=True, exist_ok=True)
    if found["base"] is None:
        target.write_text(step.body, encoding="utf-8")
        return
    own = folder / found["base"]
    text = (own if own.is_file() else ROOT / found["base"]).read_text("utf-8")
    if found["merged"]:
        values = yaml.safe_load(text) | yaml.safe_load(found["values"] or step.body)
        text = yaml.safe_dump(values, sort_keys=False, allow_unicode=True)
    target.write_text(text, encoding="utf-8")


def _run(step: Step, folder: Path) -> list[str]:
    program, *arguments = step.command
    if program == "cat":
        return [line.rstrip() for line in (folder / arguments[0]).read_text("utf-8").splitlines()]
    if program != "boneplan":
        raise PageError(f"only boneplan and cat are run: {step.text}")
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("BONEPLAN")}
    surroundings |= {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": str(WIDTH), "NO_COLOR": "1", "TERM": "dumb"}
    command = [sys.executable, "-m", "boneplan", *arguments]
    answers = next((clause[5:].split("; ") for clause in step.clauses if clause.startswith("type ")), None)
    if answers is not None:
        printed, status = typed(command, answers, folder, surroundings, WIDTH)
    else:
        ended = subprocess.run(
            command,
            cwd=folder,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        printed, status = ended.stdout, ended.returncode
    expected = next((int(clause[5:]) for clause in step.clauses if clause.startswith("exit ")), 0)
    if status != expected:
        raise PageError(f"{shlex.join(step.command)} ended with {status}, not {expected}:\n{printed}")
    return [line.rstrip() for line in printed.rstrip().split("\n")]


def renewed(page: str) -> str:
    """The page as `refreshed` gives it, in a folder of its own that is gone afterwards."""
    if not COMMENT.search(page):
        return page
    with tempfile.TemporaryDirectory(prefix="boneplan-docs-") as name:
        (Path(name) / "tests").symlink_to(ROOT / "tests")
        return refreshed(page, Path(name))


def main(arguments: list[str]) -> int:
    """Renews the pages, or with --check says which are out of date. Returns the exit status."""
    check = "--check" in arguments
    named = [Path(argument).resolve() for argument in arguments if argument != "--check"]
    status = 0
    for path in named or pages():
        before = path.read_text(encoding="utf-8")
        try:
            after = renewed(before)
        except PageError as error:
            print(f"Error: {path.relative_to(ROOT)}: {error}", file=sys.stderr)
            status = 2
            continue
        if after == before:
            continue
        print(f"{path.relative_to(ROOT)}: {'out of date' if check else 'renewed'}")
        if check:
            status = max(status, 1)
        else:
            path.write_text(after, encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
