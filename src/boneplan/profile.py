"""A person as the planner knows them: the fields of a profile and what would be a slip of the pen.

The bounds here catch errors of data entry (a height in metres, a T-score without its point). They are no
clinical limits: those are in guidelines/. Every field carries a description and an example, which error
messages use.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from boneplan.choices import (
    Activity,
    Allergen,
    Condition,
    Equipment,
    ExerciseLevel,
    Intolerance,
    Measures,
    Pattern,
    Place,
    Policy,
    Sex,
)
from boneplan.profile_fields import (
    MAX_LIST,
    Clock,
    Date,
    Model,
    Number,
    Once,
    TimeZone,
    Windows,
    Words,
    clash,
    today_of,
    wrong,
)
from boneplan.profile_health import Bone, Checks, Clearance, Medication, Supplement, Therapy, Weekday

# What a living adult can have, with room to spare; outside it the entry is mistyped.
MIN_HEIGHT_CM, MAX_HEIGHT_CM = 100, 230
MIN_WEIGHT_KG, MAX_WEIGHT_KG = 25, 300
MAX_AGE_YEARS = 110
MAX_BUDGET = 1_000  # USD a day
MAX_VITAMIN_K = 1_000  # µg a day
MAX_NAME = 200  # characters
SHORTEST_DISLIKE = 2  # letters: one letter would rule out nearly every food


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
    vitamin_k_agreed: Number | None = Field(
        default=None,
        gt=0,
        le=MAX_VITAMIN_K,
        description="the vitamin K in µg a day agreed with the anticoagulation clinic",
        examples=[95],
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
    checks: Checks = Field(default=Checks(), description="the last checks", examples=["{calcium: 2026-05-04}"])
    clearance: list[Clearance] = Field(
        default=[],
        max_length=MAX_LIST,
        description="consents of clinicians",
        examples=["[{for: exercise, by: oncologist, on: 2026-10-01}]"],
    )
    diet: Diet = Field(default=Diet(), description="what menus may hold", examples=["{pattern: omnivore}"])
    meals: MealTimes = Field(default=MealTimes(), description="meal times", examples=['{breakfast: "07:30"}'])
    exercise: ExerciseWishes = Field(
        default=ExerciseWishes(), description="training wishes", examples=["{level: beginner}"]
    )
    measures: Measures = Field(
        default="us",
        description="how amounts of food are shown: cups and ounces, or millilitres and grams",
        examples=["metric"],
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
    def clearances(self) -> list[Clearance]:
        """Every recorded clearance: that of the person, and what older profiles keep with their exercise."""
        return [*self.clearance, *self.exercise.clearance]

    @property
    def bmi(self) -> float:
        """Body mass index, kg/m²."""
        return 10_000 * self.weight_kg / self.height_cm**2  # metres would lose a limit such as 18.5 to rounding

    def age_on(self, day: dt.date) -> int:
        """Whole years of age on `day`."""
        born = self.birth_date
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def as_json(self) -> dict[str, Any]:
        """The profile as plain JSON values, with the keys of the YAML file."""
        return self.model_dump(mode="json", by_alias=True)
