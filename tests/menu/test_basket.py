"""The week's basket: meals filled as their patterns say, variety kept, and a relaxation that is a true bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boneplan.menu.basket import Basket
from boneplan.menu.bound_rows import SHORTFALL_COST
from boneplan.menu.patterns import Count, KindCount, Limit, Wish
from boneplan.menu.problem import Problem
from boneplan.menu.served import pattern_cost
from boneplan.menu.variety import AGAIN_COST, STAPLE_AGAIN_COST, WISH_COST, again_costs

FOODS = ("flakes", "muesli", "apple", "roll", "trout", "chicken", "potato", "rice", "kale", "carrots")


def basket_of(problem: Problem, *, integer: bool = True, **how) -> Basket:
    return problem.model(problem.columns(), integer=integer).solve(**how)


def relaxed(problem: Problem) -> float:
    """The optimum of the week's linear relaxation."""
    objective = problem.model(problem.columns(), integer=False).model.solve(relaxed=True).objective
    assert objective is not None
    return objective


def uses(basket: Basket) -> Counter[str]:
    """How often each food is served."""
    counted: Counter[str] = Counter()
    for column, count in basket.servings:
        counted[column.option.food] += count
    return counted


def per_day(basket: Basket, nutrient: str) -> float:
    return sum(column.amounts[nutrient] * count for column, count in basket.servings) / 7


def cost_by_hand(problem: Problem, basket: Basket) -> float:
    """Foods, portions, kinds of meal and repeats of a basket without soft bounds."""
    cost = sum(count * (column.option.cost + column.serving.cost) for column, count in basket.servings)
    cost += sum(count * pattern_cost(pattern, problem.patterns) for pattern, count in basket.patterns)
    for food, count in uses(basket).items():
        staple = food in ("milk", "oat drink")
        cost += (STAPLE_AGAIN_COST if staple else AGAIN_COST) * count * (count - 1) / 2
    return cost


def fits_patterns(basket: Basket) -> bool:
    """Seven of each meal, and for each role as many foods as those meals take."""
    served: Counter[tuple[str, str]] = Counter()
    for column, count in basket.servings:
        served[column.option.meal, column.option.role] += count
    least: Counter[tuple[str, str]] = Counter()
    most: Counter[tuple[str, str]] = Counter()
    meals: Counter[str] = Counter()
    for pattern, count in basket.patterns:
        meals[pattern.meal] += count
        for role, (low, high) in pattern.foods.items():
            least[pattern.meal, role] += low * count
            most[pattern.meal, role] += high * count
    return set(meals.values()) == {7} and all(least[at] <= served[at] <= most[at] for at in {*served, *least})


def test_the_cheapest_basket_costs_what_its_servings_cost(kitchen) -> None:
    problem = kitchen()
    basket = basket_of(problem)
    assert basket.solution.outcome == "optimal"
    assert basket.solution.objective == pytest.approx(cost_by_hand(problem, basket))


def test_seven_of_each_meal_and_as_many_foods_as_they_take(kitchen) -> None:
    basket = basket_of(kitchen())
    assert fits_patterns(basket)
    counts = {pattern.name: count for pattern, count in basket.patterns}
    assert counts["plate"] == 7
    assert counts.get("bowl", 0) + counts.get("bread", 0) == 7


def test_a_kind_of_meal_comes_no_more_often_than_its_days(kitchen) -> None:
    # The bowl is the usual breakfast, on five days at most.
    basket = basket_of(kitchen(costs={"flakes": -5.0, "muesli": -5.0, "puffs": -5.0}))
    assert {pattern.name: count for pattern, count in basket.patterns if pattern.meal == "breakfast"} == {
        "bowl": 5,
        "bread": 2,
    }


def test_the_usual_kind_of_meal_is_free_and_a_rare_one_costs_by_its_rarity(kitchen) -> None:
    bowl, bread, plate = kitchen().patterns
    assert pattern_cost(bowl, kitchen().patterns) == 0
    assert pattern_cost(plate, kitchen().patterns) == 0
    rare = replace(bread, share=0.15)
    half = pattern_cost(bread, [bowl, bread])
    assert pattern_cost(rare, [bowl, rare]) == pytest.approx(2 * half)


