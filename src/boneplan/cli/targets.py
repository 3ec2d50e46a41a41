"""`boneplan targets`: every bound on the menus and weeks of a person, with its rule and its source."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import textwrap
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from boneplan.plan import Notice, Risk, SupplementTaken, Target
    from boneplan.profile import Profile
    from boneplan.rulebook.week_asked import Asked

WIDTH = 80
NO = 1  # exit status: the answer is no
PERIODS = {"day": "each day", "week_mean": "week's mean", "meal": "each meal"}
UNITS = {"ug": "µg"}
MARKS = {
    "published": "",
    "rules": "",
    "consensus-unverified": " [not checked at its source]",
    "project": " [boneplan's own]",
}


@click.command(short_help="Shows every bound with its rule and its source.")
@click.argument("profile", type=click.Path(path_type=Path), required=False)
@click.option("--example", is_flag=True, help="Take the built-in person; no file is needed.")
@click.option("--on", metavar="DATE", help="The day to go by, such as 2026-11-23 (age counts). Default: today.")
@click.option(
    "--rules", "rules_file", metavar="FILE", type=click.Path(path_type=Path), help="A dietitian's own rules as well."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def targets(profile: Path | None, example: bool, on: str | None, rules_file: Path | None, as_json: bool) -> None:
    """Shows every bound on the menus of PROFILE and what its weeks of exercise ask, with rules and sources.

    Hard bounds are kept without exception. What food cannot reach of a soft minimum becomes a gap. `boneplan why`
    shows any of the rules in full.
    """
    from boneplan.avoid import avoid_notices
    from boneplan.errors import InputError
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
        click.echo("\n".join(_page(person, day, risk, resolved, asked, supplements, notices)))
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


def _page(
    person: Profile,
    day: dt.date,
    risk: Risk | None,
    found: list[Target],
    asked: list[Asked],
    supplements: list[SupplementTaken],
    notices: list[Notice],
) -> Iterator[str]:
    from boneplan.yaml_reader import escaped

    who = escaped(person.name) or "this person"
    person_facts = f"{person.sex}, {person.age_on(day)} years, {person.weight_kg:g} kg"
    yield from textwrap.wrap(f"Targets for {who} ({person_facts}) on {day}", WIDTH)
    yield "hard: kept without exception; soft: aimed at, and what is missing becomes a gap"
    yield "fixed: no rules file loosens it"
    if risk:
        yield ""
        because = f"{risk.title} ({risk.rule}): {'; '.join(risk.because)}"
        yield from textwrap.wrap(f"Tier of fracture risk: {because}", WIDTH, subsequent_indent="  ")
    order = list(dict.fromkeys(target.nutrient for target in found))
    together = sorted(found, key=lambda target: order.index(target.nutrient))
    for nutrient, of_one in groupby(together, key=lambda target: target.nutrient):
        yield ""
        yield nutrient.replace("_", " ")
        for target in of_one:
            yield from _lines(target)
    if asked:
        yield ""
        yield "exercise, a week"
        for rule in asked:
            yield from textwrap.wrap(rule.text, WIDTH, initial_indent="  ", subsequent_indent="    ")
            yield f"    {_amount(rule)}{'hard' if rule.hard else 'soft'}  {rule.rule}"
            yield from _indented(f"{rule.source}{_mark(rule)}")
    if supplements:
        yield ""
        yield "Declared supplements, counted with the food"
        yield from (
            f"  {s.nutrient.replace('_', ' ')}: {s.amount:g} {UNITS.get(s.unit, s.unit)} a day" for s in supplements
        )
    for notice in notices:
        yield ""
        yield from textwrap.wrap(f"{notice.level}: {notice.text}", WIDTH)
        yield from _indented(f"{notice.rule}: {notice.source}{_mark(notice)}")


def _lines(target: Target) -> Iterator[str]:
    bound, word = (target.min, "at least") if target.min is not None else (target.max, "at most")
    amount = f"{bound:,g} {UNITS.get(target.unit, target.unit)}"
    strength = "hard" if target.hard else "soft"
    yield f"  {PERIODS[target.period]:<12} {word:<8} {amount:>12}  {strength}  {target.rule}"
    for said in _more(target):
        yield from _indented(said)
    yield from _indented(f"{target.source}{_mark(target)}{' [fixed]' if _is_fixed(target) else ''}")


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


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6)


def _mark(row: Target | Notice | Asked) -> str:
    return MARKS[row.basis]
