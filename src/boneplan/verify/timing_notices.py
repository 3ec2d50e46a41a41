"""What must be told of times: a meal or supplement that was moved, and a meal rich in calcium too close to a dose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from boneplan.verify.avoid import listed
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.day_clock import MIDNIGHT, DayClock
from boneplan.verify.supplement_times import NEXT_DAY, SLACK_MG, SupplementTimes

Wanted = Iterator[tuple[str, set[str]]]
"""What there is to tell of, with the rules of which one at least has to be named."""


def check_timing_notices(case: Case) -> Iterator[Breach]:
    """Every change of a time, and every meal rich in calcium too close to a dose, has a notice of its rule."""
    if case.tables.timing is None:
        return
    times = SupplementTimes(case, DayClock(case, case.tables.timing))
    told = {notice.rule.removeprefix("safety/timing/") for notice in case.plan.notices if notice.text.strip()}
    try:
        for where, rules in (*_meals(times), *_supplements(times), *_rich_meals(times)):
            if told.isdisjoint(rules):
                text = f"no notice tells of it (safety/timing/{min(rules)})"
                yield Breach("verify/timing-notice", where, text)
    except (ValueError, TypeError, KeyError, AttributeError):
        return  # breaches of their own


def _meals(times: SupplementTimes) -> Wanted:
    for day in times.case.plan.menu.days:
        for meal, minute in times.clock.meals(day.date).items():
            usual = times.clock.usual[meal]
            if minute != usual:
                moment = day.date.toordinal() * MIDNIGHT + usual
                yield f"{day.date} {meal}", set(times.clock.forbidding("meal", moment, day.date))


def _supplements(times: SupplementTimes) -> Wanted:
    for part in times.parts or () if times.case.plan.menu.days else ():
        known = part.taken.name and listed(part.taken.name, times.case)
        if part.declared is not None and part.minute != part.declared and not known:
            # What would stand on the next day is told of by the rule that moved its meal.
            rules = set(times.breaks(part, part.declared))
            meals = set[str]().union(*(rules for _, rules in _meals(times))) if NEXT_DAY in rules else set()
            if rules:
                yield f"{part.taken.nutrient} at {part.taken.time or 'no time'}", rules | meals


def _rich_meals(times: SupplementTimes) -> Wanted:
    for rule in times.clock.rules.calcium_rich_meals:
        for moment, mg in times.meals_mg:
            date = dt.date.fromordinal(moment // MIDNIGHT)
            doses = times.clock.doses(rule, date) if mg > rule["above_mg"] + SLACK_MG else ()
            if any(-rule.get("before", 0) < moment - dose < rule["minutes"] for dose in doses):
                yield f"{date}, {mg:.0f} mg of calcium", {str(rule["id"])}
