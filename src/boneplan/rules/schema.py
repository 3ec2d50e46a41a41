"""A dietitian's own rules for a person's menus: targets moved, foods required, limited, banned, preferred and pinned.

What a rules file may say of foods, and all of it as one value; what it may say of amounts is `rules.amounts`. What
its targets make of the guidelines' is `rules.targets`; what it asks of the foods is `menu.asked`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from boneplan.choices import Policy
from boneplan.plan import MealName
from boneplan.profile_fields import MAX_LIST, WORDS_SCHEMA, Model, Number, Once, Whole, Words, clash
from boneplan.rules.amounts import DropRule, Nutrient, TargetRule
from boneplan.rules.fields import PIN_DAY_SCHEMA, Asked, Category, Meals, Or, PinDay, listed

__all__ = [
    "Asked", "BanRule", "DropRule", "LimitRule", "Nutrient", "Part", "PinRule", "PreferRule", "RequireRule",
    "ReuseRule", "Rules", "Selection", "TargetRule", "rule_id",
]  # fmt: skip

Part = Literal["targets", "drop", "require", "limit", "ban", "prefer", "pin", "reuse"]

MAX_SERVINGS = 28  # of one food in a week: four meals on each of seven days
MAX_A_DAY = 4  # servings: one at each meal
MAX_PREFERENCE = 3.0  # in the unit of the menus' cost: as if a food were twenty times as usual
MAX_REUSE = 7  # times that a dish cooked once stands in one week
MAX_BUDGET = 1000.0  # USD a day
SHORTEST_FOOD = 2  # letters
SELECTORS = ("food", "category", "tag", "kind_of_meal")


class Selection(Asked):
    """Some foods: by words, by category, by tag, or whole kinds of meal; at some meals, or at all of them."""

    food: Words | None = Field(default=None, description="foods in words", examples=["salmon"])
    category: Category = Field(
        default=None, description="the name or the number of a food category", examples=["Fish"]
    )
    tag: Words | None = Field(default=None, description="a kind of food, or what it holds", examples=["oily fish"])
    kind_of_meal: Words | None = Field(default=None, description="a kind of meal", examples=["lunch/sandwich"])
    at: Meals = Field(default=[], description="at which meals; all, where left out", examples=["breakfast"])

    @model_validator(mode="after")
    def _fits_together(self) -> Selection:
        if problems := [*self._named_problems(), *self._problems()]:
            raise clash(problems)
        return self

    def _named_problems(self) -> Iterator[tuple[str, str]]:
        """What is to mend about the one thing that the rule names."""
        given = [name for name in SELECTORS if getattr(self, name) is not None]
        if len(given) != 1:
            said = f"names {' and '.join(given)}" if given else "is missing"
            yield given[1] if given else "food", f"{said}: give one of {', '.join(SELECTORS)}"
        elif self.food is not None and len(self.food) < SHORTEST_FOOD:
            yield "food", f'"{self.food}" is too short: name the food'

    def _problems(self) -> Iterator[tuple[str, str]]:
        """What else is to mend."""
        yield from ()


class RequireRule(Selection):
    """Foods that the menus hold at least so often."""

    per_week: Whole | None = Field(default=None, ge=1, le=MAX_SERVINGS, description="servings a week", examples=[2])
    per_day: Whole | None = Field(default=None, ge=1, le=MAX_A_DAY, description="servings each day", examples=[1])

    def _problems(self) -> Iterator[tuple[str, str]]:
        if (self.per_week is None) == (self.per_day is None):
            yield "per_week", "give per_week or per_day, one of both"


class LimitRule(Selection):
    """Foods that the menus hold at most so often."""

    per_week: Whole | None = Field(default=None, ge=0, le=MAX_SERVINGS, description="servings a week", examples=[3])
    per_day: Whole | None = Field(default=None, ge=0, le=MAX_A_DAY, description="servings each day", examples=[1])

    def _problems(self) -> Iterator[tuple[str, str]]:
        if (self.per_week is None) == (self.per_day is None):
            yield "per_week", "give per_week or per_day, one of both"


class BanRule(Selection):
    """Foods that the menus never hold."""


class PreferRule(Selection):
    """Foods that come first where there is a choice; with a `weight` below 0, last."""

    weight: Number = Field(
        default=1.0, ge=-MAX_PREFERENCE, le=MAX_PREFERENCE, description="how strongly", examples=[1]
    )

    def _problems(self) -> Iterator[tuple[str, str]]:
        if not self.weight:
            yield "weight", "0 prefers nothing: write more than 0, or less than 0 to put it last"


class PinRule(Asked):
    """A food at one meal of certain days."""

    food: Words = Field(description="the food in words, or its id", examples=["salmon"])
    on: Annotated[list[PinDay], BeforeValidator(listed), Once, Or(PIN_DAY_SCHEMA)] = Field(
        max_length=MAX_LIST, description="weekdays or dates", examples=["friday"]
    )
    at: MealName = Field(description="the meal", examples=["dinner"])

    @model_validator(mode="after")
    def _has_days(self) -> PinRule:
        if not self.on:
            raise clash([("on", "is empty: give weekdays or dates, such as friday")])
        return self


class ReuseRule(Asked):
    """One dish, cooked once and served several times a week."""

    food: Words = Field(description="the dish in words, or its id", examples=["lentil soup"])
    times: Whole = Field(ge=2, le=MAX_REUSE, description="servings of that one dish a week", examples=[3])
    at: Meals = Field(default=[], description="at which meals; all, where left out", examples=["lunch"])


def _ban(value: object) -> object:
    return {"food": value} if isinstance(value, str) else value


def _drop(value: object) -> object:
    return {"target": value} if isinstance(value, str) else value


class Rules(Model):
    """All of a rules file."""

    targets: list[TargetRule] = Field(
        default=[],
        max_length=MAX_LIST,
        description="bounds on nutrients",
        examples=["[{nutrient: fibre, min: 30, unit: g}]"],
    )
    drop: list[Annotated[DropRule, BeforeValidator(_drop), Or(WORDS_SCHEMA)]] = Field(
        default=[],
        max_length=MAX_LIST,
        description="targets of the guidelines that are not to hold",
        examples=["[{target: nutrition/fibre/ai}]"],
    )
    require: list[RequireRule] = Field(
        default=[], max_length=MAX_LIST, description="foods to serve", examples=["[{food: salmon, per_week: 2}]"]
    )
    limit: list[LimitRule] = Field(
        default=[], max_length=MAX_LIST, description="foods to serve seldom", examples=["[{food: egg, per_week: 3}]"]
    )
    ban: list[Annotated[BanRule, BeforeValidator(_ban), Or(WORDS_SCHEMA)]] = Field(
        default=[], max_length=MAX_LIST, description="foods never to serve", examples=["[liver]"]
    )
    prefer: list[PreferRule] = Field(
        default=[], max_length=MAX_LIST, description="foods to serve rather", examples=["[{food: kefir}]"]
    )
    pin: list[PinRule] = Field(
        default=[],
        max_length=MAX_LIST,
        description="foods at a certain meal",
        examples=["[{food: salmon, on: friday, at: dinner}]"],
    )
    reuse: list[ReuseRule] = Field(
        default=[],
        max_length=MAX_LIST,
        description="dishes to cook once and eat often",
        examples=["[{food: lentil soup, times: 3, at: lunch}]"],
    )
    phytoestrogens: Policy | None = Field(
        default=None, description="the policy on phytoestrogens, instead of the profile's", examples=["avoid"]
    )
    budget_per_day: Number | None = Field(
        default=None, gt=0, le=MAX_BUDGET, description="USD a day, instead of the profile's", examples=[9]
    )

    @model_validator(mode="after")
    def _said_once(self) -> Rules:
        if problems := [*_moved_twice(self), *_pinned_twice(self)]:
            raise clash(problems)
        return self

    def as_json(self) -> dict[str, Any]:
        """The rules as plain JSON values with the keys of the file; what was not given is left out."""
        return self.model_dump(mode="json", exclude_none=True, exclude_unset=True)


def _moved_twice(rules: Rules) -> Iterator[tuple[str, str]]:
    """A target of the guidelines that two rules drop or take the place of."""
    told: dict[str, str] = {}
    moved = [(f"drop[{number}].target", rule.target) for number, rule in enumerate(rules.drop)]
    moved += [(f"targets[{number}].instead_of", rule.instead_of or "") for number, rule in enumerate(rules.targets)]
    for where, target in moved:
        if target in told:
            yield where, f"{target} is moved by {told[target]} already: keep one of both"
        elif target:
            told[target] = where.partition(".")[0]


def _pinned_twice(rules: Rules) -> Iterator[tuple[str, str]]:
    """A food that two rules pin to the same meal of the same day."""
    told: dict[tuple[str, str, str | dt.date], int] = {}
    for number, rule in enumerate(rules.pin):
        for day in rule.on:
            first = told.setdefault((rule.food.casefold(), rule.at, day), number)
            if first != number:
                yield f"pin[{number}].on", f"{rule.food} is pinned to {rule.at} of {day} by pin[{first}] already"


def rule_id(part: Part, number: int) -> str:
    """The name of a rule in plans and messages, such as `rules/targets[0]`."""
    return f"rules/{part}[{number}]"
