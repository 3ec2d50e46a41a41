"""How a programme rises over the weeks: one thing at a time, with a lighter week every so often.

The numbers stand in guidelines/exercise/progression.yaml.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache

from boneplan.plan import Change, TrainingWeek
from boneplan.profile import Profile
from boneplan.schedule.doses import (
    START_PERCENT,
    WeekDose,
    doses,
    first_impacts,
    first_sets,
    most_impacts,
    starts_low,
)
from boneplan.schedule.eligibility import traits
from boneplan.schedule.guidance import ByLevel, Record, Sourced, read
from boneplan.schedule.needs import week


class Told(Sourced):
    """A rule of progression: `text` says what it asks for."""

    rule: str
    hard: bool
    text: str


class BuildUp(Told):
    """Who begins with fewer aerobic minutes (every trait of `when_all`): `start` a week, `step` more each week."""

    when_all: list[str]
    start: int
    step: int
    unit: str


class Step(Told):
    """What one step adds."""

    step: int


class LoadStep(Step):
    """What one step adds to the load, in per cent, and the least and most that any step may add."""

    least: int
    most: int
    unit: str


class SetStep(Step):
    """What one step adds to the sets, up to `most`, or `most_start_low` for people who start low."""

    most: int
    most_start_low: int


class LighterWeek(ByLevel):
    """Every how many weeks, by level, one is lighter, and by how much; `longest` is the most weeks that may pass."""

    rule: str
    longest: int
    hard: bool
    text: str
    sets_less: int
    impact_share: float
    load_share: float
    rpe_less: int


class OnRecord(Told):
    """What recorded sessions do: shares of them done, weeks of rest, repetitions and points of RPE over the plan."""

    on_course: float
    hardly_any: float
    restart_after: int
    over_target: int
    too_hard: float


class Progression(Record):
    """progression.yaml."""

    one_variable: Told
    build_up: BuildUp
    repetitions: Step
    load: LoadStep
    sets: SetStep
    impacts: Step
    lighter_week: LighterWeek
    record: OnRecord


@cache
def progression() -> Progression:
    """The rules of progression.yaml."""
    return read(Progression, "progression.yaml")


def builds_up(profile: Profile) -> bool:
    """Whether the person reaches the weekly aerobic minutes over some weeks and not at once."""
    return set(progression().build_up.when_all) <= {*traits(profile), profile.activity}


def first_week(profile: Profile, start: dt.date, *, impacts: bool) -> TrainingWeek:
    """The first week of a person's programme, from `start`; `impacts` says whether they may do any."""
    minutes = progression().build_up.start if builds_up(profile) else week().number("aerobic_minutes")
    return TrainingWeek(
        start=start,
        number=1,
        changed="start",
        aerobic_minutes=minutes,
        sets=first_sets(profile),
        reps=doses().reps.start,
        load_percent=START_PERCENT,
        impacts=first_impacts(profile) if impacts else 0,
    )


def fitted(training: TrainingWeek, profile: Profile, *, impacts: bool) -> TrainingWeek:
    """`training` within what the person's state allows by now: it was planned for how they were before."""
    sets, goal = progression().sets, week().number("aerobic_minutes")
    return training.model_copy(
        update={
            "aerobic_minutes": training.aerobic_minutes if builds_up(profile) else goal,
            "sets": min(training.sets, sets.most_start_low if starts_low(profile) else sets.most),
            "impacts": min(training.impacts or first_impacts(profile), most_impacts(profile)) if impacts else 0,
        }
    )


def dose_of(training: TrainingWeek) -> WeekDose:
    """What the sessions of a week hold: its full dose, or in a lighter week less of it."""
    full = WeekDose(training.aerobic_minutes, training.sets, training.reps, training.load_percent, training.impacts)
    if not training.lighter:
        return full
    rules, size = progression().lighter_week, doses().impacts.per_set
    return WeekDose(
        aerobic_minutes=full.aerobic_minutes,
        sets=max(1, full.sets - rules.sets_less),
        reps=doses().reps.low,
        load_percent=round(full.load_percent * rules.load_share, 1),
        impacts=max(min(size, full.impacts), int(full.impacts * rules.impact_share // size) * size),
        rpe_less=rules.rpe_less,
    )


def next_week(last: TrainingWeek, profile: Profile, *, fits: Callable[[int], bool]) -> TrainingWeek:
    """The week after `last`, all of whose sessions were done; `fits` tells whether there is time for so many sets."""
    rules = progression()
    following = _following(last)
    if lighter_is_due(following.number, profile):
        return following.model_copy(update={"changed": "lighter", "lighter": True})
    goal = week().number("aerobic_minutes")
    if last.aerobic_minutes < goal:
        return _changed(following, "minutes", aerobic_minutes=min(goal, last.aerobic_minutes + rules.build_up.step))
    sets = last.sets + rules.sets.step
    most = rules.sets.most_start_low if starts_low(profile) else rules.sets.most
    if last.lighter and sets <= most and fits(sets):
        return _changed(following, "sets", sets=sets)
    impacts = min(most_impacts(profile), last.impacts + rules.impacts.step)
    if 0 < last.impacts < impacts and last.changed in ("repetitions", "load"):
        return _changed(following, "impacts", impacts=impacts)
    reps = last.reps + rules.repetitions.step
    if reps <= doses().reps.high:
        return _changed(following, "repetitions", reps=reps)
    return heavier(last)


def lighter_is_due(number: int, profile: Profile) -> bool:
    """Whether the week `number` of a programme is one of the person's lighter ones."""
    return number % progression().lighter_week.of(profile.exercise.level) == 0


def heavier(last: TrainingWeek) -> TrainingWeek:
    """The week after `last` with the next load, its repetitions at the low end again."""
    load = round(last.load_percent * (1 + progression().load.step / 100), 1)
    return _changed(_following(last), "load", load_percent=load, reps=doses().reps.low)


def same_again(last: TrainingWeek) -> TrainingWeek:
    """The week after `last` with the same dose."""
    return _following(last)


def step_back(last: TrainingWeek, profile: Profile) -> TrainingWeek:
    """The week after `last` with fewer minutes, repetitions and impacts and less load, the sets as they were."""
    rules, least = progression(), min(first_impacts(profile), last.impacts)
    minutes = last.aerobic_minutes
    if minutes < week().number("aerobic_minutes"):
        minutes = max(rules.build_up.start, minutes - rules.build_up.step)
    return _changed(
        _following(last),
        "back",
        aerobic_minutes=minutes,
        reps=doses().reps.low,
        load_percent=max(START_PERCENT, round(last.load_percent / (1 + rules.load.step / 100), 1)),
        impacts=max(least, last.impacts - rules.impacts.step),
    )


def week_of_goal(last: TrainingWeek, profile: Profile) -> int:
    """The number of the week that first brings all the weekly aerobic minutes, if every week is done."""
    goal = week().number("aerobic_minutes")
    while last.aerobic_minutes < goal:
        last = next_week(last, profile, fits=lambda _: False)
    return last.number


def _following(last: TrainingWeek) -> TrainingWeek:
    return TrainingWeek(
        **last.model_dump(include={"aerobic_minutes", "sets", "reps", "load_percent", "impacts"}),
        start=last.start + dt.timedelta(weeks=1),
        number=last.number + 1,
        changed="none",
    )


def _changed(training: TrainingWeek, change: Change, **dose: float) -> TrainingWeek:
    return training.model_copy(update={"changed": change, **dose})
