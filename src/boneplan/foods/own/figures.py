"""Whether the figures of a person's own food can be those of a food at all: entry bounds from foods/own.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from boneplan.data import shipped_yaml
from boneplan.rows import Row, checked

PER_100_G = 100  # grams that amounts are of


class Tolerance(Row):
    """A share of a figure, and so many of its unit beside it."""

    share: float
    kcal: float = 0.0
    grams: float = 0.0


class OwnFigures(Row):
    """foods/own.yaml: what is a slip of the pen. Pairs are least and most."""

    kcal_per_gram: dict[str, tuple[float, float]]
    energy_tolerance: Tolerance
    most_per_100_g: dict[str, float]
    most_grams_together: float
    parts: dict[str, str]
    rounding: Tolerance
    bounded_by: dict[str, tuple[str, ...]]
    yield_share: tuple[float, float]
    sodium_mg_per_gram_of_salt: float


@cache
def figures() -> OwnFigures:
    """The shipped entry bounds."""
    return checked(OwnFigures, shipped_yaml("foods", "own.yaml"), "foods/own.yaml")


def implausible(amounts: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """(nutrient, what is wrong with it and the mend) for each amount per 100 g of a label that no food holds."""
    said = figures()
    yield from too_much(amounts)
    for part, whole in said.parts.items():
        if part in amounts and whole in amounts:
            most = amounts[whole] * (1 + said.rounding.share) + said.rounding.grams
            if amounts[part] > most:
                yield part, f"is more than all {_words(whole)}: mend one of the two"
    yield from _energy(amounts)


def too_much(amounts: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """The same for amounts that 100 g cannot hold, by themselves or together."""
    said = figures()
    for name, amount in amounts.items():
        if amount > said.most_per_100_g[name]:
            most = said.most_per_100_g[name]
            yield name, f"makes {amount:,.0f} in 100 g, above the {most:,g} of any food: check its unit, and `per`"
    heavy = [name for name in ("protein", "fat", "carbohydrate", "alcohol") if name in amounts]
    together = sum(amounts[name] for name in heavy)
    if together > said.most_grams_together:
        yield heavy[0], f"with {' and '.join(heavy[1:])} makes {together:.0f} g in 100 g: check the weights"


def _energy(amounts: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """Energy that protein, fat and carbohydrate cannot make. Judged only where all of them are known."""
    if not {"energy", "protein", "fat", "carbohydrate"} <= amounts.keys():
        return
    said = figures()
    sugar_and_starch = max(0.0, amounts["carbohydrate"] - amounts.get("fibre", 0.0))
    grams = {**amounts, "carbohydrate": sugar_and_starch}
    factors = said.kcal_per_gram.items()
    made = [(low * grams.get(name, 0.0), high * grams.get(name, 0.0)) for name, (low, high) in factors]
    # A label may count fibre inside carbohydrate or beside it.
    most = sum(high for _, high in made) + said.kcal_per_gram["carbohydrate"][1] * amounts.get("fibre", 0.0)
    least = sum(low for low, _ in made)
    share, kcal = said.energy_tolerance.share, said.energy_tolerance.kcal
    if not least * (1 - share) - kcal <= amounts["energy"] <= most * (1 + share) + kcal:
        said_and_made = (
            f"makes {amounts['energy']:.0f} kcal in 100 g, yet protein, fat and carbohydrate make "
            f"{least:.0f} to {most:.0f}: give kcal, not kJ, and all amounts of the same weight"
        )
        yield "energy", said_and_made


def upper_bounds(amounts: Mapping[str, float]) -> dict[str, float]:
    """For unknown amounts that another one bounds (added sugar by sugars), that bound."""
    found = {}
    for name, wholes in figures().bounded_by.items():
        known = next((amounts[whole] for whole in wholes if whole in amounts), None)
        if name not in amounts and known is not None:
            found[name] = known
    return found


def _words(nutrient: str) -> str:
    return nutrient.replace("_", " ")
