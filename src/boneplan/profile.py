"""A person as the planner knows them: the fields of a profile and what would be a slip of the pen.

The bounds here catch errors of data entry (a height in metres, a T-score without its point). They are no
clinical limits: those are in guidelines/. Every field carries a description and an example, which error
messages use.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from boneplan.profile_fields import (
    MAX_LIST,
    Clock,
    ClockOrMeal,
    Date,
    Flag,
    Number,
    Once,
    TimeZone,
    Whole,
    Windows,
    Words,
    clash,
    today_of,
    wrong,
)
from boneplan.units import SUPPLEMENT_UNITS

Sex = Literal["female", "male"]
Activity = Literal["inactive", "low", "active", "very_active"]
Drug = Literal["anastrozole", "letrozole", "exemestane", "anastrozole_with_testosterone", "none"]
Policy = Literal["avoid", "limit", "allow"]
Pattern = Literal["omnivore", "pescatarian", "vegetarian", "vegan", "halal", "kosher"]
Allergen = Literal["milk", "egg", "fish", "shellfish", "tree_nuts", "peanut", "wheat", "soy", "sesame"]
Intolerance = Literal["lactose", "gluten"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Equipment = Literal[
    "chair", "resistance_band", "dumbbells", "machines", "mat", "step", "bike", "treadmill", "poles", "pool"
]
ExerciseLevel = Literal["beginner", "intermediate", "advanced"]
Condition = Literal[
    "acute_back_pain", "bariatric_surgery", "bone_metastases", "breast_feeding", "ckd_3a", "ckd_3b", "ckd_4",
    "ckd_5", "coeliac", "diabetes", "dialysis", "dysphagia", "eating_disorder", "fall_risk", "gastroparesis",
    "heart_disease", "high_cholesterol", "hypercalcaemia", "hypercalciuria", "hyperparathyroidism",
    "joint_pain", "kidney_stones", "kidney_transplant", "lymphoedema", "lymphoedema_flare", "neuropathy",
    "pregnancy", "recent_fracture", "sarcoidosis",
]  # fmt: skip
FractureSite = Literal["vertebra", "hip", "wrist", "upper_arm", "pelvis", "rib", "ankle", "leg", "other"]
LesionSite = Literal["cervical_spine", "thoracic_spine", "lumbar_spine", "ribs", "pelvis", "proximal_femur", "other"]
Place = Literal["home", "outdoors", "gym", "pool"]
SupplementNutrient = Literal[
    "calcium", "vitamin_d", "vitamin_k", "vitamin_b12", "magnesium", "iron", "protein", "fibre"
]
Cleared = Literal["exercise", "menu", "plan"]

# What a living adult can have, with room to spare; outside it the entry is mistyped.
MIN_HEIGHT_CM, MAX_HEIGHT_CM = 100, 230
MIN_WEIGHT_KG, MAX_WEIGHT_KG = 25, 300
MAX_AGE_YEARS = 110
MIN_T_SCORE, MAX_T_SCORE = -8, 5
MAX_DAYS_AHEAD = 366  # a therapy may be arranged up to a year before it begins
MAX_AMOUNT = 1_000_000  # of a supplement, in any unit
MAX_BUDGET = 1_000  # USD a day
MAX_NAME = 200  # characters
SHORTEST_DISLIKE = 2  # letters: one letter would rule out nearly every food

TScore = Annotated[Number, Field(ge=MIN_T_SCORE, le=MAX_T_SCORE)]


class Model(BaseModel):
    """Base of every part of the profile: unknown keys are errors, and values are never guessed."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_left_out(cls, data: Any) -> Any:
        """A key with nothing after it counts as left out, unless nothing is a choice (`snack:`)."""
        if not isinstance(data, dict):
            return data
        for name, field in cls.model_fields.items():
            key = field.alias or name
            if data.get(key, "") is None and not field.is_required() and type(None) not in get_args(field.annotation):
                data = {k: v for k, v in data.items() if k != key}
        return data


class Therapy(Model):
    """The aromatase inhibitor."""

    drug: Drug = Field(description="the drug", examples=["anastrozole"])
    since: Date | None = Field(default=None, description="the day it began", examples=["2026-03-01"])

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
    metastases: Annotated[list[LesionSite], Once] = Field(
        default=[], max_length=MAX_LIST, description="sites of bone metastases", examples=["[lumbar_spine]"]
    )

    @field_validator("last_dxa")
    @classmethod
    def _past(cls, last: dt.date | None, info: ValidationInfo) -> dt.date | None:
        if last and last > today_of(info):
            raise wrong("is in the future: give the day of the last scan that was done")
        return last


