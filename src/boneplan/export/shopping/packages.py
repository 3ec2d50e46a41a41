"""In what packages, pieces or weights a shop sells what is bought, and which of them leave least over."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import product
from typing import Any

from boneplan.choices import Measures
from boneplan.data import shipped_yaml
from boneplan.export.plain import amount
from boneplan.foods.groups import named_range
from boneplan.foods.measures import count_text

OUNCES = 16  # of a pound
KILOGRAM = 1000  # grams
NEAREST = 10  # what is left over is told to so many grams or millilitres
TOLD = 0.05  # of a package; less than that is not worth telling
FEW = 4  # packages up to which any mix of sizes is tried; of more, all but so many are of the largest size
TON = 1_000_000  # grams; above it mixes of sizes are not looked into
SLACK = 1e-9  # of the grams needed, for sums that are a hair above a package
SHORT = 0.01  # of the grams needed, for which nobody opens another package: a cup is not filled more exactly


@dataclass(frozen=True, slots=True)
class Size:
    """One size of a package, or one piece: the words for one and for many, what its label says, grams as bought."""

    one: str
    many: str
    grams: float
    label: str = ""

    def text(self, count: int) -> str:
        """Such as "2 cans, 15 oz each"."""
        label = f", {self.label}{' each' if count > 1 else ''}" if self.label else ""
        return f"{count} {self.one if count == 1 else self.many}{label}"


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of goods is sold: the sizes, whether these are `single` pieces, for how many weeks more it keeps.

    `piece` is what packages of countable things hold.
    """

    sizes: tuple[Size, ...]
    keeps: int = 0
    grams_per_ml: float | None = None
    piece: Size | None = None
    single: bool = False
    measures: Measures = "metric"

    def left_text(self, grams: float) -> str:
        """What is left of a package, such as "about 240 ml", "about 8 oz"; empty for pieces and for very little."""
        if self.single or grams < TOLD * min(size.grams for size in self.sizes):
            return ""
        if self.piece:
            count = math.floor(grams / self.piece.grams)
            return self.piece.text(count) if count else ""
        value, unit = (grams / self.grams_per_ml, "ml") if self.grams_per_ml else (grams, "g")
        if self.measures == "us":
            return f"about {max(round(value / _ounce(unit)), 1)} {'fl oz' if unit == 'ml' else 'oz'}"
        return f"about {max(round(value / NEAREST), 1) * NEAREST} {unit}"

    def count_text(self, grams: float) -> str:
        """How many pieces hold `grams`, such as "2 eggs"; empty where they are not counted."""
        return self.piece.text(_up(grams, self.piece.grams)) if self.piece else ""


@dataclass(frozen=True, slots=True)
class Purchase:
    """What to take from the shelf, in words, and its grams."""

    text: str
    grams: float


