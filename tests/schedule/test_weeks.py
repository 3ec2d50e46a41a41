"""Weeks one after another: rest between them whatever is busy, and sets that rise where there is time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from boneplan.exercises import catalogue
from boneplan.plan import Busy, Conflict, TrainingWeek
from boneplan.profile import Profile
from boneplan.schedule import plan_sessions
from boneplan.schedule.eligibility import eligible
from boneplan.schedule.progression import first_week
from boneplan.schedule.times import Times
from boneplan.schedule.weeks import SolvedWeek, Weeks

Person = Callable[..., Profile]
Breaches = Callable[..., list[str]]
MONDAY = dt.date(2026, 11, 23)
EVERY_DAY = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVENINGS = {day: ["17:00-18:15"] for day in EVERY_DAY}


def taken(*days: int, start: str = "00:00", end: str = "23:59") -> list[Busy]:
    return [Busy(date=MONDAY + dt.timedelta(days=day), start=start, end=end) for day in days]


def solved(
    profile: Profile,
    count: int,
    busy: Sequence[Busy] = (),
    *,
    first: TrainingWeek | None = None,
    last_resistance: dt.date | None = None,
) -> list[SolvedWeek] | Conflict:
    times = Times(profile, MONDAY, busy)
    weeks = Weeks(profile, eligible(profile, catalogue()), times, repeats=count > 1, last_resistance=last_resistance)
    return weeks.solve(first or first_week(profile, MONDAY, impacts=True), count)


def weeks_of(profile: Profile, count: int, busy: Sequence[Busy] = (), **how: Any) -> list[SolvedWeek]:
    found = solved(profile, count, busy, **how)
    assert isinstance(found, list)
    return found


def strength_days(weeks: Sequence[SolvedWeek]) -> list[int]:
    """The resistance days, counted from the first day of the first week."""
    return [
        7 * n + slot.day for n, week in enumerate(weeks) for slot in week.pattern if slot.bout.kind == "resistance"
    ]


def test_weeks_with_the_same_times_keep_their_days_and_hours(person: Person) -> None:
    weeks = weeks_of(person(availability=EVENINGS), 12)
    places = [{(slot.day, slot.bout.kind) for slot in week.pattern} for week in weeks]
    assert all(week == places[0] for week in places)


def test_strength_days_stay_apart_from_week_to_week(person: Person) -> None:
    days = strength_days(weeks_of(person(t=0.0, level="advanced", availability=EVENINGS), 12))
    assert len(days) == 36
    assert min(b - a for a, b in pairwise(days)) == 2


def test_strength_on_the_day_before_the_first_leaves_the_first_day_free(person: Person) -> None:
    profile = person(
        availability={"monday": ["09:00-11:00"], "wednesday": ["09:00-11:00"], "friday": ["09:00-11:00"]}
    )
    sunday = MONDAY - dt.timedelta(days=1)
    assert 0 not in strength_days(weeks_of(profile, 1, last_resistance=sunday))
    only = person(availability={"monday": ["09:00-11:00"], "tuesday": ["09:00-09:40"], "wednesday": ["09:00-11:00"]})
    assert strength_days(weeks_of(only, 1, last_resistance=sunday - dt.timedelta(days=1))) == [0, 2]
    conflict = solved(only, 1, last_resistance=sunday)
    assert isinstance(conflict, Conflict)
    assert "exercise-resistance-not-adjacent" in conflict.rules


def test_a_week_gives_up_its_last_day_where_the_next_needs_its_first(person: Person) -> None:
    # In the second week only Monday and Wednesday have time for strength; the first week does not know that yet.
    profile = person(availability={day: ["09:00-11:00"] for day in ("monday", "wednesday", "friday", "sunday")})
    alone = strength_days(weeks_of(profile, 1, taken(0)))
    assert 6 in alone
    days = strength_days(weeks_of(profile, 2, [*taken(0), *taken(7 + 4, start="09:40"), *taken(7 + 6)]))
    assert days == [2, 4, 7, 9]


def test_a_week_between_two_others_may_use_both_its_ends(person: Person, breaches: Breaches) -> None:
    # In the second week only Monday and Sunday have time for strength; the weeks around it can keep clear of both.
    profile = person(availability={day: ["09:00-11:00"] for day in ("monday", "wednesday", "friday", "sunday")})
    busy = [*taken(7 + 2), *taken(7 + 4, start="09:40")]
    schedule = plan_sessions(profile, MONDAY, 3, seed=0, calendar="c", busy=busy)
    assert schedule.conflict is None
    assert breaches(profile, schedule.sessions, MONDAY, 3, busy=busy) == []
    days = [(s.date - MONDAY).days for s in schedule.sessions if s.kind == "resistance"]
    assert [day for day in days if 7 <= day < 14] == [7, 13]


def test_a_week_that_cannot_be_names_its_first_day(person: Person) -> None:
    conflict = solved(person(availability=EVENINGS), 4, taken(*range(14, 21)))
    assert isinstance(conflict, Conflict)
    assert conflict.text.startswith("In the week of 7 December: The available times (0 minutes on 0 days a week)")
    assert conflict.relaxations


def test_the_extra_time_does_for_all_the_minutes_that_are_to_come(person: Person) -> None:
    # 25 minutes a day hold the 90 minutes of the first weeks of a beginner, but not the 150 of the sixth.
    someone = {"activity": "inactive"}
    times = {day: ["12:00-12:25"] for day in EVERY_DAY}
    assert isinstance(solved(person(**someone, availability=times), 2), list)
    conflict = solved(person(**someone, availability=times), 6)
    assert isinstance(conflict, Conflict)
    assert "at least 150 weight-bearing minutes" in conflict.text
    more = dict(times)
    for extra in (conflict.model_extra or {})["extra_time"][0]:
        more[extra["weekday"]] = extra["windows"]
    assert isinstance(solved(person(**someone, availability=more), 6), list)


def test_the_extra_time_is_not_sought_where_the_person_is_busy(person: Person) -> None:
    times = {day: ["07:00-07:45"] for day in EVERY_DAY}
    busy = taken(*range(7), start="07:20", end="09:00")
    conflict = solved(person(availability=times), 1, busy)
    assert isinstance(conflict, Conflict)
    more = dict(times)
    ways = (conflict.model_extra or {})["extra_time"]
    for extra in ways[0] if ways else []:
        more[extra["weekday"]] = extra["windows"]
    assert isinstance(solved(person(availability=more), 1, busy), list)


def test_sets_rise_after_the_lighter_week_where_every_session_has_time_for_them(person: Person) -> None:
    sets = [week.training.sets for week in weeks_of(person(availability=EVENINGS), 9)]
    assert sets == [1, 1, 1, 1, 2, 2, 2, 2, 3]


def test_sets_stay_where_there_is_no_time_for_more(person: Person) -> None:
    # 20 minutes hold a set for each muscle group, two sets need 35.
    times = {day: ["07:00-07:30"] for day in EVERY_DAY}
    weeks = weeks_of(person(availability=times), 12)
    assert {week.training.sets for week in weeks} == {1}
    assert {slot.minutes for week in weeks for slot in week.pattern if slot.bout.kind == "resistance"} <= {15, 20}


def test_sets_do_not_rise_where_the_day_of_rest_after_the_week_before_leaves_no_time_for_them(person: Person) -> None:
    times = {
        "thursday": ["08:25-10:45", "10:50-11:50"], "friday": ["07:05-08:20", "09:20-10:20", "15:20-15:40"],
        "saturday": ["07:00-09:20", "09:25-10:10", "11:10-13:30"], "sunday": ["10:25-10:45", "11:45-12:15"],
        "wednesday": ["05:00-06:00"],
    }  # fmt: skip
    profile = person(t=-1.5, level="advanced", conditions=["joint_pain"], activity="inactive", availability=times)
    times_of = Times(profile, dt.date(2026, 9, 10), ())
    weeks = Weeks(profile, eligible(profile, catalogue()), times_of, repeats=True)
    found = weeks.solve(first_week(profile, times_of.start, impacts=True), 9)
    assert isinstance(found, list)
    for week in found:
        minutes = [slot.minutes for slot in week.pattern if slot.bout.kind == "resistance"]
        # 5 minutes around, and 2 for each set of each of the seven muscle groups.
        assert week.training.changed != "sets" or min(minutes) >= 5 + 7 * 2 * week.training.sets


def test_a_busy_week_keeps_the_sets_of_the_programme_for_the_week_after(person: Person) -> None:
    busy = taken(*range(28, 35), start="17:30")
    training = [week.training for week in weeks_of(person(availability=EVENINGS), 10, busy)]
    # In the fifth week, after the lighter one, there is no time for two sets; after the next lighter one there is.
    assert [week.sets for week in training] == [1] * 8 + [2, 2]
    assert training[4].changed == "repetitions"


def test_longer_sessions_come_with_more_sets_on_the_same_days(person: Person) -> None:
    weeks = weeks_of(person(availability=EVENINGS), 9)
    minutes = [{s.minutes for s in week.pattern if s.bout.kind == "resistance"} for week in weeks]
    assert minutes[0] == {20}
    assert minutes[4] == {35}
    assert minutes[8] == {50}


def test_a_longer_session_takes_no_other_session_with_it(person: Person) -> None:
    # Monday has two long windows: what a day can hold first fits the shorter one, later only the longer one.
    profile = person(
        t=-3.0, level="beginner",
        availability={**{day: ["17:00-18:45"] for day in EVERY_DAY}, "monday": ["06:00-07:40", "17:00-19:30"]},
    )  # fmt: skip
    weeks = weeks_of(profile, 9)
    kinds = [{(slot.day, slot.bout.kind) for slot in week.pattern if slot.bout.kind != "impact"} for week in weeks]
    assert all(len(week) >= len(kinds[0]) for week in kinds)


def test_no_time_on_any_day_is_a_conflict_of_the_first_week(person: Person) -> None:
    conflict = solved(person(availability={}), 3)
    assert isinstance(conflict, Conflict)
    assert not conflict.text.startswith("In the week of")


@settings(max_examples=40)
@given(
    level=st.sampled_from(["beginner", "intermediate", "advanced"]),
    free=st.lists(st.integers(0, 27), unique=True, min_size=14),
    long=st.sets(st.integers(0, 27)),
    last=st.sampled_from([None, MONDAY - dt.timedelta(days=1)]),
)
def test_whatever_is_busy_strength_days_never_follow_each_other(
    person: Person, level: str, free: list[int], long: set[int], last: dt.date | None
) -> None:
    profile = person(t=0.0, level=level, availability={day: ["09:00-10:50"] for day in EVERY_DAY})
    busy = [*taken(*(set(range(28)) - set(free))), *taken(*(set(free) - long), start="09:50")]
    found = solved(profile, 4, busy, last_resistance=last)
    if isinstance(found, Conflict):
        assert found.rules[-1] == "exercise-availability"
        return
    days = strength_days(found)
    assert all(b - a >= 2 for a, b in pairwise(days))
    assert last is None or days[0] > 0
    assert set(days) <= set(free)
