"""People and an outside view of the rules, shared by the tests of the schedule."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest

from boneplan.exercises import catalogue
from boneplan.plan import Busy, Session
from boneplan.profile import Profile

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
GROUPS = {"legs", "hips", "back", "chest", "shoulders", "arms", "core"}
Person = Callable[..., Profile]
Breaches = Callable[..., list[str]]


@pytest.fixture(scope="session")
def person() -> Person:
    """Makes a profile from what matters to exercise; by default a woman with osteopenia and nothing else."""

    def make(
        *,
        t: float | None = -1.8,
        level: str = "beginner",
        equipment: Sequence[str] = (),
        conditions: Sequence[str] = (),
        fractures: Sequence[Mapping[str, Any]] = (),
        availability: Mapping[str, Sequence[str]] | None = None,
        clearance: Sequence[Mapping[str, Any]] = (),
        metastases: Sequence[str] = (),
        places: Sequence[str] | None = None,
        activity: str = "low",
        timezone: str = "America/New_York",
        name: str = "",
    ) -> Profile:
        return Profile.model_validate(
            {
                "name": name,
                "sex": "female",
                "birth_date": "1961-04-02",
                "height_cm": 163,
                "weight_kg": 68,
                "activity": activity,
                "timezone": timezone,
                "conditions": list(conditions),
                "bone": {
                    "t_scores": {} if t is None else {"lumbar_spine": t},
                    "fractures": [dict(fracture) for fracture in fractures],
                    "metastases": list(metastases),
                },
                "exercise": {
                    "level": level,
                    "equipment": list(equipment),
                    "places": None if places is None else list(places),
                    "clearance": [dict(entry) for entry in clearance],
                    "availability": None if availability is None else {d: list(w) for d, w in availability.items()},
                },
            }
        )

    return make


@pytest.fixture(scope="session")
def breaches() -> Breaches:
    """Checks sessions against the hard rules, written out here with their numbers and none of the planner's code."""
    return _breaches


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _breaches(
    profile: Profile, sessions: Sequence[Session], start: dt.date, weeks: int, busy: Sequence[Busy] = ()
) -> list[str]:
    bad = [
        f"{s.date} {s.start}: taken from {b.start} to {b.end}"
        for b in busy
        for s in sessions
        if s.date == b.date and s.start < b.end and b.start < s.end
    ]
    by_day: dict[dt.date, list[Session]] = defaultdict(list)
    for session in sessions:
        by_day[session.date].append(session)
        bad += _session_breaches(profile, session)
    for day, of_day in by_day.items():
        spans = sorted((_minutes(s.start), _minutes(s.end)) for s in of_day)
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            bad.append(f"overlap on {day}")
    resistance = sorted({s.date for s in sessions if s.kind == "resistance"})
    bad += [f"resistance on {a} and {b}" for a, b in pairwise(resistance) if (b - a).days < 2]
    for number in range(weeks):
        first = start + dt.timedelta(days=7 * number)
        week = [s for s in sessions if first <= s.date < first + dt.timedelta(days=7)]
        bad += [f"week {number}: {text}" for text in _week_breaches(profile, week)]
    if any(not start <= s.date < start + dt.timedelta(days=7 * weeks) for s in sessions):
        bad.append("a session outside the weeks")
    return bad


def _session_breaches(profile: Profile, session: Session) -> list[str]:
    bad = []
    where = f"{session.date} {session.start} {session.title}"
    if _minutes(session.end) - _minutes(session.start) != session.minutes:
        bad.append(f"{where}: {session.minutes} minutes are not {session.start}-{session.end}")
    available = profile.exercise.availability
    if available is not None:
        spans = [window.split("-") for window in available.get(WEEKDAYS[session.date.weekday()], [])]
        if not any(a <= session.start and session.end <= b for a, b in spans):
            bad.append(f"{where}: outside availability")
    if not session.stop_if:
        bad.append(f"{where}: no stop signs")
    if session.kind == "aerobic" and session.minutes < 10:
        bad.append(f"{where}: a bout under 10 minutes")
    worst = profile.bone.t_scores.worst()
    fractures = profile.bone.fractures
    fragile = any(f.fragility or f.site == "vertebra" for f in fractures)
    capped = any(f.site == "vertebra" for f in fractures) or sum(f.fragility for f in fractures) > 1
    unsteady = {"fall_risk", "neuropathy"} & set(profile.conditions)
    if capped and (session.intensity.level == "vigorous" or session.intensity.rpe > 5):
        bad.append(f"{where}: harder than moderate")
    for item in session.items:
        exercise = catalogue()[item.exercise]
        wrong = [
            not set(exercise.equipment) <= set(profile.exercise.equipment),
            (fragile or (worst is not None and worst <= -2.5))
            and (exercise.spine_flexion != "none" or exercise.spine_rotation != "none" or exercise.floor_lift),
            capped and exercise.impact in ("moderate", "high"),
            bool(unsteady) and exercise.fall_hazard == "high" and exercise.support == "none",
            exercise.supervised,
        ]
        if any(wrong):
            bad.append(f"{where}: {exercise.id} is not for this person {wrong}")
    return bad


def _week_breaches(profile: Profile, week: Sequence[Session]) -> list[str]:
    bad = []
    counted = [
        s.minutes * (2 if s.intensity.level == "vigorous" else 1)
        for s in week
        if s.kind == "aerobic" and s.intensity.level != "light"
        and (s.weight_bearing or "neuropathy" in profile.conditions)
    ]  # fmt: skip
    if sum(counted) < 150:
        bad.append(f"{sum(counted)} aerobic minutes")
    days = {kind: {s.date for s in week if s.kind == kind} for kind in ("aerobic", "resistance", "balance")}
    if len(days["aerobic"]) < 3:
        bad.append(f"aerobic on {len(days['aerobic'])} days")
    if not 2 <= len(days["resistance"]) <= 3:
        bad.append(f"resistance on {len(days['resistance'])} days")
    if len(days["balance"]) < 3:
        bad.append(f"balance on {len(days['balance'])} days")
    trained = {
        group
        for s in week
        if s.kind == "resistance"
        for item in s.items
        if catalogue()[item.exercise].kind == "resistance"
        for group in item.muscle_groups
    }
    if missing := GROUPS - trained:
        bad.append(f"no exercise for {sorted(missing)}")
    return bad
