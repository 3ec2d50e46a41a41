"""The rules of every file in guidelines/, found by walking the files: a row is what says where it is from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from boneplan.data import data_folder, shipped_yaml
from boneplan.rulebook.entry import Entry, entry
from boneplan.rulebook.figures import Row, is_row
from boneplan.rulebook.words import value_in_words

SOURCES = "exercise/sources.yaml"  # documents by key, no rules


@dataclass(frozen=True)
class Place:
    """Where a row stands: its file under guidelines/, and what it is called there."""

    file: str
    key: str
    row: Row


@dataclass(frozen=True)
class Chapter:
    """One file: `head` is how it begins, `note` where its sources disagree, `entries` its rules in their order."""

    file: str
    head: str
    note: str
    entries: tuple[Entry, ...]


@cache
def places() -> dict[str, tuple[Place, ...]]:
    """The rows of every rule by its id, in the order of folders, files and rows.

    An exercise rule that drops exercises and says so to the person stands in two rows.
    """
    found: dict[str, tuple[Place, ...]] = {}
    for file in _files():
        stem = file.removesuffix(".yaml")
        for rule, key, row in _rows(shipped_yaml("guidelines", file), stem, stem):
            found[rule] = (*found.get(rule, ()), Place(file, key, row))
    return found


def rule_entries(rule: str) -> tuple[Entry, ...]:
    """The rows of the rule with this id as people read them; none where guidelines/ has no such rule."""
    return tuple(_entry(rule, place) for place in places().get(rule, ()))


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every guideline file that holds rules, in the order of folders and names."""
    rows: dict[str, list[Entry]] = {file: [] for file in _files()}
    for rule, found in places().items():
        for place in found:
            rows[place.file].append(_entry(rule, place))
    return tuple(Chapter(file, _head(file), _note(file), tuple(rows[file])) for file in rows if rows[file])


def _files() -> list[str]:
    folder = data_folder("guidelines")
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml"))
    return [file for file in files if file != SOURCES]


def _entry(rule: str, place: Place) -> Entry:
    return entry(place.row, rule, place.key, place.file, _note(place.file))


def _note(file: str) -> str:
    return value_in_words(shipped_yaml("guidelines", file).get("note", ""))


def _rows(node: Any, path: str, stem: str) -> Iterator[tuple[str, str, Row]]:
    """Every row under `node` with its id and its own key: the id that it names, or the keys that lead to it.

    A list whose rows have names of their own adds nothing to them, nor does a key that is called like its file.
    """
    if is_row(node):
        yield str(node.get("rule") or path), path.rsplit("/", 1)[-1], node
    if isinstance(node, Mapping):
        for key, inner in node.items():
            named = isinstance(inner, list) and all(map(_name, inner))
            yield from _rows(inner, path if named or key == stem.rsplit("/", 1)[-1] else f"{path}/{key}", stem)
    elif isinstance(node, list):
        for number, inner in enumerate(node, 1):
            yield from _rows(inner, f"{path}/{_name(inner) or number}", stem)


def _name(row: Any) -> str:
    return str(row.get("id") or row.get("tier") or "") if isinstance(row, Mapping) else ""


def _head(file: str) -> str:
    """The first paragraph of the comment that the file begins with."""
    lines = []
    for line in (data_folder("guidelines") / file).read_text(encoding="utf-8").splitlines():
        if not line.startswith("# "):
            break
        lines.append(line.removeprefix("# "))
    return " ".join(lines)
