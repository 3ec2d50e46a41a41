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


def test_ok_with_a_gap_and_gaps_without_one_are_breaches(world: Any) -> None:
    world.document["status"] = "ok"
    assert world.rules() == {"verify/status"}
    world.document["status"] = "gaps"
    world.document["menu"]["gaps"] = []
    assert world.rules() == {"verify/status", "verify/undeclared-gap"}


def refused(world: Any) -> None:
    world.document["status"] = "refused"
    world.document["menu"]["days"] = []
    world.document["menu"]["gaps"] = []
    world.document["exercise"]["sessions"] = []


def test_a_refusal_needs_a_notice_that_refuses(world: Any) -> None:
    refused(world)
    assert world.rules() == {"verify/status"}
    notice = {"level": "refuse", "rule": "safety/kidney", "text": "Your kidneys come first.", "scope": "menu"}
    world.document["notices"] = [notice]
    assert world.rules() == set()


def test_a_refused_plan_holds_no_menu(world: Any) -> None:
    world.document["notices"] = [{"level": "refuse", "rule": "x", "text": "No menu.", "scope": "menu"}]
    assert world.rules() == {"verify/refused"}


def test_a_programme_that_waits_for_clearance_holds_no_session(world: Any) -> None:
    notice = {"level": "clearance", "rule": "exercise-heart-disease", "text": "Ask.", "scope": "exercise"}
    world.document["notices"] = [notice]
    assert world.rules() == {"verify/refused"}
    world.document["exercise"]["sessions"] = []
    assert world.rules() == set()


def test_no_exercise_without_a_notice_that_says_so(world: Any) -> None:
    world.document["exercise"]["sessions"] = []
    assert world.rules() == {
        "verify/aerobic-days",
        "verify/balance-days",
        "verify/muscle-groups",
        "verify/resistance-days",
        "verify/weight-bearing-minutes",
    }


def test_an_infeasible_plan_names_its_conflict(world: Any) -> None:
    refused(world)
    world.document["status"] = "infeasible"
    assert world.rules() == {"verify/status"}
    world.document["conflicts"] = [
        {"part": "menu", "rules": ["calcium/rda", "energy/day_high"], "text": "They clash."}
    ]
    assert world.rules() == set()


def test_a_profile_that_cannot_be_used_is_a_breach(world: Any) -> None:
    world.document["profile"] = {}
    assert world.rules() == {"verify/profile"}


def test_a_conflict_about_exercise_alone_leaves_the_menus_standing(world: Any) -> None:
    world.document["status"] = "infeasible"
    world.document["exercise"]["sessions"] = []
    conflict = {"rules": ["exercise-availability"], "text": "20 more minutes on Tuesday.", "part": "exercise"}
    world.document["conflicts"] = [conflict]
    world.document["notices"] = [{"level": "refuse", "rule": "exercise-availability", "text": "No time."}]
    assert world.rules() == set()
    conflict["part"] = "menu"
    assert world.rules() == {"verify/status"}


def test_a_plan_that_names_a_conflict_is_infeasible(world: Any) -> None:
    world.document["conflicts"] = [{"part": "menu", "rules": ["calcium/rda"], "text": "They clash."}]
    assert world.rules() == {"verify/status"}


def test_a_plan_beyond_the_calendar_is_a_breach(world: Any) -> None:
    world.document["start"] = "9999-12-28"
    assert world.rules() == {"verify/weeks"}


SOLVE = {"solver": "x", "objective": 33.3, "bound": 32.9, "gap": 0.0122, "seconds": 0.8, "status": "x"}


@pytest.mark.parametrize(
    ("changes", "breaches"),
    [({}, 0), ({"gap": 0.0}, 1), ({"objective": 50.0}, 1), ({"objective": 30.0, "gap": -0.088}, 1)],
)
def test_the_gap_of_the_solve_is_that_of_objective_and_bound(
    world: Any, changes: dict[str, float], breaches: int
) -> None:
    world.document["menu"]["solve"] = SOLVE | changes
    assert [b.rule for b in world.breaches()] == ["verify/solve"] * breaches