def test_foods_come_back_as_often_as_their_kind_may(kitchen) -> None:
    costs = {"milk": -9.0, "chicken": -9.0, "carrots": -9.0}
    counted = uses(basket_of(kitchen(costs=costs)))
    assert counted["chicken"] == 2
    assert counted["carrots"] == 4
    assert counted["milk"] == 7


def test_two_places_for_a_role_are_for_two_foods(kitchen) -> None:
    # However cheap carrots are, a plate with two vegetables takes one serving of them.
    often = replace(kitchen().book.variety, max_uses=14)
    assert uses(basket_of(kitchen(costs={"carrots": -30.0}, variety=often)))["carrots"] == 7


def test_the_week_holds_as_many_different_foods_as_asked(kitchen) -> None:
    dear = dict.fromkeys(("puffs", "rye", "trout", "tofu", "pasta", "spinach"), 6.0)
    variety = kitchen().book.variety
    few, many = (uses(basket_of(kitchen(costs=dear, variety=replace(variety, min_distinct=n)))) for n in (8, 18))
    assert len(few) < 18 <= len(many)


def test_a_limit_on_a_kind_of_food_holds_over_the_week(kitchen) -> None:
    limits = (Limit("cereal", frozenset({1}), 2, "a test"), Limit("vegetables", frozenset({7}), 8, "a test"))
    counted = uses(basket_of(kitchen(costs={"flakes": -5.0, "kale": -5.0, "carrots": -5.0}, limits=limits)))
    assert counted["flakes"] + counted["muesli"] + counted["puffs"] == 2
    assert sum(counted[food] for food in ("kale", "carrots", "peas", "spinach")) == 8


def test_a_wish_that_stays_open_costs_by_the_serving(kitchen) -> None:
    def wished(servings: int) -> Problem:
        costs = {"carrots": 20 * WISH_COST, "potato": 20 * WISH_COST}
        return kitchen(costs=costs, wishes=(Wish("roots", frozenset(), None, servings, "a test"),))

    without, one, three = (basket_of(wished(servings)).solution.objective for servings in (0, 1, 3))
    assert without is not None
    assert one == pytest.approx(without + WISH_COST)
    assert three == pytest.approx(without + 3 * WISH_COST)


def test_a_cheap_wish_is_fulfilled(kitchen) -> None:
    counted = uses(basket_of(kitchen(wishes=(Wish("roots", frozenset(), None, 6, "a test"),))))
    assert counted["carrots"] + counted["potato"] >= 6


def test_hard_bounds_hold_on_the_weeks_mean_and_daily_ones_with_room_to_deal(kitchen, limit) -> None:
    problem = kitchen(limit("calcium", "week_mean", 380), limit("energy", "day", 640, 760))
    basket = basket_of(problem)
    assert fits_patterns(basket)
    assert per_day(basket, "calcium") >= 380 - 1e-6
    assert 640 < per_day(basket, "energy") < 760


def test_a_daily_budget_is_the_weeks_mean(kitchen) -> None:
    free = basket_of(kitchen())
    tight = per_day(free, "price") * 0.9
    basket = basket_of(kitchen(budget=tight))
    assert per_day(basket, "price") <= tight + 1e-9
    assert basket.solution.objective >= free.solution.objective


def test_a_soft_minimum_missed_costs_its_share_of_the_aim(kitchen, limit) -> None:
    free = basket_of(kitchen())
    # More fibre than all the food of the pantry could bring.
    soft = limit("fibre", "week_mean", 1000.0, hard=False, aim=2000.0)
    priced = basket_of(kitchen(soft))
    missing = (1000.0 - per_day(priced, "fibre")) / 2000.0
    assert priced.solution.objective == pytest.approx(cost_by_hand(kitchen(), priced) + SHORTFALL_COST * missing)
    assert per_day(priced, "fibre") > per_day(free, "fibre")


def test_a_soft_maximum_passed_costs_its_share_of_it(kitchen, limit) -> None:
    soft = limit("energy", "week_mean", None, 300.0, hard=False)
    priced = basket_of(kitchen(soft))
    over = (per_day(priced, "energy") - 300.0) / 300.0
    assert over > 0
    assert priced.solution.objective == pytest.approx(cost_by_hand(kitchen(), priced) + SHORTFALL_COST * over)


