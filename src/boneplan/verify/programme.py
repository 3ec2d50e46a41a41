"""Each week of exercise: minutes, days and muscle groups, and how long its sessions last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from boneplan.plan import Session, TrainingWeek
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.sessions import place
from boneplan.verify.training import builds_up


def check_programme(case: Case) -> Iterator[Breach]:
    """The weekly rules on every week of the plan."""
    rules = case.tables.exercise.week
    for first, week, training in case.training_weeks():
        where = f"week of {first}"
        yield from _aerobic(case, week, _asked(case, training), where)
        days = len({s.date for s in week if s.kind == "resistance"})
        if not rules.resistance_days <= days <= rules.resistance_days_most:
            text = f"resistance on {days} days, not {rules.resistance_days} to {rules.resistance_days_most}"
            yield Breach("verify/resistance-days", where, text)
        missing = rules.muscle_groups - case.lesion.groups - _trained(case, week)
        if missing:
            text = f"no resistance exercise for {', '.join(sorted(missing))}"
            yield Breach("verify/muscle-groups", where, text)
        days = len({s.date for s in week if s.kind == "balance"})
        if days < rules.balance_days:
            text = f"balance on {days} days, fewer than {rules.balance_days}"
            yield Breach("verify/balance-days", where, text)


def check_lengths(case: Case) -> Iterator[Breach]:
    """No session is too short to count or too long, and no day holds too much aerobic or vigorous exercise."""
    rules, sessions = case.tables.exercise.week, case.plan.exercise.sessions
    for session in sessions:
        # A person with fewer muscle groups to train needs less time for them.
        few_groups = session.kind == "resistance" and case.lesion.groups
        least = 0.0 if few_groups else rules.shortest.get(session.kind, 0.0)
        most = rules.longest.get(session.kind, float("inf"))
        if not least <= session.minutes <= most:
            text = f"{session.minutes} minutes, {f'over {most:g}' if session.minutes > most else f'under {least:g}'}"
            yield Breach("verify/session-length", place(session), text)
    aerobic, vigorous = dict[dt.date, float](), dict[dt.date, float]()
    for session in sessions:
        if session.kind == "aerobic":
            aerobic[session.date] = aerobic.get(session.date, 0.0) + session.minutes
            hard = sum(minutes for minutes, level, _ in _efforts(case, session) if level == "vigorous")
            vigorous[session.date] = vigorous.get(session.date, 0.0) + hard
    for name, days, most in (
        ("aerobic", aerobic, rules.aerobic_longest), ("vigorous", vigorous, rules.vigorous_longest),
    ):  # fmt: skip
        for date, minutes in days.items():
            if minutes > most:
                yield Breach(f"verify/{name}-longest", f"{date}", f"{minutes:g} {name} minutes, over {most:g} a day")


def _asked(case: Case, training: TrainingWeek | None) -> float:
    """The moderate minutes that a week owes: fewer while the person builds up to them."""
    goal = case.tables.exercise.week.aerobic_minutes
    if training is None or not builds_up(case):
        return goal
    return min(goal, max(case.tables.exercise.training.build_up.start, training.aerobic_minutes))


def _aerobic(case: Case, week: Sequence[Session], asked: float, where: str) -> Iterator[Breach]:
    rules = case.tables.exercise.week
    aerobic = [s for s in week if s.kind == "aerobic" and s.intensity.level != "light"]
    on_feet = sum(_worth(case, session, weight_bearing=True) for session in aerobic)
    off_feet = sum(_worth(case, session, weight_bearing=False) for session in aerobic)
    # Sore or numb feet: a bike may stand in for a part of the minutes on the feet; a hip at risk: for all of them.
    share = rules.bike_share if "neuropathy" in case.person.conditions else 0.0
    share = 1.0 if case.lesion.off_feet else share
    name = "aerobic" if case.lesion.off_feet else "weight-bearing"
    counted = on_feet + min(off_feet, share * asked)
    if counted < asked:
        text = f"{counted:g} {name} minutes of moderate worth, fewer than {asked:g}"
        yield Breach("verify/weight-bearing-minutes", where, text)
    days = len({s.date for s in aerobic if s.weight_bearing or share})
    if days < rules.aerobic_days:
        text = f"{name} exercise on {days} days, fewer than {rules.aerobic_days}"
        yield Breach("verify/aerobic-days", where, text)


def _worth(case: Case, session: Session, *, weight_bearing: bool) -> float:
    """The moderate minutes that a session's exercises on the feet (or off them) are worth."""
    worth = {"light": 0.0, "moderate": 1.0, "vigorous": case.tables.exercise.week.vigorous_worth}
    efforts = _efforts(case, session)
    return sum(minutes * worth[level] for minutes, level, on_feet in efforts if on_feet == weight_bearing)


def _efforts(case: Case, session: Session) -> list[tuple[float, str, bool]]:
    """The minutes of a session, how hard they are, and whether they are on the feet.

    Each exercise counts by its own minutes and MET where all of them have minutes, so that a warm-up is not taken for
    vigorous; else the session counts as a whole, by its own word.
    """
    tables = case.tables.exercise
    if not session.items or any(item.minutes is None for item in session.items):
        return [(session.minutes, session.intensity.level, session.weight_bearing)]
    exercises = [(tables.catalogue.get(item.exercise), item.minutes or 0.0) for item in session.items]
    return [
        (minutes, tables.week.level(exercise.met), exercise.weight_bearing)
        for exercise, minutes in exercises
        if exercise is not None
    ]


def _trained(case: Case, week: Sequence[Session]) -> frozenset[str]:
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
