"""The best week: the soft rules as prices of what falls short of them, on top of the hard rules of `model`."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

from boneplan.schedule.loading import share_after
from boneplan.schedule.model import Price, Slot, Terms, WeekModel, negative
from boneplan.schedule.needs import Bout, Needs, week
from boneplan.schedule.windows import DAYS, Window

GAP = 0.02  # relative; closing the rest would take most of the time and change nothing that a person notices
TIE = 2e-3  # prices the less liked of equal choices, and spares the solver their symmetry


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
    if like is None:
        windows = _worthwhile(windows, needs)
    model = WeekModel(windows, needs, repeats=repeats, rest=rest, price=_price(windows, needs))
    _wish_aerobic(model)
    _wish_days(model)
    _wish_loading(model)
    if like is not None:
        model.keep(like)
    return _riding(model.slots(), needs) if model.solve(gap=GAP) else None


def _worthwhile(windows: Sequence[Window], needs: Needs) -> list[Window]:
    """The windows without those beside one that holds all that a day can be asked for."""
    longest = week().number("aerobic_longest")
    full_day = longest + sum(bout.longest for bout in needs.bouts if bout.kind != "aerobic")
    enough = {window.day: window for window in reversed(windows) if window.minutes >= full_day}
    return [window for window in windows if enough.get(window.day, window) == window]


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


def _price(windows: Sequence[Window], needs: Needs) -> Price:
    costs = week().costs

    def price(window: Window, bout: Bout) -> tuple[float, float]:
        liking = week().favourite_days[bout.kind].index(window.day) + windows.index(window) / len(windows)
        session = costs["session"] + TIE * liking * (1 + needs.bouts.index(bout) / 10)
        if bout.kind == "aerobic":
            return session, 0.0
        # A session pays for all the minutes it should have, and gets back each one that it has.
        short = 0.0 if bout.shortest == bout.longest else costs[f"{bout.kind}_minute_short"]
        return session + short * bout.longest, -short

    return price


def full_day(needs: Needs) -> int:
    """The moderate minutes of a good aerobic day: an even share of the week's, at most those of week.yaml."""
    grid = week().number("grid_minutes")
    share = math.ceil(needs.aerobic_minutes / week().number("aerobic_days_wanted") / grid) * grid
    return min(share, week().number("aerobic_day_minutes"))


def _wish_loading(model: WeekModel) -> None:
    """Rewards the osteogenic index of the week.

    The sessions of a window are one bout, which counts as its best one; a later window of a day counts as though the
    one before were filled to its end, which never flatters it.
    """
    reward = week().costs["osteogenic_index"]
    loading = [bout for bout in model.needs.bouts if bout.osteogenic]
    ended: dict[int, int] = {}
    for index, window in enumerate(model.windows):
        hours = (window.start - ended[window.day]) / 60 if window.day in ended else math.inf
        ended[window.day] = window.end
        best: Terms = []
        for bout in loading:
            for used, _ in model.used(index, bout):
                counts = model.lp.variable(0, 1, cost=-reward * share_after(hours) * bout.osteogenic)
                model.row("osteogenic_index", [(counts, 1.0), (used, -1.0)], high=0)
                best.append((counts, 1.0))
        if best:
            model.row("one bout a window", best, high=1)


def _wish_aerobic(model: WeekModel) -> None:
    costs, number = week().costs, week().number
    day_minutes = full_day(model.needs)
    full_days: Terms = []
    for day in range(DAYS):
        full = model.lp.variable(0, 1, integer=True)
        full_days.append((full, 1.0))
        worth = [*model.worth(model.on(day)), (full, -day_minutes)]
        model.row("aerobic_day_minutes", worth, low=0)
    _short(model, "aerobic_days_wanted", full_days, number("aerobic_days_wanted"), costs["aerobic_day_short"])
    _over(model, "aerobic_minutes", model.worth(model.everywhere), model.needs.aerobic_minutes,
          costs["aerobic_minute_over"])  # fmt: skip
    comfortable = number("aerobic_comfortable")
    vigorous: Terms = []
    for bout in model.needs.of_kind("aerobic"):
        for index in model.everywhere:
            minutes = model.minutes(index, bout)
            if minutes and bout.longest > comfortable:
                _over(model, "aerobic_comfortable", minutes, comfortable, costs["aerobic_minute_long"])
            if bout.name == "vigorous":
                vigorous += model.used(index, bout)
    wanted, cost = model.needs.vigorous_wanted, costs["vigorous_session_short"]
    _short(model, "vigorous_sessions", vigorous, wanted, cost)
    _over(model, "vigorous_sessions", vigorous, wanted, cost)


def _wish_days(model: WeekModel) -> None:
    costs, needs = week().costs, model.needs
    for kind, wanted in (
        ("resistance", needs.resistance_wanted), ("balance", needs.balance_wanted),
        ("impact", needs.impact_wanted), ("posture", needs.posture_wanted),
    ):  # fmt: skip
        days = model.uses(kind, model.everywhere)
        _short(model, f"{kind}_days", days, wanted, costs[f"{kind}_day_short"])
        model.row(f"{kind}_days", days, high=wanted)
    for day in range(DAYS):
        resistance = model.uses("resistance", model.on(day))
        beyond_one = model.lp.variable(cost=costs["two_big_sessions_a_day"])
        for index in model.on(day):
            big = [*model.uses("aerobic", [index]), *resistance, (beyond_one, -1.0)]
            model.row("one big session a day", big, high=1)
    if not model.repeats:
        ends = model.uses("resistance", [*model.on(0), *model.on(DAYS - 1)])
        _over(model, "resistance_rest", ends, 1, costs["adjacent_over_week_end"])


def _short(model: WeekModel, name: str, terms: Terms, wanted: float, cost: float) -> None:
    """Prices each unit by which `terms` stay below `wanted`."""
    model.row(name, [*terms, (model.lp.variable(cost=cost), 1.0)], low=wanted)


def _over(model: WeekModel, name: str, terms: Terms, wanted: float, cost: float) -> None:
    """Prices each unit by which `terms` go above `wanted`."""
    model.row(name, [*terms, *negative([(model.lp.variable(cost=cost), 1.0)])], high=wanted)
