"""Why there is no menu: the named rules do clash, and every change that is offered was seen to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from boneplan.guidelines import fixed_rules
from boneplan.menu import conflict as conflict_module
from boneplan.menu.case import MenuCase, menu_case
from boneplan.menu.conflict import NOT_PLANNED, contradictions, explain
from boneplan.menu.problem import Problem
from boneplan.menu.relax import may_go
from boneplan.menu.week import NoWeek, Week
from boneplan.plan import Conflict
from boneplan.profile import Profile
from boneplan.rules.schema import Rules
from boneplan.rules.targets import targets_under

from .conftest import START

FOUND = Week([], [], 0.0, 0.0, 0.0)
NONE = NoWeek(True, "none")
NO_BREAKFAST = {"pattern": "vegan", "allergies": ["milk"], "dislikes": ["bread", "cereal", "oat", "olives"]}
TIGHT = {"pattern": "vegan", "budget_per_day": 1.0, "meals": {"snack": None}}


@dataclass(frozen=True)
class Tried(MenuCase):
    """A case that notes the weeks it is asked for, and finds those for which `does` says so."""

    does: Callable[[Problem], bool] = lambda _: True
    asked: list[Problem] = field(default_factory=list)

    def solve(self, problem: Problem, seconds: float, *, quick: bool = False) -> Week | NoWeek:  # noqa: ARG002 (no search here)
        self.asked.append(problem)
        return FOUND if self.does(problem) else NONE


def tried(profile: Profile, rules: Mapping[str, Any] | None = None, **how: Any) -> Tried:
    asked = Rules.model_validate(rules or {})
    targets = targets_under(profile, asked, START)
    case = menu_case(profile, targets, start=START, weeks=2, seed=0, rules=asked)
    return Tried(**{f.name: getattr(case, f.name) for f in fields(case) if f.init}, **how)


def explained(case: MenuCase, found: NoWeek = NONE, **where: Any) -> list[Conflict]:
    return explain(case, found, seconds=1.0, **where)


def offered(conflict: Conflict) -> list[tuple[str, str]]:
    return [(change.text, change.tried) for change in conflict.changes]


def averages(problem: Problem) -> bool:
    """Whether the week's averages can be met."""
    return not problem.unserved and problem.model(problem.columns(), integer=False).model.solve(relaxed=True).found


def test_a_dollar_a_day_is_in_conflict_with_what_food_costs_and_the_next_budget_that_does_is_offered(eater) -> None:
    case = tried(eater(**TIGHT), does=averages)
    (found,) = explained(case)
    assert found.part == "menu"
    assert "diet/budget" in found.rules
    assert any(rule.startswith("nutrition/") for rule in found.rules)
    assert found.text.startswith("These rules cannot all hold in one week: food for at most 1 USD a day")
    (change,) = found.changes
    assert (change.rules, change.tried) == (["diet/budget"], "weeks")
    budget = float(change.text.removeprefix("a budget of ").removesuffix(" USD a day"))
    assert case.asked[-1].budget_per_day == budget
    assert not averages(replace(case.asked[-1], budget_per_day=round((budget - 0.1) / 1.05 - 0.01, 2)))


def test_a_person_for_whom_no_breakfast_is_left_is_told_by_which_rules(eater) -> None:
    (found,) = explained(tried(eater(**NO_BREAKFAST)))
    assert found.text == (
        "No breakfast that boneplan knows is left under these rules: dislikes cereal; dislikes oat; vegan diet."
    )
    assert found.rules == ["diet/dislike/cereal", "diet/dislike/oat", "diet/pattern/vegan"]
    assert [member.source for member in found.members] == [
        "profile: diet.dislikes",
        "profile: diet.dislikes",
        "profile: diet.pattern",
    ]


def test_a_dislike_is_offered_and_neither_an_allergy_nor_a_condition_ever_is(eater) -> None:
    (found,) = explained(tried(eater(**NO_BREAKFAST)))
    assert found.relaxations == [
        "plan without the rule “dislikes cereal”",
        "plan without the rule “dislikes oat”",
    ]
    assert not any(map(may_go, ("diet/allergy/milk", "diet/intolerance/gluten", "condition/coeliac", "limits/juice")))


def test_nothing_that_is_fixed_is_ever_given_up() -> None:
    assert fixed_rules()
    assert not any(map(may_go, fixed_rules()))


def test_an_offer_with_which_no_week_was_planned_says_so_and_comes_last(eater) -> None:
    keeps_oats_out = tried(
        eater(**NO_BREAKFAST), does=lambda problem: not any("oatmeal" in option.food for option in problem.options)
    )
    (found,) = explained(keeps_oats_out)
    texts = [text for text, _ in offered(found)]
    assert [how for _, how in offered(found)] == sorted((how for _, how in offered(found)), key="weeks".__ne__)
    assert f"plan without the rule “dislikes oat”{NOT_PLANNED}" in texts
    assert texts == found.relaxations


def test_no_more_than_a_few_weeks_are_planned_to_find_changes(eater) -> None:
    never = tried(eater(**NO_BREAKFAST), does=lambda _: False)
    (found,) = explained(never)
    assert len(never.asked) <= conflict_module.MOST_TRIED
    assert {how for _, how in offered(found)} == {"averages"}


