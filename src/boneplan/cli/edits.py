"""What the commands that change a plan share: their options, reading and writing, and telling what changed."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from boneplan.cli.complete import WEEKDAYS, days, plan_files
from boneplan.cli.numbers import MOST_REMINDER
from boneplan.cli.options import ANSWER_IS_NO
from boneplan.errors import InputError
from boneplan.plan import MealName, Plan
from boneplan.plan_io import read_plan

if TYPE_CHECKING:
    from boneplan.edits.finish import Edited
    from boneplan.export.sheet import Sheet
    from boneplan.plan import Conflict

MEALS = get_args(MealName)
SCHEMA = "boneplan.edit/1"

plan_argument = click.argument(
    "plan_file", metavar="PLAN.json", type=click.Path(path_type=Path), shell_complete=plan_files
)
day_option = click.option(
    "--day",
    required=True,
    metavar="DAY",
    shell_complete=days,
    help="A date, a weekday, or the number of the day from 1.",
)
meal_option = click.option("--meal", type=click.Choice(MEALS), required=True, help="Which meal of that day.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")


def edit_options(command: Callable[..., None]) -> Callable[..., None]:
    """Where a changed plan is written to, and how it is told."""
    for option in (
        json_option,
        click.option(
            "--remind",
            metavar="MINUTES",
            type=click.IntRange(0, MOST_REMINDER),
            help="Let the calendar remind of each session; otherwise as plan.ics does now.",
        ),
        click.option(
            "--meals", is_flag=True, help="Put the meals into the calendar; otherwise as plan.ics has them."
        ),
        click.option(
            "--out",
            metavar="DIR",
            type=click.Path(path_type=Path),
            help="Folder for the changed plan; otherwise that of the plan, in its place.",
        ),
    ):
        command = option(command)
    return command


def said_options(command: Callable[..., None]) -> Callable[..., None]:
    """Who asks for a rule, and why."""
    for option in (
        click.option("--because", metavar="TEXT", help="Why; it stands in the plan's rules."),
        click.option("--by", metavar="NAME", help="Who asks for it; it stands in the plan's rules."),
    ):
        command = option(command)
    return command


def date_of(plan: Plan, day: str) -> dt.date:
    """The day that a date, a weekday or a number from 1 means. Raises InputError where it means none, or several."""
    words = day.strip().casefold()
    dates = [menu.date for menu in plan.menu.days]
    if not dates:
        raise InputError("PLAN.json: this plan has no menus: there is nothing to change")
    if re.fullmatch(r"\d{1,3}", words, re.ASCII):
        number = int(words)
        if not 1 <= number <= len(dates):
            raise InputError(f"--day: {number} is out of range: the plan has days 1 to {len(dates)}")
        return dates[number - 1]
    named = [n for n, name in enumerate(WEEKDAYS) if len(words) >= len("mon") and name.startswith(words)]
    if named:
        found = [date for date in dates if date.weekday() == named[0]]
        if len(found) > 1:
            listed = " or ".join(map(str, found))
            raise InputError(f"--day: the plan has {len(found)} {WEEKDAYS[named[0]].capitalize()}s: say {listed}")
        return found[0]
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        mend = "write a date such as 2026-11-27, a weekday, or the number of the day from 1"
        raise InputError(f"--day: {day[:40]!r} is no day: {mend}") from None


def read(plan_file: Path) -> Plan:
    """The plan to change."""
    return read_plan(plan_file)


def now() -> dt.datetime:
    """The moment of the change."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def write(
    plan: Plan, plan_file: Path, out: Path | None, at: dt.datetime, *, meals: bool, remind: int | None
) -> list[Path]:
    """Writes the files of the changed plan into `out`, or in place of those of the plan; returns their paths.

    The calendar holds meals and reminders where it is asked for them, or where the one beside the plan has them.
    """
    from boneplan.export.folder import ready_folder, write_folder

    plan_file = plan_file.resolve() if plan_file.is_symlink() else plan_file  # a link stays one
    if out is None and plan_file.name != "plan.json":
        raise InputError(f"{plan_file}: not called plan.json, so its folder is none of a plan: choose one with --out")
    folder = plan_file.parent if out is None else ready_folder(out)
    had_meals, had_reminders = _calendar_of(plan_file.parent / "plan.ics")
    return write_folder(
        plan, folder, at, meals=meals or had_meals, remind_minutes=had_reminders if remind is None else remind
    )


