"""`boneplan why`: a rule with its source, and what it did to a plan."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boneplan.cli.complete import USUAL_PLAN, plan_files, rule_ids
from boneplan.cli.pages import Page
from boneplan.errors import InputError

if TYPE_CHECKING:
    from boneplan.plan import Plan
    from boneplan.rulebook.effect import Effect
    from boneplan.rulebook.entry import Entry

LABEL = 11


@click.command(
    name="why",
    cls=Page,
    exits={0: "shown"},
    examples=(
        "boneplan why --list",
        "boneplan why calcium/rda",
        "boneplan why nutrition/calcium/rda boneplan-plan/plan.json",
    ),
)
@click.argument("rule", required=False, shell_complete=rule_ids)
@click.argument(
    "plan_file",
    metavar="[PLAN.json]",
    required=False,
    type=click.Path(path_type=Path),
    shell_complete=plan_files,
)
@click.option("--list", "as_list", is_flag=True, help="List every rule with its id; in a pipe one line each.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def why(rule: str | None, plan_file: Path | None, as_list: bool, as_json: bool) -> None:
    """Shows a rule with its source, and what it did to a plan.

    RULE is an id as plans and notices give it, or the end of one where only one rule ends so. Without PLAN.json the
    plan in ./boneplan-plan is looked at, if there is one. Nothing is written.
    """
    from boneplan.rulebook.book import rule_entries
    from boneplan.rulebook.find import find
    from boneplan.rulebook.own import named_in, own_rules
    from boneplan.rulebook.places import places

    if as_list == (rule is not None):
        raise InputError("RULE: name a rule, or give --list for all of them (one of the two)")
    own = own_rules()
    if rule is None:
        briefs = {**{key: rule_entries(key)[0].brief for key in places()}, **own}
        click.echo(json.dumps(briefs, indent=1, ensure_ascii=False)) if as_json else _list(briefs)
        return
    plan = _plan(plan_file)
    if plan is not None:
        own = {**named_in(plan), **own}
    found = find(rule, {**dict.fromkeys(places()), **own})
    rows = rule_entries(found)
    text = own.get(found, "")
    done, nothing = _effects(found, rows, plan) if plan else ([], "")
    if as_json:
        document = _document(found, rows, text, plan, done, nothing)
        click.echo(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        _print(found, rows, text, plan, done, nothing)


def _plan(path: Path | None) -> Plan | None:
    """The plan to look at: the one named, else the usual one where there is one."""
    from boneplan.plan_io import read_plan

    if path is None and not USUAL_PLAN.is_file():
        return None
    return read_plan(path or USUAL_PLAN)


def _effects(rule: str, rows: Sequence[Entry], plan: Plan) -> tuple[list[Effect], str]:
    """What the rule did to the plan, or else why it did nothing."""
    from boneplan.profile_reader import check_profile
    from boneplan.rulebook.effects import effects
    from boneplan.rulebook.reach import why_nothing

    profile = check_profile(plan.profile, "the plan's profile")
    done = effects(rule, rows, plan, profile)
    return done, "" if done else why_nothing(rows, profile, plan.start)


def _document(
    rule: str, rows: Sequence[Entry], text: str, plan: Plan | None, done: Sequence[Effect], nothing: str
) -> dict[str, Any]:
    kept = ("file", "text", "whom", "firm", "sources", "basis", "mark", "note", "about")
    return {
        "schema": "boneplan.why/1",
        "rule": rule,
        "text": rows[0].brief if rows else text,
        "rows": [
            {**{key: getattr(row, key) for key in kept}, "figures": [dataclasses.asdict(f) for f in row.figures]}
            for row in rows
        ],
        "plan": plan.id if plan else None,
        "effects": [dataclasses.asdict(effect) for effect in done],
        "nothing": nothing,
    }


def _list(briefs: dict[str, str]) -> None:
    """Every rule and what it says; in a file or a pipe on one line, cut by nothing, since lists are searched."""
    if not sys.stdout.isatty():
        for rule, brief in briefs.items():
            click.echo(f"{rule}: {_printable(brief)}")
        return
    from boneplan.cli.screen import screen

    sheet = screen()
    for rule, brief in briefs.items():
        sheet.line(_printable(rule), style="bold")
        sheet.line(_printable(brief), indent=4)


def _page(rule: str, rows: Sequence[Entry], text: str) -> Iterator[tuple[str, str]]:
    """What is to be said of a rule, as (label, text); an empty pair begins another of its rows."""
    if not rows:
        yield "", ""
        yield "says", text or "a rule that this plan names"
        yield "source", f"the {'rules file' if rule.startswith('rules/') else 'profile'}, not a guideline"
    for row in rows:
        yield "", ""
        if row.text:
            yield "says", row.text
        yield "for", row.whom
        for shown in row.figures:
            yield "", f"{shown.whom}: {shown.text}" if shown.whom else shown.text
        if row.firm:
            yield "how firm", row.firm
        for number, source in enumerate(row.sources):
            yield "" if number else "source", source
        yield "basis", row.mark
        if row.note:
            yield "note", row.note
        if row.about:
            yield "about", row.about
        yield "file", f"guidelines/{row.file}"


def _print(
    rule: str, rows: Sequence[Entry], text: str, plan: Plan | None, done: Sequence[Effect], nothing: str
) -> None:
    from boneplan.cli.screen import screen

    sheet = screen()
    sheet.line(_printable(rule), style="bold")
    for label, said in _page(rule, rows, text):
        if label or said:
            sheet.line(_printable(said), label=f"  {label:<{LABEL}}")
        else:
            sheet.blank()
    if plan is None:
        return
    sheet.heading(f"In the plan from {plan.start} ({plan.weeks} {'weeks' if plan.weeks > 1 else 'week'})")
    for effect in done:
        sheet.line(_printable(effect.text), label=f"  {effect.part:<{LABEL}}")
    if nothing:
        sheet.line(_printable(nothing), indent=2)


def _printable(text: str) -> str:
    """`text` on one line, with nothing in it that a terminal would obey: a plan may come from anyone."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split()))
