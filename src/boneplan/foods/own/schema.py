"""A food or recipe of a person's own, as it is written down: what a file of foods.d may say.

What the figures come to is `own.resolve`; where such files are read is `own.reader`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field, model_validator

from boneplan.foods.own.figures import PER_100_G, figures, implausible
from boneplan.foods.own.flags import Flag, contradictions
from boneplan.plan import MealName
from boneplan.profile_fields import MAX_LIST, Model, Number, Once, Whole, Words, clash, wrong

Phytoestrogens = Literal["none", "trace", "source"]
Amount = Literal[
    "energy", "protein", "fat", "saturated_fat", "carbohydrate", "sugars", "added_sugar", "fibre", "calcium",
    "vitamin_d", "vitamin_k", "magnesium", "potassium", "phosphorus", "sodium", "retinol", "caffeine", "alcohol",
    "isoflavones",
]  # fmt: skip

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
STEPS = (1, 0.5, 0.25)  # parts of a measure that a menu can print
MAX_ID = 80  # characters
MAX_FIGURE = 1_000_000  # of an amount as typed, in any unit, for any weight
MAX_GRAMS = 10_000  # of one serving, or one ingredient of a dish
MAX_SERVINGS = 100  # of one dish
MAX_PARTS = 60  # ingredients of one dish


def _id(text: str) -> str:
    if not ID.fullmatch(text) or len(text) > MAX_ID:
        raise wrong("is no id: use small letters, digits and single hyphens, such as goat-kefir")
    return text


def _unit(text: str) -> str:
    if not text[0].isalpha():
        raise wrong("does not begin with a letter: name one of it, such as glass; its count comes from the menu")
    return text


def _step(step: float) -> float:
    if step not in STEPS:
        raise wrong("is no step: use 1, 0.5 or 0.25")
    return step


Measure = Annotated[Words, AfterValidator(_unit)]


def _amount(description: str, example: float) -> Any:
    return Field(default=None, ge=0, le=MAX_FIGURE, description=description, examples=[example])


class Serving(Model):
    """One household measure of the food, its weight, and the smallest part of it that is served."""

    measure: Measure = Field(description="what one is called", examples=["glass"])
    plural: Measure | None = Field(default=None, description="what several are called", examples=["glasses"])
    grams: Number | None = Field(default=None, gt=0, le=MAX_GRAMS, description="grams of one", examples=[240])
    step: Annotated[Number, AfterValidator(_step)] = Field(
        default=1, description="the smallest part of it to serve", examples=[0.5]
    )


class Label(Model):
    """Amounts `per` 100 g or serving. What is left out is unknown, never zero."""

    per: Literal["100 g", "serving"] = Field(description="what the amounts are of", examples=["100 g"])
    energy: Number = Field(ge=0, le=MAX_FIGURE, description="energy in kcal", examples=[62])
    protein: Number | None = _amount("protein in g", 3.5)
    fat: Number | None = _amount("fat in g", 3.3)
    saturated_fat: Number | None = _amount("saturated fat in g", 2.1)
    carbohydrate: Number | None = _amount("carbohydrate in g, fibre included", 4.5)
    sugars: Number | None = _amount("sugars in g", 4.5)
    added_sugar: Number | None = _amount("added sugar in g", 0)
    fibre: Number | None = _amount("fibre in g", 0)
    calcium: Number | None = _amount("calcium in mg", 120)
    vitamin_d: Number | None = _amount("vitamin D in µg", 1.2)
    vitamin_k: Number | None = _amount("vitamin K in µg", 0.3)
    magnesium: Number | None = _amount("magnesium in mg", 12)
    potassium: Number | None = _amount("potassium in mg", 150)
    phosphorus: Number | None = _amount("phosphorus in mg", 95)
    sodium: Number | None = _amount("sodium in mg", 45)
    salt: Number | None = _amount("salt in g, instead of sodium", 0.11)
    retinol: Number | None = _amount("retinol in µg", 30)
    caffeine: Number | None = _amount("caffeine in mg", 0)
    alcohol: Number | None = _amount("alcohol in g", 0)
    isoflavones: Number | None = _amount("isoflavones in mg", 0)
    price: Number | None = _amount("price in USD", 0.55)

    def per_100_g(self, serving_grams: float | None) -> dict[str, float]:
        """What is known, per 100 g, salt as sodium; a serving weighs `serving_grams`."""
        scale = 1.0 if self.per == "100 g" or not serving_grams else PER_100_G / serving_grams
        known = self.model_dump(exclude={"per"}, exclude_none=True)
        made = {name: amount * scale for name, amount in known.items()}
        if "salt" in made:
            made["sodium"] = made.pop("salt") * figures().sodium_mg_per_gram_of_salt
        return made


class Ingredient(Model):
    """A food by its id or its whole name, shipped or own, and how much of it goes into the dish."""

    food: Words = Field(description="a food by id or whole name", examples=["rolled-oats-dry"])
    grams: Number = Field(gt=0, le=MAX_GRAMS, description="grams of it", examples=[60])


class OwnEntry(Model):
    """One food or recipe as written: a `label` or `ingredients`, and what it is `like` or its category and meals."""

    id: Annotated[Words, AfterValidator(_id)] | None = Field(default=None, description="an id", examples=["kefir-2"])
    name: Words = Field(description="the name as menus print it", examples=["Goat kefir"])
    like: Words | None = Field(default=None, description="a shipped food that is eaten alike", examples=["kefir"])
    category: Words | Whole | None = Field(default=None, description="a food category", examples=["Yogurt, regular"])
    meals: Annotated[list[MealName], Once] = Field(
        default=[], max_length=MAX_LIST, description="when it is eaten", examples=["[breakfast, snack]"]
    )
    label: Label | None = Field(default=None, description="the amounts", examples=["{per: 100 g, energy: 62}"])
    as_like: Annotated[list[Amount], Once] = Field(
        default=[], max_length=MAX_LIST, description="amounts to take from `like`", examples=["[retinol, caffeine]"]
    )
    ingredients: list[Ingredient] = Field(
        default=[], max_length=MAX_PARTS, description="what goes in", examples=["[{food: milk, grams: 200}]"]
    )
    servings: Number | None = Field(
        default=None, gt=0, le=MAX_SERVINGS, description="how many servings the dish makes", examples=[4]
    )
    yield_grams: Number | None = Field(
        default=None, gt=0, le=MAX_PARTS * MAX_GRAMS, description="what the cooked dish weighs in g", examples=[850]
    )
    serving: Serving | None = Field(
        default=None, description="a serving", examples=["{measure: glass, plural: glasses, grams: 240}"]
    )
    contains: Annotated[list[Flag], Once] = Field(
        default=[], max_length=MAX_LIST, description="what it contains", examples=["[milk, lactose]"]
    )
    may_contain: Annotated[list[Flag], Once] = Field(
        default=[], max_length=MAX_LIST, description="what it may contain", examples=["[tree_nuts]"]
    )
    free_of: Annotated[list[Flag | Literal["rest"]], Once] = Field(
        default=[], max_length=MAX_LIST, description="what it surely does not contain", examples=["[egg, fish]"]
    )
    phytoestrogens: Phytoestrogens | None = Field(
        default=None, description="whether it holds soy, flax or their kin", examples=["none"]
    )

    @property
    def is_recipe(self) -> bool:
        """Whether it is made of other foods."""
        return bool(self.ingredients)

    @property
    def weighed(self) -> bool:
        """Whether it has a measure of its own."""
        return self.serving is not None or self.servings is not None

    @model_validator(mode="after")
    def _fits_together(self) -> OwnEntry:
        problems = [*self._kind(), *self._place(), *self._weight(), *self._holding()]
        if not problems and self.label is not None:
            amounts = self.label.per_100_g(self.serving.grams if self.serving else None)
            problems = [(f"label.{name}", text) for name, text in implausible(amounts)]
        if problems:
            raise clash(problems)
        return self

    def _kind(self) -> Iterator[tuple[str, str]]:
        if (self.label is None) == (not self.ingredients):
            told = "is missing" if self.label is None else "stands beside ingredients"
            yield "label", f"{told}: give the label of a food, or the ingredients of a dish (one of the two)"
        if self.label is not None and self.label.salt is not None and self.label.sodium is not None:
            yield "label.salt", "says the same as sodium: keep one of the two"
        for name in ("servings", "yield_grams"):
            if self.label is not None and getattr(self, name) is not None:
                yield name, "goes with ingredients alone: leave it out"
        if self.as_like and (self.like is None or self.is_recipe):
            yield "as_like", "goes with a label and a food in `like`: leave it out, or name that food"
        for number, name in enumerate(self.as_like):
            if self.label is not None and name in self.label.per_100_g(None):
                yield f"as_like[{number}]", f"{name} stands on the label: keep one of the two"

    def _place(self) -> Iterator[tuple[str, str]]:
        if self.like is None and (self.category is None or not self.meals):
            yield "like", "is missing: name a shipped food that is eaten alike, or give category and meals"
        for name in ("category", "meals"):
            if self.like is not None and getattr(self, name):
                yield name, f"comes from the food in `like` ({self.like}): leave one of the two out"

    def _weight(self) -> Iterator[tuple[str, str]]:
        serving = self.serving
        if self.is_recipe:
            if (self.servings is None) == (serving is None or serving.grams is None):
                yield (
                    "servings",
                    "is missing or said twice: give servings, or serving with its grams (one of the two)",
                )
        elif serving is None:
            if self.label is not None and (self.label.per == "serving" or self.like is None):
                yield "serving", "is missing: give its measure and grams, such as {measure: glass, grams: 240}"
        elif serving.grams is None:
            yield "serving.grams", "is missing: give the grams of one, such as 240"

    def _holding(self) -> Iterator[tuple[str, str]]:
        if self.is_recipe:
            for name in ("free_of", "phytoestrogens"):
                if getattr(self, name):
                    yield name, "of a dish comes from its ingredients: leave it out"
            return
        yield from contradictions(self.contains, self.may_contain, self.free_of)
        if self.phytoestrogens == "none":
            if {"soy"} & {*self.contains}:
                yield "phytoestrogens", "soy holds them: write trace (oil, lecithin, sauce) or source"
            if self.label is not None and self.label.isoflavones:
                yield "phytoestrogens", "isoflavones stand on the label: write trace or source"


AMOUNTS = get_args(Amount)
