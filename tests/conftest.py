"""How every test runs: hypothesis without a clock, since a busy machine is no fault of the code; plans to share."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from boneplan.engine import make_plan
from boneplan.plan import Plan
from boneplan.profile_reader import load_profile

os.environ["COLUMNS"] = "80"  # as wide as output is where it goes to no terminal
settings.register_profile("boneplan", deadline=None, max_examples=50)
settings.load_profile("boneplan")

PROFILES = Path(__file__).parent / "profiles"
START = dt.date(2026, 11, 23)
SECONDS = 60.0


@cache
def plan_of(name: str) -> Plan:
    """The verified plan of one of tests/profiles."""
    return make_plan(load_profile(PROFILES / f"{name}.yaml"), start=START, seconds=SECONDS)


@pytest.fixture(scope="session")
def planned() -> Callable[[str], Plan]:
    """Gives the plan of one of tests/profiles, each planned once."""
    return plan_of
