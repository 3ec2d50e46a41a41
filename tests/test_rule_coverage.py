"""Every rule of guidelines/ is reached by a test that names it: a case of tests/clinic or a test in Python.

A rule is named by its whole id, anywhere in a text, or by a text that is the last part of its id alone. A last part
that other rules share, or that profiles use as a word of their own ("smoking"), names no rule.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import yaml

from boneplan import profile, profile_health
from boneplan.applies import medicine_classes
from boneplan.guidelines import NUTRIENTS
from boneplan.plan import MealName
from boneplan.rulebook.places import places

TESTS = Path(__file__).parent
CASES = TESTS / "clinic"
_ID = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)*")
_WORDS_OF_PROFILES = {
    *NUTRIENTS,
    *medicine_classes(),
    *(word for name in ("Condition", "Allergen", "Intolerance", "Pattern", "Policy", "Activity", "Equipment")
      for word in get_args(getattr(profile, name))),
    *(word for name in ("Drug", "FractureSite", "RiskFactor", "SupplementNutrient", "CalciumForm")
      for word in get_args(getattr(profile_health, name))),
    *get_args(MealName),
    *get_args(profile.ExerciseLevel),
    "high", "low", "moderate",
}  # fmt: skip


def last_parts() -> dict[str, str]:
    """The rules that the last part of an id names, by that part."""
    parts = [rule.rsplit("/", 1)[-1] for rule in places()]
    times = Counter(parts)
    rules = dict(zip(parts, places(), strict=True))
    return {part: rule for part, rule in rules.items() if times[part] == 1 and part not in _WORDS_OF_PROFILES}


def texts() -> Iterator[str]:
    """Every text in the Python tests, this one aside, and in the cases."""
    for path in TESTS.rglob("*.py"):
        if path != Path(__file__):
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            yield from (
                node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
            )
    for path in CASES.rglob("*.yaml"):
        yield from _strings(yaml.safe_load(path.read_text(encoding="utf-8")))


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from (text for pair in node.items() for part in pair for text in _strings(part))
    elif isinstance(node, list):
        yield from (text for inner in node for text in _strings(inner))


def named() -> set[str]:
    """The ids of the rules that some text names."""
    short, found = last_parts(), set[str]()
    for text in texts():
        found |= {word for word in _ID.findall(text) if word in places()}
        if text in short:
            found.add(short[text])
    return found


def test_every_rule_is_named_by_some_test() -> None:
    missing = sorted(places().keys() - named())
    assert not missing, f"{len(missing)} rules that no test names: {', '.join(missing)}"


def test_a_word_of_profiles_and_a_shared_last_part_name_no_rule() -> None:
    assert "smoking" not in last_parts()
    assert "rda" not in last_parts()
    assert last_parts()["under_18"] == "safety/gates/under_18"
