"""Why there is no menu: the named rules do clash, and every change that is offered does do."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from boneplan.foods.eligible import Exclusion, exclusions
from boneplan.foods.table import load_foods
from boneplan.menu.conflict import explain, explain_days
from boneplan.menu.patterns import Count
from boneplan.menu.problem import Problem
from boneplan.menu.week import NoWeek, Week, solve_week
from boneplan.plan import Conflict
from boneplan.profile import Profile

BUDGET: dict[str, Any] = {"pattern": "vegan", "budget_per_day": 1.0, "meals": {"snack": None}}
NO_BREAKFAST = {"pattern": "vegan", "allergies": ["milk"], "dislikes": ["bread", "cereal", "oat", "olives"]}
MOVE = re.compile(
    r"(?P<name>[a-z ]+?) (?P<side>at least|at most) (?P<to>[\d.]+) (?P<unit>\S+) instead of (?P<of>[\d.]+) "
    r"(?P<period>as the week's mean|each day)"
)
PERIODS = {"as the week's mean": "week_mean", "each day": "day"}
Why = Callable[..., Conflict]


@pytest.fixture(scope="module")
def why(eater, planned_menu) -> Why:
    """Gives the conflict of a woman of that diet; each planned once."""

    @cache
    def ask(key: str) -> Conflict:
        conflict = planned_menu(eater(**CASES[key])).conflict
        assert conflict is not None
        return conflict

    return ask


CASES: dict[str, dict[str, Any]] = {"budget": BUDGET, "breakfast": NO_BREAKFAST}


def feasible(problem: Problem) -> bool:
    if problem.unserved:
        return False
    return problem.model(problem.columns(), integer=False).model.solve(relaxed=True).found


def lifted(profile: Profile, rule: str) -> Profile:
    """The same person without one of the rules of their diet."""
    _, kind, *rest = rule.split("/")
    name = "/".join(rest)
    diet = profile.diet.model_dump()
    if kind == "pattern":
        diet["pattern"] = "omnivore"
    elif kind in ("allergy", "dislike", "intolerance"):
        field = {"allergy": "allergies", "dislike": "dislikes", "intolerance": "intolerances"}[kind]
        diet[field] = [entry for entry in diet[field] if entry != name]
    elif kind == "budget":
        diet["budget_per_day"] = None
    return profile.model_copy(update={"diet": type(profile.diet).model_validate(diet)})


def applied(problem: Problem, change: str) -> Problem:
    """The problem with the printed change made: every move of it."""
    bounds = list(problem.bounds)
    for text in change.removesuffix(", if your dietitian agrees").split(" and "):
        move = MOVE.fullmatch(text)
        assert move, text
        low, to, of = move["side"] == "at least", float(move["to"]), float(move["of"])
        name, period = move["name"].replace(" ", "_"), PERIODS[move["period"]]
        changed = 0
        for i, b in enumerate(bounds):
            own = b.aim if low else b.high
            if (b.nutrient, b.period) != (name, period) or not own or abs(own - of) > 0.5:
                continue
            # Supplements were taken off a minimum before; the printed one is the target's own.
            bounds[i] = replace(b, low=to - (b.aim - (b.low or 0.0))) if low else replace(b, high=to)
            changed += 1
        assert changed, text
    return replace(problem, bounds=bounds)


def test_a_day_of_food_for_a_dollar_is_in_conflict_with_its_budget(why: Why) -> None:
    conflict = why("budget")
    assert conflict.part == "menu"
    assert "diet/budget" in conflict.rules
    assert any(rule.startswith("nutrition/") for rule in conflict.rules)
    assert conflict.text.startswith("These rules cannot all hold in one week: ")
    assert conflict.relaxations


def test_a_rule_is_named_once(why: Why) -> None:
    rules = why("budget").rules
    assert rules == list(dict.fromkeys(rules))


def test_the_named_bounds_alone_are_already_impossible(why: Why, eater, problem) -> None:
    posed = problem(eater(**BUDGET))
    assert not feasible(posed)
    named = [b for b in posed.bounds if b.rule in why("budget").rules]
    assert named
    assert not feasible(replace(posed, bounds=named))
    assert feasible(replace(posed, bounds=named, budget_per_day=None))


def test_a_budget_is_offered_that_does_and_hardly_a_smaller_one_does(why: Why, eater, problem) -> None:
    (offer,) = why("budget").relaxations
    told = re.fullmatch(r"a budget of (\d+\.\d\d) USD a day", offer)
    assert told
    budget = float(told[1])
    assert feasible(problem(eater(**BUDGET | {"budget_per_day": budget})))
    assert not feasible(problem(eater(**BUDGET | {"budget_per_day": (budget - 0.1) / 1.2 - 0.05})))


def test_a_person_for_whom_no_breakfast_is_left_is_told_so(why: Why) -> None:
    conflict = why("breakfast")
    assert conflict.text == "No breakfast that boneplan knows is left once every rule of the profile is applied."
    assert conflict.rules[0] == "meals/breakfast"


def test_lifting_any_named_exclusion_makes_a_week(why: Why, eater, problem) -> None:
    conflict, person = why("breakfast"), eater(**NO_BREAKFAST)
    named = [rule for rule in conflict.rules if rule.startswith("diet/")]
    assert named
    assert not feasible(problem(person))
    for rule in named:
        assert feasible(problem(lifted(person, rule))), rule


def test_every_exclusion_whose_lifting_makes_a_week_is_named_and_offered_but_for_allergies(
    why: Why, eater, problem
) -> None:
    conflict, person = why("breakfast"), eater(**NO_BREAKFAST)
    rules = {e.rule: e.text for e in exclusions(load_foods(), person) if e.foods and e.rule.count("/") == 2}
    for rule, text in rules.items():
        if rule.startswith("diet/phytoestrogens"):
            continue
        does = feasible(problem(lifted(person, rule)))
        assert (rule in conflict.rules) is does, rule
        own = not rule.startswith("diet/allergy/")
        assert (f"plan without the rule “{text}”" in conflict.relaxations) is (does and own)


def test_a_rule_that_has_no_part_in_the_conflict_is_not_named(why: Why) -> None:
    assert "diet/dislike/olives" not in why("breakfast").rules


def explained(
    problem: Problem, *kept_out: Exclusion, without: Callable[[frozenset[str]], Problem] | None = None
) -> Conflict:
    """The conflict of a small kitchen; `without` gives it with some of the exclusions lifted."""
    return explain(problem, kept_out, without or (lambda _: problem), feasible)


def left_out(rule: str, *foods: str) -> Exclusion:
    return Exclusion(rule, f"no {rule.rpartition('/')[2]}", frozenset(foods))


def test_what_a_bound_may_move_to_is_as_near_as_can_be(kitchen, limit) -> None:
    posed = kitchen(limit("fibre", "week_mean", 300.0), limit("energy", "day", 600, 800))
    (change,) = explained(posed).relaxations
    assert change.endswith(", if your dietitian agrees")
    assert feasible(applied(posed, change))
    (move,) = MOVE.finditer(change)
    nearer = change.replace(f"at least {move['to']}", f"at least {float(move['to']) + 1.1}")
    assert not feasible(applied(posed, nearer))


def test_a_supplement_already_taken_off_is_part_of_the_figures_that_are_said(kitchen, limit) -> None:
    # 500 a day are wanted, 200 come from a supplement, and food cannot bring the other 300.
    posed = kitchen(limit("fibre", "week_mean", 300.0, aim=500.0))
    (change,) = explained(posed).relaxations
    assert "instead of 500" in change
    assert feasible(applied(posed, change))


def test_the_rules_of_a_clash_are_those_that_clash(kitchen, limit) -> None:
    posed = kitchen(
        limit("calcium", "week_mean", 420.0),
        limit("energy", "week_mean", None, 250.0),
        limit("fibre", "week_mean", 4.0),
    )
    conflict = explained(posed)
    assert conflict.rules == ["test/energy/week_mean"]
    assert "energy" in conflict.text
    assert "calcium" not in conflict.text


def test_a_missing_meal_is_the_only_reason_where_there_is_one(kitchen, limit) -> None:
    posed = kitchen(limit("energy", "week_mean", 90_000))
    dinners = [pattern for pattern in posed.patterns if pattern.meal == "dinner"]
    conflict = explained(replace(posed, patterns=dinners))
    assert conflict.text.startswith("No breakfast ")
    assert conflict.rules == ["meals/breakfast"]
    assert conflict.relaxations == []


@pytest.mark.parametrize("rule", ["nutrition/energy/ul", "nutrition/isoflavones/policy", "nutrition/caffeine/safe"])
def test_no_upper_limit_is_offered_for_loosening(kitchen, limit, rule: str) -> None:
    upper = limit("energy", "week_mean", None, 500.0, rule=rule)
    posed = kitchen(limit("calcium", "week_mean", 700.0), upper)
    assert feasible(kitchen(upper))
    (change,) = explained(posed).relaxations
    assert change.startswith("calcium at least ")
    assert feasible(applied(posed, change))


def test_a_rule_of_the_persons_own_is_offered_before_any_target(kitchen, limit) -> None:
    need = limit("fibre", "week_mean", 300.0)
    conflict = explained(kitchen(need), left_out("diet/dislike/kale", "kale"), without=lambda _: kitchen())
    assert conflict.relaxations == ["plan without the rule “no kale”"]
    assert "diet/dislike/kale" in conflict.rules


def test_rules_that_only_together_make_a_week_are_offered_together_and_none_in_vain(kitchen, limit) -> None:
    rules = [left_out(f"diet/dislike/{food}", food) for food in ("kale", "peas", "trout")]
    both = {"diet/dislike/kale", "diet/dislike/trout"}
    none = kitchen(limit("fibre", "week_mean", 300.0))
    conflict = explained(none, *rules, without=lambda lifted: kitchen() if both <= lifted else none)
    assert conflict.relaxations == ["plan without the rules “no kale” and “no trout”"]


def test_an_allergy_and_a_condition_are_named_and_never_offered(kitchen, limit) -> None:
    none = kitchen(limit("energy", "week_mean", 90_000))
    rules = ("diet/allergy/milk", "condition/coeliac", "diet/dislike/kale")
    conflict = explained(none, *(left_out(rule, "kale") for rule in rules), without=lambda _: kitchen())
    assert set(rules) <= set(conflict.rules)
    assert conflict.relaxations == ["plan without the rule “no kale”"]


def test_a_rule_that_keeps_out_nothing_is_not_to_blame(kitchen, limit) -> None:
    none = kitchen(limit("energy", "week_mean", 90_000))
    conflict = explained(none, left_out("diet/dislike/okra"), without=lambda _: kitchen())
    assert "diet/dislike/okra" not in conflict.rules


def test_a_tight_budget_is_answered_with_the_next_that_does(kitchen) -> None:
    posed = kitchen(budget=1.0)
    (offer,) = explained(posed).relaxations
    told = float(offer.removeprefix("a budget of ").removesuffix(" USD a day"))
    assert feasible(replace(posed, budget_per_day=told))
    assert not feasible(replace(posed, budget_per_day=(told - 0.1) / 1.2 - 0.01))


def test_the_agreed_vitamin_k_is_never_offered_and_the_clinic_is_named(kitchen, limit) -> None:
    band = limit("energy", "week_mean", None, 500.0, rule="nutrition/vitamin_k/agreed_week_high")
    conflict = explained(kitchen(limit("calcium", "week_mean", 700.0), band))
    assert set(conflict.rules) == {"test/calcium/week_mean", "nutrition/vitamin_k/agreed_week_high"}
    assert "anticoagulation clinic" in conflict.text
    (change,) = conflict.relaxations
    assert change.startswith("calcium at least ")


def test_the_sides_of_a_clash_are_told_with_their_figures(kitchen, limit) -> None:
    conflict = explained(kitchen(limit("fibre", "week_mean", 300.0), limit("energy", "week_mean", None, 1500.0)))
    assert "fibre at least 300 unit as the week's mean" in conflict.text


def test_days_that_were_not_found_are_told_by_their_limits_with_a_change_that_does(kitchen, limit) -> None:
    exact = limit("energy", "day", 700.0, 700.001)
    posed = kitchen(exact, limit("fibre", "day", 1.0))

    def solvable(problem: Problem) -> bool:
        return isinstance(solve_week(problem, {}, seed=0, seconds=5.0), Week)

    found = solve_week(posed, {}, seed=0, seconds=5.0)
    assert isinstance(found, NoWeek)
    conflict = explain_days(found, posed, [], lambda _: posed, solvable)
    assert conflict.rules == ["test/energy/day"]
    assert "energy at least 700 and at most 700.001 unit each day" in conflict.text
    assert conflict.relaxations == [
        "plan without energy at least 700 and at most 700.001 unit each day, if your dietitian agrees"
    ]
    assert solvable(replace(posed, bounds=[bound for bound in posed.bounds if bound is not exact]))


def test_a_required_food_that_cannot_come_so_often_is_named_with_what_keeps_it_from_it(kitchen) -> None:
    asked = Count("rules/require[0]", frozenset({"kale"}), "kale at least 6 times a week", least=6)
    conflict = explained(kitchen(counts=(asked,)), without=lambda _: kitchen())
    assert conflict.rules[0] == "rules/require[0]"
    assert "kale at least 6 times a week" in conflict.text
    assert "no food more than 4 times a week" in conflict.text
    assert conflict.relaxations == ["plan without the rule “kale at least 6 times a week”"]
