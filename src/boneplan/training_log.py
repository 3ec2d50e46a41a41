"""The training log: what became of the sessions of a plan, in a file of its own beside it (schema boneplan.log/1)."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from pydantic import AwareDatetime, Field, ValidationError

from boneplan.errors import InputError
from boneplan.files import read_bounded
from boneplan.plan import Document, Plan, SessionKind
from boneplan.plan_io import write_text_atomic
from boneplan.yaml_reader import escaped, shown

SCHEMA: Final = "boneplan.log/1"
MAX_BYTES = 8 * 2**20  # twelve weeks of sessions, each with its note, stay under 100 kB
MAX_REPS = 100
MAX_NOTE = 200  # characters
SHOWN_ERRORS = 20
MEND = "correct it, or move it away to begin a new log"


class Entry(Document):
    """What became of one session: how hard it felt (`rpe`, 0-10), the repetitions of a set, whether it hurt.

    `title` and `exercises` (ids) are what it held when it was recorded, whatever the plan says of that hour later.
    """

    session: str
    date: dt.date
    kind: SessionKind
    done: bool
    rpe: float | None = Field(default=None, ge=0, le=10)
    reps: int | None = Field(default=None, ge=0, le=MAX_REPS)
    pain: bool = False
    note: str | None = Field(default=None, max_length=MAX_NOTE)
    title: str = ""
    exercises: list[str] = Field(default_factory=list)
    recorded: AwareDatetime


class Log(Document):
    """The log of a plan: one entry for each session that was recorded."""

    schema_: Literal["boneplan.log/1"] = Field(default=SCHEMA, alias="schema")
    entries: list[Entry] = Field(default_factory=list)


def log_path(plan_path: Path) -> Path:
    """The file of the log of the plan at `plan_path`: plan.log.json beside plan.json."""
    name = plan_path.name
    stem = name[: -len(".json")] if name.lower().endswith(".json") else name
    return plan_path.with_name(f"{stem}.log.json")


def read_log(plan_path: Path) -> Log:
    """The log of the plan at `plan_path`, empty where nothing was recorded yet.

    Raises `InputError`, a line for each problem, where its file cannot be read.
    """
    path = log_path(plan_path)
    source = escaped(str(path))
    if not path.exists():
        return Log()
    large = f"is over {MAX_BYTES // 2**20} MB, and no training log is: {MEND}"
    data = read_bounded(path, MAX_BYTES, source=source, too_large=large, folder="move it away to begin a new log")
    try:
        # Strict, so that a number in quotes is an error and not a guess.
        return Log.model_validate_json(data, strict=True)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False)
        lines = [_problem(problem["loc"], problem["input"], problem["msg"]) for problem in problems[:SHOWN_ERRORS]]
        more = [f"and {len(problems) - SHOWN_ERRORS} more problems: {MEND}"] * (len(problems) > SHOWN_ERRORS)
        raise InputError([f"{source}: {line}" for line in (*lines, *more)]) from None


def _problem(loc: tuple[int | str, ...], given: object, message: str) -> str:
    where = ".".join(map(str, loc))
    if not where:
        return f"is no training log ({escaped(message)}): {MEND}"
    return f"{shown(where)[1:-1]} is {shown(given)}: {escaped(message)}: {MEND}"


def record(plan: Plan, plan_path: Path, entry: Entry) -> Log:
    """Writes `entry` into the log of `plan`, in place of an earlier one of the same session; returns the log.

    Entries are in order of date. Raises `InputError`, with nothing written, where the plan has no such session or
    the log cannot be read or written.
    """
    if all(session.id != entry.session for session in plan.exercise.sessions):
        raise InputError(f"{escaped(str(plan_path))}: has no session {shown(entry.session)}: record one that it has")
    with _alone(log_path(plan_path)):
        log = read_log(plan_path)
        others = [other for other in log.entries if other.session != entry.session]
        log.entries = sorted([*others, entry], key=lambda one: one.date)
        document = log.model_dump(mode="json", by_alias=True)
        write_text_atomic(log_path(plan_path), json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    return log


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keeps other processes from changing the log at `path` meanwhile, lest one of two entries be lost.

    The lock is on an empty file beside it, because the log itself is replaced as a whole; the system gives it back
    however the process ends, and a lock file left behind locks nothing.
    """
    lock = path.with_name(f".{path.name}.lock")
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        folder = escaped(str(path.parent))
        raise InputError(f"{folder}: cannot write there ({reason}): make the folder of the plan writable") from None
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
