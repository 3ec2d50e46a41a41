"""The meals of a day, each once, in order, when profile and medicines have them; and the supplements that count."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping

from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.day_clock import DayClock, clock_text
from boneplan.verify.person import in_unit, minutes_of_day

REQUIRED_MEALS = ("breakfast", "lunch", "dinner")


def check_meals(case: Case) -> Iterator[Breach]:
    """Which meals each day has, and when."""
    clock = DayClock(case, case.tables.timing) if case.tables.timing else None
    for day in case.plan.menu.days:
        times = _times(case, clock, day.date)
        counts = Counter[str](meal.meal for meal in day.meals)
        for name in REQUIRED_MEALS:
            if not counts[name]:
                yield Breach("verify/meals", f"{day.date}", f"there is no {name}")
        for name, count in counts.items():
            if count > 1:
                yield Breach("verify/meals", f"{day.date}", f"{name} stands {count} times")
        previous = -1
        for meal in day.meals:
            where = f"{day.date} {meal.meal}"
            if not meal.items:
                yield Breach("verify/meals", where, "it holds no food")
            if meal.time != times.get(meal.meal):
                said = "the profile says" if times == case.person.meal_times else "the profile and its medicines say"
                text = f"at {meal.time}, {said} {times.get(meal.meal) or 'no such meal'}"
                yield Breach("verify/meal-time", where, text)
            try:
                now = minutes_of_day(meal.time)
            except ValueError as error:
                yield Breach("verify/meal-time", where, str(error))
                continue
            if now <= previous:
                yield Breach("verify/meal-order", where, f"{meal.time} is not after the meal before it")
            previous = now


def _times(case: Case, clock: DayClock | None, day: dt.date) -> Mapping[str, str | None]:
    """When each meal begins on the day: at the profile's time, or when a medicine before it allows."""
    usual = case.person.meal_times
    if clock is None:
        return usual
    try:
        moved = clock.meals(day)
    except (ValueError, TypeError, KeyError, AttributeError):
        return usual  # a time that is none: what stands at another is a breach
    return {**usual, **{meal: clock_text(minute) for meal, minute in moved.items()}}


def check_supplements(case: Case) -> Iterator[Breach]:
    """The supplements counted are the ones of the profile, to the amount."""
    unit = {s.nutrient: s.unit for s in case.plan.menu.supplements}
    declared: dict[str, float] = {}
    for nutrient, amount, said_in in case.person.supplements:
        try:
            converted = in_unit(amount, said_in, nutrient, unit.get(nutrient, said_in))
        except ValueError as error:
            yield Breach("verify/supplement", nutrient, str(error))
            continue
        declared[nutrient] = declared.get(nutrient, 0.0) + converted
    counted = case.supplements
    for nutrient in sorted(declared.keys() | counted.keys()):
        said, true = counted.get(nutrient, 0.0), declared.get(nutrient, 0.0)
        if abs(said - true) > 1e-3 * max(said, true):
            text = f"{said:g} counted, the profile declares {true:g}"
            yield Breach("verify/supplement", nutrient, text)
    for supplement in case.plan.menu.supplements:
        if not supplement.declared:
            text = "it was not declared by the person: boneplan adds none"
            yield Breach("verify/supplement", supplement.nutrient, text)
