"""Kinds of meal that are asked of each day: whole meals change days until each has its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from boneplan.menu.deal import Table
from boneplan.menu.kinds import spread_kinds
from boneplan.menu.patterns import KindCount, Pattern


def kind(meal: str, name: str) -> Pattern:
    return Pattern(meal, name, name, 0.5, 7, {"drink": (1, 1)})  # type: ignore[arg-type]


SALADS = frozenset({"lunch/salad", "dinner/salad"})
EACH_DAY = KindCount("rules/require[0]", SALADS, "a salad each day", least=1, each="day")


def week(lunches: Sequence[bool], dinners: Sequence[bool]) -> list[list[Table]]:
    """Days whose lunch and dinner are salads where it says so."""
    return [
        [Table(kind("lunch", "salad" if a else "soup"), day), Table(kind("dinner", "salad" if b else "plate"), day)]
        for day, (a, b) in enumerate(zip(lunches, dinners, strict=True))
    ]


def salads(days: Sequence[Sequence[Table]]) -> list[int]:
    return [sum(table.pattern.key in SALADS for table in tables) for tables in days]


def test_two_salads_of_one_day_become_those_of_two() -> None:
    days = week([True] * 4 + [False] * 3, [True] * 3 + [False] * 4)
    assert spread_kinds(days, [EACH_DAY])
    assert salads(days) == [1] * 7
    assert all(table.day == day for day, tables in enumerate(days) for table in tables)


def test_a_week_with_too_few_cannot_have_one_each_day() -> None:
    assert not spread_kinds(week([True] * 6 + [False], [False] * 7), [EACH_DAY])


def test_at_most_one_a_day() -> None:
    days = week([True, True, False], [True, False, False])
    assert spread_kinds(days, [KindCount("rules/limit[0]", SALADS, "at most one", most=1, each="day")])
    assert salads(days) == [1, 1, 1]


def test_what_is_counted_by_the_week_moves_nothing() -> None:
    days = week([True, True], [True, True])
    assert spread_kinds(days, [KindCount("rules/require[0]", SALADS, "four a week", least=4)])
    assert salads(days) == [2, 2]


@given(st.lists(st.booleans(), min_size=7, max_size=7), st.lists(st.booleans(), min_size=7, max_size=7))
def test_where_there_are_enough_every_day_has_one(lunches: list[bool], dinners: list[bool]) -> None:
    days = week(lunches, dinners)
    meals = Counter(table.pattern.key for tables in days for table in tables)
    assert spread_kinds(days, [EACH_DAY]) is (sum(lunches) + sum(dinners) >= 7)
    assert Counter(table.pattern.key for tables in days for table in tables) == meals
