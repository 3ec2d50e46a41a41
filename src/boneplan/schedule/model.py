"""The hard rules of a week as a linear program: which bouts, how long, in which windows, that may have to grow.

Sessions of a window follow each other without a pause, so that a window is a budget of minutes and needs no clock.
Every row carries the name of the rule that asks for it, for `conflict` to tell which rules clash.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boneplan.errors import Fault
from boneplan.schedule.needs import Bout, Needs, week
from boneplan.schedule.windows import DAYS, Window

if TYPE_CHECKING:
    from boneplan.lp import Model

HARD = ("aerobic_minutes", "aerobic_days", "resistance_days", "resistance_rest", "balance_days")
# Fresh for balance, warm for impact, and posture work last.
ORDER = ("balance", "aerobic", "resistance", "impact", "posture")
SECONDS = 10.0  # a guard only: a week solves in a few hundredths of a second

Terms = list[tuple[Any, float]]


@dataclass(frozen=True)
class Slot:
    """A session without its exercises: `day` and `start` as in `Window`, `minutes` long."""

    day: int
    start: int
    minutes: int
    bout: Bout


class WeekModel:
    """The program of one week in `windows`.

    `repeats`: the same week follows again, so that its last and its first day are neighbours. `rest`: days without
    resistance, because a neighbouring week has some beside them. `hard`: which of the hard rules to keep. `room`: by
    how many minutes each window may grow, every minute at a cost of 1.
    """

    def __init__(
        self,
        windows: Sequence[Window],
        needs: Needs,
        *,
        repeats: bool,
        rest: Collection[int] = (),
        hard: Collection[str] = HARD,
        room: Sequence[int] | None = None,
    ) -> None:
        from boneplan.lp import Model

        self.windows, self.needs, self.repeats, self.rest = windows, needs, repeats, rest
        self.everywhere = range(len(windows))
        self.lp: Model = Model("week")
        self._grid = week().number("grid_minutes")
        self._nothing = self.lp.variable(0, 0)
        self._used: dict[tuple[int, str], Any] = {}
        self._minutes: dict[tuple[int, str], Terms] = {}
        self._grows: dict[int, Any] = {}
        for index in self.everywhere:
            self._add_window(index, room[index] if room else 0)
        self._add_hard(hard)

    def _add_window(self, index: int, room: int) -> None:
        window = self.windows[index]
        for bout in self.needs.bouts:
            if window.minutes + room >= bout.shortest:
                self._add_bout(index, bout, window.minutes + room)
        filled = [term for bout in self.needs.bouts for term in self.minutes(index, bout)]
        if room:
            steps = room // self._grid
            self._grows[index] = self.lp.variable(0, steps, integer=True, cost=self._grid)
            filled.append((self._grows[index], -self._grid))
            # Of equal sums of minutes, the one on the fewest and the first days.
            touched = self.lp.variable(0, 1, integer=True, cost=0.1 + 0.01 * window.day)
            self.row("growth", [(self._grows[index], 1.0), (touched, -steps)], high=0)
        self.row("availability", filled, high=window.minutes)
        warm = negative([*self.uses("aerobic", [index]), *self.uses("resistance", [index])])
        self.row("impact after a warm-up", [*self.uses("impact", [index]), *warm], high=0)

    def _add_bout(self, index: int, bout: Bout, room: int) -> None:
        # No longer than the window, which the solver could find out for itself, but not cheaply.
        longest = min(bout.longest, max(bout.shortest, room // self._grid * self._grid))
        used = self.lp.variable(0, 1, integer=True)
        self._used[index, bout.name] = used
        if bout.shortest == longest:
            self._minutes[index, bout.name] = [(used, longest)]
            return
        steps = self.lp.variable(0, longest // self._grid, integer=True)
        self._minutes[index, bout.name] = [(steps, self._grid)]
        self.row("length", [(steps, self._grid), (used, -bout.shortest)], low=0)
        self.row("length", [(steps, self._grid), (used, -longest)], high=0)

    def _add_hard(self, hard: Collection[str]) -> None:
        number = week().number
        for day in range(DAYS):
            for kind in ("resistance", "balance", "posture", "impact"):
                self.row(f"one {kind} session a day", self.uses(kind, self.on(day)), high=1)
            # By the day and not by the window, so that a meal in the middle of a window makes no difference.
            done = {
                b.name: [t for i in self.on(day) for t in self.minutes(i, b)] for b in self.needs.of_kind("aerobic")
            }
            for bout in self.needs.of_kind("aerobic"):
                self.row("aerobic_longest", done[bout.name], high=bout.longest)
            self.row("aerobic_longest", [t for terms in done.values() for t in terms], high=number("aerobic_longest"))
        if "aerobic_minutes" in hard:
            self.row("aerobic_minutes", self.worth(self.everywhere), low=self.needs.aerobic_minutes)
        if "aerobic_days" in hard:
            active: Terms = []
            for day in range(DAYS):
                active.append((self.lp.variable(0, 1, integer=True), 1.0))
                self.row("aerobic_days", [*self.uses("aerobic", self.on(day)), *negative(active[-1:])], low=0)
            self.row("aerobic_days", active, low=number("aerobic_days"))
        if "resistance_days" in hard:
            least, most = number("resistance_days"), number("resistance_days_most")
            self.row("resistance_days", self.uses("resistance", self.everywhere), low=least, high=most)
        if "resistance_rest" in hard:
            for first in range(DAYS if self.repeats else DAYS - 1):
                pair = [*self.on(first), *self.on((first + 1) % DAYS)]
                self.row("resistance_rest", self.uses("resistance", pair), high=1)
            for day in self.rest:
                self.row("resistance_rest", self.uses("resistance", self.on(day)), high=0)
        if "balance_days" in hard:
            self.row("balance_days", self.uses("balance", self.everywhere), low=number("balance_days"))

    def row(self, name: str, terms: Terms, *, low: float | None = None, high: float | None = None) -> None:
        """Adds low <= terms <= high. A row over no sessions at all can still fail."""
        self.lp.row(name, terms or [(self._nothing, 1.0)], low=low, high=high)

    def on(self, day: int) -> list[int]:
        """The windows of a day, by index."""
        return [index for index, window in enumerate(self.windows) if window.day == day]

    def uses(self, kind: str, windows: Collection[int]) -> Terms:
        """How many sessions of `kind` stand in these windows."""
        keys = [(index, bout.name) for index in windows for bout in self.needs.bouts if bout.kind == kind]
        return [(self._used[key], 1.0) for key in keys if key in self._used]

    def used(self, index: int, bout: Bout) -> Terms:
        """Whether `bout` stands in the window."""
        return [(self._used[index, bout.name], 1.0)] if (index, bout.name) in self._used else []

    def minutes(self, index: int, bout: Bout) -> Terms:
        """How many minutes `bout` has in the window."""
        return self._minutes.get((index, bout.name), [])

    def worth(self, windows: Collection[int]) -> Terms:
        """The moderate aerobic minutes in these windows, each vigorous one counted for what it is worth."""
        terms: Terms = []
        for index in windows:
            for bout in self.needs.of_kind("aerobic"):
                terms += [(v, factor * bout.worth) for v, factor in self.minutes(index, bout)]
                terms += [(v, -bout.overhead) for v, _ in self.used(index, bout)]
        return terms

    def solve(self) -> bool:
        """Whether there is a week. Raises `Fault` where the solver could not tell."""
        solution = self.lp.solve(seconds=SECONDS)
        if solution.outcome == "unknown":
            raise Fault(f"the exercise schedule was not solved within {SECONDS:.0f} seconds")
        return solution.found

    def slots(self) -> list[Slot]:
        """The sessions of the solution, each window filled from its start, in order of time."""
        from boneplan.lp import value

        found = []
        for index, window in enumerate(self.windows):
            at = window.start
            for bout in sorted(self.needs.bouts, key=lambda b: ORDER.index(b.kind)):
                if any(value(variable) > 0.5 for variable, _ in self.used(index, bout)):
                    minutes = round(sum(value(v) * factor for v, factor in self.minutes(index, bout)))
                    found.append(Slot(window.day, at, minutes, bout))
                    at += minutes
        return sorted(found, key=lambda slot: (slot.day, slot.start))

    def growth(self) -> dict[int, int]:
        """The minutes by which windows grow in the solution, by index, without those that stay."""
        from boneplan.lp import value

        grown = {index: round(value(variable)) * self._grid for index, variable in self._grows.items()}
        return {index: minutes for index, minutes in grown.items() if minutes}


def negative(terms: Terms) -> Terms:
    """The terms with their signs turned."""
    return [(variable, -factor) for variable, factor in terms]
