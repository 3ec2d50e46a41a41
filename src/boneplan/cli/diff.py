"""`boneplan diff`: what differs between two plans."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boneplan.cli.complete import plan_files
from boneplan.cli.pages import Page
from boneplan.diff import Amount, Difference, MealChange, difference
from boneplan.export.figures import nutrient_name, unit_text
from boneplan.export.words import plain, short_day
from boneplan.plan import Plan
from boneplan.plan_io import read_plan

if TYPE_CHECKING:
    from boneplan.export.sheet import Sheet

SCHEMA = "boneplan.diff/1"
SIGNS = (("gone", "-"), ("come", "+"), ("changed", "~"))
MANY = 1000  # of a unit: amounts from here on are told without decimals


@click.command(
    name="diff",
    cls=Page,
    exits={0: "compared, whether the plans differ or not"},
    examples=(
        "boneplan diff before/plan.json after/plan.json",
        "boneplan diff anna/plan.json ruth/plan.json --json",
    ),
)
@click.argument("before_file", metavar="A", type=click.Path(path_type=Path), shell_complete=plan_files)
@click.argument("after_file", metavar="B", type=click.Path(path_type=Path), shell_complete=plan_files)
@click.option("--json", "as_json_", is_flag=True, help="Print JSON and nothing else.")
def diff(before_file: Path, after_file: Path, as_json_: bool) -> None:
    """Shows what plan B has otherwise than plan A: foods, amounts, sessions, rules.

    Both are plan.json files, of one person or of two. Days are compared by their date where the plans share any, else
    by their number. Nothing is written.
    """
    found = difference(read_plan(before_file), read_plan(after_file))
    if as_json_:
        click.echo(json.dumps(as_json(found), indent=1, ensure_ascii=False))
        return
    from boneplan.cli.screen import screen

    print_difference(screen(), found)


def as_json(found: Difference) -> dict[str, Any]:
    """The difference as plain JSON values."""
    document = {"schema": SCHEMA, "same": found.same, **dataclasses.asdict(found)}
    plain_values: dict[str, Any] = json.loads(json.dumps(document, default=str))
    return plain_values


def print_difference(sheet: Sheet, found: Difference) -> None:
    """The difference, a part under the other."""
    if found.same:
        sheet.line("The plans are the same: foods, amounts, targets, rules and sessions.")
        return
    blocks = list(_blocks(found))
    for number, block in enumerate(blocks):
        if number:
            sheet.blank()
        for label, text in block:
            sheet.line(text, label=label)
    for number, week in enumerate(dict.fromkeys(amount.week for amount in found.amounts)):
        if blocks or number:
            sheet.blank()
        _amounts(sheet, [amount for amount in found.amounts if amount.week == week], week)
    for heading, part in (
        ("Sessions", found.sessions),
        ("Targets", found.targets),
        ("Rules", found.rules),
        ("Gaps", found.gaps),
        ("Locked", found.locks),
    ):
        if any(part.values()):
            sheet.heading(heading)
            for key, sign in SIGNS:
                for text in part.get(key, []):
                    sheet.line(text, label=f"  {sign} ")


def print_totals(sheet: Sheet, plan: Plan, date: dt.date) -> None:
    """What the food of that day brings beside the targets of a day, or else of the week's mean."""
    day = next(menu for menu in plan.menu.days if menu.date == date)
    rows = []
    for nutrient in dict.fromkeys(target.nutrient for target in plan.targets):
        bounds = [t for t in plan.targets if t.nutrient == nutrient and t.counted_above is None]
        daily = [t for t in bounds if t.period == "day"]
        lows = [t.min for t in daily or bounds if t.min is not None]
        highs = [t.max for t in daily or bounds if t.max is not None]
        if nutrient in day.totals and (lows or highs):
            sides = [f"at least {max(lows):g}"] if lows else []
            sides += [f"at most {min(highs):g}"] if highs else []
            about = "" if daily else ", as the week's mean"
            unit = unit_text(bounds[0].unit)
            rows.append(
                [nutrient_name(nutrient), figure(day.totals[nutrient]), unit, f"{' and '.join(sides)}{about}"]
            )
    sheet.line(f"{short_day(date)}: what its food gives, and the targets of food and supplements", style="bold")
    sheet.table([""] * 4, rows, numbers={1}, indent=2)


def _blocks(found: Difference) -> Iterator[list[tuple[str, str]]]:
    """Whom and which days it is about, then each meal that differs: (label, text) of every line."""
    about = []
    if found.persons[0] != found.persons[1]:
        about.append(("", f"For {found.persons[0] or 'nobody named'}, now for {found.persons[1] or 'nobody named'}"))
    if not found.by_date:
        about.append(("", "The plans share no day: compared by the number of the day, dates of the second."))
    if found.status[0] != found.status[1]:
        about.append(("", f"Status: {found.status[0]}, now {found.status[1]}"))
    if about:
        yield about
    for change in found.meals:
        yield list(_meal(change))


def _meal(change: MealChange) -> Iterator[tuple[str, str]]:
    date = change.after or change.before
    titles = [title for title in dict.fromkeys(map(plain, change.titles)) if title]
    named = f"{short_day(date) if date else ''} {change.meal}"
    yield "", f"{named}: {', now '.join(titles)}" if titles else named
    if change.times[0] and change.times[1] and change.times[0] != change.times[1]:
        yield "  ~ ", f"at {change.times[0]}, now at {change.times[1]}"
    for sign, texts in (("-", change.gone), ("+", change.come)):
        for text in texts:
            yield f"  {sign} ", text
    for name, before, after in change.portions:
        yield "  ~ ", f"{name}: {before}, now {after}"


def _amounts(sheet: Sheet, amounts: list[Amount], week: int) -> None:
    sheet.line(f"Week {week}: what food gives in a day (mean), and the change in the week", style="bold")
    rows = []
    for amount in amounts:
        totals = amount.totals
        change = f"{totals[1] - totals[0]:+,.0f}" if totals[0] is not None and totals[1] is not None else ""
        if change in ("+0", "-0") and totals[0] is not None and totals[1] is not None:
            change = f"{totals[1] - totals[0]:+.1f}"
        unit = unit_text(amount.unit)
        means = [text for text in amount.targets if "week's mean" in text] or amount.targets
        short = "; ".join(text.replace(" as the week's mean", "").replace(f" {unit}", "") for text in means)
        rows.append([nutrient_name(amount.nutrient), *map(figure, amount.means), change, unit, short or "-"])
    sheet.table(["", "before", "now", "in the week", "", "target now"], rows, numbers={1, 2, 3}, indent=2)


def figure(value: float | None) -> str:
    """An amount of a nutrient in its unit: to a tenth below 1,000."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= MANY else f"{value:.1f}".rstrip("0").rstrip(".")
