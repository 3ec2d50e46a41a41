"""The frame: schema, dates and a status that says what the plan holds."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("schema", "boneplan.plan/2", "verify/schema"),
        ("created", "2026-11-20T08:00:00", "verify/created"),
        ("timezone", "Europe/Atlantis", "verify/timezone"),
        ("timezone", "../etc/passwd", "verify/timezone"),
        ("weeks", 0, "verify/weeks"),
        ("weeks", 13, "verify/weeks"),
    ],
)
def test_a_frame_that_is_wrong_is_a_breach(world: Any, field: str, value: object, rule: str) -> None:
    world.document[field] = value
    assert world.rules() == {rule}


def test_a_missing_day_is_a_breach(world: Any) -> None:
    del world.days[3]
    assert "verify/dates" in world.rules()


def test_a_day_that_stands_twice_is_a_breach(world: Any) -> None:
    world.days[4]["date"] = world.days[3]["date"]
    assert "verify/dates" in world.rules()


def test_fewer_days_than_the_weeks_promise_are_a_breach(world: Any) -> None:
    world.document["weeks"] = 2
    assert "verify/dates" in world.rules()


def test_a_session_after_the_last_day_is_a_breach(world: Any) -> None:
    world.first("balance")["date"] = "2026-12-01"
    assert "verify/dates" in world.rules()


def test_a_profile_that_cannot_be_used_is_a_breach(world: Any) -> None:
    world.document["profile"] = {}
    assert world.rules() == {"verify/profile"}


def test_a_plan_beyond_the_calendar_is_a_breach(world: Any) -> None:
    world.document["start"] = "9999-12-28"
    assert world.rules() == {"verify/weeks"}


@pytest.mark.parametrize(
    ("changes", "breaches"),
    [({}, 0), ({"gap": 0.0}, 1), ({"objective": 50.0}, 1), ({"objective": 30.0, "gap": -0.088}, 1)],
)
def test_the_gap_of_the_solve_is_that_of_objective_and_bound(
    world: Any, changes: dict[str, float], breaches: int
) -> None:
    world.document["menu"]["solve"].update(changes)
    assert [b.rule for b in world.breaches()] == ["verify/solve"] * breaches


def test_menus_without_a_word_on_how_they_were_found_are_a_breach(world: Any) -> None:
    world.document["menu"]["solve"] = None
    assert world.rules() == {"verify/solve"}


def test_another_time_zone_than_the_persons_is_a_breach(world: Any) -> None:
    world.document["timezone"] = "Europe/Berlin"
    assert world.rules() == {"verify/timezone"}
    world.profile["timezone"] = "Europe/Berlin"
    assert world.rules() == set()
