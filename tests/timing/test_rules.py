"""guidelines/safety/timing.yaml: rules that can be read, named and cited."""

from __future__ import annotations

import pytest

from boneplan.applies import medicine_classes
from boneplan.timing.rules import TimingRule, all_timing_rules, duration, timing_rules

RULES = list(all_timing_rules())


def test_every_rule_has_an_id_of_its_own() -> None:
    names = [rule.rule for rule in RULES]
    assert len(set(names)) == len(names)
    assert "safety/timing/levothyroxine_food" in names


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_says_itself_with_its_own_figures_and_names_its_source(rule: TimingRule) -> None:
    assert "{" not in rule.said
    assert rule.said.endswith(".")
    assert str(rule.reference)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_kind_of_medicine_is_known(rule: TimingRule) -> None:
    named = {*getattr(rule, "medicines", ()), *getattr(rule, "medicines_too", ())} - {"any"}
    assert named <= medicine_classes().keys()


def test_minutes_are_told_as_hours_where_they_are_whole_ones() -> None:
    assert [duration(minutes) for minutes in (30, 60, 90, 240)] == ["30 minutes", "1 hour", "90 minutes", "4 hours"]
    minerals = next(rule for rule in RULES if rule.id == "levothyroxine_minerals")
    assert minerals.said == (
        "Calcium, iron and magnesium from tablets keep 4 hours away from levothyroxine, before it and after it."
    )


def test_a_weekly_tablet_has_notes_that_name_when_to_eat() -> None:
    noted = [rule for rule in timing_rules().away if rule.notes]
    assert {rule.id for rule in noted} == {"bisphosphonate_food", "ibandronate_food"}
    assert all(any("{until}" in note for note in rule.notes) for rule in noted)
