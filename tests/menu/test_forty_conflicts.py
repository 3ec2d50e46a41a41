"""Forty people and rules files without a menu: what is named clashes, none of it in vain, and the first change does.

Each file of tests/conflicts holds what differs from a woman of 65, and where only one answer is right the rules of
each conflict (`members`). Weeks are posed anew by `MenuCase.problem`, not by the program that found the conflict.
`python benchmarks/conflicts.py` plans a whole week with the first change of each.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from boneplan.foods.eligible import BUDGET
from boneplan.menu import conflict
from boneplan.menu.case import MenuCase, menu_case
from boneplan.menu.conflict import contradictions, explain
from boneplan.menu.problem import Problem
from boneplan.menu.said import DISTINCT, MOST_USES, SUPPLEMENTS
from boneplan.menu.week import NoWeek, Week
from boneplan.plan import Conflict
from boneplan.profile import Profile
from boneplan.rules.schema import Rules
from boneplan.rules.targets import targets_under

from .conftest import START

INPUTS = sorted((Path(__file__).parents[1] / "conflicts").glob("*.yaml"))
NAMES = [path.stem for path in INPUTS]
WOMAN = {
    "sex": "female",
    "birth_date": "1961-04-02",
    "height_cm": 163,
    "weight_kg": 68,
    "bone": {"t_scores": {"lumbar_spine": -1.8}},
}
PLANNED = ("budget", "lunches", "supplement")
"""Those with whose first change a whole week is planned here."""

OFTEN = 28  # times a week: what no food reaches anyway


def feasible(problem: Problem, *, likely: bool = True) -> bool:
    """Whether the week's averages can be met; where that is `likely`, first asked of few foods, enough for a yes."""
    if problem.unserved:
        return False
    hard = replace(problem, bounds=[bound for bound in problem.bounds if bound.hard or bound.is_occasion])
    few = [replace(option, servings=option.servings[-1:]) for option in problem.options]
    weeks = (replace(hard, options=few[::3]), replace(hard, options=few), hard) if likely else (hard,)
    return any(week.model(week.columns(), integer=False).model.solve(relaxed=True).found for week in weeks)


class Averages(MenuCase):
    """A case whose weeks are found as soon as their averages can be met."""

    def solve(self, problem: Problem, seconds: float, *, quick: bool = False) -> Week | NoWeek:  # noqa: ARG002 (no search here)
        return Week([], [], 0.0, 0.0, 0.0) if feasible(problem) else NoWeek(True, "none")


@dataclass(frozen=True)
class Answer:
    """A case with its conflicts."""

    case: MenuCase
    conflicts: list[Conflict]
    members: list[list[str]] | None

    @property
    def rules(self) -> frozenset[str]:
        """Every rule that could be lifted."""
        named = {e.rule for e in self.case.excluded} | {bound.rule for bound in self.case.bounds() if bound.hard}
        named |= {count.rule for count in (*self.case.counts_in(0), *self.case.kind_counts)}
        named |= {f"limits/{limit.id}" for limit in self.case.book.limits}
        return frozenset({*named, BUDGET, MOST_USES, DISTINCT})

    def feasible(self, kept: Collection[str], *, likely: bool = True) -> bool:
        """Whether the week has a solution under the rules in `kept` alone; a supplement among them is taken."""
        lifted = [rule for rule in self.conflicts[0].rules if rule.startswith(SUPPLEMENTS) and rule not in kept]
        taken = [s for s in self.case.supplements if f"{SUPPLEMENTS}{s.nutrient}" not in lifted]
        problem = self.case.problem(without=self.rules - set(kept), supplements=taken)
        book, variety = problem.book, problem.book.variety
        if MOST_USES not in kept:
            variety = replace(variety, max_uses=OFTEN, max_main_uses=OFTEN, max_staple_uses=OFTEN)
        if DISTINCT not in kept:
            variety = replace(variety, min_distinct=0)
        limits = tuple(limit for limit in book.limits if f"limits/{limit.id}" in kept)
        return feasible(replace(problem, book=replace(book, variety=variety, limits=limits)), likely=likely)


def posed(name: str) -> tuple[MenuCase, dict[str, Any]]:
    """The case of an input, and the input."""
    given = yaml.safe_load((INPUTS[0].parent / f"{name}.yaml").read_text("utf-8"))
    profile = Profile.model_validate(WOMAN | given.get("profile", {}))
    rules = Rules.model_validate(given.get("rules", {}))
    targets = targets_under(profile, rules, START)
    return menu_case(profile, targets, start=START, weeks=1, seed=0, rules=rules), given


def conflicts_of(case: MenuCase) -> list[Conflict]:
    """What the planner answers."""
    return contradictions(case, seconds=60) or explain(case, NoWeek(True, "none"), seconds=60)


@pytest.fixture(scope="module")
def answer() -> Any:
    """Gives the answer to an input; each is looked for once, and its changes tried in the week's averages."""

    @cache
    def ask(name: str) -> Answer:
        case, given = posed(name)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(conflict, "ENOUGH", 1)
            found = conflicts_of(Averages(**{f.name: getattr(case, f.name) for f in fields(case) if f.init}))
        return Answer(case, found, given.get("members"))

    return ask


def test_there_are_forty_from_two_rules_to_seven_and_more() -> None:
    assert len(INPUTS) == 40
    certain = [given["members"] for given in (posed(name)[1] for name in NAMES) if "members" in given]
    assert len(certain) >= 20
    assert {len(rules) for members in certain for rules in members} >= {2, 3, 5, 6, 7}


@pytest.mark.parametrize("name", NAMES)
def test_the_rules_clash_and_without_any_one_of_them_they_do_not(name: str, answer) -> None:
    found = answer(name)
    for told in found.conflicts:
        assert not found.feasible(told.rules, likely=False)
        for rule in told.rules:
            assert found.feasible([other for other in told.rules if other != rule]), rule


@pytest.mark.parametrize("name", NAMES)
def test_where_one_answer_is_right_it_is_given(name: str, answer) -> None:
    found = answer(name)
    if found.members is not None:
        assert sorted(map(sorted, found.members)) == sorted(sorted(told.rules) for told in found.conflicts)


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_says_what_it_asks_for_and_where_it_comes_from(name: str, answer) -> None:
    for told in answer(name).conflicts:
        assert [member.rule for member in told.members] == told.rules
        assert all(member.text != member.rule and member.source for member in told.members)


@pytest.mark.parametrize("name", NAMES)
def test_the_first_change_makes_the_weeks_averages_possible(name: str, answer) -> None:
    first, *others = answer(name).conflicts
    assert [change.tried for change in first.changes][:1] == ["weeks"]
    assert first.relaxations == [change.text for change in first.changes]
    assert all(rule.startswith(("rules/", "diet/", "nutrition/", "supplements/")) for rule in first.changes[0].rules)
    assert not any(told.relaxations for told in others)


@pytest.mark.parametrize("name", PLANNED)
def test_with_the_first_change_a_week_is_planned(name: str) -> None:
    case, _ = posed(name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conflict, "ENOUGH", 1)
        first, *_ = conflicts_of(case)
    assert first.changes[0].tried == "weeks"
