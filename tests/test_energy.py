"""The estimated energy requirement against worked cases, and the floor under it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.choices import Activity, Sex
from boneplan.energy import energy_need, estimated_energy_requirement, reference_weight_kg
from boneplan.profile import Profile

TODAY = dt.date(2026, 11, 23)
LEVELS: tuple[Activity, ...] = ("inactive", "low", "active", "very_active")


def profile(**changes: Any) -> Profile:
    anna = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
    return Profile.model_validate(anna | changes, context={"today": TODAY})


@pytest.mark.parametrize(
    ("sex", "age", "height_cm", "weight_kg", "kcal"),
    [
        ("female", 62, 162, 68, (1873.2, 2035.9, 2174.2, 2400.6)),
        ("male", 55, 178, 85, (2512.9, 2733.1, 2922.1, 3289.4)),
        ("female", 78, 155, 52, (1533.6, 1683.3, 1818.8, 2024.0)),
    ],
)
def test_eer_of_worked_cases(sex: Sex, age: int, height_cm: float, weight_kg: float, kcal: tuple[float, ...]) -> None:
    found = [estimated_energy_requirement(sex, age, height_cm, weight_kg, level) for level in LEVELS]
    assert found == pytest.approx(kcal, abs=0.06)


@given(
    st.sampled_from(["female", "male"]),
    st.integers(18, 110),
    st.floats(100, 229),
    st.floats(25, 299),
    st.sampled_from(LEVELS),
)
def test_age_lowers_the_need_and_height_and_weight_raise_it(
    sex: Sex, age: int, height: float, weight: float, level: Activity
) -> None:
    here = estimated_energy_requirement(sex, age, height, weight, level)
    assert estimated_energy_requirement(sex, age + 1, height, weight, level) < here
    assert estimated_energy_requirement(sex, age, height + 1, weight, level) > here
    assert estimated_energy_requirement(sex, age, height, weight + 1, level) > here


def test_the_need_is_the_eer_of_the_person_on_that_day() -> None:
    anna = profile()
    assert energy_need(anna, TODAY) == estimated_energy_requirement("female", 65, 163, 68, "low")
    assert energy_need(anna, dt.date(2027, 4, 2)) < energy_need(anna, TODAY)


@pytest.mark.parametrize(("sex", "floor"), [("female", 1200), ("male", 1500)])
def test_the_need_is_never_under_the_floor(sex: Sex, floor: float) -> None:
    tiny = profile(sex=sex, birth_date="1920-01-01", height_cm=130, weight_kg=32, activity="inactive")
    assert estimated_energy_requirement(sex, 106, 130, 32, "inactive") < floor
    assert energy_need(tiny, TODAY) == floor


def test_protein_goes_by_the_actual_weight_up_to_a_body_mass_index_of_30() -> None:
    assert reference_weight_kg(profile(height_cm=160, weight_kg=76.8)) == pytest.approx(76.8)
    assert reference_weight_kg(profile(height_cm=160, weight_kg=120)) == pytest.approx(30 * 1.6**2)
