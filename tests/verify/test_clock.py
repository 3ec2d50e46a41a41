"""Sessions when the clocks change."""

from __future__ import annotations

from typing import Any

import pytest


def on_the_day(world: Any, zone: str, date: str, start: str, end: str) -> set[str]:
    """The rules that a balance session at that time breaks, beside those of a week that lost one."""
    world.document["timezone"] = world.profile["timezone"] = zone
    world.document["start"] = date
    world.profile["exercise"]["availability"] = None
    world.document["exercise"] = {"sessions": [world.first("balance") | {"date": date, "start": start, "end": end}]}
    return {b.rule for b in world.breaches() if b.rule in ("verify/clock", "verify/session-time")}


@pytest.mark.parametrize(
    ("zone", "date", "start", "end", "holds"),
    [
        ("America/New_York", "2027-03-14", "02:15", "02:30", False),  # 02:00 to 03:00 is skipped
        ("America/New_York", "2027-03-14", "01:55", "02:10", False),
        ("America/New_York", "2027-03-14", "01:30", "01:45", True),
        ("America/New_York", "2027-03-14", "03:00", "03:15", True),
        ("America/New_York", "2026-11-01", "01:15", "01:30", False),  # 01:00 to 02:00 is shown twice
        ("America/New_York", "2026-11-01", "02:00", "02:15", True),
        ("Australia/Lord_Howe", "2026-10-04", "02:10", "02:25", False),  # half an hour is skipped
        ("Australia/Lord_Howe", "2026-10-04", "02:30", "02:45", True),
        ("Asia/Kathmandu", "2027-03-14", "02:15", "02:30", True),
        ("America/New_York", "2027-03-15", "02:15", "02:30", True),
    ],
)
def test_a_session_at_an_hour_that_is_skipped_or_repeated_is_a_breach(
    world: Any, zone: str, date: str, start: str, end: str, holds: bool
) -> None:
    assert on_the_day(world, zone, date, start, end) == (set() if holds else {"verify/clock"})


def test_a_session_across_a_change_of_the_clocks_is_not_as_long_as_it_says(world: Any) -> None:
    world.first("balance")["minutes"] = 120
    assert on_the_day(world, "America/New_York", "2027-03-14", "01:30", "03:30") == {"verify/clock"}


def test_a_session_may_end_at_midnight(world: Any) -> None:
    assert on_the_day(world, "Europe/Berlin", "2027-03-27", "23:45", "24:00") == set()
