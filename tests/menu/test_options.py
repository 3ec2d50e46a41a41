"""What may be served: portions that people eat, and costs that tell usual choices from unusual ones."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.foods.eligible import MEALS
from boneplan.foods.measures import Measure
from boneplan.foods.table import FoodTable
from boneplan.menu.options import (
    FAR_FROM_MEDIAN,
    MOST_PORTIONS,
    Option,
    absorption_costs,
    build_options,
    eaten,
    servings,
    usual_portions,
)
from boneplan.menu.pairs import Pairs
from boneplan.menu.patterns import MealBook

CUP = Measure("cup", "cups", 240.0, 0.5)
SPOON = Measure("tablespoon", "tablespoons", 15.0, 1.0)
LOAF = Measure("loaf", "loaves", 900.0, 1.0)
GLUTEN_FREE = re.compile("gluten[- ]free", re.IGNORECASE)


@pytest.fixture(scope="module")
def offer(table: FoodTable, book: MealBook, pairs: Pairs):
    """Makes the options of a week; by default of a woman who may eat everything."""

    def make(**changes) -> list[Option]:
        given = {
            "allowed": dict.fromkeys(MEALS, frozenset(table.foods.index)),
            "pairs": pairs,
            "group": "women",
            "seed": 0,
            "week": 0,
        } | changes
        return build_options(table, book, **given)

    return make


@pytest.fixture(scope="module")
def usual(offer) -> list[Option]:
    return offer()


def costs(options: Sequence[Option]) -> dict[tuple[str, str, str], float]:
    return {(o.food, o.meal, o.role): o.cost for o in options}


def test_portions_are_the_multiples_within_what_people_eat() -> None:
    made = servings([CUP], (200, 230, 240, 300, 370))
    assert [(s.grams, s.steps, s.measure) for s in made] == [(240.0, 2, CUP), (360.0, 3, CUP)]


def test_the_median_portion_is_free_and_others_cost_by_their_distance() -> None:
    made = {s.grams: s.cost for s in servings([SPOON], (15, 20, 30, 40, 45))}
    assert made[30.0] == 0
    assert all(cost > 0 for grams, cost in made.items() if grams != 30.0)
    assert made[45.0] < 1


def test_calcium_that_is_absorbed_worse_than_milks_costs_and_better_pays(table: FoodTable) -> None:
    costs = absorption_costs(table)
    assert costs["spinach-cooked"] > costs["soy-milk-unsweetened"] > 0 > costs["kale-cooked"]
    assert costs["milk-2-percent"] == pytest.approx(0, abs=1e-4)


def test_a_gram_costs_as_much_in_every_portion() -> None:
    free, dear = servings([SPOON], (15, 20, 30, 40, 45)), servings([SPOON], (15, 20, 30, 40, 45), 0.01)
    assert [d.cost - f.cost for f, d in zip(free, dear, strict=True)] == pytest.approx([0.01 * s.grams for s in free])


@pytest.mark.parametrize(("better", "worse"), [("kale", "spinach"), ("spinach", "kale")])
def test_of_two_foods_with_as_much_calcium_the_week_takes_the_better_absorbed(
    kitchen: Any, limit: Any, better: str, worse: str
) -> None:
    foods = pd.DataFrame(
        {"description": "", "category": 0, "calcium": 130.0, "calcium_absorption": [0.34, 0.04]},
        index=[better, worse],
    )
    per_gram = absorption_costs(FoodTable(foods, foods, foods))
    posed = kitchen(limit("calcium", "week_mean", 250), costs={food: 90 * per_gram[food] for food in per_gram})
    # Alike in all but that: the portions and what they hold.
    portions = next(option.servings for option in posed.options if option.food == "spinach")
    posed = dataclasses.replace(
        posed,
        options=[dataclasses.replace(o, servings=portions) if o.food == "kale" else o for o in posed.options],
        amounts={**posed.amounts, "kale": posed.amounts["spinach"]},
    )
    served = posed.model(posed.columns(), integer=True).solve().servings
    times = {food: sum(n for column, n in served if column.option.food == food) for food in per_gram}
    assert times[better] > times[worse]


def test_the_most_natural_measure_that_fits_is_taken() -> None:
    assert {s.measure for s in servings([LOAF, CUP, SPOON], (200, 230, 240, 250, 260))} == {CUP}
    assert {s.measure for s in servings([LOAF, SPOON], (28, 29, 30, 31, 32))} == {SPOON}


def test_a_measure_whose_nearest_portion_is_far_off_gives_way_to_a_finer_one() -> None:
    bowl = Measure("bowl", "bowls", 100.0, 1.0)
    # One bowl is just within the percentiles, yet far from what most people take.
    far = 100.0 / (FAR_FROM_MEDIAN * 1.05)
    taken = servings([bowl, SPOON], (45, 55, far, 90, 110))
    assert {s.measure for s in taken} == {SPOON}


def test_a_food_that_no_measure_can_portion_is_not_served() -> None:
    assert servings([LOAF], (20, 25, 30, 35, 40)) == ()
    assert servings([], (20, 25, 30, 35, 40)) == ()


Percentiles = tuple[float, float, float, float, float]
percentiles = st.lists(st.floats(5, 600), min_size=5, max_size=5).map(lambda found: tuple(sorted(found)))


@given(percentiles, st.lists(st.sampled_from([CUP, SPOON, LOAF]), min_size=1, unique=True))
def test_every_portion_lies_within_the_percentiles_and_is_printable(
    found: Percentiles, measures: list[Measure]
) -> None:
    made = servings(measures, found)
    assert len(made) <= MOST_PORTIONS
    for serving in made:
        assert found[0] - 0.06 <= serving.grams <= found[4] + 0.06
        assert serving.grams == serving.measure.grams_of(serving.steps) > 0
        assert serving.cost >= 0
    assert len({s.measure for s in made}) <= 1
    assert len({s.steps for s in made}) == len(made)


def test_pooled_percentiles_never_widen_a_foods_own(table: FoodTable) -> None:
    own = table.options.set_index(["food_id", "meal", "group"])
    held = usual_portions(table, "women").set_index(["food_id", "meal", "group"])
    assert len(held) > 1000
    own = own.loc[held.index]
    assert (held["g_p10"] >= own["g_p10"]).all()
    assert (held["g_p90"] <= own["g_p90"]).all()
    assert (held["g_p50"] == own["g_p50"]).all()


def test_options_are_foods_in_their_roles_with_portions(
    usual: list[Option], table: FoodTable, book: MealBook
) -> None:
    own = table.options[table.options["group"] == "women"].set_index(["food_id", "meal"])
    at = {meal: {role for p in book.patterns if p.meal == meal for role in p.foods} for meal in MEALS}
    measures = table.portions.groupby("food_id")["measure"].agg(set)
    for option in usual:
        category, text = table.foods.loc[option.food, ["category", "description"]]
        role = book.roles[option.role]
        assert option.role in at[option.meal]
        assert role.takes(category, text)
        assert option.category == category
        assert option.servings
        low, high = own.loc[(option.food, option.meal), ["g_p10", "g_p90"]]
        for serving in option.servings:
            assert low - 0.06 <= serving.grams <= high + 0.06
            assert role.least_grams <= serving.grams <= role.most_grams
            assert serving.measure.singular in measures[option.food]


def test_a_food_plays_a_role_at_a_meal_once(usual: list[Option]) -> None:
    assert len(costs(usual)) == len(usual)


def test_what_is_not_allowed_at_a_meal_is_no_option_there(offer, usual: list[Option], table: FoodTable) -> None:
    everything = frozenset(table.foods.index)
    left = {**dict.fromkeys(MEALS, everything), "lunch": everything - {"tofu"}, "dinner": frozenset()}
    options = offer(allowed=left)
    assert {o.meal for o in options} == {"breakfast", "lunch", "snack"}
    assert not any(o.food == "tofu" for o in options if o.meal == "lunch")
    assert {o.food for o in options} <= {o.food for o in usual}


def test_the_same_seed_and_week_give_the_same_options_and_others_another_taste(offer, usual: list[Option]) -> None:
    assert offer() == usual
    for other in (offer(seed=1), offer(week=1)):
        assert [dataclasses.replace(o, cost=0.0) for o in other] == [dataclasses.replace(o, cost=0.0) for o in usual]
        assert costs(other) != costs(usual)


def test_a_food_of_last_week_costs_more_unless_it_is_a_staple(offer, usual: list[Option], book: MealBook) -> None:
    before = frozenset(o.food for o in usual)
    again = costs(offer(served_before=before))
    for option in usual:
        more = again[option.food, option.meal, option.role] - option.cost
        assert more == pytest.approx(0) if option.category in book.staples else more > 0.1


def test_a_substitute_costs_more_for_people_who_may_eat_anything(
    offer, usual: list[Option], table: FoodTable
) -> None:
    coeliac = costs(offer(rules=frozenset({"condition/coeliac"})))
    special = [o for o in usual if GLUTEN_FREE.search(table.foods.loc[o.food, "description"])]
    assert special
    for option in usual:
        more = option.cost - coeliac[option.food, option.meal, option.role]
        assert more > 0.5 if option in special else more == pytest.approx(0)


def test_a_food_that_borrows_its_counts_from_another_costs_more(
    table: FoodTable, book: MealBook, pairs: Pairs, usual: list[Option]
) -> None:
    rows = table.options[table.options["group"] == "women"]
    borrowed = set(rows["food_id"][rows["eaten_as"].notna()])
    assert borrowed & {o.food for o in usual}
    own = dataclasses.replace(table, options=table.options.assign(eaten_as=math.nan))
    everything = dict.fromkeys(MEALS, frozenset(table.foods.index))
    counted = costs(build_options(own, book, everything, pairs=pairs, group="women", seed=0, week=0))
    for option in usual:
        more = option.cost - counted[option.food, option.meal, option.role]
        assert more > 0.1 if option.food in borrowed else more == pytest.approx(0)


def test_a_usual_food_costs_less_than_a_rare_one_of_the_same_kind(usual: list[Option], table: FoodTable) -> None:
    own = table.options[table.options["group"] == "women"].set_index(["food_id", "meal"])["n"]
    for meal, role in {(o.meal, o.role) for o in usual}:
        same = [o for o in usual if (o.meal, o.role) == (meal, role)]
        for kind in {o.category for o in same}:
            counted = {o.cost: own.loc[(o.food, meal)] for o in same if o.category == kind}
            common, rare = counted[min(counted)], counted[max(counted)]
            # Twenty times as usual outweighs what any seed can do, and substitutes are rarer still.
            assert not rare > 20 * common


def test_men_and_women_have_portions_of_their_own(offer, usual: list[Option]) -> None:
    men = offer(group="men")
    hers = {(o.food, o.meal, o.role): o.servings for o in usual}
    his = {(o.food, o.meal, o.role): o.servings for o in men}
    both = hers.keys() & his.keys()
    assert any(hers[key] != his[key] for key in both)


def test_what_depends_on_no_person_is_made_once_for_each_table(table: FoodTable, book: MealBook) -> None:
    roles = tuple(book.roles.values())
    made = eaten(table, "women", roles)
    assert eaten(table, "women", roles) is made
    few = dataclasses.replace(table, options=table.options[table.options["meal"] == "lunch"])
    assert {one.meal for one in eaten(few, "women", roles)} == {"lunch"}
    assert {one.meal for one in made} == set(MEALS)


def test_each_role_of_a_food_has_only_portions_of_the_size_that_it_asks_for(table: FoodTable, book: MealBook) -> None:
    found = [(book.roles[role], s) for one in eaten(table, "women", tuple(book.roles.values()))
             for role, portions in one.roles.items() for s in portions]  # fmt: skip
    assert found
    assert all(role.least_grams <= serving.grams <= role.most_grams for role, serving in found)
