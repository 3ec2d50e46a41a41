"""Generated people and four weeks each: no hard rule broken, or a named reason why there is no week.

benchmarks/people.py makes the same checks on thousands of them.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import event
from tests.people import Behind, Someone, meet

from boneplan.busy import BusyTimes
from boneplan.engine import make_plan
from boneplan.errors import Fault
from boneplan.exercises import catalogue
from boneplan.identity import calendar_id
from boneplan.plan import Conflict, Plan
from boneplan.profile import Profile
from boneplan.safety import closed, gates
from boneplan.schedule import Course, Schedule, plan_sessions
from boneplan.schedule.progression import first_week, next_week, same_again, step_back

WEEKS = 4
EXERCISES = tuple(sorted(catalogue()))
# Refuses the menu and asks nothing of exercise: the whole engine runs, and `verify` sees every part of the plan,
# without the seconds that menus take.
NO_MENU = "dysphagia"
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
EVALUATE = Path(__file__).resolve().parents[3] / "shared" / "tools" / "evaluate_plan.py"
EATEN = "group,meal,food_code,g_p10,g_p90\nwomen_50_plus,snack,11112110,100,300\nmen_40_plus,snack,11112110,100,300\n"
PAIRS = "meal,cat_x,cat_y,n_both,lift\n"
MILK = {"food": "milk", "fndds_code": 11112110, "name": "Milk, 2 %", "grams": 244.0, "measure": "1 cup"}
# What one lesion site or another may take out of the muscle groups of the week.
SPARED = {"core", "back", "chest", "shoulders", "hips"}
GROUPS = {"legs", "hips", "back", "chest", "shoulders", "arms", "core"}

Answer = Literal["planned", "refused", "no exercise", "no time"]


@dataclass(frozen=True)
class Outcome:
    """What came of one person: the answer, all that is wrong with it, and how long the schedule took.

    `wall` and `cpu` are seconds of `plan_sessions` alone.
    """

    answer: Answer
    wrong: tuple[str, ...]
    wall: float
    cpu: float


def outcome(someone: Someone) -> Outcome:
    """Plans four weeks for `someone` twice, once through the whole engine, and looks at them from all sides."""
    profile = someone.checked(conditions=[*someone.profile["conditions"], NO_MENU])
    course = _course(profile, someone.start, someone.behind) if someone.behind else None
    wall, cpu = time.perf_counter(), time.process_time()
    schedule = _planned(profile, someone, course)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    wrong = list[str]()
    try:
        plan = make_plan(
            profile,
            start=someone.start,
            weeks=WEEKS,
            seed=someone.seed,
            now=NOW,
            busy=BusyTimes(list(someone.busy), []) if someone.busy else None,
            course=course,
        )
        if plan.exercise.sessions != schedule.sessions:
            wrong.append("the same call twice gives two schedules")
    except Fault as fault:
        plan, wrong = None, fault.lines
    if plan and schedule.sessions:
        wrong += [*_seen_from_outside(plan), *_evaluated(plan)]
    return Outcome(_answer(schedule), (*wrong, *_without_sessions(schedule, profile, someone, course)), wall, cpu)


def _answer(schedule: Schedule) -> Answer:
    if schedule.sessions:
        return "planned"
    if schedule.conflict is None:
        return "refused"
    return "no time" if _is_of_time(schedule.conflict) else "no exercise"


def _is_of_time(conflict: Conflict) -> bool:
    return "extra_time" in (conflict.model_extra or {})


def _planned(profile: Profile, someone: Someone, course: Course | None) -> Schedule:
    return plan_sessions(
        profile,
        someone.start,
        WEEKS,
        seed=someone.seed,
        calendar=calendar_id(profile),
        busy=someone.busy,
        course=course,
    )


def _course(profile: Profile, start: dt.date, behind: Behind) -> Course:
    """The programme that goes on at `start` after the weeks `behind`."""
    going = {"on": lambda week: next_week(week, profile, fits=lambda _: True), "same": same_again}
    week = first_week(profile, start - dt.timedelta(weeks=len(behind.weeks)), impacts=True)
    for how in behind.weeks:
        week = step_back(week, profile) if how == "back" else going[how](week)
    yesterday = start - dt.timedelta(days=1)
    return Course(week, behind.avoid, yesterday if behind.trained_yesterday else None)


# --- a plan with sessions ---


def _seen_from_outside(plan: Plan) -> Iterator[str]:
    """What must hold of sessions and stands in no single rule, or in none that `verify` can ask about."""
    sessions, zone = plan.exercise.sessions, ZoneInfo(plan.timezone)
    when = [(s.date, s.start, s.end) for s in sessions]
    if when != sorted(when):
        yield "the sessions are not in order of time"
    if len({s.id for s in sessions}) < len(sessions):
        yield "two sessions have one id"
    if [week.start for week in plan.exercise.weeks] != [plan.start + dt.timedelta(weeks=n) for n in range(WEEKS)]:
        yield "the training weeks are not the weeks of the plan"
    for session in sessions:
        begin, end = (
            dt.datetime.combine(session.date, dt.time.fromisoformat(clock), zone).astimezone(dt.UTC)
            for clock in (session.start, session.end)
        )
        if end - begin != dt.timedelta(minutes=session.minutes):
            yield f"{session.date} {session.start} {session.title}: the clock changes in it"
        if not session.items or not all(item.name for item in session.items):
            yield f"{session.date} {session.start} {session.title}: nothing to do"
        for busy in plan.exercise.busy:
            if busy.date == session.date and busy.start < session.end and session.start < busy.end:
                yield f"{session.date} {session.start} {session.title}: in busy {busy.start}-{busy.end}"
        for item in session.items:
            if item.exercise in plan.exercise.avoid:
                yield f"{session.date} {session.start} {session.title}: {item.exercise} is to be left out"
    yield from _weeks(plan)


def _weeks(plan: Plan) -> Iterator[str]:
    spared = SPARED if "bone_metastases" in plan.profile["conditions"] else set()
    for week in plan.exercise.weeks:
        days = [week.start + dt.timedelta(days=n) for n in range(7)]
        mine = [s for s in plan.exercise.sessions if s.date in days]
        trained = {g for s in mine if s.kind == "resistance" for item in s.items for g in item.muscle_groups}
        if missing := GROUPS - spared - trained:
            yield f"week of {week.start}: nothing for {', '.join(sorted(missing))}"
    for last, week in pairwise(plan.exercise.weeks):
        dose = "aerobic_minutes", "sets", "reps", "load_percent", "impacts"
        rising = [name for name in dose if getattr(week, name) > getattr(last, name)]
        if len(rising) > 1:
            yield f"week of {week.start}: {' and '.join(rising)} rise at once"


@cache
def _evaluate() -> Any:
    """The project's outside look at a plan, or None where it is not beside the checkout."""
    if not EVALUATE.is_file():
        return None
    spec = importlib.util.spec_from_file_location("evaluate_plan", EVALUATE)
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    tool.load = cache(tool.load)  # the food tables, which are large and the same for all
    return tool


