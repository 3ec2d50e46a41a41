"""The page on paper: a week takes four pages at most, its meals the first, and nothing is torn apart."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from boneplan.export.html.page import to_html
from boneplan.export.pdf import to_pdf
from boneplan.plan import Plan

PlanOf = Callable[[str], Plan]
Visit = Callable[..., Any]
Paper = Callable[[bytes], list[str]]

MOST_PAGES = 4
TOGETHER = "tbody tr, thead tr, li, .session, .notice, .status, .drawing, .how > div"
"""What must not go over the end of a page: rows, cards, drawings and items of lists."""

TORN = """together => [...document.querySelectorAll(together)].filter(element => {
  // Kept whole by itself, or by what it stands in.
  for (let each = element; each; each = each.parentElement)
    if (getComputedStyle(each).breakInside.startsWith("avoid")) return false;
  return element.getClientRects().length > 0;
}).map(each => `${each.tagName} .${each.getAttribute("class")} ${each.textContent.trim().slice(0, 60)}`)"""

ROWS = """() => [...document.querySelectorAll("tbody tr")].filter(row => row.getClientRects().length > 0).map(row => {
  const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT), texts = [];
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (holder.getClientRects().length > 0 && getComputedStyle(holder).visibility === "visible")
      texts.push(walker.currentNode.data);
  }
  return texts;
})"""
"""The rows that are printed, each as its texts."""


def squeezed(text: str) -> str:
    """`text` without white space and ligatures: a PDF keeps the one as distances, the other as single signs."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.fixture(scope="session")
def paper(absent: Callable[[str], None]) -> Callable[[bytes], list[str]]:
    """The text of each page of a PDF, squeezed, in the order in which it was drawn: that of the document."""
    if shutil.which("pdftotext") is None:
        absent("pdftotext (of poppler-utils)")

    def pages(data: bytes) -> list[str]:
        ran = subprocess.run(
            ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True
        )
        return [squeezed(page) for page in ran.stdout.decode().split("\f")[:-1]]

    return pages


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_a_week_takes_four_pages_at_most_its_meals_the_first_and_each_row_of_a_table_is_on_one(
    visit: Visit, paper: Paper, plan_of: PlanOf, week_plan: str, size: str
) -> None:
    seen = visit(week_plan)
    seen.page.emulate_media(media="print")
    rows = [[squeezed(part) for part in row] for row in seen.page.evaluate(ROWS)]
    pages = paper(seen.page.pdf(format=size, print_background=True))
    assert 0 < len(pages) <= MOST_PAGES
    foods = {item.name for day in plan_of(week_plan).menu.days for meal in day.meals for item in meal.items}
    assert not [food for food in foods if squeezed(food) not in pages[0]]
    assert not [row for row in rows if not any(all(part in page for part in row) for page in pages)]


def test_no_page_may_end_within_a_row_or_a_card(visit: Visit, any_plan: str) -> None:
    seen = visit(any_plan)
    seen.page.emulate_media(media="print")
    assert seen.page.evaluate(TORN, TOGETHER) == []


def test_paper_is_white_where_the_screen_is_dark(visit: Visit) -> None:
    seen = visit("example", color_scheme="dark")
    seen.page.emulate_media(media="print")
    colours = "getComputedStyle(document.body).backgroundColor + getComputedStyle(document.body).color"
    dark = seen.page.evaluate(colours)
    seen.page.emulate_media(media="print", color_scheme="light")
    assert seen.page.evaluate(colours) == dark


@pytest.mark.usefixtures("browser")
def test_the_pdf_of_the_command_holds_the_whole_page(plan_of: PlanOf, paper: Paper) -> None:
    plan = plan_of("example")
    pages = paper(to_pdf(to_html(plan)))
    assert 0 < len(pages) <= MOST_PAGES
    assert squeezed(plan.profile["name"]) in pages[0]
    assert plan.id in pages[-1]
