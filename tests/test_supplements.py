"""Declared supplements: amounts a day in the units of the targets, at the times at which they are taken."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.profile import Profile
from boneplan.profile_reader import check_profile
from boneplan.supplements import declared_amount, declared_supplements
from boneplan.units import SUPPLEMENT_UNITS

TODAY = dt.date(2026, 11, 23)


def profile(**changes: Any) -> Profile:
    anna = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
    return check_profile(anna | changes, "P", TODAY)


@pytest.mark.parametrize(
    ("nutrient", "amount", "unit", "expected", "in_unit"),
    [
        ("vitamin_d", 1000, "IU", 25, "ug"),
        ("vitamin_d", 20, "µg", 20, "ug"),
        ("calcium", 0.5, "g", 500, "mg"),
        ("calcium", 500, "mg", 500, "mg"),
        ("vitamin_k", 0.1, "mg", 100, "ug"),
        ("vitamin_b12", 1, "mg", 1000, "ug"),
        ("protein", 20, "g", 20, "g"),
    ],
)
def test_supplements_are_counted_in_the_unit_of_their_target(
    nutrient: str, amount: float, unit: str, expected: float, in_unit: str
) -> None:
    person = profile(supplements=[{"nutrient": nutrient, "amount": amount, "unit": unit}])
    (taken,) = declared_supplements(person)
    assert (taken.amount, taken.unit, taken.declared) == (pytest.approx(expected), in_unit, True)


@pytest.mark.parametrize(
    ("time", "expected"), [("breakfast", "07:10"), ("snack", None), ("21:30", "21:30"), (None, None)]
)
def test_a_supplement_taken_with_a_meal_stands_at_its_time(time: str | None, expected: str | None) -> None:
    person = profile(
        supplements=[{"nutrient": "calcium", "amount": 300, "unit": "mg", "time": time}],
        meals={"breakfast": "07:10", "snack": None},
    )
    assert declared_supplements(person)[0].time == expected


def test_a_dose_in_parts_is_taken_in_equal_amounts_at_each_time() -> None:
    calcium = {"nutrient": "calcium", "amount": 1, "unit": "g", "form": "citrate", "times": ["breakfast", "21:00"]}
    parts = declared_supplements(profile(supplements=[calcium], meals={"breakfast": "07:10"}))
    assert [(part.time, part.amount, part.form) for part in parts] == [
        ("07:10", 500, "citrate"),
        ("21:00", 500, "citrate"),
    ]
    assert declared_amount(profile(supplements=[calcium]), "calcium") == 1000


def test_a_product_known_by_name_alone_brings_nothing_that_can_be_counted() -> None:
    assert declared_supplements(profile(supplements=[{"name": "red clover"}])) == []


def test_a_product_that_names_its_nutrient_keeps_its_name() -> None:
    (taken,) = declared_supplements(
        profile(supplements=[{"name": "Sunny drops", "nutrient": "vitamin_d", "amount": 400, "unit": "IU"}])
    )
    assert (taken.name, taken.amount, taken.unit) == ("Sunny drops", 10, "ug")


def test_several_of_one_nutrient_add_up_and_others_stay_apart() -> None:
    several = [
        {"nutrient": "vitamin_d", "amount": 1000, "unit": "IU"},
        {"nutrient": "vitamin_d", "amount": 5, "unit": "ug"},
        {"nutrient": "calcium", "amount": 300, "unit": "mg"},
    ]
    assert declared_amount(profile(supplements=several), "vitamin_d") == 30
    assert declared_amount(profile(supplements=several), "magnesium") == 0


@given(
    nutrient=st.sampled_from(sorted(SUPPLEMENT_UNITS)),
    amount=st.floats(0, 1000),
    times=st.lists(st.sampled_from(["breakfast", "lunch", "dinner", "21:30"]), min_size=1, max_size=4, unique=True),
)
def test_parts_add_up_to_the_whole(nutrient: str, amount: float, times: list[str]) -> None:
    declared = {"nutrient": nutrient, "amount": amount, "unit": SUPPLEMENT_UNITS[nutrient][0]}
    at_once = declared_amount(profile(supplements=[declared]), nutrient)
    in_parts = declared_supplements(profile(supplements=[{**declared, "times": times}]))
    assert len(in_parts) == len(times)
    assert sum(part.amount for part in in_parts) == pytest.approx(at_once)
