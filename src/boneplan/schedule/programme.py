"""A person's exercise programme: each week's times solved, then filled and dated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from boneplan.exercises import catalogue
from boneplan.plan import Busy, Conflict, Notice, Plan, Session, TrainingWeek
from boneplan.profile import Profile
from boneplan.schedule import eligibility
from boneplan.schedule.coverage import uncovered
from boneplan.schedule.fill import Filler
from boneplan.schedule.loading import week_index
from boneplan.schedule.needs import impact_options
from boneplan.schedule.progression import first_week, fitted, progression
from boneplan.schedule.sessions import dated
from boneplan.schedule.shortfalls import shortfalls
from boneplan.schedule.times import Times
from boneplan.schedule.weeks import Weeks


@dataclass(frozen=True)
class Course:
    """Where a programme goes on: its first week, exercises to leave out, and the day of the last resistance session.

    `notices` say why it is so.
    """

    first: TrainingWeek
    avoid: frozenset[str] = frozenset()
    last_resistance: dt.date | None = None
    notices: tuple[Notice, ...] = ()


def resumed(earlier: Plan, start: dt.date) -> Course | None:
    """The course that a plan from `start` on went by, to make it again; None where it began a programme."""
    weeks = earlier.exercise.weeks
    if not weeks or weeks[0].start != start or (weeks[0].number == 1 and not earlier.exercise.avoid):
        return None
    kept = [n for n in earlier.notices if n.rule == progression().record.rule]
    return Course(weeks[0], frozenset(earlier.exercise.avoid), earlier.exercise.last_resistance, tuple(kept))


@dataclass(frozen=True)
class Schedule:
    """What came of planning: sessions in order of time, what to know about them, or why there are none."""

    sessions: list[Session] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    conflict: Conflict | None = None
    weeks: list[TrainingWeek] = field(default_factory=list)


def plan_sessions(
    profile: Profile,
    start: dt.date,
    weeks: int,
    *,
    seed: int,
    calendar: str,
    busy: Sequence[Busy] = (),
    course: Course | None = None,
) -> Schedule:
    """The sessions of `weeks` weeks of seven days from `start`; their ids are of the person's `calendar`.

    `busy` times are taken out of the person's own; `course` goes on with an earlier programme. Every hard rule of
    guidelines/exercise/ holds, or `conflict` names those that cannot and the least extra time that would do; where a
    gate of guidelines/safety is shut, `notices` says so and there are no sessions. The same arguments give the same
    schedule; `seed` changes the choice of exercises, not the times. Raises `InputError` for availability that cannot
    be read.
    """
    stopped = eligibility.shut(profile, start)
    if stopped:
        return Schedule(notices=stopped)
    options = [e for e in eligibility.eligible(profile, catalogue()) if course is None or e.id not in course.avoid]
    may_jump = bool(impact_options(profile, options))
    first = course.first if course else first_week(profile, start, impacts=may_jump)
    first = fitted(first, profile, impacts=may_jump)
    times = Times(profile, start, busy, weeks)
    last = course.last_resistance if course else None
    solved = Weeks(profile, options, times, repeats=weeks > 1, last_resistance=last)
    notices = [*eligibility.notices(profile), *times.notices, *(course.notices if course else ())]
    lacking = uncovered(profile, options, solved.needs(first), catalogue())
    if lacking:
        return Schedule(notices=notices, conflict=lacking)
    found = solved.solve(first, weeks)
    if isinstance(found, Conflict):
        return Schedule(notices=notices, conflict=found)
    notices += shortfalls(found, profile)
    if first.impacts and not any(slot.bout.kind == "impact" for week in found for slot in week.pattern):
        # No time has room for them: the weeks rise by what the sessions do hold.
        without = solved.solve(first.model_copy(update={"impacts": 0}), weeks)
        found = found if isinstance(without, Conflict) else without
    filler, sessions, trained = Filler(profile, options, seed), list[Session](), list[TrainingWeek]()
    for week in found:
        filled = filler.week(week.pattern, week.training, week.needs)
        dated_week = dated(week.pattern, filled, week.training, profile, calendar)
        sessions += dated_week
        trained.append(week.training.model_copy(update={"osteogenic_index": week_index(dated_week)}))
    return Schedule(sessions, notices, None, trained)
