"""The guidelines' targets that a rules file says are not to hold, or not as they stand there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def released(rules: Mapping[str, Any]) -> dict[str, str]:
    """The rule of the guidelines, such as "nutrition/fibre/ai", to that of the file which drops or replaces it."""
    found: dict[str, str] = {}
    for part, key in (("drop", "target"), ("targets", "instead_of")):
        asked = rules.get(part)
        for number, rule in enumerate(asked if isinstance(asked, list) else []):
            named = rule.get(key) if isinstance(rule, Mapping) else None
            if isinstance(named, str):
                found[named] = f"rules/{part}[{number}]"
    return found
