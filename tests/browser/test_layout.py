"""The page fits the screen: nothing to scroll sideways and nothing cut off, on a phone, at 200 % zoom, on a desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Visit = Callable[..., Any]

WIDTHS = (320, 360, 640, 768, 1280)
"""CSS pixels: phones, a desktop at 200 % zoom, a tablet, a desktop."""

OUTSIDE = """() => {
  const wide = document.documentElement.clientWidth, found = [];
  const told = (what, element) =>
    found.push(`${what}: ${element.tagName} .${element.getAttribute("class")} ${element.textContent.slice(0, 60)}`);
  const shuts = element => getComputedStyle(element).overflow !== "visible";
  const forTheEyes = element => {
    for (let each = element; each; each = each.parentElement) {
      const box = each.getBoundingClientRect(), clips = each === element || shuts(each);
      if (clips && (box.width <= 1 || box.height <= 1)) return false;
    }
    return true;
  };
  for (const element of document.querySelectorAll("body *")) {
    if (!forTheEyes(element)) continue;
    const box = element.getBoundingClientRect();
    if (box.right > wide + 0.5) told("beyond the right edge", element);
    const style = getComputedStyle(element);
    if (style.overflowX !== "visible" && !element.closest("svg") && element.scrollWidth > element.clientWidth + 1)
      told("wider than its box", element);
  }
  for (const text of document.querySelectorAll("svg text")) {
    if (!forTheEyes(text)) continue;
    const box = text.getBoundingClientRect(), drawing = text.ownerSVGElement.getBoundingClientRect();
    if (box.left < drawing.left - 1 || box.right > drawing.right + 1) told("cut off in its drawing", text);
    if (box.top < drawing.top - 1 || box.bottom > drawing.bottom + 1) told("cut off in its drawing", text);
  }
  if (document.documentElement.scrollWidth > wide) found.push(`scrolls to ${document.documentElement.scrollWidth}`);
  return found;
}"""
"""What a person could not see without scrolling sideways, or not at all."""

TEXT_TWICE_AS_LARGE = """() => {
  const root = document.documentElement;
  root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`;
}"""


@pytest.fixture
def seen(visit: Visit, any_plan: str) -> Any:
    """The page on a sharp screen, its folds open."""
    opened = visit(any_plan, device_scale_factor=2)
    opened.open_folds()
    return opened


def test_nothing_is_beyond_the_edge_of_any_screen(seen: Any) -> None:
    found = {}
    for width in WIDTHS:
        seen.page.set_viewport_size({"width": width, "height": 800})
        found[width] = seen.page.evaluate(OUTSIDE)
    assert found == {width: [] for width in WIDTHS}


def test_nothing_is_beyond_the_edge_with_text_twice_as_large_on_the_smallest_phone(seen: Any) -> None:
    seen.page.set_viewport_size({"width": 320, "height": 800})
    seen.page.evaluate(TEXT_TWICE_AS_LARGE)
    assert seen.page.evaluate(OUTSIDE) == []
