"""A status that says what the plan holds, and a true reason for every part that it lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from boneplan.verify.gate_rules import Gate

KIDNEY = Gate("kidney", "menu", "refuse", {"conditions": ["ckd_4"]})
HEART = Gate("heart", "exercise", "clearance", {"conditions": ["heart_disease"]})
NO_EXERCISE = {
    "verify/aerobic-days",
    "verify/balance-days",
    "verify/muscle-groups",
    "verify/resistance-days",
    "verify/weight-bearing-minutes",
}
CLASH = {"part": "menu", "rules": ["calcium/rda", "energy/day_high"], "text": "They clash."}
NO_TIME = {
    "part": "exercise",
    "rules": ["exercise-aerobic-3-days", "exercise-availability"],
    "text": "20 more minutes on Tuesday.",
}
PIN = {"rule": "rules/pin[0]", "text": "salmon at dinner on Friday", "source": ""}
NOTHING = {"text": "", "rules": ["diet/budget"], "tried": "averages"}


@pytest.fixture
def gated(world: Any) -> Any:
    """A world with two gates, both open."""
    world.tables = replace(world.tables, gates=(KIDNEY, HEART))
    return world


def notice(gate: str, level: str, scope: str | None) -> dict[str, Any]:
    return {"level": level, "rule": f"safety/gates/{gate}", "text": "Ask your doctor.", "scope": scope}


def without_menu(world: Any, status: str) -> None:
    world.document["status"] = status
    world.document["menu"]["days"] = []
    world.document["menu"]["gaps"] = []


def test_ok_with_a_gap_and_gaps_without_one_are_breaches(world: Any) -> None:
    world.document["status"] = "ok"
    assert world.rules() == {"verify/status"}
    world.document["status"] = "gaps"
    world.document["menu"]["gaps"] = []
    assert world.rules() == {"verify/status", "verify/undeclared-gap"}


def test_a_menu_behind_a_shut_gate_is_refused_and_the_sessions_stay(gated: Any) -> None:
    gated.profile["conditions"] = ["ckd_4"]
    gated.document["notices"] = [notice("kidney", "refuse", "menu")]
    without_menu(gated, "refused")
    assert gated.rules() == set()
    gated.document["exercise"]["sessions"] = []
    assert gated.rules() == NO_EXERCISE


def test_a_plan_behind_a_shut_gate_says_that_it_is_refused(gated: Any) -> None:
    gated.profile["conditions"] = ["ckd_4"]
    gated.document["notices"] = [notice("kidney", "refuse", "menu")]
    without_menu(gated, "ok")
    assert gated.rules() == {"verify/status"}


def test_a_refused_plan_holds_no_menu(gated: Any) -> None:
    gated.profile["conditions"] = ["ckd_4"]
    gated.document["notices"] = [notice("kidney", "refuse", "menu")]
    gated.document["status"] = "refused"
    gated.document["menu"]["gaps"] = []
    assert {"verify/status", "verify/gate"} <= gated.rules()


def test_a_programme_that_waits_for_clearance_holds_no_session(gated: Any) -> None:
    gated.profile["conditions"] = ["heart_disease"]
    gated.document["notices"] = [notice("heart", "clearance", "exercise")]
    assert gated.rules() == {"verify/gate"}
    gated.document["exercise"]["sessions"] = []
    assert gated.rules() == set()


@pytest.mark.parametrize(
    "invented",
    [
        notice("heart", "clearance", "exercise"),  # a gate of the guidelines, open to this person
        notice("kidney", "refuse", "exercise"),  # shut to this person, but to the menu
        notice("no_such_gate", "refuse", "plan"),
        notice("no_such_gate", "refuse", None),
        {"level": "refuse", "rule": "x", "text": "No.", "scope": "exercise"},
    ],
)
def test_an_invented_notice_takes_no_session_out_of_a_plan(gated: Any, invented: dict[str, Any]) -> None:
    gated.document["notices"] = [invented]
    assert gated.rules() == {"verify/refused"}
    gated.document["exercise"]["sessions"] = []
    assert gated.rules() == {"verify/refused"} | NO_EXERCISE


def test_a_gate_that_is_shut_to_the_menu_takes_no_session_out(gated: Any) -> None:
    gated.profile["conditions"] = ["ckd_4"]
    gated.document["notices"] = [notice("kidney", "refuse", "menu"), notice("kidney", "refuse", "plan")]
    without_menu(gated, "refused")
    assert gated.rules() == {"verify/refused"}


@pytest.mark.parametrize("status", ["ok", "refused"])
def test_an_invented_notice_takes_no_menu_out_of_a_plan(gated: Any, status: str) -> None:
    gated.document["notices"] = [notice("kidney", "refuse", "menu")]
    without_menu(gated, status)
    extra = {"verify/status"} if status == "refused" else set()
    assert gated.rules() == {"verify/refused", "verify/dates"} | extra


def test_no_exercise_without_a_reason(world: Any) -> None:
    world.document["exercise"]["sessions"] = []
    assert world.rules() == NO_EXERCISE


def test_an_infeasible_plan_names_its_conflict(world: Any) -> None:
    without_menu(world, "infeasible")
    assert world.rules() == {"verify/status", "verify/dates"}
    world.document["conflicts"] = [CLASH]
    world.document["notices"] = [{"level": "refuse", "rule": "calcium/rda", "text": "They clash.", "scope": "menu"}]
    assert world.rules() == set()
    world.document["exercise"]["sessions"] = []
    assert world.rules() == NO_EXERCISE


@pytest.mark.parametrize(
    "changes",
    [{"rules": []}, {"rules": ["exercise-moon"]}, {"rules": ["exercise-availability"]}, {"text": " "}],
)
def test_a_made_up_conflict_takes_no_session_out_of_a_plan(world: Any, changes: dict[str, Any]) -> None:
    world.document["status"] = "infeasible"
    world.document["exercise"]["sessions"] = []
    world.document["conflicts"] = [NO_TIME | changes]
    assert world.rules() == {"verify/conflict"} | NO_EXERCISE


def test_a_conflict_of_the_menu_without_rules_says_what_to_try(world: Any) -> None:
    without_menu(world, "infeasible")
    world.document["conflicts"] = [CLASH | {"rules": []}]
    assert world.rules() == {"verify/conflict", "verify/dates"}
    world.document["conflicts"] = [CLASH | {"rules": [], "relaxations": ["another --seed"]}]
    assert world.rules() == set()
    world.document["conflicts"][0]["text"] = ""
    assert world.rules() == {"verify/conflict", "verify/dates"}


def test_a_conflict_about_exercise_alone_leaves_the_menus_standing(world: Any) -> None:
    world.document["status"] = "infeasible"
    world.document["conflicts"] = [NO_TIME]
    world.document["notices"] = [{"level": "refuse", "rule": "exercise-aerobic-3-days", "text": "No time."}]
    assert world.rules() == {"verify/status"}  # its sessions are still there
    world.document["exercise"]["sessions"] = []
    assert world.rules() == set()
    without_menu(world, "infeasible")
    assert world.rules() == {"verify/dates"}


def test_a_plan_that_names_a_conflict_is_infeasible(world: Any) -> None:
    world.document["exercise"]["sessions"] = []
    world.document["conflicts"] = [NO_TIME]
    assert world.rules() == {"verify/status"} | NO_EXERCISE


def test_sessions_may_be_impossible_where_the_menu_is_refused(gated: Any) -> None:
    gated.profile["conditions"] = ["ckd_4"]
    refusal = {"level": "refuse", "rule": "exercise-aerobic-3-days", "text": "No time.", "scope": "exercise"}
    gated.document["notices"] = [notice("kidney", "refuse", "menu"), refusal]
    without_menu(gated, "refused")
    gated.document["exercise"]["sessions"] = []
    gated.document["conflicts"] = [NO_TIME]
    assert gated.rules() == set()


def told(world: Any) -> dict[str, Any]:
    """A conflict of a menu with its rules and offers spelled out, in a plan that holds."""
    without_menu(world, "infeasible")
    conflict = {
        "part": "menu",
        "rules": ["nutrition/calcium/rda", "diet/budget"],
        "text": "They clash.",
        "relaxations": ["USD 5 a day"],
        "members": [
            {"rule": "nutrition/calcium/rda", "text": "calcium of at least 1,200 mg a day", "source": "IOM 2011"},
            {"rule": "diet/budget", "text": "at most USD 2 a day"},
        ],
        "changes": [{"text": "USD 5 a day", "rules": ["diet/budget"], "tried": "weeks"}],
    }
    world.document["conflicts"] = [conflict]
    return conflict


def test_a_conflict_tells_of_each_rule_and_each_change(world: Any) -> None:
    conflict = told(world)
    assert world.rules() == set()
    conflict.update(members=[], changes=[])  # as plans of earlier versions have them
    assert world.rules() == set()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda conflict: conflict["members"].pop(),
        lambda conflict: conflict["members"].append(conflict["members"][0]),
        lambda conflict: conflict["members"][1].update(text=" "),
        lambda conflict: conflict["members"][0].update(source=""),
        lambda conflict: (conflict["rules"].append("rules/pin[0]"), conflict["members"].append(PIN)),
        lambda conflict: conflict["changes"].clear(),
        lambda conflict: conflict["changes"][0].update(text="USD 4 a day"),
        lambda conflict: conflict["relaxations"].append("plan without “no milk”"),
        lambda conflict: (conflict["relaxations"].append(""), conflict["changes"].append(NOTHING)),
    ],
)
def test_a_conflict_that_leaves_a_rule_or_a_change_untold_is_a_breach(world: Any, wrong: Any) -> None:
    wrong(told(world))
    assert world.rules() == {"verify/conflict"}
