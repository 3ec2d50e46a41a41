"""What a rules file may say of amounts: bounds on nutrients, and targets of the guidelines that are not to hold."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cache
from typing import Literal

from pydantic import Field, model_validator

from boneplan.guidelines import guideline
from boneplan.guidelines import rules as guideline_rules
from boneplan.plan import Period
from boneplan.profile_fields import Flag, Number, Words, clash
from boneplan.rules.fields import Asked, Meals
from boneplan.units import MICROGRAMS, convert_mass
from boneplan.yaml_reader import shown

Nutrient = Literal[
    "energy", "protein", "calcium", "vitamin_d", "vitamin_k", "magnesium", "potassium", "phosphorus",
    "sodium", "fibre", "saturated_fat", "added_sugar", "retinol", "caffeine", "alcohol", "isoflavones",
]  # fmt: skip
Unit = Literal["kcal", "g", "mg", "ug", "µg", "IU"]

MAX_FIGURE = 1_000_000  # of a target, in any unit
MAX_WEIGHT = 10.0  # of a soft target: ten times as dear to miss as usual
CHANGES = ("min", "max", "period", "hard", "weight", "meal")  # what makes a target another one


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
        if problems := [*self._target_problems(), *self._figure_problems()]:
            raise clash(problems)
        return self

    def _target_problems(self) -> Iterator[tuple[str, str]]:
        """What is to mend about the target that the rule is or whose place it takes."""
        known = self.instead_of in target_ids()
        if self.instead_of is not None and not known:
            yield "instead_of", unknown_target(self.instead_of)
        elif (
            self.instead_of is not None and self.nutrient is not None and f"/{self.nutrient}/" not in self.instead_of
        ):
            yield "instead_of", f"{self.instead_of} is not about {self.nutrient}: leave nutrient out, or mend one"
        elif known and not any(getattr(self, field) not in (None, []) for field in CHANGES):
            yield "instead_of", f"nothing differs from {self.instead_of}: say what does ({', '.join(CHANGES)})"
        if self.instead_of is None and self.nutrient is None:
            yield "nutrient", "is missing: name the nutrient, or a target of the guidelines with instead_of"
        if self.meal and self.period != "meal":
            yield "meal", "goes with period: meal alone: write it, or leave meal out"
        if self.weight is not None and self.hard is not False:
            yield "weight", "goes with hard: false alone: what is hard is kept without exception"

    def _figure_problems(self) -> Iterator[tuple[str, str]]:
        """What is to mend about the figures and their unit."""
        nutrient = self.about
        figured = self.min is not None or self.max is not None
        if not figured and self.instead_of is None and nutrient:
            yield "min", f"is missing: give min, max or both, in {guideline(nutrient).unit} a day"
        if self.unit is None and figured:
            yield "unit", "is missing: give the unit of min and max"
        elif self.unit and nutrient and self.unit.replace("µ", "u") not in (known := _units(nutrient)):
            yield "unit", f"{self.unit} does not measure {nutrient}: give the amounts in {' or '.join(known)}"
        elif self.unit and not figured and self.instead_of is not None:
            yield "unit", "goes with min or max: give a figure, or leave it out"
        if self.min is not None and self.max is not None and self.min > self.max:
            yield "min", f"{self.min:g} is above max {self.max:g}: swap them, or mend one"

    @property
    def about(self) -> str | None:
        """The nutrient, be it named by itself or by the target that the rule takes the place of."""
        if self.nutrient is not None or self.instead_of not in target_ids():
            return self.nutrient
        return self.instead_of.split("/")[1]

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

    @model_validator(mode="after")
    def _known(self) -> DropRule:
        if self.target not in target_ids():
            raise clash([("target", unknown_target(self.target))])
        return self


@cache
def target_ids() -> tuple[str, ...]:
    """The ids of all targets of the guidelines, such as `nutrition/calcium/rda`."""
    return tuple(made.rule_id(rule) for made, rule in guideline_rules())


def unknown_target(text: str) -> str:
    """What is wrong with the id of a target that there is not, and which one may be meant."""
    word = text.lower().replace(" ", "_")
    ends = [known for known in target_ids() if known.endswith(f"/{word}")]
    close = ends or difflib.get_close_matches(word, target_ids(), 1)
    hint = f"did you mean {' or '.join(close)}?" if close else "`boneplan targets PROFILE` lists them"
    return f"{shown(text)} is no target of the guidelines: {hint}"


def _units(nutrient: str) -> list[str]:
    made = guideline(nutrient)
    masses = list(MICROGRAMS) if made.unit in MICROGRAMS else [made.unit]
    ordered = [made.unit, *(unit for unit in masses if unit != made.unit)]
    return [*ordered, made.conversion.unit] if made.conversion else ordered
