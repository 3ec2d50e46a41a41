"""The osteogenic index of a week, worked out again."""

from __future__ import annotations

import math
from typing import Any

import pytest

WALK, JOG = 1.2 * math.log(110 * 40 + 1), 2.0 * math.log(160 * 20 + 1)  # 40 minutes of one, 20 of the other


def walk(world: Any) -> dict[str, Any]:
    session: dict[str, Any] = world.first("aerobic")
    session["items"] = [world.exercise("walk", 40)]
    return session


def jog(world: Any, start: str, end: str) -> None:
    """Twenty minutes of jogging on the day of the first walk."""
    session = world.first("aerobic") | {"id": "jog", "start": start, "end": end, "minutes": 20}
    session["items"] = [world.exercise("jog", 20)]
    session["intensity"] = {"rpe": 6, "met": 7.0, "level": "vigorous"}
    world.sessions.append(session)


def claim(world: Any, index: float) -> list[str]:
    world.weeks[0]["osteogenic_index"] = index
    return [breach.text for breach in world.breaches() if breach.rule == "verify/osteogenic-index"]


def test_minutes_on_the_feet_count_by_their_force_and_the_logarithm_of_their_steps(world: Any) -> None:
    walk(world)
    assert claim(world, round(WALK, 1)) == []
    assert claim(world, 10.5) == ["an osteogenic index of 10.5, its sessions make 10.1"]


def test_impacts_count_by_their_number(world: Any) -> None:
    world.first("balance").update(kind="impact", items=[world.exercise("hop") | {"sets": 2, "reps": 10}])
    assert claim(world, 2.5 * math.log(21)) == []


def test_cycling_and_strength_do_not_count(world: Any) -> None:
    world.first("aerobic")["items"] = [world.exercise("bike", 40)]
    assert claim(world, 0.0) == []


@pytest.mark.parametrize(
    ("start", "end", "index"),
    [
        ("07:40", "08:00", JOG),  # one bout with the walk: the better of the two
        ("17:40", "18:00", WALK + (1 - math.exp(-10 / 6)) * JOG),
    ],
)
def test_a_second_bout_of_a_day_counts_by_how_far_bone_has_rested(
    world: Any, start: str, end: str, index: float
) -> None:
    walk(world)
    jog(world, start, end)
    assert claim(world, round(index, 1)) == []
    assert claim(world, round(index + 0.4, 1)) != []


def test_an_hour_between_two_bouts_makes_them_two(world: Any) -> None:
    world.profile["exercise"]["availability"] = None
    walk(world)
    jog(world, "08:40", "09:00")
    assert claim(world, WALK + (1 - math.exp(-1 / 6)) * JOG) == []
    world.sessions[-1].update(start="08:39", end="08:59")
    assert claim(world, JOG) == []
