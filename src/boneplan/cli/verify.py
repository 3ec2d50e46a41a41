"""`boneplan verify`: whether a plan holds, judged apart from what made it."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from boneplan.plan import Plan
from boneplan.plan_io import read_plan
from boneplan.verify import Breach, verify_plan


@click.command(name="verify", epilog="Example: boneplan verify boneplan-plan/plan.json")
@click.argument("plan_file", metavar="PLAN.json", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the breaches as JSON.")
@click.pass_context
def verify(context: click.Context, plan_file: Path, as_json: bool) -> None:
    """Checks a plan again, from the food and exercise tables alone.

    Adds up every amount and tests every bound, allergen, policy and session rule, with none of the planner's
    code. Exit status 0: the plan holds. 1: it does not, and every breach is listed. 2: it cannot be read.
    """
    plan = read_plan(plan_file)
    breaches = verify_plan(plan)
    click.echo(_as_json(plan, breaches) if as_json else _as_text(plan, breaches))
    context.exit(1 if breaches else 0)


def _as_json(plan: Plan, breaches: list[Breach]) -> str:
    return json.dumps(
        {"plan": plan.id, "holds": not breaches, "breaches": [dataclasses.asdict(b) for b in breaches]},
        indent=1,
    )


def _as_text(plan: Plan, breaches: list[Breach]) -> str:
    portions = sum(len(meal.items) for day in plan.menu.days for meal in day.meals)
    looked_at = (
        f"{_count(len(plan.menu.days), 'day')}, {_count(portions, 'portion')}, "
        f"{_count(len(plan.targets), 'target')}, {_count(len(plan.exercise.sessions), 'session')} checked"
    )
    verdict = f"{_count(len(breaches), 'breach')}" if breaches else "the plan holds"
    return "\n".join([*(_printable(str(breach)) for breach in breaches), f"{verdict} ({looked_at})"])


def _count(number: int, noun: str) -> str:
    plural = f"{noun}es" if noun.endswith("ch") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def _printable(text: str) -> str:
    """`text` on one line, with nothing in it that a terminal would obey: a plan may come from anyone."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
