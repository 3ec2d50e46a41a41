"""From what was recorded of a programme to how it goes on: further, the same, a step back, or around what hurt."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from boneplan.exercises import Exercise, catalogue
from boneplan.plan import ExerciseItem, Level, Notice, Plan, Session, TrainingWeek
from boneplan.profile import Profile
from boneplan.schedule.coverage import uncovered
from boneplan.schedule.eligibility import eligible
from boneplan.schedule.needs import needs_of
from boneplan.schedule.programme import Course
from boneplan.schedule.progression import (
    dose_of,
    first_week,
    heavier,
    lighter_is_due,
    next_week,
    progression,
    same_again,
    step_back,
)
from boneplan.schedule.windows import DAYS
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
        """Those that hurt, done or not, as they were when they were recorded."""
        return [_as_recorded(session, entry) for session, entry in self.due if entry is not None and entry.pain]

    @property
    def share(self) -> float:
        """The share of them that was done. Not recorded is not done."""
        return len(self.done) / len(self.due) if self.due else 0.0

    @property
    def recorded(self) -> bool:
        """Whether anything was recorded at all."""
        return any(entry is not None for _, entry in self.due)

    def of(self, week: TrainingWeek) -> Record:
        """What is recorded of one week."""
        last = week.start + dt.timedelta(days=DAYS)
        return Record(tuple((s, entry) for s, entry in self.due if week.start <= s.date < last))

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


def course(plan: Plan, log: Log, profile: Profile, *, today: dt.date, start: dt.date | None = None) -> Course | None:
    """How the programme of `plan` goes on from `start`, otherwise after its last week; None where it had no sessions.

    It goes on from the last week that was done, not from what was planned: what was missed is never added. Sessions
    that are still to come do not count.
    """
    start = start or plan.start + dt.timedelta(weeks=plan.weeks)
    before = [week for week in plan.exercise.weeks if week.start < start]
    if not before:
        return None
    entries = {entry.session: entry for entry in log.entries}
    due = [(s, entries.get(s.id)) for s in plan.exercise.sessions if s.date < min(today, start) or s.id in entries]
    record = Record(tuple(due))
    first, words = _goes_on(record, before, start, profile)
    first = first.model_copy(
        update={"start": start, "number": 1 if first.changed == "start" else before[-1].number + 1}
    )
    resistance = [s.date for s in plan.exercise.sessions if s.kind == "resistance" and s.date < start]
    avoid = _avoided(plan, record, profile, first)
    return Course(
        first=first,
        avoid=avoid,
        last_resistance=max(resistance, default=None),
        notices=(_notice("info", words), *_pain_notices(record, avoid, avoid - set(plan.exercise.avoid))),
    )


def _goes_on(
    record: Record, weeks: Sequence[TrainingWeek], start: dt.date, profile: Profile
) -> tuple[TrainingWeek, str]:
    rules = progression().record
    done = f"{len(record.done)} of {len(record.due)} sessions were recorded as done"
    begun = f"week {weeks[0].number} of the programme"
    rested = (start - weeks[-1].start).days // DAYS - 1
    if rested >= rules.restart_after:
        begin = first_week(profile, start, impacts=weeks[-1].impacts > 0)
        return begin, f"The plan before ended {rested} weeks ago, so the programme begins anew."
    if not record.recorded:
        return same_again(weeks[0]), f"No session was recorded, so the next week asks for what {begun} did."
    last = next((week for week in reversed(weeks) if record.of(week).share >= rules.on_course), None)
    if last is None and record.share < rules.hardly_any:
        return step_back(weeks[0], profile), f"{done}: the next week asks for less. Nothing missed is added."
    if last is None:
        return same_again(weeks[0]), f"{done}: the next week asks for what {begun} did. Nothing missed is added."
    if last is not weeks[-1]:
        words = f"Week {last.number} was the last that was mostly done: the next week asks for it again."
        return same_again(last), words
    if lighter_is_due(last.number + 1, profile):
        return next_week(last, profile, fits=lambda _: False), f"{done}: the next week is a lighter one."
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
    """The exercises of a session, and whatever would ask more of the same place.

    Where feet hit the ground that is every exercise that lands at least as hard; elsewhere what is harder, of the
    same muscles.
    """
    items = [catalogue()[item.exercise] for item in session.items if item.exercise in catalogue()]
    main = [e for e in items if e.kind == session.kind]
    if session.kind == "aerobic":
        # Of a session that is known from the log alone, the minutes are not: the hardest is what it was about.
        minutes = {item.exercise: item.minutes or 0 for item in session.items}
        main = sorted(main, key=lambda e: (minutes[e.id], _force(e)))[-1:]
    least = min(map(_force, main), default=math.inf)
    easiest = {
        group: min((e.rank, e.dose.rpe) for e in main if e.muscle_groups[0] == group) for group in _groups(main)
    }
    for exercise in options:
        if session.kind in LANDING:
            more = exercise.kind in LANDING and exercise.weight_bearing and _force(exercise) >= least
        else:
            limit = easiest.get(exercise.muscle_groups[0])
            more = exercise.kind == session.kind and limit is not None and (exercise.rank, exercise.dose.rpe) > limit
        if exercise in main or more:
            yield exercise


def _as_recorded(session: Session, entry: Entry) -> Session:
    """The session with what it held then, where the plan has been made again since."""
    now = [item.exercise for item in session.items]
    if not entry.exercises or entry.exercises == now:
        return session
    items = [
        ExerciseItem(exercise=name, name=catalogue()[name].name) for name in entry.exercises if name in catalogue()
    ]
    return session.model_copy(update={"items": items, "title": entry.title or session.title})


def _groups(exercises: Sequence[Exercise]) -> set[str]:
    return {exercise.muscle_groups[0] for exercise in exercises}


def _force(exercise: Exercise) -> float:
    return (exercise.peak_grf_bw.low + exercise.peak_grf_bw.high) / 2


def _pain_notices(record: Record, avoided: frozenset[str], new: frozenset[str]) -> Iterator[Notice]:
    for session in record.painful:
        hurt = {item.exercise for item in session.items}
        swapped = (
            "gentler exercises take its place" if hurt & avoided else "there is nothing gentler to take its place"
        )
        yield _notice(
            "warn",
            f"Pain was recorded on {session.date.day} {session.date:%B} ({session.title}): {swapped}. Have pain that "
            "is new, in a bone, or that stays, looked at before the next session.",
        )
    if avoided:
        names = ", ".join(sorted(catalogue()[name].name for name in avoided))
        since = "because of pain" if new else "because of pain that was recorded earlier"
        yield _notice("info", f"Left out {since}: {names}.")


def _notice(level: Level, text: str) -> Notice:
    rule = progression().record
    return rule.notice(level, rule.rule, text)
