"""Numbers of a plan as the page shows them: each with the place in plan.json that it was read from.

On the page such a number is `<data value="RAW" data-of="OF">shown</data>`, in a drawing
`<tspan data-value="RAW" data-of="OF">shown</tspan>`. OF says where RAW comes from:

    of      = term *( " + " term )            the sum of its terms
    term    = pattern                         the one number there
            / fold " " pattern                all numbers there, as one: fold is sum, mean, min, max or count
    pattern = pointer [ "?" key "=" value *( "&" key "=" value ) ]
    pointer = *( "/" token )                  a JSON pointer (RFC 6901) into plan.json
    token   = key / index / "*" / list        "*" is every element; a list is such as "0-6" or "0-3,5,6"

A "?" keeps what stands in objects that hold each key with that value (a text as it is, anything else as JSON).
What is absent or null counts for no fold. Sums are rounded once (`math.fsum`), so that every reader comes to the same
digits. Two examples:

    /menu/days/0/totals/calcium
    mean /menu/days/0-6/totals/calcium + sum /menu/supplements/*/amount?nutrient=calcium
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from boneplan.plan import Plan

_LIST = re.compile(r"\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*")
_FOLDS: dict[str, Callable[[list[float]], float]] = {
    "sum": math.fsum,
    "mean": lambda found: math.fsum(found) / len(found),
    "min": min,
    "max": max,
    "count": len,
}
_EMPTY = ("sum", "count")  # the folds of nothing that are something: 0


@dataclass(frozen=True)
class Number:
    """A number of the plan: `value` as plan.json has it, `of` where it stands there, `shown` as people read it."""

    value: float
    of: str
    shown: str

    def __html__(self) -> str:
        """The number in running text."""
        return str(Markup('<data value="{}" data-of="{}">{}</data>').format(self.raw, self.of, self.shown))

    def tspan(self) -> Markup:
        """The number in the text of a drawing."""
        return Markup('<tspan data-value="{}" data-of="{}">{}</tspan>').format(self.raw, self.of, self.shown)

    @property
    def raw(self) -> str:
        """`value` with all its digits, as JSON writes it."""
        return json.dumps(self.value)


class Numbers:
    """Reads the numbers of one plan."""

    def __init__(self, plan: Plan) -> None:
        self._document = plan.model_dump(mode="json", by_alias=True)

    def number(self, of: str, shown: str | Callable[[float], str]) -> Number:
        """The number `of` names, shown as the text or by the function given.

        Raises `LookupError` where there is none.
        """
        value = self._sum(of)
        return Number(value, of, shown if isinstance(shown, str) else shown(value))

    def maybe(self, of: str, shown: str | Callable[[float], str]) -> Number | None:
        """As `number`, or None where there is none."""
        try:
            return self.number(of, shown)
        except LookupError:
            return None

    def _sum(self, of: str) -> float:
        terms = [self._term(term) for term in of.split(" + ")]
        return math.fsum(terms) if len(terms) > 1 else terms[0]

    def _term(self, term: str) -> float:
        fold, _, pattern = term.rpartition(" ")
        found = list(_found(self._document, pattern))
        if fold and (found or fold in _EMPTY):
            return _FOLDS[fold](found)
        if fold or len(found) != 1:
            raise LookupError(f"{term}: {len(found)} numbers there")
        return found[0]


def indices(numbers: Collection[int]) -> str:
    """Indices as a token of a pointer, such as "0-6" or "0-3,5"."""
    ordered = sorted(numbers)
    breaks = [0, *(at for at, (left, right) in enumerate(pairwise(ordered), 1) if right > left + 1), len(ordered)]
    runs = [ordered[start:end] for start, end in pairwise(breaks)]
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _found(document: Any, pattern: str) -> Iterator[float]:
    pointer, _, asked = pattern.partition("?")
    tokens = [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
    wanted = [tuple(pair.split("=", 1)) for pair in asked.split("&")] if asked else []
    holders = [document]
    for token in tokens[:-1]:
        holders = [inner for holder in holders for inner in _step(holder, token)]
    for holder in holders:
        if all(isinstance(holder, dict) and _text(holder.get(key)) == value for key, value in wanted):
            yield from (found for found in _step(holder, tokens[-1]) if _is_number(found))


def _step(holder: Any, token: str) -> Iterable[Any]:
    if isinstance(holder, dict):
        return [holder[token]] if token in holder else []
    if isinstance(holder, list):
        return holder if token == "*" else [holder[index] for index in _listed(token) if index < len(holder)]
    return []


def _listed(token: str) -> Iterator[int]:
    if _LIST.fullmatch(token):
        for run in token.split(","):
            first, _, last = run.partition("-")
            yield from range(int(first), int(last or first) + 1)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
