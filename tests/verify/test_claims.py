"""Sessions that are what they are called."""

from __future__ import annotations

from typing import Any


def aerobic(world: Any) -> list[dict[str, Any]]:
    return [s for s in world.sessions if s["kind"] == "aerobic"]


def cycle(world: Any, session: dict[str, Any]) -> None:
    session["items"] = [world.exercise("bike")]
    session["intensity"]["met"] = 5.0
    session["weight_bearing"] = False


def test_cycling_called_weight_bearing_is_a_breach(world: Any) -> None:
    world.profile["exercise"]["equipment"].append("bike")
    cycle(world, aerobic(world)[0])
    aerobic(world)[0]["weight_bearing"] = True
    assert world.rules() == {"verify/weight-bearing"}


def test_a_stroll_called_moderate_is_a_breach(world: Any) -> None:
    aerobic(world)[0]["items"] = [world.exercise("stroll")]
    aerobic(world)[0]["intensity"]["met"] = 2.8
    assert world.rules() == {"verify/intensity"}


def test_a_walk_called_vigorous_is_a_breach(world: Any) -> None:
    aerobic(world)[0].update(minutes=30, end="07:30")
    aerobic(world)[0]["intensity"]["level"] = "vigorous"
    assert world.rules() == {"verify/intensity"}


def test_a_stroll_to_warm_up_makes_no_walk_light(world: Any) -> None:
    aerobic(world)[0]["items"].insert(0, world.exercise("stroll"))
    assert world.rules() == set()


def test_a_muscle_group_that_an_exercise_does_not_train_is_a_breach(world: Any) -> None:
    world.first("resistance")["items"][0]["muscle_groups"] = ["legs", "chest"]
    assert world.rules() == {"verify/muscle-groups"}


def test_an_exercise_that_is_not_in_the_catalogue_is_a_breach(world: Any) -> None:
    world.first("balance")["items"].append({"exercise": "levitate", "name": "Levitation"})
    assert world.rules() == {"verify/exercise"}


def test_a_balance_session_of_squats_is_a_breach(world: Any) -> None:
    world.first("balance")["items"] = [world.exercise("squat")]
    assert world.rules() == {"verify/session-kind"}


def test_exercises_that_take_another_time_than_their_session_are_a_breach(world: Any) -> None:
    aerobic(world)[0]["items"][0]["minutes"] = 60
    world.reckon()
    assert world.rules() == {"verify/session-time"}


def test_another_met_than_that_of_the_exercises_is_a_breach(world: Any) -> None:
    world.first("resistance")["intensity"]["met"] = 5.2
    assert world.rules() == {"verify/intensity"}


def test_an_effort_beyond_the_scale_is_a_breach(world: Any) -> None:
    world.first("resistance")["intensity"]["rpe"] = 11
    assert world.rules() == {"verify/intensity"}


def test_another_exercises_name_is_a_breach(world: Any) -> None:
    world.first("resistance")["items"][0]["name"] = "Deadlift"
    assert world.rules() == {"verify/exercise"}


def test_a_dose_of_nothing_is_a_breach(world: Any) -> None:
    world.first("balance")["items"][0]["sets"] = 0
    assert world.rules() == {"verify/dose"}


def test_a_squat_in_a_balance_session_is_a_breach(world: Any) -> None:
    world.first("balance")["items"].append(world.exercise("squat"))
    (breach,) = world.breaches()
    assert breach.rule == "verify/session-kind"
    assert breach.text == "squat is of the kind resistance, the session of the kind balance"


def test_a_warm_up_and_a_stretch_make_no_other_kind_of_session(world: Any) -> None:
    session = world.first("resistance")
    session["items"] = [world.exercise("walk", 3), *session["items"], world.exercise("calf_stretch", 2)]
    world.reckon()
    assert world.rules() == set()
    session["items"][0]["minutes"] = 10
    world.reckon()
    assert world.rules() == {"verify/session-kind"}
