"""What is taken when, day by day: supplements at their times, tablets of a week or a month, the dose after a meal."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boneplan.identity import intake_id
from boneplan.plan import Intake, SupplementTaken, Taking
from boneplan.profile import Profile
from boneplan.timing.after_meal import dose_after_meal
from boneplan.timing.clock import Clock
from boneplan.timing.day import clock_of, day_number, minutes_of
from boneplan.timing.dose import Dose
from boneplan.timing.rules import timing_rules
from boneplan.timing.words import supplement_name


@dataclass(frozen=True)
class _Due:
    """One thing to take at a minute of a day."""

    minute: int
    item: Taking
    notes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


def plan_intakes(
    profile: Profile, calendar: str, days: Sequence[dt.date], supplements: Sequence[SupplementTaken]
) -> list[Intake]:
    """The intakes of each of `days`, in order of time; what is taken together is one.

    `supplements` stand at their times of a usual day and move with the meals they are taken with. `calendar` is the
    id of the person's calendar.
    """
    clock = Clock(profile, days)
    found = []
    for day in days:
        together: dict[int, list[_Due]] = defaultdict(list)
        for due in (*_tablets(clock, day), *_after_meal(profile, clock, day), *_supplements(clock, day, supplements)):
            together[due.minute].append(due)
        seen = Counter[str]()
        for minute in sorted(together):
            dues = together[minute]
            items = [due.item for due in dues]
            taken = "\n".join(sorted(item.nutrient or item.what for item in items))
            found.append(
                Intake(
                    id=intake_id(calendar, day, taken, seen[taken]),
                    date=day,
                    time=clock_of(minute),
                    items=items,
                    notes=list(dict.fromkeys(note for due in dues for note in due.notes)),
                    rules=list(dict.fromkeys(rule for due in dues for rule in due.rules)),
                )
            )
            seen[taken] += 1
    return found


def _tablets(clock: Clock, day: dt.date) -> Iterator[_Due]:
    """The weekly and monthly tablets of the day, with what to keep to."""
    for dose in clock.doses:
        if not dose.daily and dose.on(day_number(day)):
            notes, rules = _kept(dose)
            yield _Due(dose.minute, Taking(what=dose.name), notes, rules)


def _kept(dose: Dose) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the calendar says beside a tablet, and the rules that say so."""
    of_kind = [rule for rule in timing_rules().away if rule.notes and dose.is_of(rule.medicines)]
    notes = (note.format(until=clock_of(dose.minute + rule.after)) for rule in of_kind for note in rule.notes)
    return tuple(notes), tuple(rule.rule for rule in of_kind)


def _after_meal(profile: Profile, clock: Clock, day: dt.date) -> Iterator[_Due]:
    if dose := dose_after_meal(profile, clock):
        notes, rules = (dose.rule.said,), (dose.rule.rule,)
        yield _Due(dose.on(clock, day_number(day)), Taking(what=dose.drug), notes, rules)


def _supplements(clock: Clock, day: dt.date, supplements: Sequence[SupplementTaken]) -> Iterator[_Due]:
    for taken in supplements:
        if taken.time is not None and taken.amount:
            minute = clock.at(minutes_of(taken.time), day_number(day))
            what = supplement_name(taken)
            yield _Due(minute, Taking(what=what, nutrient=taken.nutrient, amount=taken.amount, unit=taken.unit))