def test_of_what_a_meal_holds_above_its_most_only_a_share_counts(kitchen, limit) -> None:
    # 640 mg a day need tofu nearly every day, 700 mg in one serving: 500 counted in full and half of the rest.
    daily = {"costs": {"tofu": -9.0}, "variety": replace(kitchen().book.variety, max_main_uses=7)}
    need = limit("calcium", "week_mean", 640.0)
    occasion = limit("calcium", "meal", None, 500.0, hard=False, counted_above=0.5)
    basket = basket_of(kitchen(need, occasion, **daily))
    counted = sum(
        count * (min(column.amounts["calcium"], 500.0) + 0.5 * max(0.0, column.amounts["calcium"] - 500.0))
        for column, count in basket.servings
    )
    assert counted / 7 >= need.low - 1e-6
    assert per_day(basket, "calcium") > need.low + 50
    assert relaxed(kitchen(need, **daily)) < relaxed(kitchen(need, occasion, **daily))


def test_a_reserve_raises_only_minima_that_meals_may_lose(kitchen, limit) -> None:
    occasion = limit("calcium", "meal", None, 500.0, hard=False, counted_above=0.5)
    problem = kitchen(occasion, limit("calcium", "week_mean", 420.0), limit("fibre", "week_mean", 15.0))
    spare = problem.model(problem.columns(), integer=False, reserve=0.1).solve(relaxed=True)
    plain = problem.model(problem.columns(), integer=False).solve(relaxed=True)
    assert spare.solution.objective > plain.solution.objective
    without = kitchen(limit("calcium", "week_mean", 420.0), limit("fibre", "week_mean", 15.0))
    same = without.model(without.columns(), integer=False, reserve=0.1).solve(relaxed=True)
    assert same.solution.objective == pytest.approx(relaxed(without))


def test_no_day_has_two_servings_of_more_than_half_its_limit(kitchen, limit) -> None:
    # 700 mg and 2 × 360 mg of calcium: more than one of them breaks a day's 700.
    most = 705.0
    problem = kitchen(limit("calcium", "day", None, most), costs={"tofu": -9.0, "puffs": -9.0, "milk": -9.0})
    basket = basket_of(problem)
    large = sum(count for column, count in basket.servings if column.amounts["calcium"] > most / 2)
    assert large <= 7


def test_nothing_found_is_an_empty_basket(kitchen, limit) -> None:
    basket = basket_of(kitchen(limit("energy", "week_mean", 90_000)))
    assert (basket.servings, basket.patterns, basket.solution.found) == ([], [], False)


def test_promising_columns_are_those_of_the_smallest_reduced_cost_in_their_own_order(kitchen) -> None:
    problem = kitchen()
    model = problem.model(problem.columns(), integer=False)
    optimum = model.model.solve(relaxed=True).objective
    assert len(model.promising(10_000)) == len(model.columns)
    few = model.promising(18)
    assert few == [column for column in model.columns if column in few]
    worst = max(cost for column, cost in zip(model.columns, model.reduced_costs(), strict=True) if column in few)
    assert all(
        cost >= worst - 1e-9
        for column, cost in zip(model.columns, model.reduced_costs(), strict=True)
        if column not in few
    )
    served = [c for c, use in zip(model.columns, model.uses, strict=True) if use.varValue > 1e-9]
    again = problem.model(served, integer=False).model.solve(relaxed=True).objective
    assert again == pytest.approx(optimum), "what the relaxation serves is enough to serve it"


@settings(max_examples=15)
@given(
    costs=st.lists(st.floats(0, 3), min_size=len(FOODS), max_size=len(FOODS)),
    calcium=st.floats(100, 420),
    fibre=st.floats(5, 25),
)
def test_the_relaxation_is_never_dearer_than_whole_servings(
    kitchen, limit, costs: Sequence[float], calcium: float, fibre: float
) -> None:
    problem = kitchen(
        limit("calcium", "week_mean", calcium),
        limit("energy", "day", 600, 800),
        limit("fibre", "week_mean", fibre, hard=False),
        limit("calcium", "meal", None, 300.0, hard=False, counted_above=0.5),
        costs=dict(zip(FOODS, costs, strict=True)),
    )
    basket = basket_of(problem, gap=0.2)
    if not basket.solution.found:
        return
    assert fits_patterns(basket)
    assert basket.solution.objective is not None
    assert relaxed(problem) <= basket.solution.objective + 1e-6
    counted = uses(basket)
    assert all(counted[food] <= 2 for food in ("trout", "chicken", "omelette", "tofu"))
    assert all(count <= 4 for food, count in counted.items() if food not in ("milk", "oat drink"))
    assert len(counted) >= 8


