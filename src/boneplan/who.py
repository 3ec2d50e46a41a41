"""For whom a rule of guidelines/ is: the triggers that such a rule may name."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from boneplan.choices import Allergen, Condition, Intolerance, Pattern, Policy, Sex
from boneplan.profile_health import Drug, FractureSite, RiskFactor, SupplementNutrient
from boneplan.rows import Row

Tier = Literal["low", "moderate", "high"]


class SupplementAbove(Row):
    """A declared daily amount over a figure, or over the value of a rule of the nutrient's guideline."""

    nutrient: SupplementNutrient
    above: float | None = None
    above_rule: str | None = None


class Who(Row):
    """People by what their profile says. Every line that is given must hold; of a list, one entry is enough.

    `medicines` are classes of guidelines/safety/medicines.yaml, `t_score` lines are about the worst site,
    `risk_factors_from` counts those of guidelines/safety/tiers.yaml, and `agreed_vitamin_k` asks whether an intake
    agreed with the clinic is on file.
    """

    age_below: int | None = None
    age_from: int | None = None
    bmi_below: float | None = None
    bmi_from: float | None = None
    sex: Sex | None = None
    conditions: tuple[Condition, ...] = ()
    medicines: tuple[str, ...] = ()
    without_medicines: tuple[str, ...] = ()
    drugs: tuple[Drug, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    policies: tuple[Policy, ...] = ()
    allergies: tuple[Allergen, ...] = ()
    intolerances: tuple[Intolerance, ...] = ()
    no_t_score: bool = False
    t_score_below: float | None = None
    t_score_at_most: float | None = None
    fragility_fracture: bool = False
    fracture_sites: tuple[FractureSite, ...] = ()
    risk_factors: tuple[RiskFactor, ...] = ()
    risk_factors_from: int | None = Field(default=None, ge=1)
    tiers: tuple[Tier, ...] = ()
    without_supplement: SupplementNutrient | None = None
    supplement: SupplementAbove | None = None
    agreed_vitamin_k: bool | None = None
    agreed_vitamin_k_below_rule: str | None = None
