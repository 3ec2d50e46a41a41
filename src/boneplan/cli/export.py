"""`boneplan export`: a plan in another format."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from boneplan.cli.complete import plan_files
from boneplan.cli.numbers import MOST_REMINDER
from boneplan.cli.options import ANSWER_IS_NO
from boneplan.cli.pages import Page
from boneplan.errors import InputError
from boneplan.plan import Plan
from boneplan.plan_io import plan_json, read_plan, write_text_atomic

FORMATS = ("ics", "html", "pdf", "md", "shopping-csv", "csv", "json")

NEXT = {
    "ics": "open it with your calendar; a later plan takes its place there.",
    "html": "open it in a browser.",
    "pdf": "print it.",
    "md": "take it to the shop.",
    "shopping-csv": "open it in a spreadsheet.",
    "csv": "open it in a spreadsheet.",
    "json": "check it with boneplan verify.",
}
"""What to do with the file of each of `FORMATS`."""


@click.command(
    name="export",
    cls=Page,
    exits={0: "written", 1: "the plan has nothing for a calendar, and nothing was written"},
    examples=(
        "boneplan export boneplan-plan/plan.json --format ics --out week.ics",
        "boneplan export plan.json --format ics --meals --remind 30 --out week.ics",
        "boneplan export boneplan-plan/plan.json --format html --out week.html",
        "boneplan export boneplan-plan/plan.json --format md",
    ),
)
@click.argument("plan_file", metavar="PLAN.json", type=click.Path(path_type=Path), shell_complete=plan_files)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    required=True,
    help="ics: the calendar; html: the page; pdf: the page, printed by a browser that is installed; "
    "md: the shopping list; shopping-csv: the same as a table; csv: a table of all portions; json: the plan itself.",
)
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="Write to this file instead of the screen."
)
@click.option("--meals", is_flag=True, help="With ics: put the meals into the calendar as well.")
@click.option(
    "--remind",
    type=click.IntRange(0, MOST_REMINDER),
    metavar="MINUTES",
    help=f"With ics: remind of each session that long before (0 to {MOST_REMINDER}), and of checks at nine that day.",
)
@click.pass_context
def export(
    context: click.Context, plan_file: Path, form: str, out: Path | None, meals: bool, remind: int | None
) -> None:
    """Writes a plan as a calendar, a page, a shopping list, a table or JSON.

    `boneplan plan` writes the usual ones beside the plan already. The result goes to the screen, or to the file
    --out.
    """
    given = [name for name, value in (("--meals", meals), ("--remind", remind is not None)) if value]
    if given and form != "ics":
        raise InputError(f"{' and '.join(given)}: only for a calendar: leave it out, or choose --format ics")
    if form == "pdf" and out is None and sys.stdout.isatty():
        raise InputError("--format pdf: a PDF is nothing for a screen: add --out plan.pdf")
    plan = read_plan(plan_file)
    data = render(plan, form, meals=meals, remind_minutes=remind)
    if data is None:
        click.echo(f"{plan_file}: {_why_no_calendar(plan, meals)}", err=True)
        context.exit(ANSWER_IS_NO)
    if out is None:
        click.echo(data, nl=False)
    else:
        write_text_atomic(out, data)
        click.echo(f"Written: {out}\nNext:    {NEXT[form]}")


def render(plan: Plan, form: str, *, meals: bool = False, remind_minutes: int | None = None) -> bytes | None:
    """`plan` in one of `FORMATS`, as the bytes of the file; None where a calendar would hold no event.

    `meals` and `remind_minutes` are for the calendar.
    """
    if form == "ics":
        from boneplan.export.agenda import entries

        if not entries(plan, meals=meals):
            return None
        from boneplan.export.ics import to_ics

        return to_ics(plan, now=dt.datetime.now(dt.UTC), meals=meals, remind_minutes=remind_minutes)
    if form in ("html", "pdf"):
        from boneplan.export.html.page import to_html

        page = to_html(plan)
        if form == "html":
            return page.encode()
        from boneplan.export.pdf import to_pdf

        return to_pdf(page)
    if form == "md":
        from boneplan.export.shopping.markdown import to_shopping

        return to_shopping(plan).encode()
    if form == "shopping-csv":
        from boneplan.export.shopping.rows import to_shopping_csv

        return to_shopping_csv(plan).encode()
    if form == "csv":
        from boneplan.export.table import to_csv

        return to_csv(plan).encode()
    return plan_json(plan)


def _why_no_calendar(plan: Plan, meals: bool) -> str:
    """One line: the status, the first reason that the plan gives for it, and what there is instead."""
    from boneplan.export.words import plain

    reasons = [conflict.text for conflict in plan.conflicts if conflict.part == "exercise"]
    reasons += [notice.text for notice in plan.notices if notice.level in ("refuse", "clearance")]
    line = f"nothing for a calendar: no sessions{', meals' if meals else ''} or checks; its status is {plan.status}"
    line += f": {plain(reasons[0])}" if reasons else ""
    return f"{line} (--meals exports its meals)" if plan.menu.days and not meals else line
