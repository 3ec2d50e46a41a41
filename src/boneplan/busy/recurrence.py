"""The times of a recurrence rule, looked for day by day within bounds, so that no rule can run without end."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from boneplan.busy.content import Unreadable
from boneplan.busy.rules import EVERY, Rule

MOST_WORK = 2_000_000  # for one file, in days looked at: about four seconds
A_TIME = 5  # the work of one time found, in days looked at
DAY = dt.timedelta(days=1)


class Work:
    """What may still be done for one file."""

    def __init__(self, most: int = MOST_WORK) -> None:
        self._left = most

    def spend(self, amount: int = 1) -> None:
        """Count `amount` days, or what is as much. Raises `Unreadable` where they are too many."""
        self._left -= amount
        if self._left < 0:
            raise Unreadable("repeats too often, or for too long, to be read: take it out of the calendar")


def occurrences(
    rule: Rule, first: dt.datetime, low: dt.datetime, high: dt.datetime, work: Work
) -> Iterator[dt.datetime]:
    """The times of `rule` from `low` up to before `high`, in order; all are on the wall of one zone.

    `first` is the event's start, before which there are none. Raises `Unreadable` where `work` is used up.
    """
    if high <= first:
        return
    rule = _with_defaults(rule, first)
    begin = first.date() if rule.count else max(first, low).date()
    last = min(high, rule.until or high)
    found = 0
    for wall in _times(rule, first, begin, last.date(), work):
        if wall < first or (not rule.count and wall < low):
            continue
        found += 1
        if wall >= high or (rule.until and wall > rule.until) or (rule.count and found > rule.count):
            return
        if wall >= low:
            yield wall


def _with_defaults(rule: Rule, first: dt.datetime) -> Rule:
    """The rule with what it leaves open taken from the event's start."""
    by_date = rule.by_day or rule.by_month_day or rule.by_year_day
    if (rule.freq == "WEEKLY" and not rule.by_day) or (rule.by_week and not by_date):
        rule = replace(rule, by_day=frozenset({(0, first.weekday())}))
    elif rule.freq in ("YEARLY", "MONTHLY") and not by_date:
        months = rule.by_month or (frozenset({first.month}) if rule.freq == "YEARLY" else EVERY)
        rule = replace(rule, by_month=months, by_month_day=frozenset({first.day}))
    return replace(
        rule,
        by_hour=rule.by_hour or (EVERY if rule.freq == "HOURLY" else frozenset({first.hour})),
        by_minute=rule.by_minute or frozenset({first.minute}),
        by_second=frozenset(min(s, 59) for s in rule.by_second) or frozenset({first.second}),
    )


def _times(rule: Rule, first: dt.datetime, begin: dt.date, end: dt.date, work: Work) -> Iterator[dt.datetime]:
    """The times on the days from `begin` to `end`, and some before and after where positions are counted."""
    if not rule.by_position:
        for day in _days(rule, first.date(), begin, end, work):
            yield from _on(rule, first, day, work)
        return
    days = _days(rule, first.date(), _period(rule, begin), _period(rule, end, 1) - DAY, work)
    for _, period in groupby(days, lambda day: _period(rule, day)):
        times = [wall for day in period for wall in _on(rule, first, day, work)]
        for n, wall in enumerate(times):
            if n + 1 in rule.by_position or n - len(times) in rule.by_position:
                yield wall


def _on(rule: Rule, first: dt.datetime, day: dt.date, work: Work) -> list[dt.datetime]:
    """The times of the rule on a day that it falls on."""
    hours: Iterable[int] = sorted(rule.by_hour)
    if rule.freq == "HOURLY":
        before = (day - first.date()).days * 24 - first.hour
        hours = [
            h for h in range(24) if (before + h) % rule.interval == 0 and (not rule.by_hour or h in rule.by_hour)
        ]
    found = [
        dt.datetime(day.year, day.month, day.day, hour, minute, second)
        for hour in hours
        for minute in sorted(rule.by_minute)
        for second in sorted(rule.by_second)
    ]
    work.spend(A_TIME * len(found))
    return found