def _evaluated(plan: Plan) -> list[str]:
    """The breaches of exercise that evaluate_plan.py finds; its menu checks get a glass of milk a day."""
    tool = _evaluate()
    if tool is None:
        return []
    document = plan.model_dump(mode="json", by_alias=True)
    document["profile"] = {"exercise": document["profile"]["exercise"]}
    dates = [str(plan.start + dt.timedelta(days=n)) for n in range(7 * WEEKS)]
    days = [{"date": date, "meals": [{"meal": "snack", "time": "15:30", "items": [MILK]}]} for date in dates]
    document |= {"status": "ok", "targets": [], "menu": {"days": days}}
    _, breaches = tool.evaluate(document, EVALUATE.parents[1] / "data", io.StringIO(EATEN), io.StringIO(PAIRS))
    return [f"evaluate_plan: {breach}" for breach in breaches]


# --- no sessions ---


def _without_sessions(schedule: Schedule, profile: Profile, someone: Someone, course: Course | None) -> Iterator[str]:
    """Whether an answer without sessions has its reason, and whether a way out that it offers is one."""
    shut = "exercise" in closed(gates(profile, someone.start))
    if shut != (not schedule.sessions and schedule.conflict is None):
        yield "there are no sessions and nothing says why" if not shut else "a shut gate, yet sessions or a conflict"
    if shut and not all(n.text and n.source for n in schedule.notices if n.level in ("refuse", "clearance")):
        yield "refused without words or a source"
    if schedule.conflict is None:
        return
    if schedule.sessions:
        yield "sessions beside a conflict"
    if not (schedule.conflict.rules and schedule.conflict.text and schedule.conflict.relaxations):
        yield "a conflict without rules, words or a way out"
    if _is_of_time(schedule.conflict):
        yield from _way_out(schedule.conflict, profile, someone, course)


def _way_out(conflict: Conflict, profile: Profile, someone: Someone, course: Course | None) -> Iterator[str]:
    """Takes the first way out that a conflict offers: there must be a schedule then, or a conflict in a later week.

    Only busy times make one week of the plan harder than another, or leave no way out.
    """
    for _ in range(WEEKS):
        ways = (conflict.model_extra or {})["extra_time"]
        if not ways:
            if not someone.busy:
                yield f"no way out is offered: {conflict.text}"
            return
        profile = _with_more_time(profile, ways[0])
        schedule = _planned(profile, someone, course)
        if schedule.sessions:
            return
        if schedule.conflict is None or not _is_later(schedule.conflict, conflict):
            break
        conflict = schedule.conflict
    yield f"the way out is none: {ways[0]}"


def _is_later(one: Conflict, other: Conflict) -> bool:
    """Whether a conflict is in a later week than another; both name theirs."""
    weeks = [str((conflict.model_extra or {}).get("week", "")) for conflict in (one, other)]
    return all(weeks) and weeks[0] > weeks[1]


def _with_more_time(profile: Profile, way: Sequence[Mapping[str, Any]]) -> Profile:
    times = dict(profile.exercise.availability or {})
    for extra in way:
        times[extra["weekday"]] = extra["windows"]
    return profile.model_copy(update={"exercise": profile.exercise.model_copy(update={"availability": times})})


# --- the share that every test run takes ---


@pytest.mark.parametrize("batch", range(4))
def test_four_weeks_for_anybody_break_no_hard_rule_or_say_why_there_are_none(batch: int) -> None:
    def look_at(someone: Someone) -> None:
        found = outcome(someone)
        event(found.answer)
        assert found.wrong == ()

    meet(look_at, batch, exercises=EXERCISES)
