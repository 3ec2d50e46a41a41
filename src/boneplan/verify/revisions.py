"""What calendars are told of a plan made anew: which revision a thing last changed in, and what is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from boneplan.plan import Dated
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.sessions import place


def check_revisions(case: Case) -> Iterator[Breach]:
    """No stamp is ahead of the plan's revision, and nothing is both in the plan and gone."""
    plan = case.plan
    for where, thing in _dated(case):
        if thing.sequence > plan.revision:
            text = f"it last changed in revision {thing.sequence}, the plan is revision {plan.revision}"
            yield Breach("verify/sequence", where, text)
    alive = {session.id for session in plan.exercise.sessions}
    for (of, id_), count in Counter((gone.of, gone.id) for gone in plan.removed).items():
        if of == "session" and id_ in alive:
            yield Breach("verify/removed", f"session {id_}", "it is told as cancelled, yet it stands in the plan")
        if count > 1:
            yield Breach("verify/removed", f"{of} {id_}", f"it is told as cancelled {count} times")
    for gone in plan.removed:
        if gone.sequence != plan.revision:
            text = f"cancelled in revision {gone.sequence}, the plan is revision {plan.revision}"
            yield Breach("verify/sequence", f"{gone.of} {gone.id}", text)


def _dated(case: Case) -> Iterator[tuple[str, Dated]]:
    """All that a calendar shows, each with its place in the plan."""
    yield from ((place(session), session) for session in case.plan.exercise.sessions)
    yield from ((f"{day.date} {meal.meal}", meal) for day in case.plan.menu.days for meal in day.meals)
    yield from ((f"check {check.due} {check.what}", check) for check in case.plan.monitoring)
