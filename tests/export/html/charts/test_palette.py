"""The colours of the charts against the grounds that they stand on."""

from __future__ import annotations

from typing import get_args

import pytest

from boneplan.export.html.charts.palette import CHART_CSS, DARK, LIGHT, colour
from boneplan.plan import SessionKind

GRAPHICS = 3.0  # WCAG 2.2, criterion 1.4.11


def luminance(colour: str) -> float:
    """The relative luminance of "#rrggbb" as WCAG 2.2 defines it."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("colours", "grounds"),
    [(LIGHT, ("#ffffff", "#f6f5f1", "#e8e8e8")), (DARK, ("#111111", "#1b2022", "#2e3234"))],
    ids=["light", "dark"],
)
def test_every_colour_is_told_from_the_ground(colours: dict[str, str], grounds: tuple[str, ...]) -> None:
    for name, value in colours.items():
        for ground in grounds:
            assert contrast(value, ground) >= GRAPHICS, (name, ground)


def test_every_kind_of_session_has_a_colour_by_day_and_by_night() -> None:
    assert set(LIGHT) == set(DARK) > set(get_args(SessionKind))
    for name in LIGHT:
        assert f"--chart-{name}:{LIGHT[name]};" in CHART_CSS
        assert f"--chart-{name}:{DARK[name]};" in CHART_CSS


def test_text_takes_the_pages_colour_and_paper_the_light_ones() -> None:
    assert ".chart text{fill:currentColor" in CHART_CSS
    assert (
        CHART_CSS.count("prefers-color-scheme")
        == CHART_CSS.count("@media screen and (prefers-color-scheme:dark)")
        == 1
    )


def test_a_colour_shows_where_the_style_is_missing() -> None:
    assert colour("food") == f"var(--chart-food, {LIGHT['food']})"
