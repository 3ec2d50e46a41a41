"""Allergens, lactose and animal flags of a food: no, may or yes, from its ingredients by written rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FLAGS = (
    "milk", "egg", "fish", "shellfish", "tree_nuts", "peanut", "wheat", "soy", "sesame", "gluten", "lactose",
    "meat", "pork", "gelatine", "honey", "shellfish_or_nonkosher_fish",
)  # fmt: skip
LEVELS = ("no", "may", "yes")
LACTOSE_FREE = re.compile(r"lactose[- ]free", re.IGNORECASE)


@dataclass(frozen=True)
class Rule:
    """One rule: an ingredient whose description matches carries these flags.

    `unless` is cut out of the description before `match` is looked for ("peanut butter" holds no butter).
    """

    match: re.Pattern[str]
    unless: re.Pattern[str] | None
    contains: frozenset[str]
    may: frozenset[str]
    because: str

    def applies(self, description: str) -> bool:
        """Whether the rule speaks of an ingredient so described."""
        text = self.unless.sub(" ", description) if self.unless else description
        return bool(self.match.search(text))


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text, re.IGNORECASE) if text else None


def parse_rules(entries: Iterable[Mapping[str, Any]]) -> list[Rule]:
    """The rules of `ingredient_rules.yaml`. Raises `ValueError` for a flag that no column has."""
    rules = []
    for entry in entries:
        contains = frozenset(entry.get("contains") or ())
        may = frozenset(entry.get("may") or ())
        unknown = (contains | may) - set(FLAGS)
        if unknown:
            raise ValueError(f"rule {entry['match']!r}: no such flag {', '.join(sorted(unknown))}")
        match = re.compile(entry["match"], re.IGNORECASE)
        unless = entry.get("unless")
        rules.append(Rule(match, _pattern(unless), contains, may, entry["because"]))
    return rules


def load_rules(path: Path) -> list[Rule]:
    """The rules in a YAML file: a list of mappings with match, unless, contains, may, because."""
    with path.open(encoding="utf-8") as stream:
        return parse_rules(yaml.safe_load(stream))


class Flagger:
    """Applies the rules to descriptions; one description is judged once."""

    def __init__(self, rules: list[Rule]) -> None:
        self._rules = rules
        self._judge = cache(self._judge_text)

    def _judge_text(self, description: str) -> tuple[int, ...]:
        levels = dict.fromkeys(FLAGS, 0)
        for rule in self._rules:
            if rule.applies(description):
                for flag in rule.contains:
                    levels[flag] = 2
                for flag in rule.may:
                    levels[flag] = max(levels[flag], 1)
        return tuple(levels[flag] for flag in FLAGS)

    def flags(self, descriptions: Iterable[str]) -> dict[str, str]:
        """The worst answer over all descriptions, flag by flag: `no`, `may` or `yes`.

        A description can only add: none of them clears what another one says.
        """
        worst = [0] * len(FLAGS)
        for description in descriptions:
            worst = [max(pair) for pair in zip(worst, self._judge(description), strict=True)]
        return {flag: LEVELS[level] for flag, level in zip(FLAGS, worst, strict=True)}

    def could_hold_soy(self, description: str) -> bool:
        """Whether an ingredient so described is flagged for soy, `may` or `yes`."""
        return self._judge(description)[FLAGS.index("soy")] > 0

    def flags_of_food(self, description: str, ingredients: Iterable[str]) -> dict[str, str]:
        """The flags of a food from its own description and those of everything in it.

        One answer is cleared by name: milk whose lactose has been split is described by the ingredients of
        plain milk, so "lactose free" in the food's own description answers for lactose (milk stays flagged).
        """
        found = self.flags([description, *ingredients])
        return found | {"lactose": "no"} if LACTOSE_FREE.search(description) else found
