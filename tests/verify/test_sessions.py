"""One session by itself, and beside the others."""

from __future__ import annotations

from typing import Any


def move(session: dict[str, Any], start: str, end: str) -> None:
    session.update(start=start, end=end)


def test_an_end_that_is_not_the_start_plus_the_minutes_is_a_breach(world: Any) -> None:
    world.first("aerobic")["end"] = "07:45"
    assert world.rules() == {"verify/session-time"}


def test_a_session_that_ends_before_it_begins_is_a_breach(world: Any) -> None:
    move(world.first("aerobic"), "07:40", "07:00")
    assert "verify/session-time" in world.rules()


def test_a_time_that_is_none_is_a_breach(world: Any) -> None:
    world.first("aerobic")["start"] = "seven"
    assert world.rules() == {"verify/session-time"}


def test_a_session_outside_the_persons_windows_is_a_breach(world: Any) -> None:
    move(world.first("aerobic"), "12:00", "12:40")
    (breach,) = world.breaches()
    assert (breach.rule, breach.where) == ("verify/availability", "2026-11-23 12:00 Aerobic")


def test_a_session_that_runs_over_its_window_is_a_breach(world: Any) -> None:
    move(world.first("aerobic"), "07:30", "08:10")
    assert world.rules() == {"verify/availability"}


def test_a_session_on_a_weekday_without_windows_is_a_breach(world: Any) -> None:
    del world.profile["exercise"]["availability"]["saturday"]
    assert world.rules() == {"verify/availability"}


def test_without_declared_windows_any_time_holds(world: Any) -> None:
    move(world.first("aerobic"), "12:00", "12:40")
    world.profile["exercise"]["availability"] = None
    assert world.rules() == set()


def test_two_sessions_at_once_are_a_breach(world: Any) -> None:
    move(world.first("balance"), "17:15", "17:30")
    assert world.rules() == {"verify/overlap"}


def test_a_short_session_inside_a_long_one_hides_no_third(world: Any) -> None:
    # Tuesday: resistance 17:00-18:00, balance 17:05-17:20 inside it, and a third that begins at 17:40.
    resistance, balance = world.first("resistance"), world.first("balance")
    resistance.update(minutes=60, end="18:00")
    move(balance, "17:05", "17:20")
    third = balance | {"id": "third", "title": "Third", "start": "17:40", "end": "17:55"}
    world.sessions.append(third)
    assert [b.where for b in world.breaches()] == ["2026-11-24 17:05 Balance", "2026-11-24 17:40 Third"]


def test_sessions_may_follow_one_another_at_once(world: Any) -> None:
    move(world.first("balance"), "17:30", "17:45")
    assert world.rules() == set()


def test_resistance_on_adjacent_days_is_a_breach(world: Any) -> None:
    second = [s for s in world.sessions if s["kind"] == "resistance"][1]
    second["date"] = "2026-11-25"
    (breach,) = world.breaches()
    assert breach.rule == "verify/resistance-adjacent"
    assert "2026-11-24" in breach.text


def test_resistance_on_sunday_and_the_monday_after_is_a_breach(make_world: Any) -> None:
    world = make_world(2)
    days = [s for s in world.sessions if s["kind"] == "resistance"]
    days[1]["date"], days[2]["date"] = "2026-11-29", "2026-11-30"
    assert world.rules() == {"verify/resistance-adjacent"}


def test_a_session_without_stop_signs_is_a_breach(world: Any) -> None:
    for signs in ([], [" "]):
        world.first("balance")["stop_if"] = signs
        assert world.rules() == {"verify/stop-signs"}


def test_an_id_that_stands_twice_is_a_breach(world: Any) -> None:
    world.sessions[1]["id"] = world.sessions[0]["id"]
    assert world.rules() == {"verify/session-id"}


def test_a_session_without_exercises_is_a_breach(world: Any) -> None:
    world.first("balance")["items"] = []
    assert "verify/session-empty" in world.rules()


def busy(world: Any, start: str, end: str, date: str = "2026-11-23") -> None:
    world.document["exercise"]["busy"] = [{"date": date, "start": start, "end": end}]


def test_a_session_at_a_time_that_is_taken_is_a_breach(world: Any) -> None:
    busy(world, "07:39", "08:00")
    (breach,) = world.breaches()
    assert (breach.rule, breach.where) == ("verify/busy", "2026-11-23 07:00 Aerobic")
    assert breach.text == "07:39-08:00 is taken"


def test_a_session_may_end_when_a_taken_time_begins_and_begin_when_it_ends(world: Any) -> None:
    busy(world, "07:40", "08:00")
    assert world.rules() == set()
    busy(world, "06:00", "07:00")
    assert world.rules() == set()
    busy(world, "00:00", "23:59", date="2026-11-27")
    assert world.rules() == {"verify/busy"}


def test_a_taken_time_until_a_minute_to_midnight_takes_the_last_minute_too(world: Any) -> None:
    world.profile["exercise"]["availability"]["monday"].append("20:00-24:00")
    move(world.first("aerobic"), "23:20", "24:00")
    busy(world, "22:00", "23:00")
    assert world.rules() == set()
    busy(world, "23:59", "23:59")
    assert world.rules() == {"verify/busy"}


def test_a_taken_time_that_is_none_is_a_breach(world: Any) -> None:
    busy(world, "noon", "13:00")
    assert world.rules() == {"verify/busy"}
