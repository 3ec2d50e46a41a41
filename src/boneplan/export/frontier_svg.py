"""A frontier as a drawing (SVG): cost and USD a day over what was varied."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from boneplan.export.words import amount
from boneplan.timing.words import UNITS, nutrient_name
from boneplan.whatif.frontier import Frontier, Point
from boneplan.whatif.vary import Vary

WIDTH, PANEL, TOP, LEFT, RIGHT, FOOT = 640, 220, 56, 64, 24, 56
GAP = 34  # between the panels
TICKS = 5
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9")  # told apart by colour-blind eyes too
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1b1b1b}.title{font-size:16px;font-weight:600}.axis{stroke:#767676}"
    ".grid{stroke:#d8d8d8}.paper{fill:#ffffff}"
    "@media (prefers-color-scheme:dark){text{fill:#f0f0f0}.axis{stroke:#a0a0a0}.grid{stroke:#444444}"
    ".paper{fill:#1b1b1b}}"
)


@dataclass(frozen=True)
class Scale:
    """Figures from `low` to `high` on pixels from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, figure: float) -> float:
        return self.start + (figure - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Round figures inside the scale."""
        rough = (self.high - self.low) / TICKS
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(power * part for part in (1, 2, 5, 10) if power * part >= rough)
        first = math.ceil(self.low / step - 1e-9)
        return [step * k for k in range(first, math.floor(self.high / step + 1e-9) + 1)]


def frontier_svg(found: Frontier) -> str:
    """The frontier as an SVG document that needs nothing else; readable on light and on dark ground.

    The first figure varied runs along the foot, a second one has a line for each of its figures. Lines are the least
    any week could cost, dots the menus found, crosses at the foot are points that no week can keep.
    """
    height = TOP + 2 * PANEL + GAP + FOOT + 18 * (len(_series(found)) if len(found.varied) > 1 else 0)
    xs = [point.values[0] for point in found.points]
    across = _scale(xs, LEFT, WIDTH - RIGHT)
    title = f"What {' and '.join(_named(vary) for vary in found.varied)} costs"
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(_told(found))}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{height}"/>',
        f'<text class="title" x="{LEFT}" y="24">{escape(title)}</text>',
        f'<text x="{LEFT}" y="44">Line: the least any week could cost. Dots: the menus found. ×: impossible.</text>',
    ]
    cost = [number for p in found.points for number in (p.bound, p.cost) if number is not None]
    usd = [p.usd for p in found.points if p.usd is not None]
    parts += _panel(found, across, "cost", cost, TOP, lambda p: p.cost, lambda p: p.bound)
    parts += _panel(found, across, "USD a day", usd, TOP + PANEL + GAP, lambda p: p.usd, None)
    bottom = TOP + 2 * PANEL + GAP
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, bottom + 40, _named(found.varied[0]), "middle"))
    if len(found.varied) > 1:
        for k, second in enumerate(_series(found)):
            y = bottom + 60 + 18 * k
            parts.append(f'<circle cx="{LEFT + 6}" cy="{y - 4}" r="5" fill="{_colour(k)}"/>')
            parts.append(_text(LEFT + 18, y, f"{_named(found.varied[1])}: {amount(second, 2)}"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(
    found: Frontier,
    across: Scale,
    label: str,
    figures: Sequence[float],
    top: float,
    dot: Callable[[Point], float | None],
    line: Callable[[Point], float | None] | None,
) -> Iterator[str]:
    up = _scale(figures, top + PANEL - 10, top + 10)
    foot = top + PANEL
    for tick in up.ticks() if figures else []:
        y = up.at(tick)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield _text(LEFT - 8, y + 4, amount(tick, 2), "end")
    yield f'<line class="axis" x1="{LEFT}" x2="{LEFT}" y1="{top}" y2="{foot}"/>'
    yield f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{foot}" y2="{foot}"/>'
    for tick in across.ticks():
        x = across.at(tick)
        yield f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{foot}" y2="{foot + 5}"/>'
        yield _text(x, foot + 19, amount(tick, 2), "middle")
    middle = top + PANEL / 2
    yield f'<text x="16" y="{middle}" text-anchor="middle" transform="rotate(-90 16 {middle})">{label}</text>'
    for k, second in enumerate(_series(found)):
        own = [point for point in found.points if len(found.varied) == 1 or point.values[1] == second]
        drawn = [(across.at(p.values[0]), up.at(number)) for p in own if (number := (line or dot)(p)) is not None]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn)
        yield f'<polyline fill="none" stroke="{_colour(k)}" stroke-width="2" points="{path}"/>'
        for point in own:
            x, number = across.at(point.values[0]), dot(point)
            if number is not None:
                yield f'<circle cx="{x:.1f}" cy="{up.at(number):.1f}" r="4" fill="{_colour(k)}"/>'
            elif not point.possible:
                yield (
                    f'<path d="M{x - 4:.1f},{foot - 8}l8,8m0,-8l-8,8" stroke="{_colour(k)}" stroke-width="2" '
                    'fill="none"/>'
                )


def _scale(figures: Sequence[float], start: float, end: float) -> Scale:
    low, high = min(figures, default=0.0), max(figures, default=1.0)
    if high - low < 1e-9:
        low, high = low - 1, high + 1
    return Scale(low, high, start, end)


def _series(found: Frontier) -> list[float]:
    return sorted({point.values[1] for point in found.points}) if len(found.varied) > 1 else [0.0]


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _named(vary: Vary) -> str:
    """Such as "calcium at least (mg a day)"."""
    if vary.nutrient is None:
        return "the budget (USD a day)"
    side = "at least" if vary.side == "min" else "at most"
    return f"{nutrient_name(vary.nutrient)} {side} ({UNITS.get(vary.unit, vary.unit)} a day)"


def _told(found: Frontier) -> str:
    """The whole drawing in words."""
    said = []
    for point in found.points:
        at = ", ".join(
            f"{_named(vary)} {amount(value, 2)}" for vary, value in zip(found.varied, point.values, strict=True)
        )
        if not point.possible:
            said.append(f"{at}: impossible")
        elif point.cost is None or point.usd is None:
            said.append(f"{at}: no menu found")
        else:
            said.append(f"{at}: cost {point.cost:.1f}, at least {point.bound:.1f}, USD {point.usd:.2f} a day")
    return "; ".join(said) + "."
