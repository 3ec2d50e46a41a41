"""Irreducible conflicts: nothing in them is in vain, and the rules named first are the ones to blame."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.lp import Model
from boneplan.menu.irreducible import irreducible, shrink

RULES = [f"rule {number}" for number in range(12)]


def test_of_two_conflicts_the_one_of_the_earlier_rules_is_told() -> None:
    def clash(kept: Collection[str]) -> bool:
        return {"a", "d"} <= set(kept) or {"b", "c"} <= set(kept)

    assert shrink(["a", "b", "c", "d"], clash) == ["b", "c"]
    assert shrink(["a", "d", "b", "c"], clash) == ["a", "d"]


def test_what_is_impossible_without_any_rule_blames_none() -> None:
    assert shrink(RULES, lambda _: True) == []


@given(st.lists(st.sets(st.sampled_from(RULES), min_size=1, max_size=7), min_size=1, max_size=4))
def test_a_conflict_is_one_of_those_there_are_and_no_more(conflicts: list[set[str]]) -> None:
    def clash(kept: Collection[str]) -> bool:
        return any(conflict <= set(kept) for conflict in conflicts)

    found = shrink(RULES, clash)
    assert clash(found)
    assert not any(clash([rule for rule in found if rule != left_out]) for left_out in found)
    assert found == [rule for rule in RULES if rule in found]


def budget() -> tuple[Model, object, object]:
    """Two foods, at most 10 of both together."""
    model = Model("budget")
    bread, milk = model.variable(), model.variable()
    model.row("table", [(bread, 1.0), (milk, 1.0)], high=10.0)
    return model, bread, milk


def test_rules_that_clash_are_named_and_one_that_has_no_part_in_it_is_not() -> None:
    model, bread, milk = budget()
    model.row("bread", [(bread, 1.0)], low=6.0)
    model.row("milk", [(milk, 1.0)], low=5.0)
    model.row("little milk", [(milk, 1.0)], high=9.0)
    assert irreducible(model, lambda name: name != "table") == ["bread", "milk"]


def test_all_rows_of_a_rule_stand_and_fall_together() -> None:
    model, bread, milk = budget()
    model.row("both", [(bread, 1.0)], low=6.0)
    model.row("both", [(milk, 1.0)], low=5.0)
    assert irreducible(model) == ["table", "both"]


def test_a_background_that_is_impossible_by_itself_blames_no_rule() -> None:
    model, bread, _ = budget()
    model.row("table", [(bread, 1.0)], low=11.0)
    model.row("bread", [(bread, 1.0)], low=6.0)
    assert irreducible(model, lambda name: name != "table") == []


def test_rules_that_only_whole_servings_cannot_keep_are_found_too() -> None:
    model = Model("whole")
    eggs, other = model.variable(integer=True), model.variable(0, 5, integer=True)
    model.row("half", [(eggs, 2.0)], low=3.0, high=3.0)
    model.row("other", [(other, 1.0)], low=1.0)
    assert irreducible(model) == ["half"]


def test_a_model_with_a_solution_holds_no_conflict() -> None:
    model, bread, _ = budget()
    model.row("bread", [(bread, 1.0)], low=6.0)
    with pytest.raises(ValueError, match="holds no conflict"):
        irreducible(model)
