"""A dietitian's own rules for a person's menus: targets moved, foods required, limited, banned, preferred and pinned.

What a rules file may say. What its targets make of the guidelines' is `rules_targets`; what it asks of the foods is
`menu.asked`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, TypeAdapter, model_validator

from boneplan.guidelines import guideline
from boneplan.plan import MealName, Period
from boneplan.profile import Policy
from boneplan.profile_fields import ISO_DATE, MAX_LIST, Date, Flag, Model, Number, Once, Whole, Words, clash, wrong
from boneplan.profile_health import Weekday
from boneplan.units import MICROGRAMS, convert_mass

Nutrient = Literal[
    "energy", "protein", "calcium", "vitamin_d", "vitamin_k", "magnesium", "potassium", "phosphorus",
    "sodium", "fibre", "saturated_fat", "added_sugar", "retinol", "caffeine", "alcohol", "isoflavones",
]  # fmt: skip
Unit = Literal["kcal", "g", "mg", "ug", "µg", "IU"]
Part = Literal["targets", "drop", "require", "limit", "ban", "prefer", "pin", "reuse"]

MAX_FIGURE = 1_000_000  # of a target, in any unit
MAX_SERVINGS = 28  # of one food in a week: four meals on each of seven days
MAX_A_DAY = 4  # servings: one at each meal
MAX_WEIGHT = 10.0  # of a soft target: ten times as dear to miss as usual
MAX_PREFERENCE = 3.0  # in the unit of the menus' cost: as if a food were twenty times as usual
MAX_REUSE = 7  # times that a dish cooked once stands in one week
MAX_BUDGET = 1000.0  # USD a day
SHORTEST_FOOD = 2  # letters
SELECTORS = ("food", "category", "tag", "kind_of_meal")
IN_A_TARGET = 3  # parts of the id of a target: nutrition/<nutrient>/<rule>


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Meals = Annotated[list[MealName], BeforeValidator(_listed), Once]
"""One meal, or a list of them."""


def _day(value: object) -> object:
    """A day of the week, or a date."""
    if value in get_args(Weekday) or isinstance(value, dt.date):
        return value
    if isinstance(value, str) and ISO_DATE.fullmatch(value):
        return TypeAdapter(Date).validate_python(value)
    raise wrong("is no day: write a weekday, such as friday, or a date, such as 2026-11-27")


PinDay = Annotated[Weekday | dt.date, BeforeValidator(_day)]


class Asked(Model):
    """What every rule may carry into the plan: who asks for it, and why."""

    by: Words | None = Field(default=None, description="who asks for it", examples=["dietitian"])
    because: Words | None = Field(default=None, description="why", examples=["low intake so far"])


class TargetRule(Asked):
    """A bound on what the food of a meal, of a day, or of the week's mean day, brings of one nutrient.

    With `instead_of` it takes the place of that target of the guidelines; what it leaves out stays as it was there.
    """

    nutrient: Nutrient | None = Field(default=None, description="the nutrient", examples=["vitamin_k"])
    min: Number | None = Field(default=None, ge=0, le=MAX_FIGURE, description="the least", examples=[100])
    max: Number | None = Field(default=None, ge=0, le=MAX_FIGURE, description="the most", examples=[200])
    unit: Unit | None = Field(default=None, description="the unit of min and max", examples=["ug"])
    period: Period | None = Field(
        default=None, description="whether each meal, every day or the week's mean is meant", examples=["week_mean"]
    )
    meal: Meals = Field(default=[], description="which meals, with period: meal", examples=["breakfast"])
    hard: Flag | None = Field(default=None, description="whether there is no plan without it", examples=[True])
    weight: Number | None = Field(
        default=None, gt=0, le=MAX_WEIGHT, description="how much a soft one counts against the others", examples=[2]
    )
    instead_of: Words | None = Field(
        default=None, description="the guidelines' target whose place it takes", examples=["nutrition/fibre/ai"]
    )

    @model_validator(mode="after")
    def _fits_together(self) -> TargetRule:
        problems = []
        nutrient = self.about
        if nutrient is None:
            problems.append(
                ("nutrient", "is missing: name the nutrient, or a target of the guidelines with instead_of")
            )
        figured = self.min is not None or self.max is not None
        if not figured and self.instead_of is None:
            text = (
                f"is missing: give min, max or both, in {guideline(nutrient).unit} a day"
                if nutrient
                else "is missing"
            )
            problems.append(("min", text))
        if self.unit is None and figured:
            problems.append(("unit", "is missing: give the unit of min and max"))
        elif self.unit and nutrient and self.unit.replace("µ", "u") not in (known := _units(nutrient)):
            text = f"{self.unit} does not measure {nutrient}: give the amounts in {' or '.join(known)}"
            problems.append(("unit", text))
        if self.min is not None and self.max is not None and self.min > self.max:
            problems.append(("min", f"{self.min:g} is above max {self.max:g}: swap them, or mend one"))
        if self.meal and self.period != "meal":
            problems.append(("meal", "goes with period: meal alone: write it, or leave meal out"))
        if self.weight is not None and self.hard is not False:
            problems.append(("weight", "goes with hard: false alone: what is hard is kept without exception"))
        if problems:
            raise clash(problems)
        return self

    @property
    def about(self) -> str | None:
        """The nutrient, be it named by itself or by the target that the rule takes the place of."""
        if self.nutrient is not None or self.instead_of is None:
            return self.nutrient
        named = self.instead_of.split("/")
        return named[1] if len(named) == IN_A_TARGET and named[1] in get_args(Nutrient) else None

    def amount(self, side: Literal["min", "max"]) -> float | None:
        """`min` or `max` in the unit of the nutrient's targets; None where the rule does not give it."""
        figure = self.min if side == "min" else self.max
        if figure is None or self.unit is None or self.about is None:
            return None
        made, unit = guideline(self.about), self.unit.replace("µ", "u")
        if unit == made.unit:
            return figure
        if made.conversion and unit == made.conversion.unit:
            return figure / made.conversion.per_unit
        return convert_mass(figure, unit, made.unit)


