"""What the names of medicines and products leave open: slips of the pen, names nobody knows, two of a kind."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from pydantic import Field

from boneplan.applies import MEDICINES, MedicineClass, classes_of, medicine_classes
from boneplan.avoid import is_avoided
from boneplan.plan import Level, Notice, Scope
from boneplan.profile import Profile
from boneplan.rows import Row, Sourced, shipped_rows

SHORTEST = 5  # letters of a word that may be a name: shorter ones are alike by chance


class Told(Sourced):
    """What is said of a name, and whom to ask."""

    text: str
    ask: str


class NearMiss(Told):
    """From which likeness on (0 to 1) a known name may be meant."""

    close: float = Field(gt=0, lt=1)


class Twice(Told):
    """Kinds of medicines of which nobody takes two at once."""

    one_of: tuple[tuple[str, ...], ...]


class _Tells(Row):
    near_miss: NearMiss
    unknown: Told
    unknown_product: Told
    twice: Twice


class _File(Row):
    classes: dict[str, MedicineClass]
    told: _Tells


@cache
def _tells() -> _Tells:
    return shipped_rows(_File, MEDICINES).told


def medicine_notices(profile: Profile, on: dt.date) -> list[Notice]:
    """What to know of the names of a person's medicines and supplements, slips of the pen first."""
    return [*_near_misses(profile), *_twice(profile), *_unknown(profile), *_unknown_products(profile, on)]


def meant(name: str) -> str | None:
    """The known name that one of no kind may be a slip of; None where it is of a kind, or like none."""
    if classes_of(name):
        return None
    known = sorted({word for kind in medicine_classes().values() for word in kind.names})
    for word in re.findall(r"[^\W\d_]+", name.casefold()):
        close: list[str] = difflib.get_close_matches(word, known, 1, _tells().near_miss.close)
        if len(word) >= SHORTEST and close:
            return close[0]
    return None


def _near_misses(profile: Profile) -> Iterator[Notice]:
    for name in _names(profile):
        if likely := meant(name):
            text = f"“{name}” {_tells().near_miss.text} If {likely} is meant, write that, and plan again."
            yield _notice("warn", "near_miss", text, "plan")


def _twice(profile: Profile) -> Iterator[Notice]:
    for group in _tells().twice.one_of:
        of_group = [name for name in _names(profile) if not classes_of(name).isdisjoint(group)]
        for one, other in combinations(of_group, 2):
            yield _notice(
                "warn", "twice", f"“{one}” and “{other}” {_tells().twice.text} Ask whether both are meant.", "plan"
            )


def _unknown(profile: Profile) -> Iterator[Notice]:
    names = [name for name in _names(profile) if not classes_of(name) and not meant(name)]
    if names:
        text = f"{', '.join(names)}: {_tells().unknown.text} Ask a pharmacist to look over all that you take."
        yield _notice("info", "unknown", text, "plan")


def _unknown_products(profile: Profile, on: dt.date) -> Iterator[Notice]:
    for supplement in profile.supplements:
        if supplement.name and supplement.nutrient is None and not is_avoided(supplement, profile, on):
            text = f"{supplement.name}: {_tells().unknown_product.text} Ask about it before you take it."
            yield _notice("warn", "unknown_product", text, "menu")


def _names(profile: Profile) -> list[str]:
    """The names of the medicines, each once, however it is capitalised."""
    return list({medication.name.casefold(): medication.name for medication in profile.medications}.values())


def _notice(level: Level, rule: str, text: str, scope: Scope) -> Notice:
    told: Told = getattr(_tells(), rule)
    source = str(told.reference)
    return Notice(
        level=level,
        rule=f"safety/medicines/{rule}",
        text=text,
        source=source,
        scope=scope,
        basis=told.basis,
        ask=told.ask,
    )
