"""Supplements and herbs that stay out of every plan, known by the names of products, each with its reason."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from pydantic import Field

from boneplan.applies import Facts, applies
from boneplan.plan import Notice
from boneplan.profile import Profile
from boneplan.profile_health import Supplement
from boneplan.rows import Row, Sourced, shipped_rows
from boneplan.who import Who

AVOID = "safety/supplements.yaml"
SHORTEST_PLURAL = 4  # letters: "hops" loses its s, "mk7s" or "is" would not be words any more
_DENIED = re.compile(r"\b(?:no|non|without) \w+|\w+ free\b")


class Avoided(Sourced):
    """One thing to stay away from: the names that it goes by, for whom, and why."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    title: str
    names: tuple[str, ...] = Field(min_length=1)
    who: Who = Who()
    text: str
    ask: str

    @property
    def rule(self) -> str:
        """Its id in plans and messages."""
        return f"safety/supplements/{self.id}"

    def is_meant(self, product: str) -> bool:
        """Whether all words of one of the names stand in what a product is called, in any order."""
        words = _words(_DENIED.sub(" ", _plain(product)))
        return any(_words(_plain(name)) <= words for name in self.names)


class _Avoid(Row):
    supplements: tuple[Avoided, ...]


@cache
def avoid_list() -> tuple[Avoided, ...]:
    """guidelines/safety/supplements.yaml."""
    return shipped_rows(_Avoid, AVOID).supplements


def avoid_notices(profile: Profile, on: dt.date) -> list[Notice]:
    """A warning for each supplement or medicine of the profile whose name stands on the list, in its order."""
    facts = Facts(profile, on)
    counted = {s.name for s in profile.supplements if s.nutrient}
    products = [s.name for s in profile.supplements if s.name] + [m.name for m in profile.medications]
    return [
        Notice(
            level="warn",
            rule=entry.rule,
            text=(
                f"{product} is on the list to avoid. {entry.text} It stays out of the calendar"
                f"{', though the sums count it while the profile does' if product in counted else ''}; ask about it."
            ),
            source=str(entry.reference),
            scope="plan",
            basis=entry.basis,
            ask=entry.ask,
        )
        for product in dict.fromkeys(products)
        for entry in _meant(product, facts)
    ]


def is_avoided(supplement: Supplement, profile: Profile, on: dt.date) -> bool:
    """Whether the name of a declared supplement stands on the list for this person."""
    return bool(supplement.name) and any(True for _ in _meant(supplement.name or "", Facts(profile, on)))


def _meant(product: str, facts: Facts) -> Iterator[Avoided]:
    return (entry for entry in avoid_list() if entry.is_meant(product) and applies(entry.who, facts))


def _plain(text: str) -> str:
    """Small letters and digits with single spaces between words: "St. John’s-Wort" becomes "st johns wort"."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(c for c in letters if not unicodedata.combining(c) and c not in "'’ʼ`´")
    return re.sub(r"[\W_]+", " ", letters).strip()


def _words(plain: str) -> frozenset[str]:
    return frozenset(w.removesuffix("s") if len(w) >= SHORTEST_PLURAL else w for w in plain.split())
