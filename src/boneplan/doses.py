"""Doses prescribed months apart: when the next is due by what the profile records, and what is late."""

from __future__ import annotations

import datetime as dt
from functools import cache

from pydantic import Field

from boneplan.applies import classes_of, named
from boneplan.months import in_months, in_words, months_after
from boneplan.plan import Monitoring, Notice
from boneplan.profile import Profile
from boneplan.profile_health import Medication
from boneplan.rows import Row, Sourced, shipped_rows

DOSES = "monitoring/doses.yaml"


class DoseRule(Sourced):
    """A medicine that is given at intervals of months; the head of the file says what each line means."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    title: str
    medicine: str | None = None
    names: tuple[str, ...] = ()
    every_months: int | None = Field(default=None, gt=0)
    late_after_months: int | None = Field(default=None, gt=0)
    only_given_apart: bool = False
    unrecorded: str = ""
    late: str
    too_late: str = ""
    ask: str

    @property
    def rule(self) -> str:
        """Its id in plans and messages."""
        return f"monitoring/doses/{self.id}"

    def fits(self, medication: Medication) -> bool:
        """Whether the medicine is of this row, and given at intervals of months as far as the profile says."""
        if medication.weekday:
            return False
        if not self.medicine and not self.names:
            return medication.every_months is not None
        known = self.medicine in classes_of(medication.name) or any(named(n, medication.name) for n in self.names)
        return known and bool(self.only_given_apart or medication.every_months or medication.last)


class _Doses(Row):
    doses: tuple[DoseRule, ...]


@cache
def dose_rules() -> tuple[DoseRule, ...]:
    """guidelines/monitoring/doses.yaml, in the order in which medicines are matched."""
    return shipped_rows(_Doses, DOSES).doses


def recorded_doses(profile: Profile, start: dt.date, end: dt.date) -> tuple[list[Monitoring], list[Notice]]:
    """The doses due from `start` on: all to the day `end` and the next one after it, of each recorded medicine.

    A late dose is due on `start`, and those after it count from the day on which it is given. The notices tell of
    what is late, of intervals longer than the label's, and of what is not recorded.
    """
    due: list[Monitoring] = []
    notices: list[Notice] = []
    for medication in profile.medications:
        rule = next((rule for rule in dose_rules() if rule.fits(medication)), None)
        if rule is not None:
            due += _due(medication, rule, start, end)
            notices += _told(medication, rule, start)
    return due, notices


def due_dates(last: dt.date, months: int, start: dt.date, end: dt.date) -> list[dt.date]:
    """When doses `months` apart are due after the `last` one: to the day `end`, and the next one after it.

    Of one that was due before `start` only that date: the next ones count from the day on which it is given.
    """
    dates = [months_after(last, months)]
    while start <= dates[0] and dates[-1] <= end:
        dates.append(months_after(last, months * (len(dates) + 1)))
    return dates


def _due(medication: Medication, rule: DoseRule, start: dt.date, end: dt.date) -> list[Monitoring]:
    months = medication.every_months or rule.every_months
    if medication.last is None or months is None:
        return []
    by = "as recorded" if medication.every_months else "as on the label, since none is recorded"
    why = f"Every {in_months(months)}, {by}, after the one of {in_words(medication.last)}."
    dates = due_dates(medication.last, months, start, end)
    late = dates[0] < start
    if late:
        why += f" It was due on {in_words(dates[0])}. {_what_to_do(medication, rule, start)}"
    return [
        Monitoring(
            kind="dose",
            due=max(date, start),
            what=f"{rule.title or medication.name}, next dose as prescribed",
            why=why,
            rule=rule.rule,
            source=str(rule.reference),
            basis=rule.basis,
            since=date if late else None,
        )
        for date in dates
    ]


def _told(medication: Medication, rule: DoseRule, start: dt.date) -> list[Notice]:
    """One notice of all that is to be said about the medicine's doses; none where all is in order."""
    name, last, recorded = rule.title or medication.name, medication.last, medication.every_months
    months = recorded or rule.every_months
    urgent: list[str] = []
    asked: list[str] = []
    due = months_after(last, months) if last and months else None
    if due and due < start:
        late = f"on the first day of the plan it is {_days(start - due)} late"
        urgent.append(
            f"the next dose was due on {in_words(due)}: {late}. If you have had it, record its day as last."
        )
    if urgent or _is_too_late(medication, rule, start):
        urgent.append(_what_to_do(medication, rule, start))
    if recorded and rule.every_months and recorded > rule.every_months:
        urgent.append(
            f"every {in_months(recorded)} is recorded, every {in_months(rule.every_months)} is the label's. "
            "Ask the prescriber which is meant."
        )
    if last is None:
        text = f"no last dose is on file. Record its day as last, so that the next one can be told. {rule.unrecorded}"
        (urgent if rule.unrecorded else asked).append(text.strip())
    if months is None:
        asked.append("how often it is given is not on file. Record the prescribed months as every_months.")
    texts = [text[0].upper() + text[1:] for text in (*urgent, *asked)]
    if not texts:
        return []
    return [
        Notice(
            level="warn" if urgent else "info",
            rule=rule.rule,
            text=f"{name}: {' '.join(texts)}",
            source=str(rule.reference),
            scope="plan",
            basis=rule.basis,
            ask=rule.ask,
        )
    ]


def _is_too_late(medication: Medication, rule: DoseRule, start: dt.date) -> bool:
    """Whether the last dose is longer ago than is safe, whatever interval is recorded."""
    limit = rule.late_after_months
    return bool(medication.last and limit and months_after(medication.last, limit) < start)


def _what_to_do(medication: Medication, rule: DoseRule, start: dt.date) -> str:
    """What to do about a late dose."""
    if medication.last and _is_too_late(medication, rule, start):
        return f"The last one was on {in_words(medication.last)}. {rule.too_late}"
    return rule.late


def _days(lasting: dt.timedelta) -> str:
    return "1 day" if lasting.days == 1 else f"{lasting.days} days"
