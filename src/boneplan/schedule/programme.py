"""A person's exercise programme: the week's pattern solved once, then dated and filled week by week."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from boneplan.exercises import catalogue
from boneplan.plan import Conflict, Notice, Session
from boneplan.profile import Profile
from boneplan.schedule import eligibility
from boneplan.schedule.conflict import explain
from boneplan.schedule.fill import Filler
from boneplan.schedule.model import Slot
from boneplan.schedule.needs import Needs, needs_of, week
from boneplan.schedule.sessions import dated
from boneplan.schedule.windows import DAYS, read_windows, without_meals
from boneplan.schedule.wishes import solve_week


@dataclass(frozen=True)
class Schedule:
    """What came of planning: sessions in order of time, what to know about them, or why there are none."""

    sessions: list[Session] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    conflict: Conflict | None = None


def plan_sessions(profile: Profile, start: dt.date, weeks: int, *, seed: int, plan_id: str) -> Schedule:
    """The sessions of `weeks` weeks of seven days from `start`.

    Every hard rule of guidelines/exercise/ holds, or `conflict` names those that cannot and the least extra time
    that would do; where a gate of guidelines/safety is shut, `notices` says so and there are no sessions. The same
    arguments give the same schedule; `seed` changes the choice of exercises, not the times. Raises `InputError`
    for availability that cannot be read.
    """
    stopped = eligibility.shut(profile, start)
    if stopped:
        return Schedule(notices=stopped)
    notices = eligibility.notices(profile)
    availability = profile.exercise.availability
    default = week().default_availability
    if availability is None:
        text = (
            "The profile names no times for exercise, so the sessions stand at usual ones: "
            "set exercise.availability to move them."
        )
        notices.append(default.notice("info", default.rule, text))
        availability = default.windows
    windows = read_windows({str(day): spans for day, spans in availability.items()}, start)
    options = eligibility.eligible(profile, catalogue())
    needs = needs_of(profile, options)
    repeats = weeks > 1
    meals = week().rules["meal_minutes"]
    pattern = solve_week(without_meals(windows, profile.meals, int(meals.value)), needs, repeats=repeats)
    if pattern is None:
        pattern = solve_week(windows, needs, repeats=repeats)
        if pattern is None:
            return Schedule(notices=notices, conflict=explain(windows, needs, start, repeats=repeats))
        text = "The times are tight, so a session may touch a meal time: move the meal a little."
        notices.append(meals.notice("info", meals.rule, text))
    notices += _shortfalls(pattern, needs, profile)
    filler = Filler(profile, options, seed)
    sessions = [
        session
        for number in range(weeks)
        for session in dated(pattern, start + dt.timedelta(days=DAYS * number), profile, filler, plan_id)
    ]
    return Schedule(sessions, notices)


def _shortfalls(pattern: Sequence[Slot], needs: Needs, profile: Profile) -> list[Notice]:
    """What the times do not allow of the soft rules, and how much of the walking a bike takes over."""
    rules = week().rules
    told: list[tuple[str, str]] = []
    aerobic = Counter[int]()
    for slot in pattern:
        if slot.bout.kind == "aerobic":
            aerobic[slot.day] += int(slot.minutes * slot.bout.worth - slot.bout.overhead)
    minutes, wanted = week().number("aerobic_day_minutes"), week().number("aerobic_days_wanted")
    full = sum(done >= minutes for done in aerobic.values())
    if full < wanted:
        text = f"The times allow {minutes} aerobic minutes on {full} days a week; {wanted} days are better."
        told.append(("aerobic_days_wanted", text))
    balance = sum(slot.bout.kind == "balance" for slot in pattern)
    if balance < needs.balance_wanted:
        text = f"The times allow balance exercise on {balance} days a week; for you every day is better."
        told.append(("balance_days_at_risk", text))
    if "neuropathy" in profile.conditions:
        cycled = sum(slot.minutes for slot in pattern if not slot.bout.on_feet)
        text = f"With neuropathy, {cycled} of the aerobic minutes a week are on a stationary bike to spare the feet."
        if needs.bike is None:
            text = "With neuropathy, a stationary bike may replace some walking; the profile lists none."
        told.append(("bike_share", text))
    return [rules[name].notice("info", rules[name].rule, text) for name, text in told]
