"""How the kinds of session look and what they are called: each has a colour, a pattern and a short name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from boneplan.export.html.charts.palette import colour
from boneplan.export.html.charts.svg import hatched, tag
from boneplan.plan import SessionKind


@dataclass(frozen=True)
class Kind:
    """`strokes` is a path in a tile of `side`, turned by `turn` degrees; without one the kind is one plain colour."""

    name: str
    strokes: str = ""
    side: float = 5
    turn: float = 0


KINDS: dict[SessionKind, Kind] = {
    "aerobic": Kind("Aerobic"),
    "resistance": Kind("Strength", "M0 2.5H5", turn=-45),
    "balance": Kind("Balance", "M2.5 2.5h.01"),
    "flexibility": Kind("Stretch", "M0 2.5H5"),
    "impact": Kind("Impact", "M2.5 0V5"),
    "posture": Kind("Posture", "M0 2.5H5M2.5 0V5"),
}


def patterns(ident: str, kinds: Iterable[SessionKind]) -> Markup:
    """The patterns that `paint` speaks of."""
    looks = ((kind, KINDS[kind]) for kind in kinds)
    return tag("defs", *(hatched(ident, kind, k.strokes, k.side, k.turn) for kind, k in looks if k.strokes))


def paint(ident: str, kind: SessionKind) -> str:
    """What a session of `kind` is filled with, in a chart that has `patterns`."""
    return f"url(#{ident}-{kind})" if KINDS[kind].strokes else colour(kind)
