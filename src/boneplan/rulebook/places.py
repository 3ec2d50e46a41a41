"""Where every rule stands: the rows of the files in guidelines/, found by walking the files, by their ids.

It is what a shell needs to offer rule ids, so nothing heavy is imported here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from boneplan.data import data_folder, shipped_yaml

SOURCES = "exercise/sources.yaml"  # documents by key, no rules

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a row stands: its file under guidelines/, and what it is called there."""

    file: str
    key: str
    row: Row


@cache
def places() -> dict[str, tuple[Place, ...]]:
    """The rows of every rule by its id, in the order of folders, files and rows.

    An exercise rule that drops exercises and says so to the person stands in two rows.
    """
    found: dict[str, tuple[Place, ...]] = {}
    for file in guideline_files():
        stem = file.removesuffix(".yaml")
        for rule, key, row in _rows(shipped_yaml("guidelines", file), stem, stem):
            found[rule] = (*found.get(rule, ()), Place(file, key, row))
    return found


def is_row(node: object) -> bool:
    """Whether a part of a guideline file is a rule: it says where it is from, or is a tier, whose reasons do."""
    return isinstance(node, Mapping) and not {"reference", "sources", "tier"}.isdisjoint(node)


def guideline_files() -> list[str]:
    """The files under guidelines/ that hold rules, in the order of folders and names."""
    folder = data_folder("guidelines")
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml"))
    return [file for file in files if file != SOURCES]


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
