"""Reading and writing of plan files: bounded and strict on the way in, all or nothing on the way out."""

from __future__ import annotations

import contextlib
import errno
import json
import math
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from boneplan.errors import Fault, InputError
from boneplan.files import read_bounded
from boneplan.plan import SCHEMA, Plan

MAX_BYTES = 32 * 1024 * 1024
"""Largest plan file that is read. Twelve weeks with everything in them stay under one megabyte."""

_MEND = ": give a plan.json that boneplan wrote"
_SHOWN_ERRORS = 20
_LONE_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read_plan(path: str | Path) -> Plan:
    """The plan document in the file at `path`.

    Raises `InputError`, one line per problem, where the file cannot be read or is no plan of this schema.
    """
    text = _read_text(Path(path))
    raw = _parse(text, path)
    if not isinstance(raw, dict):
        raise InputError(f"{path}: a plan is a JSON object, this is {_kind(raw)}{_MEND}")
    if raw.get("schema") != SCHEMA:
        said = "no schema" if "schema" not in raw else f"schema {_short(raw['schema'])}"
        raise InputError(f"{path}: {said}, boneplan reads {SCHEMA!r}{_MEND}")
    try:
        # Strict, so that a number in quotes or a date as a count of seconds is an error and not a guess.
        return Plan.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise InputError(_lines(path, error)) from None


def write_plan(plan: Plan, path: str | Path) -> None:
    """Write `plan` to `path` as JSON. Raises `InputError` where the folder cannot take the file."""
    write_text_atomic(path, plan_json(plan))


def plan_json(plan: Plan) -> bytes:
    """`plan` as the content of its file: JSON in the key order of the models, the same bytes for the same plan.

    Raises `Fault` where the plan holds text that UTF-8 cannot encode.
    """
    document = plan.model_dump(mode="json", by_alias=True)
    try:
        return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode("utf-8")
    except ValueError as error:
        raise Fault(f"the plan holds a value that JSON cannot hold: {error}") from None


def write_text_atomic(path: str | Path, data: str | bytes) -> None:
    """Write `data` to `path` in one step: a temporary file beside it (mode 0600), synced, then renamed.

    Whoever reads `path` meanwhile sees the old content or the new, never a part. Raises `InputError`, and
    leaves nothing behind, where the folder is missing, closed to writing or full.
    """
    target = Path(path)
    content = data.encode("utf-8") if isinstance(data, str) else data
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".tmp")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(target)
    except BaseException as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        if isinstance(error, (OSError, ValueError)):
            raise InputError(_write_problem(target, error)) from None
        raise
    _sync_folder(target.parent)


def make_folder(path: str | Path) -> Path:
    """The folder at `path`, made (mode 0700) where there is none. Raises `InputError` where it cannot be."""
    folder = Path(path)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        why = "there is a file of that name" if isinstance(error, FileExistsError) else _reason(error)
        raise InputError(f"{folder}: cannot make this folder ({why}): choose another") from None
    return folder


def _read_text(path: Path) -> str:
    data = read_bounded(
        path,
        MAX_BYTES,
        source=str(path),
        too_large=f"larger than {MAX_BYTES // 2**20} MB, no plan is{_MEND}",
        missing="give the plan.json that `boneplan plan` wrote",
        folder="give the plan.json inside it",
        closed="give a plan.json you may read",
    )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text (byte {error.start}){_MEND}") from None


def _parse(text: str, path: str | Path) -> Any:
    try:
        raw = json.loads(
            text,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_whole,
            object_pairs_hook=_no_repeated_key,
        )
        if _LONE_SURROGATE.search(text):
            json.dumps(raw, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InputError(f"{path}: not JSON ({where}: {error.msg}){_MEND}") from None
    except UnicodeEncodeError:
        raise InputError(f"{path}: half a character (a lone surrogate): write the character whole") from None
    except ValueError as error:
        raise InputError(f"{path}: {str(error).split(';')[0]}") from None
    except RecursionError:
        raise InputError(f"{path}: nested too deep for a plan{_MEND}") from None
    return raw


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number a plan can hold: write a finite number")


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(f"{_short(digits)} is too large for a number: write a finite number")
    return value


def _whole(digits: str) -> int:
    _finite(digits)
    return int(digits)


def _no_repeated_key(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {_short(repeated)} stands twice in one object: keep one")
    return result


def _lines(path: str | Path, error: ValidationError) -> list[str]:
    problems = error.errors(include_url=False, include_context=False)
    lines = []
    for problem in problems[:_SHOWN_ERRORS]:
        where = ".".join(str(part) for part in problem["loc"]) or "the document"
        value = "" if problem["type"] == "missing" else f" is {_short(problem['input'])}"
        lines.append(f"{path}: {where}{value}: {problem['msg']}")
    if len(problems) > _SHOWN_ERRORS:
        lines.append(f"{path}: and {len(problems) - _SHOWN_ERRORS} more problems like these")
    return lines


def _short(value: Any) -> str:
    """`value` for an error line: on one line, printable, at most 40 characters."""
    if isinstance(value, (dict, list)):
        return _kind(value)
    text = ascii(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "a yes or no", type(None): "null"}
    return names.get(type(value), "a number")


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error)


def _write_problem(target: Path, error: OSError | ValueError) -> str:
    folder = target.parent
    if isinstance(error, FileNotFoundError):
        return f"{folder}: this folder does not exist: make it first, or choose another"
    if isinstance(error, NotADirectoryError):
        return f"{folder}: this is a file, not a folder: choose another"
    if isinstance(error, IsADirectoryError):
        return f"{target}: this is a folder: choose another file name"
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{folder}: no room left: free some, or choose another folder"
    return f"{folder}: cannot write here ({_reason(error)}): choose a folder you may write to"


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
