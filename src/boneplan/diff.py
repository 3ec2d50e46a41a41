"""What differs between two plans: meals and their foods, amounts beside their targets, sessions, rules, gaps."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from boneplan.choices import Measures
from boneplan.export.portions import portion_text
from boneplan.export.words import measures_of, portion
from boneplan.plan import Day, Gap, Meal, Plan, Session, Target

DAYS = 7
NOTICED = 0.05  # of a week: amounts that differ by less are told as the same
LATER = "modified", "sequence"


@dataclass(frozen=True)
class MealChange:
    """A meal that differs: foods with their portions that went, that came, and that have another portion.

    Dates are those of the plan before and after; None where one has no such day or meal.
    """

    before: dt.date | None
    after: dt.date | None
    meal: str
    titles: tuple[str, str]
    times: tuple[str, str]
    gone: list[str] = field(default_factory=list)
    come: list[str] = field(default_factory=list)
    portions: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Amount:
    """What food brings of a nutrient in one week, before and after: the mean of its days and their total, in `unit`.

    `targets` are the bounds on it in the plan after, in words; None where a plan has no such week.
    """

    week: int
    nutrient: str
    unit: str
    means: tuple[float | None, float | None]
    totals: tuple[float | None, float | None]
    targets: list[str]


@dataclass(frozen=True)
class Difference:
    """All that differs. `sessions` are gone, come or moved, in words; so are `targets`, `rules` and `gaps`."""

    plans: tuple[str, str]
    persons: tuple[str, str]
    by_date: bool
    status: tuple[str, str]
    meals: list[MealChange]
    amounts: list[Amount]
    sessions: dict[str, list[str]]
    targets: dict[str, list[str]]
    rules: dict[str, list[str]]
    gaps: dict[str, list[str]]
    locks: dict[str, list[str]]

    @property
    def same(self) -> bool:
        """Whether nothing of all that differs."""
        parts = (self.sessions, self.targets, self.rules, self.gaps, self.locks)
        listed = any(part for parts_of in parts for part in parts_of.values())
        return not (self.meals or self.amounts or listed) and self.status[0] == self.status[1]


def difference(before: Plan, after: Plan) -> Difference:
    """What `after` has otherwise than `before`; days go by their date where any is in both, else by their number."""
    days = [day.date for day in before.menu.days] or [s.date for s in before.exercise.sessions]
    other = [day.date for day in after.menu.days] or [s.date for s in after.exercise.sessions]
    by_date = bool(set(days) & set(other))
    shift = dt.timedelta() if by_date else after.start - before.start
    return Difference(
        plans=(before.id, after.id),
        persons=(_person(before), _person(after)),
        by_date=by_date,
        status=(before.status, after.status),
        meals=list(_meals(before, after, shift)),
        amounts=list(_amounts(before, after, shift)),
        sessions=_sessions(before, after, shift),
        targets=_gone_and_come(map(target_text, before.targets), map(target_text, after.targets)),
        rules=_gone_and_come(_rules(before), _rules(after)),
        gaps=_gone_and_come(map(_gap, before.menu.gaps), map(_gap, after.menu.gaps)),
        locks=_gone_and_come(_locks(before, shift), _locks(after, dt.timedelta())),
    )


def target_text(target: Target) -> str:
    """Such as "calcium at least 1200 mg as the week's mean (nutrition/calcium/rda)"."""
    return f"{target.nutrient.replace('_', ' ')} {_bounds(target)} ({target.rule})"


def _bounds(target: Target) -> str:
    sides = [f"at least {target.min:g}"] if target.min is not None else []
    sides += [f"at most {target.max:g}"] if target.max is not None else []
    period = {"day": "each day", "week_mean": "as the week's mean", "meal": "at a meal"}[target.period]
    unit = target.unit.replace("ug", "µg")
    return f"{' and '.join(sides)} {unit} {period}{'' if target.hard else ', aimed at'}"


def _person(plan: Plan) -> str:
    return str(plan.profile.get("name") or "")


def _meals(before: Plan, after: Plan, shift: dt.timedelta) -> Iterator[MealChange]:
    olds = {(day.date + shift, meal.meal): (day.date, meal) for day in before.menu.days for meal in day.meals}
    news = {(day.date, meal.meal): meal for day in after.menu.days for meal in day.meals}
    for key in sorted({*olds, *news}, key=lambda key: (key[0], _time(olds.get(key), news.get(key)))):
        date, old = olds.get(key, (None, None))
        change = _meal(old, news.get(key), date, key, measures_of(after))
        if change:
            yield change


def _time(old: tuple[dt.date, Meal] | None, new: Meal | None) -> str:
    meal = new or (old[1] if old else None)
    return meal.time if meal else ""


def _meal(
    old: Meal | None, new: Meal | None, date: dt.date | None, key: tuple[dt.date, str], measures: Measures
) -> MealChange | None:
    had = {item.food: item for item in old.items} if old else {}
    has = {item.food: item for item in new.items} if new else {}
    gone = [portion(item, measures) for food, item in had.items() if food not in has]
    come = [portion(item, measures) for food, item in has.items() if food not in had]
    both = [(had[food], item) for food, item in has.items() if food in had]
    portions = [
        (now.name, portion_text(was, measures), portion_text(now, measures))
        for was, now in both
        if (was.grams, was.measure) != (now.grams, now.measure)
    ]
    titles = (old.title if old else "", new.title if new else "")
    times = (old.time if old else "", new.time if new else "")
    if not (gone or come or portions) and titles[0] == titles[1] and times[0] == times[1]:
        return None
    return MealChange(date, key[0] if new else None, key[1], titles, times, gone, come, portions)


def _amounts(before: Plan, after: Plan, shift: dt.timedelta) -> Iterator[Amount]:
    """The nutrients with a target, and the estimate of absorbed calcium, of which a week brings another amount."""
    units = {t.nutrient: t.unit for t in (*before.targets, *after.targets)} | {"absorbed_calcium": "mg"}
    for number, (old, new) in enumerate(zip_longest(*_weeks(before, after, shift)), 1):
        for nutrient, unit in units.items():
            totals = tuple(_total(week, nutrient) for week in (old, new))
            if totals[0] is not None and totals[1] is not None and abs(totals[0] - totals[1]) < NOTICED:
                continue
            if totals == (None, None):
                continue
            means = tuple(
                None if total is None or not week else round(total / len(week), 2)
                for total, week in zip(totals, (old, new), strict=True)
            )
            said = [_bounds(t) for t in after.targets if t.nutrient == nutrient and t.counted_above is None]
            yield Amount(number, nutrient, unit, (means[0], means[1]), (totals[0], totals[1]), said)


def _weeks(before: Plan, after: Plan, shift: dt.timedelta) -> tuple[list[list[Day]], list[list[Day]]]:
    """The weeks of both plans side by side, from the first day of the earlier one."""
    starts = [plan.start + by for plan, by in ((before, shift), (after, dt.timedelta())) if plan.menu.days]
    first = min(starts, default=after.start)

    def weeks(plan: Plan, by: dt.timedelta) -> list[list[Day]]:
        found: list[list[Day]] = []
        for day in plan.menu.days:
            number = (day.date + by - first).days // DAYS
            found += [[] for _ in range(number + 1 - len(found))]
            found[number].append(day)
        return found

    return weeks(before, shift), weeks(after, dt.timedelta())


def _total(week: Sequence[Day] | None, nutrient: str) -> float | None:
    found = [day.totals[nutrient] for day in week or () if nutrient in day.totals]
    return round(sum(found), 2) if found else None


def _sessions(before: Plan, after: Plan, shift: dt.timedelta) -> dict[str, list[str]]:
    """By the place that a calendar knows them by: kind, day, and which of that kind that day."""
    olds, news = _placed(before, shift), _placed(after, dt.timedelta())
    both = [(olds[key], session) for key, session in news.items() if key in olds]
    changed = [(old, new) for old, new in both if _content(old, shift) != _content(new, dt.timedelta())]
    return {
        "gone": [_session(session) for key, session in olds.items() if key not in news],
        "come": [_session(session) for key, session in news.items() if key not in olds],
        "changed": [f"{_session(old)}: now {_session(new)}" for old, new in changed],
    }


def _placed(plan: Plan, shift: dt.timedelta) -> dict[tuple[dt.date, str, int], Session]:
    seen: Counter[tuple[dt.date, str]] = Counter()
    found: dict[tuple[dt.date, str, int], Session] = {}
    for session in plan.exercise.sessions:
        place = session.date + shift, session.kind
        found[(*place, seen[place])] = session
        seen[place] += 1
    return found


def _content(session: Session, shift: dt.timedelta) -> dict[str, Any]:
    return {**session.model_dump(exclude={"id", *LATER}), "date": session.date + shift}


def _session(session: Session) -> str:
    return f"{session.date:%a} {session.date.day} {session.date:%b} {session.start}-{session.end} {session.title}"


def _rules(plan: Plan) -> Iterator[str]:
    """Each rule of the plan's rules file in one line, and what of the profile's diet menus go by."""
    for part, rules in plan.rules.items():
        for rule in rules if isinstance(rules, list) else [rules]:
            said = sorted(rule.items(), key=_reasons_last) if isinstance(rule, dict) else [("", rule)]
            yield f"{part}: " + ", ".join(f"{key} {_plain(value)}".strip() for key, value in said)
    for key, value in dict(plan.profile.get("diet") or {}).items():
        if value not in (None, []):
            yield f"diet: {key} {_plain(value)}"


def _reasons_last(field: tuple[str, Any]) -> bool:
    return field[0] in ("by", "because")


def _plain(value: Any) -> str:
    return " and ".join(map(str, value)) if isinstance(value, list) else str(value)


def _gap(gap: Gap) -> str:
    unit = gap.unit.replace("ug", "µg")
    return f"{gap.nutrient.replace('_', ' ')} {gap.missing:g} {unit} short of {gap.target:g}"


def _locks(plan: Plan, shift: dt.timedelta) -> Iterator[str]:
    for day in plan.menu.days:
        date = day.date + shift
        for meal in day.meals:
            yield from (f"{date:%a} {date.day} {date:%b} {meal.meal}: {i.name}" for i in meal.items if i.locked)


def _gone_and_come(before: Any, after: Any) -> dict[str, list[str]]:
    olds, news = list(before), list(after)
    return {"gone": [o for o in olds if o not in news], "come": [n for n in news if n not in olds]}
