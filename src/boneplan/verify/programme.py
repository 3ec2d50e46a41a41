"""Each week of exercise: minutes, days, muscle groups, and sessions that are what they are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from boneplan.plan import Session
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.exercise_tables import Exercise, WeekRules
from boneplan.verify.sessions import place

MET_TOLERANCE = 0.1
MOST_RPE = 10


def check_programme(case: Case) -> Iterator[Breach]:
    """The weekly rules on every week of the plan."""
    rules = case.tables.exercise.week
    for number in range(case.plan.weeks):
        first = case.plan.start + dt.timedelta(weeks=number)
        last = first + dt.timedelta(days=6)
        week = [s for s in case.plan.exercise.sessions if first <= s.date <= last]
        where = f"week of {first}"
        yield from _aerobic(case, week, where)
        days = len({s.date for s in week if s.kind == "resistance"})
        if not rules.resistance_days <= days <= rules.resistance_days_most:
            text = f"resistance on {days} days, not {rules.resistance_days} to {rules.resistance_days_most}"
            yield Breach("verify/resistance-days", where, text)
        missing = rules.muscle_groups - _trained(case, week)
        if missing:
            text = f"no resistance exercise for {', '.join(sorted(missing))}"
            yield Breach("verify/muscle-groups", where, text)
        days = len({s.date for s in week if s.kind == "balance"})
        if days < rules.balance_days:
            text = f"balance on {days} days, fewer than {rules.balance_days}"
            yield Breach("verify/balance-days", where, text)


def _aerobic(case: Case, week: list[Session], where: str) -> Iterator[Breach]:
    rules = case.tables.exercise.week
    aerobic = [s for s in week if s.kind == "aerobic" and s.intensity.level != "light"]
    on_feet = sum(_worth(case, session, weight_bearing=True) for session in aerobic)
    off_feet = sum(_worth(case, session, weight_bearing=False) for session in aerobic)
    # Sore or numb feet: a bike may stand in for a part of the minutes on the feet.
    share = rules.bike_share if "neuropathy" in case.person.conditions else 0.0
    counted = on_feet + min(off_feet, share * rules.aerobic_minutes)
    if counted < rules.aerobic_minutes:
        text = f"{counted:g} weight-bearing minutes of moderate worth, fewer than {rules.aerobic_minutes:g}"
        yield Breach("verify/weight-bearing-minutes", where, text)
    days = len({s.date for s in aerobic if s.weight_bearing or share})
    if days < rules.aerobic_days:
        text = f"weight-bearing aerobic exercise on {days} days, fewer than {rules.aerobic_days}"
        yield Breach("verify/aerobic-days", where, text)


def _worth(case: Case, session: Session, *, weight_bearing: bool) -> float:
    """The moderate minutes that a session's exercises on the feet (or off them) are worth.

    Each exercise counts by its own minutes and MET where all of them have minutes, so that a warm-up is not
    taken for vigorous; else the session counts as a whole, by its own word.
    """
    tables = case.tables.exercise
    worth = {"light": 0.0, "moderate": 1.0, "vigorous": tables.week.vigorous_worth}
    if not session.items or any(item.minutes is None for item in session.items):
        return session.minutes * worth[session.intensity.level] * (session.weight_bearing == weight_bearing)
    exercises = [(tables.catalogue.get(item.exercise), item.minutes or 0.0) for item in session.items]
    return sum(
        minutes * worth[tables.week.level(exercise.met)]
        for exercise, minutes in exercises
        if exercise is not None and exercise.weight_bearing == weight_bearing
    )


def _trained(case: Case, week: list[Session]) -> frozenset[str]:
    """The muscle groups that the week's resistance exercises train, by the catalogue's word."""
    catalogue = case.tables.exercise.catalogue
    return frozenset(
        group
        for session in week
        if session.kind == "resistance"
        for item in session.items
        if item.exercise in catalogue and catalogue[item.exercise].kind == "resistance"
        for group in catalogue[item.exercise].muscle_groups
    )


def check_claims(case: Case) -> Iterator[Breach]:
    """Kind, weight bearing, effort and muscle groups of each session against the exercises it is made of."""
    catalogue, week = case.tables.exercise.catalogue, case.tables.exercise.week
    for session in case.plan.exercise.sessions:
        where = place(session)
        for item in session.items:
            exercise = catalogue.get(item.exercise)
            if exercise is None:
                yield Breach("verify/exercise", where, f"{item.exercise!r} is not in the catalogue")
                continue
            if item.name != exercise.name:
                yield Breach("verify/exercise", where, f"{exercise.id} is {exercise.name!r}, not {item.name!r}")
            if any(dose is not None and dose <= 0 for dose in (item.sets, item.reps, item.hold_s, item.minutes)):
                yield Breach("verify/dose", where, f"the dose of {exercise.id} is not above 0")
            if claimed := set(item.muscle_groups) - exercise.muscle_groups:
                text = f"{exercise.id} does not train {', '.join(sorted(claimed))}"
                yield Breach("verify/muscle-groups", where, text)
        given = [item.minutes for item in session.items]
        if given and None not in given and abs(sum(m or 0 for m in given) - session.minutes) > 0.5:
            text = f"its exercises take {sum(m or 0 for m in given):g} minutes, not {session.minutes}"
            yield Breach("verify/session-time", where, text)
        main = _main_part(session, [catalogue[i.exercise] for i in session.items if i.exercise in catalogue])
        if not main:
            yield Breach("verify/session-kind", where, f"no exercise in it is of the kind {session.kind}")
            continue
        if session.weight_bearing and not all(exercise.weight_bearing for exercise in main):
            text = "called weight bearing, but its exercises are not"
            yield Breach("verify/weight-bearing", where, text)
        yield from _effort(session, [exercise.met for exercise in main], week)


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


def _main_part(session: Session, exercises: list[Exercise]) -> list[Exercise]:
    """The exercises that make the session what it is, without its warm-up and cool-down."""
    return [exercise for exercise in exercises if exercise.kind == session.kind]
