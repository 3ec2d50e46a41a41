"""The best filling of the free meals of a week: first among the most promising portions, then among more."""

from __future__ import annotations

from collections.abc import Sequence

from boneplan.edits.model import ASKED, EditModel, Filled, Free
from boneplan.menu.irreducible import irreducible
from boneplan.menu.laid import Laid
from boneplan.menu.pairs import Pairs

FEW, MORE = 90, 180  # portions of each free meal with the smallest reduced costs
GOOD = 12.0  # a filling that costs so much more than the relaxation is sought once more among more portions
BACKGROUND = ("meals/", "portions/", "company", ASKED)  # rows that say what a meal is, and what is asked of it


def fill(
    laid: Laid,
    free: Sequence[Free],
    pairs: Pairs,
    *,
    firm: frozenset[str] = frozenset(),
    seconds: float,
    any_will_do: bool = False,
) -> list[Filled]:
    """The free meals filled at the least cost found; empty where no filling keeps every rule.

    Soft bounds whose rules are `firm` are kept too. `seconds` is a backstop for each search. With `any_will_do` it is
    only asked whether there is one.
    """
    if not all(meal.patterns for meal in free):
        return []
    whole = EditModel(laid, free, pairs, firm=firm)
    least = whole.model.solve(relaxed=True).objective
    if least is None:
        return []
    found: list[Filled] = []
    for most in (FEW, MORE):
        model = EditModel(laid, whole.promising(most), pairs, firm=firm)
        found = model.fill(seconds, any_will_do=any_will_do) or found
        cost = model.solution.objective
        if found and (any_will_do or (cost is not None and cost - least <= GOOD * len(free))):
            return found
    return found or whole.fill(seconds, any_will_do=any_will_do)


def conflict_rules(laid: Laid, free: Sequence[Free]) -> list[str]:
    """Rules that no filling of the free meals can keep all, though any one of them left out would do.

    Empty where the meals themselves cannot be built, whatever the rules say.
    """
    if not all(meal.patterns for meal in free):
        return []
    model = EditModel(laid, free, None)
    return irreducible(model.model, keep=lambda name: not name.startswith(BACKGROUND))
