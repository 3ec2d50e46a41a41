"""What a menu tells of itself: which groups of foods bring its nutrients, and what was left out for the person."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from boneplan.foods.eligible import HOLDS, MEALS, Exclusion
from boneplan.foods.groups import group_names, group_of
from boneplan.menu.case import MenuCase
from boneplan.plan import FoodGroup, LeftOut, Menu

TOLD = ("energy", "protein", "calcium", "vitamin_d", "vitamin_k")
EXAMPLES = 3


def summarised(menu: Menu, case: MenuCase) -> Menu:
    """`menu` with its groups of foods, week by week, and every rule of `case` that keeps foods out."""
    return menu.model_copy(update={"groups": list(_groups(menu, case)), "left_out": list(_left_out(case))})


def _groups(menu: Menu, case: MenuCase) -> Iterator[FoodGroup]:
    foods = {item.food for day in menu.days for meal in day.meals for item in meal.items}
    if not foods:
        return
    rows = case.table.foods.loc[sorted(foods)]
    group = {food: group_of(int(category)) for food, category in rows["category"].items()}
    per_100_g = case.table.counted().loc[rows.index, list(TOLD)].fillna(0.0).to_dict("index")
    weeks: dict[dt.date, dict[str, dict[str, float]]] = {}
    dates: dict[dt.date, int] = defaultdict(int)
    for day in menu.days:
        start = case.start + dt.timedelta(weeks=(day.date - case.start) // dt.timedelta(weeks=1))
        dates[start] += 1
        sums = weeks.setdefault(start, defaultdict(lambda: dict.fromkeys(TOLD, 0.0)))
        for item in (item for meal in day.meals for item in meal.items):
            for nutrient, amount in per_100_g[item.food].items():
                sums[group[item.food]][str(nutrient)] += amount * item.grams / 100
    for start, sums in weeks.items():
        for name in group_names():
            if name in sums:
                means = {nutrient: round(amount / dates[start], 2) for nutrient, amount in sums[name].items()}
                yield FoodGroup(start=start, group=name, amounts=means)


def _left_out(case: MenuCase) -> Iterator[LeftOut]:
    known = _known(case)
    for exclusion in case.excluded:
        if exclusion.foods:
            yield LeftOut(
                rule=exclusion.rule,
                text=exclusion.text,
                foods=len(exclusion.foods),
                meals=[] if set(exclusion.meals) == set(MEALS) else list(exclusion.meals),
                examples=_examples(exclusion, case, known),
            )


def _known(case: MenuCase) -> Mapping[str, int]:
    """How often people like this one eat each food, at any meal."""
    group = "women" if case.profile.sex == "female" else "men"
    options = case.table.options
    counts = options[options["group"] == group].groupby("food_id")["n"].sum()
    return {str(food): int(count) for food, count in counts.items()}


def _examples(exclusion: Exclusion, case: MenuCase, known: Mapping[str, int]) -> list[str]:
    flag = exclusion.rule.rpartition("/")[2]
    flags = case.table.foods[flag].to_dict() if flag in HOLDS else {}
    # What surely holds it says more than what only may, such as crackers that share a name with oysters.
    most = sorted(exclusion.foods, key=lambda food: (flags.get(food) == "may", -known.get(food, 0), food))[:EXAMPLES]
    return [str(case.table.foods.at[food, "name"]) for food in most]
