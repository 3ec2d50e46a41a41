"""Variety: no food twice in a meal, how often a food or a kind comes back, and how many foods there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from boneplan.verify.asked import uses_asked
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.totals import by_meal


def check_variety(case: Case) -> Iterator[Breach]:
    """The rules of variety on every meal and every week of menus.

    A food that a rules file asks for may come back as often as it says.
    """
    for (date, meal), served in by_meal(case).items():
        for food_id, count in Counter(s.food.id for s in served).items():
            if count > 1:
                yield Breach("verify/variety", f"{date} {meal}", f"{food_id} stands {count} times in one meal")
    rules = case.tables.variety
    for first, days in case.weeks():
        if not days:
            continue
        dates = {day.date for day in days}
        foods = [s.food for s in case.served if s.day.date in dates]
        where = f"week of {first}"
        uses = Counter(food.id for food in foods)
        for food in {food.id: food for food in foods}.values():
            usual = rules.most_uses(food.category)
            most = max(usual, uses_asked(case, food, first))
            if uses[food.id] > most:
                kind = " (a main dish)" if most == usual == rules.max_main_uses else ""
                text = f"{food.name}{kind} {uses[food.id]} times, over {most}"
                yield Breach("verify/variety-uses", where, text)
        for limit in rules.limits:
            count = sum(food.category in limit.categories for food in foods)
            if count > limit.most:
                text = f"{limit.id.replace('_', ' ')} {count} times, over {limit.most}"
                yield Breach("verify/variety-kind", where, text)
        if len(uses) < rules.min_distinct:
            text = f"{len(uses)} different foods, fewer than {rules.min_distinct}"
            yield Breach("verify/variety-distinct", where, text)
