"""The osteogenic index of each week, worked out again (Turner and Robling 2003, as loading.yaml has it)."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from boneplan.plan import ExerciseItem, Session
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.exercise_tables import ExerciseTables, LoadingRules
from boneplan.verify.person import minutes_of_day

TOLERANCE = 0.2  # body weights


def check_loading(case: Case) -> Iterator[Breach]:
    """The index that the plan claims for each week against that of its sessions."""
    for first, sessions, week in case.training_weeks():
        if week is None:
            continue
        index = week_index(sessions, case.tables.exercise)
        if abs(week.osteogenic_index - index) > TOLERANCE:
            text = f"an osteogenic index of {week.osteogenic_index:g}, its sessions make {index:.1f}"
            yield Breach("verify/osteogenic-index", f"week of {first}", text)


def week_index(sessions: Iterable[Session], tables: ExerciseTables) -> float:
    """The osteogenic index of a week's sessions in body weights: that of its days, added up."""
    days: dict[dt.date, list[tuple[int, int, float]]] = defaultdict(list)
    for session in sessions:
        index = max((_item_index(item, tables) for item in session.items), default=0.0)
        try:
            times = minutes_of_day(session.start), minutes_of_day(session.end)
        except ValueError:
            continue  # a breach of its own
        if index:
            days[session.date].append((*times, index))
    return sum(_day_index(sorted(loads), tables.loading) for loads in days.values())


def _item_index(item: ExerciseItem, tables: ExerciseTables) -> float:
    """Peak force times the logarithm of the loads: those of impacts, and of minutes on the feet."""
    exercise = tables.catalogue.get(item.exercise)
    if exercise is None:
        return 0.0
    loads = 0.0
    if exercise.kind == "impact":
        loads = (item.sets or 0) * (item.reps or 0)
    elif exercise.kind == "aerobic" and exercise.weight_bearing:
        loads = tables.loading.cycles_per_minute.get(exercise.pattern, 0.0) * (item.minutes or 0.0)
    return exercise.force_bw * math.log1p(max(0.0, loads))


def _day_index(loads: list[tuple[int, int, float]], rules: LoadingRules) -> float:
    """Sessions (start and end in minutes, index) close together are one bout, which counts as the best of them.

    Each later bout counts by how far bone has recovered since the one before.
    """
    bouts: list[tuple[float, float]] = []  # the share that a bout counts with, and its best index
    ended = 0
    for start, end, index in loads:
        hours = (start - ended) / 60
        if not bouts:
            bouts.append((1.0, index))
        elif hours < rules.one_bout_hours:
            bouts[-1] = (bouts[-1][0], max(bouts[-1][1], index))
        else:
            bouts.append((1 - math.exp(-hours / rules.recovery_hours), index))
        ended = end
    return sum(share * index for share, index in bouts)
