"""The colours and the style that every chart shares, on light and on dark ground.

Against white and near-black, and those beside them, every colour here reaches the 3 : 1 that WCAG 2.2 (criterion
1.4.11) asks of what a drawing is read by; text takes the page's own colour. No colour tells a thing alone: the parts
of a bar and the kinds of session differ in pattern, lines in their dashes, and all of them are named in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from boneplan.plan import SessionKind

LIGHT = {
    "food": "#2b6777",
    "supplement": "#9a5b00",
    "limit": "#a3243b",
    "aerobic": "#1f6f8b",
    "resistance": "#8a3b12",
    "balance": "#5b4a9c",
    "flexibility": "#2e7031",
    "impact": "#a3243b",
    "posture": "#5a5f66",
}
DARK = {
    "food": "#7fc4d4",
    "supplement": "#e6b35a",
    "limit": "#ff9aa8",
    "aerobic": "#7fc4d4",
    "resistance": "#f0a36b",
    "balance": "#b9a9f2",
    "flexibility": "#8fd694",
    "impact": "#ff9aa8",
    "posture": "#c4c8ce",
}
PAPER = "var(--paper, Canvas)"  # what the page lays below its charts


def colour(name: str) -> str:
    """The colour of that name as a CSS value that follows the ground; the light one where no style came along."""
    return f"var(--chart-{name}, {LIGHT[name]})"


def _variables(colours: Mapping[str, str]) -> str:
    return "".join(f"--chart-{name}:{value};" for name, value in colours.items())


_KINDS = "".join(f".chart-{kind}{{stroke:{colour(kind)};stroke-width:1.5}}" for kind in get_args(SessionKind))

# Sizes are in units of a drawing 320 units wide. On the narrowest phones, 320 pixels wide, charts reach into the
# padding around them, which has to be .75rem or more, so that no text is under 11 pixels.
CHART_CSS = f"""
.chart{{display:block;width:100%;height:auto;max-width:26rem;{_variables(LIGHT)}}}
@media screen and (prefers-color-scheme:dark){{.chart{{{_variables(DARK)}}}}}
.chart text{{fill:currentColor;font-size:13px;font-variant-numeric:tabular-nums}}
.chart .chart-title{{font-size:14px;font-weight:600}}
.chart .chart-small{{font-size:12.4px}}
.chart .chart-strong{{font-weight:600}}
.chart .chart-clear{{paint-order:stroke;stroke:{PAPER};stroke-width:5}}
.chart-axis{{stroke:currentColor;stroke-width:1;fill:none}}
.chart-lane{{fill:currentColor;fill-opacity:.07}}
.chart-band{{fill:currentColor;fill-opacity:.1}}
.chart-target{{stroke:currentColor;stroke-width:1.8;stroke-dasharray:6 3}}
.chart-limit{{stroke:{colour("limit")};stroke-width:2.4;fill:none}}
.chart-halo{{stroke:{PAPER};stroke-width:4.2}}
.chart-food{{fill:{colour("food")}}}
.chart-supplement{{stroke:{colour("supplement")};stroke-width:1}}
{_KINDS}
@media screen and (max-width:22rem){{.chart{{width:calc(100% + 1.5rem);margin-inline:-.75rem}}}}
.chart-wide{{max-width:46rem;display:none}}
@media print,(min-width:46rem){{.chart-narrow{{display:none}}.chart-wide{{display:block}}}}
@media print{{.chart{{max-width:none}}.chart-wide{{max-width:150mm}}}}
"""
