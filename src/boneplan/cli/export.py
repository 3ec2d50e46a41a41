"""`boneplan export`: a plan in another format."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from boneplan.plan import Plan
from boneplan.plan_io import plan_json, read_plan, write_text_atomic

FORMATS = ("ics", "md", "csv", "json")


@click.command(name="export", epilog="Example: boneplan export boneplan-plan/plan.json --format ics --out week.ics")
@click.argument("plan_file", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    required=True,
    help="ics: the calendar; md: the shopping list; csv: a table of all portions; json: the plan itself.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file instead of the screen.")
def export(plan_file: Path, form: str, out: Path | None) -> None:
    """Writes a plan as a calendar, a shopping list, a table or JSON."""
    data = render(read_plan(plan_file), form)
    if out is None:
        click.echo(data, nl=False)
    else:
        write_text_atomic(out, data)


def render(plan: Plan, form: str) -> bytes:
    """`plan` in one of `FORMATS`, as the bytes of the file."""
    if form == "ics":
        from boneplan.export.ics import to_ics

        return to_ics(plan, now=dt.datetime.now(dt.UTC))
    if form == "md":
        from boneplan.export.shopping import to_shopping

        return to_shopping(plan).encode()
    if form == "csv":
        from boneplan.export.table import to_csv

        return to_csv(plan).encode()
    return plan_json(plan)
