"""`boneplan targets`: every bound on the menus and weeks of a person, with its rule and its source."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boneplan.cli.complete import profile_files, rules_files
from boneplan.cli.pages import Page

if TYPE_CHECKING:
    from boneplan.export.sheet import Sheet
    from boneplan.plan import Notice, Risk, SupplementTaken, Target
    from boneplan.profile import Profile
    from boneplan.rulebook.week_asked import Asked

NO = 1  # exit status: the answer is no
PERIODS = {"day": "each day", "week_mean": "week's mean", "meal": "each meal"}
UNITS = {"ug": "µg"}
MARKS = {
    "published": "",
    "rules": "",
    "consensus-unverified": " [not checked at its source]",
    "project": " [boneplan's own]",
}


@click.command(
    name="targets",
    cls=Page,
    short_help="Shows every bound with its rule and its source.",
    exits={0: "shown", 1: "a gate refuses the plan"},
    examples=(
        "boneplan targets --example",
        "boneplan targets anna.yaml --on 2026-11-23 --rules rules.yaml",
    ),
)
@click.argument("profile", type=click.Path(path_type=Path), required=False, shell_complete=profile_files)
@click.option("--example", is_flag=True, help="Take the built-in person; no file is needed.")
@click.option("--on", metavar="DATE", help="The day to go by, such as 2026-11-23 (age counts). Default: today.")
@click.option(
    "--rules",
    "rules_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    shell_complete=rules_files,
    help="A dietitian's own rules as well.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def targets(profile: Path | None, example: bool, on: str | None, rules_file: Path | None, as_json: bool) -> None:
    """Shows every bound on the menus of PROFILE and what its weeks of exercise ask, with rules and sources.

    Hard bounds are kept without exception. What food cannot reach of a soft minimum becomes a gap. `boneplan why`
    shows any of the rules in full. Nothing is written.
    """
    from boneplan.avoid import avoid_notices
    from boneplan.errors import InputError
    from boneplan.medicines import medicine_notices
    from boneplan.profile_reader import load_example, load_profile
    from boneplan.risk import risk_of
    from boneplan.rulebook.week_asked import week_asked
    from boneplan.rules.notices import rule_notices
    from boneplan.rules.schema import Rules
    from boneplan.rules.targets import person_under, targets_under
    from boneplan.safety import gates
    from boneplan.supplements import declared_supplements

    if (profile is None) == (not example):
        raise InputError("name a profile file, or give --example for the built-in person (one of the two)")
    day = _day(on)
    person = load_example() if profile is None else load_profile(profile)
    rules = Rules()
    if rules_file:
        from boneplan.cli.own_foods import own_foods
        from boneplan.cli.plan import rules_for

        rules = rules_for(person, rules_file, day, own_foods(None, profile).foods)
    notices = [
        *gates(person_under(person, rules), day),
        *avoid_notices(person, day),
        *medicine_notices(person, day),
        *rule_notices(person, rules, day),
    ]
    refused = any(n.level == "refuse" and n.scope == "plan" for n in notices)
    resolved = targets_under(person, rules, day)
    supplements = declared_supplements(person)
    # Who has no bounds is too young for everything else here as well.
    risk = risk_of(person, day) if resolved else None
    asked = week_asked(person, day) if resolved else []
    if as_json:
        document = {
            "schema": "boneplan.targets/1",
            "on": day.isoformat(),
            "risk": risk.model_dump(mode="json") if risk else None,
            "targets": [{**target.model_dump(mode="json"), "fixed": _is_fixed(target)} for target in resolved],
            "exercise": [dataclasses.asdict(rule) for rule in asked],
            "supplements": [supplement.model_dump(mode="json") for supplement in supplements],
            "notices": [notice.model_dump(mode="json") for notice in notices],
        }
        click.echo(json.dumps(document, indent=1))
    else:
        _print(person, day, risk, resolved, asked, supplements, notices)
    if refused:
        click.get_current_context().exit(NO)


def _day(text: str | None) -> dt.date:
    from boneplan.errors import InputError
    from boneplan.yaml_reader import shown

    if text is None:
        return dt.date.today()
    try:
        if len(text) != len("2026-11-23"):
            raise ValueError
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--on: {shown(text)} is no date: write it as year-month-day, such as 2026-11-23") from None


def _print(
    person: Profile,
    day: dt.date,
    risk: Risk | None,
    found: list[Target],
    asked: list[Asked],
    supplements: list[SupplementTaken],
    notices: list[Notice],
) -> None:
    from boneplan.cli.screen import screen
    from boneplan.yaml_reader import escaped

    sheet = screen()
    who = escaped(person.name) or "this person"
    person_facts = f"{person.sex}, {person.age_on(day)} years, {person.weight_kg:g} kg"
    sheet.line(f"Targets for {who} ({person_facts}) on {day}", style="bold")
    sheet.line("hard: kept without exception; soft: aimed at, and what is missing becomes a gap")
    sheet.line("fixed: no rules file loosens it")
    if risk:
        sheet.blank()
        because = f"{risk.title} ({risk.rule}): {'; '.join(risk.because)}"
        sheet.line(f"Tier of fracture risk: {because}", hang=2)
    order = list(dict.fromkeys(target.nutrient for target in found))
    together = sorted(found, key=lambda target: order.index(target.nutrient))
    for nutrient, of_one in groupby(together, key=lambda target: target.nutrient):
        sheet.heading(nutrient.replace("_", " "))
        for target in of_one:
            _target(sheet, target)
    if asked:
        sheet.heading("exercise, a week")
        for rule in asked:
            sheet.line(rule.text, indent=2, hang=2)
            sheet.line(f"{_amount(rule)}{'hard' if rule.hard else 'soft'}  {rule.rule}", indent=4)
            sheet.line(f"{rule.source}{_mark(rule)}", indent=6)
    if supplements:
        sheet.heading("Declared supplements, counted with the food")
        for taken in supplements:
            name, unit = taken.nutrient.replace("_", " "), UNITS.get(taken.unit, taken.unit)
            sheet.line(f"{name}: {taken.amount:g} {unit} a day", indent=2)
    for notice in notices:
        sheet.blank()
        sheet.line(f"{notice.level}: {notice.text}")
        sheet.line(f"{notice.rule}: {notice.source}{_mark(notice)}", indent=6)


def _target(sheet: Sheet, target: Target) -> None:
    bound, word = (target.min, "at least") if target.min is not None else (target.max, "at most")
    amount = f"{bound:,g} {UNITS.get(target.unit, target.unit)}"
    strength = "hard" if target.hard else "soft"
    # Columns of one width for all nutrients, which are tables of their own to rich.
    sheet.line(target.rule, label=f"  {PERIODS[target.period]:<12} {word:<8} {amount:>12}  {strength}  ")
    for said in (*_more(target), f"{target.source}{_mark(target)}{' [fixed]' if _is_fixed(target) else ''}"):
        sheet.line(said, indent=6)


def _more(target: Target) -> Iterator[str]:
    """What a rules file says of a target beside its figure."""
    if target.meals:
        yield f"at {' and '.join(target.meals)}"
    if target.weight != 1:
        yield f"weight {target.weight:g} against the other soft targets"
    if target.instead_of:
        yield f"instead of {target.instead_of}"


def _is_fixed(target: Target) -> bool:
    from boneplan.guidelines import fixed_rules

    return target.rule in fixed_rules()


def _amount(rule: Asked) -> str:
    return "" if rule.value is None else f"{rule.value:g} {rule.unit}  "


def _mark(row: Target | Notice | Asked) -> str:
    return MARKS[row.basis]
