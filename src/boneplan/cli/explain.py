"""`boneplan explain`: which bounds of a plan bind, what each costs, and which foods carry each nutrient."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boneplan.cli.complete import plan_files
from boneplan.cli.options import ANSWER_IS_NO
from boneplan.cli.pages import Page
from boneplan.errors import InputError
from boneplan.plan_io import read_plan

if TYPE_CHECKING:
    from boneplan.explain.week import Explained
    from boneplan.plan import Plan

DAYS = 7


@click.command(
    name="explain",
    cls=Page,
    exits={0: "explained", 1: "the plan has no menus: the answer says why"},
    examples=(
        "boneplan explain boneplan-plan/plan.json",
        "boneplan explain boneplan-plan/plan.json --week 2 --json",
    ),
)
@click.argument("plan_file", metavar="PLAN.json", type=click.Path(path_type=Path), shell_complete=plan_files)
@click.option(
    "--week", metavar="N", type=click.IntRange(min=1), default=1, show_default=True, help="Which week of the plan."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
@click.pass_context
def explain(context: click.Context, plan_file: Path, week: int, as_json: bool) -> None:
    """Shows which bounds of a plan bind, what each costs, and which foods carry each nutrient.

    Every price is checked by solving the week again with the bound a step stricter. Of a plan without menus it
    shows the conflict and the changes that end it, or why the plan was refused. Nothing is written.
    """
    plan = read_plan(plan_file)
    if not plan.menu.days:
        click.echo(_no_menus_json(plan)) if as_json else _print(_no_menus(plan))
        context.exit(ANSWER_IS_NO)
    weeks = len(plan.menu.days) // DAYS
    if week > weeks:
        raise InputError(f"--week: {week} is beyond the plan, which has {weeks} week{'s' if weeks > 1 else ''}")
    from boneplan.explain.week import explain_week

    found = explain_week(plan, week - 1)
    if as_json:
        from boneplan.explain.document import document

        click.echo(json.dumps(document(found, plan.id), indent=1, ensure_ascii=False))
        return
    _print(_told(found))


def _told(found: Explained) -> Iterator[tuple[int, str]]:
    """(indent, line) of all that there is to say; an indent of 0 begins a paragraph."""
    from boneplan.explain import words

    names = found.names
    gap = (found.cost - found.bound) / max(abs(found.bound), 1e-9)
    yield (
        0,
        (
            f"Week {found.week + 1}: its menus cost {found.cost:.1f}, at most {100 * gap:.1f} % above the least "
            f"that any week could. {words.COST_UNIT} Prices below are measured from the best week of these "
            f"rules, {found.best:.1f}, in which servings may be parts of one."
        ),
    )
    binding = [standing for standing in found.standings if standing.binds and not standing.same_as]
    yield 0, "WHAT BINDS, AND WHAT IT COSTS"
    for standing in sorted(binding, key=lambda s: -(s.price.without if s.price else 0.0)):
        yield 0, words.title(standing)
        said = [words.reached(standing), *words.priced(standing, found.best, names)]
        for line in said:
            yield 2, line
    for rule in found.counted:
        first, *rest = words.counted(rule, found.best, names)
        yield 0, first
        for line in rest:
            yield 2, line
    if not binding and not found.counted:
        yield 2, "Nothing: the best week of this person keeps every bound by itself."
    yield 0, "WHAT DOES NOT BIND"
    for standing in found.standings:
        if standing not in binding:
            yield 2, f"{standing.text}: {words.slack(standing)}"
    yield 0, "WHICH FOODS CARRY IT, A DAY"
    for nutrient, foods in words.carried(found, names):
        yield 2, f"{nutrient}: {foods}"


def _no_menus(plan: Plan) -> Iterator[tuple[int, str]]:
    refused = [notice for notice in plan.notices if notice.level == "refuse"]
    conflicts = [conflict for conflict in plan.conflicts if conflict.part == "menu"]
    for conflict in conflicts:
        yield 0, "These cannot all hold:" if conflict.members else conflict.text
        for member in conflict.members:
            yield 2, f"{member.text} ({'; '.join(filter(None, (member.rule, member.source)))})"
        changes = [change.text for change in conflict.changes] or conflict.relaxations
        yield (
            0,
            "What would end it, the smallest change first:" if changes else "No single change was found to end it.",
        )
        for text in changes:
            yield 2, text
    if not conflicts:
        yield 0, "The plan was refused:" if refused else "The plan holds no menus."
        for notice in refused:
            yield 2, f"{notice.text} ({'; '.join(filter(None, (notice.rule, notice.source)))})"


def _no_menus_json(plan: Plan) -> str:
    refused = [n.model_dump(mode="json") for n in plan.notices if n.level == "refuse"]
    conflicts = [c.model_dump(mode="json") for c in plan.conflicts if c.part == "menu"]
    return json.dumps(
        {"plan": plan.id, "status": plan.status, "conflicts": conflicts, "refused": refused},
        indent=1,
        ensure_ascii=False,
    )


def _print(lines: Iterator[tuple[int, str]]) -> None:
    """The lines, a blank line before each paragraph."""
    from boneplan.cli.screen import screen

    sheet = screen()
    for number, (indent, line) in enumerate(lines):
        if indent == 0 and number:
            sheet.blank()
        sheet.line(line, indent=indent, hang=indent, style="bold" if line.isupper() else "")
