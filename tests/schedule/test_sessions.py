"""Sessions as the plan document holds them: ids, effort, titles and stop signs."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from boneplan.plan import Session
from boneplan.profile import Profile
from boneplan.schedule import plan_sessions

Person = Callable[..., Profile]
MONDAY = dt.date(2026, 11, 23)


def sessions(profile: Profile, *, calendar: str = "a plan", weeks: int = 1) -> list[Session]:
    return plan_sessions(profile, MONDAY, weeks, seed=0, calendar=calendar).sessions


def test_ids_are_uuids_that_belong_to_one_plan(person: Person) -> None:
    first, other = sessions(person(), weeks=2), sessions(person(), calendar="another")
    ids = [session.id for session in first]
    assert len(set(ids)) == len(ids)
    assert all(uuid.UUID(id_).version == 5 for id_ in ids)
    assert ids == [session.id for session in sessions(person(), weeks=2)]
    assert not set(ids) & {session.id for session in other}


def test_the_first_week_keeps_its_ids_when_more_weeks_follow(person: Person) -> None:
    short, long = sessions(person()), sessions(person(), weeks=3)
    assert {s.id for s in short if s.kind == "aerobic"} <= {s.id for s in long}


def test_the_level_follows_from_the_met(person: Person) -> None:
    for session in sessions(person(t=0.0, level="advanced")):
        met = session.intensity.met
        assert session.intensity.level == ("vigorous" if met >= 6 else "moderate" if met >= 3 else "light")


def test_a_walk_is_titled_by_its_pace_and_strength_by_what_it_trains(person: Person) -> None:
    titles = {session.kind: session.title for session in sessions(person())}
    assert titles["resistance"] == "Strength, whole body"
    assert any(session.title.endswith("walk") for session in sessions(person()))


def test_every_session_says_when_to_stop_and_conditions_add_their_signs(person: Person) -> None:
    profile = person(conditions=["lymphoedema"])
    for session in sessions(profile):
        assert any("chest pain" in sign for sign in session.stop_if)
        assert any("swelling" in sign for sign in session.stop_if)
        assert len(session.stop_if) == len(set(session.stop_if))
    assert not any("swelling" in sign for session in sessions(person()) for sign in session.stop_if)
