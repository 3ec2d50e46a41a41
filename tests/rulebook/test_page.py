"""docs/GUIDELINES.md is what the guideline files say, and stays so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from boneplan.rulebook.page import COMMAND, guidelines_page
from boneplan.rulebook.places import places

PAGE = Path(__file__).parents[2] / "docs" / "GUIDELINES.md"


def test_the_page_in_docs_is_that_of_the_files() -> None:
    if PAGE.read_text(encoding="utf-8") != guidelines_page():
        pytest.fail(f"docs/GUIDELINES.md is not what the files say: run `{COMMAND}`")


def test_every_rule_has_a_line() -> None:
    page = guidelines_page()
    assert not [rule for rule in places() if f"| `{rule}` |" not in page]


def test_the_page_says_what_it_is() -> None:
    head = guidelines_page()[:600]
    assert "no medical advice" in head
    assert COMMAND in head


def test_every_line_of_a_table_has_as_many_cells_as_its_head() -> None:
    for line in guidelines_page().splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 8, line


def test_where_sources_disagree_the_page_says_which_was_taken() -> None:
    page = guidelines_page()
    assert "Advice to people on aromatase inhibitors disagrees" in page
    assert "- `nutrition/calcium/ul`: At 18 the table allows 3,000 mg; the adult value is kept." in page
