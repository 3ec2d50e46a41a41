"""`boneplan swap`: another meal in a plan, the rest as it is."""

from __future__ import annotations

from pathlib import Path

import click

from boneplan.cli.complete import foods
from boneplan.cli.edits import (
    MEALS,
    conclude,
    date_of,
    day_option,
    edit_options,
    meal_option,
    now,
    plan_argument,
    read,
)
from boneplan.cli.pages import Page


@click.command(
    name="swap",
    cls=Page,
    exits={
        0: "swapped; the changed plan was written",
        1: "impossible, with the rules in the way; nothing was written",
    },
    examples=(
        "boneplan swap boneplan-plan/plan.json --day friday --meal dinner",
        "boneplan swap boneplan-plan/plan.json --day friday --meal dinner --food salmon",
        "boneplan swap plan.json --day 2026-11-27 --meal lunch --also dinner --out new",
    ),
)
@plan_argument
@day_option
@meal_option
@click.option(
    "--food",
    metavar="FOOD",
    shell_complete=foods,
    help="A food, in words or by its id, that the meal is to hold.",
)
@click.option("--also", multiple=True, type=click.Choice(MEALS), help="A meal of that day that may change with it.")
@edit_options
@click.pass_context
def swap(
    context: click.Context,
    plan_file: Path,
    day: str,
    meal: str,
    food: str | None,
    also: tuple[str, ...],
    out: Path | None,
    meals: bool,
    remind: int | None,
    as_json: bool,
) -> None:
    """Puts another meal in the place of one; all others stay.

    Without --food none of what the meal was made of comes back; with it the meal holds that food and otherwise stays
    as it can. What is locked stays. Writes the plan, its calendar and its lists in place of those of PLAN.json, or
    into the folder --out.
    """
    plan = read(plan_file)
    date = date_of(plan, day)
    from boneplan.edits import change

    edited = change.swap(plan, date, meal, food, also=also, now=now())  # type: ignore[arg-type] # a choice of meals
    conclude(context, edited, plan_file, out, day=date, meals=meals, remind=remind, as_json=as_json)
