"""`boneplan whatif`: what a week costs as a target or the budget moves."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boneplan.cli.complete import profile_files
from boneplan.cli.options import ANSWER_IS_NO, Date, rules_option, seed_option, time_limit_option
from boneplan.cli.own_foods import foods_option, own_foods
from boneplan.cli.pages import Page
from boneplan.cli.plan import coming_monday, rules_for
from boneplan.errors import InputError
from boneplan.profile_reader import load_example, load_profile

if TYPE_CHECKING:
    from boneplan.menu.case import MenuCase
    from boneplan.plan import Notice
    from boneplan.profile import Profile
    from boneplan.whatif.frontier import Frontier, Point
    from boneplan.whatif.vary import Vary

NAMED = 2  # foods that go, and that come, on the terminal
MEANING = (
    "least: what any such week costs at least; cost: of the menus found; within: how far that may be from the best; "
    "changed: servings a week that are not those of today's targets. One unit of cost is a food that people eat e "
    "(2.7) times less often than the usual one."
)


@click.command(
    name="whatif",
    cls=Page,
    exits={0: "some point is possible", 1: "none is, or the person's menus are refused"},
    examples=(
        "boneplan whatif --example --vary budget=8..14:2",
        "boneplan whatif anna.yaml --vary calcium=800..1600:100 --svg calcium.svg",
        "boneplan whatif anna.yaml --vary calcium=1000..1400:200 --vary budget=8..12:2",
    ),
)
@click.argument(
    "profile_file",
    metavar="[PROFILE]",
    required=False,
    type=click.Path(path_type=Path),
    shell_complete=profile_files,
)
@click.option("--example", is_flag=True, help="Ask for the built-in person instead of a profile.")
@click.option(
    "--vary",
    "varied",
    metavar="WHAT=A..B:STEP",
    multiple=True,
    required=True,
    help="What to move, once or twice: a nutrient (calcium, sodium.max), a rule's id, or budget; in its own unit.",
)
@click.option("--start", type=Date(), help="First day of the week; otherwise the coming Monday.")
@seed_option
@time_limit_option
@rules_option
@foods_option
@click.option(
    "--csv", "csv_file", metavar="FILE", type=click.Path(path_type=Path), help="Write the points as a table."
)
@click.option(
    "--svg", "svg_file", metavar="FILE", type=click.Path(path_type=Path), help="Write the points as a drawing."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
@click.pass_context
def whatif(
    context: click.Context,
    profile_file: Path | None,
    example: bool,
    varied: tuple[str, ...],
    start: dt.date | None,
    seed: int,
    time_limit: float,
    rules_file: Path | None,
    foods_path: Path | None,
    csv_file: Path | None,
    svg_file: Path | None,
    as_json: bool,
) -> None:
    """Moves a target or the budget step by step, and shows what each step costs.

    A figure takes the place of the week's mean that the nutrient has to bring (or keep to, with .max), and is kept
    without exception; limits of the day stay. Writes no plan; --csv and --svg write the points.
    """
    from boneplan.whatif.frontier import frontier
    from boneplan.whatif.vary import parse_varied, points

    if (profile_file is None) != example:
        raise InputError("PROFILE: give a profile file, or --example for the built-in person (one of the two)")
    profile = load_example() if profile_file is None else load_profile(profile_file)
    first = start or coming_monday(profile)
    own = own_foods(foods_path, profile_file).foods
    rules = rules_for(profile, rules_file, first, own) if rules_file else None
    from boneplan.rules.schema import Rules
    from boneplan.rules.targets import person_under, targets_under

    rules = rules or Rules()
    targets, profile = targets_under(profile, rules, first), person_under(profile, rules)
    asked = parse_varied(varied, targets)
    if refused := _refused(profile, first):
        from boneplan.cli.screen import screen

        for notice in refused:
            screen().line(f"{notice.text} ({notice.rule})")
        context.exit(ANSWER_IS_NO)
    from boneplan.menu.case import menu_case

    if any(vary.is_budget for vary in asked):
        profile, rules = _with_budget(profile, asked), rules.model_copy(update={"budget_per_day": None})
    case = menu_case(profile, targets, start=first, weeks=1, seed=seed, rules=rules, own=own)
    _must_fit(case)
    with _progress(len(points(asked)) + 1) as tell:
        found = frontier(case, asked, seconds=time_limit, progress=tell)
    written = _written(found, csv_file, svg_file)
    if as_json:
        click.echo(json.dumps(_document(found), indent=1, ensure_ascii=False))
    else:
        _print(found, written)
    context.exit(0 if any(point.cost is not None for point in found.points) else ANSWER_IS_NO)


def _refused(profile: Profile, start: dt.date) -> list[Notice]:
    """The notices that refuse this person's menus; none where menus are planned."""
    from boneplan.safety import closed, gates

    notices = gates(profile, start, start + dt.timedelta(days=6))
    return [notice for notice in notices if notice.level == "refuse"] if "menu" in closed(notices) else []


