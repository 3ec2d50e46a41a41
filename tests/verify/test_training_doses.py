"""Sessions that hold what their week asks for."""

from __future__ import annotations

from typing import Any

import pytest


def exercises(world: Any) -> list[dict[str, Any]]:
    """The resistance exercises of the first strength session."""
    items: list[dict[str, Any]] = world.first("resistance")["items"]
    return items


def add_impacts(world: Any, **dose: int) -> dict[str, Any]:
    """An impact session of one exercise."""
    session: dict[str, Any] = world.first("balance") | {"id": "impacts", "kind": "impact", "title": "Impacts"}
    session |= {"start": "07:00", "end": "07:05", "minutes": 5, "items": [world.exercise("hop") | dose]}
    session["intensity"] = {"rpe": 5, "met": 4.0, "level": "moderate"}
    world.sessions.append(session)
    world.reckon()
    return session


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reps": 10}, "10 repetitions, the week asks for 8"),
        ({"sets": 2}, "2 sets, the week asks for 1 at most"),
        ({"load_percent": 105.0}, "a load of 105 %, the week asks for 100 %"),
        ({"sets": None}, "how many sets"),
        ({"reps": None}, "how many sets and repetitions"),
        ({"reps": None, "hold_s": 10}, "how many sets and repetitions"),
    ],
)
def test_another_dose_than_that_of_the_week_is_a_breach(world: Any, changes: dict[str, Any], says: str) -> None:
    exercises(world)[0].update(changes)
    (breach,) = world.breaches()
    assert (breach.rule, breach.where) == ("verify/session-dose", "2026-11-24 17:00 Resistance, squat")
    assert says in breach.text


def test_fewer_sets_than_the_week_asks_for_are_no_breach(make_world: Any) -> None:
    world = make_world(2)
    world.ask(2, changed="sets", sets=2)
    world.sessions[-5]["items"][0]["sets"] = 1
    assert world.rules() == set()


def test_a_lighter_week_holds_less_of_the_standing_dose(make_world: Any) -> None:
    world = make_world(3)
    world.ask(2, changed="repetitions", reps=10)
    world.weeks[2].update(changed="lighter", lighter=True)
    assert world.rules() == {"verify/session-dose"}
    world.follow(world.weeks[2] | {"reps": 8})
    assert world.rules() == set()
    last = [s for s in world.sessions if s["kind"] == "resistance"][-1]
    last["items"][1]["load_percent"] = 100.0
    assert world.rules() == {"verify/session-dose"}
    last["items"][1]["load_percent"] = 90.0
    assert world.rules() == set()


def test_a_lighter_week_has_a_set_less(make_world: Any) -> None:
    world = make_world(3)
    world.ask(2, changed="sets", sets=2)
    world.weeks[2].update(changed="lighter", lighter=True)
    assert world.rules() == {"verify/session-dose"}
    world.follow(world.weeks[2] | {"sets": 1})
    assert world.rules() == set()


def test_the_impacts_of_a_session_are_those_of_the_week(world: Any) -> None:
    session = add_impacts(world, sets=2, reps=10)
    assert world.rules() == set()
    session["items"][0]["sets"] = 3
    world.reckon()
    (breach,) = world.breaches()
    assert (breach.rule, breach.text) == ("verify/session-dose", "30 impacts, the week asks for 20")


def test_a_lighter_week_has_half_of_the_impacts_in_whole_sets(world: Any) -> None:
    session = add_impacts(world, sets=1, reps=10)
    world.weeks[0].update(number=4, changed="lighter", lighter=True, impacts=30)
    assert world.rules() == set()
    session["items"][0]["sets"] = 2
    world.reckon()
    assert world.rules() == {"verify/session-dose"}
    world.weeks[0]["impacts"] = 50
    assert world.rules() == set()
