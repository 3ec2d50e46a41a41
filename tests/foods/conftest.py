"""The shipped table and people who differ in their diet, shared by the tests of foods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from boneplan.foods.table import FoodTable, load_foods
from boneplan.profile import Profile

Eater = Callable[..., Profile]


@pytest.fixture(scope="session")
def table() -> FoodTable:
    return load_foods()


@pytest.fixture(scope="session")
def eater() -> Eater:
    """Makes a profile from what matters at table; by default a woman who eats everything and soy as well."""

    def make(*, conditions: tuple[str, ...] = (), medications: tuple[str, ...] = (), **diet: Any) -> Profile:
        return Profile.model_validate(
            {
                "sex": "female",
                "birth_date": "1961-04-02",
                "height_cm": 163,
                "weight_kg": 68,
                "conditions": list(conditions),
                "medications": [{"name": name} for name in medications],
                "diet": {"phytoestrogens": "allow", **diet},
            }
        )

    return make
