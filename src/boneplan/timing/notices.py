"""What the person is told of times: what moved and why, what was assumed, and what boneplan cannot put right."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from boneplan.plan import MealName, Menu, Notice
from boneplan.profile import Profile
from boneplan.timing.after_meal import dose_after_meal, misses_its_meal
from boneplan.timing.clock import Clock
from boneplan.timing.day import clock_of, day_number
from boneplan.timing.dose import Dose, untimed
from boneplan.timing.foods import meals_near
from boneplan.timing.placing import MealCalcium, Part
from boneplan.timing.rules import Away, timing_rules
from boneplan.timing.told import Told, as_notices
from boneplan.timing.words import dose_in_words, listed, on_days


def timing_notices(profile: Profile, clock: Clock, parts: Sequence[Part], menu: MealCalcium) -> list[Notice]:
    """Every notice about times, the gravest of each kind of thing first: medicines, meals, supplements."""
    told = [
        *_medicines(profile, clock),
        *_moved_meals(clock),
        *_stomach(clock),
        *_rich_meals(clock, menu),
        *_antibiotics(clock),
        *_supplements(parts),
        *_after_meal(profile, clock),
    ]
    return as_notices(told)


def notices_without_menu(profile: Profile, clock: Clock, menu: Menu) -> list[Notice]:
    """What is left to tell where no menu is planned: of medicines, and that supplements have no times."""
    unplaced = [Told("warn", timing_rules().no_menu)] if menu.supplements else []
    return as_notices([*_medicines(profile, clock), *_after_meal(profile, clock), *unplaced])


def _medicines(profile: Profile, clock: Clock) -> Iterator[Told]:
    """Times that are missing or assumed, and medicines too close to one another."""
    rules = timing_rules()
    names = [medication.name for medication in untimed(profile, clock.usual)]
    if misses_its_meal(profile, clock):
        names.append(profile.therapy.drug)
    if names:
        yield Told("warn", rules.unknown_time, f"No time is known for {listed(names)}.")
    for dose in clock.doses:
        if dose.assumed_by:
            text = f"No time is given for {dose.name}: it is taken to be {clock_of(dose.minute)}, before breakfast."
            yield Told("warn", dose.assumed_by, f"{text} Write its time into the profile.")
    for rule in rules.away:
        for dose in clock.doses:
            if dose.is_of(rule.medicines):
                near = [other for other in clock.doses if other is not dose and _too_close(rule, dose, other, clock)]
                if near:
                    doses = listed([str(other) for other in (dose, *near)])
                    text = f"{doses} stand too close. boneplan moves no medicine: ask when to take each."
                    yield Told("warn", rule, text)


def _too_close(rule: Away, dose: Dose, other: Dose, clock: Clock) -> bool:
    """Whether another medicine stands where the rule wants none, on a day of both; before what comes first, too.

    Of a time that is only assumed nothing can be said.
    """
    if dose.assumed_by or other.assumed_by:
        return False
    if "any" not in rule.medicines_too and not other.is_of(rule.medicines_too):
        return False
    if other.is_of(rule.medicines) or not any(dose.on(day) and other.on(day) for day in clock.days):
        return False
    apart = other.minute - dose.minute
    return 0 <= apart < rule.after or 0 < -apart < rule.before or (rule.fasting and apart < 0)


def _moved_meals(clock: Clock) -> Iterator[Told]:
    told: dict[tuple[str, Away, MealName, int, int], list[int]] = defaultdict(list)
    for move in clock.moves:
        told[str(move.dose), move.rule, move.meal, move.usual, move.minute].append(move.day)
    for (dose, rule, meal, usual, minute), weekdays in told.items():
        text = (
            f"{meal.capitalize()} stands at {clock_of(minute)} instead of {clock_of(usual)} {on_days(weekdays)}, "
            f"because of {dose}."
        )
        yield Told("info", rule, text)
    for rule in timing_rules().away:
        short = [d for d in clock.doses if rule.advised and not d.assumed_by and d.is_of(rule.medicines)]
        for taken in short:
            gap = _to_next_meal(clock, taken)
            if gap is not None and rule.after <= gap < (rule.advised or 0):
                yield Told("info", rule, f"The first meal comes {gap} minutes after {taken}. Later is better.")


def _to_next_meal(clock: Clock, dose: Dose) -> int | None:
    """The least time between the dose and the meal that follows it on its day."""
    gaps = [
        start - dose.minute
        for day in clock.days
        if dose.on(day)
        for start in clock.meals[day].values()
        if start >= dose.minute
    ]
    return min(gaps, default=None)


def _stomach(clock: Clock) -> Iterator[Told]:
    for rule in timing_rules().empty_stomach:
        for dose in clock.doses:
            if not dose.is_of(rule.medicines):
                continue
            full: dict[MealName, list[int]] = defaultdict(list)
            for day in clock.days:
                for meal, start in clock.meals[day].items():
                    if dose.on(day) and 0 < dose.minute - start < rule.minutes:
                        full[meal].append(day)
            for meal, days in full.items():
                at = clock_of(clock.meals[days[0]][meal])
                text = f"{dose} stands soon after {meal} at {at}. Ask whether the dose should move."
                yield Told("warn", rule, text)


def _rich_meals(clock: Clock, menu: MealCalcium) -> Iterator[Told]:
    for rule in timing_rules().calcium_rich_meals:
        for dose in clock.doses:
            if not dose.is_of(rule.medicines):
                continue
            found: dict[MealName, set[dt.date]] = defaultdict(set)
            rich = [eaten for eaten, mg in menu.items() if mg > rule.above_mg]
            for day, meal in rich:
                start = clock.meals[day_number(day)][meal]
                taken = (at for other, at in clock.around(day_number(day)) if other is dose)
                if any(-rule.before < start - at < rule.minutes for at in taken):
                    found[meal].add(day)
            if found:
                every = len({day for day, _ in menu})
                named = listed([f"{meal} {_on_dates(days, every)}" for meal, days in found.items()])
                yield Told("warn", rule, f"Rich in calcium close to {dose}: {named}.")


def _on_dates(days: set[dt.date], every: int) -> str:
    if len(days) == every:
        return "every day"
    return "on " + listed([f"{day:%a} {day.day} {day:%b}" for day in sorted(days)])


def _antibiotics(clock: Clock) -> Iterator[Told]:
    for rule in timing_rules().calcium_rich_foods:
        doses = [dose for dose in clock.doses if dose.is_of(rule.medicines)]
        if doses:
            meals = meals_near(rule, clock)
            kept = f"No food rich in calcium at {listed(list(meals))}" if meals else "No meal stands close"
            yield Told("warn", rule, f"{kept} ({listed([str(dose) for dose in doses])}).")


def _supplements(parts: Sequence[Part]) -> Iterator[Told]:
    for part in parts:
        if part.cause is None:
            continue
        rule, dose = part.cause.rule, part.cause.dose
        name = dose_in_words(part.taken)
        because = f", because of {dose}" if dose else ""
        if part.minute is None:
            text = f"{name}: no time of the day keeps every rule, so it has none here{because}."
            yield Told("warn", rule, f"{text} Ask your pharmacist when to take it.")
        elif part.declared is None:
            text = f"{name}: no time is given, and {clock_of(part.minute)} keeps every rule{because}."
            yield Told("info", rule, text)
        else:
            text = f"{name}: at {clock_of(part.minute)} instead of {clock_of(part.declared)}{because}."
            yield Told("warn", rule, text)


def _after_meal(profile: Profile, clock: Clock) -> Iterator[Told]:
    dose = dose_after_meal(profile, clock)
    if dose and dose.declared is not None:
        text = f"{dose.drug.capitalize()}: at {clock_of(dose.minute)}, after {dose.meal}, instead of "
        yield Told("warn", dose.rule, f"{text}{clock_of(dose.declared)}.")
