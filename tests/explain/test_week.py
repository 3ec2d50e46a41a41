"""A week explained: what the menus reach, what binds, and which foods carry a nutrient, in a dietitian's words."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pytest

from boneplan.engine import make_plan
from boneplan.errors import InputError
from boneplan.explain import words
from boneplan.explain.absent import AtMeal, whereabouts
from boneplan.explain.document import document
from boneplan.explain.prices import Step
from boneplan.explain.week import Explained, Standing, explain_week
from boneplan.menu.bounds import Bound
from boneplan.menu.case import case_of
from boneplan.plan import Plan
from boneplan.profile_reader import load_example

START = dt.date(2026, 11, 23)
RDA = "nutrition/calcium/rda"


@cache
def plan() -> Plan:
    return make_plan(load_example(), start=START, now=dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC))


@cache
def explained() -> Explained:
    return explain_week(plan())


def standing(rule: str) -> Standing:
    return next(one for one in explained().standings if one.rule == rule)


def mean(nutrient: str) -> float:
    return sum(day.totals[nutrient] for day in plan().menu.days) / 7


def test_every_bound_of_the_plan_is_told_with_what_the_printed_menus_reach() -> None:
    occasion = {"nutrition/calcium/occasion"}
    assert {one.rule for one in explained().standings} == {t.rule for t in plan().targets} - occasion
    assert standing(RDA).reached == pytest.approx(mean("calcium"), abs=0.1)
    days = [day.totals["energy"] for day in plan().menu.days]
    assert standing("nutrition/energy/day_low").reached == pytest.approx(min(days), abs=0.1)
    assert standing("nutrition/energy/day_high").reached == pytest.approx(max(days), abs=0.1)


def test_declared_supplements_count_where_the_target_counts_them() -> None:
    taken = sum(s.amount for s in plan().menu.supplements if s.nutrient == "vitamin_d")
    assert taken > 0
    assert standing("nutrition/vitamin_d/target").reached == pytest.approx(mean("vitamin_d") + taken, abs=0.1)


def test_what_binds_has_a_price_and_what_has_room_has_none() -> None:
    assert standing(RDA).binds
    assert standing(RDA).price is not None
    for one in explained().standings:
        if one.slack > 0.05 * max(one.bound.aim, one.bound.most, 1.0) and one.price is None:
            assert not one.binds


def test_the_cost_is_that_of_the_plan_and_prices_start_at_a_week_no_cheaper_than_its_bound() -> None:
    solve = plan().menu.solve
    assert solve is not None
    assert explained().cost == pytest.approx(solve.objective, abs=0.01)
    assert explained().bound == pytest.approx(solve.bound, abs=0.01)
    assert explained().bound <= explained().best + 1e-6 <= explained().cost + 1e-3


def test_the_carriers_of_a_nutrient_are_the_foods_that_bring_most_of_it() -> None:
    carriers = explained().carriers["calcium"]
    assert [c.amount for c in carriers] == sorted((c.amount for c in carriers), reverse=True)
    assert sum(c.share for c in carriers) <= 1 + 1e-9
    assert carriers[0].share == pytest.approx(carriers[0].amount / mean("calcium"), abs=0.001)


def test_the_document_names_every_bound_and_says_what_a_cost_is() -> None:
    made = document(explained(), plan().id)
    assert made["plan"] == plan().id
    rda = next(bound for bound in made["bounds"] if bound["rule"] == RDA)
    assert (rda["min"], rda["unit"], rda["period"], rda["binds"]) == (1200, "mg", "week_mean", True)
    assert rda["price"]["natural"]["step"] == 100
    assert "2.7" in made["unit_of_cost"]


def test_a_week_that_the_plan_has_not_is_named() -> None:
    with pytest.raises(InputError, match="no menus of week 2"):
        explain_week(plan(), 1)


CALCIUM = Bound("calcium", "week_mean", 1200, None, True, RDA, "mg", aim=1200)
NAMES = {"kale": "Kale, cooked", "toast": "White toast", "kefir": "Kefir"}


def test_a_step_is_told_in_servings_foods_money_and_cost() -> None:
    step = Step(100, 0.54, 0.31, 2.1, [("toast", 2.1)], [("kale", 1.2), ("kefir", 0.9)])
    assert words.step_in_words(step, words.moved(CALCIUM, 100), 33.2, NAMES) == (
        "100 mg more a day: 2.1 of the week's servings change (White toast goes; Kale, cooked and Kefir come), "
        "USD 0.31 more a day, cost 33.2 → 33.7."
    )


def test_a_step_that_moves_portions_alone_says_so() -> None:
    step = Step(5, 0.02, -0.1, 0.0, [], [])
    told = words.step_in_words(step, "5 g less a day", 33.2, NAMES)
    assert told == "5 g less a day: no food gives way, only portions change, USD 0.10 less a day, cost +0.02."


@pytest.mark.parametrize(
    ("value", "said"), [(1218.4, "1,218"), (21.74, "21.7"), (0.254, "0.25"), (100.0, "100"), (5.0, "5"), (0.0, "0")]
)
def test_figures_have_the_digits_that_people_read(value: float, said: str) -> None:
    assert words.figure(value) == said


def test_a_bound_tells_its_words_its_rule_and_its_source() -> None:
    told = words.title(standing(RDA))
    assert told.startswith(f"Calcium at least 1,200 mg as the week's mean ({RDA}; IOM 2011")
    said = list(words.priced(standing(RDA), explained().best, explained().names))
    assert said[0].startswith("100 mg more a day: ")
    assert any("own foods" in line for line in said)
    assert said[-1].startswith("Without it the cost would be ")


def test_a_gap_of_the_plan_is_told_as_one() -> None:
    soft = Bound("fibre", "week_mean", 21, None, False, "nutrition/fibre/ai", "g", aim=21)
    missed = Standing("nutrition/fibre/ai", "fibre at least 21 g", "IOM 2005", soft, reached=18, slack=-3)
    assert list(words.priced(missed, 30.0, NAMES)) == [
        "That is 3 g short: more of it would have cost other targets, or foods that people rather eat."
    ]
    assert words.slack(missed) == "3 g missing"


def at(food: str) -> dict[str, AtMeal]:
    return {one.meal: one for one in whereabouts(case_of(plan()), plan(), food).at}


def test_a_food_on_the_menus_is_told_with_its_days() -> None:
    day = plan().menu.days[0]
    meal = day.meals[0]
    item = meal.items[0]
    found = whereabouts(case_of(plan()), plan(), item.food)
    assert (day.date, meal.meal, item) in found.served
    assert found.may_stand
    assert not found.kept_out


def test_a_food_that_a_rule_keeps_out_is_told_with_the_rule_at_every_meal() -> None:
    # The example cannot take lactose.
    found = whereabouts(case_of(plan()), plan(), "kefir")
    assert found.kept_out
    assert {one.state for one in found.at} == {"kept out"}
    assert [said.rule for said in found.at[0].rules] == ["diet/intolerance/lactose"]
    assert found.at[0].rules[0].source == "profile: diet.intolerances"


def test_a_food_that_nobody_eats_at_a_meal_is_told_as_that() -> None:
    assert at("kale-raw")["breakfast"].state == "never eaten"


def test_a_food_that_is_priced_out_says_how_usual_it_would_have_to_be_and_costs_no_less_than_that() -> None:
    priced: list[Any] = [
        one
        for food in ("banana", "swiss-cheese", "pear", "salmon-baked")
        for one in at(food).values()
        if one.priced_out
    ]
    assert priced
    for one in priced:
        assert one.times_as_usual > 1
        assert one.with_one is None or one.with_one >= one.priced_out - 1e-6
