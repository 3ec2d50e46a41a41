"""From what was recorded of a programme to how it goes on: further, the same, a step back, or around what hurt."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from boneplan.exercises import Exercise, catalogue
from boneplan.plan import Level, Notice, Plan, Session, TrainingWeek
from boneplan.profile import Profile
from boneplan.schedule.coverage import uncovered
from boneplan.schedule.eligibility import eligible
from boneplan.schedule.needs import needs_of
from boneplan.schedule.programme import Course
from boneplan.schedule.progression import (
    dose_of,
    heavier,
    lighter_is_due,
    next_week,
    progression,
    same_again,
    step_back,
)
from boneplan.training_log import Entry, Log

LANDING = ("aerobic", "impact")  # sessions that load bone by feet hitting the ground


@dataclass(frozen=True)
class Record:
    """Sessions that were due, each with what was recorded of it, if anything."""

    due: tuple[tuple[Session, Entry | None], ...]

    @property
    def done(self) -> list[tuple[Session, Entry]]:
        """Those that were done."""
        return [(session, entry) for session, entry in self.due if entry is not None and entry.done]

    @property
    def painful(self) -> list[Session]:
        """Those that hurt, done or not."""
        return [session for session, entry in self.due if entry is not None and entry.pain]

    @property
    def share(self) -> float:
        """The share of them that was done. Not recorded is not done."""
        return len(self.done) / len(self.due) if self.due else 0.0

    @property
    def recorded(self) -> bool:
        """Whether anything was recorded at all."""
        return any(entry is not None for _, entry in self.due)

    def too_hard(self) -> bool:
        """Whether the sessions felt harder than planned, on average."""
        felt = [entry.rpe - session.intensity.rpe for session, entry in self.done if entry.rpe is not None]
        return bool(felt) and mean(felt) >= progression().record.too_hard

    def over_target(self) -> bool:
        """Whether strength sessions went beyond the repetitions that each asked for, on average."""
        strength = [(entry.reps, session) for session, entry in self.done if session.kind == "resistance"]
        asked = [(reps, max((item.reps or 0 for item in session.items), default=0)) for reps, session in strength]
        over = [reps - target for reps, target in asked if reps is not None and target]
        return bool(over) and mean(over) >= progression().record.over_target


def course(plan: Plan, log: Log, profile: Profile, *, today: dt.date) -> Course | None:
    """How the programme of `plan` goes on after its last week; None where it had no sessions.

    What was missed is never added. Sessions that are still to come do not count.
    """
    if not plan.exercise.weeks:
        return None
    entries = {entry.session: entry for entry in log.entries}
    due = [(s, entries.get(s.id)) for s in plan.exercise.sessions if s.date < today or s.id in entries]
    record, last = Record(tuple(due)), plan.exercise.weeks[-1]
    first, words = _goes_on(record, last, profile)
    resistance = [session.date for session in plan.exercise.sessions if session.kind == "resistance"]
    avoid = _avoided(plan, record, profile, first)
    return Course(
        first=first,
        avoid=avoid,
        last_resistance=max(resistance, default=None),
        notices=(_notice("info", words), *_pain_notices(record, avoid - set(plan.exercise.avoid))),
    )


def _goes_on(record: Record, last: TrainingWeek, profile: Profile) -> tuple[TrainingWeek, str]:
    rules = progression().record
    done = f"{len(record.done)} of {len(record.due)} sessions were recorded as done"
    if not record.recorded:
        return same_again(last), "No session was recorded, so the next weeks ask for what the last one asked."
    if record.share < rules.hardly_any:
        return step_back(last, profile), f"{done}: the next week asks for a little less. Nothing missed is added."
    if lighter_is_due(last.number + 1, profile):
        return next_week(last, profile, fits=lambda _: False), f"{done}: the next week is a lighter one."
    if record.share < rules.on_course:
        return same_again(last), f"{done}: the next week asks for the same again. Nothing missed is added."
    if record.painful:
        return same_again(last), f"{done}, some with pain: the next week asks for the same again, not for more."
    if record.too_hard():
        return same_again(last), f"{done}, and they felt harder than planned: the next week asks for the same again."
    if record.over_target():
        return heavier(last), f"{done}, with repetitions beyond the target: the load rises."
    return next_week(last, profile, fits=lambda _: False), f"{done}: the programme goes on."


def _avoided(plan: Plan, record: Record, profile: Profile, first: TrainingWeek) -> frozenset[str]:
    """The exercises left out: those of before, and what hurt with all of its kind that loads the bones as much.

    A part of the week that would have nothing left keeps its gentlest exercises.
    """
    options = eligible(profile, catalogue())
    needs = needs_of(profile, options, dose_of(first))
    hurt = {e.id: e for session in record.painful for e in _as_hard(session, options)}
    before = [e for e in options if e.id in plan.exercise.avoid]
    avoid: set[str] = set()
    for exercise in [*before, *sorted(hurt.values(), key=_force, reverse=True)]:
        left = [e for e in options if e.id not in avoid and e is not exercise]
        if uncovered(profile, left, needs, catalogue()) is None:
            avoid.add(exercise.id)
    return frozenset(avoid)


def _as_hard(session: Session, options: Sequence[Exercise]) -> Iterator[Exercise]:
    """The exercises of a session; where feet hit the ground, every exercise that lands at least as hard too."""
    items = [catalogue()[item.exercise] for item in session.items if item.exercise in catalogue()]
    main = [e for e in items if e.kind == session.kind]
    if session.kind == "aerobic":
        longest = max(session.items, key=lambda item: item.minutes or 0)
        main = [e for e in main if e.id == longest.exercise]
    least = min(map(_force, main), default=math.inf)
    for exercise in options:
        lands = exercise.kind in LANDING and exercise.weight_bearing and _force(exercise) >= least
        if exercise in main or (lands and session.kind in LANDING):
            yield exercise


def _force(exercise: Exercise) -> float:
    return (exercise.peak_grf_bw.low + exercise.peak_grf_bw.high) / 2


def _pain_notices(record: Record, left_out: frozenset[str]) -> Iterator[Notice]:
    for session in record.painful:
        yield _notice(
            "warn",
            f"Pain was recorded on {session.date} ({session.title}): the next weeks use gentler exercises in its "
            "place. Have pain that is new, in a bone, or that stays, looked at before the next session.",
        )
    if left_out:
        names = ", ".join(sorted(catalogue()[name].name for name in left_out))
        yield _notice("info", f"Left out because of pain: {names}.")


def _notice(level: Level, text: str) -> Notice:
    rule = progression().record
    return rule.notice(level, rule.rule, text)
