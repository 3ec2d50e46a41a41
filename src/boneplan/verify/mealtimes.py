"""The meals of a day, each once, in order, at the profile's times; and the supplements that count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.person import in_unit, minutes_of_day

REQUIRED_MEALS = ("breakfast", "lunch", "dinner")


def check_meals(case: Case) -> Iterator[Breach]:
    """Which meals each day has, and when."""
    times = case.person.meal_times
    for day in case.plan.menu.days:
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
                text = f"at {meal.time}, the profile says {times.get(meal.meal) or 'no such meal'}"
                yield Breach("verify/meal-time", where, text)
            try:
                now = minutes_of_day(meal.time)
            except ValueError as error:
                yield Breach("verify/meal-time", where, str(error))
                continue
            if now <= previous:
                yield Breach("verify/meal-order", where, f"{meal.time} is not after the meal before it")
            previous = now


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
