"""The exercise guidelines: every number has a source, every source a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from boneplan.data import shipped_yaml
from boneplan.errors import Fault
from boneplan.schedule.guidance import cite, sources

FILES = ("week", "doses", "intensity", "eligibility", "stop_signs", "progression", "loading")


def _keys(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node.get("sources", [])
        for value in node.values():
            yield from _keys(value)
    elif isinstance(node, list):
        for value in node:
            yield from _keys(value)


@pytest.mark.parametrize("file", FILES)
def test_every_source_named_exists(file: str) -> None:
    keys = list(_keys(shipped_yaml("guidelines", f"exercise/{file}.yaml")))
    assert keys
    assert set(keys) <= set(sources())


def test_every_rule_of_the_week_names_its_sources() -> None:
    for name, rule in shipped_yaml("guidelines", "exercise/week.yaml")["rules"].items():
        assert rule["sources"], name


def test_every_source_is_used() -> None:
    used = {key for file in FILES for key in _keys(shipped_yaml("guidelines", f"exercise/{file}.yaml"))}
    for row in shipped_yaml("exercises", "exercises.yaml"):
        used |= set(row["evidence"])
        used |= {row["peak_grf_bw"]["source"]} if "peak_grf_bw" in row else set()
    assert set(sources()) - used <= {"compendium24"}


def test_a_citation_names_organisation_year_and_document() -> None:
    assert cite(["who20"]).startswith(
        "World Health Organization (Bull et al.), 2020: Guidelines on physical activity"
    )


def test_an_unknown_source_is_a_fault() -> None:
    with pytest.raises(Fault, match="nobody99"):
        cite(["nobody99"])
