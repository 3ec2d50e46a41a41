"""Each week's variety: how often a food or a kind of food comes back, and how many foods there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from boneplan.verify.breach import Breach
from boneplan.verify.case import Case


def check_variety(case: Case) -> Iterator[Breach]:
    """The rules of variety on every week of menus."""
    rules = case.tables.variety
    for first, days in case.weeks():
        if not days:
            continue
        dates = {day.date for day in days}
        foods = [s.food for s in case.served if s.day.date in dates]
        where = f"week of {first}"
        uses = Counter(food.id for food in foods)
        for food in {food.id: food for food in foods}.values():
            if uses[food.id] > rules.most_uses(food.category):
                kind = " (a main dish)" if rules.most_uses(food.category) == rules.max_main_uses else ""
                text = f"{food.name}{kind} {uses[food.id]} times, over {rules.most_uses(food.category)}"
                yield Breach("verify/variety-uses", where, text)
        for limit in rules.limits:
            count = sum(food.category in limit.categories for food in foods)
            if count > limit.most:
                text = f"{limit.id.replace('_', ' ')} {count} times, over {limit.most}"
                yield Breach("verify/variety-kind", where, text)
        if len(uses) < rules.min_distinct:
            text = f"{len(uses)} different foods, fewer than {rules.min_distinct}"
            yield Breach("verify/variety-distinct", where, text)
