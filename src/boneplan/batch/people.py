"""The people of a batch: a folder of profiles, or a table with one person a row, each under an id of their own."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boneplan.batch.cells import values_of
from boneplan.errors import InputError
from boneplan.files import read_bounded
from boneplan.profile import Profile
from boneplan.profile_reader import check_profile, parse_profile
from boneplan.yaml_reader import escaped, read_text, shown

SUFFIXES = (".yaml", ".yml")
MAX_BYTES = 50_000_000  # of a table: some ten thousand people with all they take
MAX_PEOPLE = 10_000
MAX_ID = 80  # characters
ID = re.compile(r"\w(?:[\w .-]*[\w-])?")
# Names that no folder can have beside the summary, or on Windows.
TAKEN = frozenset(
    {"summary.csv", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789")}
)


@dataclass(frozen=True)
class Person:
    """One person of a batch, not checked yet: the `text` of a profile, or the `values` of a row.

    `problems` are of the row's form; `source` is what errors call the place where it stands.
    """

    id: str
    source: str
    text: str | None = None
    values: Mapping[str, Any] | None = None
    problems: tuple[str, ...] = ()

    def profile(self) -> Profile:
        """The checked profile. Raises InputError with one line for each thing to mend."""
        if self.problems:
            raise InputError([f"{escaped(self.source)}: {problem}" for problem in self.problems])
        if self.text is not None:
            return parse_profile(self.text, self.source)
        return check_profile(self.values, self.source)


def read_people(path: Path) -> list[Person]:
    """The people of a folder of *.yaml files, by name, or of a CSV table, in its order.

    Raises InputError where there are none, or where ids do not tell them apart.
    """
    people = _of_folder(path) if path.is_dir() else _of_table(path)
    where = escaped(str(path))
    if not people:
        found = (
            "no profile in it, that is no *.yaml file" if path.is_dir() else "no row below the names of its columns"
        )
        raise InputError(f"{where}: {found}: name a folder of profiles, or a CSV file with a person a row")
    if len(people) > MAX_PEOPLE:
        raise InputError(f"{where}: holds {len(people)} people: give at most {MAX_PEOPLE} at once")
    if problems := list(_bad_ids(people)):
        raise InputError([f"{where}: {problem}" for problem in problems])
    return people


def _bad_ids(people: Sequence[Person]) -> Iterator[str]:
    """A sentence for each id that is no safe name of a folder, and for those that one folder would have to share."""
    for person in people:
        if not person.id:
            yield f"{escaped(person.source)}: id: is empty: give each person an id, such as p001"
        elif not ID.fullmatch(person.id) or len(person.id) > MAX_ID or _folded(person.id).split(".")[0] in TAKEN:
            yield f"id {shown(person.id)}: names no folder: use letters, digits, - and _, such as p001"
        elif _folded(person.id) in TAKEN:
            yield f"id {shown(person.id)}: is the name of the summary: choose another"
    same: dict[str, list[str]] = {}
    for person in people:
        same.setdefault(_folded(person.id), []).append(person.id)
    for ids in same.values():
        if len(ids) > 1 and ids[0]:
            named = " and ".join(shown(name) for name in dict.fromkeys(ids))
            yield f"id {named}: {len(ids)} people would share one folder: give each an id of their own"


def _folded(text: str) -> str:
    """What is the same name on a disk that knows no capitals."""
    return unicodedata.normalize("NFKC", text).casefold()


def _of_folder(folder: Path) -> list[Person]:
    try:
        files = [file for file in folder.iterdir() if file.suffix.lower() in SUFFIXES and not file.is_dir()]
    except OSError as error:
        why = error.strerror
        raise InputError(f"{escaped(str(folder))}: cannot be read ({why}): check its permissions") from None
    return [_of_file(file) for file in sorted(files) if not file.name.startswith(".")]


def _of_file(file: Path) -> Person:
    try:
        return Person(file.stem, str(file), text=read_text(file))
    except InputError as error:  # one file that cannot be read stops no other
        problems = tuple(line.removeprefix(f"{escaped(str(file))}: ") for line in error.lines)
        return Person(file.stem, str(file), problems=problems)


def _of_table(path: Path) -> list[Person]:
    source = escaped(str(path))
    data = read_bounded(
        path,
        MAX_BYTES,
        source=source,
        too_large=f"is over {MAX_BYTES // 1_000_000} MB: give a part of it",
        missing="name a folder of profiles, or a CSV file with a person a row",
    )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{source}: is no UTF-8 text (byte {error.start + 1}): save it as CSV UTF-8") from None
    heads = text.partition("\n")[0]
    delimiter = max(",;\t", key=heads.count)  # the first of them where they are as many
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        numbered = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise InputError(f"{source}: line {reader.line_num}: is no CSV ({error}): check the quotes") from None
    rows = [(line, cells) for line, cells in numbered if any(map(str.strip, cells))]
    if not rows:
        return []
    columns = [cell.strip() for cell in rows[0][1]]
    if problems := list(_bad_columns(columns)):
        raise InputError([f"{source}: {problem}" for problem in problems])
    return [_of_row(columns, cells, f"{path}, line {line}") for line, cells in rows[1:]]


def _bad_columns(columns: Sequence[str]) -> Iterator[str]:
    """A sentence for each column that names no one field."""
    if "id" not in columns:
        yield "has no column id: give one, with a short name for each person, such as p001"
    for column, count in Counter(columns).items():
        if not column:
            yield "a column has no name: name the field of the profile, such as diet.pattern, or take it out"
        elif count > 1:
            yield f"column {shown(column)}: is there {count} times: keep one"
        elif whole := next((other for other in columns if other and column.startswith(f"{other}.")), None):
            yield f"column {shown(column)}: is a part of the column {shown(whole)}: keep one of them"


def _of_row(columns: Sequence[str], cells: Sequence[str], source: str) -> Person:
    if len(cells) > len(columns):
        problem = f"has {len(cells)} cells for {len(columns)} columns: put a cell with a separator in it in quotes"
        return Person("".join(cells[columns.index("id") :][:1]).strip(), source, problems=(problem,))
    given = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if cell.strip()}
    identity = given.pop("id", "")
    values, problems = values_of(given)
    return Person(identity, source, values=values, problems=tuple(problems))
