"""`boneplan plan`: from a profile to a folder with the plan, its calendar and its shopping list."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from boneplan.cli.complete import profile_files
from boneplan.cli.options import (
    ANSWER_IS_NO,
    Date,
    calendar_options,
    rules_option,
    seed_option,
    time_limit_option,
    weeks_option,
)
from boneplan.cli.own_foods import foods_option, own_foods
from boneplan.cli.pages import Page
from boneplan.errors import InputError
from boneplan.profile import Profile
from boneplan.profile_reader import load_example, load_profile

if TYPE_CHECKING:
    from boneplan.foods.own.food import OwnFood
    from boneplan.plan import Plan
    from boneplan.rules.schema import Rules
    from boneplan.schedule import Course

FOLDER = Path("boneplan-plan")


@click.command(
    name="plan",
    cls=Page,
    exits={0: "planned, with any gaps named", 1: "refused or impossible, with the reason"},
    examples=(
        "boneplan plan --example",
        "boneplan plan anna.yaml --weeks 2 --out anna-plan",
        "boneplan plan anna.yaml --rules rules.yaml --busy work.ics --remind 30",
    ),
)
@click.argument(
    "profile_file",
    metavar="[PROFILE]",
    required=False,
    type=click.Path(path_type=Path),
    shell_complete=profile_files,
)
@click.option("--example", is_flag=True, help="Plan for the built-in person instead of a profile.")
@click.option("--start", type=Date(), help="First day of the plan; otherwise the coming Monday.")
@weeks_option
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=FOLDER,
    show_default=True,
    help="Folder for the plan's files.",
)
@seed_option
@time_limit_option
@rules_option
@foods_option
@calendar_options
@click.option("--json", "as_json", is_flag=True, help="Print the plan document instead of the week.")
@click.pass_context
def plan(
    context: click.Context,
    profile_file: Path | None,
    example: bool,
    rules_file: Path | None,
    foods_path: Path | None,
    start: dt.date | None,
    weeks: int,
    out: Path,
    seed: int,
    time_limit: float,
    busy: Path | None,
    meals: bool,
    remind: int | None,
    as_json: bool,
) -> None:
    """Plans menus and exercise for a week or more.

    Writes plan.json, its page plan.html, the calendar plan.ics and the shopping list into the folder, and prints the
    weeks. In a folder that holds a plan of the same person already, calendars that have it will change what changed
    and cancel what is gone. Where the input needs mending nothing is written.
    """
    profile = _profile(profile_file, example)
    first = start or coming_monday(profile)
    own = own_foods(foods_path, profile_file).foods
    rules = rules_for(profile, rules_file, first, own) if rules_file else None
    made, written = make_and_write(
        profile,
        first,
        weeks,
        out,
        seed=seed,
        seconds=time_limit,
        busy=busy,
        meals=meals,
        remind=remind,
        rules=rules,
        own=own,
    )
    show(made, written, as_json)
    context.exit(0 if made.status in ("ok", "gaps") else ANSWER_IS_NO)


def make_and_write(
    profile: Profile,
    start: dt.date,
    weeks: int,
    out: Path,
    *,
    seed: int,
    seconds: float,
    busy: Path | None,
    meals: bool,
    remind: int | None,
    rules: Rules | None = None,
    own: Sequence[OwnFood] = (),
    course: Course | None = None,
    after: Plan | None = None,
) -> tuple[Plan, list[Path]]:
    """The plan, and the files of it that were written into `out`. Bad input is told of before anything is solved.

    `course` goes on with the programme of the plan `after`. Without one, a plan in `out` that went on from another
    still does when it is made again.
    """
    from boneplan.export.folder import earlier_plan, ready_folder, write_folder

    taken = None
    if busy is not None:
        from boneplan.busy import read_busy

        taken = read_busy(busy, start=start, days=7 * weeks, timezone=profile.timezone)
    folder = ready_folder(out)
    earlier = earlier_plan(folder) or after
    from boneplan.engine import make_plan
    from boneplan.schedule.programme import resumed

    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    with _progress(weeks) as tell:
        made = make_plan(
            profile,
            start=start,
            weeks=weeks,
            seed=seed,
            seconds=seconds,
            now=now,
            busy=taken,
            course=course or (resumed(earlier, start) if earlier else None),
            earlier=earlier,
            rules=rules,
            own=own,
            progress=tell,
        )
    return made, write_folder(made, folder, now, meals=meals, remind_minutes=remind)


def rules_for(profile: Profile, path: Path, start: dt.date, own: Sequence[OwnFood] = ()) -> Rules:
    """The rules in a file, for a person's plan from `start` on. Raises InputError where they need mending.

    They may name the `own` foods of the person.
    """
    from boneplan.foods.own.table import with_own
    from boneplan.foods.table import load_foods
    from boneplan.rules.person import check_for
    from boneplan.rules.reader import load_rules

    rules = load_rules(path, with_own(load_foods(), own))
    check_for(profile, rules, str(path), start, own)
    return rules


def _profile(path: Path | None, example: bool) -> Profile:
    if example and path is not None:
        raise InputError(f"{path}: a profile and --example are two people: give one of them")
    if example:
        return load_example()
    if path is None:
        raise InputError("PROFILE: missing: give a profile file, or --example for the built-in person")
    return load_profile(path)


def coming_monday(profile: Profile) -> dt.date:
    """The next Monday where the person lives, today if it is one."""
    today = dt.datetime.now(ZoneInfo(profile.timezone)).date()
    return today + dt.timedelta(days=-today.weekday() % 7)


@contextmanager
def _progress(weeks: int) -> Iterator[Callable[[int], None]]:
    """Something that moves while the weeks are solved, on a terminal only; gives the function to tell weeks to."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("Planning"), BarColumn(), TextColumn("{task.completed}/{task.total} weeks"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("weeks", total=weeks)
        yield lambda week: bar.update(task, completed=week)


def show(made: Plan, written: list[Path], as_json: bool) -> None:
    """Prints the plan, or with `as_json` its document, and where it was written."""
    if as_json:
        from boneplan.plan_io import plan_json

        click.echo(plan_json(made).decode(), nl=False)
        return
    from boneplan.cli.screen import screen, tell_written
    from boneplan.export.terminal import render_week

    sheet = screen()
    render_week(made, sheet.console)
    tell_written(sheet, made, written)
