"""What a rule did to the exercise of a plan: the weeks it shaped, what it left out, where its signs stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import get_args

from boneplan.plan import Plan, Session, SessionKind
from boneplan.profile import Profile
from boneplan.rulebook.effect import DAYS_OF_WEEK, Effect, names
from boneplan.rulebook.entry import Entry

WEEK, PROGRESSION = "exercise/week.yaml", "exercise/progression.yaml"
EXERCISE_RULES = "exercise-"
# What a training week calls the change that a rule of progression.yaml brings, by the rule's key.
_CHANGES = {
    "build_up": "minutes", "repetitions": "repetitions", "load": "load", "sets": "sets", "impacts": "impacts",
    "lighter_week": "lighter",
}  # fmt: skip


def training_effects(rule: str, entries: Sequence[Entry], plan: Plan, profile: Profile) -> Iterator[Effect]:
    """Everything that the rule did to the sessions of the plan."""
    sessions = plan.exercise.sessions
    if not sessions:
        return
    for entry in entries:
        key = entry.key
        kind = next((kind for kind in get_args(SessionKind) if key.startswith(f"{kind}_")), None)
        if entry.file == WEEK and kind:
            yield from _weeks(kind, plan)
        if entry.file == PROGRESSION and key in _CHANGES:
            for week in plan.exercise.weeks:
                if week.changed == _CHANGES[key]:
                    yield Effect("week", f"week {week.number} of the programme, from {week.start}: {entry.text}")
        if carrying := [session for session in sessions if entry.text and entry.text in session.stop_if]:
            yield Effect("sessions", f"it stands among the stop signs of {_count(len(carrying), 'session')}")
    if rule.startswith(EXERCISE_RULES):
        yield from _dropped(rule, profile)


def _weeks(kind: SessionKind, plan: Plan) -> Iterator[Effect]:
    for number in range(plan.weeks):
        first = plan.start + dt.timedelta(weeks=number)
        held = [s for s in plan.exercise.sessions if s.kind == kind and 0 <= (s.date - first).days < DAYS_OF_WEEK]
        yield Effect("week", f"the week from {first}: {_held(kind, held)}")


def _held(kind: SessionKind, held: Sequence[Session]) -> str:
    if not held:
        return f"no {kind} sessions"
    minutes, days = sum(session.minutes for session in held), len({session.date for session in held})
    vigorous = sum(session.minutes for session in held if session.intensity.level == "vigorous")
    beside = f", {vigorous} of them vigorous" if vigorous else ""
    return f"{minutes} minutes of {kind} sessions on {_count(days, 'day')}{beside}"


def _dropped(rule: str, profile: Profile) -> Iterator[Effect]:
    """The exercises of the catalogue that the rule keeps from the person."""
    from boneplan.exercises import catalogue
    from boneplan.schedule.eligibility import dropped_by

    found = [e.name for e in catalogue().values() if any(drop.rule == rule for drop in dropped_by(e, profile))]
    if found:
        yield Effect("exercises", f"it leaves out {_count(len(found), 'exercise')}: {names(found)}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"
