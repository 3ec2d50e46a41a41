"""What a rules file asks of a week's menus: servings to hold, and foods to keep out."""

from __future__ import annotations

from boneplan.foods.eligible import Exclusion
from boneplan.foods.requested import banned, requested
from boneplan.foods.table import FoodTable
from boneplan.menu.patterns import Required
from boneplan.rules import Rules, rule_id


def required_servings(table: FoodTable, rules: Rules) -> tuple[Required, ...]:
    """What the rules require of each week."""
    return tuple(
        Required(
            rule_id("require", number),
            requested(table.foods, rule.food),
            rule.per_week,
            f"{rule.food} at least {_times(rule.per_week)} a week",
        )
        for number, rule in enumerate(rules.require)
    )


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def bans(table: FoodTable, rules: Rules) -> list[Exclusion]:
    """Each ban as a rule that keeps foods out."""
    return [
        Exclusion(rule_id("ban", number), f"a ban on {word} in the rules", banned(table.foods, word), word=word)
        for number, word in enumerate(rules.ban)
    ]
