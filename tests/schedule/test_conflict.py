"""A week that does not fit: the rules in conflict by name, and the least extra time, which then does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from boneplan.plan import Conflict
from boneplan.profile import Profile
from boneplan.schedule import plan_sessions

Person = Callable[..., Profile]
MONDAY = dt.date(2026, 11, 23)


def conflict_of(profile: Profile, weeks: int = 1) -> Conflict:
    schedule = plan_sessions(profile, MONDAY, weeks, seed=0, calendar="p")
    assert schedule.conflict is not None
    assert schedule.sessions == []
    return schedule.conflict


def ways(conflict: Conflict) -> list[list[dict[str, Any]]]:
    extra = conflict.model_extra or {}
    return list(extra["extra_time"])


def test_too_few_minutes_name_the_150_minutes_and_how_many_are_missing(person: Person) -> None:
    windows = {
        day: ["07:00-07:25"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    }
    conflict = conflict_of(person(availability=windows))
    assert conflict.rules == ["exercise-aerobic-150-minutes", "exercise-balance-3-days", "exercise-availability"]
    assert "at least 150 weight-bearing minutes" in conflict.text
    # 150 + 2 x 15 + 3 x 10 = 210 minutes are needed, 175 are there.
    assert conflict.relaxations[0].startswith("35 more minutes on Monday, Tuesday")


def test_two_neighbouring_days_name_the_rest_between_strength_days(person: Person) -> None:
    conflict = conflict_of(person(availability={"monday": ["07:00-09:00"], "tuesday": ["07:00-09:00"]}))
    assert "exercise-resistance-not-adjacent" in conflict.rules
    assert "exercise-aerobic-3-days" in conflict.rules


def test_a_day_without_times_is_offered_as_a_new_one(person: Person) -> None:
    windows = {"monday": ["10:00-13:00"], "tuesday": ["10:00-13:00"], "wednesday": ["10:00-10:20"]}
    conflict = conflict_of(person(availability=windows))
    assert any(text.endswith("where there are none yet") for text in conflict.relaxations)


def test_no_time_at_all_names_every_rule(person: Person) -> None:
    conflict = conflict_of(person(availability={}))
    assert set(conflict.rules) == {
        "exercise-aerobic-150-minutes", "exercise-aerobic-3-days", "exercise-resistance-2-days",
        "exercise-balance-3-days", "exercise-availability",
    }  # fmt: skip
    assert sum(extra["minutes"] for extra in ways(conflict)[0]) == 210


@pytest.mark.parametrize(
    ("availability", "weeks"),
    [
        ({}, 1),
        ({"monday": ["07:00-08:00"]}, 1),
        ({"monday": ["07:00-09:00"], "tuesday": ["07:00-09:00"]}, 2),
        ({"saturday": ["08:00-11:00"], "sunday": ["08:00-11:00"]}, 1),
        ({d: ["07:00-07:20"] for d in ("monday", "tuesday", "wednesday", "friday", "saturday", "sunday")}, 3),
        ({d: ["23:30-23:59"] for d in ("monday", "wednesday", "friday", "saturday")}, 1),
    ],
    ids=["none", "one day", "two neighbours", "weekend", "20 minutes", "late at night"],
)
def test_the_least_extra_time_makes_the_week_fit_and_less_does_not(
    person: Person, breaches: Callable[..., list[str]], availability: dict[str, list[str]], weeks: int
) -> None:
    found = ways(conflict_of(person(availability=availability), weeks))
    assert found
    for way in found:
        more = {**availability, **{extra["weekday"]: extra["windows"] for extra in way}}
        profile = person(availability=more)
        schedule = plan_sessions(profile, MONDAY, weeks, seed=0, calendar="p")
        assert schedule.conflict is None
        assert breaches(profile, schedule.sessions, MONDAY, weeks) == []
    if len(found) == 1:
        return
    (only,) = found[0]
    windows = only["windows"]
    hours, minutes = map(int, windows[-1][-5:].split(":"))
    shorter = f"{windows[-1][:-5]}{(hours * 60 + minutes - 5) // 60:02d}:{(hours * 60 + minutes - 5) % 60:02d}"
    less = {**availability, only["weekday"]: [*windows[:-1], shorter]}
    assert plan_sessions(person(availability=less), MONDAY, weeks, seed=0, calendar="p").conflict is not None
