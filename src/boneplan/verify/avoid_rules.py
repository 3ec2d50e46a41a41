"""The list of supplements to avoid, as `verify` reads it, and how a product's name is known on it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boneplan.errors import Fault
from boneplan.verify.yaml_file import read_yaml

FREE_OF = re.compile(r"\b(?:no|non|without) \w+|\w+ free\b")
SHORTEST_PLURAL = 4


@dataclass(frozen=True)
class Avoided:
    """One thing to avoid: each of its names as a set of words, and for whom."""

    rule: str
    names: tuple[frozenset[str], ...]
    who: Mapping[str, Any]

    def is_meant(self, product: str) -> bool:
        """Whether all words of one of the names stand in the product's; words that it denies do not count."""
        words = _words(FREE_OF.sub(" ", _clean(product)))
        return any(name <= words for name in self.names)


def read_avoided(path: Path) -> tuple[Avoided, ...]:
    """supplements.yaml at `path`. Raises `Fault` where it is not as boneplan ships it."""
    try:
        return tuple(
            Avoided(
                f"safety/supplements/{row['id']}", tuple(_words(_clean(n)) for n in row["names"]), row.get("who", {})
            )
            for row in read_yaml(path)["supplements"]
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise Fault(f"{path} is not readable ({error!r}): install boneplan again") from None


def _clean(text: str) -> str:
    bare = (c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", re.sub("['’ʼ`´]", "", "".join(bare))).split())


def _words(text: str) -> frozenset[str]:
    return frozenset(w[:-1] if len(w) >= SHORTEST_PLURAL and w.endswith("s") else w for w in text.split())
