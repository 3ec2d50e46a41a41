"""The nutrition guidelines of guidelines/nutrition/*.yaml as typed, checked values: one file a nutrient."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from boneplan.choices import Activity, Policy, Sex
from boneplan.errors import Fault
from boneplan.plan import Period
from boneplan.rows import Basis, Row, Sourced, shipped_rows
from boneplan.who import Who

NUTRIENTS = (
    "energy", "protein", "calcium", "vitamin_d", "vitamin_k", "magnesium", "potassium", "phosphorus",
    "sodium", "fibre", "saturated_fat", "added_sugar", "retinol", "caffeine", "alcohol", "isoflavones",
)  # fmt: skip
"""Nutrients with a guideline, in the order in which targets are listed."""

OLDEST = 9999  # years: the open end of "51+"

Unit = Literal[
    "kcal", "g", "mg", "ug", "g/kg", "% of need", "% of energy", "% of rda", "ug from agreed", "% from agreed"
]
"""What a value counts: amounts; grams a kilogram of reference weight; shares of the energy or the RDA; how far from
the intake that the person has agreed with the clinic (vitamin K under warfarin)."""


def _ages(text: object) -> object:
    match = re.fullmatch(r"(\d+)(?:-(\d+)|\+)", str(text))
    if match is None:
        raise ValueError(f"ages {text!r}: write 19-50 or 51+")
    return int(match[1]), int(match[2] or OLDEST)


Ages = Annotated[tuple[int, int], BeforeValidator(_ages)]
"""First and last year of age, both inside, from "19-50" or "51+"."""


class Value(Row):
    """A value for a part of the population: sex, years of age, and the policy on phytoestrogens."""

    sex: Sex | None = None
    ages: Ages
    policy: Policy | None = None
    value: float = Field(ge=0)
    basis: Basis | None = None

    def covers(self, sex: Sex, age: int, policy: Policy) -> bool:
        """Whether a person of this sex, age (whole years) and policy is meant."""
        return self.sex in (None, sex) and self.ages[0] <= age <= self.ages[1] and self.policy in (None, policy)


class Rule(Sourced):
    """One bound on one nutrient over one period, with a value for every adult whom it is for.

    `only` and `unless` say for whom it is (everybody, where left out). What is `fixed` stands for safety: no rules
    file loosens it. `counted_above` belongs to a most per meal: the share of what lies above it that the nutrient's
    minima count.
    """

    id: str = Field(pattern=r"^[a-z_]+$")
    title: str
    bound: Literal["min", "max"]
    period: Period
    hard: bool
    fixed: bool = False
    unit: Unit
    only: Who | None = None
    unless: Who | None = None
    counted_above: float | None = Field(default=None, ge=0, le=1)
    values: tuple[Value, ...] = Field(min_length=1)

    def value_for(self, sex: Sex, age: int, policy: Policy) -> Value:
        """The one row for this person. Raises `Fault` where the file has none or several."""
        found = [value for value in self.values if value.covers(sex, age, policy)]
        if len(found) != 1:
            raise Fault(f"guideline {self.id}: {len(found)} values for {sex}, {age} years, {policy}, instead of one")
        return found[0]


class Coefficients(Row):
    """constant + age × years + height × cm + weight × kg, in kcal a day."""

    constant: float
    age: float
    height: float
    weight: float


class Equation(Sourced):
    """The estimated energy requirement by sex and activity."""

    unit: Literal["kcal"]
    coefficients: dict[Sex, dict[Activity, Coefficients]]


class Conversion(Sourced):
    """How many of another unit make one of the nutrient's own."""

    unit: str
    per_unit: float = Field(gt=0)


class EnergyPerGram(Sourced):
    """Energy of a gram of the nutrient."""

    unit: Literal["kcal/g"]
    value: float = Field(gt=0)


class ReferenceWeight(Sourced):
    """The weight that needs per kilogram are counted on: the actual one, up to this body mass index."""

    unit: Literal["kg/m2"]
    highest_bmi: float = Field(gt=0)


class Guideline(Row):
    """All of one nutrient: `unit` is that of its targets and of the food table."""

    nutrient: str
    unit: Literal["kcal", "g", "mg", "ug"]
    note: str = ""
    rules: tuple[Rule, ...]
    equation: Equation | None = None
    conversion: Conversion | None = None
    energy_per_gram: EnergyPerGram | None = None
    reference_weight: ReferenceWeight | None = None

    def rule_id(self, rule: Rule) -> str:
        """The name of a rule in plans and messages, such as `nutrition/calcium/rda`."""
        return f"nutrition/{self.nutrient}/{rule.id}"


@cache
def guideline(nutrient: str) -> Guideline:
    """The guideline of one of `NUTRIENTS`."""
    return shipped_rows(Guideline, f"nutrition/{nutrient}.yaml")


def rules() -> Iterator[tuple[Guideline, Rule]]:
    """Every nutrition rule with its guideline, in the order in which targets are listed."""
    for nutrient in NUTRIENTS:
        made = guideline(nutrient)
        for rule in made.rules:
            yield made, rule


@cache
def fixed_rules() -> frozenset[str]:
    """The ids of the rules that no rules file can loosen, such as `nutrition/calcium/ul`."""
    return frozenset(made.rule_id(rule) for made, rule in rules() if rule.fixed)
