"""What a rules file asks of a week's menus: servings to hold, and foods to keep out."""

from __future__ import annotations

from boneplan.foods.eligible import Exclusion
from boneplan.foods.requested import banned, requested
from boneplan.foods.table import FoodTable
from boneplan.menu.patterns import Count
from boneplan.rules import Rules, rule_id


def required_servings(table: FoodTable, rules: Rules) -> tuple[Count, ...]:
    """What the rules require of each week."""
    return tuple(
        Count(
            rule_id("require", number),
            requested(table.foods, rule.food or ""),
            f"{rule.food} at least {_times(rule.per_week or 1)} a week",
            least=rule.per_week or 1,
        )
        for number, rule in enumerate(rules.require)
    )


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def bans(table: FoodTable, rules: Rules) -> list[Exclusion]:
    """Each ban as a rule that keeps foods out."""
    return [
        Exclusion(rule_id("ban", number), f"a ban on {word} in the rules", banned(table.foods, word), word=word)
        for number, rule in enumerate(rules.ban)
        for word in [rule.food or ""]
    ]
