"""One row of a guideline file as a rule: what it says, for whom, how firm, and where it is from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from boneplan.plan import Basis
from boneplan.rows import Reference, checked
from boneplan.rulebook.figures import MARKS, WHO_KEYS, WHO_LINES, Figure, figures
from boneplan.rulebook.places import Row
from boneplan.rulebook.whom import EVERYBODY, traits_in_words, who_in_words
from boneplan.rulebook.words import either, in_words, value_in_words
from boneplan.timing.rules import duration
from boneplan.who import Who

_CLOSES = {"plan": "the plan", "menu": "the menu", "exercise": "the exercise"}
_FIGURE_OF_ROW = re.compile(r"\{(\w+)\}")


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


def entry(row: Row, rule: str, key: str, file: str, about: str = "") -> Entry:
    """The row of `file` as a rule called `rule`."""
    cited, basis = _from(row, file)
    return Entry(
        id=rule,
        file=file,
        key=key,
        text=_text(row),
        whom=_whom(row, file),
        figures=tuple(figures(row, file)),
        firm=_firm(row),
        sources=cited,
        basis=basis,
        note=value_in_words(row.get("note", "")),
        about=about,
        row=row,
    )


def who_of(row: Row, file: str) -> Who | None:
    """For whom the row is, where it says so in the words of a profile; None where it does not."""
    asked = next((row[key] for key in WHO_KEYS if isinstance(row.get(key), Mapping)), None)
    if asked is None:
        asked = {line: row[line] for line in WHO_LINES if line in row}
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
        return ("hard" if row["hard"] else "soft") + (", fixed" if row.get("fixed") else "")
    part = _CLOSES.get(row.get("scope", ""), "")
    levels = {
        "refuse": f"refuses {part}",
        "clearance": f"closes {part} until cleared",
        "warn": "warns",
        "info": "tells, no more",
    }
    return levels.get(row.get("level", ""), "")
