"""The dated intakes: every supplement, weekly tablet and dose after a meal on each day, at its time, and no other."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from boneplan.plan import Intake, Taking
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.day_clock import MIDNIGHT, DayClock, clock_text
from boneplan.verify.person import minutes_of_day

Due = tuple[dt.date, str, str, float | None, str | None]
"""The day, the time, what it is (a medicine, or a product with its nutrient), and of a nutrient amount and unit."""


def check_intakes(case: Case) -> Iterator[Breach]:
    """The intakes are those that the profile and the plan's supplements ask for."""
    if case.tables.timing is None:
        return
    for identity, count in Counter(intake.id for intake in case.plan.intakes).items():
        if count > 1:
            yield Breach("verify/intake-id", f"intake {identity}", f"the id stands {count} times")
    clock = DayClock(case, case.tables.timing)
    after_meal = {drug for rule in clock.rules.after_meal for drug in rule["drugs"]}
    told = Counter(
        _due(intake, item) for intake in case.plan.intakes for item in intake.items if item.what not in after_meal
    )
    try:
        asked = Counter((*_supplements(case, clock), *_tablets(case, clock)))
        yield from _kept_to(case, clock)
        yield from _after_meal(case, clock)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        yield Breach("verify/intake", "intakes", f"the times of the profile cannot be read ({error})")
        return
    for date, time, what, amount, unit in asked - told:
        text = f"{what} {'' if amount is None else f'{amount:g} {unit} '}at {time} is missing"
        yield Breach("verify/intake", f"{date}", text)
    for date, time, what, amount, unit in told - asked:
        text = f"{what} {'' if amount is None else f'{amount:g} {unit} '}at {time}: nothing asks for it then"
        yield Breach("verify/intake", f"{date}", text)


def _due(intake: Intake, item: Taking) -> Due:
    what = item.what if item.nutrient is None else _product(item.what, item.nutrient)
    return intake.date, intake.time, what, None if item.amount is None else round(item.amount, 6), item.unit


def _product(name: str, nutrient: str) -> str:
    return f"{name.casefold()} ({nutrient})"


def _supplements(case: Case, clock: DayClock) -> Iterator[Due]:
    for taken in case.plan.menu.supplements:
        if taken.declared and taken.time is not None and taken.amount:
            for day in case.plan.menu.days:
                at = clock_text(clock.on_day(minutes_of_day(taken.time), day.date))
                product = _product(taken.name or taken.nutrient.replace("_", " "), taken.nutrient)
                yield day.date, at, product, round(taken.amount, 6), taken.unit


def _tablets(case: Case, clock: DayClock) -> Iterator[Due]:
    for medicine in clock.medicines:
        for date in case.dates:
            if not medicine.daily and medicine.on(date):
                yield date, clock_text(medicine.minute), medicine.name, None, None


def _kept_to(case: Case, clock: DayClock) -> Iterator[Breach]:
    """Beside a weekly tablet stands what to keep to, with the time until which nothing is eaten."""
    for intake in case.plan.intakes:
        for item in intake.items:
            for rule in clock.rules.away if item.nutrient is None else ():
                if not rule.get("notes") or not clock.is_of(item.what, rule):
                    continue
                until = clock_text(minutes_of_day(intake.time) + rule["after"])
                missing = {note.format(until=until) for note in rule["notes"]} - set(intake.notes)
                if missing or f"safety/timing/{rule['id']}" not in intake.rules:
                    text = f"it does not say what safety/timing/{rule['id']} asks for"
                    yield Breach("verify/intake-note", f"{intake.date} {item.what}", text)


def _after_meal(case: Case, clock: DayClock) -> Iterator[Breach]:
    """A drug that comes after a meal stands behind one, on each day once, where the profile gives it a time."""
    time = (case.plan.profile.get("therapy") or {}).get("time")
    no_such_meal = time in case.person.meal_times and time not in clock.usual
    dates = set(case.dates)
    for rule in clock.rules.after_meal:
        for intake in case.plan.intakes:
            if intake.date not in dates and any(item.what in rule["drugs"] for item in intake.items):
                yield Breach("verify/intake", f"{intake.date}", "the day is not one of the plan")
        wanted = case.person.drug in rule["drugs"] and time is not None and not no_such_meal
        for date in case.dates:
            meals = {meal: date.toordinal() * MIDNIGHT + start for meal, start in clock.meals(date).items()}
            taken = [
                date.toordinal() * MIDNIGHT + minutes_of_day(intake.time)
                for intake in case.plan.intakes
                if intake.date == date and any(item.what in rule["drugs"] for item in intake.items)
            ]
            where = f"{date} {case.person.drug}"
            if len(taken) != wanted:
                yield Breach("verify/intake", where, f"it stands {len(taken)} times, not {int(wanted)}")
                continue
            behind = [start for meal, start in meals.items() if time not in clock.usual or meal == time]
            if wanted and not any(0 <= taken[0] - start <= rule["minutes"] for start in behind):
                text = f"at {clock_text(taken[0])} it is not after a meal (safety/timing/{rule['id']})"
                yield Breach("verify/timing-after-meal", where, text)
