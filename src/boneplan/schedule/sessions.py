"""Sessions with a date, an hour, their exercises and their stop signs, made from the slots of a solved week."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import cache

from pydantic import Field

from boneplan.exercises import Exercise, effort_of
from boneplan.identity import session_id
from boneplan.plan import Effort, ExerciseItem, Session, SessionKind, TrainingWeek
from boneplan.profile import Profile
from boneplan.schedule.doses import rpe_for
from boneplan.schedule.eligibility import traits
from boneplan.schedule.fill import Filled
from boneplan.schedule.guidance import Record, Sourced, read
from boneplan.schedule.model import Slot
from boneplan.schedule.needs import week
from boneplan.schedule.progression import dose_of
from boneplan.schedule.windows import clock

TITLES: dict[SessionKind, str] = {"balance": "Balance", "impact": "Impacts", "posture": "Posture and back"}


class StopSign(Sourced):
    """A sign to stop at; with `when`, for people with one of these traits."""

    text: str
    id: str = ""
    when: list[str] = Field(default_factory=list)


class StopSigns(Record):
    """stop_signs.yaml."""

    everybody: list[StopSign]
    kind: dict[SessionKind, list[StopSign]]
    person: list[StopSign]


@cache
def stop_signs() -> StopSigns:
    """The stop signs of stop_signs.yaml."""
    return read(StopSigns, "stop_signs.yaml")


def dated(
    pattern: Sequence[Slot], filled: Sequence[Filled], training: TrainingWeek, profile: Profile, calendar: str
) -> list[Session]:
    """The sessions of the week `training`: each slot of `pattern` with what `filled` has for it.

    Ids come from the person's calendar, the date, the kind and its count that day.
    """
    sessions, of_day = [], Counter[tuple[int, str]]()
    for slot, (items, main) in zip(pattern, filled, strict=True):
        kind = slot.bout.kind
        date = training.start + dt.timedelta(days=slot.day)
        id_ = session_id(calendar, date, kind, of_day[slot.day, kind])
        of_day[slot.day, kind] += 1
        sessions.append(_session(slot, date, id_, items, main, profile, dose_of(training).rpe_less))
    return sessions


def _session(
    slot: Slot,
    date: dt.date,
    id_: str,
    items: list[ExerciseItem],
    main: Sequence[Exercise],
    profile: Profile,
    rpe_less: int,
) -> Session:
    met = round(sum(exercise.met for exercise in main) / len(main), 1)
    return Session(
        id=id_,
        date=date,
        start=clock(slot.start),
        end=clock(slot.start + slot.minutes),
        kind=slot.bout.kind,
        title=_title(slot.bout.kind, main),
        minutes=slot.minutes,
        weight_bearing=all(exercise.weight_bearing for exercise in main),
        intensity=Effort(rpe=max(rpe_for(profile, e, rpe_less) for e in main), met=met, level=effort_of(met)),
        items=items,
        stop_if=_stop_if(slot.bout.kind, main, profile),
    )


def _title(kind: SessionKind, main: Sequence[Exercise]) -> str:
    if kind == "aerobic":
        return main[0].name
    if kind == "resistance":
        groups = [exercise.muscle_groups[0] for exercise in main]
        whole = len(groups) == len(week().muscle_groups.groups)
        return "Strength, whole body" if whole else f"Strength: {', '.join(groups)}"
    return TITLES[kind]


def _stop_if(kind: SessionKind, main: Sequence[Exercise], profile: Profile) -> list[str]:
    known, signs = traits(profile), stop_signs()
    personal = [sign.text for sign in signs.person if known.intersection(sign.when)]
    common = [sign.text for sign in (*signs.everybody, *signs.kind.get(kind, []))]
    return list(dict.fromkeys([*common, *personal, *(text for e in main for text in e.stop_if)]))
