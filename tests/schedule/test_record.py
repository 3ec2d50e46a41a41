"""How a programme goes on from what was recorded: further, the same, a step back, or around what hurt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boneplan.exercises import catalogue
from boneplan.plan import ExerciseProgramme, Plan, Session
from boneplan.profile import Profile
from boneplan.schedule import Course, Schedule, plan_sessions
from boneplan.schedule.record import course
from boneplan.training_log import Entry, Log

Person = Callable[..., Profile]
MONDAY = dt.date(2026, 11, 23)
EVERY_DAY = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NOON = dt.datetime(2026, 12, 20, 12, tzinfo=dt.UTC)
DOSE = ("aerobic_minutes", "sets", "reps", "load_percent", "impacts")


def planned(profile: Profile, weeks: int = 1, *, start: dt.date = MONDAY, going_on: Course | None = None) -> Plan:
    schedule = plan_sessions(profile, start, weeks, seed=0, calendar="c", course=going_on)
    assert schedule.conflict is None
    return plan_with(profile, schedule, start, weeks, going_on)


def plan_with(profile: Profile, schedule: Schedule, start: dt.date, weeks: int, going_on: Course | None) -> Plan:
    avoid = sorted(going_on.avoid) if going_on else []
    return Plan(
        id="p", created=NOON, boneplan="0.1.0", seed=0, profile=profile.as_json(), start=start, weeks=weeks,
        timezone=profile.timezone, status="ok", calendar="c",
        exercise=ExerciseProgramme(sessions=schedule.sessions, weeks=schedule.weeks, avoid=avoid),
    )  # fmt: skip


def entry(session: Session, **told: Any) -> Entry:
    return Entry(session=session.id, date=session.date, kind=session.kind, recorded=NOON, **{"done": True, **told})


def log(*entries: Entry) -> Log:
    return Log(entries=list(entries))


def all_done(plan: Plan, **told: Any) -> Log:
    return log(*(entry(session, **told) for session in plan.exercise.sessions))


def goes_on(plan: Plan, record: Log, profile: Profile, *, today: dt.date | None = None) -> Course:
    found = course(plan, record, profile, today=today or plan.start + dt.timedelta(weeks=plan.weeks))
    assert found is not None
    return found


def dose(course_or_week: Any) -> dict[str, float]:
    return {name: getattr(course_or_week, name) for name in DOSE}


def exercises_of(sessions: Collection[Session], kind: str) -> set[str]:
    return {i.exercise for s in sessions if s.kind == kind for i in s.items if catalogue()[i.exercise].kind == kind}


def sessions_of(plan: Plan, kind: str) -> list[Session]:
    return [session for session in plan.exercise.sessions if session.kind == kind]


def force(name: str) -> float:
    grf = catalogue()[name].peak_grf_bw
    return (grf.low + grf.high) / 2


def test_where_all_was_done_the_programme_goes_on_a_week_later(person: Person) -> None:
    plan = planned(person())
    found = goes_on(plan, all_done(plan), person())
    assert (found.first.number, found.first.changed, found.first.reps) == (2, "repetitions", 10)
    assert found.first.start == MONDAY + dt.timedelta(weeks=1)
    assert found.avoid == frozenset()
    (notice,) = found.notices
    assert notice.text.endswith("the programme goes on.")
    assert (notice.rule, notice.level, notice.scope) == ("exercise-from-the-record", "info", "exercise")


@pytest.mark.parametrize(
    ("share", "changed"), [(1.0, "repetitions"), (0.7, "repetitions"), (0.6, "none"), (0.4, "none"), (0.3, "back")]
)
def test_the_share_of_sessions_done_decides(person: Person, share: float, changed: str) -> None:
    plan = planned(person())
    due = plan.exercise.sessions
    done = round(share * len(due))
    record = log(*(entry(session, done=number < done) for number, session in enumerate(due)))
    assert goes_on(plan, record, person()).first.changed == changed


def test_what_was_not_recorded_counts_as_not_done_once_anything_was(person: Person) -> None:
    plan = planned(person(), 4)
    found = goes_on(plan, log(entry(plan.exercise.sessions[0])), person())
    assert found.first.changed == "back"
    assert f"1 of {len(plan.exercise.sessions)} sessions" in found.notices[0].text


def test_where_nothing_was_recorded_the_first_week_is_repeated_and_it_is_said(person: Person) -> None:
    plan = planned(person(), 3)
    found = goes_on(plan, log(), person())
    assert dose(found.first) == dose(plan.exercise.weeks[0])
    assert (found.first.changed, found.first.number) == ("none", 4)
    assert "No session was recorded" in found.notices[0].text


def test_sessions_still_to_come_count_neither_way(person: Person) -> None:
    plan = planned(person())
    wednesday = MONDAY + dt.timedelta(days=2)
    so_far = [entry(s) for s in plan.exercise.sessions if s.date < wednesday]
    assert goes_on(plan, log(*so_far), person(), today=wednesday).first.changed == "repetitions"
    assert goes_on(plan, log(*so_far), person()).first.changed == "back"


def test_a_session_of_today_counts_once_it_is_recorded(person: Person) -> None:
    plan = planned(person())
    today = [entry(s) for s in plan.exercise.sessions if s.date == MONDAY]
    assert goes_on(plan, log(*today), person(), today=MONDAY).first.changed == "repetitions"


def test_entries_of_other_plans_are_not_counted(person: Person) -> None:
    plan, other = planned(person()), planned(person(), start=MONDAY + dt.timedelta(weeks=3))
    assert goes_on(plan, all_done(other), person()).notices[0].text.startswith("No session was recorded")


def test_a_plan_without_sessions_has_no_course(person: Person) -> None:
    plan = plan_with(person(), Schedule(), MONDAY, 1, None)
    assert course(plan, log(), person(), today=MONDAY) is None


def test_a_step_back_from_the_beginning_follows_weeks_in_which_hardly_anything_was_done(person: Person) -> None:
    profile = person(level="intermediate", equipment=["dumbbells"])
    plan = planned(profile, 7)
    first, last = plan.exercise.weeks[0], plan.exercise.weeks[-1]
    assert (last.load_percent, last.impacts) == (105.0, 50)
    found = goes_on(plan, all_done(plan, done=False), profile)
    assert dose(found.first) == dose(first)
    assert "Nothing missed is added" in found.notices[0].text


def test_who_builds_up_and_does_nothing_begins_again_with_few_minutes(person: Person) -> None:
    profile = person(activity="inactive")
    plan = planned(profile, 6)
    assert plan.exercise.weeks[-1].aerobic_minutes == 150
    assert goes_on(plan, all_done(plan, done=False), profile).first.aerobic_minutes == 90


def test_the_programme_goes_on_from_the_last_week_that_was_done(person: Person) -> None:
    plan = planned(person(), 3)
    done = [entry(s, done=s.date < plan.start + dt.timedelta(weeks=2)) for s in plan.exercise.sessions]
    found = goes_on(plan, log(*done), person())
    assert dose(found.first) == dose(plan.exercise.weeks[1])
    assert "Week 2 was the last" in found.notices[0].text


def test_after_some_weeks_without_a_plan_the_programme_begins_anew(person: Person) -> None:
    plan = planned(person(), 3)
    late = plan.start + dt.timedelta(weeks=7)
    found = course(plan, all_done(plan), person(), start=late, today=late)
    assert found is not None
    assert (found.first.number, found.first.changed, found.first.start) == (1, "start", late)


@pytest.mark.parametrize(("rpe_more", "changed"), [(0, "repetitions"), (1, "repetitions"), (2, "none"), (3, "none")])
def test_sessions_that_felt_harder_than_planned_hold_the_dose(person: Person, rpe_more: int, changed: str) -> None:
    plan = planned(person())
    record = log(*(entry(s, rpe=s.intensity.rpe + rpe_more) for s in plan.exercise.sessions))
    found = goes_on(plan, record, person())
    assert found.first.changed == changed
    assert ("harder than planned" in found.notices[0].text) == (changed == "none")


def test_repetitions_over_the_target_raise_the_load_at_once(person: Person) -> None:
    plan = planned(person())
    (target,) = {week.reps for week in plan.exercise.weeks}
    record = log(*(entry(s, reps=target + 1 if s.kind == "resistance" else None) for s in plan.exercise.sessions))
    found = goes_on(plan, record, person())
    assert (found.first.changed, found.first.load_percent, found.first.reps) == ("load", 105.0, 8)
    exact = log(*(entry(s, reps=target if s.kind == "resistance" else None) for s in plan.exercise.sessions))
    assert goes_on(plan, exact, person()).first.changed == "repetitions"


def test_repetitions_as_asked_in_every_week_are_not_over_the_target_of_a_lighter_last_week(person: Person) -> None:
    # A beginner's fourth week is a lighter one: 8 repetitions, after 10 in the weeks before it.
    plan = planned(person(), 4)
    assert plan.exercise.weeks[-1].lighter
    asked = {s.id: max(i.reps or 0 for i in s.items) for s in sessions_of(plan, "resistance")}
    assert set(asked.values()) == {8, 10}
    record = log(*(entry(s, reps=asked.get(s.id)) for s in plan.exercise.sessions))
    found = goes_on(plan, record, person())
    assert found.first.load_percent == 100.0
    assert "beyond the target" not in found.notices[0].text


def test_repetitions_below_the_target_of_their_own_week_are_not_over_it(person: Person) -> None:
    plan = planned(person(), 4)
    record = log(*(entry(s, reps=9 if s.kind == "resistance" else None) for s in plan.exercise.sessions))
    assert "beyond the target" not in goes_on(plan, record, person()).notices[0].text


@pytest.mark.parametrize(
    "told", [{}, {"reps": 30}, {"rpe": 10.0}], ids=["done", "far over the target", "far too hard"]
)
def test_a_lighter_week_that_is_due_comes_whatever_went_well_or_hard(person: Person, told: dict[str, Any]) -> None:
    plan = planned(person(), 3)
    found = goes_on(plan, all_done(plan, **told), person())
    assert (found.first.number, found.first.lighter) == (4, True)


def test_what_was_missed_never_adds_to_the_weeks_that_follow(person: Person) -> None:
    profile = person(equipment=["dumbbells"])
    plan = planned(profile, 2)
    missed = goes_on(plan, all_done(plan, done=False), profile)
    after = planned(profile, 2, start=missed.first.start, going_on=missed)
    usual = planned(profile, 2)
    for week in (0, 1):
        first, other = (p.start + dt.timedelta(weeks=week) for p in (after, usual))
        minutes = [
            sum(s.minutes for s in p.exercise.sessions if 0 <= (s.date - begin).days < 7)
            for p, begin in ((after, first), (usual, other))
        ]
        assert minutes[0] <= minutes[1]
    assert all(dose(after.exercise.weeks[0])[name] <= value for name, value in dose(usual.exercise.weeks[-1]).items())


def test_pain_in_a_jog_swaps_it_for_something_that_lands_softer_and_keeps_the_minutes(person: Person) -> None:
    profile = person(t=0.5, level="advanced")
    plan = planned(profile)
    hard = max(sessions_of(plan, "aerobic"), key=lambda s: max(force(i.exercise) for i in s.items))
    longest = max(hard.items, key=lambda i: i.minutes or 0).exercise
    record = log(*(entry(s, pain=s.id == hard.id) for s in plan.exercise.sessions))
    found = goes_on(plan, record, profile)
    assert found.first.changed == "none"
    assert {longest} <= found.avoid
    assert all(force(name) >= force(longest) for name in found.avoid)
    after = planned(profile, start=found.first.start, going_on=found)
    mains = exercises_of(after.exercise.sessions, "aerobic")
    assert all(force(name) < force(longest) for name in mains)
    assert sum(s.minutes for s in sessions_of(after, "aerobic")) >= 150 or "vigorous" in {
        s.intensity.level for s in sessions_of(after, "aerobic")
    }
    warn = [n for n in found.notices if n.level == "warn"]
    assert f"{hard.date.day} {hard.date:%B}" in warn[0].text
    assert "Left out because of pain" in found.notices[-1].text
    assert catalogue()[longest].name in found.notices[-1].text


def test_pain_in_a_brisk_walk_leaves_slower_walks(person: Person) -> None:
    plan = planned(person(availability={day: ["17:00-18:15"] for day in EVERY_DAY}))
    brisk = next(s for s in sessions_of(plan, "aerobic") if s.title.lower().startswith("brisk"))
    found = goes_on(plan, log(*(entry(s, pain=s is brisk) for s in plan.exercise.sessions)), person())
    assert "walk_brisk" in found.avoid
    assert not {"walk_easy", "walk_moderate", "march_in_place"} & found.avoid
    after = planned(person(), start=found.first.start, going_on=found)
    assert sum(s.minutes for s in sessions_of(after, "aerobic")) >= 150


def test_pain_in_impacts_leaves_out_all_that_land_as_hard(person: Person) -> None:
    plan = planned(person())
    sore = sessions_of(plan, "impact")[0]
    softest = min(force(i.exercise) for i in sore.items)
    found = goes_on(plan, log(*(entry(s, pain=s.id == sore.id) for s in plan.exercise.sessions)), person())
    left = {"heel_drop_low", "heel_drop", "stomp"} - found.avoid
    assert all(force(name) < softest for name in left)
    after = planned(person(), start=found.first.start, going_on=found)
    assert exercises_of(after.exercise.sessions, "impact") <= left
    assert {catalogue()[name].kind for name in found.avoid} <= {"impact", "aerobic"}
    assert all(force(name) >= softest for name in found.avoid)


def test_pain_belongs_to_what_was_done_even_where_the_plan_has_another_session_there_since(person: Person) -> None:
    profile = person(t=0.5, level="advanced")
    plan = planned(profile)
    sore = sessions_of(plan, "aerobic")[0]
    record = log(entry(sore, pain=True, title="Jogging", exercises=["walk_easy", "jog", "walk_easy"]))
    found = goes_on(plan, record, profile)
    assert "jog" in found.avoid
    assert "walk_brisk" not in found.avoid
    assert any("Jogging" in notice.text for notice in found.notices)


def test_pain_in_strength_leaves_out_its_exercises_and_still_trains_every_muscle_group(person: Person) -> None:
    profile = person(equipment=["chair", "resistance_band", "dumbbells"])
    plan = planned(profile)
    sore = sessions_of(plan, "resistance")[0]
    found = goes_on(plan, log(*(entry(s, pain=s.id == sore.id) for s in plan.exercise.sessions)), profile)
    assert found.avoid >= exercises_of([sore], "resistance")
    after = planned(profile, start=found.first.start, going_on=found)
    groups = {catalogue()[name].muscle_groups[0] for name in exercises_of(after.exercise.sessions, "resistance")}
    assert groups == {"legs", "hips", "back", "chest", "shoulders", "arms", "core"}
    assert not found.avoid & exercises_of(after.exercise.sessions, "resistance")


def test_pain_in_a_session_that_was_broken_off_counts_too(person: Person) -> None:
    plan = planned(person())
    sore = sessions_of(plan, "aerobic")[0]
    record = log(*(entry(s, done=s is not sore, pain=s is sore) for s in plan.exercise.sessions))
    found = goes_on(plan, record, person())
    assert found.first.changed == "none"
    assert found.avoid


def test_what_was_left_out_before_stays_left_out(person: Person) -> None:
    plan = planned(person())
    sore = sessions_of(plan, "impact")[0]
    hurt = goes_on(plan, log(*(entry(s, pain=s is sore) for s in plan.exercise.sessions)), person())
    after = planned(person(), start=hurt.first.start, going_on=hurt)
    found = goes_on(after, all_done(after), person())
    assert found.avoid == hurt.avoid
    assert [n for n in found.notices if "Left out because of pain that was recorded earlier" in n.text]


def test_pain_in_everything_leaves_the_gentlest_of_every_part_of_the_week(person: Person) -> None:
    profile, going_on, start = person(), None, MONDAY
    for _ in range(4):
        plan = planned(profile, start=start, going_on=going_on)
        going_on = goes_on(plan, all_done(plan, pain=True), profile)
        start = going_on.first.start
    last = planned(profile, start=start, going_on=going_on)
    assert max(map(force, exercises_of(last.exercise.sessions, "aerobic"))) == 1.1
    assert not sessions_of(last, "impact")
    assert going_on is not None
    used = {item.exercise for session in last.exercise.sessions for item in session.items}
    assert not used & going_on.avoid, "not as a warm-up either"


def test_strength_on_the_last_day_of_the_plan_keeps_the_next_first_day_free(person: Person) -> None:
    profile = person(availability={day: ["09:00-11:00"] for day in ("monday", "thursday", "sunday")})
    plan = planned(profile)
    last = max(s.date for s in sessions_of(plan, "resistance"))
    assert (last - MONDAY).days == 6
    found = goes_on(plan, all_done(plan), profile)
    assert found.last_resistance == last
    after = planned(profile, start=found.first.start, going_on=found)
    assert min(s.date for s in sessions_of(after, "resistance")) > last + dt.timedelta(days=1)


def test_an_inactive_beginner_goes_on_building_up_from_where_the_plan_ended(person: Person) -> None:
    profile = person(activity="inactive")
    plan = planned(profile, 2)
    found = goes_on(plan, all_done(plan), profile)
    assert found.first.aerobic_minutes == 120
    schedule = plan_sessions(profile, found.first.start, 4, seed=0, calendar="c", course=found)
    assert [week.aerobic_minutes for week in schedule.weeks] == [120, 120, 135, 150]
    (notice,) = [n for n in schedule.notices if n.rule == "exercise-build-up-minutes"]
    assert "week 6" in notice.text


outcomes = st.fixed_dictionaries(
    {
        "done": st.booleans(),
        "rpe": st.none() | st.integers(0, 10),
        "reps": st.none() | st.integers(0, 20),
        "pain": st.booleans(),
    }
)


@settings(max_examples=25)
@given(record=st.lists(st.none() | outcomes, min_size=40, max_size=40), weeks=st.integers(1, 3))
def test_whatever_was_recorded_the_next_weeks_can_be_planned_and_ask_for_one_thing_more_at_most(
    person: Person, record: list[dict[str, Any] | None], weeks: int
) -> None:
    profile = person(equipment=["dumbbells", "chair"])
    plan = planned(profile, weeks)
    entries = [entry(s, **told) for s, told in zip(plan.exercise.sessions, record, strict=False) if told]
    found = goes_on(plan, log(*entries), profile)
    last = plan.exercise.weeks[-1]
    assert sum(dose(found.first)[name] > dose(last)[name] for name in DOSE) <= 1
    share = sum(e.done for e in entries) / len(plan.exercise.sessions)
    if share < 0.66:
        assert all(dose(found.first)[name] <= dose(last)[name] for name in DOSE)
    after = planned(profile, start=found.first.start, going_on=found)
    assert not found.avoid & {item.exercise for session in after.exercise.sessions for item in session.items}
    assert "" not in {n.text for n in found.notices}
