"""Ids that a calendar keeps: what they depend on, and what they outlive."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid

import pytest

from boneplan.identity import calendar_id, check_id, intake_id, meal_id, session_id
from boneplan.plan import Monitoring
from boneplan.profile import Profile

MONDAY = dt.date(2026, 11, 23)
ANNA = {"name": "Anna", "sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}


def calendar(**other: object) -> str:
    return calendar_id(Profile.model_validate({**ANNA, **other}))


@pytest.mark.parametrize(
    "change",
    [{"weight_kg": 61.5}, {"height_cm": 162}, {"activity": "active"}, {"timezone": "Europe/London"},
     {"meals": {"breakfast": "06:30"}}, {"conditions": ["joint_pain"]}, {"diet": {"pattern": "vegan"}},
     {"exercise": {"level": "advanced", "availability": {}}}],
    ids=str,
)  # fmt: skip
def test_a_calendar_outlives_all_that_changes_in_a_life(change: dict[str, object]) -> None:
    assert calendar(**change) == calendar()


@pytest.mark.parametrize("change", [{"name": "Anne"}, {"birth_date": "1961-04-03"}, {"sex": "male"}], ids=str)
def test_another_person_has_another_calendar(change: dict[str, object]) -> None:
    assert calendar(**change) != calendar()


def test_a_name_cannot_pass_for_another_person() -> None:
    forged = calendar(name='Anna", "female')
    assert forged != calendar()
    assert len({calendar(name=name) for name in ("", "Anna", "Anna\n", " Anna", "Änna", "END:VCALENDAR")}) == 6


def test_the_same_person_date_kind_and_count_have_the_same_id() -> None:
    mine = calendar()
    assert session_id(mine, MONDAY, "aerobic", 0) == session_id(calendar(weight_kg=60), MONDAY, "aerobic", 0)
    assert uuid.UUID(session_id(mine, MONDAY, "aerobic", 0)).version == 5


def test_every_other_person_date_kind_and_count_has_its_own_id() -> None:
    days = [MONDAY, MONDAY + dt.timedelta(days=1)]
    sessions = {
        session_id(*place)
        for place in itertools.product([calendar(), calendar(name="Anne")], days, ["aerobic", "impact"], [0, 1, 10])
    }
    meals = {
        meal_id(*place) for place in itertools.product([calendar(), calendar(name="Anne")], days, ["lunch", "dinner"])
    }
    assert (len(sessions), len(meals), len(sessions & meals)) == (24, 8, 0)


def test_a_check_is_known_by_its_date_and_what_it_is_and_not_by_why() -> None:
    def check(due: dt.date = MONDAY, what: str = "DXA", why: str = "two years on", rule: str = "dxa") -> str:
        return check_id(calendar(), Monitoring(due=due, what=what, why=why, rule=rule))

    assert check(why="the therapy goes on") == check()
    assert len({check(), check(due=MONDAY + dt.timedelta(days=1)), check(what="Vitamin D"), check(rule="other")}) == 4


def test_an_intake_is_known_by_what_is_taken_and_how_many_of_it_came_before() -> None:
    def intake(date: dt.date = MONDAY, taken: str = "calcium", count: int = 0) -> str:
        return intake_id(calendar(weight_kg=60), date, taken, count)

    assert intake() == intake_id(calendar(), MONDAY, "calcium", 0)
    assert len({intake(), intake(MONDAY + dt.timedelta(days=1)), intake(taken="iron"), intake(count=1)}) == 4


def test_ids_never_change_since_calendars_already_know_them() -> None:
    # Events in people's calendars carry these: another value here would duplicate every one of them.
    assert calendar() == "585b27b0-cded-5115-8be9-e8074b49667a"
    assert session_id(calendar(), MONDAY, "aerobic", 0) == "b4a53873-ce66-5102-8a29-a01f84554d4f"
    assert intake_id(calendar(), MONDAY, "calcium\nvitamin_d", 0) == "3505bf47-db4f-5ca0-843b-e5438d272a45"
    assert meal_id(calendar(), MONDAY, "lunch") == "ebfbcdee-455b-5bba-bfb0-fc3bb13e6e6a"
