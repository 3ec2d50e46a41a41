"""Sessions that hold what their week asks for: sets, repetitions, load and impacts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from boneplan.plan import ExerciseItem, Session, TrainingWeek
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.catalogue import Exercise
from boneplan.verify.sessions import place
from boneplan.verify.training_rules import TrainingRules

ROUNDED_PERCENT = 0.1


@dataclass(frozen=True)
class Asked:
    """What the sessions of a week hold: sets at most, repetitions, load in per cent, impacts of a session."""

    sets: int
    reps: int
    load_percent: float
    impacts: int


def check_doses(case: Case) -> Iterator[Breach]:
    """Every resistance and impact session against the week it stands in."""
    catalogue, rules = case.tables.exercise.catalogue, case.tables.exercise.training
    for _, sessions, week in case.training_weeks():
        if week is None:
            continue
        asked = asked_of(week, rules)
        for session in sessions:
            main = [
                (item, catalogue[item.exercise])
                for item in session.items
                if item.exercise in catalogue and catalogue[item.exercise].kind == session.kind
            ]
            if session.kind == "resistance":
                for item, exercise in main:
                    yield from _resistance(item, exercise, asked, f"{place(session)}, {exercise.id}")
            elif session.kind == "impact":
                yield from _impacts(session, [item for item, _ in main], asked)


def asked_of(week: TrainingWeek, rules: TrainingRules) -> Asked:
    """The full dose of the week, or in a lighter one less of it."""
    if not week.lighter:
        return Asked(week.sets, week.reps, week.load_percent, week.impacts)
    impacts = min(week.impacts, rules.impacts.whole(week.impacts * rules.lighter_impact_share))
    load = week.load_percent * rules.lighter_load_share
    return Asked(max(1, week.sets - rules.lighter_sets_less), rules.reps_low, load, impacts)


def _resistance(item: ExerciseItem, exercise: Exercise, asked: Asked, where: str) -> Iterator[Breach]:
    if item.sets is None or (item.reps is None and (exercise.by_repetitions or item.hold_s is None)):
        yield Breach("verify/session-dose", where, "it does not say how many sets and repetitions")
        return
    if item.sets > asked.sets:
        yield Breach("verify/session-dose", where, f"{item.sets} sets, the week asks for {asked.sets} at most")
    if item.reps is not None and item.reps != asked.reps:
        yield Breach("verify/session-dose", where, f"{item.reps} repetitions, the week asks for {asked.reps}")
    if item.load_percent is not None and abs(item.load_percent - asked.load_percent) > ROUNDED_PERCENT:
        text = f"a load of {item.load_percent:g} %, the week asks for {asked.load_percent:.4g} %"
        yield Breach("verify/session-dose", where, text)


def _impacts(session: Session, items: list[ExerciseItem], asked: Asked) -> Iterator[Breach]:
    impacts = sum((item.sets or 0) * (item.reps or 0) for item in items)
    if impacts != asked.impacts:
        yield Breach("verify/session-dose", place(session), f"{impacts} impacts, the week asks for {asked.impacts}")
