"""Supplements at times that break no rule on any day, and meals near an antibiotic without foods rich in calcium."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from boneplan.plan import Session
from boneplan.verify.avoid import listed
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.day_clock import MIDNIGHT, DayClock
from boneplan.verify.person import minutes_of_day
from boneplan.verify.supplement_times import CALCIUM, SupplementTimes
from boneplan.verify.who import takes


def check_timing(case: Case) -> Iterator[Breach]:
    """Every supplement against the rules of its medicines, its meals and its neighbours, on every day of the plan."""
    if case.tables.timing is None or not case.plan.menu.days:
        return
    judge = SupplementTimes(case, DayClock(case, case.tables.timing))
    try:
        parts, _ = judge.parts, judge.clock.medicines
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        yield Breach("verify/timing-supplement", "supplements", f"their times cannot be read ({error})")
        return
    if parts is None:
        text = "they are not the profile's, one for each time that it gives, in its order"
        yield Breach("verify/timing-supplement", "supplements", text)
        return
    for part in parts:
        where = f"{part.taken.nutrient} at {part.taken.time or 'no time'}"
        if part.taken.name and listed(part.taken.name, case):
            continue  # on the list to avoid: no time is right
        if part.minute is not None and (rule := judge.broken(part, part.minute)):
            yield Breach("verify/timing-supplement", where, f"it breaks safety/timing/{rule}")
        elif part.declared not in (None, part.minute) and not judge.broken(part, part.declared):
            text = "it was moved from the profile's time, which breaks no rule"
            yield Breach("verify/timing-moved", where, text)
        elif part.minute is None:
            free = [meal for meal, start in judge.clock.usual.items() if not judge.broken(part, start)]
            if free:
                yield Breach("verify/timing-moved", where, f"at {free[0]} it breaks no rule, and it has no time")
    for one, other in combinations(parts, 2):
        if judge.kept_apart(one, other) and judge.distance(one, other) < case.tables.timing.split_minutes:
            where = f"{one.taken.nutrient} at {one.taken.time} and {other.taken.time}"
            yield Breach("verify/timing-split", where, "parts of a dose, or two products, stand too close")


def check_fasted_training(case: Case) -> Iterator[Breach]:
    """No session before the first meal of a day where a medicine asks for a meal first."""
    if case.tables.timing is None:
        return
    clock = DayClock(case, case.tables.timing)
    for rule in clock.rules.no_fasted_training:
        if not any(takes(case.person, kind, case.tables.who) for kind in rule["medicines"]):
            continue
        for session, start, _, fed in _sessions(case, clock):
            if start < fed:
                text = f"at {session.start}, before the first meal of the day (safety/timing/{rule['id']})"
                yield Breach("verify/timing-fasted", f"{session.date} {session.title}", text)


def check_upright(case: Case) -> Iterator[Breach]:
    """No session between a tablet that is taken fasting and the first meal: nobody lies down in that time."""
    if case.tables.timing is None:
        return
    clock = DayClock(case, case.tables.timing)
    for rule in clock.rules.away:
        if not rule.get("fasting") or "meal" not in rule["keeps_away"]:
            continue
        for session, start, end, fed in _sessions(case, clock):
            taken = [medicine.minute for medicine in clock.of(rule) if medicine.on(session.date)]
            if any(start < fed and dose < end for dose in taken if dose < fed):
                text = f"at {session.start}, between a tablet and the first meal (safety/timing/{rule['id']})"
                yield Breach("verify/timing-upright", f"{session.date} {session.title}", text)


def _sessions(case: Case, clock: DayClock) -> Iterator[tuple[Session, int, int, int]]:
    """Every session with its start, its end and the day's first meal, in minutes after midnight.

    Times that cannot be read are breaches of their own.
    """
    for session in case.plan.exercise.sessions:
        try:
            first_meal = min(clock.meals(session.date).values())  # asks for the medicines, too
            start, end = minutes_of_day(session.start), minutes_of_day(session.end)
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
        yield session, start, end, first_meal


def check_antibiotic_meals(case: Case) -> Iterator[Breach]:
    """No food rich in calcium in a meal that stands too close to a dose that it would bind."""
    if case.tables.timing is None:
        return
    clock = DayClock(case, case.tables.timing)
    for rule in clock.rules.calcium_rich_foods:
        for served in case.served:
            try:
                at = served.day.date.toordinal() * MIDNIGHT + minutes_of_day(served.meal.time)
                near = any(abs(at - dose) < rule["minutes"] for dose in clock.doses(rule, served.day.date))
            except (ValueError, TypeError, KeyError, AttributeError):
                continue  # breaches of their own
            calcium = served.food.amount(CALCIUM, 100) if near else 0.0
            if calcium is None or calcium >= rule["mg_per_100_g"]:
                text = f"rich in calcium, near a dose (safety/timing/{rule['id']})"
                yield Breach("verify/timing-food", served.where, text)
