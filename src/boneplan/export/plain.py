"""Text that is safe to show, and numbers without needless digits."""

from __future__ import annotations

import re
import unicodedata

_JOINERS = "\u200c\u200d"  # hold emoji and some scripts together, and do nothing else
# Whole terminal sequences (ECMA-48: CSI and OSC), lest their letters stay behind.
_ESCAPES = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?")


def plain(text: str) -> str:
    """`text` on one line, without control, direction-changing or unpaired characters, its spaces single.

    Names come from files that anybody may have written; what is left can be printed, but is still to be
    escaped for the format it goes into.
    """
    kept = []
    for character in _ESCAPES.sub("", text):
        category = unicodedata.category(character)
        if character in _JOINERS or category[0] not in "CZ":
            kept.append(character)
        elif character.isspace():
            kept.append(" ")
    return " ".join("".join(kept).split())


def amount(value: float, digits: int = 0) -> str:
    """`value` rounded to `digits` decimals, without trailing zeros: 9.1, 20, 1.5."""
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
