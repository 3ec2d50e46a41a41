"""Irreducible conflicts: rules that cannot all hold, though any one of them left out the others can."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from boneplan.lp import Model
from boneplan.lp_live import Live

Clash = Callable[[Collection[str]], bool]
"""Whether these rules cannot all hold, every other one being lifted."""


def shrink(rules: Sequence[str], clash: Clash) -> list[str]:
    """An irreducible conflict among `rules`, in their order; empty where the rest is impossible without any of them.

    The earlier rules are the ones to blame: a later one is named only where the earlier ones alone can all hold. This
    is QuickXplain (Junker, AAAI 2004), which asks about k · log(n / k) times for k of n rules.
    """

    def explained(behind: list[str], among: list[str], *, grown: bool) -> list[str]:
        if grown and clash(behind):
            return []
        if len(among) == 1:
            return among
        half = len(among) // 2
        first, second = among[:half], among[half:]
        late = explained(behind + first, second, grown=True)
        return explained(behind + late, first, grown=bool(late)) + late

    if not rules or clash([]):
        return []
    return explained([], list(rules), grown=False)


def irreducible(model: Model, keep: Callable[[str], bool] = lambda _: True) -> list[str]:
    """The names of rules in a model without solution that cannot all hold: irreducible, in the order of its rows.

    All rows of a name stand and fall together. Names that are not to `keep` are of the background, which always
    holds; the answer is empty where that alone has no solution. Where the linear relaxation has none, HiGHS's
    irreducible infeasible subset of its rows says where to look; where only whole numbers have none, every rule is
    asked. Raises ValueError where the model does have a solution, or none could be told in time.
    """
    relaxed = not model.solve(relaxed=True).found
    if not relaxed and (ended := model.solve().outcome) != "infeasible":
        raise ValueError(f"a model that is {ended} holds no conflict")
    names = [name for name in dict.fromkeys(model.rows) if keep(name)]
    if relaxed:
        at_fault = frozenset(model.irreducible_conflict())
        names = [name for name in names if name in at_fault]
        model.solve(relaxed=True)
    return shrink(names, _switches(Live(model), names))


def _switches(live: Live, names: Sequence[str]) -> Clash:
    """Whether the rows of some of `names` have no solution, those of the others being lifted."""
    rows: dict[str, list[tuple[int, float, float]]] = {name: [] for name in names}
    for number, name in enumerate(live.rows):
        if name in rows:
            rows[name].append((number, *live.limits(number)))
    held = set(names)

    def clash(kept: Collection[str]) -> bool:
        wanted = set(kept)
        for name in held ^ wanted:
            for number, low, high in rows[name]:
                if name in wanted:
                    live.set_row(number, low=low, high=high)
                else:
                    live.set_row(number)
        held.clear()
        held.update(wanted)
        return live.solve().outcome == "infeasible"

    return clash
