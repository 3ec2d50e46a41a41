"""The exercise programme of whole weeks, for example people and for people at random."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boneplan.choices import Condition, Equipment
from boneplan.exercises import catalogue
from boneplan.plan import Busy, Notice, Session, TrainingWeek
from boneplan.profile import Profile
from boneplan.safety import closed, gates
from boneplan.schedule import Course, plan_sessions

Person = Callable[..., Profile]
Breaches = Callable[..., list[str]]
MONDAY, WEDNESDAY = dt.date(2026, 11, 23), dt.date(2026, 11, 25)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVERYTHING = get_args(Equipment)
SPINE = {"site": "vertebra", "year": 2022, "fragility": True}

EXAMPLES: dict[str, dict[str, Any]] = {
    "a beginner with a chair": {"equipment": ["chair"]},
    "an advanced person with everything": {"t": 0.4, "level": "advanced", "equipment": EVERYTHING},
    "osteoporosis": {"t": -3.1, "level": "intermediate", "equipment": EVERYTHING},
    "a vertebral fracture": {"t": -2.0, "level": "advanced", "equipment": EVERYTHING, "fractures": [SPINE]},
    "fall risk": {"t": -2.2, "conditions": ["fall_risk"], "equipment": ["chair", "bike"]},
    "neuropathy with a bike": {"conditions": ["neuropathy"], "equipment": ["bike"]},
    "sore joints": {"conditions": ["joint_pain"], "level": "intermediate", "equipment": ["resistance_band"]},
    "no scan yet": {"t": None, "level": "advanced", "equipment": EVERYTHING},
    "three busy days": {
        "availability": {"monday": ["06:30-08:00"], "thursday": ["17:00-18:30"], "saturday": ["09:00-11:00"]}
    },
    "lunch breaks": {"availability": {day: ["12:00-13:00"] for day in WEEKDAYS}},
}


def planned(profile: Profile, start: dt.date = MONDAY, weeks: int = 1, seed: int = 0) -> list[Session]:
    schedule = plan_sessions(profile, start, weeks, seed=seed, calendar="p")
    assert schedule.conflict is None
    return schedule.sessions


@pytest.mark.parametrize("someone", EXAMPLES.values(), ids=EXAMPLES)
@pytest.mark.parametrize("weeks", [1, 3])
def test_every_hard_rule_holds_from_a_wednesday_on(
    person: Person, breaches: Breaches, someone: dict[str, Any], weeks: int
) -> None:
    profile = person(**someone)
    assert breaches(profile, planned(profile, WEDNESDAY, weeks), WEDNESDAY, weeks) == []


def test_strength_days_stay_apart_over_twelve_weeks(person: Person) -> None:
    sessions = planned(person(level="advanced", t=0.0), WEDNESDAY, 12)
    days = sorted({s.date for s in sessions if s.kind == "resistance"})
    assert len(days) == 36
    assert min((b - a).days for a, b in pairwise(days)) == 2


def test_the_same_seed_gives_the_same_sessions_and_another_one_other_exercises(person: Person) -> None:
    profile = person(equipment=["chair", "resistance_band"])
    assert planned(profile, seed=7) == planned(profile, seed=7)
    one, two = planned(profile, seed=1), planned(profile, seed=2)
    assert [(s.date, s.start, s.end, s.kind) for s in one] == [(s.date, s.start, s.end, s.kind) for s in two]
    assert [[i.exercise for i in s.items] for s in one] != [[i.exercise for i in s.items] for s in two]


def exercises_of(sessions: list[Session], kind: str, week: int) -> list[list[str]]:
    """The exercises that the sessions of `kind` in a week from MONDAY on are about, without what is around them."""
    of_week = [s for s in sessions if s.kind == kind and (s.date - MONDAY).days // 7 == week]
    return [[i.exercise for i in s.items if catalogue()[i.exercise].kind == kind] for s in of_week]


def test_activities_change_from_week_to_week_and_strength_exercises_stay_while_their_load_rises(
    person: Person,
) -> None:
    sessions = planned(person(equipment=["chair", "resistance_band"]), weeks=3)
    assert exercises_of(sessions, "aerobic", 0) != exercises_of(sessions, "aerobic", 1)
    assert exercises_of(sessions, "resistance", 0) == exercises_of(sessions, "resistance", 2) != []


def test_a_beginners_first_week_is_light_on_sets_and_effort(person: Person) -> None:
    for session in planned(person(equipment=EVERYTHING)):
        assert 3 <= session.intensity.rpe <= 5
        if session.kind == "resistance":
            assert {item.sets for item in session.items} <= {None, 1}


def test_twelve_weeks_say_what_each_asks_for_and_their_sessions_hold_it(person: Person) -> None:
    schedule = plan_sessions(
        person(equipment=["dumbbells"], level="intermediate"), WEDNESDAY, 12, seed=0, calendar="p"
    )
    assert [week.number for week in schedule.weeks] == list(range(1, 13))
    assert [week.start for week in schedule.weeks] == [WEDNESDAY + dt.timedelta(weeks=n) for n in range(12)]
    for week in schedule.weeks:
        mine = [s for s in schedule.sessions if 0 <= (s.date - week.start).days < 7]
        items = [i for s in mine if s.kind == "resistance" for i in s.items if i.sets]
        sets, reps, share = (week.sets - 1, 8, 0.9) if week.lighter else (week.sets, week.reps, 1.0)
        assert {i.sets for i in items} == {sets}
        assert {i.reps for i in items if i.reps} == {reps}
        assert {i.load_percent for i in items if i.load_percent} == {round(week.load_percent * share, 1)}
        impacts = {sum((i.sets or 0) * (i.reps or 0) for i in s.items) for s in mine if s.kind == "impact"}
        assert impacts == ({week.impacts // 20 * 10} if week.lighter else {week.impacts})


@pytest.mark.parametrize("start", [dt.date(2026, 3, 4), dt.date(2026, 10, 14)], ids=["spring", "autumn"])
def test_hours_that_a_clock_change_bends_hold_no_session_in_twelve_weeks(person: Person, start: dt.date) -> None:
    times = {day: ["00:30-04:00"] for day in WEEKDAYS}
    sessions = planned(person(availability=times), start, 12)
    change = dt.date(2026, 3, 8) if start.month == 3 else dt.date(2026, 11, 1)
    bent = ("02:00", "03:00") if start.month == 3 else ("01:00", "02:00")
    of_day = [s for s in sessions if s.date == change]
    assert of_day
    assert all(s.end < bent[0] or s.start >= bent[1] for s in of_day)


def test_busy_times_hold_no_session_and_the_week_after_is_as_before(person: Person, breaches: Breaches) -> None:
    profile = person(availability={day: ["07:00-08:30", "18:00-19:00"] for day in WEEKDAYS})
    taken = [Busy(date=MONDAY + dt.timedelta(days=d), start="06:00", end="07:45") for d in range(7, 14)]
    schedule = plan_sessions(profile, MONDAY, 3, seed=0, calendar="p", busy=taken)
    assert breaches(profile, schedule.sessions, MONDAY, 3, busy=taken) == []
    # The third week has more impacts than the first, on the same days.
    days = [
        {((s.date - MONDAY).days % 7, s.kind) for s in schedule.sessions if (s.date - MONDAY).days // 7 == week}
        for week in range(3)
    ]
    assert days[0] == days[2]


def test_a_course_goes_on_at_its_week_without_what_is_to_be_left_out(person: Person) -> None:
    profile = person(equipment=["dumbbells"])
    first = TrainingWeek(
        start=MONDAY, number=7, changed="load", aerobic_minutes=150, sets=2, reps=8, load_percent=105.0, impacts=20
    )
    sunday = MONDAY - dt.timedelta(days=1)
    told = Notice(level="info", rule="exercise-from-the-record", text="It goes on.", scope="exercise")
    course = Course(first, frozenset({"heel_drop", "stomp", "walk_brisk"}), sunday, (told,))
    schedule = plan_sessions(profile, MONDAY, 2, seed=0, calendar="p", course=course)
    assert [(w.number, w.changed) for w in schedule.weeks] == [(7, "load"), (8, "lighter")]
    assert not course.avoid & {i.exercise for s in schedule.sessions for i in s.items}
    assert min(s.date for s in schedule.sessions if s.kind == "resistance") > MONDAY
    assert told in schedule.notices


def test_weeks_without_time_for_impacts_never_rise_by_them(person: Person) -> None:
    """Strength and balance take what half an hour leaves; the weeks rise by repetitions alone."""
    profile = person(
        equipment=["chair"],
        availability={
            "monday": ["18:00-19:15"],
            "wednesday": ["18:00-19:15"],
            "friday": ["18:00-19:15"],
            "sunday": ["09:00-10:30"],
        },
    )
    schedule = plan_sessions(profile, MONDAY, 4, seed=0, calendar="p")
    assert "impact" not in {session.kind for session in schedule.sessions}
    assert [(week.changed, week.impacts) for week in schedule.weeks] == [
        ("start", 0),
        ("repetitions", 0),
        ("repetitions", 0),
        ("lighter", 0),
    ]
    assert "brief impacts on 0 days a week" in " ".join(notice.text for notice in schedule.notices)


def test_without_an_impact_exercise_left_a_course_asks_for_none(person: Person) -> None:
    first = TrainingWeek(
        start=MONDAY, number=2, changed="none", aerobic_minutes=150, sets=1, reps=8, load_percent=100.0, impacts=20
    )
    course = Course(first, avoid=frozenset({"heel_drop_low", "heel_drop", "stomp"}))
    schedule = plan_sessions(person(), MONDAY, 2, seed=0, calendar="p", course=course)
    assert {w.impacts for w in schedule.weeks} == {0}
    assert not [s for s in schedule.sessions if s.kind == "impact"]


def test_without_times_the_usual_ones_stand_in_and_it_is_said(person: Person) -> None:
    schedule = plan_sessions(person(), MONDAY, 1, seed=0, calendar="p")
    assert schedule.sessions
    assert "exercise-default-times" in {notice.rule for notice in schedule.notices}
    given_times = plan_sessions(
        person(availability={d: ["17:00-18:15"] for d in WEEKDAYS}), MONDAY, 1, seed=0, calendar="p"
    )
    assert "exercise-default-times" not in {notice.rule for notice in given_times.notices}


def test_meal_times_stay_free_where_there_is_time_and_are_touched_with_a_notice_where_there_is_not(
    person: Person,
) -> None:
    free = plan_sessions(person(availability={d: ["06:00-09:30"] for d in WEEKDAYS}), MONDAY, 1, seed=0, calendar="p")
    assert not [s for s in free.sessions if s.start < "08:00" and s.end > "07:30"]
    tight = plan_sessions(
        person(availability={d: ["07:20-08:00"] for d in WEEKDAYS}), MONDAY, 1, seed=0, calendar="p"
    )
    assert [s for s in tight.sessions if s.start < "08:00" and s.end > "07:30"]
    assert "exercise-not-at-meals" in {notice.rule for notice in tight.notices}


def test_neuropathy_rides_part_of_the_minutes_and_is_told_how_many(person: Person) -> None:
    schedule = plan_sessions(person(conditions=["neuropathy"], equipment=["bike"]), MONDAY, 1, seed=0, calendar="p")
    aerobic = [s for s in schedule.sessions if s.kind == "aerobic"]
    ridden = sum(s.minutes for s in aerobic if not s.weight_bearing)
    assert 0 < ridden <= 75
    assert sum(s.minutes for s in aerobic) >= 150
    (notice,) = [n for n in schedule.notices if n.rule == "exercise-bike-share"]
    assert str(ridden) in notice.text
    without = plan_sessions(person(conditions=["neuropathy"]), MONDAY, 1, seed=0, calendar="p")
    assert all(s.weight_bearing for s in without.sessions if s.kind == "aerobic")


def test_what_the_times_do_not_allow_of_the_soft_rules_is_said(person: Person) -> None:
    profile = person(t=-3.0, **EXAMPLES["three busy days"])
    told = {n.rule: n.text for n in plan_sessions(profile, MONDAY, 1, seed=0, calendar="p").notices}
    assert "3 days a week; 5 days are better" in told["exercise-aerobic-5-days"]
    assert "3 days a week" in told["exercise-balance-daily"]


@pytest.mark.parametrize(
    ("condition", "level"),
    [("eating_disorder", "refuse"), ("bone_metastases", "clearance"), ("recent_fracture", "clearance")],
)
def test_a_blocked_person_gets_a_notice_and_no_sessions(person: Person, condition: str, level: str) -> None:
    schedule = plan_sessions(person(conditions=[condition]), MONDAY, 1, seed=0, calendar="p")
    assert schedule.sessions == []
    assert [notice.level for notice in schedule.notices] == [level]
    assert schedule.notices[0].source


@pytest.mark.parametrize("condition", get_args(Condition))
def test_no_condition_leaves_a_week_empty_in_silence(person: Person, condition: str) -> None:
    profile = person(conditions=[condition])
    schedule = plan_sessions(profile, MONDAY, 1, seed=0, calendar="p")
    if "exercise" in closed(gates(profile, MONDAY)):
        assert not schedule.sessions
        assert schedule.notices
        assert all(notice.rule.startswith("safety/gates/") for notice in schedule.notices)
    else:
        assert schedule.sessions or schedule.conflict


def test_importing_the_schedule_does_not_load_the_solver() -> None:
    code = "import sys, boneplan.schedule; sys.exit('pulp' in sys.modules or 'highspy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


clocks = st.integers(5 * 12, 22 * 12).map(lambda steps: steps * 5)
window = st.tuples(clocks, st.integers(1, 36).map(lambda steps: steps * 5)).map(
    lambda w: (w[0], min(w[0] + w[1], 23 * 60 + 59))
)


def _apart(windows: list[tuple[int, int]]) -> list[str]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(windows):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return [f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}" for a, b in kept]


people = st.fixed_dictionaries(
    {
        "t": st.none() | st.floats(-5, 2).map(lambda t: round(t, 1)),
        "level": st.sampled_from(["beginner", "intermediate", "advanced"]),
        "equipment": st.lists(st.sampled_from(EVERYTHING), unique=True),
        "conditions": st.lists(
            st.sampled_from(["fall_risk", "neuropathy", "joint_pain", "lymphoedema", "diabetes"]), unique=True
        ),
        "fractures": st.lists(
            st.fixed_dictionaries(
                {
                    "site": st.sampled_from(["vertebra", "wrist", "hip", "ankle"]),
                    "year": st.just(2021),
                    "fragility": st.booleans(),
                }
            ),
            max_size=2,
        ),
        "availability": st.none()
        | st.dictionaries(
            st.sampled_from(WEEKDAYS), st.lists(window, min_size=1, max_size=3).map(_apart), min_size=2, max_size=7
        ),
    }
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(someone=people, start=st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)), weeks=st.integers(1, 3))
def test_no_hard_rule_is_broken_for_anybody_or_the_conflict_is_named(
    person: Person, breaches: Breaches, someone: dict[str, Any], start: dt.date, weeks: int
) -> None:
    profile = person(**someone)
    schedule = plan_sessions(profile, start, weeks, seed=0, calendar="p")
    if schedule.conflict is None:
        assert schedule.sessions
        assert breaches(profile, schedule.sessions, start, weeks) == []
        assert {item.exercise for s in schedule.sessions for item in s.items} <= set(catalogue())
        return
    assert profile.exercise.availability is not None
    assert len(schedule.conflict.rules) > 1
    more = {day: list(windows) for day, windows in profile.exercise.availability.items()}
    for extra in (schedule.conflict.model_extra or {})["extra_time"][0]:
        more[extra["weekday"]] = extra["windows"]
    profile = person(**{**someone, "availability": more})
    assert breaches(profile, planned(profile, start, weeks), start, weeks) == []
