"""The week's variety as rows: how often foods come back, limits, wishes, and servings that a rules file counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from boneplan.lp import Model
from boneplan.menu.patterns import DAYS, Count, MealBook
from boneplan.menu.served import Column

AGAIN_COST = 0.6  # each further serving of a food in the week, so that the week does not repeat its favourites
STAPLE_AGAIN_COST = 0.03  # the same for bread, milk, coffee and other staples, which people do eat every day
WISH_COST = 1.5  # each serving missing of a kind that the week should hold


def again_costs(book: MealBook, category: int, food: str) -> list[float]:
    """What each serving of the food costs for being another one, from the first to as many as the week may hold.

    Never less than the one before: the first is free, and so are all that a rules file reuses.
    """
    step = STAPLE_AGAIN_COST if category in book.staples else AGAIN_COST
    return [0.0 if k < book.reused(food) else step * k for k in range(book.most_uses(category, food))]


def variety_rows(model: Model, book: MealBook, uses: Sequence[tuple[Column, Any]], *, whole: bool = True) -> None:
    """How often foods and kinds of food may and should stand in the week, and how many different ones.

    In a model of `whole` servings the choices that a rules file leaves open are whole as well.
    """
    by_food: dict[tuple[str, int], list[tuple[Any, float]]] = defaultdict(list)
    for column, use in uses:
        by_food[column.option.food, column.option.category].append((use, 1.0))
    firsts = []
    for (food, category), terms in by_food.items():
        tiers = [model.variable(0, 1, cost=cost) for cost in again_costs(book, category, food)]
        model.row(f"variety/{food}", [*terms, *((tier, -1.0) for tier in tiers)], low=0.0, high=0.0)
        firsts.append((tiers[0], 1.0))
    # A first tier is at most 1 and at most the uses, so their sum never exceeds the number of different foods.
    model.row("variety/distinct", firsts, low=book.variety.min_distinct)
    for limit in book.limits:
        terms = [(use, 1.0) for column, use in uses if column.option.category in limit.categories]
        model.row(f"limits/{limit.id}", terms, high=limit.max)
    for count in book.counts:
        _count_rows(model, book, count, uses, whole)
    for wish in book.wishes:
        terms = [(use, 1.0) for column, use in uses if wish.id in column.option.wishes]
        missing = model.variable(0, wish.at_least, cost=WISH_COST)
        model.row(f"wishes/{wish.id}", [*terms, (missing, 1.0)], low=wish.at_least)


def _count_rows(model: Model, book: MealBook, count: Count, uses: Sequence[tuple[Column, Any]], whole: bool) -> None:
    """What a week holds of the servings that a rules file counts; those of each day are added up over its days."""
    counted = [(column, use) for column, use in uses if count.fits(column.option.food, column.option.meal)]
    terms = [(use, 1.0) for _, use in counted]
    if count.least:
        model.row(count.rule, terms or [(model.variable(0, 0), 1.0)], low=count.least_a_week)
    if count.most is not None and terms and not count.days:
        model.row(count.rule, terms, high=count.most * (DAYS if count.each == "day" else 1))
    if count.same and counted:
        _same_rows(model, book, count, counted, whole)


def _same_rows(
    model: Model, book: MealBook, count: Count, counted: Sequence[tuple[Column, Any]], whole: bool
) -> None:
    """One of the foods is served exactly so often: `chosen` is 1 for it and 0 for the others."""
    by_food: dict[tuple[str, int], list[tuple[Any, float]]] = defaultdict(list)
    for column, use in counted:
        by_food[column.option.food, column.option.category].append((use, 1.0))
    one = []
    for (food, category), terms in by_food.items():
        chosen, most = model.variable(0, 1, integer=whole), book.most_uses(category, food)
        model.row(count.rule, [*terms, (chosen, -count.least)], low=0.0)
        model.row(count.rule, [*terms, (chosen, most - count.least)], high=most)
        one.append((chosen, 1.0))
    model.row(count.rule, one, low=1.0, high=1.0)
