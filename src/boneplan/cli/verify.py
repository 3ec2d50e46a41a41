"""`boneplan verify`: whether a plan holds, judged apart from what made it."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from boneplan.cli.complete import plan_files
from boneplan.cli.pages import Page
from boneplan.plan import Plan
from boneplan.plan_io import read_plan
from boneplan.verify import Breach, verify_plan


@click.command(
    name="verify",
    cls=Page,
    exits={0: "the plan holds", 1: "it does not, and every breach is listed"},
    examples=(
        "boneplan verify boneplan-plan/plan.json",
        "boneplan verify boneplan-plan/plan.json --json",
    ),
)
@click.argument("plan_file", metavar="PLAN.json", type=click.Path(path_type=Path), shell_complete=plan_files)
@click.option("--json", "as_json", is_flag=True, help="Print the breaches as JSON.")
@click.pass_context
def verify(context: click.Context, plan_file: Path, as_json: bool) -> None:
    """Checks a plan again, from the food and exercise tables alone.

    Adds up every amount and tests every bound, allergen, policy and session rule, with none of the planner's
    code. Nothing is written.
    """
    plan = read_plan(plan_file)
    breaches = verify_plan(plan)
    click.echo(_as_json(plan, breaches)) if as_json else _print(plan, breaches)
    context.exit(1 if breaches else 0)


def _as_json(plan: Plan, breaches: list[Breach]) -> str:
    return json.dumps(
        {"plan": plan.id, "holds": not breaches, "breaches": [dataclasses.asdict(b) for b in breaches]},
        indent=1,
    )


def _print(plan: Plan, breaches: list[Breach]) -> None:
    from boneplan.cli.screen import screen

    sheet = screen()
    portions = sum(len(meal.items) for day in plan.menu.days for meal in day.meals)
    looked_at = (
        f"{_count(len(plan.menu.days), 'day')}, {_count(portions, 'portion')}, "
        f"{_count(len(plan.targets), 'target')}, {_count(len(plan.exercise.sessions), 'session')} checked"
    )
    verdict = f"{_count(len(breaches), 'breach')}" if breaches else "the plan holds"
    for breach in breaches:
        sheet.line(_printable(str(breach)), hang=2)
    sheet.line(f"{verdict} ({looked_at})")
    if breaches:
        sheet.line("Do not follow this plan: make it again with boneplan plan.")


def _count(number: int, noun: str) -> str:
    plural = f"{noun}es" if noun.endswith("ch") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def _printable(text: str) -> str:
    """`text` on one line, with nothing in it that a terminal would obey: a plan may come from anyone."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
