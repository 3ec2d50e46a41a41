"""The figures of a person's own food: a label brought to 100 g, a dish as the sum of what goes into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from boneplan.absorption import absorption, food_fractions
from boneplan.foods.own.figures import PER_100_G, figures, implausible, too_much, upper_bounds
from boneplan.foods.own.flags import FLAGS, Answer, Flag, flags_of, worst
from boneplan.foods.own.food import OwnFood, OwnMeasure, Part
from boneplan.foods.own.place import Place, Slips, scaled
from boneplan.foods.own.schema import AMOUNTS, OwnEntry, Serving
from boneplan.foods.table import FoodTable

DIGITS = 4  # of amounts per 100 g: more than any label prints
PHYTOESTROGENS = ("none", "trace", "source")  # from mild to worst


@dataclass(frozen=True)
class Facts:
    """What a food holds, per 100 g; what is not there is unknown. The names are those of `OwnFood`."""

    amounts: dict[str, float]
    flags: dict[Flag, Answer]
    phytoestrogen: str
    isoflavones_unknown: bool
    price: float | None
    calcium_absorption: float
    at_most: frozenset[str] = frozenset()
    as_like: tuple[str, ...] = ()
    grams: float | None = None
    parts: Sequence[Part] = field(default=())


class Larder:
    """The facts of every food that can go into a dish: the shipped ones, and own ones as they are added."""

    def __init__(self, table: FoodTable) -> None:
        self.table, self.counted, self.fractions = table, table.counted(), food_fractions(table)
        self.own: dict[str, Facts] = {}

    def add(self, food: str, facts: Facts) -> None:
        """Takes in an own food."""
        self.own[food] = facts

    def of(self, food: str) -> Facts:
        """The facts of a food by its id."""
        if food in self.own:
            return self.own[food]
        row: Mapping[Any, Any] = self.table.foods.loc[[food]].to_dict("records")[0]
        counted: Mapping[Any, Any] = {**self.counted.loc[[food]].to_dict("records")[0], "sugars": row["sugars"]}
        unknown = row["isoflavones_unknown"] == 1
        if unknown:
            counted = {name: amount for name, amount in counted.items() if name != "isoflavones"}
        return Facts(
            amounts={
                name: float(amount) for name, amount in counted.items() if amount == amount
            },  # NaN is not itself
            flags={flag: worst([str(row[flag])]) for flag in FLAGS},
            phytoestrogen=str(row["phytoestrogen"]),
            isoflavones_unknown=unknown,
            price=float(row["price"]) if row["price"] == row["price"] else None,
            calcium_absorption=self.fractions[food],
        )


def label(entry: OwnEntry, place: Place, larder: Larder) -> Facts:
    """The facts of a food with a label; amounts that it takes `as_like` are those of the food it is like."""
    assert entry.label is not None
    amounts = entry.label.per_100_g(entry.serving.grams if entry.serving else None)
    price = amounts.pop("price", None)
    other = larder.of(place.like) if place.like else None
    taken = [name for name in entry.as_like if other and name in other.amounts]
    if other:
        amounts |= {name: other.amounts[name] for name in taken}
        if problems := [
            (f"as_like[{entry.as_like.index(n)}]", text) for n, text in implausible(amounts) if n in taken
        ]:
            raise Slips(*problems)
    said: str | None = entry.phytoestrogens
    if said == "none":
        amounts["isoflavones"] = 0.0
    if said is None and "isoflavones" in taken and other:
        said = other.phytoestrogen
    # Nobody said whether it is a source, unless it holds none at all: the unsafe answer.
    kind = said or ("none" if amounts.get("isoflavones") == 0 else "source")
    rules = absorption()
    own = rules.at_reference(rules.stand_in(place.description, place.category))
    bounds = upper_bounds(amounts)
    return Facts(
        amounts={**amounts, **bounds},
        flags=flags_of(entry.contains, entry.may_contain, entry.free_of),
        phytoestrogen=kind,
        isoflavones_unknown="isoflavones" not in amounts,
        price=price,
        calcium_absorption=other.calcium_absorption if other else own,
        at_most=frozenset(bounds),
        as_like=tuple(taken),
    )


def dish(entry: OwnEntry, parts: Sequence[Part], larder: Larder) -> Facts:
    """The facts of a dish: amounts and prices are sums, flags the worst; what any part does not know is unknown.

    Of its calcium as large a share is absorbed as of that of its parts. Nothing is lost in cooking but water.
    """
    together = sum(part.grams for part in parts)
    grams = entry.yield_grams or together
    low, high = (share * together for share in figures().yield_share)
    if not low <= grams <= high:
        text = f"{grams:g} g cannot come of {together:g} g of ingredients: weigh the cooked dish, in grams"
        raise Slips(("yield_grams", text))
    facts = [(part.grams / grams, larder.of(part.food)) for part in parts]
    amounts = {
        name: sum(share * one.amounts[name] for share, one in facts)
        for name in AMOUNTS
        if all(name in one.amounts for _, one in facts)
    }
    if problems := [("yield_grams", f"{name} {text}") for name, text in too_much(amounts)]:
        raise Slips(*problems)
    calcium = [(share * one.amounts.get("calcium", 0.0), one.calcium_absorption) for share, one in facts]
    weights = (
        calcium if sum(amount for amount, _ in calcium) else [(share, f.calcium_absorption) for share, f in facts]
    )
    said = flags_of(entry.contains, entry.may_contain, ["rest"])
    prices = [(share, one.price) for share, one in facts]
    return Facts(
        amounts=amounts,
        flags={flag: worst([said[flag], *(one.flags[flag] for _, one in facts)]) for flag in FLAGS},
        phytoestrogen=max((one.phytoestrogen for _, one in facts), key=PHYTOESTROGENS.index),
        isoflavones_unknown=any(one.isoflavones_unknown for _, one in facts),
        price=None if any(p is None for _, p in prices) else sum(share * (p or 0.0) for share, p in prices),
        calcium_absorption=sum(w * fraction for w, fraction in weights) / sum(w for w, _ in weights),
        at_most=frozenset(name for name in amounts if any(name in one.at_most for _, one in facts)),
        grams=grams,
        parts=parts,
    )


def made(food: str, entry: OwnEntry, place: Place, facts: Facts, source: str) -> OwnFood:
    """The food with its figures, its measures and its place."""
    measures = _measures(entry, place, facts)
    return OwnFood.model_validate(
        {
            "id": food,
            "name": entry.name,
            "description": place.description,
            "category": place.category,
            "category_name": place.category_name,
            "amounts": {name: round(facts.amounts[name], DIGITS) for name in AMOUNTS if name in facts.amounts},
            "at_most": sorted(facts.at_most),
            "as_like": list(facts.as_like),
            "flags": facts.flags,
            "phytoestrogen": facts.phytoestrogen,
            "isoflavones_unknown": facts.isoflavones_unknown,
            "price": None if facts.price is None else round(facts.price, DIGITS),
            "calcium_absorption": round(facts.calcium_absorption, DIGITS),
            "measures": measures,
            "eaten": [scaled(eaten, measures[0]) for eaten in place.eaten] if entry.weighed else place.eaten,
            "ingredients": list(facts.parts),
            "yield_grams": facts.grams,
            "source": source,
        }
    )


def _measures(entry: OwnEntry, place: Place, facts: Facts) -> Sequence[OwnMeasure]:
    """The food's own measure; those of the food it is like, where it names none."""
    serving = entry.serving or Serving(measure="serving", plural="servings")
    if not entry.weighed:
        return place.measures
    grams = serving.grams or (facts.grams or PER_100_G) / (entry.servings or 1)
    plural = serving.plural or f"{serving.measure}s"
    return [OwnMeasure(measure=serving.measure, plural=plural, grams=round(grams, 1), step=serving.step)]
