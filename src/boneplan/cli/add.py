"""`boneplan add`: a food at one meal of a plan, and a rule that keeps it there."""

from __future__ import annotations

from pathlib import Path

import click

from boneplan.cli.complete import foods
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
from boneplan.cli.pages import Page


@click.command(
    name="add",
    cls=Page,
    exits={0: "added; the changed plan was written", 1: "impossible, with the rules in the way; nothing written"},
    examples=(
        "boneplan add boneplan-plan/plan.json kale-raw --day friday --meal lunch",
        "boneplan add plan.json kefir --day 2 --meal snack --portion '1 cup'",
        "boneplan add plan.json walnuts --day 3 --meal snack --by Mary --out changed",
    ),
)
@plan_argument
@click.argument("food", shell_complete=foods)
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
    portion that is given is locked. Writes the plan, its calendar and its lists in place of those of PLAN.json, or
    into the folder --out.
    """
    plan = read(plan_file)
    date = date_of(plan, day)
    from boneplan.edits import change

    edited = change.add(plan, food, date, meal, portion, by=by, because=because, now=now())  # type: ignore[arg-type] # a choice of meals
    conclude(context, edited, plan_file, out, day=date, meals=meals, remind=remind, as_json=as_json)
