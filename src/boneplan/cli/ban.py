"""`boneplan ban`: a food out of a plan, and a rule that keeps it out."""

from __future__ import annotations

from pathlib import Path

import click

from boneplan.cli.complete import served_foods
from boneplan.cli.edits import MEALS, conclude, edit_options, now, plan_argument, read, said_options
from boneplan.cli.pages import Page


@click.command(
    name="ban",
    cls=Page,
    exits={
        0: "banned; the changed plan was written",
        1: "impossible, with the rules in the way; nothing was written",
    },
    examples=(
        "boneplan ban boneplan-plan/plan.json broccoli --because 'upsets the stomach'",
        "boneplan ban boneplan-plan/plan.json coffee --at dinner --at snack",
    ),
)
@plan_argument
@click.argument("food", shell_complete=served_foods)
@click.option("--at", multiple=True, type=click.Choice(MEALS), help="At this meal alone; may be given again.")
@said_options
@edit_options
@click.pass_context
def ban(
    context: click.Context,
    plan_file: Path,
    food: str,
    at: tuple[str, ...],
    by: str | None,
    because: str | None,
    out: Path | None,
    meals: bool,
    remind: int | None,
    as_json: bool,
) -> None:
    """Takes a food out of a plan, and bans it in the plan's rules.

    Only meals that hold it change, as little as will do; where that is not enough their days, or the week, and the
    answer says so. Words are understood widely: a ban on milk keeps out what may hold milk. Writes the plan, its
    calendar and its lists in place of those of PLAN.json, or into the folder --out.
    """
    plan = read(plan_file)
    from boneplan.edits import change

    edited = change.ban(plan, food, at, by=by, because=because, now=now())  # type: ignore[arg-type] # choices of meals
    conclude(context, edited, plan_file, out, day=None, meals=meals, remind=remind, as_json=as_json)
