"""The waking day of guidelines/safety/timing.yaml at work, which no clinic case reaches."""

from __future__ import annotations

import datetime as dt

import pytest

from boneplan.profile import Profile
from boneplan.timing.clock import Clock
from boneplan.timing.placing import place_supplements


def magnesium_at(declared: str, *doses: str) -> str | None:
    """The time of magnesium that has to keep four hours away from every one of the doses of levothyroxine."""
    profile = Profile.model_validate(
        {
            "sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68,
            "medications": [{"name": "levothyroxine", "time": time} for time in doses],
            "supplements": [{"nutrient": "magnesium", "amount": 100, "unit": "mg", "time": declared}],
        }
    )  # fmt: skip
    (part,) = place_supplements(profile, Clock(profile), dt.date(2026, 11, 23))
    return part.supplement.time


@pytest.mark.parametrize(
    ("declared", "doses", "placed"),
    [
        ("12:00", ("10:20", "18:10"), "06:00"),
        ("21:00", ("10:20", "18:00"), "22:00"),
        ("12:00", ("09:50", "14:00", "18:10"), None),
    ],
)
def test_where_no_meal_will_do_a_supplement_moves_within_the_waking_day(
    declared: str, doses: tuple[str, ...], placed: str | None
) -> None:
    """safety/timing/waking_day: 06:00 to 22:00, every half hour."""
    assert magnesium_at(declared, *doses) == placed
