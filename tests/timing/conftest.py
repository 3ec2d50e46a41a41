"""People on the clock: profiles made of what matters to times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from boneplan.profile import Profile

Person = Callable[..., Profile]


def make(*medications: dict[str, Any], supplements: list[dict[str, Any]] | None = None, **fields: Any) -> Profile:
    """A woman of 65 with these medicines; meals at 07:30, 12:30, 15:30 and 18:30 unless said otherwise."""
    known = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
    given = {**known, "medications": list(medications), "supplements": supplements or [], **fields}
    return Profile.model_validate(given, context={"today": dt.date(2026, 11, 20)})


@pytest.fixture(scope="session")
def person() -> Person:
    """Makes a profile: medicines, supplements, any other field."""
    return make
