"""What the shell offers while a command line is typed: files, days, foods, rules, exercises and sessions.

Nothing here may write, print or raise: whatever cannot be read offers nothing. The tables are read as plain text and
plans as plain JSON, since a shell asks with every stroke of the tab key. A plan may come from anyone, and shells put
what they are offered into the line as it is: only what means nothing to a shell is offered.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from boneplan.data import data_folder

USUAL_PLAN = Path("boneplan-plan") / "plan.json"
MAX_BYTES = 8 * 2**20  # of a plan that is looked into
MOST = 200  # offers at a time: more than anyone reads
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

HARMLESS = re.compile(r"[\w./][\w./,:@%+=-]*")
"""Words that a shell takes as they are; a file name with a space is left to the shell's own completion."""

Offer = tuple[str, str]
"""A value and what stands beside it in shells that show it."""
Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _quiet(offers: Callable[[click.Context, str], Iterable[Offer]]) -> Completer:
    """The completion of a parameter from what `offers` (context, typed so far) gives; nothing where it fails."""

    @wraps(offers)
    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
        try:
            every = dict(offers(ctx, incomplete))
            found = [word for word in every if word.startswith(incomplete) and HARMLESS.fullmatch(word)]
            told = {word: every[word] for word in found[:MOST]}
        except Exception:
            return []
        return [CompletionItem(word, help=text if text.isprintable() else None) for word, text in told.items()]

    return complete


def _files(*endings: str, inside: str = "") -> Completer:
    """The completion of a file name: files of these endings, and those called `inside` one folder deeper.

    Where there is none the shell offers all files, so that other folders can be reached.
    """

    def found(ctx: click.Context, incomplete: str) -> Iterator[Offer]:  # noqa: ARG001 - as all offers
        folder = incomplete.rpartition("/")[0]
        prefix = f"{folder}/" if "/" in incomplete else ""
        for entry in sorted(Path(prefix or ".").iterdir()):
            if entry.is_file() and entry.name.endswith(endings) and not entry.name.endswith(".log.json"):
                yield f"{prefix}{entry.name}", ""
            elif inside and (entry / inside).is_file():
                yield f"{prefix}{entry.name}/{inside}", ""

    offers = _quiet(found)

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return offers(ctx, param, incomplete) or [CompletionItem(incomplete, type="file")]

    return complete


plan_files = _files(".json", inside="plan.json")
profile_files = _files(".yaml", ".yml")
rules_files = profile_files
profile_or_plan_files = _files(".yaml", ".yml", ".json", inside="plan.json")
calendar_files = _files(".ics")


@_quiet
def days(ctx: click.Context, incomplete: str) -> Iterator[Offer]:
    """The days of the plan named on the line: by weekday where one is meant by it, and by date."""
    dates = [dt.date.fromisoformat(day["date"]) for day in _plan(ctx)["menu"]["days"]]
    if incomplete[:1].isdigit() or len(dates) > len(WEEKDAYS):
        yield from ((str(date), WEEKDAYS[date.weekday()]) for date in dates)
    else:
        yield from ((WEEKDAYS[date.weekday()], str(date)) for date in dates)
        yield from ((str(date), WEEKDAYS[date.weekday()]) for date in dates)


@_quiet
def foods(ctx: click.Context, incomplete: str) -> Iterator[Offer]:  # noqa: ARG001 - as all offers
    """The ids of the food table."""
    with (data_folder("foods") / "foods.csv").open(encoding="utf-8", newline="") as table:
        yield from ((row["id"], row["name"]) for row in csv.DictReader(table))


@_quiet
def served_foods(ctx: click.Context, incomplete: str) -> Iterator[Offer]:  # noqa: ARG001 - as all offers
    """The foods on the menus of the plan named on the line; on a day and at a meal where they are named too."""
    meals = [ctx.params["meal"]] if ctx.params.get("meal") else ctx.params.get("at")
    for day in _plan(ctx)["menu"]["days"]:
        for meal in day["meals"]:
            if _is_day(ctx.params.get("day"), day["date"]) and (not meals or meal["meal"] in meals):
                yield from ((item["food"], item["name"]) for item in meal["items"])


@_quiet
def rule_ids(ctx: click.Context, incomplete: str) -> Iterator[Offer]:  # noqa: ARG001 - as all offers
    """The ids of all rules that `boneplan why` knows."""
    from boneplan.rulebook.own import own_rules
    from boneplan.rulebook.places import places

    yield from ((rule, "") for rule in places())
    yield from own_rules().items()


@_quiet
def exercise_ids(ctx: click.Context, incomplete: str) -> Iterator[Offer]:  # noqa: ARG001 - as all offers
    """The ids of the exercise catalogue, which begin its entries."""
    text = (data_folder("exercises") / "exercises.yaml").read_text(encoding="utf-8")
    yield from re.findall(r"^- id: (\S+)\n  name: (.+)$", text, re.MULTILINE)


@_quiet
def sessions(ctx: click.Context, incomplete: str) -> Iterator[Offer]:  # noqa: ARG001 - as all offers
    """The sessions of the plan named on the line as `boneplan log` takes them: date and kind."""
    for session in _plan(ctx)["exercise"]["sessions"]:
        yield f"{session['date']}/{session['kind']}", session["title"]


def _plan(ctx: click.Context) -> Any:
    """The plan named on the line, else the usual one, as plain JSON: whoever runs the command checks it."""
    # After an option whose value is being typed, click has not yet told which argument is which.
    named = ctx.params.get("plan_file") or next((word for word in ctx.args if word.endswith(".json")), USUAL_PLAN)
    path = Path(named)
    if not path.is_file() or path.stat().st_size > MAX_BYTES:
        raise FileNotFoundError(path)
    return json.loads(path.read_text(encoding="utf-8-sig"))


def _is_day(wanted: str | None, date: str) -> bool:
    """Whether a day as it is typed after --day may be the one of that date."""
    return not wanted or wanted in (date, WEEKDAYS[dt.date.fromisoformat(date).weekday()])
