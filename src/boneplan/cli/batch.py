"""`boneplan batch`: plans for a folder of profiles, or for a table with one person a row."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boneplan.cli.options import Date, rules_option, seed_option, time_limit_option, weeks_option
from boneplan.cli.own_foods import foods_option, own_foods
from boneplan.cli.pages import Page
from boneplan.errors import InputError

if TYPE_CHECKING:
    from boneplan.batch.work import How, Row

MOST_JOBS = 64
NEXT = {
    "bad input": "mend what is listed, then run it again, which plans for these alone",
    "fault": "run it again for those that met a fault",
    "refused": "show the reasons in plan.html to the care team of those refused",
    "infeasible": "choose one of the changes in the plan.html of each infeasible one",
    "gaps": "ask about the gaps that plan.html names",
}
"""What to do next, by the status that somebody has."""

SHOWN = 20  # errors on the screen; the summary has them all


@click.command(
    name="batch",
    cls=Page,
    exits={
        0: "everybody is planned for",
        1: "somebody is refused or has no possible plan",
        3: "a fault of boneplan; of several the worst counts",
    },
    examples=(
        "boneplan batch patients.csv --out plans --jobs 4",
        "boneplan batch profiles --out plans --weeks 2 --force",
    ),
)
@click.argument("people_path", metavar="DIR|patients.csv", type=click.Path(path_type=Path))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder for the plans and the summary.",
)
@click.option(
    "--jobs", metavar="N", type=click.IntRange(1, MOST_JOBS), help="Plans made at a time; otherwise one on each core."
)
@click.option("--start", type=Date(), help="First day of all plans; otherwise the coming Monday.")
@weeks_option
@seed_option
@time_limit_option
@rules_option
@foods_option
@click.option("--force", is_flag=True, help="Plan for everybody again, changed or not.")
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each person, and nothing else.")
@click.pass_context
def batch(
    context: click.Context,
    people_path: Path,
    out: Path,
    jobs: int | None,
    start: dt.date | None,
    weeks: int,
    seed: int,
    time_limit: float,
    rules_file: Path | None,
    foods_path: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Plans for many people at once, into one folder each.

    People are the profiles (*.yaml) of a folder, or the rows of a CSV file with a column id and columns named like
    the profile's fields (diet.pattern). Each gets a folder OUT/ID with the files of a plan; OUT/summary.csv has a row
    for each. One that fails stops no other. Run again, it plans only what is missing or changed.
    """
    from boneplan.batch.people import read_people
    from boneplan.batch.run import SUMMARY, exit_status, run_batch

    people = read_people(people_path)
    summary = out / SUMMARY
    if summary.exists() and people_path.exists() and summary.samefile(people_path):
        raise InputError(f"{summary}: is where the summary goes: give the people another name")
    beside = people_path / "profile.yaml" if people_path.is_dir() else people_path
    how = _how(start, weeks, seed, time_limit, rules_file, foods_path, beside)
    with _progress(len(people), as_json) as tell:
        rows = run_batch(people, out, how, jobs=jobs or _cores(), force=force, tell=tell)
    if not as_json:
        _show(rows, summary)
    context.exit(exit_status(rows))


def _how(
    start: dt.date | None,
    weeks: int,
    seed: int,
    seconds: float,
    rules_file: Path | None,
    foods_path: Path | None,
    beside: Path,
) -> How:
    """What holds for everybody. Raises InputError where the rules or own foods need mending."""
    from boneplan.batch.work import How

    own = own_foods(foods_path, beside).foods
    rules = None
    if rules_file is not None:
        from boneplan.foods.own.table import with_own
        from boneplan.foods.table import load_foods
        from boneplan.rules.reader import load_rules

        rules = load_rules(rules_file, with_own(load_foods(), own))
    today = dt.date.today()
    first = start or today + dt.timedelta(days=-today.weekday() % 7)
    return How(first, weeks, seed, seconds, rules, str(rules_file or ""), tuple(own))


def _cores() -> int:
    return min(MOST_JOBS, os.cpu_count() or 1)


@contextmanager
def _progress(people: int, as_json: bool) -> Iterator[Callable[[Row], None]]:
    """What is told of each person as it comes: a line of JSON, and a bar on a terminal."""

    def line(row: Row) -> None:
        if as_json:
            click.echo(json.dumps(row.as_json(), ensure_ascii=False))

    if not sys.stderr.isatty():
        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("Planning"), BarColumn(), TextColumn("{task.completed}/{task.total} people"))
    times = (TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, *times, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("people", total=people)

        def both(row: Row) -> None:
            line(row)
            bar.advance(task)

        yield both


def _show(rows: Sequence[Row], summary: Path) -> None:
    """What came of everybody in two lines, and on stderr what is to be mended."""
    from boneplan.batch.work import BAD_INPUT

    count = Counter(row.status for row in rows)
    said = ", ".join(f"{number} {status}" for status, number in count.most_common())
    kept = sum(row.done == "unchanged" for row in rows)
    from boneplan.cli.screen import screen, tell_files

    sheet = screen()
    sheet.line(f"{len(rows)} {'person' if len(rows) == 1 else 'people'}: {said}")
    if kept:
        sheet.line(f"{kept} unchanged since the last run, left alone; --force plans for them again")
    tell_files(sheet, [summary])
    if todo := [text for status, text in NEXT.items() if count[status]]:
        sheet.line(f"Next: {'; '.join(todo)}.")
    # The lines about bad input name their file, or the line of the table.
    errors = [line if row.status == BAD_INPUT else f"{row.id}: {line}" for row in rows for line in row.error]
    for error in errors[:SHOWN]:
        click.echo(f"Error: {error}", err=True)
    if len(errors) > SHOWN:
        click.echo(f"and {len(errors) - SHOWN} more in {summary}", err=True)
