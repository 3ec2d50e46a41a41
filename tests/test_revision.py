"""A plan made anew in place of an earlier one: what stayed, what changed and what went."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.identity import check_id, intake_id, meal_id, session_id
from boneplan.plan import Plan
from boneplan.plan_io import read_plan, write_plan
from boneplan.revision import entries, revised

MONDAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
ANNA, OTHER = "0c6ae1a8-0000-5000-8000-000000000001", "0c6ae1a8-0000-5000-8000-000000000002"
KINDS = ("aerobic", "resistance", "balance")


def day(number: int) -> dt.date:
    return MONDAY + dt.timedelta(days=number)


def session(number: int, kind: str = "aerobic", start: str = "07:00", calendar: str = ANNA) -> dict[str, Any]:
    return {
        "id": session_id(calendar, day(number), kind, 0),  # type: ignore[arg-type]
        "date": day(number),
        "start": start,
        "end": "07:40",
        "kind": kind,
        "title": f"{kind.capitalize()} on day {number}",
        "minutes": 40,
        "weight_bearing": True,
        "intensity": {"rpe": 5, "met": 4.8, "level": "moderate"},
        "items": [{"exercise": "walk_brisk", "name": "Brisk walk", "minutes": 40}],
        "stop_if": ["chest pain"],
    }


def meal(name: str = "lunch", food: str = "lentil soup", grams: float = 250) -> dict[str, Any]:
    item = {"food": food, "fndds_code": 1, "name": food, "grams": grams, "measure": "1 cup"}
    return {"meal": name, "time": "12:30", "title": food, "items": [item]}


def intake(number: int, time: str = "07:30", *taken: str, amount: float = 500) -> dict[str, Any]:
    things = taken or ("calcium",)
    return {
        "id": intake_id(ANNA, day(number), "\n".join(things), 0),
        "date": day(number),
        "time": time,
        "items": [{"what": thing, "nutrient": thing, "amount": amount, "unit": "mg"} for thing in things],
    }


def plan(
    *sessions: dict[str, Any],
    meals: dict[int, list[dict[str, Any]]] | None = None,
    checks: list[dict[str, Any]] | None = None,
    intakes: list[dict[str, Any]] | None = None,
    start: int = 0,
    made: int = 0,
    calendar: str = ANNA,
) -> Plan:
    """A plan made `made` days after noon of 20 November, of which only what a calendar shows matters."""
    return Plan.model_validate(
        {
            "schema": "boneplan.plan/1", "id": "p", "created": NOON + dt.timedelta(days=made), "boneplan": "0.1.0",
            "seed": 0, "profile": {}, "start": day(start), "weeks": 2, "timezone": "America/New_York", "status": "ok",
            "menu": {"days": [{"date": day(n), "meals": of, "totals": {}} for n, of in (meals or {}).items()]},
            "exercise": {"sessions": list(sessions)},
            "intakes": intakes or [],
            "monitoring": checks or [],
            "calendar": calendar,
        }
    )  # fmt: skip


def stamps(made: Plan) -> dict[str, tuple[int, dt.datetime | None]]:
    return {entry.title: (entry.thing.sequence, entry.thing.modified) for _, entry in entries(made)}


def test_a_first_plan_has_no_revision_and_nothing_is_removed() -> None:
    first = revised(plan(session(0)), None)
    assert (first.revision, first.removed) == (0, [])
    assert stamps(first) == {"Aerobic on day 0": (0, None)}


def test_what_is_the_same_keeps_its_sequence_and_what_changed_gets_the_revision() -> None:
    first = plan(session(0), session(1))
    second = revised(plan(session(0), session(1, start="07:05"), session(2), made=1), first)
    assert second.revision == 1
    assert stamps(second) == {
        "Aerobic on day 0": (0, NOON),
        "Aerobic on day 1": (1, NOON + dt.timedelta(days=1)),
        "Aerobic on day 2": (1, NOON + dt.timedelta(days=1)),
    }


def test_what_stays_the_same_keeps_its_stamps_over_any_number_of_plans() -> None:
    made = plan(session(0), session(1))
    made = revised(plan(session(0, start="06:55"), session(1), made=1), made)
    for again in range(2, 6):
        made = revised(plan(session(0, start="06:55"), session(1), made=again), made)
    assert made.revision == 5
    assert stamps(made)["Aerobic on day 0"] == (1, NOON + dt.timedelta(days=1))
    assert stamps(made)["Aerobic on day 1"] == (0, NOON)


@pytest.mark.parametrize(
    "change",
    [{"title": "A walk"}, {"end": "07:45"}, {"stop_if": ["dizziness"]}, {"minutes": 45}, {"items": []},
     {"intensity": {"rpe": 4, "met": 4.8, "level": "moderate"}}],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_anything_that_a_calendar_shows_of_a_session_is_a_change(change: dict[str, Any]) -> None:
    second = revised(plan({**session(0), **change}, made=1), plan(session(0)))
    assert second.exercise.sessions[0].sequence == 1


def test_what_went_is_removed_with_what_a_calendar_needs_to_cancel_it() -> None:
    second = revised(plan(session(0), made=1), plan(session(0), session(3, "balance")))
    (gone,) = second.removed
    assert (gone.of, gone.id, gone.title) == ("session", session_id(ANNA, day(3), "balance", 0), "Balance on day 3")
    assert (gone.date, gone.start, gone.end) == (day(3), "07:00", "07:40")
    assert (gone.sequence, gone.modified) == (1, NOON + dt.timedelta(days=1))


def test_what_was_before_the_new_first_day_is_history_and_stays_in_the_calendar() -> None:
    earlier = plan(session(0), session(6), session(7), session(8), meals={6: [meal()], 8: [meal()]})
    second = revised(plan(session(8), start=7, made=1), earlier)
    assert [(gone.of, gone.date) for gone in second.removed] == [("session", day(7)), ("meal", day(8))]


def test_what_is_removed_is_told_once() -> None:
    first = plan(session(0), session(3))
    second = revised(plan(session(0), made=1), first)
    third = revised(plan(session(0), made=2), second)
    assert (len(second.removed), third.removed) == (1, [])


def test_what_comes_back_has_a_higher_sequence_than_its_cancellation() -> None:
    second = revised(plan(session(0), made=1), plan(session(0), session(3)))
    third = revised(plan(session(0), session(3), made=2), second)
    assert third.exercise.sessions[1].sequence > second.removed[0].sequence


def test_meals_and_checks_are_followed_as_sessions_are() -> None:
    dxa = {"due": day(40), "what": "DXA", "why": "two years on", "rule": "dxa"}
    vitamin = {"due": day(20), "what": "Vitamin D", "why": "once a year", "rule": "d"}
    first = plan(meals={0: [meal()], 1: [meal()]}, checks=[dxa, vitamin])
    second = revised(
        plan(meals={0: [meal()], 1: [meal(grams=300)]}, checks=[{**dxa, "why": "as agreed"}], made=1), first
    )
    assert [of_day.meals[0].sequence for of_day in second.menu.days] == [0, 1]
    assert [check.sequence for check in second.monitoring] == [1]
    (gone,) = second.removed
    assert (gone.of, gone.title, gone.start, gone.end) == ("check", "Vitamin D", None, None)
    assert gone.id == check_id(ANNA, first.monitoring[1])


def test_two_meals_of_a_day_are_two_things() -> None:
    first = plan(meals={0: [meal("lunch"), meal("dinner", "rice")]})
    second = revised(plan(meals={0: [meal("lunch")]}, made=1), first)
    assert [(gone.id, gone.start) for gone in second.removed] == [(meal_id(ANNA, day(0), "dinner"), "12:30")]
    assert second.menu.days[0].meals[0].sequence == 0


def test_an_intake_is_followed_by_what_is_taken_whenever_that_is() -> None:
    first = plan(intakes=[intake(0), intake(1), intake(2), intake(3, "12:30", "calcium", "zinc")])
    later, same = intake(1, "12:30"), intake(0)
    second = revised(plan(intakes=[same, later, intake(2, amount=600)], made=1), first)
    assert [found.sequence for found in second.intakes] == [0, 1, 1]
    (gone,) = second.removed
    assert (gone.of, gone.id) == ("intake", intake_id(ANNA, day(3), "calcium\nzinc", 0))
    assert (gone.title, gone.start, gone.end) == ("Take: calcium, zinc", "12:30", None)


def test_the_plan_of_another_person_is_not_carried_on() -> None:
    theirs = plan(session(0, calendar=OTHER), session(1, calendar=OTHER), calendar=OTHER)
    mine = revised(plan(session(0), made=1), theirs)
    assert (mine.revision, mine.removed) == (0, [])
    assert mine.exercise.sessions[0].sequence == 0


def test_a_plan_written_and_read_again_is_carried_on_the_same_way(tmp_path: Path) -> None:
    first = plan(session(0), session(1), meals={0: [meal()]})
    write_plan(first, tmp_path / "plan.json")
    kept = read_plan(tmp_path / "plan.json")
    second = plan(session(0), meals={0: [meal()]}, made=1)
    assert revised(second.model_copy(deep=True), kept) == revised(second, first)
    assert second.exercise.sessions[0].sequence == 0


weeks = st.dictionaries(
    st.tuples(st.integers(0, 6), st.sampled_from(KINDS)), st.sampled_from(["07:00", "07:10"]), max_size=8
)


@given(st.lists(st.tuples(weeks, st.integers(0, 4)), min_size=2, max_size=6))
def test_the_sequence_of_an_event_never_falls_and_rises_with_every_change(
    plans: list[tuple[dict[tuple[int, str], str], int]],
) -> None:
    seen: dict[str, tuple[int, object]] = {}
    earlier: Plan | None = None
    for number, (events, start) in enumerate(plans):
        sessions = [session(n, kind, at) for (n, kind), at in events.items() if n >= start]
        made = revised(plan(*sessions, start=start, made=number), earlier)
        assert made.revision == number
        told = [(s.id, s.sequence, s.start) for s in made.exercise.sessions]
        told += [(gone.id, gone.sequence, "cancelled") for gone in made.removed]
        assert len({id_ for id_, _, _ in told}) == len(told)
        for id_, sequence, content in told:
            before, shown = seen.get(id_, (-1, None))
            assert sequence > before or (sequence == before and content == shown)
            seen[id_] = sequence, content
        first = max(made.start, made.created.date())  # what has passed stays as it was
        future = {s.id for s in earlier.exercise.sessions if s.date >= first} if earlier else set()
        assert future <= {id_ for id_, _, _ in told}, "what a calendar shows is told of again or cancelled"
        earlier = made


def test_a_lock_is_no_change_that_a_calendar_follows() -> None:
    first = plan(meals={0: [meal()]})
    locked = plan(meals={0: [meal()]}, made=1)
    locked.menu.days[0].meals[0].items[0].locked = True
    (same,) = revised(locked, first).menu.days[0].meals
    assert (same.sequence, same.modified) == (0, first.created)
