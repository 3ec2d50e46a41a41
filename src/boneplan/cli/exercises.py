"""`boneplan exercises`: what the catalogue holds, and why a person may or may not do an exercise."""

from __future__ import annotations

import datetime as dt
import difflib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from zoneinfo import ZoneInfo

import click

from boneplan.cli.complete import exercise_ids, profile_files
from boneplan.cli.options import ANSWER_IS_NO
from boneplan.cli.pages import Page, Pages
from boneplan.data import shipped_yaml
from boneplan.errors import InputError
from boneplan.exercises import Exercise, catalogue
from boneplan.plan import SessionKind

if TYPE_CHECKING:
    from boneplan.plan import Notice
    from boneplan.profile import Profile

KINDS: tuple[str, ...] = get_args(SessionKind)
LABEL = 16
MOST_GUESSES = 3

profile_argument = click.argument(
    "profile_file",
    metavar="[PROFILE]",
    required=False,
    type=click.Path(path_type=Path),
    shell_complete=profile_files,
)
example_option = click.option("--example", is_flag=True, help="Ask for the built-in person instead of a profile.")


@click.group(
    name="exercises",
    cls=Pages,
    exits={0: "shown", 1: "the answer is no"},
    examples=(
        "boneplan exercises list anna.yaml --kind balance",
        "boneplan exercises show sit_to_stand",
        "boneplan exercises why jog anna.yaml",
    ),
)
def exercises() -> None:
    """Lists the exercises, shows one, or says why a person may do it.

    Each exercise has its dose, what it trains and loads, and its sources; `boneplan exercises COMMAND --help` tells
    of each command. Nothing is written.
    """


