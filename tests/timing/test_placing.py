"""Where declared supplements stand: at their own time, or at the nearest that keeps every rule on every day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from boneplan.plan import MealName
from boneplan.profile import Profile
from boneplan.timing.clock import Clock
from boneplan.timing.placing import MealCalcium, Part, place_supplements

MONDAY = dt.date(2026, 11, 23)
LEVOTHYROXINE = {"name": "levothyroxine", "time": "06:30"}
ALENDRONATE = {"name": "alendronate", "weekday": "monday", "time": "06:45"}


def placed(profile: Profile, menu: MealCalcium | None = None) -> list[Part]:
    return place_supplements(profile, Clock(profile), MONDAY, menu)


def times(profile: Profile, menu: MealCalcium | None = None) -> list[str | None]:
    return [part.supplement.time for part in placed(profile, menu)]


def rule(part: Part) -> str | None:
    return part.cause.rule.id if part.cause else None


def mg(nutrient: str, time: Any = None, **more: Any) -> dict[str, Any]:
    at = {"times": time} if isinstance(time, list) else {"time": time}
    return {"nutrient": nutrient, "amount": 300, "unit": "mg", **at, **more}


def meals_of(days: int = 7, **mg_of: float) -> dict[tuple[dt.date, MealName], float]:
    """A menu of which only the calcium of these meals is known, the same every day."""
    dates = [MONDAY + dt.timedelta(days=day) for day in range(days)]
    return {(date, meal): amount for date in dates for meal, amount in mg_of.items()}  # type: ignore[misc]


def test_a_time_that_breaks_no_rule_is_kept(person: Any) -> None:
    parts = placed(person(supplements=[mg("calcium", "dinner"), mg("zinc", "09:10")]))
    assert [part.supplement.time for part in parts] == ["18:30", "09:10"]
    assert [part.cause for part in parts] == [None, None]


@pytest.mark.parametrize("nutrient", ["iron", "magnesium"])
@pytest.mark.parametrize(("time", "kept"), [("10:29", False), ("10:30", True), ("02:30", True), ("02:31", False)])
def test_minerals_keep_four_hours_from_levothyroxine_on_both_sides(
    person: Any, nutrient: str, time: str, kept: bool
) -> None:
    (part,) = placed(person(LEVOTHYROXINE, supplements=[mg(nutrient, time)]))
    assert (part.supplement.time == time) == kept
    assert rule(part) == (None if kept else "levothyroxine_minerals")


@pytest.mark.parametrize(("time", "kept"), [("10:29", False), ("10:30", True)])
def test_calcium_citrate_keeps_four_hours_as_well(person: Any, time: str, kept: bool) -> None:
    (part,) = placed(person(LEVOTHYROXINE, supplements=[mg("calcium", time, form="citrate")]))
    assert (part.supplement.time == time) == kept


@pytest.mark.parametrize(("time", "kept"), [("06:59", False), ("07:00", True), ("06:00", True), ("05:59", True)])
def test_other_supplements_keep_half_an_hour_behind_levothyroxine(person: Any, time: str, kept: bool) -> None:
    (part,) = placed(person(LEVOTHYROXINE, supplements=[mg("potassium", time)]))
    assert (part.supplement.time == time) == kept


@pytest.mark.parametrize(("time", "kept"), [("06:00", False), ("07:14", False), ("07:15", True)])
def test_nothing_comes_before_an_oral_bisphosphonate_or_half_an_hour_behind_it(
    person: Any, time: str, kept: bool
) -> None:
    (part,) = placed(person(ALENDRONATE, supplements=[mg("potassium", time)]))
    assert (part.supplement.time == time) == kept
    assert rule(part) == (None if kept else "bisphosphonate_food")


@pytest.mark.parametrize(("time", "kept"), [("07:59", False), ("08:00", True)])
def test_minerals_wait_for_the_end_of_the_first_meal_of_the_tablets_day(person: Any, time: str, kept: bool) -> None:
    (part,) = placed(person(ALENDRONATE, supplements=[mg("zinc", time)]))
    assert (part.supplement.time == time) == kept
    assert rule(part) == (None if kept else "bisphosphonate_minerals")


def test_one_day_of_the_week_is_enough_to_move_a_supplement(person: Any) -> None:
    assert times(person(ALENDRONATE, supplements=[mg("calcium", "breakfast")])) == ["12:30"]


def test_the_nearest_meal_comes_before_the_nearest_half_hour(person: Any) -> None:
    assert times(person(LEVOTHYROXINE, supplements=[mg("magnesium", "breakfast")])) == ["12:30"]
    crowded = {"breakfast": "07:30", "lunch": "09:00", "snack": None, "dinner": "10:00"}
    assert times(person(LEVOTHYROXINE, supplements=[mg("magnesium", "breakfast")], meals=crowded)) == ["10:30"]


@pytest.mark.parametrize(("form", "time", "kept"), [
    (None, "10:00", False), ("carbonate", "10:00", False), ("citrate", "10:00", True),
    (None, "07:30", True), (None, "08:00", True), (None, "08:01", False), (None, "07:29", False),
])  # fmt: skip
def test_calcium_carbonate_and_calcium_of_no_known_form_need_a_meal(
    person: Any, form: str | None, time: str, kept: bool
) -> None:
    (part,) = placed(person(supplements=[mg("calcium", time, form=form)]))
    assert (part.supplement.time == time) == kept
    assert rule(part) == (None if kept else "calcium_with_meal")


def test_with_kidney_stones_citrate_needs_a_meal_as_well(person: Any) -> None:
    (part,) = placed(person(supplements=[mg("calcium", "17:00", form="citrate")], conditions=["kidney_stones"]))
    assert (part.supplement.time, rule(part)) == ("15:30", "kidney_stones_calcium")


@pytest.mark.parametrize("nutrient", ["iron", "zinc", "magnesium"])
@pytest.mark.parametrize(("time", "kept"), [("10:31", False), ("10:30", True), ("14:29", False), ("14:30", True)])
def test_minerals_keep_two_hours_from_calcium_tablets(person: Any, nutrient: str, time: str, kept: bool) -> None:
    parts = placed(person(supplements=[mg(nutrient, time), mg("calcium", "lunch")]))
    assert parts[1].supplement.time == "12:30", "calcium stays: the others give way"
    assert (parts[0].supplement.time == time) == kept
    assert rule(parts[0]) == (None if kept else "minerals_calcium")


@pytest.mark.parametrize(("time", "kept"), [("10:31", False), ("10:30", True), ("14:29", False), ("14:30", True)])
def test_minerals_keep_two_hours_from_meals_rich_in_calcium(person: Any, time: str, kept: bool) -> None:
    profile = person(supplements=[mg("iron", time)])
    assert times(profile, meals_of(lunch=300.0)) == [time]
    assert (times(profile, meals_of(lunch=300.1)) == [time]) == kept
    assert times(profile, meals_of(lunch=300.1) | meals_of(1, lunch=0.0)) == times(profile, meals_of(lunch=300.1))


def test_calcium_never_looks_at_the_menu(person: Any) -> None:
    profile = person(supplements=[mg("calcium", "lunch")])
    assert times(profile, meals_of(lunch=900.0)) == ["12:30"]


def test_the_parts_of_a_dose_stand_two_hours_apart(person: Any) -> None:
    parts = placed(person(supplements=[mg("vitamin_b12", ["09:00", "10:59"], unit="ug")]))
    assert [part.supplement.time for part in parts] == ["09:00", "12:30"]
    assert rule(parts[1]) == "split_dose"
    assert times(person(supplements=[mg("vitamin_b12", ["09:00", "11:00"], unit="ug")])) == ["09:00", "11:00"]


def test_two_supplements_may_stand_together(person: Any) -> None:
    assert times(person(supplements=[mg("iron", "09:00"), mg("zinc", "09:00")])) == ["09:00", "09:00"]


def test_without_a_time_a_supplement_stands_with_the_first_meal_that_is_allowed(person: Any) -> None:
    tablets = [mg("calcium"), mg("vitamin_b12", unit="ug"), {"nutrient": "vitamin_d", "amount": 800, "unit": "IU"}]
    parts = placed(person(supplements=tablets))
    assert [part.supplement.time for part in parts] == ["07:30"] * 3
    assert [rule(part) for part in parts] == [None] * 3
    parts = placed(person(LEVOTHYROXINE, supplements=[mg("calcium")]))
    assert [(part.supplement.time, rule(part)) for part in parts] == [("12:30", "levothyroxine_minerals")]


def test_a_meal_that_the_person_does_not_have_counts_as_no_time(person: Any) -> None:
    meals = {"breakfast": "07:30", "lunch": "12:30", "snack": None, "dinner": "18:30"}
    (part,) = placed(person(supplements=[mg("zinc", "snack")], meals=meals))
    assert (part.declared, part.supplement.time) == (None, "07:30")


def test_a_supplement_that_no_time_allows_has_none(person: Any) -> None:
    doses = [{"name": "ciprofloxacin", "time": f"{hour:02d}:30"} for hour in range(6, 23, 3)]
    (part,) = placed(person(*doses, supplements=[mg("iron", "lunch")]))
    assert (part.supplement.time, rule(part)) == (None, "antibiotic_minerals")


@pytest.mark.parametrize("name", ["ciprofloxacin", "doxycycline"])
@pytest.mark.parametrize(("time", "kept"), [("08:01", False), ("08:00", True), ("11:59", False), ("12:00", True)])
def test_minerals_keep_two_hours_from_an_antibiotic(person: Any, name: str, time: str, kept: bool) -> None:
    assert (times(person({"name": name, "time": "10:00"}, supplements=[mg("zinc", time)])) == [time]) == kept


def test_a_product_known_by_its_name_alone_is_not_placed(person: Any) -> None:
    assert placed(person(supplements=[{"name": "red clover", "time": "breakfast"}])) == []


def test_calcium_stands_clear_of_a_monthly_tablet_only_where_one_is_due(person: Any) -> None:
    tablet = {"name": "ibandronate", "every_months": 1, "last": "2026-10-25", "time": "07:00"}
    calcium = {"nutrient": "calcium", "amount": 300, "unit": "mg", "form": "citrate", "time": "07:30"}
    profile = person(tablet, supplements=[calcium])

    def at(first: dt.date) -> str | None:
        clock = Clock(profile, [first + dt.timedelta(days=day) for day in range(7)])
        return place_supplements(profile, clock, first)[0].supplement.time

    assert at(MONDAY) == "12:30"
    assert at(MONDAY - dt.timedelta(days=7)) == "07:30"


def test_calcium_of_two_products_is_not_swallowed_at_once(person: Any) -> None:
    tablet = {"nutrient": "calcium", "amount": 600, "unit": "mg"}
    one, other = placed(person(supplements=[tablet, {**tablet, "name": "chews"}]))
    assert (one.minute, other.minute) == (450, 750)
    assert other.cause
    assert other.cause.rule.id == "split_dose"
