"""Keys and figures of the guideline files as people read them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_SPELT = {
    "ace": "ACE", "ai": "AI", "arb": "ARB", "b12": "B12", "bmi": "BMI", "ckd": "kidney disease stage",
    "cyp3a4": "CYP3A4", "d": "D", "a": "A", "dxa": "DXA", "h2": "H2", "k": "K", "mao": "MAO", "met": "MET",
    "rda": "RDA", "rpe": "RPE", "t": "T", "ug": "µg", "ul": "UL",
}  # fmt: skip
_KEY = re.compile(r"[a-z0-9_]+")
_KEYS = {
    "after": "counted from, in the profile",
    "advised": "minutes that are better",
    "before": "minutes from it to the dose",
    "before_breakfast": "minutes before breakfast, where no time is given",
    "counted_above": "share that counts of what lies above",
    "every_months": "months from one to the next, unless the profile records them",
    "late": "said of a late one",
    "late_after_months": "months after the last one from which it is too late",
    "months": "months from one to the next, by tier of risk",
    "only_given_apart": "always given months apart",
    "no_minimum": "no rules file may ask for more of it",
    "notes": "said in the calendar",
    "optional": "only where the profile records the last one",
    "too_late": "said of one that is too late",
    "unrecorded": "said where the last one is not on file",
}
_UNITS = {
    "ug": "µg",
    "g/kg": "g/kg of reference weight",
    "% of need": "% of the energy need",
    "% of rda": "% of the RDA",
    "kg/m2": "kg/m²",
}


def in_words(key: str) -> str:
    """A key of a guideline file as words: "vitamin K antagonist" for "vitamin_k_antagonist"."""
    return " ".join(_SPELT.get(word, word) for word in key.split("_"))


def key_in_words(key: str, value: Any = None) -> str:
    """What stands under a key of a row, where the key alone does not tell it: "a later dose" for "late"."""
    if key == "after" and isinstance(value, int):
        return "minutes from the dose to it"  # of checks, `after` names an entry of the profile
    return _KEYS.get(key, in_words(key))


def unit_in_words(unit: str) -> str:
    """A unit of a guideline file as people read it, such as "µg" for "ug"."""
    return _UNITS.get(unit, unit)


def figure(value: float) -> str:
    """A number as people read it: 1,200 or 0.5."""
    return f"{value:,g}" if abs(value) < 1_000_000 else f"{value:,.0f}"


def either(words: Sequence[str]) -> str:
    """The words as a choice: "a, b or c"."""
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def value_in_words(value: Any) -> str:
    """Whatever a row holds under a key, on one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return "; ".join(f"{in_words(str(key))}{_held(inner)}" for key, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        told = [value_in_words(inner) for inner in value]
        if any(text.endswith(".") for text in told):
            return " ".join(told)
        return ("; " if any(isinstance(inner, Mapping) for inner in value) else ", ").join(told)
    text = " ".join(str(value).split())
    return in_words(text) if _KEY.fullmatch(text) else text


def _held(inner: Any) -> str:
    told = value_in_words(inner)
    return f" ({told})" if isinstance(inner, Mapping) else f": {told}"
