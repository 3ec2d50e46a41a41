"""Foods that a condition or a medicine keeps off the plate, as guidelines/safety/foods.yaml says."""

from __future__ import annotations

from functools import cache

from boneplan.applies import classes_of
from boneplan.choices import Condition
from boneplan.profile import Profile
from boneplan.rows import Row, Sourced, shipped_rows

FILE = "safety/foods.yaml"


class Trigger(Row):
    """One of these conditions, or a medicine of one of these kinds (guidelines/safety/medicines.yaml)."""

    conditions: tuple[Condition, ...] = ()
    medicines: tuple[str, ...] = ()


class FoodRule(Sourced):
    """A rule called `rule` in plans: for whom it is, and the foods it leaves out, by words, ids or flags."""

    id: str
    rule: str
    title: str
    text: str
    when: Trigger
    words: tuple[str, ...] = ()
    foods: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    def is_for(self, profile: Profile) -> bool:
        """Whether the person has one of its conditions or takes a medicine of one of its kinds."""
        kinds = frozenset[str]().union(*(classes_of(medicine.name) for medicine in profile.medications))
        return not kinds.isdisjoint(self.when.medicines) or any(c in profile.conditions for c in self.when.conditions)


class _File(Row):
    rules: tuple[FoodRule, ...]


@cache
def food_rules() -> tuple[FoodRule, ...]:
    """Every rule of the file, in its order."""
    return shipped_rows(_File, FILE).rules


def food_rules_for(profile: Profile) -> list[FoodRule]:
    """The rules that are for this person."""
    return [rule for rule in food_rules() if rule.is_for(profile)]
