"""Bone loading: the osteogenic index of bouts and weeks, from the forces in the catalogue and loading.yaml.

A comparison between weeks of exercise (Turner and Robling 2003), no forecast of bone density.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache

from boneplan.exercises import Exercise, catalogue
from boneplan.plan import ExerciseItem, Session
from boneplan.schedule.guidance import Record, Sourced, read
from boneplan.schedule.windows import minutes_of


class Index(Sourced):
    """What the osteogenic index is."""

    rule: str
    unit: str
    hard: bool
    text: str


class Recovery(Sourced):
    """How long bone takes to answer again, and how close together two bouts are one; both in hours."""

    rule: str
    hours: float
    one_bout: float
    hard: bool
    text: str


class Cycles(Sourced):
    """Loads in a minute."""

    value: float


class Loading(Record):
    """loading.yaml."""

    index: Index
    recovery: Recovery
    cycles_per_minute: dict[str, Cycles]


@cache
def loading() -> Loading:
    """The rules of loading.yaml."""
    return read(Loading, "loading.yaml")


def bout_index(exercise: Exercise, cycles: float) -> float:
    """The osteogenic index of `cycles` loads: peak force (body weights, middle of its range) x ln(cycles + 1)."""
    force = exercise.peak_grf_bw
    return (force.low + force.high) / 2 * math.log(cycles + 1)


def aerobic_index(exercise: Exercise, minutes: float) -> float:
    """The osteogenic index of so many minutes on the feet; 0 where a movement has no cycles that count."""
    cycles = loading().cycles_per_minute.get(exercise.pattern)
    return bout_index(exercise, cycles.value * minutes) if cycles and exercise.weight_bearing else 0.0


def item_index(item: ExerciseItem) -> float:
    """The osteogenic index of one exercise of a session as planned. Only aerobic and impact work has cycles."""
    exercise = catalogue()[item.exercise]
    if exercise.kind == "impact":
        return bout_index(exercise, (item.sets or 0) * (item.reps or 0))
    return aerobic_index(exercise, item.minutes or 0) if exercise.kind == "aerobic" else 0.0


def week_index(sessions: Iterable[Session]) -> float:
    """The osteogenic index of a week: that of its days, added up."""
    days: dict[str, list[Session]] = {}
    for session in sessions:
        days.setdefault(session.date.isoformat(), []).append(session)
    return round(sum(map(_day_index, days.values())), 1)


def share_after(hours: float) -> float:
    """How much of its index a bout keeps, so many hours after another of the same day."""
    return 1 - math.exp(-hours / loading().recovery.hours)


def _day_index(sessions: Sequence[Session]) -> float:
    """Sessions close together are one bout, which counts as its best exercise."""
    loads = [(minutes_of(s.start), minutes_of(s.end), max(map(item_index, s.items), default=0.0)) for s in sessions]
    total, share, best, ended = 0.0, 1.0, 0.0, None
    for start, end, index in sorted(load for load in loads if load[2]):
        pause = 0.0 if ended is None else (start - ended) / 60
        if pause >= loading().recovery.one_bout:
            total += share * best
            share, best = share_after(pause), 0.0
        best, ended = max(best, index), end
    return total + share * best
