"""One row of a guideline file as a rule: what it says, for whom, how firm, and where it is from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from boneplan.guidelines import Value
from boneplan.plan import Basis
from boneplan.rows import Reference, checked
from boneplan.rulebook.whom import EVERYBODY, ages_in_words, traits_in_words, who_in_words
from boneplan.rulebook.words import either, figure, in_words, unit_in_words, value_in_words
from boneplan.timing.rules import duration
from boneplan.who import Who

Row = Mapping[str, Any]

MARKS: dict[Basis, str] = {
    "published": "stands in the document named",
    "consensus-unverified": "agreed practice, not checked at its source",
    "project": "boneplan's own choice",
}
"""How sure a rule is, in words."""

BOUNDS = {"min": "at least ", "max": "at most "}
PERIODS = {"day": "each day", "week_mean": "the week's mean", "meal": "each meal"}
_CLOSES = {"plan": "the plan", "menu": "the menu", "exercise": "the exercise"}
_WHO_KEYS = ("only", "when", "who")
_WHO_LINES = ("medicines", "drugs", "conditions")  # lines of a Who that rows of timing.yaml have for themselves
# What an entry says elsewhere than among its figures.
_TOLD = {
    "id", "rule", "tier", "title", "what", "text", "why", "reference", "sources", "basis", "note", "hard", "level",
    "scope", "bound", "period", "unit", "value", "values", "unless", "when_all", "drop", "reasons", "medicine",
    "names", "nutrients", *_WHO_KEYS, *_WHO_LINES,
}  # fmt: skip
_FIGURE_OF_ROW = re.compile(r"\{(\w+)\}")
_FIGURE_OF_RULE = re.compile(r"\{([\w/]+/[\w/]+)\}")


@dataclass(frozen=True)
class Figure:
    """A figure of a rule in words; `whom` is the part of its people for whom it is, empty for all of them."""

    whom: str
    text: str


@dataclass(frozen=True)
class Entry:
    """A rule: `id` as plans and notices name it, `file` under guidelines/, and the rest as people read it.

    `about` is the note of the whole file, where sources disagree; `row` is the row as it stands, `key` what it is
    called in its file.
    """

    id: str
    file: str
    key: str
    text: str
    whom: str
    figures: tuple[Figure, ...]
    firm: str
    sources: tuple[str, ...]
    basis: Basis
    note: str
    about: str
    row: Row

    @property
    def mark(self) -> str:
        """How sure it is, in words."""
        return MARKS[self.basis]

    @property
    def brief(self) -> str:
        """The rule in one line: what it says, or else its figures."""
        return self.text or "; ".join(shown.text for shown in self.figures) or in_words(self.key)


def is_row(node: object) -> bool:
    """Whether a part of a guideline file is a rule: it says where it is from, or is a tier, whose reasons do."""
    return isinstance(node, Mapping) and not {"reference", "sources", "tier"}.isdisjoint(node)


def entry(row: Row, rule: str, key: str, file: str, about: str = "") -> Entry:
    """The row of `file` as a rule called `rule`."""
    cited, basis = _from(row, file)
    return Entry(
        id=rule,
        file=file,
        key=key,
        text=_text(row),
        whom=_whom(row, file),
        figures=tuple(_figures(row, file)),
        firm=_firm(row),
        sources=cited,
        basis=basis,
        note=value_in_words(row.get("note", "")),
        about=about,
        row=row,
    )


def who_of(row: Row, file: str) -> Who | None:
    """For whom the row is, where it says so in the words of a profile; None where it does not."""
    asked = next((row[key] for key in _WHO_KEYS if isinstance(row.get(key), Mapping)), None)
    if asked is None:
        asked = {line: row[line] for line in _WHO_LINES if line in row}
        if "medicine" in row:
            asked["medicines"] = [row["medicine"]]
    return checked(Who, asked, file) if asked else None


def _text(row: Row) -> str:
    """What the row says, its own figures in their places and those of other rules by name."""

    def own(found: re.Match[str]) -> str:
        value = row.get(found[1])
        if found[1].endswith("_mg"):
            return f"{value_in_words(value)} mg"
        return duration(value) if isinstance(value, int) else found[0]

    said = ": ".join(value_in_words(part) for part in _both(row, ("title", "what"), ("text", "why")))
    return _FIGURE_OF_ROW.sub(own, said)


def _both(row: Row, *choices: tuple[str, str]) -> Iterator[Any]:
    """The first of each pair of keys that the row has."""
    for choice in choices:
        yield from [row[key] for key in choice if key in row][:1]


def _from(row: Row, file: str) -> tuple[tuple[str, ...], Basis]:
    """Its sources in words, and how sure it is; a tier has those of its reasons and is boneplan's own grouping."""
    if "tier" in row:
        reasons = (checked(Reference, reason["reference"], file) for reason in row.get("reasons", ()))
        return tuple(dict.fromkeys(map(str, reasons))), "project"
    if "sources" in row:
        from boneplan.schedule.guidance import Sourced, sources

        sourced = Sourced(sources=row["sources"])
        return tuple(str(sources()[key]) for key in sourced.sources), sourced.basis
    return (str(checked(Reference, row["reference"], file)),), row["basis"]


def _whom(row: Row, file: str) -> str:
    if "tier" in row:
        return "people for whom one of its reasons holds" if row.get("reasons") else "everybody else"
    who = who_of(row, file)
    whom = EVERYBODY if who is None else who_in_words(who)
    if isinstance(row.get("when"), list):
        whom = traits_in_words(row["when"])
    if "when_all" in row:
        whom = traits_in_words(row["when_all"], every=True)
    if names := row.get("names"):
        whom = f"{'people' if whom == EVERYBODY else whom + ','} who take {either(names)}"
    if nutrients := row.get("nutrients"):
        taken = either([in_words(nutrient) for nutrient in nutrients])
        whom = f"{'people' if whom == EVERYBODY else whom + ','} who take a supplement of {taken}"
    if "unless" in row:
        whom += f", except {who_in_words(checked(Who, row['unless'], file))}"
    return whom


def _firm(row: Row) -> str:
    if "hard" in row:
        return "hard" if row["hard"] else "soft"
    part = _CLOSES.get(row.get("scope", ""), "")
    levels = {
        "refuse": f"refuses {part}",
        "clearance": f"closes {part} until cleared",
        "warn": "warns",
        "info": "tells, no more",
    }
    return levels.get(row.get("level", ""), "")


def _figures(row: Row, file: str) -> Iterator[Figure]:
    side, period = BOUNDS.get(row.get("bound", ""), ""), PERIODS.get(row.get("period", ""), "")
    unit = unit_in_words(str(row.get("unit", "")))

    def amount(value: float) -> str:
        return f"{side}{figure(value)} {unit}".strip() + (f" ({period})" if period else "")

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
            yield Figure("", f"{in_words(key)}: {told}")
    if unit and "value" not in row and "values" not in row:
        yield Figure("", f"unit: {unit}")
