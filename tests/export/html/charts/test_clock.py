"""The hours of a week's sessions as an axis."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.export.html.charts.clock import BREAK, axis

NINE, TEN, FIVE, SIX = 9 * 60, 10 * 60, 17 * 60, 18 * 60


def test_an_axis_begins_and_ends_with_whole_hours() -> None:
    found = axis([(NINE + 10, NINE + 50)], 0, 120)
    assert list(found.hours()) == [(0, 9), (120, 10)]
    assert found.blocks([(NINE + 10, NINE + 50)], 5) == [(20, 80)]


def test_long_empty_hours_are_a_break() -> None:
    found = axis([(NINE, TEN), (FIVE, FIVE + 30)], 10, 10 + 240 + BREAK)
    assert list(found.spans()) == [(10, 130), (130 + BREAK, 250 + BREAK)]
    assert found.blocks([(FIVE, SIX)], 5) == [(130 + BREAK, 120)]


def test_only_the_longest_empty_stretches_are_left_out() -> None:
    found = axis([(hour * 60, hour * 60 + 60) for hour in (0, 3, 8, 14, 15)], 0, 100)
    assert found.stretches == [(0, 4 * 60), (8 * 60, 9 * 60), (14 * 60, 16 * 60)]


def test_a_short_session_takes_its_least_from_its_neighbours_place() -> None:
    found = axis([(0, 24 * 60)], 0, 288)
    assert found.blocks([(0, 5), (5, 10), (1430, 1435), (1435, 1440)], 4) == [(0, 4), (4, 4), (280, 4), (284, 4)]


@given(
    lasts=st.lists(
        st.integers(0, 1439).flatmap(lambda start: st.tuples(st.just(start), st.integers(start + 1, 1440))),
        min_size=1,
        max_size=30,
    )
)
def test_every_session_has_a_place_in_order_and_on_the_axis(lasts: list[tuple[int, int]]) -> None:
    found = axis(lasts, 50, 320)
    spans = list(found.spans())
    assert spans[0][0] == 50
    assert spans[-1][1] == pytest.approx(320)
    for last in lasts:
        ((x, width),) = found.blocks([last], 1)
        assert any(begin - 1e-6 <= x <= end and x + width <= end + 1 + 1e-6 for begin, end in spans)


@given(edges=st.lists(st.integers(0, 1440), min_size=2, max_size=16, unique=True).map(sorted))
def test_sessions_one_after_another_do_not_overlap(edges: list[int]) -> None:
    lasts = list(pairwise(edges))
    blocks = axis(lasts, 54, 320).blocks(lasts, 5)
    assert blocks[0][0] >= 54 - 1e-6
    assert blocks[-1][0] + blocks[-1][1] <= 320 + 1e-6
    if sum(width for _, width in blocks) <= 266:
        assert all(one[0] + one[1] <= other[0] + 1e-6 for one, other in pairwise(blocks))
