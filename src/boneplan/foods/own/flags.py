"""Allergens and kinds of food in a person's own food: what its words say, and what follows from them.

What nobody said is "may", which every rule that keeps foods out takes for "yes".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, get_args

Flag = Literal[
    "milk", "egg", "fish", "shellfish", "tree_nuts", "peanut", "wheat", "soy", "sesame", "gluten", "lactose", "meat",
    "pork", "gelatine", "honey", "shellfish_or_nonkosher_fish",
]  # fmt: skip
Answer = Literal["no", "may", "yes"]

FLAGS: tuple[Flag, ...] = get_args(Flag)
REST = "rest"
WORST: tuple[Answer, ...] = ("no", "may", "yes")
# What holds the first holds the second: where the second is not in it, neither is the first. Wheat is not among them:
# there is bread of wheat starch without gluten.
IS_A: tuple[tuple[Flag, Flag], ...] = (
    ("lactose", "milk"),
    ("pork", "meat"),
    ("shellfish", "shellfish_or_nonkosher_fish"),
)


def flags_of(contains: Sequence[str], may_contain: Sequence[str], free_of: Sequence[str]) -> dict[Flag, Answer]:
    """The answer for each flag; `rest` in `free_of` stands for all that the other two do not name.

    Wheat brings gluten along unless gluten is named as left out.
    """
    made: dict[Flag, Answer] = {}
    for flag in FLAGS:
        if flag in contains:
            made[flag] = "yes"
        elif flag in may_contain:
            made[flag] = "may"
        else:
            made[flag] = "no" if flag in free_of or REST in free_of else "may"
    for part, whole in IS_A:
        made[whole] = worst([made[whole], made[part]]) if part in (*contains, *may_contain) else made[whole]
        if made[whole] == "no":
            made[part] = "no"
    if "gluten" not in free_of:
        made["gluten"] = worst([made["gluten"], made["wheat"]])
    return made


def contradictions(
    contains: Sequence[str], may_contain: Sequence[str], free_of: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """(field, sentence) for each thing that is said to be in a food and not in it."""
    for number, flag in enumerate(free_of):
        held = [part for part, whole in IS_A if whole == flag and part in (*contains, *may_contain)]
        if flag in (*contains, *may_contain):
            yield f"free_of[{number}]", f"{_words(flag)} is said to be in it as well: keep one of the two"
        elif held:
            yield f"free_of[{number}]", f"what holds {_words(held[0])} holds {_words(flag)}: leave one of the two out"
    for number, flag in enumerate(may_contain):
        if flag in contains:
            yield f"may_contain[{number}]", f"{_words(flag)} stands in contains already: keep one of the two"


def worst(answers: Iterable[str]) -> Answer:
    """The worst of some answers; what is none of the three is "may"."""
    known = {"no": 0, "yes": 2}
    return WORST[max((known.get(answer, 1) for answer in answers), default=1)]


def _words(flag: str) -> str:
    return flag.replace("_", " ")
