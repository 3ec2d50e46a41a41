"""`boneplan diff`: what differs between two plans."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from boneplan.diff import Amount, Difference, MealChange, difference
from boneplan.export.figures import nutrient_name, unit_text
from boneplan.export.words import plain, short_day
from boneplan.plan import Plan
from boneplan.plan_io import read_plan

WIDTH = 80
SCHEMA = "boneplan.diff/1"
SIGNS = (("gone", "-"), ("come", "+"), ("changed", "~"))
MANY = 1000  # of a unit: amounts from here on are told without decimals


@click.command(name="diff", epilog="Example: boneplan diff before/plan.json after/plan.json")
@click.argument("before_file", metavar="A", type=click.Path(path_type=Path))
@click.argument("after_file", metavar="B", type=click.Path(path_type=Path))
@click.option("--json", "as_json_", is_flag=True, help="Print JSON and nothing else.")
def diff(before_file: Path, after_file: Path, as_json_: bool) -> None:
    """Shows what plan B has otherwise than plan A: foods, amounts, sessions, rules.

    Both are plan.json files, of one person or of two. Days are compared by their date where the plans share any, else
    by their number. Exit status 0, whether they differ or not.
    """
    found = difference(read_plan(before_file), read_plan(after_file))
    click.echo(
        json.dumps(as_json(found), indent=1, ensure_ascii=False) if as_json_ else "\n".join(difference_lines(found))
    )


def as_json(found: Difference) -> dict[str, Any]:
    """The difference as plain JSON values."""
    document = {"schema": SCHEMA, "same": found.same, **dataclasses.asdict(found)}
    plain_values: dict[str, Any] = json.loads(json.dumps(document, default=str))
    return plain_values


def difference_lines(found: Difference) -> list[str]:
    """The difference in at most 80 columns."""
    if found.same:
        return ["The plans are the same: foods, amounts, targets, rules and sessions."]
    lines = []
    if found.persons[0] != found.persons[1]:
        lines.append(plain(f"For {found.persons[0] or 'nobody named'}, now for {found.persons[1] or 'nobody named'}"))
    if not found.by_date:
        lines.append("The plans share no day: compared by the number of the day, dates of the second.")
    if found.status[0] != found.status[1]:
        lines.append(f"Status: {found.status[0]}, now {found.status[1]}")
    for change in found.meals:
        lines += _meal(change)
    for week in dict.fromkeys(amount.week for amount in found.amounts):
        lines += ["", *_amounts([amount for amount in found.amounts if amount.week == week], week)]
    for heading, part in (
        ("Sessions", found.sessions),
        ("Targets", found.targets),
        ("Rules", found.rules),
        ("Gaps", found.gaps),
        ("Locked", found.locks),
    ):
        if any(part.values()):
            lines += ["", heading]
            for key, sign in SIGNS:
                for text in part.get(key, []):
                    lines += wrapped(text, f"  {sign} ")
    return lines[1:] if lines and not lines[0] else lines


def totals_of_day(plan: Plan, date: dt.date) -> list[str]:
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
            figure = f"{_figure(day.totals[nutrient]):>9} {unit:<5}"
            rows.append(f"  {nutrient_name(nutrient):<16}{figure} {' and '.join(sides)}{about}")
    return [f"{short_day(date)}: what its food gives, and the targets of food and supplements", *rows]


def wrapped(text: str, label: str = "") -> list[str]:
    """`text` after `label` in at most 80 columns, safe to print: a plan may come from anyone."""
    return textwrap.wrap(plain(text), WIDTH, initial_indent=label, subsequent_indent=" " * len(label))


def _meal(change: MealChange) -> Iterator[str]:
    date = change.after or change.before
    titles = [title for title in dict.fromkeys(map(plain, change.titles)) if title]
    named = f"{short_day(date) if date else ''} {change.meal}"
    yield ""
    yield from wrapped(f"{named}: {', now '.join(titles)}" if titles else named)
    if change.times[0] and change.times[1] and change.times[0] != change.times[1]:
        yield f"  ~ at {change.times[0]}, now at {change.times[1]}"
    for sign, texts in (("-", change.gone), ("+", change.come)):
        for text in texts:
            yield from wrapped(text, f"  {sign} ")
    for name, before, after in change.portions:
        yield from wrapped(f"{name}: {before}, now {after}", "  ~ ")


def _amounts(amounts: list[Amount], week: int) -> Iterator[str]:
    yield f"Week {week}: what food gives in a day (mean), and the change in the week"
    yield f"  {'':<17}{'before':>9} {'now':>9}  {'in the week':>12}  target now"
    for amount in amounts:
        before, after = amount.means
        totals = amount.totals
        change = f"{totals[1] - totals[0]:+,.0f}" if totals[0] is not None and totals[1] is not None else ""
        if change in ("+0", "-0") and totals[0] is not None and totals[1] is not None:
            change = f"{totals[1] - totals[0]:+.1f}"
        unit = unit_text(amount.unit)
        row = f"  {nutrient_name(amount.nutrient):<17}{_figure(before):>9} {_figure(after):>9} {change:>8} {unit:<5} "
        means = [text for text in amount.targets if "week's mean" in text] or amount.targets
        short = "; ".join(text.replace(" as the week's mean", "").replace(f" {unit}", "") for text in means)
        yield from textwrap.wrap(short or "-", WIDTH, initial_indent=row, subsequent_indent=" " * len(row))


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= MANY else f"{value:.1f}".rstrip("0").rstrip(".")
