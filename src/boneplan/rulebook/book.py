"""The rules of every file in guidelines/ as people read them, one by one and in chapters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from boneplan.data import data_folder, shipped_yaml
from boneplan.rulebook.entry import Entry, entry
from boneplan.rulebook.places import Place, guideline_files, places
from boneplan.rulebook.words import value_in_words


@dataclass(frozen=True)
class Chapter:
    """One file: `head` is how it begins, `note` where its sources disagree, `entries` its rules in their order."""

    file: str
    head: str
    note: str
    entries: tuple[Entry, ...]


def rule_entries(rule: str) -> tuple[Entry, ...]:
    """The rows of the rule with this id as people read them; none where guidelines/ has no such rule."""
    return tuple(_entry(rule, place) for place in places().get(rule, ()))


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every guideline file that holds rules, in the order of folders and names."""
    rows: dict[str, list[Entry]] = {file: [] for file in guideline_files()}
    for rule, found in places().items():
        for place in found:
            rows[place.file].append(_entry(rule, place))
    return tuple(Chapter(file, _head(file), _note(file), tuple(rows[file])) for file in rows if rows[file])


def _entry(rule: str, place: Place) -> Entry:
    return entry(place.row, rule, place.key, place.file, _note(place.file))


def _note(file: str) -> str:
    return value_in_words(shipped_yaml("guidelines", file).get("note", ""))


def _head(file: str) -> str:
    """The first paragraph of the comment that the file begins with."""
    lines = []
    for line in (data_folder("guidelines") / file).read_text(encoding="utf-8").splitlines():
        if not line.startswith("# "):
            break
        lines.append(line.removeprefix("# "))
    return " ".join(lines)
