"""What boneplan answers to one person: records that the cases of this folder ask for, each stage only when asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any, get_args

from boneplan.absorption import absorbed, absorption, food_fractions
from boneplan.applies import Facts
from boneplan.avoid import avoid_notices
from boneplan.engine import make_plan
from boneplan.exercises import catalogue
from boneplan.foods.eligible import allowed, exclusions
from boneplan.foods.table import load_foods
from boneplan.monitoring import monitoring
from boneplan.plan import Notice, Plan, SessionKind
from boneplan.profile import Profile
from boneplan.risk import risk_of
from boneplan.safety import closed, gates
from boneplan.schedule import Schedule, plan_sessions
from boneplan.targets import resolve_targets
from boneplan.timing.clock import Clock
from boneplan.timing.day import clock_of, day_number
from boneplan.timing.foods import meal_exclusions
from boneplan.timing.intakes import plan_intakes
from boneplan.timing.notices import timing_notices
from boneplan.timing.placing import place_supplements

Record = Mapping[str, Any]
DAYS = 7


class Answers:
    """What boneplan says to `profile` about a week from `start`.

    Each public method whose name begins with `find_` gives the records of one kind: plain names with plain values.
    """

    def __init__(self, profile: Profile, start: dt.date) -> None:
        self.profile, self.start = profile, start
        self.week = [start + dt.timedelta(days=n) for n in range(DAYS)]

    @cached_property
    def schedule(self) -> Schedule:
        """The exercise of the week."""
        return plan_sessions(self.profile, self.start, 1, seed=0, calendar="clinic")

    @cached_property
    def clock(self) -> Clock:
        """When the person's doses and meals are."""
        return Clock(self.profile, self.week)

    @cached_property
    def plan(self) -> Plan:
        """The whole plan, menu and all: seconds, so few cases ask for it."""
        return make_plan(self.profile, start=self.start, now=dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC))

    def find_notice(self) -> list[Record]:
        """What is said of gates, avoided supplements, checks, doses and times; the calcium of menus aside."""
        told = [
            *gates(self.profile, self.start),
            *avoid_notices(self.profile, self.start),
            *monitoring(self.profile, self.start, 1)[1],
            *timing_notices(self.profile, self.clock, place_supplements(self.profile, self.clock, self.start), {}),
        ]
        return [_told(notice) for notice in told]

    def find_exercise_notice(self) -> list[Record]:
        """What is said of the exercise."""
        return [{**_told(n), "exercise_notice": n.level} for n in self.schedule.notices]

    def find_closed(self) -> list[Record]:
        """The parts that may not be planned: one record with all of them."""
        return [{"closed": sorted(closed(gates(self.profile, self.start)))}]

    def find_target(self) -> list[Record]:
        """Every bound, by its nutrient."""
        return [{**t.model_dump(), "target": t.nutrient} for t in resolve_targets(self.profile, self.start)]

    def find_tier(self) -> list[Record]:
        """The tier with the ids of its reasons and of the risk factors that count."""
        facts = Facts(self.profile, self.start)
        rule, reasons = facts.tier_rule
        risk = risk_of(self.profile, self.start)
        found = {"tier": rule.tier, "reasons": [r.id for r in reasons], "counts": [f.id for f in facts.risk_factors]}
        return [
            {**found, "because": " ".join(risk.because), "changes": " ".join(risk.changes), "ask": " ".join(risk.ask)}
        ]

    def find_session(self) -> list[Record]:
        """Every session of the week."""
        return [{**s.model_dump(exclude={"items"}), "session": s.kind} for s in self.schedule.sessions]

    def find_week(self) -> list[Record]:
        """The week's exercise in figures: days of each kind, minutes that count as moderate, muscle groups."""
        sessions = self.schedule.sessions
        days = {kind: sorted({s.date for s in sessions if s.kind == kind}) for kind in get_args(SessionKind)}
        aerobic = [s for s in sessions if s.kind == "aerobic" and s.weight_bearing]
        strong = [i.exercise for s in sessions if s.kind == "resistance" for i in s.items if i.sets]
        apart = [(later - earlier).days for earlier, later in pairwise(days["resistance"])]
        minutes = [s.minutes for s in aerobic]
        return [
            {
                "week": "exercise" if sessions else "none",
                **{f"{kind}_days": len(found) for kind, found in days.items()},
                "minutes": sum(s.minutes * (2 if s.intensity.level == "vigorous" else 1) for s in aerobic),
                "shortest": min(minutes, default=0),
                "longest": max(minutes, default=0),
                "days_between": min(apart, default=7) - 1,
                "muscle_groups": sorted({g for e in strong for g in catalogue()[e].muscle_groups}),
                "stop_if": sorted({sign for s in sessions for sign in s.stop_if}),
            }
        ]

    def find_exercise(self) -> list[Record]:
        """Every exercise of the week as the catalogue has it."""
        used = {item.exercise for session in self.schedule.sessions for item in session.items}
        return [{**catalogue()[e].model_dump(), "exercise": e, "effort": catalogue()[e].effort} for e in sorted(used)]

    def find_supplement(self) -> list[Record]:
        """Every declared supplement with the time it is given, and the rule that moved it."""
        return [
            {
                **part.supplement.model_dump(),
                "supplement": part.taken.nutrient,
                "moved_by": part.cause.rule.rule if part.cause else None,
            }
            for part in place_supplements(self.profile, self.clock, self.start)
        ]

    def find_meal(self) -> list[Record]:
        """Every meal of the week with its time, and the rule that moved it."""
        moved = {(move.day, move.meal): move.rule.rule for move in self.clock.moves}
        return [
            {
                "meal": meal,
                "on": f"{day:%A}".lower(),
                "at": clock_of(minute),
                "moved_by": moved.get((number, meal)),
            }
            for day in self.week
            for number in [day_number(day) if day_number(day) in self.clock.days else day.weekday()]
            for meal, minute in self.clock.meals[number].items()
        ]

    def find_intake(self) -> list[Record]:
        """Every thing taken in the week, with its day, its time and what to keep to."""
        placed = [part.supplement for part in place_supplements(self.profile, self.clock, self.start)]
        return [
            {
                "intake": item.what,
                "on": f"{intake.date:%A}".lower(),
                "at": intake.time,
                "says": " ".join(intake.notes),
                "rules": intake.rules,
            }
            for intake in plan_intakes(self.profile, "clinic", self.week, placed)
            for item in intake.items
        ]

    def find_check(self) -> list[Record]:
        """Every check to ask for, by the last word of its rule, with its dates."""
        return [
            {**m.model_dump(), "check": m.rule.rsplit("/", 1)[-1], "says": m.why}
            for m in monitoring(self.profile, self.start, 1)[0]
            if m.kind == "check"
        ]

    def find_dose(self) -> list[Record]:
        """Every recorded dose that is due, by the last word of its rule, with its dates."""
        return [
            {**m.model_dump(), "dose": m.rule.rsplit("/", 1)[-1], "says": m.why}
            for m in monitoring(self.profile, self.start, 1)[0]
            if m.kind == "dose"
        ]

    def find_food(self) -> list[Record]:
        """Every food that menus may hold, with the meals that may hold it."""
        table = load_foods()
        may = allowed(table, [*exclusions(table, self.profile), *meal_exclusions(self.clock, table)])
        names = table.foods["name"].astype(str)
        every = sorted(frozenset().union(*may.values()))
        return [{"food": f, "name": names[f], "meals": [meal for meal in may if f in may[meal]]} for f in every]

    def find_absorbed(self) -> list[Record]:
        """The mg absorbed of 300 mg of calcium from each food, eaten alone."""
        load = absorption().reference_load
        return [
            {"absorbed": food, "mg": round(absorbed([(load, fraction)]))}
            for food, fraction in food_fractions(load_foods()).items()
        ]

    def find_vitamin_k(self) -> list[Record]:
        """The vitamin K of each day of the menu, µg, without supplements."""
        return [{"vitamin_k": day.totals["vitamin_k"], "on": f"{day.date:%A}".lower()} for day in self.plan.menu.days]

    def find_calcium(self) -> list[Record]:
        """The calcium of each day of the menu, mg, without supplements."""
        return [{"calcium": day.totals["calcium"], "on": f"{day.date:%A}".lower()} for day in self.plan.menu.days]

    def find_plan(self) -> list[Record]:
        """The whole plan: one record of its status and its parts."""
        plan = self.plan
        eaten = {item.food for day in plan.menu.days for meal in day.meals for item in meal.items}
        said = " ".join(f"{conflict.text} {' '.join(conflict.relaxations)}" for conflict in plan.conflicts)
        parts = [part for part, made in (("menu", plan.menu.days), ("exercise", plan.exercise.sessions)) if made]
        rules = [n.rule for n in plan.notices]
        return [{"plan": plan.status, "parts": parts, "says": said, "notices": rules, "eaten": sorted(eaten)}]


def finder(kind: str) -> Callable[[Answers], list[Record]]:
    """The way to the records of one kind. Raises `KeyError` for a kind that nobody can find."""
    found = getattr(Answers, f"find_{kind}", None)
    if found is None:
        raise KeyError(f"{kind}: no case can ask for that")
    way: Callable[[Answers], list[Record]] = found
    return way


def _told(notice: Notice) -> Record:
    return {
        "notice": notice.level,
        "rule": notice.rule,
        "says": notice.text,
        "ask": notice.ask,
        "source": notice.source,
        "basis": notice.basis,
        "scope": notice.scope,
    }
