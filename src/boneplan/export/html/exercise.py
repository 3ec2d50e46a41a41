"""The exercise of a plan: its sessions by day, how each exercise is done, and when to stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from boneplan.export.html.charts import week_timeline
from boneplan.export.html.numbers import Number, Numbers, indices
from boneplan.export.sentences import AROUND, stop_sentence, training_sentence
from boneplan.export.weeks import Week
from boneplan.export.words import amount, long_day, plain
from boneplan.plan import Plan


@dataclass(frozen=True)
class Done:
    """An exercise within a session with its dose; `link` is where the page says how it is done, if it does."""

    name: str
    link: str
    sets: Number | None
    reps: Number | None
    hold: Number | None
    minutes: Number | None
    load: str


@dataclass(frozen=True)
class Trained:
    """One session."""

    start: str
    end: str
    title: str
    minutes: Number
    rpe: Number
    level: str
    bearing: bool
    items: tuple[Done, ...]


@dataclass(frozen=True)
class DayOfTraining:
    """The sessions of one day."""

    date: str
    name: str
    sessions: tuple[Trained, ...]


@dataclass(frozen=True)
class WeekOfTraining:
    """The sessions of a week; `bearing` are its minutes on the feet."""

    title: str
    chart: Markup
    days: tuple[DayOfTraining, ...]
    bearing: Number


@dataclass(frozen=True)
class HowTo:
    """How one exercise is done, and where the page says so."""

    anchor: str
    name: str
    cues: tuple[str, ...]


@dataclass(frozen=True)
class Load:
    """How heavy some exercises are, in every session alike."""

    load: str
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class Training:
    """All exercise of the plan. `rise` tells how the weeks differ, where there is more than a first one."""

    weeks: tuple[WeekOfTraining, ...]
    how: tuple[HowTo, ...]
    loads: tuple[Load, ...]
    stop: str
    rise: tuple[str, ...]


def training(plan: Plan, weeks: Sequence[Week], numbers: Numbers) -> Training:
    """The exercise of the plan; it has no weeks where there is none."""
    how, loads = _how(plan), _loads(plan)
    rises = len(plan.exercise.weeks) > 1 or any(week.number > 1 for week in plan.exercise.weeks)
    return Training(
        tuple(_week(plan, week, numbers, how, loads) for week in weeks if week.sessions),
        tuple(sorted(how.values(), key=lambda told: plain(told.name).casefold())),
        _of_loads(plan, loads),
        stop_sentence(sign for session in plan.exercise.sessions for sign in session.stop_if),
        tuple(map(training_sentence, plan.exercise.weeks)) if rises else (),
    )


def _how(plan: Plan) -> dict[str, HowTo]:
    """Each exercise that has cues, by its id; those of all sessions are put together."""
    names: dict[str, str] = {}
    cues: dict[str, dict[str, None]] = {}
    for session in plan.exercise.sessions:
        for item in session.items:
            names.setdefault(item.exercise, item.name)
            cues.setdefault(item.exercise, {}).update(dict.fromkeys(item.cues))
    told = [exercise for exercise in names if cues[exercise]]
    return {
        exercise: HowTo(f"how-{at}", names[exercise], tuple(cues[exercise])) for at, exercise in enumerate(told, 1)
    }


def _loads(plan: Plan) -> dict[str, str]:
    """The load of each exercise that has one and the same in every session; not of what goes around a session."""
    loads: dict[str, set[str]] = {}
    for session in plan.exercise.sessions:
        for item in session.items:
            loads.setdefault(item.exercise, set()).add(plain(item.load))
    same = {exercise: next(iter(found)) for exercise, found in loads.items() if len(found) == 1}
    return {exercise: load for exercise, load in same.items() if load and not load.startswith(AROUND)}


def _of_loads(plan: Plan, loads: dict[str, str]) -> tuple[Load, ...]:
    """The other way about: the exercises of each load, in the order in which they come."""
    names = {item.exercise: item.name for session in plan.exercise.sessions for item in session.items}
    of_load: dict[str, list[str]] = {}
    for exercise, load in loads.items():
        of_load.setdefault(load, []).append(names[exercise])
    return tuple(Load(load, tuple(exercises)) for load, exercises in of_load.items())


def _week(plan: Plan, week: Week, numbers: Numbers, how: dict[str, HowTo], loads: dict[str, str]) -> WeekOfTraining:
    sessions = plan.exercise.sessions
    days = []
    for date, indices_of_day in groupby(week.sessions, key=lambda at: sessions[at].date):
        trained = tuple(_session(plan, at, numbers, how, loads) for at in indices_of_day)
        days.append(DayOfTraining(date.isoformat(), long_day(date), trained))
    every = f"/exercise/sessions/{indices(week.sessions)}"
    return WeekOfTraining(
        week.title,
        week_timeline(plan, week.first, ident=f"timeline-{week.number}", numbers=numbers),
        tuple(days),
        numbers.number(f"sum {every}/minutes?weight_bearing=true", lambda value: amount(value)),
    )


def _session(plan: Plan, at: int, numbers: Numbers, how: dict[str, HowTo], loads: dict[str, str]) -> Trained:
    session, here = plan.exercise.sessions[at], f"/exercise/sessions/{at}"
    return Trained(
        session.start,
        session.end,
        session.title,
        numbers.number(f"{here}/minutes", lambda value: amount(value)),
        numbers.number(f"{here}/intensity/rpe", lambda value: amount(value, 1)),
        session.intensity.level,
        session.weight_bearing,
        tuple(
            Done(
                item.name,
                how[item.exercise].anchor if item.exercise in how else "",
                _dose(numbers, f"{here}/items/{i}/sets"),
                _dose(numbers, f"{here}/items/{i}/reps"),
                _dose(numbers, f"{here}/items/{i}/hold_s"),
                _dose(numbers, f"{here}/items/{i}/minutes"),
                "" if item.exercise in loads else item.load,
            )
            for i, item in enumerate(session.items)
        ),
    )


def _dose(numbers: Numbers, of: str) -> Number | None:
    """A part of a dose; None where the plan gives none, or 0, as `words.dose` reads it."""
    number = numbers.maybe(of, lambda value: amount(value, 1))
    return number if number and number.value else None
