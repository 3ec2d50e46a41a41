"""Targets as bounds on food: what declared supplements take off, and what they leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.menu.bounds import Bound, declared_amounts, food_bounds
from boneplan.plan import SupplementTaken, Target
from boneplan.profile import Profile
from boneplan.timing.clock import Clock


def target(nutrient: str, period: str = "week_mean", *, hard: bool = True, **sides: float) -> Target:
    return Target.model_validate(
        {"nutrient": nutrient, "unit": "mg", "period": period, "hard": hard, "rule": "r", "source": "s", **sides}
    )


def taken(nutrient: str, amount: float, *, declared: bool = True) -> SupplementTaken:
    return SupplementTaken(nutrient=nutrient, amount=amount, unit="mg", declared=declared)


def only(targets: Target, *supplements: SupplementTaken) -> Bound:
    (made,) = food_bounds([targets], supplements)
    return made


def test_without_supplements_a_bound_is_its_target() -> None:
    made = only(target("calcium", "day", min=960, hard=False))
    assert (made.nutrient, made.period, made.low, made.high) == ("calcium", "day", 960, None)
    assert (made.hard, made.rule, made.unit, made.aim) == (False, "r", "mg", 960)


def test_a_supplement_is_taken_off_a_minimum_but_not_off_what_shortfalls_are_measured_by() -> None:
    made = only(target("calcium", min=1200), taken("calcium", 500))
    assert (made.low, made.aim) == (700, 1200)


def test_a_supplement_that_meets_the_minimum_alone_leaves_nothing_to_food() -> None:
    assert only(target("vitamin_d", min=20), taken("vitamin_d", 25)).low == 0


@pytest.mark.parametrize("nutrient", ["calcium", "vitamin_d"])
def test_upper_limits_of_calcium_and_vitamin_d_count_supplements(nutrient: str) -> None:
    assert only(target(nutrient, "day", max=2000), taken(nutrient, 600)).high == 1400


@pytest.mark.parametrize("nutrient", ["magnesium", "protein", "retinol", "sodium"])
def test_other_maxima_are_about_food_alone(nutrient: str) -> None:
    assert only(target(nutrient, "day", max=350), taken(nutrient, 200)).high == 350


def test_what_a_meal_may_hold_is_about_food_alone() -> None:
    made = only(target("calcium", "meal", max=500, counted_above=0.5), taken("calcium", 400))
    assert (made.high, made.counted_above) == (500, 0.5)
    assert only(target("calcium", "meal", max=500)).counted_above == 1.0


def test_several_supplements_add_up_and_one_of_another_nutrient_or_undeclared_does_not_count() -> None:
    supplements = [
        taken("calcium", 300),
        taken("calcium", 200),
        taken("zinc", 9),
        taken("calcium", 50, declared=False),
    ]
    assert declared_amounts(supplements) == {"calcium": 500, "zinc": 9}
    assert only(target("calcium", min=1200), *supplements).low == 700


def test_excess_is_measured_by_the_size_of_the_target_whatever_is_taken_off_it() -> None:
    # Else the last milligrams of a soft maximum would cost more than the whole menu.
    plenty = target("calcium", max=1500, hard=False)
    assert only(plenty).scale == 1500
    assert only(plenty, taken("calcium", 1900)).scale == pytest.approx(1500)


@given(st.floats(0, 3000), st.floats(0, 3000), st.sampled_from(["calcium", "vitamin_d", "magnesium"]))
def test_food_and_supplement_together_meet_what_was_asked(least: float, amount: float, nutrient: str) -> None:
    made = only(target(nutrient, min=least), taken(nutrient, amount))
    assert made.low is not None
    assert made.low >= 0
    assert made.low + amount >= least - 1e-9
    assert made.low == 0 or made.low + amount == pytest.approx(least)


# --- tablets beside meals ---

MEALS = {"breakfast": "07:30", "lunch": "12:30", "snack": "15:30", "dinner": "18:30"}
OCCASION = {"max": 500, "counted_above": 0.5, "hard": False}


def clock() -> Clock:
    known = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68, "meals": MEALS}
    return Clock(Profile.model_validate(known))


def at(amount: float, time: str | None) -> SupplementTaken:
    return SupplementTaken(nutrient="calcium", amount=amount, unit="mg", time=time)


def week_and_meal(*supplements: SupplementTaken, timed: bool = True) -> tuple[Bound, Bound]:
    """The bounds of 1,200 mg as the week's mean and of 500 mg counted in full at a meal."""
    targets = [target("calcium", min=1200), target("calcium", "meal", **OCCASION)]  # type: ignore[arg-type]
    week, meal = food_bounds(targets, supplements, clock() if timed else None)
    return week, meal


