"""The screen that commands print on: as wide as the terminal is, but no wider than lines can be read."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from boneplan.export.sheet import Sheet
from boneplan.plan import Plan

WIDEST = 100  # columns


def screen() -> Sheet:
    """Standard output: coloured on a terminal only, and not where NO_COLOR is set; 80 columns where it is a file."""
    console = Console(highlight=False)
    if console.width > WIDEST:
        console = Console(highlight=False, width=WIDEST)
    return Sheet(console)


def tell_files(sheet: Sheet, written: Iterable[Path]) -> None:
    """Where files are; lines break between paths, and never in one, so that it can be copied."""
    rows: list[str] = []
    for path in map(str, written):
        if rows and len("Written: ") + cell_len(f"{rows[-1]}, {path}") < sheet.console.width:
            rows[-1] = f"{rows[-1]}, {path}"
        else:
            rows.append(path)
    for number, row in enumerate(rows):
        last = number == len(rows) - 1
        _copied(sheet, f"{' ' * len('Written: ') if number else 'Written: '}{row}{'' if last else ','}")


def tell_written(sheet: Sheet, plan: Plan, written: Sequence[Path]) -> None:
    """Where the files of a plan are, and what to do with them; the first of them is plan.json."""
    sheet.blank()
    tell_files(sheet, written)
    document, files = shlex.quote(str(written[0])), {path.name: path for path in written}
    if page := files.get("plan.html"):
        _copied(
            sheet, f"Next: open {page} in a browser" + (", plan.ics in a calendar." if "plan.ics" in files else ".")
        )
        _copied(sheet, f"Print it: boneplan export {document} --format pdf --out plan.pdf")
    if plan.exercise.sessions:
        _copied(sheet, f"Record what you did: boneplan log {document}")


def _copied(sheet: Sheet, line: str) -> None:
    """A line with a path or a command in it, whole, however narrow the screen is."""
    left = len(line) - len(line.lstrip())
    sheet.console.print(Text(" " * left) + sheet.text(line), soft_wrap=True)
