"""The portions that a rule of a rules file is about: by words, category, tag or kind of meal, and at which meals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from boneplan.plan import MealName
from boneplan.verify.case import Case
from boneplan.verify.tables import FLAGS, Food
from boneplan.verify.words import words_of

SELECTORS = ("food", "category", "tag", "kind_of_meal")
MEALS: tuple[str, ...] = get_args(MealName)
Kinds = Mapping[str, Mapping[str, Any]]
"""Everyday words for kinds of food, as foods/kinds.yaml has them."""
HELD = {flag.replace("_", " "): flag for flag in FLAGS}
"""What foods may hold, in words, with the column of the food table that says so."""


@dataclass(frozen=True)
class Selection:
    """`of` is one of SELECTORS and `named` what it says; `at` are the meals, none of them: all."""

    of: str
    named: str | int
    at: frozenset[str] = frozenset()

    def holds(self, case: Case, food: Food, *, widely: bool = False) -> bool:
        """Whether a portion of `food` is surely one of those, or `widely`, as a ban is meant, may well be.

        A kind of meal is made of no food in particular.
        """
        words = str(self.named)
        if widely and self.of in ("food", "tag"):
            return food.id == words or is_meant_widely(food, words, case.tables.kinds, ("yes", "may"))
        if self.of == "food":
            return is_called(case, food, words)
        if self.of == "category":
            if isinstance(self.named, int):
                return self.named == food.category
            return bool(said := words_of(self.named)) and said == words_of(food.category_name)
        return self.of == "tag" and has_tag(food, words, case.tables.kinds)


@dataclass(frozen=True)
class Serving:
    """What a rule counts: a portion of `food`, or a whole meal of a kind (`food` is None)."""

    date: dt.date
    where: str
    food: Food | None = None


def read_selection(rule: Mapping[str, Any]) -> Selection:
    """The selection of one rule. Raises `ValueError` where it names nothing, or several things."""
    given = [selector for selector in SELECTORS if rule.get(selector) is not None]
    if len(given) != 1:
        raise ValueError("a rule names one thing")
    named = rule[given[0]]
    if isinstance(named, bool) or not isinstance(named, (str, int) if given[0] == "category" else str):
        raise ValueError(f"{named!r} names nothing")
    return Selection(given[0], named, read_meals(rule))


def read_meals(rule: Mapping[str, Any], key: str = "at") -> frozenset[str]:
    """The meals under `key`: one, a list of them, or none. Raises `ValueError` for what is no meal."""
    meals = rule.get(key) or []
    meals = [meals] if isinstance(meals, str) else meals
    if not isinstance(meals, list) or any(meal not in MEALS for meal in meals):
        raise ValueError(f"{meals!r} are no meals")
    return frozenset(meals)


def servings(case: Case, selection: Selection, *, widely: bool = False) -> list[Serving]:
    """Everything on the menu that the selection is about, in the order of the plan.

    `widely` a dish of the person's own is all that goes into it, too.
    """
    at = selection.at or MEALS
    if selection.of == "kind_of_meal":
        known = case.tables.meal_patterns
        keys = known.called(str(selection.named), at) if known else {selection.named}
        meals = [(day, meal) for day in case.plan.menu.days for meal in day.meals if meal.meal in at]
        return [Serving(d.date, f"{d.date} {m.meal}, {m.title}") for d, m in meals if m.pattern in keys]
    return [
        Serving(served.day.date, served.where, served.food)
        for served in case.served
        if served.meal.meal in at and _fits(case, selection, served.food, widely=widely)
    ]


def _fits(case: Case, selection: Selection, food: Food, *, widely: bool) -> bool:
    foods = case.within(food) if widely else (food,)
    return any(selection.holds(case, part, widely=widely) for part in foods)


def is_called(case: Case, food: Food, words: str) -> bool:
    """Whether `words` mean this food: its id, known by the hyphen in it, or else words that fit it."""
    if "-" in words and words in case.tables.foods.foods:
        return food.id == words
    return goes_by(food, words, case.tables.kinds)


def has_tag(food: Food, tag: str, kinds: Kinds) -> bool:
    """Whether the food surely holds what the tag is called after, or is of that kind."""
    kind, flags = _kind(tag, kinds)
    if food.category in kind.get("categories", ()) or any(food.flag(flag) == "yes" for flag in flags):
        return True
    return any(goes_by(food, words, {}) for words in kind.get("words", ()))


def is_meant_widely(food: Food, words: str, kinds: Kinds, held: Container[str]) -> bool:
    """Whether the food is what these words leave out: rather one too many than one too few.

    By any of its names, its kind, or by what the table says it holds, with one of the answers `held`.
    """
    wanted, said = words_of(words), words_of(f"{food.name} {food.description}")
    kind, flags = _kind(words, kinds)
    named = any(meant <= said for meant in (wanted, *map(words_of, kind.get("words", ()))))
    of_kind = food.category in kind.get("categories", ())
    return bool(wanted) and (named or of_kind or any(food.flag(flag) in held for flag in flags))


def goes_by(food: Food, words: str, kinds: Kinds) -> bool:
    """Whether the food goes by these words: by its name, its kind, or what it surely holds."""
    wanted = words_of(words)
    kind = next((kind for word, kind in kinds.items() if words_of(word) == wanted), {})
    if food.category in kind.get("categories", ()) or any(food.flag(f) == "yes" for f in kind.get("flags", ())):
        return True
    if any(goes_by(food, other, {}) for other in kind.get("words", ())):
        return True
    named = bool(wanted) and wanted <= words_of(f"{food.name} {food.description}")
    # Almond milk is no milk.
    flag = next((flag for said, flag in HELD.items() if words_of(said) == wanted), None)
    return named and (flag is None or food.flag(flag) == "yes")


def _kind(words: str, kinds: Kinds) -> tuple[Mapping[str, Any], list[str]]:
    """The kind of food that goes by these words, and the flags that it or the words themselves name."""
    wanted = words_of(words)
    kind = next((kind for word, kind in kinds.items() if words_of(word) == wanted), {})
    return kind, [*kind.get("flags", ()), *(flag for said, flag in HELD.items() if words_of(said) == wanted)]
