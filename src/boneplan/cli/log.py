"""`boneplan log`: what became of the sessions of a plan, to look at and to record."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from boneplan.cli.complete import plan_files, sessions
from boneplan.cli.numbers import Number
from boneplan.cli.pages import Page
from boneplan.data import shipped_yaml
from boneplan.errors import InputError
from boneplan.export.words import amount, plain, short_day
from boneplan.plan import Plan, Session
from boneplan.plan_io import read_plan
from boneplan.profile_fields import zone_names
from boneplan.training_log import MAX_NOTE, MAX_REPS, Entry, read_log, record
from boneplan.yaml_reader import shown

SHORTEST_PREFIX = 4
SHORT_ID = 8


@click.command(
    name="log",
    cls=Page,
    exits={0: "recorded, or listed"},
    examples=(
        "boneplan log boneplan-plan/plan.json",
        "boneplan log plan.json --session 2026-11-23/resistance --done --rpe 5",
        "boneplan log plan.json --session 2026-11-24/aerobic --missed",
    ),
)
@click.argument("plan_file", metavar="PLAN.json", type=click.Path(path_type=Path), shell_complete=plan_files)
@click.option(
    "--session",
    "wanted",
    metavar="ID",
    shell_complete=sessions,
    help="Its id, the first letters of it, or its day and kind, such as monday/balance or 2026-11-23/balance.",
)
@click.option("--done", is_flag=True, help="It was done.")
@click.option("--missed", is_flag=True, help="It was not done.")
@click.option(
    "--rpe", metavar="N", type=Number(0, 10), help="How hard it felt: 0 nothing at all, 10 as hard as can be."
)
@click.option("--reps", metavar="N", type=click.IntRange(0, MAX_REPS), help="How many repetitions a set had.")
@click.option("--pain", is_flag=True, help="It hurt.")
@click.option("--note", help=f"A few words, at most {MAX_NOTE} characters.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def log(
    plan_file: Path,
    wanted: str | None,
    done: bool,
    missed: bool,
    rpe: float | None,
    reps: int | None,
    pain: bool,
    note: str | None,
    as_json: bool,
) -> None:
    """Records what became of a session, or lists them all.

    Without --session it lists the sessions of the plan with their ids and what is recorded. The log is a file beside
    the plan (plan.log.json), and `boneplan next` plans the following weeks from it. Recording a session again
    replaces what was recorded.
    """
    _check_usage(wanted, done, missed, (rpe, reps), pain or note is not None)
    plan = read_plan(plan_file)
    if wanted is None:
        entries = {entry.session: entry for entry in read_log(plan_file).entries}
        click.echo(_as_json(plan, entries)) if as_json else _print(plan, entries)
        return
    session = _find(plan.exercise.sessions, wanted, plan_file)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    if done and session.date > now.astimezone(_zone(plan, plan_file)).date():
        raise InputError(f"--done: the session of {session.date} is still to come: record it when it is done")
    words = plain(note or "")
    if len(words) > MAX_NOTE:
        raise InputError(f"--note: has {len(words)} characters: use at most {MAX_NOTE}")
    entry = Entry(
        session=session.id, date=session.date, kind=session.kind, done=done, rpe=rpe, reps=reps, pain=pain,
        note=words or None, title=session.title, exercises=[item.exercise for item in session.items], recorded=now,
    )  # fmt: skip
    record(plan, plan_file, entry)
    if as_json:
        click.echo(entry.model_dump_json(indent=1))
        return
    from boneplan.cli.screen import screen

    sheet = screen()
    sheet.line(f"Recorded: {_when(session)}, {plain(session.title)}: {_outcome(entry)}")
    if pain:
        sheet.line(f"Pain: {_sign_of_pain()}. `boneplan next` plans what is gentler.")


def _check_usage(
    wanted: str | None, done: bool, missed: bool, figures: tuple[float | None, ...], remarks: bool
) -> None:
    given = any(figure is not None for figure in figures)
    if wanted is None and (done or missed or given or remarks):
        raise InputError("--session: missing: say which session; without it, the sessions are only listed")
    if wanted is not None and done == missed:
        raise InputError("--done, --missed: give one of the two")
    if missed and given:
        raise InputError("--missed: a session that was not done has no --rpe and no --reps: leave them out")


def _zone(plan: Plan, path: Path) -> ZoneInfo:
    if plan.timezone not in zone_names():
        raise InputError(f"{path}: timezone: {shown(plan.timezone)} is no time zone: plan again")
    return ZoneInfo(plan.timezone)


def _find(sessions: Sequence[Session], wanted: str, path: Path) -> Session:
    """The one session of that id, prefix or DAY/KIND. Raises `InputError` where there is none or several."""
    word = wanted.strip().lower()
    day, slash, kind = word.partition("/")
    if slash:
        found = [session for session in sessions if _is_on(session, day) and session.kind == kind]
    else:
        found = [s for s in sessions if s.id == word or (len(word) >= SHORTEST_PREFIX and s.id.startswith(word))]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"--session: {shown(wanted)} fits {len(found)} sessions: {_named(found)}")
    same_day = [session for session in sessions if _is_on(session, day)]
    mend = f"that day has {_named(same_day)}" if same_day else f"`boneplan log {plain(str(path))}` lists them"
    if not slash and len(word) < SHORTEST_PREFIX:
        mend = f"give at least {SHORTEST_PREFIX} characters; {mend}"
    raise InputError(f"--session: {shown(wanted)} is no session of the plan: {mend}")


def _is_on(session: Session, day: str) -> bool:
    """Whether a session is on the day that a date or a weekday ("mon", "monday") means."""
    return day == str(session.date) or (len(day) >= len("mon") and f"{session.date:%A}".lower().startswith(day))


def _named(sessions: Sequence[Session]) -> str:
    return ", ".join(f"{session.date}/{session.kind} ({plain(session.id)})" for session in sessions)


def _short_ids(sessions: Sequence[Session]) -> dict[str, str]:
    """The first letters of each id, as many as tell all of them apart."""
    length = SHORT_ID
    longest = max((len(session.id) for session in sessions), default=0)
    while length < longest and len({session.id[:length] for session in sessions}) < len(sessions):
        length += 1
    return {session.id: plain(session.id[:length]) for session in sessions}


def _print(plan: Plan, entries: dict[str, Entry]) -> None:
    from boneplan.cli.screen import screen

    sheet = screen()
    if not plan.exercise.sessions:
        sheet.line("This plan has no exercise sessions.")
        return
    short, rows = _short_ids(plan.exercise.sessions), []
    for session in plan.exercise.sessions:
        entry = entries.get(session.id)
        told = _outcome(entry) if entry else ""
        rows.append([short_day(session.date), plain(session.start), short[session.id], plain(session.title), told])
    sheet.table(["day", "time", "id", "session", "recorded"], rows)
    sheet.paragraph("Record one: boneplan log PLAN.json --session ID --done (or --missed)")


def _when(session: Session) -> str:
    return f"{short_day(session.date)} {plain(session.start)}"


def _outcome(entry: Entry) -> str:
    said = ["done" if entry.done else "missed"]
    if entry.rpe is not None:
        said.append(f"RPE {amount(entry.rpe, 1)}")
    if entry.reps is not None:
        said.append(f"{entry.reps} reps")
    return ", ".join([*said, "pain"] if entry.pain else said)


def _as_json(plan: Plan, entries: dict[str, Entry]) -> str:
    rows = []
    for session in plan.exercise.sessions:
        entry = entries.get(session.id)
        row = session.model_dump(mode="json", include={"id", "date", "start", "end", "kind", "title", "minutes"})
        rows.append({**row, "recorded": entry.model_dump(mode="json") if entry else None})
    document = {"schema": "boneplan.sessions/1", "plan": plan.id, "sessions": rows}
    return json.dumps(document, indent=1, ensure_ascii=False)


def _sign_of_pain() -> str:
    """What to do about new pain, as every session says it."""
    signs: list[dict[str, Any]] = shipped_yaml("guidelines", "exercise/stop_signs.yaml")["everybody"]
    return next(str(sign["text"]) for sign in signs if sign.get("id") == "bone_pain")
