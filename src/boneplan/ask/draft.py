"""The draft beside a profile that is not finished: what was typed so far, kept private, read with suspicion."""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from boneplan.ask.questions import QUESTIONS
from boneplan.ask.text import MAX_ANSWER
from boneplan.errors import InputError
from boneplan.plan_io import write_text_atomic
from boneplan.yaml_reader import escaped, parse_yaml, read_text

VERSION = 1
HEAD = "# Answers to boneplan init that are not a profile yet. Run boneplan init again to go on.\n"


class Draft(NamedTuple):
    """What was typed, by question: `answers`, and what is `begun`: a list without its end, or one taken back."""

    answers: dict[str, str]
    begun: dict[str, str]


def draft_path(profile: Path) -> Path:
    """Where the draft of a profile lies: ".anna.yaml.draft" beside "anna.yaml"."""
    return profile.with_name(f".{profile.name}.draft")


def save_draft(path: Path, answers: Mapping[str, str], begun: Mapping[str, str] | None = None) -> None:
    """Writes what was typed, as it was typed, in one step and with mode 0600. Raises InputError."""
    text = f"{HEAD}draft: {VERSION}\nanswers:\n{_block(answers)}"
    write_text_atomic(path, f"{text}begun:\n{_block(begun)}" if begun else text)


def _block(typed: Mapping[str, str]) -> str:
    # Every text in double quotes and in ASCII, so that whatever was typed comes back as text.
    text = yaml.safe_dump(dict(typed), default_style='"', sort_keys=False, allow_unicode=False)
    return "".join(f"  {line}\n" for line in text.splitlines()) if typed else "  {}\n"


def load_draft(path: Path) -> Draft | None:
    """What a draft holds; None where there is no draft. Raises InputError where it is not one.

    What the answers mean is not looked at: they are read like any that are typed.
    """
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            raise InputError(f"{escaped(str(path))}: is no plain file")
        data, problems = parse_yaml(read_text(path), str(path))
        whole = isinstance(data, dict) and data.get("draft") == VERSION and not problems
        parts = [data.get("answers"), data.get("begun") or {}] if whole else []
        if not (parts and all(map(_is_typed, parts))):
            raise InputError(f"{escaped(str(path))}: is no draft of boneplan init")
        return Draft(*map(dict, parts))
    return None


def _is_typed(part: Any) -> bool:
    """Whether a part of a draft holds texts by question, none longer than an answer may be."""
    return (
        isinstance(part, dict)
        and part.keys() <= {question.key for question in QUESTIONS}
        and all(isinstance(text, str) and len(text) <= MAX_ANSWER for text in part.values())
    )


def set_aside(path: Path) -> Path:
    """Renames what lies at `path` to a free name beside it, which it returns, so that nothing is lost."""
    free = next(
        aside
        for n in count(1)
        if not (aside := path.with_name(f"{path.name}.bad{'' if n == 1 else n}")).exists() and not aside.is_symlink()
    )
    try:
        return path.rename(free)
    except OSError as error:
        raise InputError(f"{escaped(str(path))}: cannot be moved ({error.strerror}): move it away yourself") from None


def remove_draft(path: Path) -> None:
    """Takes the draft away once there is a profile."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
