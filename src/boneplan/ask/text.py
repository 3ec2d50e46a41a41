"""What an answer is, what asks for another one, and the handling of words and numbers that all answers share."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from boneplan.yaml_reader import shown

MAX_ANSWER = 5_000  # characters of one answer: far more than a person types, few enough to read at once

NOTHING = frozenset({
    "", "-", "no", "none", "nothing", "n", "nil", "not any", "no thanks", "none of these", "none of them",
    "none known", "no known allergies", "no allergies", "no medicines", "no other medicines", "no supplements",
})  # fmt: skip
UNKNOWN = frozenset({"unknown", "not known", "i do not know", "i don't know", "don't know", "not sure", "?", "never"})

NUMBER = r"\d+(?:[.,]\d+)*"
FRACTIONS = {"¼": ".25", "½": ".5", "¾": ".75"}
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_SPLIT = re.compile(r"[,;\n]|\band\b|&", re.IGNORECASE)


class Answer(NamedTuple):
    """What was understood: the `part` of a profile as plain values, and how to `say` it back."""

    part: dict[str, Any]
    say: str


class Again(Exception):
    """An answer that has to be given again; the message is a whole sentence with the mend."""


def tidy(text: str) -> str:
    """The text with plain letters, quotes and spaces, as it is looked up: NFKC, casefolded, single spaces."""
    plain = unicodedata.normalize("NFKC", text.translate(_PLAIN)).casefold()
    return " ".join(plain.split())


_PLAIN = str.maketrans({"’": "'", "‘": "'", "′": "'", "”": '"', "“": '"', "″": '"', "–": "-", "—": "-", "−": "-",
                        "µ": "u", "μ": "u"})  # fmt: skip


def is_nothing(text: str) -> bool:
    """Whether the person says that there is none."""
    return tidy(text).rstrip(".") in NOTHING


def is_unknown(text: str) -> bool:
    """Whether the person says that it is not known, or that there is none."""
    return is_nothing(text) or tidy(text).rstrip(".") in UNKNOWN


def number(text: str) -> float:
    """A number as people write it: 68.5, 68,5 or 1,000. Raises Again."""
    try:
        return float(text.replace(",", "" if _THOUSANDS.fullmatch(text) else "."))
    except ValueError:
        raise Again(f"{quoted(text)} is no number: write it such as 68.5 or 1,000") from None


def words_of(text: str) -> list[str]:
    """The entries of a list: parted by commas, semicolons, lines or "and"; empty where there is none."""
    if is_nothing(text):
        return []
    return [entry for part in _SPLIT.split(text) if not is_nothing(entry := " ".join(part.split()))]


def lines_of(text: str) -> list[str]:
    """The entries of an answer that has one a line; semicolons part them too."""
    return [line for line in re.split(r"[\n;]", text) if not is_nothing(line)]


def one_word(text: str, choices: Iterable[str], spoken: Mapping[str, str]) -> str:
    """The key of one of the numbered `choices`: by number, as it is written, or as it is `spoken`.

    What is none of them comes back as it is, for the profile's own check to refuse.
    """
    keys = list(choices)
    said = tidy(text).rstrip(".")
    if re.fullmatch(r"[0-9]{1,3}", said) and 1 <= int(said) <= len(keys):
        return keys[int(said) - 1]
    if (key := said.replace(" ", "_").replace("-", "_")) in keys:
        return key
    return spoken.get(said, text.strip())


def known_as(phrase: str, spoken: Mapping[str, str]) -> str | None:
    """The key that a phrase stands for, in singular or plural and without "a", "the" or "my"."""
    said = re.sub(r"^(?:(?:i have|i had|a|an|the|my|some|have|allergic to|allergy to) )+", "", bare(phrase))
    said = said.removesuffix(" allergy").removesuffix(" intolerance")
    for form in (bare(phrase), said, said.removesuffix("s"), said.removesuffix("es"), f"{said}s"):
        if form in spoken:
            return spoken[form]
    return None


def close_to(phrase: str, spoken: Iterable[str]) -> str | None:
    """The known phrase that one may be a slip of."""
    close: list[str] = difflib.get_close_matches(bare(phrase), list(spoken), 1, 0.7)
    return close[0] if close else None


def bare(phrase: str) -> str:
    """A phrase as the tables of spoken words hold it: tidy, without hyphens, points, brackets and quotes."""
    return " ".join(re.sub(r"[_\-.()'\"]+", " ", tidy(phrase)).split())


def quoted(text: str) -> str:
    """What was typed, as a message repeats it: printable, short, in quotes."""
    return shown(text)


def merged(base: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with the values of `part` put in, mapping by mapping; lists are replaced."""
    made = dict(base)
    for key, value in part.items():
        below = made.get(key)
        made[key] = merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return made
