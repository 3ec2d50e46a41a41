"""From a file to checked `Rules`: every error at once, with the field, the value and the mend."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boneplan.errors import InputError
from boneplan.foods.requested import requested
from boneplan.foods.table import FoodTable, load_foods
from boneplan.profile_reader import checked_as
from boneplan.rules import Rules
from boneplan.yaml_reader import escaped, parse_yaml, read_text, shown


def load_rules(path: Path) -> Rules:
    """The rules in the YAML file at `path`. Raises InputError with one line for each thing to mend."""
    return parse_rules(read_text(path), str(path))


def parse_rules(text: str, source: str) -> Rules:
    """The rules in `text`; `source` names it in errors. Raises InputError as `load_rules` does."""
    data, problems = parse_yaml(text, source)
    return check_rules(data, source, problems)


def check_rules(data: Any, source: str, problems: list[str] | None = None) -> Rules:
    """The rules that plain values make. Raises InputError as `load_rules` does."""
    rules = checked_as(Rules, "rules", data, source, problems or [])
    if rules.require:
        unknown = [f"{escaped(source)}: {problem}" for problem in _unknown(rules, load_foods())]
        if unknown:
            raise InputError(unknown)
    return rules


def _unknown(rules: Rules, table: FoodTable) -> Iterator[str]:
    """A sentence for each food to serve that the table lacks. A ban on one is kept already: a plan says so."""
    mend = "check the spelling, or search with `boneplan foods search`"
    for number, rule in enumerate(rules.require):
        if rule.food is not None and not requested(table.foods, rule.food):
            yield f"require[{number}].food: {shown(rule.food)} is no food of the table: {mend}"