def test_a_tablet_leaves_its_meal_less_room_and_the_others_all_of_it() -> None:
    week, meal = week_and_meal(at(300, "12:30"), at(100, "13:00"), at(200, "10:00"))
    assert week.low == 600
    assert meal.already == {"lunch": 400}
    assert [meal.room(name) for name in ("breakfast", "lunch", "dinner")] == [500, 100, 500]


@pytest.mark.parametrize("time", ["07:30", "10:00", None])
def test_of_a_tablet_above_what_counts_at_once_the_rest_counts_half(time: str | None) -> None:
    week, meal = week_and_meal(at(700, time))
    assert week.low == 600  # 500 and half of 200 count
    assert meal.room("breakfast") == (0 if time == "07:30" else 500)


def test_two_tablets_at_one_meal_count_as_one_and_apart_as_two() -> None:
    assert week_and_meal(at(400, "07:30"), at(400, "07:45"))[0].low == 550
    assert week_and_meal(at(400, "07:30"), at(400, "18:30"))[0].low == 400


def test_a_tablet_that_meets_the_minimum_only_in_full_leaves_some_of_it_to_food() -> None:
    assert week_and_meal(at(1300, "07:30"))[0].low == 300


def test_without_a_clock_every_tablet_is_an_occasion_of_its_own() -> None:
    week, meal = week_and_meal(at(400, "07:30"), at(400, "07:30"), timed=False)
    assert (week.low, meal.already) == (400, {})


@given(st.floats(0, 2000), st.floats(0, 2000))
def test_food_and_tablet_count_together_as_the_rule_says(tablet: float, food: float) -> None:
    week, meal = week_and_meal(at(tablet, "07:30"))
    room = meal.room("breakfast")
    by_bounds = 1200 - (week.low or 0.0) + min(food, room) + 0.5 * max(0.0, food - room)
    together = min(tablet + food, 500) + 0.5 * max(0.0, tablet + food - 500)
    assert (week.low or 0.0) == 0 or by_bounds == pytest.approx(together, abs=1e-6)


# --- what rules ask of meals ---


def test_a_rule_about_a_meal_is_about_its_food_alone() -> None:
    (made,) = food_bounds([target("calcium", "meal", min=200, max=600)], [at(300, "07:30")], clock())
    assert (made.low, made.high, made.already, made.is_occasion) == (200, 600, {}, False)
    assert made.room("breakfast") == 600


def test_only_what_counts_in_part_above_its_most_is_an_occasion() -> None:
    week, meal = week_and_meal()
    assert (week.is_occasion, meal.is_occasion) == (False, True)


def test_a_most_of_a_meal_takes_nothing_off_what_tablets_count() -> None:
    targets = [target("calcium", min=1200), target("calcium", "meal", max=500)]
    week, _ = food_bounds(targets, [at(700, "07:30")], clock())
    assert week.low == 500


def test_a_bound_is_about_the_meals_it_names_or_all() -> None:
    named = food_bounds([target("protein", "meal", min=20, meals=["lunch", "dinner"], weight=2.0)], [])[0]  # type: ignore[arg-type]
    assert [named.about(meal) for meal in ("breakfast", "lunch", "dinner")] == [False, True, True]
    assert named.weight == 2.0
    assert only(target("protein", "meal", min=20)).about("breakfast")


def test_a_bound_is_missed_by_its_share() -> None:
    low, high = only(target("calcium", min=1200), taken("calcium", 200)), only(target("sodium", max=2000))
    assert low.missed(1000) == high.missed(2000) == 0
    assert low.missed(700) == pytest.approx(300 / 1200)
    assert high.missed(2500) == pytest.approx(0.25)