def test_the_weeks_bound_of_the_example_is_under_its_basket_of_whole_servings(solved, example_basket: Basket) -> None:
    assert solved.week.bound <= example_basket.solution.objective
    assert fits_patterns(example_basket)
    assert len(uses(example_basket)) >= 30


# --- what rules files ask ---


def asked(*foods: str, **more) -> Count:
    return Count("rules/require[0]", frozenset(foods), "asked", **more)


def test_servings_are_counted_between_least_and_most_at_their_meals(kitchen) -> None:
    counts = (asked("kale", least=5), asked("carrots", "peas", most=1), asked("milk", most=0, meals=("breakfast",)))
    counted = uses(basket_of(kitchen(counts=counts)))
    assert counted["kale"] >= 5
    assert counted["carrots"] + counted["peas"] <= 1
    assert counted["milk"] == 0


def test_what_is_counted_each_day_adds_up_over_the_week(kitchen) -> None:
    often = kitchen(counts=(asked("kale", "spinach", least=1, each="day"),))
    counted = uses(basket_of(often))
    assert counted["kale"] + counted["spinach"] >= 7
    seldom = uses(basket_of(kitchen(counts=(asked("apple", "pear", most=1, each="day"),), costs={"apple": -9.0})))
    assert seldom["apple"] + seldom["pear"] <= 7
    pinned = uses(basket_of(kitchen(counts=(asked("tofu", least=1, each="day", days=(1, 4), meals=("dinner",)),))))
    assert pinned["tofu"] == 2


def test_what_nobody_may_serve_cannot_be_asked_for(kitchen) -> None:
    problem = kitchen(counts=(asked("caviar", least=1),))
    model = problem.model(problem.columns(), integer=False)
    assert not model.model.solve(relaxed=True).found
    assert model.model.irreducible_conflict() == ["rules/require[0]"]


def test_a_food_that_is_asked_for_may_pass_its_most_uses(kitchen) -> None:
    assert uses(basket_of(kitchen(counts=(asked("tofu", least=5),))))["tofu"] == 5
    assert uses(basket_of(kitchen(costs={"tofu": -90.0})))["tofu"] == 2


def test_one_dish_is_cooked_exactly_as_often_as_it_is_reused(kitchen) -> None:
    dishes = asked("trout", "omelette", "tofu", least=3, same=True)
    counted = uses(basket_of(kitchen(counts=(dishes,), costs={"trout": -9.0, "omelette": -9.0, "tofu": -9.0})))
    assert 3 in {counted[food] for food in dishes.foods}
    assert not {counted[food] for food in dishes.foods} & {4, 5, 6, 7}


def test_a_reused_dish_repeats_at_no_cost(kitchen) -> None:
    book = kitchen(counts=(asked("tofu", least=3, same=True),)).book
    assert again_costs(book, 5, "tofu") == [0.0, 0.0, 0.0]
    assert again_costs(book, 5, "trout") == [0.0, AGAIN_COST]
    longer = replace(book, variety=replace(book.variety, max_main_uses=5))
    assert again_costs(longer, 5, "tofu") == [0.0, 0.0, 0.0, 3 * AGAIN_COST, 4 * AGAIN_COST]


def test_choosing_the_dish_alone_gives_a_bound_between_relaxation_and_whole_servings(kitchen) -> None:
    costs = {"trout": 2.0, "omelette": 2.2, "tofu": 2.4}
    problem = kitchen(counts=(asked("trout", "omelette", "tofu", least=4, same=True),), costs=costs)
    chosen = problem.model(problem.columns(), integer=False, choosing=True).model.solve()
    whole = basket_of(problem).solution.objective
    assert chosen.bound is not None
    assert whole is not None
    assert relaxed(problem) - 1e-6 <= chosen.bound <= whole + 1e-6


