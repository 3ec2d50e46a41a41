"""The ways to fill one day: the columns from which a week is put together.

Whole days make a far tighter program than single sessions: what fits into a window, and what a full day is, is
settled before the solver begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import combinations, product
from operator import add, gt, itemgetter

from boneplan.schedule.needs import Bout, Needs

Session = tuple[int, Bout, int]  # the window by its place in the day, the bout, its minutes
# All that matters of filled windows for the rest of the day, but what they cost: the last four fields of a filling.
_Key = tuple[tuple[int, ...], tuple[int, ...], frozenset[str], int]


@dataclass(frozen=True)
class Prices:
    """What a day costs: `session` a session in that window, with its minutes; `loading` what bone gains by a window's
    best bout; `two_big` strength beside an aerobic session, for each of the latter in one window.
    """

    session: Callable[[int, Bout, int], float]
    minute: Callable[[Bout], float]
    loading: Callable[[int, Bout], float]
    two_big: float


@dataclass(frozen=True)
class DayPlan:
    """One way to fill a day: `worth` are its moderate minutes, `vigorous` counts its vigorous sessions."""

    sessions: tuple[Session, ...]
    cost: float
    worth: float
    vigorous: int
    kinds: frozenset[str]


@dataclass(frozen=True)
class _Filling:
    """Windows filled: minutes and sessions of each aerobic bout, and how many of these one window holds at most."""

    sessions: tuple[Session, ...]
    cost: float
    minutes: tuple[int, ...]
    counts: tuple[int, ...]
    kinds: frozenset[str]
    together: int


class Days:
    """Fills days for one person; sessions last multiples of `grid`, aerobic ones `longest` a day together.

    Unless `fine`, moderate sessions over `full` minutes and all vigorous ones last multiples of twice the grid: half
    of the days to look at, and hardly worse ones.
    """

    def __init__(self, needs: Needs, *, grid: int, longest: int, full: int, fine: bool) -> None:
        self.aerobic = needs.of_kind("aerobic")
        self.others = [bout for bout in needs.bouts if bout.kind != "aerobic"]
        self.grid, self.longest, self.full, self.fine = grid, longest, full, fine

    def plans(
        self,
        lengths: Sequence[int],
        prices: Prices,
        *,
        resistance: bool = True,
        kept: Sequence[frozenset[str]] | None = None,
    ) -> list[DayPlan]:
        """The cheapest day for each combination of worth, vigorous sessions and kinds, in windows of these `lengths`.

        `resistance`: whether the day may hold any. `kept`: the names of the bouts that each window must hold.
        """
        zeros = (0,) * len(self.aerobic)
        nothing = _Filling((), 0.0, zeros, zeros, frozenset(), 0)
        days: dict[_Key, _Filling] = {((), (), frozenset(), 0): nothing}
        for place, length in enumerate(lengths):
            fillings = list(self._fillings(place, length, prices, resistance, kept[place] if kept else None))
            days = self._joined(days.values(), fillings)
        plans: dict[tuple[object, ...], DayPlan] = {}
        for day in days.values():
            plan = self._plan(day, prices)
            key = (plan.worth, plan.vigorous, plan.kinds)
            if key not in plans or plan.cost < plans[key].cost:
                plans[key] = plan
        return list(plans.values())

    def _fillings(
        self, place: int, length: int, prices: Prices, resistance: bool, kept: frozenset[str] | None
    ) -> Iterator[_Filling]:
        subsets = list(self._subsets(length, prices, resistance))
        price = cache(partial(prices.session, place))
        for minutes in product(*(self._choices(bout, length) for bout in self.aerobic)):
            walked = sum(minutes)
            if walked > min(length, self.longest):
                continue
            walks = [(bout, m) for bout, m in zip(self.aerobic, minutes, strict=True) if m]
            counts = tuple(int(m > 0) for m in minutes)
            for chosen, kinds, least in subsets:
                if walked + least > length:
                    break
                if "impact" in kinds and not walks and "resistance" not in kinds:
                    continue  # cold: nothing to warm up with
                held = [*walks, *self._stretched(chosen, length - walked - least)]
                if kept is not None and kept != {bout.name for bout, _ in held}:
                    continue
                gain = max((prices.loading(place, bout) for bout, _ in held), default=0.0)
                cost = sum(price(bout, m) for bout, m in held) - gain
                sessions = tuple((place, bout, m) for bout, m in held)
                yield _Filling(sessions, cost, minutes, counts, kinds, len(walks))

    def _subsets(
        self, length: int, prices: Prices, resistance: bool
    ) -> Iterator[tuple[tuple[Bout, ...], frozenset[str], int]]:
        """The other bouts that a window may hold together, the dearest minutes first; the shortest of them first."""
        others = [b for b in self.others if b.shortest <= length and (resistance or b.kind != "resistance")]
        others.sort(key=prices.minute, reverse=True)
        found = [chosen for count in range(len(others) + 1) for chosen in combinations(others, count)]
        for chosen in sorted(found, key=lambda bouts: sum(bout.shortest for bout in bouts)):
            yield chosen, frozenset(bout.kind for bout in chosen), sum(bout.shortest for bout in chosen)

    def _choices(self, bout: Bout, length: int) -> list[int]:
        every = range(bout.shortest, min(bout.longest, length) + 1, self.grid)
        exact = 0 if bout.worth > 1 else self.full
        return [0, *(m for m in every if self.fine or m <= exact or m % (2 * self.grid) == 0)]

    def _stretched(self, chosen: Sequence[Bout], free: int) -> Iterator[tuple[Bout, int]]:
        """The bouts with the free minutes dealt out, as many as they can take to the first."""
        free -= free % self.grid
        for bout in chosen:
            more = min(free, bout.longest - bout.shortest)
            free -= more
            yield bout, bout.shortest + more

    def _joined(self, days: Iterable[_Filling], fillings: Iterable[_Filling]) -> dict[_Key, _Filling]:
        """Each of `days` with what it may hold of the next window's `fillings`: the cheapest of each key."""
        of_kinds: dict[frozenset[str], list[tuple[int, _Filling]]] = defaultdict(list)
        for filling in fillings:
            of_kinds[filling.kinds].append((sum(filling.minutes), filling))
        for same_kinds in of_kinds.values():
            same_kinds.sort(key=itemgetter(0))
        limits = [bout.longest for bout in self.aerobic]
        best: dict[_Key, tuple[float, _Filling, _Filling]] = {}
        for day in days:
            room = self.longest - sum(day.minutes)
            for kinds, same_kinds in of_kinds.items():
                if day.kinds & kinds:
                    continue  # one session of a kind a day, but for aerobic ones
                both = day.kinds | kinds
                for walked, more in same_kinds:
                    if walked > room:
                        break
                    minutes = tuple(map(add, day.minutes, more.minutes))
                    if any(map(gt, minutes, limits)):
                        continue
                    together = max(day.together, more.together)
                    key = minutes, tuple(map(add, day.counts, more.counts)), both, together
                    cost = day.cost + more.cost
                    if key not in best or cost < best[key][0]:
                        best[key] = cost, day, more
        # Only what is kept is built: most of what was tried is not.
        return {key: _Filling(day.sessions + more.sessions, cost, *key) for key, (cost, day, more) in best.items()}

    def _plan(self, day: _Filling, prices: Prices) -> DayPlan:
        done = list(zip(self.aerobic, day.minutes, day.counts, strict=True))
        both = day.together if "resistance" in day.kinds else max(0, day.together - 1)
        return DayPlan(
            sessions=day.sessions,
            cost=day.cost + prices.two_big * both,
            worth=sum(bout.worth * minutes - bout.overhead * count for bout, minutes, count in done),
            vigorous=sum(count for bout, _, count in done if bout.name == "vigorous"),
            kinds=day.kinds | ({"aerobic"} if any(day.counts) else frozenset()),
        )
