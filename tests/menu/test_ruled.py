"""A week in which rules are lifted one by one says of any set of them what a week posed anew says."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from boneplan.menu.case import MenuCase, menu_case
from boneplan.menu.ruled import RuledWeek
from boneplan.menu.said import DISTINCT, MOST_USES
from boneplan.profile import Profile
from boneplan.rules.schema import Rules
from boneplan.rules.targets import targets_under

from .conftest import START

DIET = {"pattern": "vegan", "allergies": ["milk"], "dislikes": ["bread", "cereal"], "budget_per_day": 2.0}
RULES = Rules.model_validate(
    {
        "targets": [{"nutrient": "protein", "min": 300, "unit": "g"}],
        "require": [{"food": "kale", "per_week": 5}],
        "limit": [{"kind_of_meal": "lunch/sandwich", "per_week": 0}, {"tag": "pulse", "per_week": 2}],
    }
)


@pytest.fixture(scope="module")
def case(eater) -> MenuCase:
    person: Profile = eater(**DIET)
    return menu_case(person, targets_under(person, RULES, START), start=START, weeks=1, seed=0, rules=RULES)


@pytest.fixture(scope="module")
def ruled(case: MenuCase) -> RuledWeek:
    return RuledWeek(case)


def anew(case: MenuCase, ruled: RuledWeek, kept: set[str]) -> bool:
    """The same question asked of a week that is posed without the other rules."""
    problem = case.problem(without=frozenset(ruled.rules) - kept)
    if problem.unserved:
        return False
    book, variety = problem.book, problem.book.variety
    if MOST_USES not in kept:
        variety = replace(variety, max_uses=28, max_main_uses=28, max_staple_uses=28)
    if DISTINCT not in kept:
        variety = replace(variety, min_distinct=0)
    limits = tuple(limit for limit in book.limits if f"limits/{limit.id}" in kept)
    problem = replace(problem, book=replace(book, variety=variety, limits=limits))
    return problem.model(problem.columns(), integer=False).model.solve(relaxed=True).found


def some(ruled: RuledWeek, number: int) -> set[str]:
    chance = random.Random(number)
    share = chance.choice([0.3, 0.6, 0.9])
    return {rule for rule in ruled.rules if chance.random() < share}


@pytest.mark.parametrize("number", range(12))
def test_any_rules_together_are_judged_as_by_a_week_posed_anew(case: MenuCase, ruled: RuledWeek, number: int) -> None:
    kept = some(ruled, number)
    assert ruled.solvable(kept) is anew(case, ruled, kept)


def test_the_order_in_which_rules_are_asked_about_does_not_matter(ruled: RuledWeek) -> None:
    asked = [some(ruled, number) for number in range(8)]
    assert [ruled.solvable(kept) for kept in asked] == [ruled.solvable(kept) for kept in reversed(asked)][::-1]


def test_nothing_stands_in_the_way_where_no_rule_holds(ruled: RuledWeek) -> None:
    assert ruled.solvable([])
    assert ruled.conflict(ruled.rules) == []


def test_a_figure_is_moved_to_where_the_week_becomes_possible_and_no_further(
    ruled: RuledWeek, case: MenuCase
) -> None:
    lifted = [rule for rule in ruled.rules if rule.startswith(("diet/", "nutrition/sodium", "rules/require"))]
    near = ruled.nearest("rules/targets[0]", "min", 300.0, lifted)
    assert near is not None
    for figure, does in ((near - 1, True), (near + 1, False)):
        targets = [t.model_copy(update={"min": figure}) if t.rule == "rules/targets[0]" else t for t in case.targets]
        kept = set(ruled.rules) - set(lifted)
        assert anew(replace(case, targets=targets), ruled, kept) is does


def test_the_person_and_the_file_are_to_blame_before_the_guidelines(ruled: RuledWeek) -> None:
    starts = [rule.partition("/")[0] for rule in ruled.rules]
    assert starts.index("rules") < starts.index("diet") < starts.index("nutrition") < starts.index("limits")
