"""The figures of a guideline row in words, and the words that all rows share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from boneplan.guidelines import Value
from boneplan.plan import Basis
from boneplan.rows import checked
from boneplan.rulebook.places import Row, is_row
from boneplan.rulebook.whom import ages_in_words
from boneplan.rulebook.words import either, figure, in_words, key_in_words, unit_in_words, value_in_words

MARKS: dict[Basis, str] = {
    "published": "stands in the document named",
    "consensus-unverified": "agreed practice, not checked at its source",
    "project": "boneplan's own choice",
}
"""How sure a rule is, in words."""

BOUNDS = {"min": "at least ", "max": "at most "}
PERIODS = {"day": "each day", "week_mean": "the week's mean", "meal": "each meal"}
FROM_AGREED = " from agreed"  # how a unit ends that counts from the intake agreed with the clinic
_AWAY = {"min": "below", "max": "above"}
WHO_KEYS = ("only", "when", "who")
WHO_LINES = ("medicines", "drugs", "conditions")  # lines of a Who that rows of timing.yaml have for themselves
# What an entry says elsewhere than among its figures.
_TOLD = {
    "id", "rule", "tier", "title", "what", "text", "why", "reference", "sources", "basis", "note", "hard", "fixed",
    "level", "scope", "bound", "period", "unit", "value", "values", "unless", "when_all", "drop", "reasons",
    "medicine", "names", "nutrients", "told_by", *WHO_KEYS, *WHO_LINES,
}  # fmt: skip
_FIGURE_OF_RULE = re.compile(r"\{([\w/]+/[\w/]+)\}")


@dataclass(frozen=True)
class Figure:
    """A figure of a rule in words; `whom` is the part of its people for whom it is, empty for all of them."""

    whom: str
    text: str


def figures(row: Row, file: str) -> Iterator[Figure]:
    """Every figure of a row of `file`, in the order of the row."""
    side, period = BOUNDS.get(row.get("bound", ""), ""), PERIODS.get(row.get("period", ""), "")
    counted = str(row.get("unit", ""))
    unit = unit_in_words(counted.removesuffix(FROM_AGREED))

    def amount(value: float) -> str:
        said = f"{side}{figure(value)} {unit}".strip()
        if counted.endswith(FROM_AGREED):
            said = f"at most {figure(value)} {unit} {_AWAY[row['bound']]} the agreed intake"
        return said + (f" ({period})" if period else "")

    if "value" in row:
        yield Figure("", amount(row["value"]))
    for raw in row.get("values", ()):
        value = checked(Value, raw, file)
        whom = "" if len(row["values"]) == 1 else ages_in_words(*value.ages, value.sex)
        if value.policy:
            whom = f"{whom}, policy on phytoestrogens: {value.policy}"
        mark = f" [{MARKS[value.basis]}]" if value.basis else ""
        yield Figure(whom, amount(value.value) + mark)
    if "drop" in row:
        kept = [f"{in_words(key)}: {either(list(map(value_in_words, held)))}" for key, held in row["drop"].items()]
        yield Figure("", f"leaves out exercises with {' and '.join(kept)}")
    for key, value in row.items():
        if key not in _TOLD and not is_row(value):
            told = _FIGURE_OF_RULE.sub(r"[\1]", value_in_words(value))
            yield Figure("", f"{key_in_words(key, value)}: {told}")
    if unit and "value" not in row and "values" not in row:
        yield Figure("", f"unit: {unit}")