def test_a_figure_of_the_file_is_moved_no_further_than_it_takes(eater) -> None:
    case = tried(eater(), {"targets": [{"nutrient": "protein", "min": 200, "unit": "g"}]})
    (found,) = explained(case)
    first = found.changes[0]
    assert first.rules == ["rules/targets[0]"]
    assert first.text.endswith("instead of 200 as the week's mean (rules/targets[0])")
    (bound,) = [bound for bound in case.asked[0].bounds if bound.rule == "rules/targets[0]"]
    assert f"protein at least {bound.low:g} g" in first.text
    assert 100 < (bound.low or 0) < 200
    averages = replace(case.asked[0], bounds=[b for b in case.asked[0].bounds if b is not bound])
    assert averages.model(averages.columns(), integer=False).model.solve(relaxed=True).found


def test_a_count_of_the_file_is_lowered_before_it_is_dropped(eater) -> None:
    case = tried(eater(), {"require": [{"tag": "fish", "per_week": 4}], "limit": [{"tag": "fish", "per_week": 1}]})
    (found,) = explained(case, week=0)
    assert found.relaxations[:2] == [
        "fish at most 4 times a week, instead of “fish at most once a week” (rules/limit[0])",
        "fish at least once a week, instead of “fish at least 4 times a week” (rules/require[0])",
    ]
    counts = {count.rule: count for count in case.asked[0].book.counts}
    assert (counts["rules/limit[0]"].most, counts["rules/require[0]"].least) == (4, 4)


def test_two_conflicts_are_told_each_by_itself_and_the_first_offers_what_ends_both(eater) -> None:
    fish = {"require": [{"tag": "fish", "per_week": 4}], "limit": [{"tag": "fish", "per_week": 1}]}
    sweets = {"require": [{"food": "cookie", "per_week": 3}], "limit": [{"tag": "sweet", "per_week": 1}]}
    case = tried(eater(), {key: fish[key] + sweets[key] for key in fish})
    first, second = explained(case)
    assert {frozenset(first.rules), frozenset(second.rules)} == {
        frozenset({"rules/require[0]", "rules/limit[0]"}),
        frozenset({"rules/require[1]", "rules/limit[1]"}),
    }
    (change,) = first.changes
    assert len(change.rules) == 2
    assert second.changes == []


def test_what_contradicts_the_guidelines_is_told_before_anything_is_solved(eater) -> None:
    case = tried(eater(), {"targets": [{"nutrient": "energy", "max": 1700, "unit": "kcal"}]})
    (found,) = contradictions(case, seconds=1.0)
    assert found.rules == ["rules/targets[0]", "nutrition/energy/week_low"]
    assert "(nutrition/energy/week_low, " in found.text
    assert found.changes[0].rules == ["rules/targets[0]"]
    assert contradictions(tried(eater()), seconds=1.0) == []


def test_the_agreed_vitamin_k_is_never_offered_and_the_clinic_is_named(eater) -> None:
    person = eater(vitamin_k_agreed=50).model_copy(
        update={"medications": Profile.model_validate(WARFARIN).medications}
    )
    found = explained(tried(person, {"require": [{"food": "kale", "per_week": 3}]}))
    assert "rules/require[0]" in found[0].rules
    assert any(rule.startswith("nutrition/vitamin_k/agreed_") for rule in found[0].rules)
    assert "anticoagulation clinic" in found[0].text
    assert all(change.rules == ["rules/require[0]"] for change in found[0].changes)


WARFARIN = {
    "sex": "female",
    "birth_date": "1961-04-02",
    "height_cm": 163,
    "weight_kg": 68,
    "medications": [{"name": "warfarin", "time": "18:00"}],
}


def days(*rules: str) -> NoWeek:
    return NoWeek(False, "none of the divisions will do", frozenset(rules))


def asks_of(problem: Problem) -> set[str]:
    return {bound.rule for bound in problem.bounds}


def test_days_that_were_not_found_are_told_by_their_limits_with_a_change_that_does(eater) -> None:
    share = "nutrition/calcium/day_share"
    case = tried(eater(), does=lambda problem: share not in asks_of(problem))
    (found,) = explained(case, days(share))
    assert found.rules == [share]
    assert "whole servings keep these limits: calcium at least 960 mg each day" in found.text
    assert offered(found) == [
        ("plan without the rule “calcium at least 960 mg each day”, if your dietitian agrees", "weeks")
    ]


def test_servings_of_a_day_that_are_in_the_way_are_named_with_its_limits(eater) -> None:
    pinned = {"pin": [{"food": food, "on": "monday", "at": "dinner"} for food in ("salmon", "trout")]}
    case = tried(eater(), pinned, does=lambda _: False)
    (found,) = explained(case, days("rules/pin[0]", "rules/pin[1]"))
    assert found.rules == ["rules/pin[0]", "rules/pin[1]"]
    assert "salmon at dinner on Monday; trout at dinner on Monday. Without any one of them it did." in found.text


def test_of_days_that_were_not_found_nothing_is_offered_that_was_not_planned(eater) -> None:
    (found,) = explained(tried(eater(dislikes=["kale"]), does=lambda _: False), days("nutrition/protein/rda"))
    assert found.changes == []


def test_where_no_limit_of_a_day_is_in_the_way_another_seed_is_what_to_try(eater) -> None:
    (found,) = explained(tried(eater(), does=lambda _: False), days())
    assert found.text == "No menu: none of the divisions will do."
    assert found.relaxations == ["another --seed"]


def names(conflicts: Sequence[Conflict]) -> list[list[str]]:
    return [conflict.rules for conflict in conflicts]


def test_a_later_week_is_explained_with_what_is_pinned_to_it(eater) -> None:
    pin = {"food": "salmon", "on": "2026-12-04", "at": "dinner"}
    case = tried(eater(), {"pin": [pin], "limit": [{"tag": "fish", "per_week": 0}]})
    assert names(explained(case, week=1)) == [["rules/limit[0]", "rules/pin[0]"]]
