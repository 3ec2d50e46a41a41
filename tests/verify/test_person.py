"""The person as the profile inside the plan tells them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from boneplan.verify.person import in_unit, minutes_of_day, read_person, under_rules

LEAST = {"sex": "male", "birth_date": "1950-06-15", "height_cm": 180, "weight_kg": 80}


def test_a_profile_of_the_least_is_a_person_with_the_defaults() -> None:
    person = read_person(LEAST)
    assert (person.group, person.pattern, person.phytoestrogens, person.level) == (
        "men",
        "omnivore",
        "avoid",
        "beginner",
    )
    assert person.availability is None


def test_age_turns_on_the_birthday() -> None:
    person = read_person(LEAST)
    assert person.age_on(dt.date(2021, 6, 14)) == 70
    assert person.age_on(dt.date(2021, 6, 15)) == 71


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sex", "other"),
        ("sex", None),
        ("birth_date", "yesterday"),
        ("birth_date", None),
        ("height_cm", 0),
        ("height_cm", 1e308),
        ("height_cm", 10**400),
        ("weight_kg", 1e308),
        ("weight_kg", 0.001),
        ("bone", {"t_scores": {"total_hip": 1e308}}),
        ("bone", {"t_scores": {"total_hip": 10**400}}),
        ("diet", {"budget_per_day": 1e308}),
        ("supplements", [{"nutrient": "calcium", "amount": 10**400, "unit": "mg"}]),
        ("weight_kg", "80"),
        ("weight_kg", True),
        ("activity", "sometimes"),
        ("diet", "vegan"),
        ("diet", {"phytoestrogens": "maybe"}),
        ("diet", {"budget_per_day": -1}),
        ("diet", {"allergies": "milk"}),
        ("supplements", [{"nutrient": "calcium"}]),
        ("supplements", ["calcium"]),
        ("bone", {"t_scores": {"hip": "low"}}),
        ("bone", {"fractures": [{"year": 2019}]}),
        ("exercise", {"availability": {"someday": ["07:00-08:00"]}}),
        ("exercise", {"availability": {"monday": ["07:00"]}}),
        ("exercise", {"availability": {"monday": ["25:00-26:00"]}}),
        ("exercise", {"level": "olympic"}),
    ],
)
def test_a_profile_that_cannot_be_used_says_which_field(field: str, value: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        read_person(LEAST | {field: value})


@pytest.mark.parametrize(("clock", "minutes"), [("00:00", 0), ("07:30", 450), ("23:59", 1439), ("24:00", 1440)])
def test_a_time_is_minutes_after_midnight(clock: str, minutes: int) -> None:
    assert minutes_of_day(clock) == minutes


def test_units_of_supplements() -> None:
    assert in_unit(1000, "IU", "vitamin_d", "ug") == 25
    assert in_unit(0.6, "g", "calcium", "mg") == pytest.approx(600)
    assert in_unit(20, "µg", "vitamin_d", "ug") == pytest.approx(20)
    for amount, unit, nutrient, wanted in ((1, "IU", "calcium", "mg"), (1, "kcal", "energy", "g")):
        with pytest.raises(ValueError, match=nutrient):
            in_unit(amount, unit, nutrient, wanted)


def test_policy_and_budget_of_the_rules_take_the_place_of_the_profiles() -> None:
    person = under_rules(read_person(LEAST), {"phytoestrogens": "allow", "budget_per_day": 9})
    assert (person.phytoestrogens, person.budget_per_day) == ("allow", 9)


@pytest.mark.parametrize(
    "rules",
    [{}, {"phytoestrogens": "some", "budget_per_day": 0}, {"phytoestrogens": [], "budget_per_day": "9"}],
)
def test_rules_that_set_neither_leave_the_person_as_the_profile_has_them(rules: dict[str, Any]) -> None:
    assert under_rules(read_person(LEAST), rules) == read_person(LEAST)
