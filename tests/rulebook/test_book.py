"""Every rule of guidelines/ in one view: its id, its figures, its source, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from boneplan.data import data_folder, shipped_yaml
from boneplan.guidelines import rules
from boneplan.rulebook.book import chapters, rule_entries
from boneplan.rulebook.entry import Entry
from boneplan.rulebook.places import SOURCES, is_row, places
from boneplan.safety import all_gates

GUIDELINES = data_folder("guidelines")
ENTRIES = [entry for chapter in chapters() for entry in chapter.entries]

# Figures that need no source: they weigh wishes of the schedule against each other or move a measured figure.
UNSOURCED = {
    "exercise/week.yaml": {
        "costs": "weights of the schedule's objective, without unit",
        "favourite_days": "which of equally good days comes first",
    },
    "absorption/calcium.yaml": {"reference_load": "the load to which every measured fraction is moved before use"},
}


def figures(rule: str) -> list[str]:
    return [f"{f.whom}: {f.text}" if f.whom else f.text for entry in rule_entries(rule) for f in entry.figures]


def one(rule: str) -> Entry:
    (entry,) = rule_entries(rule)
    return entry


def test_a_reference_intake_has_its_value_for_each_part_of_the_population() -> None:
    entry = one("nutrition/calcium/rda")
    assert entry.text == "Recommended Dietary Allowance"
    assert (entry.firm, entry.basis, entry.whom) == ("hard", "published", "everybody")
    assert entry.sources == ("IOM 2011, Dietary Reference Intakes for Calcium and Vitamin D",)
    assert "women from 51 years: at least 1,200 mg (the week's mean)" in figures("nutrition/calcium/rda")
    assert "Europe aims lower" in entry.about


def test_a_value_of_another_basis_than_its_rule_says_so() -> None:
    assert "people from 71 years: at least 25 µg (the week's mean) [boneplan's own choice]" in figures(
        "nutrition/vitamin_d/target"
    )


def test_a_gate_says_whom_it_stops_and_whom_to_ask() -> None:
    entry = one("safety/gates/underweight")
    assert entry.whom == "people with a body mass index below 18.5"
    assert entry.firm == "refuses the menu"
    assert figures(entry.id) == ["ask: doctor, dietitian"]


def test_an_exercise_rule_and_what_it_tells_stand_under_one_id() -> None:
    drops, tells = rule_entries("exercise-spine-sparing")
    assert (drops.firm, tells.firm) == ("hard", "tells, no more")
    assert "leaves out exercises with spine flexion: loaded or end range" in figures("exercise-spine-sparing")
    assert any("Too Fit To Fracture" in source for source in drops.sources)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("exercise-aerobic-150-minutes", "150 min/week"),
        ("exercise-8-to-12-repetitions", "low: 8"),
        ("exercise-build-up-minutes", "start: 90"),
        ("exercise-moderate-met", "3 MET"),
        ("exercise-bone-rests-between-bouts", "hours: 6"),
        ("exercise/loading/cycles_per_minute/walking", "110"),
        ("nutrition/protein/rda", "at least 0.8 g/kg of reference weight (each day)"),
        ("safety/gates/clearance", "days: 365"),
        ("nutrition/vitamin_d/conversion", "per unit: 40"),
    ],
)
def test_figures_of_every_kind_of_file_are_shown(rule: str, told: str) -> None:
    assert told in figures(rule)


def test_a_tier_has_its_reasons_sources_and_names_the_rules_that_it_brings() -> None:
    entry = one("safety/tiers/high")
    assert any(source.startswith("WHO 1994") for source in entry.sources)
    assert entry.whom == "people for whom one of its reasons holds"
    assert one("safety/tiers/low").whom == "everybody else"
    assert one("safety/tiers/high/osteoporosis").whom == "people with a worst T-score of -2.5 or lower"


def test_a_rule_in_a_sentence_has_its_own_figures_in_it() -> None:
    assert "30 minutes after levothyroxine" in one("safety/timing/levothyroxine_food").text
    assert not [entry.id for entry in ENTRIES if "{" in entry.text]


def test_every_rule_that_targets_gates_and_notices_name_is_found_by_that_name() -> None:
    named = [made.rule_id(rule) for made, rule in rules()] + [f"safety/gates/{gate.id}" for gate in all_gates()]
    assert named
    assert set(named) <= set(places())


def test_every_rule_says_what_it_is_about_and_where_it_is_from() -> None:
    for entry in ENTRIES:
        assert entry.brief, entry.id
        assert entry.whom, entry.id
        assert entry.sources or entry.id == "safety/tiers/low", entry.id


def test_ids_are_words_that_a_shell_takes_as_they_are() -> None:
    assert not [rule for rule in places() if not all(c.isalnum() or c in "/_-" for c in rule)]


def test_two_rows_share_an_id_only_where_the_second_tells_of_the_first() -> None:
    for rule, found in places().items():
        assert len(found) == 1 or [("drop" in p.row or "sites" in p.row, "level" in p.row) for p in found] == [
            (True, False), (False, True),
        ], rule  # fmt: skip


def unsourced(node: Any, path: str) -> Iterator[str]:
    """Numbers that stand in no row with a source."""
    if is_row(node) and "tier" not in node:
        return
    if isinstance(node, int | float) and not isinstance(node, bool):
        yield path
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield from unsourced(value, f"{path}/{key}")


@pytest.mark.parametrize("path", sorted(GUIDELINES.rglob("*.yaml")), ids=lambda path: path.stem)
def test_no_number_stands_without_a_source(path: Path) -> None:
    file = path.relative_to(GUIDELINES).as_posix()
    if file == SOURCES:
        return
    allowed = UNSOURCED.get(file, {})
    content = shipped_yaml("guidelines", file)
    assert not [where for key in content if key not in allowed for where in unsourced(content[key], key)]
    assert all(list(unsourced(content[key], key)) for key in allowed), "an exception that is no longer needed"
