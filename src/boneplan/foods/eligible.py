"""Which foods a person may be offered, and for every other one the rules that keep it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from boneplan.data import shipped_yaml
from boneplan.foods.medical import food_rules_for
from boneplan.foods.table import FoodTable, diets
from boneplan.plan import MealName
from boneplan.profile import Profile

MEALS: tuple[MealName, ...] = ("breakfast", "lunch", "dinner", "snack")
UNSAFE = ("yes", "may")
BUDGET = "diet/budget"
# Columns of foods.csv that name what a food holds.
HOLDS = (
    "milk", "egg", "fish", "shellfish", "tree_nuts", "peanut", "wheat", "soy", "sesame", "gluten", "lactose", "meat",
    "pork", "gelatine", "honey",
)  # fmt: skip


@dataclass(frozen=True)
class Exclusion:
    """One rule of the person that keeps foods out: `foods` at `meals`."""

    rule: str
    text: str
    foods: frozenset[str]
    meals: tuple[MealName, ...] = MEALS
    word: str = ""


def _flagged(foods: pd.DataFrame, columns: Sequence[str], values: Sequence[str] = UNSAFE) -> frozenset[str]:
    return frozenset(foods.index[foods[list(columns)].isin(values).any(axis=1)])


def _stem(word: str) -> str:
    """What singular and plural share: berry and berries, tomato and tomatoes, quiche and quiches."""
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def words_of(text: str) -> frozenset[str]:
    """The words of a text, small and without the endings of number."""
    return frozenset(_stem(word) for word in re.findall(r"[^\W\d_]+", text.casefold()))


def disliked(foods: pd.DataFrame, dislike: str) -> frozenset[str]:
    """Foods that hold what a person dislikes, as far as name, description, category and flags tell.

    Every word of the dislike in any order, singular or plural ("skim milk" finds "Milk, fat free (skim)"), or its
    letters anywhere, or a kind of food that foods/kinds.yaml knows ("fruit"): rather a food too many left out than
    one too few.
    """
    wanted = words_of(dislike)
    if not wanted:
        return frozenset()
    text = foods["name"] + " | " + foods["description"] + " | " + foods["category_name"]
    letters = dislike.strip().casefold()
    hit = text.map(lambda line: letters in line.casefold() or wanted <= words_of(line))
    kinds: dict[str, dict[str, list[Any]]] = shipped_yaml("foods", "kinds.yaml")
    kind: dict[str, list[Any]] = next((kinds[word] for word in kinds if words_of(word) == wanted), {})
    for other in kind.get("words", []):
        hit |= foods.index.isin(disliked(foods, other))
    hit |= foods["category"].isin(kind.get("categories", []))
    for column in HOLDS:
        if words_of(column.replace("_", " ")) == wanted or column in kind.get("flags", []):
            hit |= foods[column].isin(UNSAFE)
    return frozenset(foods.index[hit])


def _named(foods: pd.DataFrame, words: str) -> frozenset[str]:
    """Foods whose name or description holds every one of the words, singular or plural, in any order."""
    wanted = words_of(words)
    texts = zip(foods.index, foods["name"], foods["description"], strict=True)
    return frozenset(food for food, *said in texts if any(wanted <= words_of(text) for text in said))


def exclusions(table: FoodTable, profile: Profile) -> list[Exclusion]:
    """Every rule of `profile` that keeps foods out, in a fixed order; own dishes are kept out by their parts too."""
    foods, diet, rules = table.foods, profile.diet, diets()
    found: list[Exclusion] = []

    def leave_out(rule: str, text: str, spec: dict[str, object]) -> None:
        if columns := spec.get("exclude"):
            found.append(Exclusion(rule, text, _flagged(foods, columns)))  # type: ignore[arg-type]
        if columns := spec.get("exclude_yes"):
            found.append(Exclusion(rule, text, _flagged(foods, columns, ("yes",))))  # type: ignore[arg-type]
        for meal, columns in dict(spec.get("exclude_at", {})).items():  # type: ignore[call-overload]
            found.append(Exclusion(rule, f"{text}, at {meal}", _flagged(foods, columns), (meal,)))

    for allergen in diet.allergies:
        text = f"{allergen.replace('_', ' ')} allergy"
        found.append(Exclusion(f"diet/allergy/{allergen}", text, _flagged(foods, [allergen])))
    leave_out(f"diet/pattern/{diet.pattern}", f"{diet.pattern} diet", rules["patterns"][diet.pattern])
    for intolerance in diet.intolerances:
        text = f"{intolerance} intolerance"
        leave_out(f"diet/intolerance/{intolerance}", text, rules["intolerances"][intolerance])
    for rule in food_rules_for(profile):
        named = [_named(foods, words) for words in rule.words]
        kept_out = frozenset(rule.foods).union(_flagged(foods, rule.flags), *named)
        found.append(Exclusion(rule.rule, rule.title, kept_out & frozenset(foods.index)))
    # An unknown isoflavone content is the unsafe answer under every policy: even "allow" has an upper limit.
    unknown = frozenset(foods.index[foods["isoflavones_unknown"].eq(1)])
    found.append(Exclusion("diet/phytoestrogens/unknown", "isoflavone content unknown", unknown))
    if diet.phytoestrogens == "avoid":
        sources = frozenset(foods.index[foods["phytoestrogen"].eq("source")])
        found.append(Exclusion("diet/phytoestrogens/avoid", "phytoestrogen sources avoided", sources))
    found += [Exclusion(f"diet/dislike/{w}", f"dislikes {w}", disliked(foods, w)) for w in diet.dislikes]
    if diet.budget_per_day is not None:
        unpriced = frozenset(foods.index[foods["price"].isna()])
        text = f"a budget of {diet.budget_per_day:g} USD a day, which only foods of known price can keep"
        found.append(Exclusion(BUDGET, text, unpriced))
    return with_dishes(found, table)


def with_dishes(excluded: Sequence[Exclusion], table: FoodTable) -> list[Exclusion]:
    """The same rules, each keeping out as well the person's own dishes that hold one of its foods."""

    def of_dishes(foods: frozenset[str]) -> frozenset[str]:
        return frozenset(dish for dish, held in table.holds.items() if held & foods)

    return [replace(e, foods=e.foods | of_dishes(e.foods)) for e in excluded] if table.holds else list(excluded)


def allowed(table: FoodTable, excluded: Sequence[Exclusion]) -> dict[MealName, frozenset[str]]:
    """The foods left at each meal once every exclusion is applied."""
    everything = frozenset(table.foods.index)
    return {meal: everything.difference(*(e.foods for e in excluded if meal in e.meals)) for meal in MEALS}
