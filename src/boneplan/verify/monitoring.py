"""Every check and dose on its day, worked out again from the profile; nothing that is late goes untold."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.monitoring_rules import Check, Dose, MonitoringRules
from boneplan.verify.who import WhoRules, is_for, is_kind, tier_of

Entry = tuple[str, str, dt.date, dt.date | None]
"""Kind, rule, the day due, and since when it was due where that has passed."""


@dataclass(frozen=True)
class Taken:
    """What the profile records of one medicine's doses."""

    name: str
    weekly: bool
    last: dt.date | None
    every: int | None


def check_monitoring(case: Case) -> Iterator[Breach]:
    """Each check and each recorded dose is due when the rules say, and no other one is there."""
    rules = case.tables.monitoring
    if rules is None:
        return
    try:
        wanted: Counter[Entry] = Counter([*_checks(case, rules), *_doses(case, rules)])
    except ValueError as error:
        yield Breach("verify/profile", "profile", str(error))
        return
    given: Counter[Entry] = Counter((m.kind, m.rule, m.due, m.since) for m in case.plan.monitoring)
    for entry in wanted - given:
        yield Breach("verify/monitoring", _place(entry), f"{_told(entry)} is missing from the plan")
    for entry in given - wanted:
        yield Breach("verify/monitoring", _place(entry), f"{_told(entry)} follows from no rule and no record")


def check_late_doses(case: Case) -> Iterator[Breach]:
    """A dose that is late on the plan's first day, or too long ago, is told of by a warning with the days."""
    rules = case.tables.monitoring
    if rules is None:
        return
    try:
        for taken, dose in _matched(case, rules):
            text = _to_tell(taken, dose, case.plan.start)
            warnings = (n.text.lower() for n in case.plan.notices if n.level == "warn" and n.rule == dose.rule)
            if text and not any(text in warning for warning in warnings):
                yield Breach("verify/late-dose", taken.name or "medicine", f"no warning says: {text}")
    except ValueError as error:
        yield Breach("verify/profile", "profile", str(error))


def _to_tell(taken: Taken, dose: Dose, start: dt.date) -> str:
    """The words that a warning must hold; empty where the next dose is still to come."""
    last, every = taken.last, taken.every or dose.every
    if last is None:
        return "no last dose is on file" if dose.limit else ""
    late = (start - later(last, every)).days if every else 0
    if late > 0:
        return f"{late} day{'s' * (late > 1)} late"
    if dose.limit and start > later(last, dose.limit):
        return f"the last one was on {last.day} {last:%B} {last.year}".lower()
    return ""


def _checks(case: Case, rules: MonitoringRules) -> Iterator[Entry]:
    person, start, who = case.person, case.plan.start, case.tables.who
    tier = tier_of(person, start, who)
    for check in rules.checks:
        last = _last(case, check)
        unwanted = check.unless is not None and is_for(check.unless, person, start, who)
        if unwanted or (check.optional and last is None) or not is_for(check.who, person, start, who):
            continue
        due = start if last is None else later(last, check.months[tier])
        yield ("check", check.rule, start, due) if due < start else ("check", check.rule, due, None)


def _doses(case: Case, rules: MonitoringRules) -> Iterator[Entry]:
    start, end = case.plan.start, case.plan.start + dt.timedelta(days=7 * case.plan.weeks - 1)
    for taken, dose in _matched(case, rules):
        every = taken.every or dose.every
        if taken.last is None or not every:
            continue
        count, due = 1, later(taken.last, every)
        if due < start:
            yield "dose", dose.rule, start, due
            continue
        yield "dose", dose.rule, due, None
        while due <= end:
            count += 1
            due = later(taken.last, every * count)
            yield "dose", dose.rule, due, None


def _matched(case: Case, rules: MonitoringRules) -> Iterator[tuple[Taken, Dose]]:
    """Each medicine that is given at intervals of months, with the first row that it fits."""
    for taken in _medicines(case.plan.profile):
        for dose in rules.doses:
            if not taken.weekly and _fits(taken, dose, case.tables.who):
                yield taken, dose
                break


def _fits(taken: Taken, dose: Dose, who: WhoRules) -> bool:
    if dose.kind is None and not dose.names:
        return taken.every is not None
    words = "|".join(map(re.escape, dose.names))
    known = bool(words) and re.search(rf"(?<![\w-])(?:{words})(?!\w)", taken.name, re.IGNORECASE) is not None
    if not known and (dose.kind is None or not is_kind(taken.name, dose.kind, who)):
        return False
    return dose.always or taken.every is not None or taken.last is not None


def _medicines(profile: Mapping[str, Any]) -> Iterator[Taken]:
    for medicine in profile.get("medications") or []:
        every = medicine.get("every_months")
        if every is not None and (isinstance(every, bool) or not isinstance(every, int) or every < 1):
            raise ValueError(f"every_months is {every!r}, not a number of months")
        last = _day(medicine.get("last"), "medications.last")
        yield Taken(str(medicine.get("name")), bool(medicine.get("weekday")), last, every)


def _last(case: Case, check: Check) -> dt.date | None:
    part, _, field = check.after.partition(".")
    entries = case.plan.profile.get(part) or {}
    if not isinstance(entries, Mapping):
        raise ValueError(f"{part} is not a group of fields")
    return _day(entries.get(field), check.after)


def _day(value: Any, where: str) -> dt.date | None:
    try:
        return None if value is None else dt.date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"{where} is {str(value)[:40]!r}, not a date") from None


def later(day: dt.date, months: int) -> dt.date:
    """The day `months` later; where that month is too short, its last day."""
    years, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if years > dt.MAXYEAR:
        raise ValueError(f"{months} months after {day} is no date")
    for number in range(day.day, day.day - 4, -1):
        try:
            return dt.date(years, month + 1, number)
        except ValueError:
            continue
    raise ValueError(f"{months} months after {day} is no date")


def _place(entry: Entry) -> str:
    return f"{entry[0]} {entry[2]}"


def _told(entry: Entry) -> str:
    _, rule, due, since = entry
    return f"{rule}, due on {due}" + (f" since {since}" if since else "")
