"""The weeks of a plan: which of its days, sessions and groups of foods fall into each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from boneplan.plan import Plan

WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True)
class Week:
    """One week that begins on `first`; `days` and `sessions` are indices into the plan's lists, in order of time."""

    number: int
    first: dt.date
    days: tuple[int, ...]
    sessions: tuple[int, ...]

    @property
    def title(self) -> str:
        """Such as "Week 2: 30 November to 6 December"."""
        last = self.first + WEEK - dt.timedelta(days=1)
        return f"Week {self.number}: {self.first.day} {self.first:%B} to {last.day} {last:%B}"


def weeks_of(plan: Plan) -> list[Week]:
    """The weeks in which the plan has a day of menus or a session."""
    days, sessions = plan.menu.days, plan.exercise.sessions
    of_day = {at: (day.date - plan.start) // WEEK for at, day in enumerate(days)}
    of_session = {at: (session.date - plan.start) // WEEK for at, session in enumerate(sessions)}
    return [
        Week(
            number + 1,
            plan.start + number * WEEK,
            tuple(sorted((at for at in of_day if of_day[at] == number), key=lambda at: days[at].date)),
            tuple(
                sorted(
                    (at for at in of_session if of_session[at] == number),
                    key=lambda at: (sessions[at].date, sessions[at].start),
                )
            ),
        )
        for number in sorted({*of_day.values(), *of_session.values()})
    ]
