"""The best week: whole days put together under the hard rules, with the soft ones as prices of what falls short."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from boneplan.errors import Fault
from boneplan.schedule.days import DayPlan, Days, Prices
from boneplan.schedule.loading import share_after
from boneplan.schedule.model import ORDER, Slot, Terms, WeekModel
from boneplan.schedule.needs import Bout, Needs, week
from boneplan.schedule.windows import DAYS, Window

if TYPE_CHECKING:
    from boneplan.lp import Model

SECONDS = 10.0  # a guard only: a week solves in a few hundredths of a second
GAP = 0.02  # relative; closing the rest would take most of the time and change nothing that a person notices
TIE = 2e-3  # prices the less liked of equal choices, and spares the solver their symmetry


@dataclass(frozen=True)
class Day:
    """A day of the program: its windows, and the ways to fill them, each with the variable that chooses it."""

    windows: Sequence[Window]
    columns: Sequence[tuple[Any, DayPlan]]

    def terms(self, what: Callable[[DayPlan], float]) -> Terms:
        """What the chosen plan brings."""
        return [(x, amount) for x, plan in self.columns if (amount := what(plan))]


def solve_week(
    windows: Sequence[Window],
    needs: Needs,
    *,
    repeats: bool,
    rest: Collection[int] = (),
    like: Sequence[Slot] | None = None,
) -> list[Slot] | None:
    """The cheapest week in `windows` that keeps every hard rule, in order of time; None where there is none.

    `repeats`: the same week follows again; `rest`: days without resistance; `like`: a week whose sessions stay, of
    other lengths perhaps. What each shortfall costs stands in week.yaml.
    """
    # The hard rules alone say in no time that there is no week, which to find out from days takes long.
    if like is None and not WeekModel(windows, needs, repeats=repeats, rest=rest).solve():
        return None
    for fine in (False, True) if like is None else (True,):
        slots = _solve(windows, needs, repeats, rest, like, fine)
        if slots is not None:
            return slots
    return None


def _solve(
    windows: Sequence[Window],
    needs: Needs,
    repeats: bool,
    rest: Collection[int],
    like: Sequence[Slot] | None,
    fine: bool,
) -> list[Slot] | None:
    from boneplan.lp import Model, value

    model, days = Model("week"), []
    for number in range(DAYS):
        mine = [window for window in windows if window.day == number]
        mine = _worthwhile(mine, needs) if like is None else mine
        plans = _plans(number, mine, needs, like, fine=fine, resistance=number not in rest)
        days.append(Day(mine, [(model.variable(0, 1, integer=True, cost=plan.cost), plan) for plan in plans]))
    if not all(day.columns for day in days):
        return None
    for day in days:
        model.row("one plan a day", day.terms(lambda _: 1.0), low=1, high=1)
    _keep_hard(model, days, needs, repeats)
    _wish(model, days, needs, repeats)
    solution = model.solve(seconds=SECONDS, gap=GAP)
    if solution.outcome == "unknown":
        raise Fault(f"the exercise schedule was not solved within {SECONDS:.0f} seconds")
    if not solution.found:
        return None
    chosen = [next(plan for x, plan in day.columns if value(x) > 0.5) for day in days]
    slots = [slot for day, plan in zip(days, chosen, strict=True) for slot in _slots(day.windows, plan)]
    return _riding(slots, needs)


def full_day(needs: Needs) -> int:
    """The moderate minutes of a good aerobic day: an even share of the week's, at most those of week.yaml."""
    grid = week().number("grid_minutes")
    share = math.ceil(needs.aerobic_minutes / week().number("aerobic_days_wanted") / grid) * grid
    return min(share, week().number("aerobic_day_minutes"))


def _worthwhile(windows: list[Window], needs: Needs) -> list[Window]:
    """The windows of a day, or only the first that holds by itself all that a day can be asked for."""
    longest = week().number("aerobic_longest")
    most = longest + sum(bout.longest for bout in needs.bouts if bout.kind != "aerobic")
    return next(([window] for window in windows if window.minutes >= most), windows)


def _plans(
    day: int, windows: Sequence[Window], needs: Needs, like: Sequence[Slot] | None, *, fine: bool, resistance: bool
) -> list[DayPlan]:
    kept = None if like is None else [_names(window, like, needs) for window in windows]
    number = week().number
    grid, longest, full = number("grid_minutes"), number("aerobic_longest"), number("aerobic_day_minutes")
    days = Days(needs, grid=grid, longest=longest, full=full, fine=fine)
    lengths = [window.minutes for window in windows]
    return days.plans(lengths, _prices(day, windows, needs), resistance=resistance, kept=kept)


def _names(window: Window, like: Sequence[Slot], needs: Needs) -> frozenset[str]:
    """The bouts that a week has in `window`; a ride stands in for an aerobic bout."""
    inside = [slot for slot in like if window.holds(slot.day, slot.start, slot.minutes)]
    return frozenset("aerobic" if slot.bout == needs.bike else slot.bout.name for slot in inside)


