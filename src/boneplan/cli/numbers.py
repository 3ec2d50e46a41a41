"""Numbers as options take them."""

from __future__ import annotations

import math
from typing import Any

import click

MOST_REMINDER = 24 * 60  # minutes before a session


class Number(click.FloatRange):
    """A number in a range; not-a-number is none, though Python reads it as one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number, inside the range."""
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is no number: write one such as {self.max:g}", param, ctx)
        return float(number)
