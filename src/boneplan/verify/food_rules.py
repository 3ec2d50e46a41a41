"""What conditions and medicines keep off the plate (guidelines/safety/foods.yaml), as `verify` reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boneplan.errors import Fault
from boneplan.verify.who import check_triggers
from boneplan.verify.yaml_file import read_yaml


@dataclass(frozen=True)
class FoodRule:
    """For people of whom every trigger of `when` holds: no food of these words, ids or flags."""

    rule: str
    when: Mapping[str, Any]
    words: tuple[str, ...] = ()
    foods: frozenset[str] = frozenset()
    flags: tuple[str, ...] = ()


def read_food_rules(path: Path) -> tuple[FoodRule, ...]:
    """The rules of `path`. Raises `Fault` where it is not as boneplan ships it."""
    try:
        rules = tuple(
            FoodRule(
                row["rule"],
                row["when"],
                tuple(row.get("words", ())),
                frozenset(row.get("foods", ())),
                tuple(row.get("flags", ())),
            )
            for row in read_yaml(path)["rules"]
        )
        for rule in rules:
            check_triggers(rule.when, f"{path}: {rule.rule}")
    except (KeyError, TypeError, AttributeError) as error:
        raise Fault(f"{path} is not readable ({error!r}): install boneplan again") from None
    return rules
