"""The weeks of a programme one after another: one thing rises at a time, and not by too much."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from boneplan.plan import TrainingWeek
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case

START_PERCENT = 100.0  # the load that a programme begins with, by what load_percent means
ROUNDED_PERCENT = 0.1
RISES = {
    "start": frozenset[str](),
    "minutes": frozenset({"aerobic_minutes"}),
    "repetitions": frozenset({"reps"}),
    "load": frozenset({"load_percent"}),
    "sets": frozenset({"sets"}),
    "impacts": frozenset({"impacts"}),
    "lighter": frozenset[str](),
    "none": frozenset[str](),
    "back": frozenset[str](),
}
DOSE = ("aerobic_minutes", "reps", "load_percent", "sets", "impacts")


def builds_up(case: Case) -> bool:
    """Whether the person may begin with fewer aerobic minutes than a week should have."""
    return case.tables.exercise.training.build_up.when <= case.traits


def check_training(case: Case) -> Iterator[Breach]:
    """What the plan asks of each week. A plan from before there were such weeks is judged by its sessions alone."""
    weeks = case.plan.exercise.weeks
    if not weeks or not case.plan.exercise.sessions:
        return
    if [week.start for week in weeks] != [first for first, _ in case.spans]:
        text = f"{len(weeks)} weeks that are not those of the plan, {case.plan.weeks} from {case.plan.start}"
        yield Breach("verify/training-weeks", "exercise.weeks", text)
    for week in weeks:
        yield from _build_up(case, week)
        yield from _dose(case, week)
        if week.lighter != (week.changed == "lighter") or (week.number == 1) != (week.changed == "start"):
            text = f"week {week.number} of the programme is called {week.changed!r}"
            yield Breach("verify/week-change", _where(week), text)
    for before, after in pairwise(weeks):
        if after.number != before.number + 1:
            text = f"week {after.number} of the programme follows week {before.number}"
            yield Breach("verify/training-weeks", _where(after), text)
        yield from _step(case, before, after)
    yield from _lighter(weeks, case.tables.exercise.training.lighter_longest)
    rule = case.tables.exercise.training.build_up.rule
    below = any(week.aerobic_minutes < case.tables.exercise.week.aerobic_minutes for week in weeks)
    if below and builds_up(case) and not any(n.rule == rule and n.text.strip() for n in case.plan.notices):
        text = "the minutes are built up over some weeks, yet no notice tells of it"
        yield Breach("verify/missing-notice", rule, text)


def _build_up(case: Case, week: TrainingWeek) -> Iterator[Breach]:
    goal, rule = case.tables.exercise.week.aerobic_minutes, case.tables.exercise.training.build_up
    least = rule.start if builds_up(case) else goal
    most = least if week.number == 1 else goal
    if not least <= week.aerobic_minutes <= most:
        asked = f"{least:g}" if least == most else f"{least:g} to {most:g}"
        text = f"{week.aerobic_minutes} aerobic minutes, not {asked} for this person"
        yield Breach("verify/build-up", _where(week), text)


def _dose(case: Case, week: TrainingWeek) -> Iterator[Breach]:
    """Repetitions, sets, impacts and load within what any week, or the first, may ask for."""
    rules, traits, level = case.tables.exercise.training, case.traits, case.person.level
    first = week.number == 1
    sets = rules.sets.first_of(level, traits) if first else rules.sets.most_of(traits)
    impacts = rules.impacts.first_of(level, traits) if first else rules.impacts.most_of(traits)
    for what, said, low, high in (
        ("repetitions", week.reps, rules.reps_low, rules.reps_high),
        ("sets", week.sets, 1, sets),
        ("impacts", week.impacts, 0, impacts),
    ):
        if not low <= said <= high:
            yield Breach("verify/week-dose", _where(week), f"{said} {what}, not {low} to {high}")
    if week.impacts % rules.impacts.size:
        text = f"{week.impacts} impacts are no whole sets of {rules.impacts.size}"
        yield Breach("verify/week-dose", _where(week), text)
    steps = (week.number - 1) * math.log1p(rules.load_most / 100)
    risen = math.log(max(week.load_percent - ROUNDED_PERCENT, 1.0) / START_PERCENT)
    if week.load_percent < START_PERCENT or risen > steps:
        text = f"a load of {week.load_percent:g} % in week {week.number}: {START_PERCENT:g} % is that of the first"
        yield Breach("verify/load-step", _where(week), text)


def _step(case: Case, before: TrainingWeek, after: TrainingWeek) -> Iterator[Breach]:
    """What changed from one week to the next."""
    rules, where = case.tables.exercise.training, _where(after)
    by = {name: getattr(after, name) - getattr(before, name) for name in DOSE}
    rose = frozenset(name for name in DOSE if by[name] > 0)
    fell = frozenset(name for name in DOSE if by[name] < 0)
    if len(rose) > 1:
        yield Breach("verify/one-change", where, f"{' and '.join(sorted(rose))} rise in one week")
    else:
        # A heavier load begins with fewer repetitions, and a step back is there to take away.
        may_fall = {"load": frozenset({"reps"}), "back": frozenset(DOSE)}.get(after.changed, frozenset[str]())
        if rose != RISES[after.changed] or fell - may_fall:
            moved = ", ".join(f"{name} {by[name]:+g}" for name in DOSE if by[name]) or "nothing"
            text = f"called {after.changed!r}, yet what changed is: {moved}"
            yield Breach("verify/week-change", where, text)
    if "load_percent" in rose and before.load_percent > 0:
        percent = 100 * by["load_percent"] / before.load_percent
        if not rules.load_least - ROUNDED_PERCENT <= percent <= rules.load_most + ROUNDED_PERCENT:
            text = f"the load rises by {percent:.3g} %, not {rules.load_least:g} to {rules.load_most:g} %"
            yield Breach("verify/load-step", where, text)
        if after.reps != rules.reps_low:
            text = f"a heavier load with {after.reps} repetitions, it begins with {rules.reps_low}"
            yield Breach("verify/week-dose", where, text)
    for name, most in (
        ("aerobic_minutes", rules.build_up.step), ("sets", rules.sets.step), ("impacts", rules.impacts.step),
    ):  # fmt: skip
        if by[name] > most:
            yield Breach("verify/week-dose", where, f"{name} {by[name]:+g}, more than {most:g} in one week")


def _lighter(weeks: list[TrainingWeek], longest: int) -> Iterator[Breach]:
    since = 0
    for week in weeks:
        since = 0 if week.lighter else since + 1
        if since == longest:
            yield Breach("verify/lighter-week", _where(week), f"{since} weeks in a row, and none of them lighter")


def _where(week: TrainingWeek) -> str:
    return f"exercise.weeks, {week.start}"
