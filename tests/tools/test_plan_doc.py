"""docs/PLAN.md is what the models of the plan document say, and stays so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

import plan_doc
from boneplan.plan import Plan
from plan_doc import COMMAND, PAGE, plan_page, undescribed


def test_the_page_is_up_to_date() -> None:
    if PAGE.read_text(encoding="utf-8") != plan_page():
        pytest.fail(f"docs/PLAN.md is not what the models say: run `{COMMAND}`")


def test_every_field_says_what_it_is() -> None:
    assert undescribed() == []


def test_a_field_stands_on_the_page_with_its_type_and_unit() -> None:
    page = plan_page()
    assert "| `grams` | number | g | what `measure` weighs, exactly |" in page
    assert "| `load_percent` | number or null | % |" in page
    assert "| `items` | list of [objects](#menudaysmealsitems) |" in page
    assert "| `gap` | number | share | (`objective` - `bound`) / \\|`bound`\\| |" in page


def test_every_line_of_a_table_has_four_cells() -> None:
    rows = [line for line in plan_page().splitlines() if line.startswith("| `")]
    assert rows
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}


def test_every_link_inside_the_page_has_its_heading() -> None:
    page = plan_page()
    anchors = {re.sub(r"[^a-z0-9_]", "", heading.lower()) for heading in re.findall(r"^## (.+)$", page, re.MULTILINE)}
    linked = set(re.findall(r"\]\(#([^)]+)\)", page))
    assert linked <= anchors
    assert "exercisesessionsitems" in linked


def _sections(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """(section of the page, key) of every key in a plan document that the models know."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield path, key
            yield from _sections(inner, f"{path}.{key}".removeprefix("."))
    elif isinstance(value, list):
        for inner in value:
            yield from _sections(inner, f"{path}[]")


def test_every_key_of_a_plan_stands_in_the_section_of_its_path(planned: Any) -> None:
    document = json.loads(planned("ruth").model_dump_json(by_alias=True))
    parts = re.split(r"^## (.+)$", plan_page(), flags=re.MULTILINE)
    told = {
        heading: set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE))
        for heading, text in zip(parts[1::2], parts[2::2], strict=True)
    }
    seen = 0
    for path, key in _sections(document, ""):
        section = told.get(path or "The plan")
        if section:
            seen += 1
            assert key in section, f"{path}.{key}"
    assert seen > 200


def test_a_model_without_descriptions_would_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Plan.model_fields["seed"], "description", None)
    assert plan_doc.undescribed() == [".seed"]