def _with_budget(profile: Profile, asked: list[Vary]) -> Profile:
    """The profile with the largest budget that is asked about."""
    most = max(value for vary in asked if vary.is_budget for value in vary.values)
    return profile.model_copy(update={"diet": profile.diet.model_copy(update={"budget_per_day": most})})


def _must_fit(case: MenuCase) -> None:
    if conflict := case.clock.conflict():
        raise InputError(f"meals: {conflict.text}")


def _written(found: Frontier, csv_file: Path | None, svg_file: Path | None) -> list[Path]:
    from boneplan.export.frontier import frontier_csv
    from boneplan.export.frontier_svg import frontier_svg
    from boneplan.plan_io import write_text_atomic

    written = []
    for path, made in ((csv_file, frontier_csv), (svg_file, frontier_svg)):
        if path is not None:
            write_text_atomic(path, made(found))
            written.append(path)
    return written


def _print(found: Frontier, written: Sequence[Path]) -> None:
    from boneplan.cli.screen import screen, tell_files
    from boneplan.export.frontier import status

    sheet = screen()
    heads = [*map(_head, found.varied), "least", "cost", "within", "USD/day", "changed"]
    rows = []
    for point in found.points:
        values = [f"{value:,g}" for value in point.values]
        if status(point) in ("impossible", "not found"):
            rows.append([*values, status(point)])
        else:
            within = f"{100 * (point.gap or 0):.1f} %"
            told = [f"{point.bound:.1f}", f"{point.cost:.1f}", within, f"{point.usd:.2f}", str(point.changed)]
            rows.append([*values, *told])
    sheet.table(heads, rows, numbers=range(len(heads)), indent=2)
    if any(notes := [list(_notes(point, found)) for point in found.points]):
        sheet.heading("What changes")
        for point, said in zip(found.points, notes, strict=True):
            if said:
                at = " and ".join(map(_at, found.varied, point.values))
                sheet.line(f"{at}: {'. '.join(text[0].upper() + text[1:] for text in said)}.", label="  • ")
    sheet.paragraph(MEANING)
    if written:
        sheet.blank()
        tell_files(sheet, written)


def _head(vary: Vary) -> str:
    if vary.nutrient is None:
        return "USD/day max"
    from boneplan.timing.words import UNITS, nutrient_name

    return f"{nutrient_name(vary.nutrient)[:9]} {UNITS.get(vary.unit, vary.unit)}"


def _at(vary: Vary, value: float) -> str:
    from boneplan.timing.words import UNITS, nutrient_name

    if vary.nutrient is None:
        return f"USD {value:,g} a day"
    return f"{nutrient_name(vary.nutrient)} {value:,g} {UNITS.get(vary.unit, vary.unit)}"


def _notes(point: Point, found: Frontier) -> Iterator[str]:
    """What is to be said of a point beside its figures."""
    from boneplan.export.sentences import OF_TIME
    from boneplan.timing.words import UNITS, listed, nutrient_name

    if point.conflict:
        yield f"cannot all hold: {'; '.join(point.said)}"
    if point.gaps:
        gaps = [
            f"{nutrient_name(gap.nutrient)} {gap.missing:.3g} {UNITS.get(gap.unit, gap.unit)} {OF_TIME[gap.period]}"
            for gap in point.gaps
        ]
        yield f"missing: {listed(gaps)}"
    for foods, verb in ((point.gone, "less"), (point.come, "more")):
        if foods:
            named = "; ".join(found.names.get(food, food) for food, _ in foods[:NAMED])
            yield f"{verb}: {named}"


def _document(found: Frontier) -> dict[str, object]:
    """The frontier as JSON: `varied` and, for each of the `points`, its `values` in their order."""
    from boneplan.export.frontier import status

    return {
        "varied": [
            {"name": v.name, "nutrient": v.nutrient, "side": v.side, "rule": v.rule, "unit": v.unit}
            for v in found.varied
        ],
        "points": [
            {
                "values": list(point.values),
                "status": status(point),
                "bound": point.bound,
                "cost": point.cost,
                "gap": point.gap,
                "usd_per_day": point.usd,
                "preference": point.preference,
                "gaps": [{"nutrient": g.nutrient, "missing": g.missing, "unit": g.unit} for g in point.gaps],
                "servings_changed": point.changed if point.cost is not None else None,
                "less_of": dict(point.gone),
                "more_of": dict(point.come),
                "conflict": list(point.conflict),
            }
            for point in found.points
        ],
    }


@contextmanager
def _progress(steps: int) -> Iterator[Callable[[], None]]:
    """Something that moves with every point, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("Solving"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("points", total=steps)
        yield lambda: bar.advance(task)
