"""`boneplan add`: a food at one meal of a plan, and a rule that keeps it there."""

from __future__ import annotations

from pathlib import Path

import click

from boneplan.cli.edits import (
    conclude,
    date_of,
    day_option,
    edit_options,
    meal_option,
    now,
    plan_argument,
    read,
    said_options,
)


@click.command(
    name="add", epilog="Example: boneplan add boneplan-plan/plan.json kale --day 2 --meal lunch --portion '1 cup'"
)
@plan_argument
@click.argument("food")
@day_option
@meal_option
@click.option("--portion", metavar="AMOUNT", help='Such as "1 cup" or "150 g"; otherwise what fits best.')
@said_options
@edit_options
@click.pass_context
def add(
    context: click.Context,
    plan_file: Path,
    food: str,
    day: str,
    meal: str,
    portion: str | None,
    by: str | None,
    because: str | None,
    out: Path | None,
    meals: bool,
    remind: int | None,
    as_json: bool,
) -> None:
    """Puts a food into a meal, and pins it there in the plan's rules.

    As little else as will do changes: the place, the portions of the meal, the meal, at last the meals of that day. A
    portion that is given is locked. Exit status 1: impossible, with the rules in the way; nothing was written.
    """
    plan = read(plan_file)
    date = date_of(plan, day)
    from boneplan.edits import change

    edited = change.add(plan, food, date, meal, portion, by=by, because=because, now=now())  # type: ignore[arg-type] # a choice of meals
    conclude(context, edited, plan_file, out, day=date, meals=meals, remind=remind, as_json=as_json)
