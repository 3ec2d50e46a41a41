"""The options of the menu: how often, and in what amounts, people ate each food of the table at each meal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from foods_build.raw import Eaten, read_rows

GROUPS = {"women_50_plus": "women", "men_40_plus": "men"}
MEALS = ("breakfast", "lunch", "dinner", "snack")
LEAST_COUNT = 2  # the raw table leaves out what was eaten once


@dataclass(frozen=True)
class Option:
    """One food at one meal for one group; `eaten_as` is the code whose record it is, None for its own."""

    row: Eaten
    eaten_as: int | None


def read_stand_ins(path: Path) -> dict[int, int]:
    """The hand-kept list: the code of a food of the table, and the code whose amounts stand for it."""
    return {int(row["fndds_code"]): int(row["eaten_as"]) for row in read_rows(path)}


def table_options(
    eaten: Iterable[Eaten], table: Collection[int], stand_ins: Mapping[int, int]
) -> dict[int, list[Option]]:
    """The options by code, in the order of the meals.

    A recorded code that stands for several foods shares its count out evenly among them (and itself, where it
    stands in the table). A food's own record goes first wherever its count is at least as large.
    """
    sharers = Counter(source for food, source in stand_ins.items() if food in table)
    sharers.update(source for source in list(sharers) if source in table)
    followers: dict[int, list[int]] = defaultdict(list)
    for food, source in sorted(stand_ins.items()):
        followers[source].append(food)
    chosen: dict[tuple[int, str, str], Option] = {}
    for row in eaten:
        if row.group not in GROUPS or row.meal not in MEALS:
            continue
        own = {row.code: Option(row, None)} if row.code in table else {}
        n = max(LEAST_COUNT, row.n // max(1, sharers[row.code]))
        borrowed = {food: Option(replace(row, n=n), row.code) for food in followers[row.code]}
        for food, option in (own | borrowed).items():
            key = (food, row.meal, row.group)
            if food in table and (key not in chosen or _better(option, chosen[key])):
                chosen[key] = option
    options: dict[int, list[Option]] = defaultdict(list)
    for (food, _, _), option in sorted(chosen.items(), key=lambda item: _place(item[0])):
        options[food].append(option)
    return dict(options)


def _better(new: Option, old: Option) -> bool:
    return (new.row.n, new.eaten_as is None) > (old.row.n, old.eaten_as is None)


def _place(key: tuple[int, str, str]) -> tuple[int, int, str]:
    food, meal, group = key
    return food, MEALS.index(meal), group
