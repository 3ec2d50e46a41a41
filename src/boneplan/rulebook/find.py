"""A rule by its id, or by the end of it."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from boneplan.errors import InputError

MOST_GUESSES = 3


def find(asked: str, known: Collection[str]) -> str:
    """The one id among `known` that is `asked` or ends with it.

    Raises `InputError` where there is none, with those spelt most alike, and where there are several.
    """
    if asked in known:
        return asked
    # Ids from a plan may hold anything, and an error line is printed as it is.
    ids = [rule for rule in known if rule.isprintable()]
    ending = [rule for rule in ids if rule.endswith((f"/{asked}", f"-{asked}"))]
    # "ul" is a rule of calcium before it is the end of exercise-such-and-such.
    found = [rule for rule in ending if rule.endswith(f"/{asked}")] or ending
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"{asked!r} is the end of several rules: give one whole: {', '.join(found)}")
    guesses = _alike(asked, ids)
    mend = f"did you mean {' or '.join(guesses)}?" if guesses else "`boneplan why --list` lists them all"
    raise InputError(f"{asked!r}: no such rule: {mend}")


def _alike(asked: str, ids: list[str]) -> list[str]:
    """The ids that are spelt most like what was asked, whole or in their last part."""
    low = asked.casefold()
    last = {rule.rsplit("/", 1)[-1].removeprefix("exercise-"): rule for rule in reversed(ids)}
    close = difflib.get_close_matches(low, ids, MOST_GUESSES)
    close += [last[part] for part in difflib.get_close_matches(low.rsplit("/", 1)[-1], last, MOST_GUESSES)]
    close += [rule for rule in ids if low in rule] if low else []
    return list(dict.fromkeys(close))[:MOST_GUESSES]
