"""`boneplan lock` and `boneplan unlock`: what no later change of a plan may move."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from boneplan.cli.edits import MEALS, SCHEMA, date_of, json_option, plan_argument, read
from boneplan.plan import Plan


def _options(command: Any) -> Any:
    for option in (
        json_option,
        click.option("--out", type=click.Path(path_type=Path), help="File for the plan; otherwise in its own place."),
        click.option("--food", metavar="FOOD", help="Only this food, by words of its name or its id."),
        click.option("--meal", type=click.Choice(MEALS), help="Only this meal of the day."),
        click.option(
            "--day", required=True, metavar="DAY", help="A date, a weekday, or the number of the day from 1."
        ),
        plan_argument,
    ):
        command = option(command)
    return command


@click.command(name="lock", epilog="Example: boneplan lock boneplan-plan/plan.json --day friday --meal dinner")
@_options
def lock(plan_file: Path, day: str, meal: str | None, food: str | None, out: Path | None, as_json: bool) -> None:
    """Keeps a day, a meal or a food as it is when the plan is changed.

    `boneplan swap`, `ban` and `add` do not move what is locked. Nothing is planned anew; the calendar stays as it is.
    """
    _set(plan_file, day, meal, food, out, as_json, on=True)


@click.command(name="unlock", epilog="Example: boneplan unlock boneplan-plan/plan.json --day friday")
@_options
def unlock(plan_file: Path, day: str, meal: str | None, food: str | None, out: Path | None, as_json: bool) -> None:
    """Lets a day, a meal or a food that was locked change again."""
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
    click.echo(_document(changed, path) if as_json else _told(changed, path))


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


def _told(plan: Plan, path: Path) -> str:
    from boneplan.cli.diff import wrapped

    meals: dict[tuple[str, str], list[str]] = {}
    for date, meal, name in _held(plan):
        meals.setdefault((date, meal), []).append(name)
    lines = ["Locked now:" if meals else "Nothing is locked."]
    for (date, meal), names in meals.items():
        lines += wrapped(f"{date} {meal}: {'; '.join(names)}", "  ")
    return "\n".join([*lines, f"Written: {path}"])
