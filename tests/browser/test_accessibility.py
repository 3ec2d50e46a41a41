"""axe-core finds nothing to object to, WCAG 2.2 AA and headings included, in light and dark, small and large."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

Visit = Callable[..., Any]

RUN = """() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
  .then(found => ({
    rules: found.passes.length,
    violations: found.violations.flatMap(rule =>
      rule.nodes.map(node => `${rule.impact} ${rule.id}: ${node.html.slice(0, 160)} (${node.failureSummary})`)),
  }))"""
LOOKS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
FEWEST_RULES = 20  # that apply to such a page: fewer, and axe-core has not seen it


@pytest.fixture(scope="session")
def axe(absent: Callable[[str], None]) -> str:
    """The script of axe-core."""
    try:
        return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    except ImportError:
        absent("the Python package axe-playwright-python")
        raise


@pytest.mark.parametrize("looks", LOOKS, ids=lambda looks: f"{looks[0]}-{looks[1]}")
def test_axe_finds_no_violation(visit: Visit, axe: str, kind: str, looks: tuple[int, str]) -> None:
    width, scheme = looks
    seen = visit(kind, width=width, color_scheme=scheme)
    seen.open_folds()
    seen.page.evaluate(axe)
    found = seen.page.evaluate(RUN)
    assert found["violations"] == []
    assert found["rules"] >= FEWEST_RULES


def test_the_keyboard_skips_to_the_plan(visit: Visit) -> None:
    page = visit("example").page
    page.keyboard.press("Tab")
    link = page.locator("a:focus")
    box = link.bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