def test_kinds_of_meal_are_counted_over_the_week(kitchen) -> None:
    def breakfasts(count: KindCount) -> dict[str, int]:
        basket = basket_of(kitchen(kind_counts=(count,)))
        return {pattern.name: times for pattern, times in basket.patterns if pattern.meal == "breakfast"}

    bread = frozenset({"breakfast/bread"})
    assert breakfasts(KindCount("rules/require[0]", bread, "bread", least=4))["bread"] >= 4
    assert breakfasts(KindCount("rules/limit[0]", bread, "bread", most=3)).get("bread", 0) <= 3


def test_a_kind_of_meal_that_is_liked_costs_less(kitchen) -> None:
    bowl, bread, _ = kitchen().patterns
    assert pattern_cost(replace(bread, liking=1.5), [bowl, bread]) == pytest.approx(
        pattern_cost(bread, [bowl, bread]) - 1.5
    )


def test_hard_bounds_of_meals_hold_for_the_weeks_meals_together(kitchen, limit) -> None:
    problem = kitchen(
        limit("fibre", "meal", 6.0, meals=("breakfast",)), limit("energy", "meal", None, 450.0, meals=("dinner",))
    )
    basket = basket_of(problem)

    def of_meal(meal: str, nutrient: str) -> float:
        return sum(c.amounts[nutrient] * n for c, n in basket.servings if c.option.meal == meal) / 7

    assert of_meal("breakfast", "fibre") >= 6.0 - 1e-6
    assert of_meal("dinner", "energy") <= 450.0 + 1e-6


def test_a_soft_minimum_of_a_day_counts_what_a_serving_brings_up_to_it(kitchen, limit) -> None:
    # Tofu brings 700 mg at once: one such day does not make up for another.
    plain = limit("calcium", "week_mean", 500.0, hard=False)
    daily = limit("calcium", "day", 500.0, hard=False)
    cheap = {"tofu": -30.0, "puffs": -30.0}
    assert relaxed(kitchen(daily, costs=cheap)) >= relaxed(kitchen(plain, costs=cheap)) - 1e-6


def test_a_weight_multiplies_the_price_of_a_soft_bound(kitchen, limit) -> None:
    def priced(weight: float) -> float:
        soft = limit("fibre", "week_mean", 1000.0, hard=False, aim=100_000.0, weight=weight)
        return relaxed(kitchen(soft))

    free = relaxed(kitchen())
    assert priced(4.0) - free == pytest.approx(4 * (priced(1.0) - free), rel=0.02)


COUNTED = st.sampled_from(
    [
        asked("kale", least=3),
        asked("apple", "pear", least=1, each="day"),
        asked("tofu", least=1, each="day", days=(0, 3), meals=("dinner",)),
        asked("chicken", most=0),
        asked("potato", "rice", most=4),
        asked("peas", "carrots", most=1, each="day"),
        asked("trout", "omelette", least=3, same=True),
        asked("muesli", least=2, same=True, meals=("breakfast",)),
    ]
)


@settings(max_examples=25)
@given(counts=st.lists(COUNTED, max_size=3, unique_by=str), soft=st.floats(3, 12), high=st.floats(300, 600))
def test_the_relaxation_under_rules_is_never_dearer_than_whole_servings(
    kitchen, limit, counts: Sequence[Count], soft: float, high: float
) -> None:
    problem = kitchen(
        limit("fibre", "day", soft, hard=False, weight=2.0),
        limit("fibre", "meal", soft / 2, hard=False, meals=("breakfast",)),
        limit("energy", "meal", None, high, hard=False),
        counts=tuple(counts),
    )
    basket = basket_of(problem, gap=0.2)
    if not basket.solution.found:
        return
    assert basket.solution.objective is not None
    assert relaxed(problem) <= basket.solution.objective + 1e-6
    assert fits_patterns(basket)
    for count in counts:
        served = Counter[str]()
        for column, times in basket.servings:
            if count.fits(column.option.food, column.option.meal):
                served[column.option.food] += times
        assert sum(served.values()) >= count.least_a_week
        assert not count.same or count.least in served.values()
        assert count.most is None or sum(served.values()) <= count.most * (7 if count.each == "day" else 1)
