"""`boneplan foods why`: why a food is not on a plan's menus, or which rules of a profile keep it out."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boneplan.cli.complete import foods, profile_or_plan_files
from boneplan.cli.pages import Page
from boneplan.errors import InputError
from boneplan.profile_reader import load_example, load_profile

if TYPE_CHECKING:
    from boneplan.explain.absent import AtMeal, Whereabouts
    from boneplan.plan import Plan
    from boneplan.profile import Profile

DAYS = 7


@click.command(
    name="why",
    cls=Page,
    exits={0: "no rule keeps it out", 1: "rules keep it out"},
    examples=(
        "boneplan foods why tofu boneplan-plan/plan.json",
        "boneplan foods why liver anna.yaml",
        "boneplan foods why milk --example",
    ),
)
@click.argument("food", shell_complete=foods)
@click.argument(
    "file",
    metavar="[PROFILE|PLAN.json]",
    required=False,
    type=click.Path(path_type=Path),
    shell_complete=profile_or_plan_files,
)
@click.option("--example", is_flag=True, help="Ask for the built-in person instead of a profile.")
@click.option(
    "--week",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Which week of a plan prices are of.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
@click.pass_context
def why(context: click.Context, food: str, file: Path | None, example: bool, week: int, as_json: bool) -> None:
    """Says why a food is not on a plan's menus, or which rules of a profile keep it out.

    For a plan: when the food is served, and for each meal whether a rule keeps it out, nobody in the survey ate it
    there, or other foods came first, and by how much. FOOD is an id, a whole name or an FNDDS code.
    """
    if (file is None) != example:
        raise InputError("PROFILE: give a profile or a plan, or --example for the built-in person (one of the two)")
    if file is not None and _is_plan(file):
        from boneplan.plan_io import read_plan

        plan = read_plan(file)
        found, name = _of_plan(food, plan, week)
        click.echo(_json(found, name)) if as_json else _print(_told(found, name, plan))
        context.exit(1 if found.kept_out else 0)
    profile = load_example() if file is None else load_profile(file)
    context.exit(_of_profile(food, profile, file, as_json))


def _is_plan(path: Path) -> bool:
    """Whether a file is a plan document, by how it begins: a profile is YAML without a brace."""
    try:
        with path.open("rb") as stream:
            return stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    except (OSError, ValueError):
        return False  # whoever reads it will say what is wrong


def _of_profile(food: str, profile: Profile, file: Path | None, as_json: bool) -> int:
    from boneplan.cli.food_rows import row_of
    from boneplan.cli.own_foods import table_with
    from boneplan.foods.eligible import exclusions
    from boneplan.foods.own.table import unknown_amounts
    from boneplan.targets import resolve_targets

    table = table_with(None, file)
    row = row_of(table, food)
    unknown = unknown_amounts(table, resolve_targets(profile, dt.date.today()))
    rules = [e for e in (*exclusions(table, profile), *unknown) if row["id"] in e.foods]
    group = "women" if profile.sex == "female" else "men"
    own = table.options[(table.options["food_id"] == row["id"]) & (table.options["group"] == group)]
    if as_json:
        document = {
            "food": row["id"],
            "name": row["name"],
            "kept_out": bool(rules),
            "rules": [{"rule": e.rule, "text": e.text, "meals": list(e.meals)} for e in rules],
            "eaten_at": list(own["meal"]),
        }
        click.echo(json.dumps(document, indent=1, ensure_ascii=False))
        return 1 if rules else 0
    said = [f"{row['name']}: left out: {exclusion.text} ({exclusion.rule})" for exclusion in rules]
    if not rules:
        meals = ", ".join(own["meal"])
        usual = f"people eat it at {meals}" if meals else f"no {group} of the survey ate it, so no menu holds it"
        said = [f"{row['name']}: no rule of the profile keeps it out; {usual}"]
    _print((0, line) for line in said)
    return 1 if rules else 0


def _of_plan(food: str, plan: Plan, week: int) -> tuple[Whereabouts, str]:
    from boneplan.cli.food_rows import row_of
    from boneplan.explain.absent import whereabouts
    from boneplan.menu.case import case_of

    weeks = len(plan.menu.days) // DAYS
    if week > max(1, weeks):
        raise InputError(f"--week: {week} is beyond the plan, which has {weeks} week{'s' if weeks > 1 else ''}")
    case = case_of(plan)
    row = row_of(case.table, food)
    return whereabouts(case, plan, str(row["id"]), week - 1), str(row["name"])


def _told(found: Whereabouts, name: str, plan: Plan) -> Iterator[tuple[int, str]]:
    from boneplan.export.portions import portion_text
    from boneplan.export.words import measures_of, short_day

    if found.served:
        measures = measures_of(plan)
        times = [f"{short_day(date)} {meal}, {portion_text(item, measures)}" for date, meal, item in found.served]
        yield 0, f"{name} is on the menus: {'; '.join(times)}."
    else:
        verdict = "is not on the menus, though it could be" if found.may_stand else "cannot be on the menus"
        yield 0, f"{name} {verdict}."
    answers: dict[str, list[str]] = {}
    for at in found.at:
        answers.setdefault(_at(at), []).append(at.meal)
    for answer, meals in answers.items():
        yield 2, f"{', '.join(meals)}: {answer}"


def _at(at: AtMeal) -> str:
    if at.state == "kept out":
        rules = [f"{said.text} ({'; '.join(filter(None, (said.rule, said.source)))})" for said in at.rules]
        return f"kept out: {'; '.join(rules)}"
    if at.state == "never eaten":
        return "people of the survey do not eat it then"
    if at.state == "no kind of meal":
        return "it has no part in any kind of meal that is built then"
    if at.state == "no portion":
        if at.over:
            return f"every portion that people eat then breaks a limit by itself: {'; '.join(at.over)}"
        return "no portion that people eat then fits its part in a meal and a household measure"
    if at.times_as_usual is None:
        return "no rule keeps it out"
    if not at.priced_out:
        return "as good as what stands there: the best weeks of these rules hold it too"
    if at.with_one is None:
        return "other foods come first, and no week of these rules holds a whole serving of it"
    return (
        f"other foods come first: it would have to be {_times(at.times_as_usual)} times as usual. "
        f"A week with one serving costs {at.with_one:.1f} more"
    )


def _times(times: float) -> str:
    return f"{times:,.0f}" if times >= 10 else f"{times:.1f}"


def _json(found: Whereabouts, name: str) -> str:
    meals: list[dict[str, Any]] = []
    for at in found.at:
        numbers = {"reduced_cost": at.priced_out, "times_as_usual": at.times_as_usual, "cost_of_one": at.with_one}
        meals.append(
            {
                "meal": at.meal,
                "state": at.state,
                "rules": [said.model_dump(mode="json") for said in at.rules],
                "over": list(at.over),
                **{key: None if number is None else round(number, 6) for key, number in numbers.items()},
            }
        )
    served = [{"date": str(date), "meal": meal, "measure": item.measure} for date, meal, item in found.served]
    return json.dumps(
        {"food": found.food, "name": name, "kept_out": found.kept_out, "served": served, "meals": meals},
        indent=1,
        ensure_ascii=False,
    )


def _print(lines: Iterable[tuple[int, str]]) -> None:
    from boneplan.cli.screen import screen

    sheet = screen()
    for indent, line in lines:
        sheet.line(line, indent=indent, hang=2)
