"""`boneplan next`: the weeks after a plan, from what was recorded of it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from boneplan.cli.complete import plan_files, profile_files
from boneplan.cli.options import ANSWER_IS_NO, MOST_WEEKS, calendar_options, rules_option
from boneplan.cli.own_foods import foods_option, own_foods
from boneplan.cli.pages import Page
from boneplan.cli.plan import make_and_write, rules_for, show
from boneplan.errors import InputError
from boneplan.plan import Plan

DAYS_OF_WEEK = 7
MOST_SEED = 2**31 - 1


@click.command(
    name="next",
    cls=Page,
    exits={0: "planned, with any gaps named", 1: "refused or impossible, with the reason"},
    examples=(
        "boneplan next boneplan-plan/plan.json",
        "boneplan next plan.json --weeks 2 --profile anna.yaml --out december",
    ),
)
@click.argument("plan_file", metavar="PLAN.json", type=click.Path(path_type=Path), shell_complete=plan_files)
@click.option(
    "--profile",
    "profile_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    shell_complete=profile_files,
    help="The person as of now; otherwise as in the plan.",
)
@click.option(
    "--weeks", metavar="N", type=click.IntRange(1, MOST_WEEKS), help="How many weeks; otherwise as many as before."
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder for the new plan's files; otherwise one beside the plan's, named for its first day.",
)
@click.option(
    "--seed",
    metavar="N",
    type=click.IntRange(0, MOST_SEED),
    help="Another seed, another plan; otherwise the plan's, and one more for each week since it began.",
)
@rules_option
@foods_option
@calendar_options
@click.option("--json", "as_json", is_flag=True, help="Print the plan document instead of the week.")
@click.pass_context
def following(
    context: click.Context,
    plan_file: Path,
    profile_file: Path | None,
    weeks: int | None,
    out: Path | None,
    seed: int | None,
    rules_file: Path | None,
    foods_path: Path | None,
    busy: Path | None,
    meals: bool,
    remind: int | None,
    as_json: bool,
) -> None:
    """Plans the weeks after a plan, from what was recorded of it.

    `boneplan log` records it. What was done goes further, what was missed is never added, what hurt is swapped for
    something gentler. Writes the new plan with its calendar and its lists into a folder of its own; the plan and its
    record stay as they are.
    """
    from boneplan.plan_io import read_plan
    from boneplan.profile_reader import check_profile, load_profile
    from boneplan.training_log import read_log

    last = read_plan(plan_file)
    log = read_log(plan_file)
    profile = load_profile(profile_file) if profile_file else check_profile(last.profile, f"{plan_file}: profile")
    today = today_in(profile.timezone)
    start = begin(last, today, hurt=any(entry.pain for entry in log.entries))
    folder = out or _beside(plan_file.resolve().parent, start)
    if folder.resolve() == plan_file.resolve().parent:
        raise InputError(f"{folder}: this is the folder of the plan itself: choose another, so that its record stays")
    from boneplan.engine import SEARCH_SECONDS
    from boneplan.foods.own.food import own_foods_of
    from boneplan.foods.own.table import with_own
    from boneplan.foods.table import load_foods
    from boneplan.rules.reader import check_rules
    from boneplan.schedule.record import course

    own = own_foods(foods_path).foods if foods_path else own_foods_of(last)
    rules = rules_for(profile, rules_file, start, own) if rules_file else None
    if rules is None and last.rules:
        rules = check_rules(last.rules, f"{plan_file}: rules", table=with_own(load_foods(), own))

    made, written = make_and_write(
        profile,
        start,
        weeks or last.weeks,
        folder,
        seed=_later_seed(last, start) if seed is None else seed,
        seconds=SEARCH_SECONDS,
        busy=busy,
        meals=meals,
        remind=remind,
        rules=rules,
        own=own,
        course=course(last, log, profile, start=start, today=today),
        after=last,
    )
    show(made, written, as_json)
    context.exit(0 if made.status in ("ok", "gaps") else ANSWER_IS_NO)


def today_in(timezone: str) -> dt.date:
    """The date where the person lives."""
    return dt.datetime.now(ZoneInfo(timezone)).date()


def begin(last: Plan, today: dt.date, *, hurt: bool) -> dt.date:
    """The first day of the weeks after `last`.

    They follow its last week; where something hurt, its first week that has not begun, since the rest of it would go
    on as before; where it has ended already, this week while half of it is left, else the next.
    """
    running, day = divmod((today - last.start).days, DAYS_OF_WEEK)
    weeks = last.weeks
    if running >= last.weeks:
        weeks = running + (day > DAYS_OF_WEEK // 2)
    elif hurt:
        weeks = max(running + 1, 1)
    return last.start + dt.timedelta(weeks=weeks)


def _later_seed(last: Plan, start: dt.date) -> int:
    """A seed of its own for weeks from `start`, the same whenever they are asked for: their menus are new ones."""
    return (last.seed + (start - last.start).days // DAYS_OF_WEEK) % (MOST_SEED + 1)


def _beside(folder: Path, start: dt.date) -> Path:
    """A folder beside that of the plan, told as shortly as it can be from where the person is."""
    name = re.sub(r"-\d{4}-\d\d-\d\d$", "", folder.name)
    beside = folder.parent / f"{name}-{start}"
    return beside.relative_to(Path.cwd()) if beside.is_relative_to(Path.cwd()) else beside
