"""A person's own foods and recipes: beside the tables, and true to their ingredients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from operator import mul

from boneplan.plan import Plan
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.own_food import CERTAINTY, NOT_WRITTEN, PHYTOESTROGENS, OwnFood, read_own_food
from boneplan.verify.tables import FLAGS, NUTRIENTS, Food, FoodTables

GROUPS = ("women", "men")
PRICE = "price"
TOLERANCE = 0.01
TOLERANCE_SHARE = 0.005
BOUNDED_BY = {"saturated_fat": ("fat",), "added_sugar": ("carbohydrate",)}
"""What an unknown amount is a part of; added sugar of the tables is bounded by their sugars already."""
Parts = Sequence[tuple[Food, float]]
"""What goes into a dish: foods, and the grams of each."""


def foods_named(plan: Plan) -> set[str]:
    """What the own foods are called and made of, as far as they say so: shipped foods may be among them."""
    named: set[str] = set()
    for _, own in _readable(plan):
        named |= {own.food.id, *(food for food, _ in own.ingredients)}
    return named


def with_own_foods(tables: FoodTables, plan: Plan) -> FoodTables:
    """The tables with the plan's own foods beside the shipped ones, in whose place none can stand."""
    if not plan.own_foods:
        return tables
    foods, portions, usual = dict(tables.foods), dict(tables.portions), dict(tables.usual)
    recipes = {own.food.id: own for _, own in _readable(plan)}
    for own in recipes.values():
        if own.food.id not in foods:
            foods[own.food.id] = own.food
            portions[own.food.id] = own.portions
            usual |= {(own.food.id, meal, group): grams for meal, grams in own.usual.items() for group in GROUPS}
    within = {food: frozenset(_all_in(own, recipes)) for food, own in recipes.items() if food not in tables.foods}
    return replace(tables, foods=foods, portions=portions, usual=usual, within=within)


def check_own_foods(case: Case) -> Iterator[Breach]:
    """Every own food has an id and figures of its own, and every recipe those of its ingredients."""
    found = dict(_readable(case.plan))
    known = case.tables.foods.foods
    recipes = {own.food.id: own for own in found.values()}
    for number in range(len(case.plan.own_foods)):
        where = f"own_foods[{number}]"
        own = found.get(number)
        if own is None:
            yield Breach("verify/own-food", where, "not written as an own food is")
        elif known.get(own.food.id) != own.food:
            yield Breach("verify/own-food", where, f"{own.food.id} is another food already")
        elif unknown := [food for food, _ in own.ingredients if food not in known]:
            yield Breach("verify/own-food", where, f"{unknown[0]!r}, of which it is made, is in no table")
        elif own.food.id in _all_in(own, recipes):
            yield Breach("verify/own-food", where, f"{own.food.id} is made of itself")
        elif own.ingredients:
            parts = [(known[food], grams) for food, grams in own.ingredients]
            for text in chain(_amounts(own, parts), _flags(own.food, parts), _absorption(case, own.food, parts)):
                yield Breach("verify/own-food", where, text)


def _amounts(own: OwnFood, parts: Parts) -> Iterator[str]:
    """Where the amounts or the price that a recipe states are not those of its ingredients."""
    for name in (*NUTRIENTS, PRICE):
        said = own.food.price if name == PRICE else own.food.amounts[name]
        amounts = [_most(food, name, grams) for food, grams in parts]
        if said is None:
            continue  # unknown is never less careful than known
        if None in amounts and name != "isoflavones":
            yield f"{said:g} of {name} in 100 g, yet it is not known of all that goes in"
            continue
        true = 100 * sum(amount or 0.0 for amount in amounts) / own.yield_grams
        if abs(said - true) > max(TOLERANCE, TOLERANCE_SHARE * abs(true)):
            yield f"{said:g} of {name} in 100 g, its ingredients make {true:.4g}"


def _flags(food: Food, parts: Parts) -> Iterator[str]:
    """Where a recipe is said to be milder than what goes into it."""
    for flag in FLAGS:
        worst = max((part.flag(flag) for part, _ in parts), key=CERTAINTY.index)
        if CERTAINTY.index(food.flag(flag)) < CERTAINTY.index(worst):
            yield f"{flag} is {food.flag(flag)!r}, of its ingredients {worst!r}"
    richest = max((part.phytoestrogen for part, _ in parts), key=PHYTOESTROGENS.index)
    if PHYTOESTROGENS.index(food.phytoestrogen) < PHYTOESTROGENS.index(richest):
        yield f"phytoestrogens are {food.phytoestrogen!r}, of its ingredients {richest!r}"
    if any(part.isoflavones_unknown for part, _ in parts) and not food.isoflavones_unknown:
        yield "its isoflavones are called known, those of an ingredient are not"


def _absorption(case: Case, food: Food, parts: Parts) -> Iterator[str]:
    """Where the share of its calcium that is absorbed is not the mean of its ingredients', by their calcium."""
    rules = case.tables.absorption
    calcium = [part.amount("calcium", grams) or 0.0 for part, grams in parts]
    if rules is None or food.absorption is None or not sum(calcium):
        return
    indices = [rules.index(part) for part, _ in parts]
    true = sum(map(mul, calcium, indices)) / sum(calcium) * rules.milk(rules.reference_load)
    if abs(food.absorption - true) > TOLERANCE:
        yield f"{food.absorption:g} of its calcium are absorbed, of its ingredients {true:.3g}"


def _most(food: Food, name: str, grams: float) -> float | None:
    """What `grams` of the food cost, or hold at most: unknown saturated fat is a part of the fat, and so on."""
    if name == PRICE:
        return None if food.price is None else food.price * grams / 100
    for key in (name, *BOUNDED_BY.get(name, ())):
        if (amount := food.amount(key, grams)) is not None:
            return amount
    return None


def _all_in(own: OwnFood, recipes: Mapping[str, OwnFood]) -> set[str]:
    """The ids of everything that a dish is made of, dishes within it included."""
    seen: set[str] = set()
    waiting = [food for food, _ in own.ingredients]
    while waiting:
        food = waiting.pop()
        if food not in seen:
            seen.add(food)
            waiting += [part for part, _ in recipes[food].ingredients] if food in recipes else []
    return seen


def _readable(plan: Plan) -> Iterable[tuple[int, OwnFood]]:
    """The own foods that are written as such, with their numbers in the plan."""
    for number, row in enumerate(plan.own_foods):
        try:
            yield number, read_own_food(row)
        except NOT_WRITTEN:
            continue  # a breach of `check_own_foods`