def _calendar_of(path: Path) -> tuple[bool, int | None]:
    """Whether a calendar file holds meals, and how long before a session it reminds; nothing where there is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False, None
    minutes = [int(found) for found in re.findall(r"^TRIGGER:-PT(\d{1,4})M\r?$", text, re.MULTILINE)]
    return "\nCATEGORIES:Meal" in text, min(max(minutes), MOST_REMINDER) if minutes else None


def conclude(
    context: click.Context,
    edited: Edited,
    plan_file: Path,
    out: Path | None,
    *,
    day: dt.date | None,
    meals: bool,
    remind: int | None,
    as_json: bool,
) -> None:
    """Writes what was changed and tells of it; exit status 1, with nothing written, where it was impossible."""
    if edited.conflict:
        click.echo(_json(edited, [], None)) if as_json else _refuse(edited.conflict)
        context.exit(ANSWER_IS_NO)
    written = write(edited.plan, plan_file, out, edited.plan.created, meals=meals, remind=remind)
    if as_json:
        click.echo(_json(edited, written, day))
        return
    from boneplan.cli.diff import print_difference, print_totals
    from boneplan.cli.screen import screen, tell_written
    from boneplan.diff import difference

    sheet = screen()
    print_difference(sheet, difference(edited.before, edited.plan))
    if edited.freed:
        sheet.paragraph(f"Opened for it: {edited.freed}. All other meals are as they were.")
    if day:
        sheet.blank()
        print_totals(sheet, edited.plan, day)
    _price(sheet, edited)
    tell_written(sheet, edited.plan, written)


def _price(sheet: Sheet, edited: Edited) -> None:
    before, after = edited.usd
    sheet.paragraph(f"Food a day: USD {before:.2f} before, {after:.2f} now (prices of the food table).")
    was, now_ = edited.before.menu.solve, edited.plan.menu.solve
    if was and now_:
        sheet.line(
            f"What the menus cost in preference: {was.objective:.1f} before, {now_.objective:.1f} now, and at least "
            f"{now_.bound:.1f} whatever is served (1 is a food e times less usual)."
        )


def _refuse(conflict: Conflict) -> None:
    from boneplan.cli.screen import screen

    sheet = screen()
    sheet.line(conflict.text)
    if conflict.members:
        sheet.heading("The rules in the way")
        sheet.bullets(f"{member.text} ({member.rule}; {member.source})" for member in conflict.members)
    if conflict.relaxations:
        sheet.heading("What would do")
        sheet.bullets(conflict.relaxations)
    sheet.paragraph(
        "The plan is as it was." + (" Make one of these changes, and try again." if conflict.relaxations else "")
    )


def _json(edited: Edited, written: list[Path], day: dt.date | None) -> str:
    from boneplan.cli.diff import as_json
    from boneplan.diff import difference

    totals = {str(menu.date): menu.totals for menu in edited.plan.menu.days if menu.date == day}
    solves = [plan.menu.solve for plan in (edited.before, edited.plan)]
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "plan": edited.plan.id,
        "revision": edited.plan.revision,
        "done": edited.conflict is None,
        "conflict": edited.conflict.model_dump(mode="json") if edited.conflict else None,
        "freed": edited.freed,
        "difference": as_json(difference(edited.before, edited.plan)),
        "totals": totals,
        "usd_a_day": [round(amount, 2) for amount in edited.usd],
        "cost": [solve.objective if solve else None for solve in solves],
        "written": list(map(str, written)),
    }
    return json.dumps(document, indent=1, ensure_ascii=False)
