"""How every test runs: hypothesis without a clock, since a busy machine is no fault of the code."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("boneplan", deadline=None, max_examples=50)
settings.load_profile("boneplan")
