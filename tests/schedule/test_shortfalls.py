"""What a person is told about weeks that hold less than they should."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from boneplan.exercises import catalogue
from boneplan.plan import Busy, Notice
from boneplan.profile import Profile
from boneplan.schedule import plan_sessions
from boneplan.schedule.eligibility import eligible
from boneplan.schedule.progression import first_week
from boneplan.schedule.shortfalls import shortfalls
from boneplan.schedule.times import Times
from boneplan.schedule.weeks import SolvedWeek, Weeks

Person = Callable[..., Profile]
MONDAY = dt.date(2026, 11, 23)
EVERY_DAY = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVENINGS = {day: ["17:00-18:15"] for day in EVERY_DAY}
THREE_DAYS = {"monday": ["09:00-11:00"], "wednesday": ["09:00-11:00"], "friday": ["09:00-11:00"]}


def solved(profile: Profile, count: int = 1, busy: tuple[Busy, ...] = ()) -> list[SolvedWeek]:
    weeks = Weeks(profile, eligible(profile, catalogue()), Times(profile, MONDAY, busy), repeats=count > 1)
    found = weeks.solve(first_week(profile, MONDAY, impacts=True), count)
    assert isinstance(found, list)
    return found


def told(profile: Profile, count: int = 1, busy: tuple[Busy, ...] = ()) -> dict[str, Notice]:
    notices = shortfalls(solved(profile, count, busy), profile)
    assert len({n.rule for n in notices}) == len(notices), "each once"
    return {n.rule: n for n in notices}


@pytest.mark.parametrize("someone", [{}, {"t": -3.0}, {"level": "advanced", "t": 0.5}])
def test_a_week_with_time_for_everything_has_nothing_to_tell(person: Person, someone: dict[str, Any]) -> None:
    assert told(person(availability=EVENINGS, **someone)) == {}


def test_three_days_with_time_are_fewer_than_the_five_that_are_better(person: Person) -> None:
    notice = told(person(availability=THREE_DAYS))["exercise-aerobic-5-days"]
    assert notice.text == "The times allow 30 aerobic minutes on 3 days a week; 5 days are better."
    assert notice.level == "info"
    assert notice.source


def test_daily_balance_that_finds_no_time_is_told_to_those_at_risk_alone(person: Person) -> None:
    assert "on 3 days a week" in told(person(t=-3.0, availability=THREE_DAYS))["exercise-balance-daily"].text
    assert "exercise-balance-daily" not in told(person(t=-1.5, availability=THREE_DAYS))


def test_times_so_tight_that_a_meal_is_touched_are_told(person: Person) -> None:
    tight = {day: ["07:20-08:00"] for day in EVERY_DAY}
    assert "move the meal" in told(person(availability=tight))["exercise-not-at-meals"].text


def test_a_single_tight_week_among_others_is_told(person: Person) -> None:
    profile = person(availability={day: ["07:20-08:00", "17:00-18:15"] for day in EVERY_DAY})
    evening = tuple(Busy(date=MONDAY + dt.timedelta(days=d), start="12:00", end="23:00") for d in range(7, 14))
    assert "exercise-not-at-meals" not in told(profile, 3)
    assert "exercise-not-at-meals" in told(profile, 3, evening)


def test_neuropathy_is_told_how_many_minutes_are_on_a_bike(person: Person) -> None:
    rider = person(conditions=["neuropathy"], equipment=["bike"], availability=EVENINGS)
    (week,) = solved(rider)
    cycled = sum(slot.minutes for slot in week.pattern if slot.bout.name == "bike")
    assert 0 < cycled <= 75
    assert told(rider)["exercise-bike-share"].text.startswith(f"With neuropathy, {cycled} of the aerobic minutes")
    walker = person(conditions=["neuropathy"], availability=EVENINGS)
    assert "the profile lists none" in told(walker)["exercise-bike-share"].text


def test_a_hip_that_may_not_be_loaded_needs_no_word_about_a_bike(person: Person) -> None:
    profile = person(conditions=["neuropathy", "bone_metastases"], metastases=["pelvis"], availability=EVENINGS)
    assert "exercise-bike-share" not in told(profile)


def test_who_builds_the_minutes_up_is_told_the_week_that_reaches_them(person: Person) -> None:
    notice = told(person(activity="inactive", availability=EVENINGS))["exercise-build-up-minutes"]
    assert notice.text == (
        "You begin with 90 aerobic minutes a week and add 15 a week at most: the 150 minutes are reached in week 6 "
        "of the programme, if every week is done."
    )
    assert "exercise-build-up-minutes" not in told(person(activity="low", availability=EVENINGS))


def test_few_minutes_to_begin_with_are_spread_over_five_days_of_20(person: Person) -> None:
    # 90 minutes over five days are 18 a day, on the grid 20: nothing falls short of that.
    assert "exercise-aerobic-5-days" not in told(person(activity="inactive", availability=EVENINGS))


def test_the_notices_reach_the_schedule(person: Person) -> None:
    schedule = plan_sessions(person(availability=THREE_DAYS, activity="inactive"), MONDAY, 2, seed=0, calendar="c")
    rules = [n.rule for n in schedule.notices]
    assert rules.count("exercise-aerobic-5-days") == rules.count("exercise-build-up-minutes") == 1