def _prices(day: int, windows: Sequence[Window], needs: Needs) -> Prices:
    costs, comfortable = week().costs, week().number("aerobic_comfortable")
    # A later window counts as though the one before were filled to its end, which never flatters it.
    pauses = [math.inf, *((b.start - a.end) / 60 for a, b in pairwise(windows))]
    shares = [share_after(hours) for hours in pauses]

    def minute(bout: Bout) -> float:
        fixed = bout.kind == "aerobic" or bout.shortest == bout.longest
        return 0.0 if fixed else costs[f"{bout.kind}_minute_short"]

    def session(place: int, bout: Bout, minutes: int) -> float:
        liking = week().favourite_days[bout.kind].index(day) + place / len(windows)
        cost = costs["session"] + TIE * liking * (1 + needs.bouts.index(bout) / 10)
        if bout.kind == "aerobic":
            return cost + costs["aerobic_minute_long"] * max(0, minutes - comfortable)
        return cost + minute(bout) * (bout.longest - minutes)

    return Prices(
        session=session,
        minute=minute,
        loading=lambda place, bout: costs["osteogenic_index"] * shares[place] * bout.osteogenic,
        two_big=costs["two_big_sessions_a_day"],
    )


def _keep_hard(model: Model, days: Sequence[Day], needs: Needs, repeats: bool) -> None:
    number = week().number
    model.row("aerobic_minutes", _all(days, lambda plan: plan.worth), low=needs.aerobic_minutes)
    model.row("aerobic_days", _all(days, _has("aerobic")), low=number("aerobic_days"))
    least, most = number("resistance_days"), number("resistance_days_most")
    model.row("resistance_days", _all(days, _has("resistance")), low=least, high=most)
    model.row("balance_days", _all(days, _has("balance")), low=number("balance_days"))
    for first in range(DAYS if repeats else DAYS - 1):
        pair = [days[first], days[(first + 1) % DAYS]]
        model.row("resistance_rest", _all(pair, _has("resistance")), high=1)


def _wish(model: Model, days: Sequence[Day], needs: Needs, repeats: bool) -> None:
    costs, number, goal = week().costs, week().number, full_day(needs)

    def short(name: str, terms: Terms, wanted: float, cost: float) -> None:
        model.row(name, [*terms, (model.variable(cost=cost), 1.0)], low=wanted)

    def over(name: str, terms: Terms, wanted: float, cost: float) -> None:
        model.row(name, [*terms, (model.variable(cost=cost), -1.0)], high=wanted)

    full = _all(days, lambda plan: float(plan.worth >= goal))
    short("aerobic_days_wanted", full, number("aerobic_days_wanted"), costs["aerobic_day_short"])
    worth = _all(days, lambda plan: plan.worth)
    over("aerobic_minutes", worth, needs.aerobic_minutes, costs["aerobic_minute_over"])
    vigorous = _all(days, lambda plan: plan.vigorous)
    for bound in (short, over):
        bound("vigorous_sessions", vigorous, needs.vigorous_wanted, costs["vigorous_session_short"])
    for kind, wanted in (
        ("resistance", needs.resistance_wanted), ("balance", needs.balance_wanted),
        ("impact", needs.impact_wanted), ("posture", needs.posture_wanted),
    ):  # fmt: skip
        held = _all(days, _has(kind))
        short(f"{kind}_days", held, wanted, costs[f"{kind}_day_short"])
        if held:
            model.row(f"{kind}_days", held, high=wanted)
    if not repeats:
        ends = _all([days[0], days[-1]], _has("resistance"))
        over("resistance_rest", ends, 1, costs["adjacent_over_week_end"])


def _all(days: Sequence[Day], what: Callable[[DayPlan], float]) -> Terms:
    return [term for day in days for term in day.terms(what)]


def _has(kind: str) -> Callable[[DayPlan], float]:
    return lambda plan: float(kind in plan.kinds)


def _slots(windows: Sequence[Window], plan: DayPlan) -> Iterator[Slot]:
    """The sessions of a day, each window filled from its start."""
    for place, window in enumerate(windows):
        at = window.start
        held = [(bout, minutes) for where, bout, minutes in plan.sessions if where == place]
        for bout, minutes in sorted(held, key=lambda one: ORDER.index(one[0].kind)):
            yield Slot(window.day, at, minutes, bout)
            at += minutes


def _riding(slots: list[Slot], needs: Needs) -> list[Slot]:
    """The slots with every second walk on a stationary bike, as far as the person's bike minutes go."""
    left, walked = needs.bike_minutes, False
    for number, slot in enumerate(slots):
        if needs.bike is None or slot.bout.name != "aerobic":
            continue
        if walked and slot.minutes <= left:
            slots[number] = replace(slot, bout=needs.bike)
            left -= slot.minutes
            walked = False
        else:
            walked = True
    return slots
