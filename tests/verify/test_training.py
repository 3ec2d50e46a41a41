"""The weeks of a programme: one thing rises at a time, and not by too much."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NOTICE = {"level": "info", "rule": "exercise-build-up", "text": "You begin with 90 minutes."}


def rules(world: Any) -> set[str]:
    """The rules broken, without those of a menu for another need of energy."""
    return {b.rule for b in world.breaches() if "energy" not in b.where}


def inactive(world: Any, *minutes: int) -> None:
    """An inactive beginner whose weeks ask for `minutes`."""
    world.profile["activity"] = "inactive"
    world.document["notices"].append(NOTICE)
    for number, asked in enumerate(minutes, start=1):
        world.ask(number, aerobic_minutes=asked, **({"changed": "minutes"} if number > 1 else {}))


def test_one_thing_may_rise_each_week(make_world: Any) -> None:
    world = make_world(4)
    world.ask(2, changed="repetitions", reps=10)
    world.ask(3, changed="sets", sets=2)
    world.ask(4, changed="load", load_percent=105.0, reps=8)
    assert world.rules() == set()


def test_two_things_that_rise_in_one_week_are_a_breach(make_world: Any) -> None:
    world = make_world(2)
    world.ask(2, changed="repetitions", reps=10, sets=2)
    (breach,) = world.breaches()
    assert (breach.rule, breach.where) == ("verify/one-change", "exercise.weeks, 2026-11-30")
    assert breach.text == "reps and sets rise in one week"


@pytest.mark.parametrize(
    ("said", "did"),
    [
        ("load", {"reps": 10}),
        ("none", {"reps": 10}),
        ("repetitions", {}),
        ("back", {"sets": 2}),
        ("start", {}),
        ("lighter", {}),
    ],
)
def test_a_week_that_is_called_something_else_than_it_is_is_a_breach(
    make_world: Any, said: str, did: dict[str, int]
) -> None:
    world = make_world(2)
    world.ask(2, changed=said, **did)
    assert world.rules() == {"verify/week-change"}


def test_only_a_step_back_may_take_away(make_world: Any) -> None:
    world = make_world(3)
    world.ask(2, changed="repetitions", reps=12)
    world.ask(3, changed="none", reps=8)
    assert world.rules() == {"verify/week-change"}
    world.ask(3, changed="back")
    assert world.rules() == set()


@pytest.mark.parametrize(("load", "broken"), [(101.0, True), (102.0, False), (110.0, False), (112.0, True)])
def test_the_load_rises_by_two_to_ten_per_cent_a_step(make_world: Any, load: float, broken: bool) -> None:
    world = make_world(2)
    world.ask(2, changed="load", load_percent=load)
    assert world.rules() == ({"verify/load-step"} if broken else set())


def test_a_programme_does_not_begin_with_more_than_its_first_load(world: Any) -> None:
    world.ask(1, load_percent=105.0)
    assert world.rules() == {"verify/load-step"}
    world.ask(1, load_percent=95.0)
    assert world.rules() == {"verify/load-step"}
    world.ask(1, load_percent=105.0, number=3, changed="none")
    assert world.rules() == set()


def test_a_heavier_load_begins_with_the_fewest_repetitions(make_world: Any) -> None:
    world = make_world(3)
    world.ask(2, changed="repetitions", reps=10)
    world.ask(3, changed="load", load_percent=105.0)
    assert world.rules() == {"verify/week-dose"}


@pytest.mark.parametrize("changes", [{"reps": 7}, {"reps": 13}, {"sets": 2}, {"impacts": 30}, {"impacts": 15}])
def test_a_first_week_beyond_what_one_may_ask_is_a_breach(world: Any, changes: dict[str, int]) -> None:
    world.ask(1, **changes)
    assert world.rules() == {"verify/week-dose"}


@pytest.mark.parametrize(
    ("conditions", "changes", "broken"),
    [
        ([], {"sets": 3}, False),
        ([], {"sets": 4}, True),
        (["joint_pain"], {"sets": 2, "impacts": 20}, False),
        (["joint_pain"], {"sets": 3, "impacts": 20}, True),
        ([], {"impacts": 50}, False),
        ([], {"impacts": 60}, True),
        (["joint_pain"], {"impacts": 30}, True),
    ],
)
def test_a_later_week_beyond_what_any_may_ask_is_a_breach(
    world: Any, conditions: list[str], changes: dict[str, int], broken: bool
) -> None:
    world.profile["conditions"] = conditions
    world.ask(1, number=5, changed="none", **changes)
    assert world.rules() == ({"verify/week-dose"} if broken else set())


@pytest.mark.parametrize(("thing", "changes"), [("sets", {"sets": 3}), ("impacts", {"impacts": 40})])
def test_a_step_that_is_too_long_is_a_breach(make_world: Any, thing: str, changes: dict[str, int]) -> None:
    world = make_world(2)
    world.ask(2, changed=thing, **changes)
    assert world.rules() == {"verify/week-dose"}


def test_weeks_are_those_of_the_plan_and_counted_one_by_one(make_world: Any) -> None:
    world = make_world(2)
    world.weeks[1]["number"] = 3
    assert world.rules() == {"verify/training-weeks"}
    world.weeks[1].update(number=2, start="2026-12-01")
    assert world.rules() == {"verify/training-weeks"}
    del world.weeks[1]
    assert world.rules() == {"verify/training-weeks"}


def test_a_plan_from_before_there_were_training_weeks_holds(world: Any) -> None:
    world.weeks.clear()
    assert world.rules() == set()
    world.first("aerobic").update(minutes=20, end="07:20")
    assert world.rules() == {"verify/weight-bearing-minutes"}


def test_eight_weeks_without_a_lighter_one_are_a_breach(make_world: Any) -> None:
    world = make_world(8)
    (breach,) = world.breaches()
    assert (breach.rule, breach.where) == ("verify/lighter-week", "exercise.weeks, 2027-01-11")
    world.weeks[6].update(changed="lighter", lighter=True)
    assert world.rules() == set()


def test_a_lighter_week_says_so_twice(make_world: Any) -> None:
    world = make_world(2)
    world.weeks[1]["lighter"] = True
    assert world.rules() == {"verify/week-change"}


def test_an_inactive_beginner_builds_up_to_the_weekly_minutes(make_world: Any) -> None:
    world = make_world(3)
    inactive(world, 90, 105, 120)
    assert rules(world) == set()
    world.document["notices"].remove(NOTICE)
    assert rules(world) == {"verify/missing-notice"}


@pytest.mark.parametrize(
    ("minutes", "broken"),
    [((75,), "build-up"), ((150,), "build-up"), ((90, 110), "week-dose"), ((90, 165), "build-up")],
)
def test_a_build_up_starts_low_and_rises_a_step_a_week(
    make_world: Any, minutes: tuple[int, ...], broken: str
) -> None:
    world = make_world(len(minutes))
    inactive(world, *minutes)
    assert f"verify/{broken}" in rules(world)
    assert rules(world) <= {f"verify/{broken}", "verify/week-dose"}


@pytest.mark.parametrize(("activity", "level"), [("low", "beginner"), ("inactive", "intermediate")])
def test_nobody_else_may_ask_for_fewer_minutes(world: Any, activity: str, level: str) -> None:
    inactive(world, 135)
    assert rules(world) == {"verify/build-up"}  # a first week has the least minutes
    world.profile["activity"], world.profile["exercise"]["level"] = activity, level
    assert rules(world) == {"verify/build-up"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(load=st.floats(-1e6, 1e6), number=st.integers(1, 10**9))
def test_a_load_beyond_what_the_weeks_before_could_have_made_is_a_breach(
    world: Any, load: float, number: int
) -> None:
    world.weeks[0].update(load_percent=load, number=number, changed="start" if number == 1 else "none")
    possible = load >= 100 and (number > 200 or load <= 100 * 1.1 ** (number - 1) + 0.1)
    assert (world.rules() == set()) is possible