class Packages:
    """The kinds of foods/packages.yaml as one system of measures has them."""

    def __init__(self, chart: Mapping[str, Any], measures: Measures) -> None:
        self._kinds = {name: _kind(entry, measures) for name, entry in chart["kinds"].items()}
        self._by_good = {good: name for name, entry in chart["kinds"].items() for good in entry.get("goods", ())}
        self._by_word = [(word, name) for name, entry in chart["kinds"].items() for word in entry.get("words", ())]
        self._ranges = {name: entry.get("categories", ()) for name, entry in chart["kinds"].items()}
        self._brewed = frozenset(chart["staples"]["brewed"])
        self._staples = frozenset(chart["staples"]["goods"]) | self._brewed
        self._staple_ranges = chart["staples"]["categories"]
        self._loose = frozenset(chart["loose"]["aisles"])
        self._steps = chart["loose"][measures]
        self._ounce = _ounce("g")

    def kind_of(self, good: str, category: int | None) -> Kind | None:
        """How `good` is sold; `category` is that of the food it stands for. None where no kind is known."""
        name = self._by_good.get(good)
        name = name or next((kind for word, kind in self._by_word if good.endswith(word)), None)
        if name is None and category is not None:
            name = named_range(self._ranges, category)
        kind = self._kinds[name] if name else None
        return kind if kind and kind.sizes else None

    def is_staple(self, good: str, category: int | None) -> bool:
        """Whether most kitchens have it."""
        if good in self._staples:
            return True
        return category is not None and any(low <= category <= high for low, high in self._staple_ranges)

    def is_brewed(self, good: str) -> bool:
        """Whether a drink is made of it, and its cups are what people count."""
        return good in self._brewed

    def is_loose(self, aisle: str) -> bool:
        """Whether the goods of an aisle are weighed out where no kind is known."""
        return aisle in self._loose

    def weighed(self, grams: float) -> Purchase:
        """A weight to ask for: `grams` in the unit of the shop, rounded up to the next step."""
        if step := self._steps.get("step_oz"):
            by = 1 if grams <= self._ounce * (step - 1) else step
            ounces = _up(grams, self._ounce * by) * by
            text = f"{ounces} oz" if by == 1 else f"{count_text(Fraction(ounces, OUNCES))} lb"
            return Purchase(text, ounces * self._ounce)
        step = self._steps["step_g"] if grams > self._steps["step_g"] else self._steps["small_step_g"]
        bought = _up(grams, step) * step
        return Purchase(f"{amount(bought / KILOGRAM, 2)} kg" if bought >= KILOGRAM else f"{bought} g", bought)


@cache
def shipped_packages(measures: Measures) -> Packages:
    """The shipped kinds of packages."""
    return Packages(shipped_yaml("foods", "packages.yaml"), measures)


def packed(kind: Kind, grams: float) -> Purchase:
    """The packages of a kind that hold `grams`, to a spoonful, and leave least over, in as few as that takes."""
    counts = _counts(kind.sizes, grams, SLACK if kind.single or kind.piece else SHORT)
    text = " and ".join(size.text(count) for size, count in zip(kind.sizes, counts, strict=True) if count)
    return Purchase(text, sum(size.grams * count for size, count in zip(kind.sizes, counts, strict=True)))


@lru_cache(maxsize=1024)
def _counts(sizes: tuple[Size, ...], grams: float, short: float) -> tuple[int, ...]:
    largest = max(range(len(sizes)), key=lambda number: sizes[number].grams)
    if grams > TON:
        return tuple(_up(grams, size.grams) if number == largest else 0 for number, size in enumerate(sizes))
    base = max(_up(grams, sizes[largest].grams) - FEW, 0)

    def mixes() -> Iterator[Sequence[int]]:
        rest = grams - base * sizes[largest].grams
        for counts in product(*(range(_up(rest, size.grams) + 1) for size in sizes)):
            whole = [count + base * (number == largest) for number, count in enumerate(counts)]
            if _weight(sizes, whole) >= grams * (1 - short) and any(whole):
                yield whole

    return tuple(min(mixes(), key=lambda counts: (_weight(sizes, counts), sum(counts))))


def _weight(sizes: Sequence[Size], counts: Iterable[int]) -> float:
    return sum(size.grams * count for size, count in zip(sizes, counts, strict=True))


def _ounce(unit: str) -> float:
    """Grams of an ounce, millilitres of a fluid ounce."""
    metric = shipped_yaml("foods", "measures.yaml")["metric"]
    return float(metric["ounce"]["g"] if unit == "g" else metric["sold"]["fluid_ounce_ml"])


def _up(grams: float, step: float) -> int:
    return max(math.ceil(grams / step * (1 - SLACK)), 1)


def _kind(entry: Mapping[str, Any], measures: Measures) -> Kind:
    sizes = entry.get("any") or entry.get(measures, ())
    piece = entry.get("piece")
    return Kind(
        tuple(_size(size) for size in sizes),
        int(entry["keeps"]),
        entry.get("g_per_ml"),
        _size(piece) if piece else None,
        "any" in entry,
        measures,
    )


def _size(entry: Mapping[str, Any]) -> Size:
    return Size(entry["one"], entry["many"], float(entry["grams"]), entry.get("size", ""))
