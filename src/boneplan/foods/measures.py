"""Amounts a person can serve: multiples of household measures, in words and in grams."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

GLYPHS = {Fraction(1, 4): "¼", Fraction(1, 2): "½", Fraction(3, 4): "¾", Fraction(1, 3): "⅓", Fraction(2, 3): "⅔"}


@dataclass(frozen=True, slots=True)
class Measure:
    """One household measure of a food: `grams` of one of it, served in multiples of `step`."""

    singular: str
    plural: str
    grams: float
    step: float

    def grams_of(self, steps: int) -> float:
        """Weight of `steps` × `step` of the measure, to the 0.1 g that plans print."""
        return round(self.grams * self.step * steps, 1)

    def text_of(self, steps: int) -> str:
        """`steps` × `step` of the measure in words, such as "1 ½ cups"."""
        count = Fraction(self.step).limit_denominator(12) * steps
        return f"{count_text(count)} {self.singular if count <= 1 else self.plural}"

    def steps_between(self, low: float, high: float) -> range:
        """The multiples of the step whose weight lies in [low, high] grams."""
        unit = self.grams * self.step
        return range(max(1, math.ceil(low / unit - 1e-6)), math.floor(high / unit + 1e-6) + 1)


def count_text(count: Fraction) -> str:
    """A count as people write it: 2, ¾, 1 ½."""
    whole, part = divmod(count, 1)
    glyph = GLYPHS[part] if part else ""
    return " ".join(piece for piece in (str(whole) if whole else "", glyph) if piece)
