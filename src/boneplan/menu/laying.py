"""The week's meals as rows: seven of each, the foods that their kinds hold, and what the tables of a kind bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from boneplan.menu.bounds import Bound
from boneplan.menu.patterns import DAYS, MealBook, Pattern
from boneplan.menu.served import Column, Served


def meal_rows(week: Served) -> None:
    """Seven of each meal, and as many foods of each role as those meals hold."""
    model = week.model
    per_role = week.group(lambda c: (c.option.meal, c.option.role))
    per_food = week.group(lambda c: (c.option.meal, c.option.role, c.option.food))
    by_meal: dict[str, list[tuple[Pattern, Any]]] = defaultdict(list)
    for pattern, times in week.laid():
        by_meal[pattern.meal].append((pattern, times))
    for meal, kinds in by_meal.items():
        model.row(f"meals/{meal}", [(times, 1.0) for _, times in kinds], low=DAYS, high=DAYS)
        for role in dict.fromkeys(role for pattern, _ in kinds for role in pattern.foods):
            served = per_role.get((meal, role), [])
            for side, sign in ((0, 1.0), (1, -1.0)):  # at least the least, at most the most
                needed = [(times, -sign * p.foods[role][side]) for p, times in kinds if role in p.foods]
                model.row(f"meals/{meal}/{role}", [(u, sign * k) for u, k in served] + needed, low=0.0)
            if any(p.foods[role][1] > 1 for p, _ in kinds if role in p.foods):
                # A meal with two places for a role holds two foods, not one food twice.
                tables = [(times, -1.0) for p, times in kinds if role in p.foods]
                for uses in (uses for key, uses in per_food.items() if key[:2] == (meal, role)):
                    model.row(f"meals/{meal}/{role}", [*uses, *tables], high=0.0)


def kind_rows(week: Served, book: MealBook) -> None:
    """How often the kinds of meal stand in the week that a rules file counts."""
    for count in book.kind_counts:
        terms = [(times, 1.0) for pattern, times in week.laid() if pattern.key in count.kinds]
        if count.least:
            week.model.row(count.rule, terms or [(week.model.variable(0, 0), 1.0)], low=count.least_a_week)
        if count.most_a_week is not None and terms:
            week.model.row(count.rule, terms, high=count.most_a_week)


def table_rows(week: Served, bounds: Sequence[Bound], margin: float) -> None:
    """Which kind of meal each serving stands in, where hard `bounds` of meals have to hold on every table.

    The tables of a kind together keep them too, by the share `margin` inside them. Seven meals together say little
    where one kind of meal is rich in what another lacks: no deal could mend that, for it moves servings only within
    their role.
    """
    for meal in week.meals:
        if not (own := [bound for bound in bounds if bound.about(meal)]):
            continue
        kinds = [(p, times) for p, times in week.laid() if p.meal == meal]
        laid: dict[str, list[tuple[Column, Any]]] = {pattern.name: [] for pattern, _ in kinds}
        for column, use in week.servings_of():
            role = column.option.role
            parts = {
                p.name: week.model.variable(0) for p, _ in kinds if column.option.meal == meal and role in p.foods
            }
            for name, part in parts.items():
                laid[name].append((column, part))
            if parts:
                week.model.row(
                    f"meals/{meal}/{role}", [(use, 1.0), *((v, -1.0) for v in parts.values())], low=0, high=0
                )
        for pattern, times in kinds:
            _keep(week, pattern, times, laid[pattern.name], own, margin)


def _keep(
    week: Served,
    pattern: Pattern,
    times: Any,
    laid: Sequence[tuple[Column, Any]],
    bounds: Sequence[Bound],
    margin: float,
) -> None:
    """What the tables of one kind of meal hold of each role, and of what the bounds are about."""
    for role, (least, most) in pattern.foods.items():
        served = [(part, 1.0) for column, part in laid if column.option.role == role]
        week.model.row(f"meals/{pattern.meal}/{role}", [*served, (times, -least)], low=0.0)
        week.model.row(f"meals/{pattern.meal}/{role}", [*served, (times, -most)], high=0.0)
    for bound in bounds:
        terms = [(part, column.amounts[bound.nutrient]) for column, part in laid]
        if bound.low:
            week.model.row(bound.rule, [*terms, (times, -bound.low * (1 + margin))], low=0.0)
        if bound.high is not None:
            week.model.row(bound.rule, [*terms, (times, -bound.high * (1 - margin))], high=0.0)
