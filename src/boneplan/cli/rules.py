"""`boneplan rules`: what a dietitian's rules change for a person, before anything is planned."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boneplan.cli.complete import profile_files, rules_files
from boneplan.cli.options import Date, weeks_option
from boneplan.cli.own_foods import foods_option, own_foods
from boneplan.cli.pages import Page, Pages
from boneplan.cli.plan import coming_monday
from boneplan.errors import InputError
from boneplan.profile_reader import load_example, load_profile

if TYPE_CHECKING:
    from boneplan.menu.clash import Clash
    from boneplan.plan import Notice
    from boneplan.profile import Profile
    from boneplan.rules.check import Told

NO = 1  # exit status: the answer is no


@click.group(
    name="rules",
    cls=Pages,
    exits={0: "told", 1: "the answer is no"},
    examples=("boneplan rules check rules.yaml anna.yaml",),
)
def rules() -> None:
    """Shows what a dietitian's rules change for a person.

    A rules file moves targets, requires, limits and bans foods; `boneplan plan --rules` plans by it. Nothing is
    written here.
    """


@rules.command(
    name="check",
    cls=Page,
    exits={0: "read and told", 1: "the rules contradict what has to hold, seen without a solve"},
    examples=(
        "boneplan rules check rules.yaml anna.yaml",
        "boneplan rules check rules.yaml --example --weeks 2 --json",
    ),
)
@click.argument("rules_file", metavar="RULES", type=click.Path(path_type=Path), shell_complete=rules_files)
@click.argument(
    "profile_file",
    metavar="[PROFILE]",
    required=False,
    type=click.Path(path_type=Path),
    shell_complete=profile_files,
)
@click.option("--example", is_flag=True, help="Take the built-in person instead of a profile.")
@click.option("--start", type=Date(), metavar="DATE", help="First day of the plan. Default: the coming Monday.")
@weeks_option
@foods_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
@click.pass_context
def check(
    context: click.Context,
    rules_file: Path,
    profile_file: Path | None,
    example: bool,
    start: dt.date | None,
    weeks: int,
    foods_path: Path | None,
    as_json: bool,
) -> None:
    """Says what each line of RULES changes for the person in PROFILE, before anything is solved.

    Tells of each rule what was asked and what is asked now, how many foods fit, and on which dates a pin falls.
    """
    from boneplan.foods.own.table import with_own
    from boneplan.foods.table import load_foods
    from boneplan.menu.clash import clashes
    from boneplan.rules.check import check_of, told
    from boneplan.rules.notices import rule_notices
    from boneplan.rules.person import check_for
    from boneplan.rules.reader import load_rules

    if (profile_file is None) != example:
        raise InputError("PROFILE: give a profile file, or --example for the built-in person (one of the two)")
    person = load_example() if profile_file is None else load_profile(profile_file)
    first = start or coming_monday(person)
    own = own_foods(foods_path, profile_file).foods
    asked = load_rules(rules_file, with_own(load_foods(), own))
    if not check_for(person, asked, str(rules_file), first, own):
        raise InputError(f"{profile_file}: birth_date: boneplan has no targets for children: check the year")
    checked = check_of(person, asked, first, weeks, own)
    lines, notices = told(checked, person), rule_notices(person, asked, first)
    case = checked.case
    wanted = [count for count in case.counts_in(0) if count.least]
    against = clashes(case.targets, case.bounds(), wanted, case.excluded)
    if as_json:
        document = {
            "schema": "boneplan.rules.schema-check/1",
            "start": first.isoformat(),
            "rules": [dataclasses.asdict(line) for line in lines],
            "notices": [notice.model_dump(mode="json") for notice in notices],
            "clashes": [dataclasses.asdict(clash) for clash in against],
        }
        click.echo(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        _print(rules_file, person, first, lines, notices, against)
    if against:
        context.exit(NO)


def _print(
    file: Path,
    person: Profile,
    start: dt.date,
    lines: Sequence[Told],
    notices: Sequence[Notice],
    against: Sequence[Clash],
) -> None:
    from boneplan.cli.screen import screen
    from boneplan.yaml_reader import escaped

    sheet = screen()
    who = escaped(person.name) or "this person"
    sheet.line(f"{escaped(str(file))} for {who}, from {start}", hang=2, style="bold")
    for line in lines:
        sheet.blank()
        sheet.line(f"{line.text[0].upper()}{line.text[1:]}  [{line.rule}]", hang=2)
        for change in line.changes:
            sheet.line(change, indent=2, hang=2)
    if not lines:
        sheet.line("It holds no rules: nothing changes.")
    for notice in notices:
        if notice.level == "warn":
            sheet.blank()
            sheet.line(f"{notice.level}: {notice.text}", hang=2)
    for clash in against:
        sheet.blank()
        sheet.line(f"No plan: {clash.text}", hang=2)
