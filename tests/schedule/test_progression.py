"""How a programme rises: one thing a week, repetitions before load, and a lighter week every so often."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.plan import TrainingWeek
from boneplan.profile import Profile
from boneplan.schedule import plan_sessions
from boneplan.schedule.progression import (
    builds_up,
    dose_of,
    first_week,
    heavier,
    next_week,
    same_again,
    step_back,
    week_of_goal,
)

Person = Callable[..., Profile]
MONDAY = dt.date(2026, 11, 23)
NEW = {"level": "beginner", "activity": "inactive"}
DOSE = ("aerobic_minutes", "sets", "reps", "load_percent", "impacts")


def weeks_of(profile: Profile, count: int, *, time_for_sets: bool = True) -> list[TrainingWeek]:
    """The first weeks of a programme, all of them done."""
    weeks = [first_week(profile, MONDAY, impacts=True)]
    while len(weeks) < count:
        weeks.append(next_week(weeks[-1], profile, fits=lambda _: time_for_sets))
    return weeks


def dose(week: TrainingWeek) -> dict[str, float]:
    return {name: getattr(week, name) for name in DOSE}


def risen(before: TrainingWeek, after: TrainingWeek) -> set[str]:
    old, new = dose(before), dose(after)
    return {name for name in DOSE if new[name] > old[name]}


def test_the_weeks_of_a_beginner_are_these(person: Person) -> None:
    weeks = weeks_of(person(), 13)
    assert [week.changed for week in weeks] == [
        "start", "repetitions", "impacts", "lighter", "sets", "repetitions", "impacts", "lighter",
        "sets", "load", "impacts", "lighter", "repetitions",
    ]  # fmt: skip
    assert [week.number for week in weeks] == list(range(1, 14))
    assert all((b.start - a.start).days == 7 for a, b in pairwise(weeks))


def test_an_inactive_beginner_goes_from_90_minutes_to_150_in_steps_of_15(person: Person) -> None:
    weeks = weeks_of(person(**NEW), 8)
    # The fourth week is a lighter one, in which the minutes stay.
    assert [week.aerobic_minutes for week in weeks] == [90, 105, 120, 120, 135, 150, 150, 150]
    assert week_of_goal(weeks[0], person(**NEW)) == 6
    assert {week.reps for week in weeks[:6]} == {8}, "nothing else rises while the minutes do"


@pytest.mark.parametrize(
    ("someone", "expected"),
    [(NEW, True), ({**NEW, "activity": "low"}, False), ({**NEW, "level": "intermediate"}, False)],
    ids=["inactive beginner", "active beginner", "inactive but trained"],
)
def test_only_an_inactive_beginner_builds_the_minutes_up(
    person: Person, someone: dict[str, Any], expected: bool
) -> None:
    assert builds_up(person(**someone)) is expected
    assert first_week(person(**someone), MONDAY, impacts=True).aerobic_minutes == (90 if expected else 150)


def test_the_notice_names_the_week_that_reaches_150_minutes(person: Person) -> None:
    schedule = plan_sessions(person(**NEW), MONDAY, 8, seed=0, calendar="c")
    (notice,) = [n for n in schedule.notices if n.rule == "exercise-build-up-minutes"]
    reached = next(week.number for week in schedule.weeks if week.aerobic_minutes == 150)
    assert f"week {reached} of the programme" in notice.text
    for week in schedule.weeks:
        days = [s for s in schedule.sessions if s.kind == "aerobic" and 0 <= (s.date - week.start).days < 7]
        assert sum(s.minutes for s in days) >= week.aerobic_minutes


@pytest.mark.parametrize(("level", "every"), [("beginner", 4), ("intermediate", 5), ("advanced", 6)])
def test_a_lighter_week_comes_every_fourth_to_sixth_by_level(person: Person, level: str, every: int) -> None:
    weeks = weeks_of(person(level=level), 30)
    assert [week.number for week in weeks if week.lighter] == list(range(every, 31, every))
    assert all((week.changed == "lighter") == week.lighter for week in weeks)


def test_a_lighter_week_holds_less_and_the_week_after_starts_from_the_full_dose() -> None:
    week = TrainingWeek(
        start=MONDAY, number=4, changed="lighter", lighter=True, aerobic_minutes=150, sets=2, reps=12,
        load_percent=110.0, impacts=50,
    )  # fmt: skip
    light = dose_of(week)
    assert (light.aerobic_minutes, light.sets, light.reps, light.load_percent) == (150, 1, 8, 99.0)
    assert (light.impacts, light.rpe_less) == (20, 1)
    assert dose(same_again(week)) == dose(week)
    assert not same_again(week).lighter


@pytest.mark.parametrize("impacts", [0, 10, 20, 50])
def test_a_lighter_week_keeps_a_set_of_impacts_where_there_are_any(impacts: int) -> None:
    week = TrainingWeek(
        start=MONDAY, number=4, changed="lighter", lighter=True, aerobic_minutes=150, sets=1, reps=8,
        load_percent=100.0, impacts=impacts,
    )  # fmt: skip
    assert dose_of(week).impacts == {0: 0, 10: 10, 20: 10, 50: 20}[impacts]
    assert dose_of(week).sets == 1


def test_repetitions_rise_from_8_to_12_and_then_the_load_by_5_percent(person: Person) -> None:
    profile = person(level="advanced")
    weeks = [week for week in weeks_of(profile, 12) if not week.lighter]
    assert [(week.reps, week.load_percent) for week in weeks[:7]] == [
        (8, 100.0), (10, 100.0), (12, 100.0), (8, 105.0), (10, 105.0), (12, 105.0), (8, 110.2),
    ]  # fmt: skip


def test_sets_rise_only_after_a_lighter_week_and_only_where_there_is_time(person: Person) -> None:
    with_time, without = weeks_of(person(), 25), weeks_of(person(), 25, time_for_sets=False)
    assert {
        after.sets for before, after in pairwise(with_time) if not before.lighter and after.sets > before.sets
    } == set()
    assert max(week.sets for week in with_time) == 3
    assert {week.sets for week in without} == {1}


@pytest.mark.parametrize("condition", ["lymphoedema", "joint_pain"])
def test_who_starts_low_stops_at_two_sets(person: Person, condition: str) -> None:
    assert max(week.sets for week in weeks_of(person(level="advanced", conditions=[condition]), 40)) == 2


def test_impacts_rise_by_a_set_to_50_and_to_half_of_that_with_sore_joints(person: Person) -> None:
    assert {week.impacts for week in weeks_of(person(), 30)} == {20, 30, 40, 50}
    assert {week.impacts for week in weeks_of(person(conditions=["joint_pain"]), 30)} == {10, 20}


def test_who_may_not_jump_never_gets_impacts(person: Person) -> None:
    week = first_week(person(), MONDAY, impacts=False)
    for _ in range(20):
        week = next_week(week, person(), fits=lambda _: True)
        assert week.impacts == 0


def test_the_same_again_changes_nothing_but_the_date(person: Person) -> None:
    last = weeks_of(person(), 3)[-1]
    again = same_again(last)
    assert dose(again) == dose(last)
    assert (again.number, again.changed, (again.start - last.start).days) == (4, "none", 7)


def test_a_heavier_week_raises_the_load_and_begins_at_8_repetitions(person: Person) -> None:
    last = weeks_of(person(), 2)[-1]
    assert last.reps == 10
    after = heavier(last)
    assert risen(last, after) == {"load_percent"}
    assert (after.load_percent, after.reps, after.changed) == (105.0, 8, "load")


def test_a_step_back_lowers_what_had_risen_but_never_below_the_start(person: Person) -> None:
    last = TrainingWeek(
        start=MONDAY, number=9, changed="load", aerobic_minutes=135, sets=2, reps=12, load_percent=110.2, impacts=50
    )
    back = step_back(last, person(**NEW))
    assert back.changed == "back"
    assert dose(back) == {"aerobic_minutes": 120, "sets": 2, "reps": 8, "load_percent": 105.0, "impacts": 40}
    for _ in range(20):
        back = step_back(back, person(**NEW))
    assert dose(back) == {"aerobic_minutes": 90, "sets": 2, "reps": 8, "load_percent": 100.0, "impacts": 20}


def test_who_has_reached_150_minutes_keeps_them_in_a_step_back(person: Person) -> None:
    last = weeks_of(person(**NEW), 6)[-1]
    assert step_back(last, person(**NEW)).aerobic_minutes == 150


everybody = st.fixed_dictionaries(
    {
        "level": st.sampled_from(["beginner", "intermediate", "advanced"]),
        "activity": st.sampled_from(["inactive", "active"]),
        "conditions": st.lists(st.sampled_from(["joint_pain", "lymphoedema", "fall_risk"]), unique=True),
    }
)


@given(someone=everybody, impacts=st.booleans(), time=st.lists(st.booleans(), min_size=60, max_size=60))
def test_in_60_weeks_no_two_things_rise_at_once_and_all_stays_in_bounds(
    person: Person, someone: dict[str, Any], impacts: bool, time: list[bool]
) -> None:
    profile = person(**someone)
    weeks = [first_week(profile, MONDAY, impacts=impacts)]
    for there_is_time in time:
        weeks.append(next_week(weeks[-1], profile, fits=lambda _, so=there_is_time: so))
    named = {"minutes": "aerobic_minutes", "sets": "sets", "repetitions": "reps", "load": "load_percent",
             "impacts": "impacts"}  # fmt: skip
    for before, after in pairwise(weeks):
        assert risen(before, after) == ({named[after.changed]} if after.changed in named else set())
        fallen = risen(after, before)
        assert fallen <= ({"reps"} if after.changed == "load" else set())
        assert 1.02 <= after.load_percent / before.load_percent <= 1.1 or after.load_percent == before.load_percent
    for week in weeks:
        assert 8 <= week.reps <= 12
        assert 1 <= week.sets <= 3
        assert 0 <= week.impacts <= 50
        assert 90 <= week.aerobic_minutes <= 150
        full, held = dose(week), dose_of(week)
        assert all(getattr(held, name) <= full[name] for name in DOSE)
    assert weeks[week_of_goal(weeks[0], profile) - 1].aerobic_minutes == 150


@given(someone=everybody, choices=st.lists(st.sampled_from(["next", "same", "back", "heavier"]), max_size=40))
def test_whatever_the_record_says_no_two_things_rise_at_once(
    person: Person, someone: dict[str, Any], choices: list[str]
) -> None:
    profile = person(**someone)
    first = week = first_week(profile, MONDAY, impacts=True)
    for choice in choices:
        after = {
            "next": lambda w: next_week(w, profile, fits=lambda _: True),
            "same": same_again,
            "back": lambda w: step_back(w, profile),
            "heavier": heavier,
        }[choice](week)
        assert len(risen(week, after)) <= 1
        assert after.number == week.number + 1
        assert 8 <= after.reps <= 12
        assert after.load_percent >= 100
        assert first.impacts <= after.impacts <= 50
        assert first.aerobic_minutes <= after.aerobic_minutes <= 150
        week = after