def _days(rule: Rule, first: dt.date, begin: dt.date, end: dt.date, work: Work) -> Iterator[dt.date]:
    """The days from `begin` to `end` that the rule falls on."""
    day, to_weekday = begin, _to_weekday(rule)
    while day <= end:
        work.spend()
        step = to_weekday[day.weekday()] or _idle(rule, first, day)
        if not step and _falls_on(rule, day):
            yield day
        if (end - day).days < max(step, 1):
            return
        day += dt.timedelta(days=max(step, 1))


def _idle(rule: Rule, first: dt.date, day: dt.date) -> int:
    """For how many days from `day` on the interval and the months of the rule leave it at rest, at least."""
    if rule.by_month and day.month not in rule.by_month:
        return monthrange(day.year, day.month)[1] - day.day + 1
    if rule.interval == 1:
        return 0
    if rule.freq == "DAILY":
        return -((day - first).days) % rule.interval
    if rule.freq == "WEEKLY" and (_week(rule, day) - _week(rule, first)).days // 7 % rule.interval:
        return 7 - (day.weekday() - rule.week_start) % 7
    if rule.freq == "MONTHLY" and ((day.year - first.year) * 12 + day.month - first.month) % rule.interval:
        return monthrange(day.year, day.month)[1] - day.day + 1
    if rule.freq == "YEARLY" and (day.year - first.year) % rule.interval:
        return (dt.date(day.year, 12, 31) - day).days + 1
    return 0


def _to_weekday(rule: Rule) -> list[int]:
    """For each weekday, how many days it is to one that the rule names; 0 where it names none, or counts them."""
    named = {weekday for count, weekday in rule.by_day if not count}
    if not named or any(count for count, _ in rule.by_day):
        return [0] * 7
    return [min((there - here) % 7 for there in named) for here in range(7)]


def _week(rule: Rule, day: dt.date) -> dt.date:
    """The first day of the week of `day`; near year 1, `day` itself."""
    back = (day.weekday() - rule.week_start) % 7
    return day - dt.timedelta(days=back) if day.toordinal() > back else day


def _falls_on(rule: Rule, day: dt.date) -> bool:
    """Whether the rule's days, weeks and weekdays allow `day`."""
    if rule.by_day and not _weekday(rule, day):
        return False
    if rule.by_month_day and rule.by_month_day.isdisjoint(_both_ways(day.day, monthrange(day.year, day.month)[1])):
        return False
    if rule.by_year_day:
        of_year = day.timetuple().tm_yday
        if rule.by_year_day.isdisjoint(_both_ways(of_year, _length_of_year(day.year))):
            return False
    return not rule.by_week or not rule.by_week.isdisjoint(_week_numbers(rule, day))


def _both_ways(number: int, of: int) -> tuple[int, int]:
    return number, number - of - 1


def _length_of_year(year: int) -> int:
    return dt.date(year, 12, 31).timetuple().tm_yday


def _weekday(rule: Rule, day: dt.date) -> bool:
    weekday = day.weekday()
    if (0, weekday) in rule.by_day:
        return True
    if rule.freq == "MONTHLY" or rule.by_month:
        number, of = day.day, monthrange(day.year, day.month)[1]
    else:
        number, of = day.timetuple().tm_yday, _length_of_year(day.year)
    return ((number - 1) // 7 + 1, weekday) in rule.by_day or (-((of - number) // 7 + 1), weekday) in rule.by_day


def _week_numbers(rule: Rule, day: dt.date) -> tuple[int, int]:
    """The number of the week of `day`, from the start and from the end of its year of weeks."""
    middle = _week(rule, day) + dt.timedelta(days=3)
    last = _week(rule, dt.date(middle.year, 12, 28)) + dt.timedelta(days=3)
    return _both_ways(_count(middle), _count(last))


def _count(middle: dt.date) -> int:
    return (middle.timetuple().tm_yday - 1) // 7 + 1


def _period(rule: Rule, day: dt.date, later: int = 0) -> dt.date:
    """The first day of the period of the rule (a year, month, week or day) that holds `day`, or of a later one."""
    if rule.freq == "YEARLY":
        return dt.date(day.year + later, 1, 1)
    if rule.freq == "MONTHLY":
        return dt.date(day.year + (day.month + later - 1) // 12, (day.month + later - 1) % 12 + 1, 1)
    if rule.freq == "WEEKLY":
        return _week(rule, day) + dt.timedelta(days=7 * later)
    return day + dt.timedelta(days=later)
