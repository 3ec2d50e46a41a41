"""Why no week fits the times a person has, and the least extra time that would do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from boneplan.plan import Conflict
from boneplan.schedule.model import HARD, WeekModel
from boneplan.schedule.needs import Needs, week
from boneplan.schedule.windows import (
    DAYS,
    END_OF_DAY,
    Window,
    clock,
    grown,
    merged,
    minutes_of,
    room_around,
    weekday_of,
)

AVAILABILITY = "exercise-availability"


@dataclass(frozen=True)
class Extra:
    """`minutes` more on a day: the window that grows, as it would be, and all windows of that day with it."""

    weekday: str
    minutes: int
    window: Window
    grows: bool
    all_windows: tuple[str, ...]

    def __str__(self) -> str:
        more = "more minutes" if self.grows else "minutes"
        return f"{self.minutes} {more} on {self.weekday.capitalize()} ({_text(self.window)})"


def explain(
    windows: Sequence[Window],
    needs: Needs,
    start: dt.date,
    *,
    repeats: bool,
    rest: Collection[int] = (),
    usual: Sequence[Window] = (),
    taken: Sequence[Window] = (),
) -> Conflict:
    """The conflict of a week that has no solution in `windows`: those of the profile (`usual`) less what is `taken`.

    `extra_time` lists, beside the words of `relaxations`, every way to gain the least extra time: each is a
    list of weekday, minutes, and all times of that day as the profile would give them. None of it lies in times
    that are taken.
    """
    rules = [week().rules[name] for name in conflicting_rules(windows, needs, repeats=repeats, rest=rest)]
    ways = _ways(windows, needs, start, repeats=repeats, rest=rest, usual=usual or windows, taken=taken)
    minutes = sum(window.minutes for window in windows)
    days = len({window.day for window in windows})
    wanted = "; ".join(rule.text for rule in rules)
    goal, rule = week().number("aerobic_minutes"), "weight-bearing minutes"
    wanted = wanted.replace(f"{goal} {rule}", f"{needs.aerobic_minutes} {rule}")
    if not any(bout.on_feet for bout in needs.of_kind("aerobic")):
        wanted = wanted.replace(rule, "minutes off the feet")
    text = f"The available times ({minutes} minutes on {days} days a week) cannot hold: {wanted}."
    if ways and (needed := minutes + min(sum(extra.minutes for extra in way) for way in ways)):
        text += f" All of it takes {needed} minutes in times like these."
    return Conflict.model_validate(
        {
            "part": "exercise",
            "rules": [*(rule.rule for rule in rules), AVAILABILITY],
            "text": text,
            "relaxations": _words(ways, taken),
            "extra_time": [
                [{"weekday": e.weekday, "minutes": e.minutes, "windows": list(e.all_windows)} for e in way]
                for way in ways
            ],
        }
    )


def conflicting_rules(
    windows: Sequence[Window], needs: Needs, *, repeats: bool, rest: Collection[int] = ()
) -> list[str]:
    """Names (of week.yaml) of the hard rules in conflict.

    First those that not even alone can hold; then, where the others cannot hold together either, a smallest set
    of them that cannot.
    """

    def holds(names: Collection[str]) -> bool:
        return WeekModel(windows, needs, repeats=repeats, rest=rest, hard=names).solve()

    alone = [name for name in HARD if not holds([name])]
    others = [name for name in HARD if name not in alone]
    if holds(others):
        return alone
    for name in list(others):
        without = [other for other in others if other != name]
        if not holds(without):
            others = without
    return [*alone, *others]


def least_growth(
    windows: Sequence[Window], room: Sequence[int], needs: Needs, *, repeats: bool, rest: Collection[int] = ()
) -> dict[int, int] | None:
    """The fewest minutes by which windows have to grow until every hard rule holds, by their index.

    `room` gives the most that each may grow. None where even that is not enough.
    """
    model = WeekModel(windows, needs, repeats=repeats, rest=rest, room=room)
    return model.growth() if model.solve() else None


def _ways(
    windows: Sequence[Window],
    needs: Needs,
    start: dt.date,
    *,
    repeats: bool,
    rest: Collection[int],
    usual: Sequence[Window],
    taken: Sequence[Window],
) -> list[list[Extra]]:
    """Every way to gain the least extra time on one day; where one day cannot do it, one way over several."""
    possible = _with_empty_days(windows, start, taken)
    room = _one_a_day(possible, taken)

    def extra(index: int, minutes: int) -> Extra:
        old, new = possible[index], grown(possible, index, minutes, taken)
        same_day = merged([new, *(window for window in usual if window.day == old.day)])
        return Extra(weekday_of(start, old.day), minutes, new, old.minutes > 0, tuple(map(_text, same_day)))

    modest = [min(minutes, week().number("aerobic_longest")) for minutes in room]
    growth = least_growth(possible, modest, needs, repeats=repeats, rest=rest)
    growth = growth or least_growth(possible, room, needs, repeats=repeats, rest=rest)
    if not growth:
        return []
    if len(growth) > 1:
        return [[extra(index, minutes) for index, minutes in sorted(growth.items())]]
    least = sum(growth.values())
    ways = []
    for index, most in enumerate(room):
        alone = [least if i == index else 0 for i in range(len(room))]
        if most >= least and (index in growth or least_growth(possible, alone, needs, repeats=repeats, rest=rest)):
            ways.append([extra(index, least)])
    return ways


def _with_empty_days(windows: Sequence[Window], start: dt.date, taken: Sequence[Window]) -> list[Window]:
    """The windows, and on days without any an empty one: at the hour of the default times, or after what is taken."""
    filled = {window.day for window in windows}
    defaults = {str(day): spans for day, spans in week().default_availability.windows.items()}
    empty = []
    for day in sorted(set(range(DAYS)) - filled):
        stretches = [stretch for stretch in taken if stretch.day == day]
        hours = [minutes_of(defaults[weekday_of(start, day)][0].split("-")[0]), *(s.end for s in stretches)]
        free = [hour for hour in hours if not any(s.start <= hour < s.end for s in stretches)]
        empty += [Window(day, hour, hour) for hour in free[:1] if hour < END_OF_DAY]
    return sorted([*windows, *empty])


def _one_a_day(windows: Sequence[Window], taken: Sequence[Window]) -> list[int]:
    """The room of each window to grow, on each day only that of the window that can become the longest."""
    room = room_around(windows, taken)
    longest: dict[int, tuple[int, int]] = {}
    for index, window in enumerate(windows):
        reach = window.minutes + room[index]
        if reach > longest.get(window.day, (0, 0))[0]:
            longest[window.day] = (reach, index)
    growing = {index for _, index in longest.values()}
    return [minutes if index in growing else 0 for index, minutes in enumerate(room)]


def _text(window: Window) -> str:
    return f"{clock(window.start)}-{clock(window.end)}"


def _words(ways: list[list[Extra]], taken: Sequence[Window]) -> list[str]:
    if not ways:
        return ["fewer busy hours, or a plan that begins later" if taken else "longer stretches of time on more days"]
    if len(ways[0]) > 1:
        return [_listed([str(extra) for extra in ways[0]], "and")]
    alone = [way[0] for way in ways]
    longer, new = ([e.weekday.capitalize() for e in alone if e.grows is grows] for grows in (True, False))
    words = [f"{alone[0].minutes} more minutes on {_listed(longer, 'or')}"] if longer else []
    words += [f"{alone[0].minutes} minutes on {_listed(new, 'or')}, where there are none yet"] if new else []
    return words


def _listed(words: Sequence[str], last: str) -> str:
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
