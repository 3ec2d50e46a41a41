"""The draft beside a profile that is not finished: what was typed so far, kept private, read with suspicion."""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Mapping
from itertools import count
from pathlib import Path

import yaml

from boneplan.ask.questions import QUESTIONS
from boneplan.ask.text import MAX_ANSWER
from boneplan.errors import InputError
from boneplan.plan_io import write_text_atomic
from boneplan.yaml_reader import escaped, parse_yaml, read_text

VERSION = 1
HEAD = "# Answers to boneplan init that are not a profile yet. Run boneplan init again to go on.\n"


def draft_path(profile: Path) -> Path:
    """Where the draft of a profile lies: ".anna.yaml.draft" beside "anna.yaml"."""
    return profile.with_name(f".{profile.name}.draft")


def save_draft(path: Path, answers: Mapping[str, str]) -> None:
    """Writes the answers, as they were typed, in one step and with mode 0600. Raises InputError."""
    document = {"draft": VERSION, "answers": dict(answers)}
    # Every text in double quotes and in ASCII, so that whatever was typed comes back as text.
    text = yaml.safe_dump(document["answers"], default_style='"', sort_keys=False, allow_unicode=False)
    body = "".join(f"  {line}\n" for line in text.splitlines()) if answers else "  {}\n"
    write_text_atomic(path, f"{HEAD}draft: {VERSION}\nanswers:\n{body}")


def load_draft(path: Path) -> dict[str, str] | None:
    """The answers in a draft; None where there is no draft. Raises InputError where it is not one.

    What the answers mean is not looked at: they are read like any that are typed.
    """
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            raise InputError(f"{escaped(str(path))}: is no plain file")
        data, problems = parse_yaml(read_text(path), str(path))
        known = {question.key for question in QUESTIONS}
        answers = data.get("answers") if isinstance(data, dict) and data.get("draft") == VERSION else None
        if not (
            isinstance(answers, dict)
            and not problems
            and answers.keys() <= known
            and all(isinstance(text, str) and len(text) <= MAX_ANSWER for text in answers.values())
        ):
            raise InputError(f"{escaped(str(path))}: is no draft of boneplan init")
        return dict(answers)
    return None


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