class Medication(Model):
    """A medicine that is taken: every day, or on one weekday."""

    name: Words = Field(description="the name", examples=["levothyroxine"])
    time: Clock | None = Field(default=None, description="the time of day", examples=["06:30"])
    weekday: Weekday | None = Field(default=None, description="the day of a weekly tablet", examples=["monday"])


class Supplement(Model):
    """A supplement that is taken every day. The amount is what the label says is in the daily dose."""

    nutrient: SupplementNutrient = Field(description="the nutrient", examples=["vitamin_d"])
    amount: Number = Field(ge=0, le=MAX_AMOUNT, description="the amount a day", examples=[1000])
    unit: Literal["mg", "ug", "µg", "IU", "g"] = Field(description="the unit of the amount", examples=["IU"])
    time: ClockOrMeal | None = Field(default=None, description="a meal or a time", examples=["breakfast"])

    @model_validator(mode="after")
    def _unit_fits(self) -> Supplement:
        known = SUPPLEMENT_UNITS[self.nutrient]
        if self.unit.replace("µ", "u") not in known:
            units = " or ".join(known)
            raise clash([("unit", f"{self.unit} does not measure {self.nutrient}: give the amount in {units}")])
        return self


class Diet(Model):
    """What the menus may hold."""

    pattern: Pattern = Field(default="omnivore", description="the diet", examples=["omnivore"])
    allergies: Annotated[list[Allergen], Once] = Field(
        default=[], max_length=MAX_LIST, description="allergens", examples=["[milk, egg]"]
    )
    intolerances: Annotated[list[Intolerance], Once] = Field(
        default=[], max_length=MAX_LIST, description="intolerances", examples=["[lactose]"]
    )
    dislikes: Annotated[list[Words], Once] = Field(
        default=[], max_length=MAX_LIST, description="foods never to be shown", examples=["[liver, olives]"]
    )
    phytoestrogens: Policy = Field(default="avoid", description="the policy on soy and flax", examples=["avoid"])
    budget_per_day: Number | None = Field(
        default=None, gt=0, le=MAX_BUDGET, description="the cost of a day's food in USD", examples=[12.5]
    )
    region: Literal["us"] = Field(default="us", description="whose reference intakes to use", examples=["us"])

    @field_validator("dislikes")
    @classmethod
    def _long_enough(cls, dislikes: list[str]) -> list[str]:
        for index, word in enumerate(dislikes):
            if len(word) < SHORTEST_DISLIKE:
                raise clash([(f"[{index}]", f'"{word}" is too short: name the food, such as liver')])
        return dislikes


class MealTimes(Model):
    """When meals are eaten, local time. `snack: null` plans none; a snack may stand anywhere in the day."""

    breakfast: Clock = Field(default="07:30", description="the time", examples=["07:30"])
    lunch: Clock = Field(default="12:30", description="the time", examples=["12:30"])
    snack: Clock | None = Field(default="15:30", description="the time, or null for no snack", examples=["15:30"])
    dinner: Clock = Field(default="18:30", description="the time", examples=["18:30"])

    @model_validator(mode="after")
    def _in_order(self) -> MealTimes:
        problems = []
        for early, late in (("breakfast", "lunch"), ("lunch", "dinner")):
            if getattr(self, early) >= getattr(self, late):
                told = f"{getattr(self, late)} is not after {early} at {getattr(self, early)}"
                problems.append((late, f"{told}: put the meals in the order of the day"))
        problems += [
            ("snack", f"{self.snack} is the time of {meal}: choose another, or null for none")
            for meal in ("breakfast", "lunch", "dinner")
            if self.snack == getattr(self, meal)
        ]
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


class ExerciseWishes(Model):
    """How, with what, where and when this person can train.

    `availability: null` means the usual times, `places: null` any place.
    """

    level: ExerciseLevel = Field(default="beginner", description="how used to training", examples=["beginner"])
    equipment: Annotated[list[Equipment], Once] = Field(
        default=[], max_length=MAX_LIST, description="what is at hand", examples=["[chair, resistance_band]"]
    )
    places: Annotated[list[Place], Once] | None = Field(
        default=None, min_length=1, max_length=MAX_LIST, description="where to train", examples=["[home, outdoors]"]
    )
    clearance: list[Clearance] = Field(
        default=[],
        max_length=MAX_LIST,
        description="consents of clinicians",
        examples=["[{for: exercise, by: oncologist, on: 2026-10-01}]"],
    )
    availability: dict[Weekday, Windows] | None = Field(
        default=None, description="free times by weekday", examples=['{monday: ["07:00-08:00"]}']
    )


