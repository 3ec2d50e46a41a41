"""Which lines of an output a page shows: the clauses behind a command in the comments of docs_output.py."""

from __future__ import annotations

import re
from itertools import groupby

BULLET = "•"


class PageError(Exception):
    """A page says something that cannot be done; the text names the page and the comment."""


def shortened(lines: list[str], clauses: list[str]) -> list[str]:
    """The lines that the clauses keep (all, where no clause keeps any), with `...` for what is left out.

    Raises:
        PageError: where no line begins as a clause says.
    """
    keeping = [clause for clause in clauses if not clause.startswith(("exit ", "type "))]
    kept = {n for clause in keeping for n in _kept(lines, clause)}
    if not keeping:
        return lines
    shown: list[str] = []
    for left_out, numbers in groupby(range(len(lines)), lambda n: n not in kept):
        run = [lines[n] for n in numbers]
        if not left_out:
            shown += run
            continue
        # A cut inside a paragraph is shown inside it; a cut between two stands between blank lines.
        after_text = bool(shown) and bool(shown[-1])
        shown += ["..."] if not after_text else ["  ..."] if run[0] else ["", "..."]
        shown += [""] if not run[-1] else []
    return shown


def excerpt(lines: list[str]) -> list[str]:
    """The lines without the `...` of whole paragraphs before and after: a block without a command quotes a piece."""
    text = "\n".join(lines).removeprefix("...\n").removesuffix("\n...")
    return text.strip("\n").split("\n")


def _kept(lines: list[str], clause: str) -> list[int]:
    numbers = list(range(len(lines)))
    if found := re.fullmatch(r"(first|last) (\d+)", clause):
        return numbers[: int(found[2])] if found[1] == "first" else numbers[-int(found[2]) :]
    found = re.fullmatch(r"(part|upto) (.+?)(?:, (\d+) lines?)?", clause)
    if found is None:
        raise PageError(f"{clause!r} is none of first N, last N, part, upto, exit, type")
    start = next((n for n in numbers if lines[n].strip().startswith(found[2])), None)
    if start is None:
        raise PageError(f"no line of the output begins with {found[2]!r}")
    if found[1] == "upto":
        return numbers[:start]
    ends = ("", BULLET) if lines[start].strip().startswith(BULLET) else ("",)
    end = next((n for n in numbers[start + 1 :] if lines[n].strip()[:1] in ends), len(lines))
    return numbers[start:end][: int(found[3] or len(lines))]
