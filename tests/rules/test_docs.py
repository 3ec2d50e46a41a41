"""docs/RULES.md: every example is one that the parser takes, and every field and part is told of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from boneplan.rules.amounts import TargetRule
from boneplan.rules.reader import parse_rules
from boneplan.rules.schema import Rules

PAGE = (Path(__file__).parents[2] / "docs" / "RULES.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split("\n")[0])
def test_an_example_is_read_as_it_stands(example: str) -> None:
    assert parse_rules(example, "RULES.md") != Rules()


def test_every_part_of_a_rules_file_has_an_example() -> None:
    shown = {part for example in EXAMPLES for part in parse_rules(example, "RULES.md").as_json()}
    assert shown == set(Rules.model_fields)


def test_every_field_of_a_target_stands_in_the_table() -> None:
    assert not [name for name in TargetRule.model_fields if f"`{name}`" not in PAGE]
