"""verify on what a menu tells of itself: groups of foods and what was left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from boneplan.engine import make_plan
from boneplan.plan import Plan
from boneplan.profile_reader import check_profile, load_example
from boneplan.verify import verify_plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    example = load_example()
    diet = {"allergies": ["milk"], "intolerances": ["gluten"], "pattern": "pescatarian"}
    milk = {**example.as_json(), "diet": diet}
    return make_plan(check_profile(milk, "profile"), start=dt.date(2026, 11, 23))


def test_the_groups_of_a_week_add_up_to_the_mean_of_its_days(plan: Plan) -> None:
    for nutrient in ("calcium", "energy", "protein", "vitamin_d", "vitamin_k"):
        mean = sum(day.totals[nutrient] for day in plan.menu.days) / 7
        assert sum(group.amounts[nutrient] for group in plan.menu.groups) == pytest.approx(mean, abs=0.1)


def test_it_says_what_was_left_out_and_names_foods(plan: Plan) -> None:
    said = {part.rule: part for part in plan.menu.left_out}
    assert said["diet/allergy/milk"].text == "milk allergy"
    assert said["diet/allergy/milk"].foods > 100
    assert len(said["diet/allergy/milk"].examples) == 3
    assert said["diet/phytoestrogens/avoid"].foods > 0


def test_examples_of_an_allergy_surely_hold_it() -> None:
    profile = check_profile({**load_example().as_json(), "diet": {"allergies": ["shellfish"]}}, "profile")
    plan = make_plan(profile, start=dt.date(2026, 11, 23))
    (said,) = (part for part in plan.menu.left_out if part.rule == "diet/allergy/shellfish")
    assert not [name for name in said.examples if "cracker" in name.lower()]
    assert any("hrimp" in name for name in said.examples)


def spoil_group(plan: Plan) -> None:
    plan.menu.groups[0].amounts["calcium"] += 50


def drop_group(plan: Plan) -> None:
    plan.menu.groups.pop()


def tell_nothing_of_a_group(plan: Plan) -> None:
    plan.menu.groups[0].amounts.clear()


def twice(plan: Plan) -> None:
    plan.menu.groups.append(plan.menu.groups[0])


def invent_group(plan: Plan) -> None:
    plan.menu.groups.append(plan.menu.groups[0].model_copy(update={"group": "Moonbeams"}))


def serve_what_is_left_out(plan: Plan) -> None:
    plan.menu.left_out[0].examples.append(plan.menu.days[0].meals[0].items[0].name)


def hide_the_allergy(plan: Plan) -> None:
    plan.menu.left_out = [part for part in plan.menu.left_out if part.rule != "diet/allergy/milk"]


def hide_the_intolerance(plan: Plan) -> None:
    plan.menu.left_out = [part for part in plan.menu.left_out if part.rule != "diet/intolerance/gluten"]


def hide_the_pattern(plan: Plan) -> None:
    plan.menu.left_out = [part for part in plan.menu.left_out if part.rule != "diet/pattern/pescatarian"]


def hide_the_policy(plan: Plan) -> None:
    plan.menu.left_out = [part for part in plan.menu.left_out if part.rule != "diet/phytoestrogens/avoid"]


@pytest.mark.parametrize(
    ("spoil", "breach"),
    [
        (spoil_group, "verify/groups"),
        (drop_group, "verify/groups"),
        (tell_nothing_of_a_group, "verify/groups"),
        (twice, "verify/groups"),
        (invent_group, "verify/groups"),
        (serve_what_is_left_out, "verify/left-out"),
        (hide_the_allergy, "verify/left-out"),
        (hide_the_intolerance, "verify/left-out"),
        (hide_the_pattern, "verify/left-out"),
        (hide_the_policy, "verify/left-out"),
    ],
)
def test_what_the_menu_tells_wrongly_is_a_breach(plan: Plan, spoil: Callable[[Plan], None], breach: str) -> None:
    spoiled = plan.model_copy(deep=True)
    spoil(spoiled)
    assert breach in {found.rule for found in verify_plan(spoiled)}
    assert not verify_plan(plan)
