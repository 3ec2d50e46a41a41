"""Amounts of a nutrient as the charts print them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from boneplan.export.figures import figure


def shown(nutrient: str) -> Callable[[float], str]:
    """Prints amounts of `nutrient` as every export rounds them, with commas between thousands: "1,634"."""
    return lambda value: f"{Decimal(figure(nutrient, value)):,}"