@exercises.command(
    name="list",
    cls=Page,
    exits={0: "listed", 1: "none is left for the person"},
    examples=(
        "boneplan exercises list",
        "boneplan exercises list anna.yaml --kind resistance",
    ),
)
@profile_argument
@example_option
@click.option("--kind", type=click.Choice(KINDS), help="Only the exercises of this kind.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
@click.pass_context
def list_(context: click.Context, profile_file: Path | None, example: bool, kind: str | None, as_json: bool) -> None:
    """Lists the exercises: all of them, or those that suit a person.

    Each stands with its id and with what it needs.
    """
    person = _person(profile_file, example)
    refused: list[Notice] = []
    found = list(catalogue().values())
    if person is not None:
        from boneplan.schedule.eligibility import eligible, shut

        refused = shut(person, _today(person))
        found = [] if refused else eligible(person, found)
    found = [exercise for exercise in found if kind in (None, exercise.kind)]
    if as_json:
        document = {
            "schema": "boneplan.exercises/1",
            "exercises": [exercise.model_dump(mode="json") for exercise in found],
            "notices": [notice.model_dump(mode="json") for notice in refused],
        }
        click.echo(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        _list(found, refused)
    context.exit(0 if found else ANSWER_IS_NO)


@exercises.command(
    name="show",
    cls=Page,
    exits={0: "shown"},
    examples=(
        "boneplan exercises show sit_to_stand",
        "boneplan exercises show 'Slow walk' --json",
    ),
)
@click.argument("exercise_id", metavar="ID", shell_complete=exercise_ids)
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def show(exercise_id: str, as_json: bool) -> None:
    """Shows one exercise: how to do it, its dose, what it loads, when to stop.

    ID is an id or a whole name.
    """
    exercise = _exercise(exercise_id)
    if as_json:
        click.echo(json.dumps(exercise.model_dump(mode="json"), indent=1, ensure_ascii=False))
        return
    from boneplan.cli.screen import screen

    sheet = screen()
    sheet.line(f"{exercise.name}  [{exercise.id}]", style="bold")
    sheet.blank()
    for label, told in _facts(exercise):
        sheet.line(told, label=f"  {label:<{LABEL}}")


@exercises.command(
    name="why",
    cls=Page,
    exits={0: "the person may do it", 1: "a rule drops it"},
    examples=(
        "boneplan exercises why jog anna.yaml",
        "boneplan exercises why jog --example",
    ),
)
@click.argument("exercise_id", metavar="ID", shell_complete=exercise_ids)
@profile_argument
@example_option
@click.pass_context
def why(context: click.Context, exercise_id: str, profile_file: Path | None, example: bool) -> None:
    """Says which rules keep an exercise from a person, or that none does.

    ID is an id or a whole name. Each rule stands with its source and with what of the profile it goes by.
    """
    exercise = _exercise(exercise_id)
    person = _person(profile_file, example)
    if person is None:
        raise InputError("PROFILE: give a profile file, or --example for the built-in person (one of the two)")
    from boneplan.schedule import eligibility

    lines = eligibility.why(exercise, person, _today(person))
    from boneplan.cli.screen import screen

    sheet = screen()
    for line in lines:
        sheet.line(f"{exercise.name}: {line}", hang=2)
    context.exit(ANSWER_IS_NO if lines[0].startswith("dropped") else 0)


def _person(path: Path | None, example: bool) -> Profile | None:
    if path is not None and example:
        raise InputError("PROFILE: give a profile file, or --example for the built-in person (one of the two)")
    from boneplan.profile_reader import load_example, load_profile

    if example:
        return load_example()
    return load_profile(path) if path else None


def _today(person: Profile) -> dt.date:
    """The day it is where the person lives."""
    return dt.datetime.now(ZoneInfo(person.timezone)).date()


def _exercise(wanted: str) -> Exercise:
    """The exercise by id or by its whole name. Raises `InputError`, with what comes close, where there is none."""
    known = {exercise.name.casefold(): exercise for exercise in catalogue().values()} | dict(catalogue())
    word = wanted.strip()
    found = known.get(word) or known.get(word.casefold())
    if found:
        return found
    close = difflib.get_close_matches(word.casefold(), known, 2 * MOST_GUESSES)
    ids = list(dict.fromkeys(known[name].id for name in close))[:MOST_GUESSES]
    mend = f"did you mean {' or '.join(ids)}?" if ids else "find its id with `boneplan exercises list`"
    raise InputError(f"{wanted!r}: no such exercise: {mend}")


def _list(found: Sequence[Exercise], refused: Sequence[Notice]) -> None:
    from boneplan.cli.screen import screen

    sheet = screen()
    for notice in refused:
        sheet.line(f"No exercise plan: {notice.text} ({notice.rule}; {notice.source})", hang=2)
    if not found and not refused:
        sheet.line("No exercise is left. `boneplan exercises why ID PROFILE` says what drops one.")
    ordered = sorted(found, key=lambda exercise: (KINDS.index(exercise.kind), exercise.rank))
    for n, (title, group) in enumerate(groupby(ordered, key=lambda e: f"{e.kind}, {e.level}")):
        members = list(group)
        if n:
            sheet.blank()
        sheet.line(f"{title} ({len(members)})", style="bold")
        for exercise in members:
            needs = f", with {_words(exercise.equipment, ' and ')}" if exercise.equipment else ""
            sheet.line(f"{exercise.name}  [{exercise.id}]{needs}", indent=2, hang=4)


def _facts(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """What is to be said of an exercise, as (label, text)."""
    from boneplan.schedule.guidance import cite

    force = exercise.peak_grf_bw
    yield "kind", f"{exercise.kind}, {exercise.level} and up" + (", with a trainer" if exercise.supervised else "")
    yield from _bullets("how", exercise.cues)
    yield "dose", _dose(exercise)
    yield "effort", f"{exercise.effort}, {exercise.met:g} MET (Compendium {exercise.compendium}{_nearest(exercise)})"
    yield "trains", _words(exercise.muscle_groups)
    yield "bears weight", "yes" if exercise.weight_bearing else "no"
    yield "loads joints", _words(exercise.joints) or "none"
    yield "loads bones", _words(exercise.sites) or "none to speak of"
    size = f"{force.low:g}" if force.low == force.high else f"{force.low:g} to {force.high:g}"
    yield "force", f"{size} times body weight ({cite([force.source])})"
    yield "spine", f"bends: {_words([exercise.spine_flexion])}; turns: {_words([exercise.spine_rotation])}"
    yield "posture", _words([exercise.posture])
    held = "" if exercise.support == "none" else f"; hold on to: {exercise.support}"
    yield "fall hazard", exercise.fall_hazard + held
    yield "needs", _words(exercise.equipment, " and ") or "nothing"
    yield "place", _words(exercise.place, " or ")
    for label, other in (("easier", exercise.easier), ("harder", exercise.harder)):
        if other:
            yield label, f"{catalogue()[other].name}  [{other}]"
    yield from _bullets("stop", [*exercise.stop_if, *_stop_signs(exercise.kind)])
    yield from _bullets("evidence", [cite([key]) for key in exercise.evidence])


def _bullets(label: str, lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for n, line in enumerate(lines):
        yield label if n == 0 else "", line


def _dose(exercise: Exercise) -> str:
    dose = exercise.dose
    if dose.minutes is not None:
        amount = f"{dose.minutes} minutes"
    else:
        times = f" of {dose.reps} repetitions" if dose.reps else ""
        held = f", held for {dose.hold_s} s" if dose.hold_s else ""
        amount = f"{dose.sets} set{'s' if dose.sets != 1 else ''}{times}{held}"
    return f"{amount}, RPE {dose.rpe} of 10"


def _nearest(exercise: Exercise) -> str:
    return "" if exercise.met_match == "same" else ", the nearest activity"


def _stop_signs(kind: SessionKind) -> list[str]:
    """The signs that every session of that kind carries, its own first."""
    signs: dict[str, Any] = shipped_yaml("guidelines", "exercise/stop_signs.yaml")
    return [sign["text"] for sign in (*signs["kind"].get(kind, []), *signs["everybody"])]


def _words(keys: Iterable[str], joint: str = ", ") -> str:
    return joint.join(key.replace("_", " ") for key in keys)
