"""Sessions that are what they are called: kind, weight bearing, effort and muscle groups by the catalogue's word."""

from __future__ import annotations

from collections.abc import Iterator

from boneplan.plan import ExerciseItem, Session
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.catalogue import Exercise
from boneplan.verify.sessions import place
from boneplan.verify.week_rules import WeekRules

MET_TOLERANCE = 0.1
MOST_RPE = 10
ROUNDED_MINUTES = 0.5  # by which the minutes of exercises may miss those of their session
STRETCH = "flexibility"


def check_claims(case: Case) -> Iterator[Breach]:
    """Each session against the exercises it is made of."""
    catalogue = case.tables.exercise.catalogue
    for session in case.plan.exercise.sessions:
        where = place(session)
        for item in session.items:
            yield from _item(item, catalogue.get(item.exercise), where)
        given = [item.minutes for item in session.items]
        if given and None not in given and abs(sum(m or 0 for m in given) - session.minutes) > ROUNDED_MINUTES:
            text = f"its exercises take {sum(m or 0 for m in given):g} minutes, not {session.minutes}"
            yield Breach("verify/session-time", where, text)
        known = [(item, catalogue[item.exercise]) for item in session.items if item.exercise in catalogue]
        for item, exercise in known:
            if exercise.kind != session.kind and not _goes_around(case, session, item, exercise):
                text = f"{exercise.id} is of the kind {exercise.kind}, the session of the kind {session.kind}"
                yield Breach("verify/session-kind", where, text)
        main = [exercise for _, exercise in known if exercise.kind == session.kind]
        if not main:
            yield Breach("verify/session-kind", where, f"no exercise in it is of the kind {session.kind}")
            continue
        if session.weight_bearing and not all(exercise.weight_bearing for exercise in main):
            text = "called weight bearing, but its exercises are not"
            yield Breach("verify/weight-bearing", where, text)
        yield from _effort(session, [exercise.met for exercise in main], case.tables.exercise.week)


def _item(item: ExerciseItem, exercise: Exercise | None, where: str) -> Iterator[Breach]:
    if exercise is None:
        yield Breach("verify/exercise", where, f"{item.exercise!r} is not in the catalogue")
        return
    if item.name != exercise.name:
        yield Breach("verify/exercise", where, f"{exercise.id} is {exercise.name!r}, not {item.name!r}")
    if any(dose is not None and dose <= 0 for dose in (item.sets, item.reps, item.hold_s, item.minutes)):
        yield Breach("verify/dose", where, f"the dose of {exercise.id} is not above 0")
    if claimed := set(item.muscle_groups) - exercise.muscle_groups:
        text = f"{exercise.id} does not train {', '.join(sorted(claimed))}"
        yield Breach("verify/muscle-groups", where, text)


def _goes_around(case: Case, session: Session, item: ExerciseItem, exercise: Exercise) -> bool:
    """Whether an exercise of another kind warms up or cools down: a few minutes of what does, or a stretch."""
    longest = case.tables.exercise.training.around.get(exercise.id, 0.0)
    stretches = exercise.kind == STRETCH and session.kind != STRETCH
    return stretches or (item.minutes is not None and item.minutes <= longest)


def _effort(session: Session, mets: list[float], week: WeekRules) -> Iterator[Breach]:
    """The MET, its name and the RPE of a session whose main part has the METs `mets`."""
    said, where = session.intensity, place(session)
    if not min(mets) - MET_TOLERANCE <= said.met <= max(mets) + MET_TOLERANCE:
        text = f"{said.met:g} MET, its exercises have {min(mets):g} to {max(mets):g}"
        yield Breach("verify/intensity", where, text)
    # What is aerobic is done for its effort: a session of it is as hard as its hardest part.
    met = max(mets) if session.kind == "aerobic" else said.met
    if said.level != week.level(met):
        yield Breach("verify/intensity", where, f"called {said.level}, but {met:g} MET is {week.level(met)}")
    if not 0 <= said.rpe <= MOST_RPE:
        yield Breach("verify/intensity", where, f"RPE {said.rpe:g} is not on the scale of 0 to {MOST_RPE}")
