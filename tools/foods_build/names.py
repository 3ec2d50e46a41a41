"""The short name of a food and the id that is made of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from foods_build.raw import Food, read_rows

_CUTS = (
    (re.compile(r"^Fish, "), ""),
    (re.compile(r"^Cereal or granola bar \((.+)\)$"), r"\1"),
    (re.compile(r", (?:excludes?|excluding) [^,;]+"), ""),
    (re.compile(r" including carrots, broccoli, and/or dark[- ]green leafy"), " with carrots and broccoli"),
    (re.compile(r" excluding carrots, broccoli, and/or dark[- ]green leafy"), ""),
    (re.compile(r"^Soft drink, "), "Soda, "),
    (re.compile(r"\s+"), " "),
)


def fallback_name(description: str) -> str:
    """A name from the description of FNDDS, for a food without a written one."""
    name = description
    for pattern, put in _CUTS:
        name = pattern.sub(put, name)
    name = name.strip(" ,;")
    return name[:1].upper() + name[1:]


def read_names(path: Path) -> dict[int, str]:
    """The written names by FNDDS code; empty where the file is not there."""
    if not path.is_file():
        return {}
    return {int(row["fndds_code"]): row["name"].strip() for row in read_rows(path)}


def name_foods(foods: Iterable[Food], written: Mapping[int, str]) -> dict[int, str]:
    """One unique name per code: the written one, else the fallback, else the description.

    Raises `ValueError` where two foods would be called the same.
    """
    names: dict[int, str] = {}
    taken: dict[str, int] = {}
    for food in sorted(foods, key=lambda food: (food.code not in written, food.code)):
        name = written.get(food.code) or fallback_name(food.description)
        if name.casefold() in taken and food.code not in written:
            name = food.description
        if name.casefold() in taken:
            raise ValueError(f"{food.code} and {taken[name.casefold()]} are both called {name!r}")
        names[food.code] = name
        taken[name.casefold()] = food.code
    return names


def slug(name: str) -> str:
    """The name in lower-case ASCII letters and digits with hyphens between them.

    >>> slug("Crème fraîche, ½ fat")
    'creme-fraiche-1-2-fat'
    """
    ascii_name = unicodedata.normalize("NFKD", name.replace("%", " percent")).replace("⁄", " ")
    ascii_name = ascii_name.encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")


def make_ids(names: Mapping[int, str]) -> dict[int, str]:
    """An id per code, the slug of its name. Raises `ValueError` where two names have one slug."""
    ids: dict[int, str] = {}
    taken: dict[str, int] = {}
    for code, name in sorted(names.items()):
        made = slug(name)
        if made in taken:
            raise ValueError(f"{code} {name!r} and {taken[made]} {names[taken[made]]!r} have one id")
        ids[code] = made
        taken[made] = code
    return ids
