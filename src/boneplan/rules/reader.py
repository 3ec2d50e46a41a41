"""From a file to checked `Rules`: every error at once, with the field, the value and the mend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from boneplan.foods.table import FoodTable
from boneplan.profile_reader import checked_as
from boneplan.rules.names import unknown_names
from boneplan.rules.schema import Rules
from boneplan.yaml_reader import parse_yaml, read_text


def load_rules(path: Path, table: FoodTable | None = None) -> Rules:
    """The rules in the YAML file at `path`. Raises InputError with one line for each thing to mend.

    Foods are those of `table` (default: the shipped one).
    """
    return parse_rules(read_text(path), str(path), table)


def parse_rules(text: str, source: str, table: FoodTable | None = None) -> Rules:
    """The rules in `text`; `source` names it in errors. Raises InputError as `load_rules` does."""
    data, problems = parse_yaml(text, source)
    return check_rules(data, source, problems, table)


def check_rules(data: Any, source: str, problems: list[str] | None = None, table: FoodTable | None = None) -> Rules:
    """The rules that plain values make. Raises InputError as `load_rules` does."""
    return checked_as(Rules, "rules", data, source, [*(problems or []), *unknown_names(data, table)])
