"""Files of own foods: every slip in all of them at once, each with its file, its field, its value and the mend."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boneplan.errors import InputError
from boneplan.foods.own.food import MAX_OWN, OwnFood
from boneplan.foods.own.resolve import Given, resolved
from boneplan.foods.own.schema import Label, OwnEntry, Serving
from boneplan.foods.table import load_foods
from boneplan.profile_reader import MAX_LINES, checked_as
from boneplan.yaml_reader import escaped, parse_yaml, read_text, shown

FOLDER = "foods.d"
YAML, CSV = (".yaml", ".yml"), (".csv",)
MAX_FILES = 200
MAX_COLUMNS = 60
NUMBER = re.compile(r"-?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})", re.ASCII)
LISTS = ("meals", "contains", "may_contain", "free_of", "as_like")
OF_LABEL, OF_SERVING = tuple(Label.model_fields), tuple(Serving.model_fields)
PLAIN = ("id", "name", "like", "category", "phytoestrogens")
COLUMNS = (*PLAIN, *LISTS, *OF_LABEL, *OF_SERVING)


@dataclass(frozen=True)
class OwnFoods:
    """The own foods of some files, what they were read from, and names of files that were not."""

    foods: tuple[OwnFood, ...] = ()
    source: str = ""
    unread: tuple[str, ...] = ()
    given: tuple[Given, ...] = ()

    @property
    def line(self) -> str:
        """How many there are, in one line: "Own foods: 3 from foods.d"."""
        rest = f" (not read: {', '.join(map(escaped, self.unread))})" if self.unread else ""
        return f"Own foods: {len(self.foods)} from {escaped(self.source)}{rest}"


def folder_beside(profile: Path) -> Path | None:
    """The folder foods.d beside a profile, if there is one."""
    folder = profile.parent / FOLDER
    return folder if folder.is_dir() else None


def load_own(path: Path) -> OwnFoods:
    """The own foods in the files *.yaml, *.yml and *.csv of the folder at `path`, or in that one file.

    Raises InputError with one line for each thing to mend.
    """
    if not path.is_dir():
        return read_own([path], str(path))
    try:
        found = sorted(entry for entry in path.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        raise InputError(f"{escaped(str(path))}: cannot be read ({error.strerror}): check its permissions") from None
    files = [entry for entry in found if entry.suffix.lower() in (*YAML, *CSV)]
    if len(files) > MAX_FILES:
        raise InputError(
            f"{escaped(str(path))}: {len(files)} files: keep {MAX_FILES} at most, with several foods each"
        )
    return read_own(files, str(path), unread=[entry.name for entry in found if entry not in files])


def read_own(paths: Sequence[Path], source: str, *, unread: Sequence[str] = ()) -> OwnFoods:
    """The own foods of these files together; a dish may hold the foods of any of them. Raises as `load_own` does."""
    given = parse_files(paths)
    return OwnFoods(tuple(worked_out(given)), source, tuple(unread), tuple(given))


def parse_files(paths: Sequence[Path]) -> list[Given]:
    """The foods of several files as written. Raises InputError with the slips of all of them."""
    given: list[Given] = []
    problems: list[str] = []
    for path in paths:
        try:
            given += parse_own(read_text(path), str(path))
        except InputError as error:
            problems += error.lines
    if problems:
        raise InputError(_some(problems))
    return given


def worked_out(given: Sequence[Given]) -> list[OwnFood]:
    """The foods with their figures, in order. Raises InputError where names are unknown or taken."""
    try:
        return resolved(given, load_foods())
    except InputError as error:
        raise InputError(_some(error.lines)) from None


def _some(problems: Sequence[str]) -> list[str]:
    more = len(problems) - MAX_LINES
    return [*problems[:MAX_LINES], *([f"and {more} more problems of this kind"] if more > 0 else [])]


def parse_own(text: str, path: str) -> list[Given]:
    """The foods in the text of one file. Raises InputError as `load_own` does."""
    name = Path(path).name
    rows = _csv_rows(text, path) if path.lower().endswith(CSV) else _yaml_rows(text, path)
    given, problems = [], []
    if len(rows) > MAX_OWN:
        raise InputError(f"{escaped(path)}: holds {len(rows)} foods: keep {MAX_OWN} at most")
    for where, data, said in rows:
        try:
            entry = checked_as(OwnEntry, "a food", data, where, said)
        except InputError as error:
            flat = path.lower().endswith(CSV)
            problems += [_flat(line) if flat else line for line in error.lines]
        else:
            given.append(Given(entry, name, escaped(where)))
    if problems:
        raise InputError(problems)
    return given


Row = tuple[str, Any, list[str]]
"""Where a food stands, what is written there, and what the text itself has to mend."""


def _yaml_rows(text: str, path: str) -> list[Row]:
    """A list of foods, or one food as a mapping."""
    data, problems = parse_yaml(text, path)
    if isinstance(data, list):
        if problems:
            raise InputError([f"{escaped(path)}: {problem}" for problem in problems])
        return [(f"{path}: [{number}]", one, []) for number, one in enumerate(data)]
    return [(path, data, problems)]


def _csv_rows(text: str, path: str) -> list[Row]:
    """One row a food; the first row names the columns. Numbers are told from texts by the column."""
    source = escaped(path)
    if "\0" in text:
        raise InputError(f"{source}: holds the control character U+0000: save the file as plain CSV")
    try:
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        table = [(lines.line_num, [cell.strip() for cell in cells]) for cells in lines]
    except csv.Error as error:
        raise InputError(f"{source}: is no CSV ({error}): check the quotes, and save it with commas") from None
    table = [(number, cells) for number, cells in table if any(cells)]
    if not table:
        raise InputError(f"{source}: is empty")
    header = [cell.lower() for cell in table[0][1]]
    if problems := _header_problems(header):
        raise InputError([f"{source}: row 1: {problem}" for problem in problems])
    rows: list[Row] = []
    for number, cells in table[1:]:
        where = f"{path}: row {number}"
        more = [f"has {len(cells)} cells for {len(header)} columns: put texts with a comma in quotes"]
        data = _nested({name: cell for name, cell in zip(header, cells, strict=False) if cell})
        rows.append((where, data, more if len(cells) > len(header) else []))
    return rows


def _header_problems(header: Sequence[str]) -> list[str]:
    if len(header) > MAX_COLUMNS:
        return [f"{len(header)} columns: keep those of docs/OWN_FOODS.md"]
    problems = []
    for column in dict.fromkeys(header):
        if column not in COLUMNS:
            problems.append(f"{shown(column)} is no column: {_column_mend(column)}")
        elif header.count(column) > 1:
            problems.append(f"{column}: is there twice: keep one of them")
    return problems


def _column_mend(column: str) -> str:
    if column == "ingredients":
        return "recipes are written in YAML"
    return "put commas between the columns" if ";" in column else f"use {', '.join(COLUMNS)}"


def _nested(cells: dict[str, str]) -> dict[str, Any]:
    """The cells of one row as YAML would have them."""
    made: dict[str, Any] = {name: cells[name] for name in PLAIN if name in cells}
    if NUMBER.fullmatch(made.get("category", "")):
        made["category"] = int(float(made["category"]))
    made |= {name: _words(cells[name]) for name in LISTS if name in cells}
    for part, names in (("label", OF_LABEL), ("serving", OF_SERVING)):
        said = {name: _figure(name, cells[name]) for name in names if name in cells}
        if said:
            made[part] = said
    return made


def _words(cell: str) -> list[str]:
    return [word for part in cell.split(";") if (word := part.strip())]


def _figure(name: str, cell: str) -> float | str:
    return float(cell) if name not in ("per", "measure", "plural") and NUMBER.fullmatch(cell) else cell


def _flat(line: str) -> str:
    """A message about a row, its fields called as the columns are."""
    return re.sub(r": (?:label|serving)\.", ": ", line, count=1)
