"""Which exercises a week holds: walks for half of it, what loads bone first, and something else the next time."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.exercises import catalogue
from boneplan.schedule.choice import Place, choose
from boneplan.schedule.loading import aerobic_index
from boneplan.schedule.needs import is_moderate_option

MODERATE = [e.id for e in catalogue().values() if is_moderate_option(e)]
WALKS = {e.id for e in catalogue().values() if e.pattern == "walking"}


def place(names: list[str], group: str = "aerobic", minutes: int = 30) -> Place:
    return Place(group, 1, {name: aerobic_index(catalogue()[name], minutes) for name in names})


def chosen(places: list[Place], *, last_week: frozenset[str] = frozenset(), seed: str = "0/1") -> list[list[str]]:
    return [[e.id for e in found] for found in choose(places, catalogue(), last_week, seed)]


def flat(places: list[Place], **how: Any) -> list[str]:
    return [name for names in chosen(places, **how) for name in names]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 7])
def test_walks_are_at_least_half_of_the_sessions(count: int) -> None:
    names = flat([place(["walk_easy", "dance_low_impact", "stairs_slow", "folk_dance"])] * count)
    assert sum(name in WALKS for name in names) >= count / 2


def test_where_there_is_no_walk_there_is_none() -> None:
    assert set(flat([place(["dance_low_impact", "stairs_slow"])] * 4)) == {"dance_low_impact", "stairs_slow"}


def test_an_activity_does_not_come_twice_in_a_row_where_there_are_others() -> None:
    names = flat([place(MODERATE)] * 7)
    assert all(before != after for before, after in pairwise(names))
    assert max(Counter(names).values()) <= 2


def test_a_lone_activity_comes_every_time() -> None:
    assert flat([place(["walk_easy"])] * 5) == ["walk_easy"] * 5


def test_of_two_activities_the_one_that_loads_bone_more_is_chosen() -> None:
    for seed in range(20):
        # Both are walks: 1.0-1.2 body weights against 1.5-1.9.
        assert flat([place(["walk_easy", "walk_very_brisk"])], seed=f"{seed}/1") == ["walk_very_brisk"]


def test_an_impact_session_holds_different_exercises() -> None:
    options = {"heel_drop": 7.0, "heel_drop_low": 5.0, "stomp": 9.0}
    for names in chosen([Place("impact", 2, options)] * 4):
        assert len(set(names)) == 2


def test_what_was_done_last_week_comes_up_less() -> None:
    names = ["dance_low_impact", "ballroom_slow", "stairs_slow", "folk_dance"]
    equal = [Place("aerobic", 1, dict.fromkeys(names, 10.0))] * 2
    again = 0
    for seed in range(20):
        first = flat(equal, seed=f"{seed}/1")
        again += len(set(first) & set(flat(equal, seed=f"{seed}/2", last_week=frozenset(first))))
    assert again == 0


def test_a_seed_chooses_among_what_is_about_as_good_and_always_the_same() -> None:
    equal = [Place("aerobic", 1, dict.fromkeys(MODERATE, 10.0))] * 3
    assert flat(equal, seed="a") == flat(equal, seed="a")
    assert len({tuple(flat(equal, seed=str(seed))) for seed in range(10)}) > 5


def test_a_week_without_places_has_no_exercises() -> None:
    assert chosen([]) == []


@given(
    options=st.lists(st.sets(st.sampled_from(MODERATE), min_size=1, max_size=6), min_size=1, max_size=7),
    last=st.frozensets(st.sampled_from(MODERATE)),
    seed=st.integers(0, 99),
)
def test_every_place_gets_one_of_its_own_exercises(options: list[set[str]], last: frozenset[str], seed: int) -> None:
    names = flat([place(sorted(names)) for names in options], last_week=last, seed=str(seed))
    assert all(name in able for name, able in zip(names, options, strict=True))
    able = sum(bool(names & WALKS) for names in options)
    assert sum(name in WALKS for name in names) >= min(able, -(-len(options) // 2))
