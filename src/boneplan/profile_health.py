"""The part of a profile that comes from the clinic: therapy, bones, medicines, supplements, checks and clearances."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from boneplan.profile_fields import (
    MAX_LIST,
    Clock,
    ClockOrMeal,
    Date,
    Flag,
    Model,
    Number,
    Once,
    Whole,
    Words,
    clash,
    today_of,
    wrong,
)
from boneplan.units import SUPPLEMENT_UNITS

Drug = Literal["anastrozole", "letrozole", "exemestane", "anastrozole_with_testosterone", "none"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
FractureSite = Literal["vertebra", "hip", "wrist", "upper_arm", "pelvis", "rib", "ankle", "leg", "other"]
LesionSite = Literal["cervical_spine", "thoracic_spine", "lumbar_spine", "ribs", "pelvis", "proximal_femur", "other"]
RiskFactor = Literal[
    "parent_hip_fracture", "smoking", "alcohol", "glucocorticoids", "rheumatoid_arthritis",
    "secondary_osteoporosis", "early_menopause",
]  # fmt: skip
SupplementNutrient = Literal[
    "calcium", "vitamin_d", "vitamin_k", "vitamin_b12", "vitamin_a", "magnesium", "potassium", "iron", "zinc",
    "protein", "fibre",
]  # fmt: skip
SupplementUnit = Literal["mg", "ug", "µg", "IU", "g"]
CalciumForm = Literal["carbonate", "citrate"]
Cleared = Literal["exercise", "menu", "plan"]

# What a living adult can have, with room to spare; outside it the entry is mistyped.
MIN_T_SCORE, MAX_T_SCORE = -8, 5
MAX_DAYS_AHEAD = 366  # a therapy may be arranged up to a year before it begins
MAX_AMOUNT = 1_000_000  # of a supplement, in any unit
MAX_MONTHS = 60  # between two doses of a medicine
MAX_TIMES = 6  # of one supplement in a day

TScore = Annotated[Number, Field(ge=MIN_T_SCORE, le=MAX_T_SCORE)]


class Therapy(Model):
    """The aromatase inhibitor."""

    drug: Drug = Field(description="the drug", examples=["anastrozole"])
    since: Date | None = Field(default=None, description="the day it began", examples=["2026-03-01"])
    time: ClockOrMeal | None = Field(default=None, description="a meal or a time", examples=["breakfast"])

    @field_validator("since")
    @classmethod
    def _not_far_ahead(cls, since: dt.date | None, info: ValidationInfo) -> dt.date | None:
        if since and (since - today_of(info)).days > MAX_DAYS_AHEAD:
            raise wrong("is more than a year ahead: check the year")
        return since


class Fracture(Model):
    """One broken bone. A fragility fracture comes from a fall from standing height or less."""

    site: FractureSite = Field(description="the bone", examples=["wrist"])
    year: Whole = Field(description="the year it broke", examples=[2019])
    fragility: Flag = Field(default=False, description="whether little force broke it", examples=[True])

    @field_validator("year")
    @classmethod
    def _past(cls, year: int, info: ValidationInfo) -> int:
        if year > today_of(info).year:
            raise wrong("is in the future: give the year it broke, such as 2019")
        return year


class TScores(Model):
    """T-scores of a DXA scan by site."""

    lumbar_spine: TScore | None = Field(default=None, description="the T-score", examples=[-1.8])
    total_hip: TScore | None = Field(default=None, description="the T-score", examples=[-1.2])
    femoral_neck: TScore | None = Field(default=None, description="the T-score", examples=[-1.4])

    def worst(self) -> float | None:
        """The lowest T-score of the measured sites, or None where none was measured."""
        known = [t for t in (self.lumbar_spine, self.total_hip, self.femoral_neck) if t is not None]
        return min(known) if known else None


class Bone(Model):
    """What is known of the bones."""

    t_scores: TScores = Field(
        default=TScores(), description="T-scores by site", examples=["{lumbar_spine: -1.8, total_hip: -1.2}"]
    )
    last_dxa: Date | None = Field(default=None, description="the day of the last scan", examples=["2026-02-10"])
    fractures: list[Fracture] = Field(
        default=[], max_length=MAX_LIST, description="bones broken", examples=["[{site: wrist, year: 2019}]"]
    )
    risk_factors: Annotated[list[RiskFactor], Once] = Field(
        default=[], max_length=MAX_LIST, description="what else raises the risk", examples=["[parent_hip_fracture]"]
    )
    metastases: Annotated[list[LesionSite], Once] = Field(
        default=[], max_length=MAX_LIST, description="sites of bone metastases", examples=["[lumbar_spine]"]
    )

    @field_validator("last_dxa")
    @classmethod
    def _past(cls, last: dt.date | None, info: ValidationInfo) -> dt.date | None:
        return _been(last, info)


class Checks(Model):
    """The days of the last checks. DXA stands in `bone.last_dxa`."""

    calcium: Date | None = Field(default=None, description="the last serum calcium", examples=["2026-05-04"])
    vitamin_d: Date | None = Field(default=None, description="the last 25-OH vitamin D", examples=["2026-05-04"])
    height: Date | None = Field(default=None, description="the last measured height", examples=["2026-01-12"])
    estradiol: Date | None = Field(default=None, description="the last estradiol", examples=["2026-05-04"])
    lipids: Date | None = Field(default=None, description="the last cholesterol", examples=["2026-05-04"])
    dental: Date | None = Field(default=None, description="the last visit to a dentist", examples=["2026-03-18"])
    pth: Date | None = Field(default=None, description="the last parathyroid hormone", examples=["2026-05-04"])
    bone_turnover: Date | None = Field(
        default=None, description="the last bone turnover markers", examples=["2026-05-04"]
    )

    @field_validator("*")
    @classmethod
    def _past(cls, last: dt.date | None, info: ValidationInfo) -> dt.date | None:
        return _been(last, info)


class Medication(Model):
    """A medicine as prescribed: every day, on one weekday, or every so many months since the last dose."""

    name: Words = Field(description="the name", examples=["levothyroxine"])
    time: Clock | None = Field(default=None, description="the time of day", examples=["06:30"])
    weekday: Weekday | None = Field(default=None, description="the day of a weekly tablet", examples=["monday"])
    last: Date | None = Field(default=None, description="the day of the last dose", examples=["2026-06-15"])
    every_months: Whole | None = Field(
        default=None, ge=1, le=MAX_MONTHS, description="the months between two doses", examples=[6]
    )

    @field_validator("last")
    @classmethod
    def _past(cls, last: dt.date | None, info: ValidationInfo) -> dt.date | None:
        return _been(last, info)

    @model_validator(mode="after")
    def _one_rhythm(self) -> Medication:
        if self.weekday and self.every_months:
            raise clash([("every_months", "is given beside weekday: leave one of both out")])
        return self


class Supplement(Model):
    """A supplement that is taken every day: a nutrient with what the label says is in the daily dose, or a name.

    A dose that is split stands in `times`: equal parts of the amount.
    """

    nutrient: SupplementNutrient | None = Field(default=None, description="the nutrient", examples=["vitamin_d"])
    name: Words | None = Field(default=None, description="the product", examples=["red clover"])
    amount: Number | None = Field(default=None, ge=0, le=MAX_AMOUNT, description="the amount a day", examples=[1000])
    unit: SupplementUnit | None = Field(default=None, description="the unit of the amount", examples=["IU"])
    form: CalciumForm | None = Field(default=None, description="what the calcium is", examples=["carbonate"])
    time: ClockOrMeal | None = Field(default=None, description="a meal or a time", examples=["breakfast"])
    times: Annotated[list[ClockOrMeal], Once] | None = Field(
        default=None,
        min_length=1,
        max_length=MAX_TIMES,
        description="the meals or times of a dose in parts",
        examples=["[breakfast, dinner]"],
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Supplement:
        problems = []
        if self.nutrient is None and self.name is None:
            problems.append(("nutrient", "is missing: give the nutrient, such as vitamin_d, or the product's name"))
        if self.nutrient is None:
            problems += [
                (field, "belongs to a nutrient: name the nutrient as well, such as vitamin_d")
                for field in ("amount", "unit")
                if getattr(self, field) is not None
            ]
        else:
            problems += [
                (field, f"is missing: give {type(self).model_fields[field].description}, such as {example}")
                for field, example in (("amount", 1000), ("unit", "IU"))
                if getattr(self, field) is None
            ]
            known = SUPPLEMENT_UNITS[self.nutrient]
            if self.unit and self.unit.replace("µ", "u") not in known:
                units = " or ".join(known)
                problems.append(("unit", f"{self.unit} does not measure {self.nutrient}: give the amount in {units}"))
        if self.form and self.nutrient != "calcium":
            problems.append(("form", f"{self.form} is a form of calcium: leave it out"))
        if self.time and self.times:
            problems.append(("times", "stands beside time: give one of both"))
        if problems:
            raise clash(problems)
        return self


class Clearance(Model):
    """A clinician's recorded consent to a part of the plan."""

    for_: Cleared = Field(alias="for", description="the part of the plan", examples=["exercise"])
    by: Words = Field(description="who gave it", examples=["oncologist"])
    on: Date = Field(description="the day it was given", examples=["2026-10-01"])

    @field_validator("on")
    @classmethod
    def _given(cls, on: dt.date, info: ValidationInfo) -> dt.date:
        if on > today_of(info):
            raise wrong("is in the future: record a clearance once it has been given")
        return on


def _been(last: dt.date | None, info: ValidationInfo) -> dt.date | None:
    if last and last > today_of(info):
        raise wrong("is in the future: give the day of the last one that was done")
    return last
