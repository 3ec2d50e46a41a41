"""`boneplan lock` and `boneplan unlock`: what no later change of a plan may move."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from boneplan.cli.complete import served_foods
from boneplan.cli.edits import MEALS, SCHEMA, date_of, day_option, json_option, plan_argument, read
from boneplan.cli.pages import Page
from boneplan.plan import Plan


def _options(command: Any) -> Any:
    for option in (
        json_option,
        click.option(
            "--out",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="File for the plan; otherwise in its own place.",
        ),
        click.option(
            "--food",
            metavar="FOOD",
            shell_complete=served_foods,
            help="Only this food, by words of its name or its id.",
        ),
        click.option("--meal", type=click.Choice(MEALS), help="Only this meal of the day."),
        day_option,
        plan_argument,
    ):
        command = option(command)
    return command


@click.command(
    name="lock",
    cls=Page,
    exits={0: "locked; the plan was written"},
    examples=(
        "boneplan lock boneplan-plan/plan.json --day friday",
        "boneplan lock boneplan-plan/plan.json --day friday --meal dinner --food salmon",
    ),
)
@_options
def lock(plan_file: Path, day: str, meal: str | None, food: str | None, out: Path | None, as_json: bool) -> None:
    """Keeps a day, a meal or a food as it is when the plan is changed.

    `boneplan swap`, `ban` and `add` do not move what is locked. Writes the plan alone, in its own place or to the
    file --out: nothing is planned anew, and the calendar stays as it is.
    """
    _set(plan_file, day, meal, food, out, as_json, on=True)


@click.command(
    name="unlock",
    cls=Page,
    exits={0: "open again; the plan was written"},
    examples=(
        "boneplan unlock boneplan-plan/plan.json --day friday",
        "boneplan unlock boneplan-plan/plan.json --day 5 --meal dinner",
    ),
)
@_options
def unlock(plan_file: Path, day: str, meal: str | None, food: str | None, out: Path | None, as_json: bool) -> None:
    """Lets a day, a meal or a food that was locked change again.

    Writes the plan alone, in its own place or to the file --out; nothing is planned anew, and what stands on the
    menus stays until a change moves it.
    """
    _set(plan_file, day, meal, food, out, as_json, on=False)


def _set(
    plan_file: Path, day: str, meal: str | None, food: str | None, out: Path | None, as_json: bool, *, on: bool
) -> None:
    from boneplan.edits.lock import lock as locked_plan
    from boneplan.plan_io import write_plan

    plan = read(plan_file)
    path = out or (plan_file.resolve() if plan_file.is_symlink() else plan_file)
    changed = locked_plan(plan, date_of(plan, day), meal, food, on=on)  # type: ignore[arg-type] # a choice of meals
    write_plan(changed, path)
    click.echo(_document(changed, path)) if as_json else _print(changed, path)


def _held(plan: Plan) -> list[tuple[str, str, str]]:
    return [
        (str(day.date), meal.meal, item.name)
        for day in plan.menu.days
        for meal in day.meals
        for item in meal.items
        if item.locked
    ]


def _document(plan: Plan, path: Path) -> str:
    held = [{"date": date, "meal": meal, "name": name} for date, meal, name in _held(plan)]
    return json.dumps(
        {"schema": SCHEMA, "plan": plan.id, "locked": held, "written": [str(path)]}, indent=1, ensure_ascii=False
    )


def _print(plan: Plan, path: Path) -> None:
    from boneplan.cli.screen import screen, tell_files

    sheet = screen()
    meals: dict[tuple[str, str], list[str]] = {}
    for date, meal, name in _held(plan):
        meals.setdefault((date, meal), []).append(name)
    sheet.line("Locked now:" if meals else "Nothing is locked.")
    for (date, meal), names in meals.items():
        sheet.line(f"{date} {meal}: {'; '.join(names)}", indent=2)
    tell_files(sheet, [path])
