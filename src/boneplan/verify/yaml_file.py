"""Shipped YAML files, read without the planner's own loader."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any

from boneplan.errors import Fault

_ID = re.compile(r"- id: ([a-z0-9_-]+)\n")


def read_yaml(path: Path) -> Any:
    """The content of the YAML file at `path`. Raises `Fault` where it is missing or broken."""
    return _parse(_text(path), path)


def read_entries(path: Path, wanted: Collection[str]) -> list[Any]:
    """The entries of a YAML list, at least those whose `id` is in `wanted`.

    Parsing takes most of the time of a verification, and a plan needs few of the entries: only theirs are
    parsed where the file is written as a plain list of `- id: ...`. Where that does not find them all, the
    file is parsed whole. Raises `Fault` where the file is missing or broken.
    """
    text = _text(path)
    entries = re.split(r"^(?=- )", text, flags=re.MULTILINE)[1:]
    named = {match[1]: entry for entry in entries if (match := _ID.match(entry))}
    if len(named) == len(entries) and named.keys() >= set(wanted):
        text = "".join(named[name] for name in sorted(wanted))
    return _parse(text, path) or []


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise Fault(f"{path} cannot be read ({error.strerror}): install boneplan again") from None
    except ValueError:
        raise Fault(f"{path} is not UTF-8 text: install boneplan again") from None


@lru_cache(maxsize=64)
def _parse(text: str, path: Path) -> Any:
    """The parsed text, remembered: whoever verifies many plans reads the same files again. Nobody changes it."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, Loader=loader)
    except (ValueError, yaml.YAMLError) as error:
        problem = " ".join(str(error).split())
        raise Fault(f"{path} is broken ({problem}): install boneplan again") from None
