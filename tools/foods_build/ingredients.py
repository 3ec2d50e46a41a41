"""What a food is made of, down to the single ingredient: recipes opened until only NDB numbers are left."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from foods_build.raw import IngredientRow

FIRST_FNDDS_CODE = 10_000_000


@dataclass(frozen=True)
class Leaf:
    """A single ingredient and its share (0..1) of the food's summed ingredient weight."""

    code: int
    description: str
    share: float


def moisture_factor(rows: list[IngredientRow]) -> float:
    """By how much loss of water concentrates a recipe; 1 where water is gained or nothing changes.

    A gain of water is left out on purpose: the figure for isoflavones is then an upper one.
    """
    change = rows[0].moisture_change if rows else 0.0
    return max(1.0, 1.0 / (1.0 + change / 100.0)) if change > -100.0 else 1.0


class Recipes:
    """The recipes of FNDDS, opened recursively."""

    def __init__(self, rows_by_food: dict[int, list[IngredientRow]]) -> None:
        self._rows = rows_by_food
        self._leaves = cache(self._open_leaves)
        self._texts = cache(self._open_texts)

    def rows(self, food: int) -> list[IngredientRow]:
        """The recipe lines of a food, empty where FNDDS gives none."""
        return self._rows.get(food, [])

    def leaves(self, food: int) -> tuple[Leaf, ...]:
        """Every single ingredient of a food with its share; the shares sum to 1, or there is no recipe."""
        return self._leaves(food)

    def texts(self, food: int) -> tuple[str, ...]:
        """The descriptions of every ingredient at every depth: a dish in a dish and its parts."""
        return self._texts(food)

    def _open_leaves(self, food: int) -> tuple[Leaf, ...]:
        rows = self.rows(food)
        total = sum(row.grams for row in rows)
        shares: dict[tuple[int, str], float] = {}
        for row in rows:
            share = row.grams / total if total else 0.0
            inner = self._leaves(row.code) if row.code >= FIRST_FNDDS_CODE and row.code != food else ()
            for leaf in inner or (Leaf(row.code, row.description, 1.0),):
                key = (leaf.code, leaf.description)
                shares[key] = shares.get(key, 0.0) + leaf.share * share
        return tuple(Leaf(code, text, share) for (code, text), share in sorted(shares.items()))

    def _open_texts(self, food: int) -> tuple[str, ...]:
        found: set[str] = set()
        for row in self.rows(food):
            found.add(row.description)
            if row.code >= FIRST_FNDDS_CODE and row.code != food:
                found.update(self._texts(row.code))
        return tuple(sorted(found))
