"""Each week of exercise, and sessions that are what they are called."""

from __future__ import annotations

from typing import Any


def aerobic(world: Any) -> list[dict[str, Any]]:
    return [s for s in world.sessions if s["kind"] == "aerobic"]


def shorten(session: dict[str, Any], minutes: int) -> None:
    session.update(minutes=minutes, end=f"07:{minutes:02}")


def jog(world: Any, session: dict[str, Any]) -> None:
    session["items"] = [world.exercise("jog")]
    session["intensity"] = {"rpe": 6, "met": 7.0, "level": "vigorous"}


def cycle(world: Any, session: dict[str, Any]) -> None:
    session["items"] = [world.exercise("bike")]
    session["intensity"]["met"] = 5.0
    session["weight_bearing"] = False


def test_fewer_than_150_weight_bearing_minutes_are_a_breach(world: Any) -> None:
    shorten(aerobic(world)[0], 30)
    assert world.rules() == set()
    shorten(aerobic(world)[0], 29)
    (breach,) = world.breaches()
    assert breach.rule == "verify/weight-bearing-minutes"
    assert breach.text.startswith("149 weight-bearing minutes")


def test_each_week_has_to_reach_its_own_minutes(make_world: Any) -> None:
    world = make_world(2)
    shorten(aerobic(world)[-1], 15)
    (breach,) = world.breaches()
    assert (breach.rule, breach.where) == ("verify/weight-bearing-minutes", "week of 2026-11-30")


def test_a_vigorous_minute_counts_twice(world: Any) -> None:
    for session in aerobic(world)[:3]:
        jog(world, session)
        shorten(session, 20)
    shorten(aerobic(world)[3], 30)
    assert world.rules() == set()


def test_weight_bearing_minutes_on_two_days_are_too_few_days(world: Any) -> None:
    for session in aerobic(world)[:2]:
        session.update(minutes=60, end="08:00")
    for session in aerobic(world)[:2]:
        jog(world, session)
    world.document["exercise"]["sessions"] = [s for s in world.sessions if s not in aerobic(world)[2:]]
    assert world.rules() == {"verify/aerobic-days"}


def test_cycling_is_not_weight_bearing(world: Any) -> None:
    world.profile["exercise"]["equipment"].append("bike")
    cycle(world, aerobic(world)[0])
    assert world.rules() == {"verify/weight-bearing-minutes"}


def test_with_neuropathy_a_bike_may_stand_in_for_half_of_the_minutes(world: Any) -> None:
    world.profile["exercise"]["equipment"].append("bike")
    world.profile["conditions"] = ["neuropathy"]
    for session in aerobic(world)[:2]:
        cycle(world, session)
    assert world.rules() == set()
    cycle(world, aerobic(world)[2])
    assert world.rules() == {"verify/weight-bearing-minutes"}


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
    aerobic(world)[0]["intensity"]["level"] = "vigorous"
    assert world.rules() == {"verify/intensity"}


def test_a_stroll_to_warm_up_makes_no_walk_light(world: Any) -> None:
    aerobic(world)[0]["items"].insert(0, world.exercise("stroll"))
    assert world.rules() == set()


def test_resistance_on_one_day_is_a_breach(world: Any) -> None:
    world.sessions.remove([s for s in world.sessions if s["kind"] == "resistance"][1])
    assert world.rules() == {"verify/resistance-days"}


def test_a_muscle_group_left_out_of_the_week_is_a_breach(world: Any) -> None:
    for session in world.sessions:
        session["items"] = [i for i in session["items"] if i["exercise"] != "press"]
    (breach,) = world.breaches()
    assert breach.rule == "verify/muscle-groups"
    assert breach.text == "no resistance exercise for chest, shoulders"


def test_a_muscle_group_that_an_exercise_does_not_train_is_a_breach(world: Any) -> None:
    world.first("resistance")["items"][0]["muscle_groups"] = ["legs", "chest"]
    assert world.rules() == {"verify/muscle-groups"}


def test_walking_trains_no_muscle_group_by_resistance(world: Any) -> None:
    for session in world.sessions:
        if session["kind"] == "resistance":
            session["items"] = [i for i in session["items"] if i["exercise"] != "squat"]
            session["items"].append(world.exercise("walk"))
            session["intensity"]["met"] = 3.5
    (breach,) = world.breaches()
    assert breach.text == "no resistance exercise for hips, legs"


def test_balance_on_two_days_is_a_breach(world: Any) -> None:
    world.sessions.remove(world.first("balance"))
    assert world.rules() == {"verify/balance-days"}


def test_an_exercise_that_is_not_in_the_catalogue_is_a_breach(world: Any) -> None:
    world.first("balance")["items"].append({"exercise": "levitate", "name": "Levitation"})
    assert world.rules() == {"verify/exercise"}


def test_a_balance_session_of_squats_is_a_breach(world: Any) -> None:
    world.first("balance")["items"] = [world.exercise("squat")]
    assert world.rules() == {"verify/session-kind"}


def test_a_walk_to_warm_up_is_not_counted_as_vigorous(world: Any) -> None:
    for session in aerobic(world)[:3]:
        jog(world, session)
        shorten(session, 20)
        session["items"] = [
            world.exercise("walk", 5),
            world.exercise("jog", 15),
        ]
    shorten(aerobic(world)[3], 45)
    assert world.rules() == set()  # 3 x (5 + 2 x 15) + 45 = 150
    shorten(aerobic(world)[3], 44)
    assert world.rules() == {"verify/weight-bearing-minutes"}


def test_minutes_of_strolling_count_for_nothing(world: Any) -> None:
    aerobic(world)[0]["items"] = [
        world.exercise("stroll", 11),
        world.exercise("walk", 29),
    ]
    assert world.rules() == {"verify/weight-bearing-minutes"}


def test_exercises_that_take_another_time_than_their_session_are_a_breach(world: Any) -> None:
    aerobic(world)[0]["items"][0]["minutes"] = 60
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
    world.first("resistance")["items"][0]["reps"] = 0
    assert world.rules() == {"verify/dose"}
