"""The energy a person needs (NASEM 2023), and the weight that needs per kilogram go by."""

from __future__ import annotations

import datetime as dt

from boneplan.choices import Activity, Sex
from boneplan.errors import Fault
from boneplan.guidelines import guideline
from boneplan.profile import Profile


def estimated_energy_requirement(sex: Sex, age: int, height_cm: float, weight_kg: float, activity: Activity) -> float:
    """The EER in kcal a day (NASEM 2023, Dietary Reference Intakes for Energy).

    `age` is in whole years, 18 or more.
    """
    equation = guideline("energy").equation
    if equation is None:
        raise Fault("guidelines/nutrition/energy.yaml has no equation: install boneplan again")
    row = equation.coefficients[sex][activity]
    return row.constant + row.age * age + row.height * height_cm + row.weight * weight_kg


def energy_need(profile: Profile, on: dt.date) -> float:
    """kcal a day that menus aim at: the EER on that day, or the floor where the EER lies below it."""
    age = profile.age_on(on)
    eer = estimated_energy_requirement(profile.sex, age, profile.height_cm, profile.weight_kg, profile.activity)
    floor = next(rule for rule in guideline("energy").rules if rule.id == "floor")
    return max(eer, floor.value_for(profile.sex, age, profile.diet.phytoestrogens).value)


def reference_weight_kg(profile: Profile) -> float:
    """The weight that protein is counted on: the actual one, at most that of the guideline's BMI."""
    cap = guideline("protein").reference_weight
    if cap is None:
        return profile.weight_kg
    return min(profile.weight_kg, cap.highest_bmi * (profile.height_cm / 100) ** 2)
