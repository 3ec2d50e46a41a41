"""The charts of the page as inline SVG, each with its whole content in words for who cannot see it.

`CHART_CSS` belongs once into the page's style: without it the charts have neither colours nor a size.
"""

from boneplan.export.html.charts.days import day_bars
from boneplan.export.html.charts.groups import group_bars
from boneplan.export.html.charts.palette import CHART_CSS
from boneplan.export.html.charts.timeline import week_timeline

__all__ = ["CHART_CSS", "day_bars", "group_bars", "week_timeline"]
