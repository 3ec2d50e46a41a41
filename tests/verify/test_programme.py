"""Each week of exercise, and how long its sessions last."""

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
        jog(world, session)
        session["items"] = [world.exercise("jog", 30), world.exercise("walk", 30)]
        session.update(minutes=60, end="08:00")
    world.document["exercise"]["sessions"] = [s for s in world.sessions if s not in aerobic(world)[2:]]
    world.reckon()
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


def test_resistance_on_one_day_is_a_breach(world: Any) -> None:
    world.sessions.remove([s for s in world.sessions if s["kind"] == "resistance"][1])
    assert world.rules() == {"verify/resistance-days"}


def test_a_muscle_group_left_out_of_the_week_is_a_breach(world: Any) -> None:
    for session in world.sessions:
        session["items"] = [i for i in session["items"] if i["exercise"] != "press"]
    (breach,) = world.breaches()
    assert breach.rule == "verify/muscle-groups"
    assert breach.text == "no resistance exercise for chest, shoulders"


def test_walking_trains_no_muscle_group_by_resistance(world: Any) -> None:
    for session in world.sessions:
        if session["kind"] == "resistance":
            session["items"] = [i for i in session["items"] if i["exercise"] != "squat"]
            session["items"].insert(0, world.exercise("walk", 3))
            session["intensity"]["met"] = 3.5
    world.reckon()
    (breach,) = world.breaches()
    assert breach.text == "no resistance exercise for hips, legs"


def test_balance_on_two_days_is_a_breach(world: Any) -> None:
    world.sessions.remove(world.first("balance"))
    assert world.rules() == {"verify/balance-days"}


def test_a_walk_to_warm_up_is_not_counted_as_vigorous(world: Any) -> None:
    for session in aerobic(world)[:3]:
        jog(world, session)
        shorten(session, 20)
        session["items"] = [
            world.exercise("walk", 5),
            world.exercise("jog", 15),
        ]
    shorten(aerobic(world)[3], 45)
    world.reckon()
    assert world.rules() == set()  # 3 x (5 + 2 x 15) + 45 = 150
    shorten(aerobic(world)[3], 44)
    assert world.rules() == {"verify/weight-bearing-minutes"}


def test_minutes_of_strolling_count_for_nothing(world: Any) -> None:
    aerobic(world)[0]["items"] = [
        world.exercise("stroll", 11),
        world.exercise("walk", 29),
    ]
    world.reckon()
    assert world.rules() == {"verify/weight-bearing-minutes"}


def test_a_person_who_builds_up_needs_the_minutes_of_their_week(world: Any) -> None:
    world.profile["activity"] = "inactive"
    world.ask(1, aerobic_minutes=90)
    world.document["notices"].append({"level": "info", "rule": "exercise-build-up", "text": "You begin with 90."})
    for session in aerobic(world)[:3]:
        shorten(session, 20)
    shorten(aerobic(world)[3], 30)
    rules = {b.rule for b in world.breaches() if "energy" not in b.where}
    assert rules == set()
    shorten(aerobic(world)[3], 29)
    (breach,) = [b for b in world.breaches() if "energy" not in b.where]
    assert breach.text == "89 weight-bearing minutes of moderate worth, fewer than 90"


def test_with_a_metastasis_in_the_pelvis_the_minutes_are_off_the_feet(world: Any) -> None:
    world.profile["exercise"]["equipment"].append("bike")
    world.profile.update(conditions=["bone_metastases"], bone=world.profile["bone"] | {"metastases": ["pelvis"]})
    assert world.rules() == {"verify/exercise-site-map"}
    for session in aerobic(world):
        cycle(world, session)
    for session in world.sessions:
        session["items"] = [i for i in session["items"] if i["exercise"] != "squat"]
        if session["kind"] == "resistance":
            session["items"].append(world.exercise("knee_bend"))
            session["intensity"]["met"] = 3.5
    assert world.rules() == set()  # the hips need no training, and all of the minutes may be on a bike
    shorten(aerobic(world)[0], 20)
    assert world.rules() == {"verify/weight-bearing-minutes"}


def test_more_than_an_hour_of_aerobic_exercise_a_day_is_a_breach(world: Any) -> None:
    aerobic(world)[1].update(date=aerobic(world)[0]["date"], start="17:00", end="17:20", minutes=20)
    shorten(aerobic(world)[2], 50)
    shorten(aerobic(world)[3], 50)
    assert world.rules() == set()
    aerobic(world)[1].update(end="17:25", minutes=25)
    (breach,) = world.breaches()
    assert (breach.rule, breach.where) == ("verify/aerobic-longest", "2026-11-23")
    assert breach.text == "65 aerobic minutes, over 60 a day"


def test_more_than_half_an_hour_of_vigorous_exercise_a_day_is_a_breach(world: Any) -> None:
    jog(world, aerobic(world)[0])
    shorten(aerobic(world)[0], 30)
    assert world.rules() == set()
    shorten(aerobic(world)[0], 31)
    assert world.rules() == {"verify/vigorous-longest"}


def test_a_bout_too_short_to_count_is_a_breach(world: Any) -> None:
    world.sessions.append(aerobic(world)[0] | {"id": "short", "start": "17:00", "end": "17:10", "minutes": 10})
    assert world.rules() == set()
    world.sessions[-1].update(end="17:09", minutes=9)
    assert world.rules() == {"verify/session-length"}