class DropRule(Asked):
    """A target of the guidelines that is not to hold."""

    target: Words = Field(description="the target's rule", examples=["nutrition/fibre/ai"])


class Selection(Asked):
    """Some foods: by words, by category, by tag, or whole kinds of meal; at some meals, or at all of them."""

    food: Words | None = Field(default=None, description="foods in words", examples=["salmon"])
    category: Words | Whole | None = Field(default=None, description="a food category", examples=["Fish"])
    tag: Words | None = Field(default=None, description="a kind of food, or what it holds", examples=["oily fish"])
    kind_of_meal: Words | None = Field(default=None, description="a kind of meal", examples=["lunch/sandwich"])
    at: Meals = Field(default=[], description="at which meals; all, where left out", examples=["breakfast"])

    @model_validator(mode="after")
    def _one_kind(self) -> Selection:
        given = [name for name in SELECTORS if getattr(self, name) is not None]
        if len(given) != 1:
            named = " and ".join(given) or "nothing"
            raise clash([(given[1] if given else "food", f"names {named}: give one of {', '.join(SELECTORS)}")])
        if self.food is not None and len(self.food) < SHORTEST_FOOD:
            raise clash([("food", f'"{self.food}" is too short: name the food')])
        return self


class RequireRule(Selection):
    """Foods that the menus hold at least so often."""

    per_week: Whole | None = Field(default=None, ge=1, le=MAX_SERVINGS, description="servings a week", examples=[2])
    per_day: Whole | None = Field(default=None, ge=1, le=MAX_A_DAY, description="servings each day", examples=[1])

    @model_validator(mode="after")
    def _so_often(self) -> RequireRule:
        if (self.per_week is None) == (self.per_day is None):
            raise clash([("per_week", "give per_week or per_day, one of both")])
        return self


class LimitRule(Selection):
    """Foods that the menus hold at most so often."""

    per_week: Whole | None = Field(default=None, ge=0, le=MAX_SERVINGS, description="servings a week", examples=[3])
    per_day: Whole | None = Field(default=None, ge=0, le=MAX_A_DAY, description="servings each day", examples=[1])

    @model_validator(mode="after")
    def _so_often(self) -> LimitRule:
        if (self.per_week is None) == (self.per_day is None):
            raise clash([("per_week", "give per_week or per_day, one of both")])
        return self


class BanRule(Selection):
    """Foods that the menus never hold."""


class PreferRule(Selection):
    """Foods that come first where there is a choice; with a `weight` below 0, last."""

    weight: Number = Field(
        default=1.0, ge=-MAX_PREFERENCE, le=MAX_PREFERENCE, description="how strongly", examples=[1]
    )


class PinRule(Asked):
    """A food at one meal of certain days."""

    food: Words = Field(description="the food in words, or its id", examples=["salmon"])
    on: Annotated[list[PinDay], BeforeValidator(_listed), Once] = Field(
        min_length=1, max_length=MAX_LIST, description="weekdays or dates", examples=["friday"]
    )
    at: MealName = Field(description="the meal", examples=["dinner"])


class ReuseRule(Asked):
    """One dish, cooked once and served several times a week."""

    food: Words = Field(description="the dish in words, or its id", examples=["lentil soup"])
    times: Whole = Field(ge=2, le=MAX_REUSE, description="servings of that one dish a week", examples=[3])
    at: Meals = Field(default=[], description="at which meals; all, where left out", examples=["lunch"])


def _ban(value: object) -> object:
    return {"food": value} if isinstance(value, str) else value


class Rules(Model):
    """All of a rules file."""

    targets: list[TargetRule] = Field(
        default=[],
        max_length=MAX_LIST,
        description="bounds on nutrients",
        examples=["[{nutrient: fibre, min: 30, unit: g}]"],
    )
    drop: list[DropRule] = Field(
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
    ban: list[Annotated[BanRule, BeforeValidator(_ban)]] = Field(
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

    def as_json(self) -> dict[str, Any]:
        """The rules as plain JSON values with the keys of the file; what was not given is left out."""
        return self.model_dump(mode="json", exclude_none=True, exclude_unset=True)


def _units(nutrient: str) -> list[str]:
    made = guideline(nutrient)
    masses = list(MICROGRAMS) if made.unit in MICROGRAMS else [made.unit]
    ordered = [made.unit, *(unit for unit in masses if unit != made.unit)]
    return [*ordered, made.conversion.unit] if made.conversion else ordered


def rule_id(part: Part, number: int) -> str:
    """The name of a rule in plans and messages, such as `rules/targets[0]`."""
    return f"rules/{part}[{number}]"