class Profile(Model):
    """A person. Units are in the names; docs/PROFILE.md tells of every field."""

    name: str = Field(default="", max_length=MAX_NAME, description="what to call the person", examples=["Anna"])
    sex: Sex = Field(description="the sex that reference intakes go by", examples=["female"])
    birth_date: Date = Field(description="the day of birth", examples=["1961-04-02"])
    height_cm: Number = Field(
        ge=MIN_HEIGHT_CM, le=MAX_HEIGHT_CM, description="the height in centimetres", examples=[163]
    )
    weight_kg: Number = Field(
        ge=MIN_WEIGHT_KG, le=MAX_WEIGHT_KG, description="the weight in kilograms", examples=[68]
    )
    activity: Activity = Field(default="low", description="how active a usual day is", examples=["low"])
    therapy: Therapy = Field(
        default=Therapy(drug="none"), description="the aromatase inhibitor", examples=["{drug: anastrozole}"]
    )
    bone: Bone = Field(default=Bone(), description="scans and fractures", examples=["{last_dxa: 2026-02-10}"])
    conditions: Annotated[list[Condition], Once] = Field(
        default=[], max_length=MAX_LIST, description="diagnoses that matter here", examples=["[joint_pain]"]
    )
    medications: list[Medication] = Field(
        default=[], max_length=MAX_LIST, description="medicines", examples=["[{name: levothyroxine}]"]
    )
    supplements: list[Supplement] = Field(
        default=[],
        max_length=MAX_LIST,
        description="supplements taken every day",
        examples=["[{nutrient: vitamin_d, amount: 1000, unit: IU}]"],
    )
    diet: Diet = Field(default=Diet(), description="what menus may hold", examples=["{pattern: omnivore}"])
    meals: MealTimes = Field(default=MealTimes(), description="meal times", examples=['{breakfast: "07:30"}'])
    exercise: ExerciseWishes = Field(
        default=ExerciseWishes(), description="training wishes", examples=["{level: beginner}"]
    )
    timezone: TimeZone = Field(
        default="America/New_York", description="the IANA time zone", examples=["America/New_York"]
    )

    @field_validator("birth_date")
    @classmethod
    def _alive(cls, born: dt.date, info: ValidationInfo) -> dt.date:
        today = today_of(info)
        if born > today:
            raise wrong("is in the future: give the day of birth, such as 1961-04-02")
        if today.year - born.year > MAX_AGE_YEARS:
            raise wrong(f"makes an age over {MAX_AGE_YEARS}: check the year")
        return born

    @field_validator("therapy")
    @classmethod
    def _begun_in_life(cls, therapy: Therapy, info: ValidationInfo) -> Therapy:
        born = info.data.get("birth_date")
        if born and therapy.since and therapy.since < born:
            raise clash([("since", f"{therapy.since} is before the day of birth: check the year")])
        return therapy

    @field_validator("bone")
    @classmethod
    def _broken_in_life(cls, bone: Bone, info: ValidationInfo) -> Bone:
        born = info.data.get("birth_date")
        problems = [
            (f"fractures[{i}].year", f"{fracture.year} is before the year of birth: check it")
            for i, fracture in enumerate(bone.fractures)
            if born and fracture.year < born.year
        ]
        if born and bone.last_dxa and bone.last_dxa < born:
            problems.append(("last_dxa", f"{bone.last_dxa} is before the day of birth: check the year"))
        if problems:
            raise clash(problems)
        return bone

    @model_validator(mode="after")
    def _sites_of_metastases(self) -> Profile:
        if self.bone.metastases and "bone_metastases" not in self.conditions:
            raise clash([("bone.metastases", "sites are given: add bone_metastases to conditions")])
        return self

    @property
    def bmi(self) -> float:
        """Body mass index, kg/m²."""
        return self.weight_kg / (self.height_cm / 100) ** 2

    def age_on(self, day: dt.date) -> int:
        """Whole years of age on `day`."""
        born = self.birth_date
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def as_json(self) -> dict[str, Any]:
        """The profile as plain JSON values, with the keys of the YAML file."""
        return self.model_dump(mode="json", by_alias=True)
