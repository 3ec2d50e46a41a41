"""Elements of inline SVG: escaped, with what they show told in words and with ids that are a chart's own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import accumulate

from markupsafe import Markup

from boneplan.export.html.charts.palette import PAPER, colour
from boneplan.export.words import amount, plain

NORMAL, SMALL = 13, 12.4  # sizes of the font as in the style, in units of the viewBox
WIDE = 0.6  # of the font's size: how wide figures and words are in the widest of usual fonts


def tag(element: str, *children: str, **attributes: str | float) -> Markup:
    """An element of that name; `class_` stands for class, `text_anchor` for text-anchor. Text is escaped."""
    written = Markup("").join(Markup(' {}="{}"').format(_name(key), _text(of)) for key, of in attributes.items())
    inner = Markup("").join(children)
    return Markup("<{0}{1}>{2}</{0}>" if inner else "<{0}{1}/>").format(Markup(element), written, inner)


def chart(ident: str, size: tuple[float, float], said: tuple[str, str], *parts: str, class_: str = "") -> Markup:
    """A chart `size` units wide and high; `said` are its title and its whole content in words.

    `ident` begins every id in it: a letter, then letters, digits, "-" or "_", once on a page.
    """
    title, described = (plain(text) for text in said)
    return tag(
        "svg",
        tag("title", title, id=f"{ident}-title"),
        tag("desc", described, id=f"{ident}-desc"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"chart {class_}".strip(),
        viewBox=f"0 0 {_text(size[0])} {_text(size[1])}",
        role="img",
        aria_labelledby=f"{ident}-title {ident}-desc",
    )


def text(x: float, y: float, *children: str, anchor: str = "start", **attributes: str | float) -> Markup:
    """Words whose baseline is at `y`; `anchor` says which of their ends is at `x`."""
    return tag("text", *children, x=x, y=y, text_anchor=anchor, **attributes)


def rule(class_: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def hatched(ident: str, name: str, strokes: str, side: float = 5, turn: float = 0) -> Markup:
    """The pattern `ident`-`name` in the colour `name`: `strokes` is a path inside a square tile of that side.

    It is painted with `fill="url(#ident-name)"`.
    """
    drawn = tag("path", d=strokes, stroke=colour(name), stroke_width=2, stroke_linecap="round", fill="none")
    return tag(
        "pattern",
        tag("rect", width=side, height=side, fill=PAPER),
        drawn,
        id=f"{ident}-{name}",
        width=side,
        height=side,
        patternUnits="userSpaceOnUse",
        patternTransform=f"rotate({_text(turn)})",
    )


def cut(words: str, room: float, size: float) -> str:
    """`words` on one line, cut with "…" where they are wider than `room` units at that size of font."""
    kept = plain(words)
    if _width(kept) * size <= room:
        return kept
    wide = accumulate(map(_width, kept), initial=_width("…"))
    fitting = sum(so_far * size <= room for so_far in wide)
    return kept[: max(fitting - 1, 0)].rstrip() + "…"


def shrunk(words: Iterable[str], room: float) -> str:
    """A style with the size of the font at which the longest of `words` keeps to `room`, `SMALL` where it does."""
    widest = max((_width(word) for word in words), default=0.0)
    return f"font-size:{min(SMALL, room / widest) if widest else SMALL:.4g}px"


def _width(words: str) -> float:
    """How wide `words` are at most, in sizes of the font."""
    return WIDE * sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in words)


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else amount(value, 2)
