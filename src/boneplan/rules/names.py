"""Names in a rules file that no table of boneplan knows, each with what may have been meant."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from boneplan.foods.eligible import words_of
from boneplan.foods.requested import banned, named, of_category, tagged, tags
from boneplan.foods.table import FoodTable, load_foods
from boneplan.profile_fields import MEAL_NAMES, Words
from boneplan.rules.fields import Category
from boneplan.yaml_reader import shown

COUNTED = ("require", "limit", "prefer", "pin", "reuse")
"""The parts whose foods have to be known. A ban of an unknown food is kept: whoever writes it is careful."""
NAMED = (*COUNTED, "ban")
ALIKE = 0.7  # of 1: how much of two words has to be the same for one to be a slip of the other
_WORDS: TypeAdapter[str] = TypeAdapter(Words)
_CATEGORY: TypeAdapter[str | int | None] = TypeAdapter(Category)
SEARCH = "search with `boneplan foods search`"


def unknown_names(data: Any, table: FoodTable | None = None) -> list[str]:
    """A sentence for each food, category, tag and kind of meal in the plain values of a file that nothing goes by.

    Foods are those of `table` (default: the shipped one). What is no list of mappings is left to the schema.
    """
    if not isinstance(data, Mapping) or not any(data.get(part) for part in NAMED):
        return []
    table = table or load_foods()
    return [problem for part in NAMED for problem in _of_part(part, data.get(part), table)]


def unknown_ban(words: str, table: FoodTable) -> str | None:
    """What may have been meant by the words of a ban that keep nothing out; None where they keep something out."""
    return None if banned(table.foods, words) else _meant_food(words, table)


def _of_part(part: str, rules: Any, table: FoodTable) -> Iterator[str]:
    for number, rule in enumerate(rules if isinstance(rules, list) else []):
        for key, check in SELECTORS.items():
            if not isinstance(rule, Mapping) or key not in rule or (part == "ban" and key == "food"):
                continue
            value = _readable(rule[key], number=key == "category")
            if value is not None and (problem := check(value, rule, table)):
                yield f"{part}[{number}].{key}: {shown(rule[key])} {problem}"


def _readable(value: Any, *, number: bool) -> str | int | None:
    """The words as the schema reads them; None for what it refuses."""
    try:
        return _CATEGORY.validate_python(value) if number else _WORDS.validate_python(value)
    except ValidationError:
        return None


def _food(value: str | int, _: Mapping[str, Any], table: FoodTable) -> str | None:
    return None if named(table.foods, str(value)) else f"is no food of the table: {_meant_food(str(value), table)}"


def _meant_food(words: str, table: FoodTable) -> str:
    """Which words may have been meant, word by word; else how to search."""
    known = {word for name in table.foods["name"] for word in str(name).casefold().replace(",", " ").split()}
    known |= {word for tag in tags() for word in tag.split()}
    stems = {stem for word in known for stem in words_of(word)}
    said = words.casefold().split()
    close = [
        word if words_of(word) <= stems else next(iter(difflib.get_close_matches(word, sorted(known), 1, ALIKE)), "")
        for word in said
    ]
    if said and all(close) and close != said and named(table.foods, " ".join(close)):
        return f"did you mean {' '.join(close)}? Or {SEARCH}"
    return f"check the spelling, or {SEARCH}"


def _category(value: str | int, _: Mapping[str, Any], table: FoodTable) -> str | None:
    if of_category(table.foods, value):
        return None
    names = sorted(set(table.foods["category_name"]))
    if isinstance(value, int):
        return f"is the number of no food category: give its name, such as {names[0]}"
    holding = [name for name in names if words_of(value) and words_of(value) <= words_of(name)]
    close = holding or difflib.get_close_matches(value, names, 1)
    hint = (
        f"did you mean {' or '.join(close)}?" if close else "`boneplan foods show FOOD --json` gives that of a food"
    )
    return f"is no food category: {hint}"


def _tag(value: str | int, _: Mapping[str, Any], table: FoodTable) -> str | None:
    if tagged(table.foods, str(value)):
        return None
    if str(value).casefold() in tags():
        return "is a tag of no food of the table: leave the rule out, or name another"
    close = difflib.get_close_matches(str(value).casefold(), tags(), 1)
    hint = f"did you mean {close[0]}? Or " if close else ""
    return f"is no tag: {hint}use one of {', '.join(tags())}"


def _kind_of_meal(value: str | int, rule: Mapping[str, Any], _: FoodTable) -> str | None:
    from boneplan.menu.patterns import kinds_of_meal, meal_book

    book, at = meal_book(), rule.get("at")
    meals = [meal for meal in ([at] if isinstance(at, str) else at or []) if meal in MEAL_NAMES]
    if kinds_of_meal(book, str(value), meals):
        return None
    if elsewhere := kinds_of_meal(book, str(value)):
        return f"is no kind of {' or '.join(meals)}: it is {' and '.join(elsewhere)}"
    keys = [pattern.key for pattern in book.patterns]
    called = {pattern.name: pattern.key for pattern in book.patterns} | {key: key for key in keys}
    close = difflib.get_close_matches(str(value).casefold().replace(" ", "_"), called, 1, ALIKE)
    hint = f"did you mean {called[close[0]]}? Or " if close else ""
    return f"is no kind of meal: {hint}use one of {', '.join(keys)}"


SELECTORS: Mapping[str, Callable[[str | int, Mapping[str, Any], FoodTable], str | None]] = {
    "food": _food,
    "category": _category,
    "tag": _tag,
    "kind_of_meal": _kind_of_meal,
}
"""What a rule may name its foods by, and what finds out whether something goes by it."""
