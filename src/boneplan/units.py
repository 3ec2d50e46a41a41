"""Units of mass, and which of them a supplement of each nutrient may be given in."""

from __future__ import annotations

MICROGRAMS = {"ug": 1.0, "mg": 1e3, "g": 1e6}
"""Micrograms in one unit of mass (SI prefixes: 1 g = 1,000 mg = 1,000,000 µg)."""

SUPPLEMENT_UNITS: dict[str, tuple[str, ...]] = {
    "calcium": ("mg", "g"),
    "vitamin_d": ("IU", "ug"),
    "vitamin_k": ("ug", "mg"),
    "vitamin_b12": ("ug", "mg"),
    "vitamin_a": ("ug",),
    "magnesium": ("mg", "g"),
    "potassium": ("mg", "g"),
    "iron": ("mg",),
    "zinc": ("mg",),
    "protein": ("g",),
    "fibre": ("g",),
}
"""Units that the label of a supplement states for each nutrient; the first is the usual one."""


def convert_mass(amount: float, unit: str, to: str) -> float:
    """`amount` in `unit` as an amount in `to`, both keys of `MICROGRAMS` (KeyError otherwise)."""
    return amount if unit == to else amount * MICROGRAMS[unit] / MICROGRAMS[to]
