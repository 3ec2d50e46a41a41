"""What the names of medicines and products leave open: slips of the pen, names nobody knows, two of a kind."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator
from itertools import combinations

from boneplan.applies import NameRule, classes_of, medicine_classes, medicines
from boneplan.avoid import is_avoided
from boneplan.plan import Level, Notice, Scope
from boneplan.profile import Profile

SHORTEST = 5  # letters of a word that may be a name: shorter ones are alike by chance


def _rule(name: str) -> NameRule:
    return next(rule for rule in medicines().told if rule.id == name)


def medicine_notices(profile: Profile, on: dt.date) -> list[Notice]:
    """What to know of the names of a person's medicines and supplements, slips of the pen first."""
    return [*_near_misses(profile), *_twice(profile), *_unknown(profile), *_unknown_products(profile, on)]


def meant(name: str) -> str | None:
    """The known name that one of no kind may be a slip of; None where it is of a kind, or like none."""
    if classes_of(name):
        return None
    known = sorted({word for kind in medicine_classes().values() for word in kind.names})
    for word in re.findall(r"[^\W\d_]+", name.casefold()):
        close: list[str] = difflib.get_close_matches(word, known, 1, _rule("near_miss").close)
        if len(word) >= SHORTEST and close:
            return close[0]
    return None


def _near_misses(profile: Profile) -> Iterator[Notice]:
    for name in _names(profile):
        if likely := meant(name):
            text = f"“{name}” {_rule('near_miss').text} If {likely} is meant, write that, and plan again."
            yield _notice("warn", "near_miss", text, "plan")


def _twice(profile: Profile) -> Iterator[Notice]:
    for group in _rule("twice").one_of:
        of_group = [name for name in _names(profile) if not classes_of(name).isdisjoint(group)]
        for one, other in combinations(of_group, 2):
            yield _notice(
                "warn", "twice", f"“{one}” and “{other}” {_rule('twice').text} Ask whether both are meant.", "plan"
            )


def _unknown(profile: Profile) -> Iterator[Notice]:
    names = [name for name in _names(profile) if not classes_of(name) and not meant(name)]
    if names:
        text = f"{', '.join(names)}: {_rule('unknown').text} Ask a pharmacist to look over all that you take."
        yield _notice("info", "unknown", text, "plan")


def _unknown_products(profile: Profile, on: dt.date) -> Iterator[Notice]:
    for supplement in profile.supplements:
        if supplement.name and supplement.nutrient is None and not is_avoided(supplement, profile, on):
            text = f"{supplement.name}: {_rule('unknown_product').text} Ask about it before you take it."
            yield _notice("warn", "unknown_product", text, "menu")


def _names(profile: Profile) -> list[str]:
    """The names of the medicines, each once, however it is capitalised."""
    return list({medication.name.casefold(): medication.name for medication in profile.medications}.values())


def _notice(level: Level, rule: str, text: str, scope: Scope) -> Notice:
    told = _rule(rule)
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
