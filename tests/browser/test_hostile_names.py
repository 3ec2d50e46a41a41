"""Names that try to be markup or script are shown as text, even where no policy of the page would stop them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from boneplan.export.words import person, plain
from boneplan.plan import Plan

PlanOf = Callable[[str], Plan]
Visit = Callable[..., Any]

MARKUP = "script, img, iframe, object, embed, b, link, base, form, [onerror], [onload], [onfocus], [onmouseover]"
REACHED = "['javascript:', 'data:'].flatMap(start => [...document.querySelectorAll(`[href^='${start}']`)]).length"


@pytest.fixture
def seen(visit: Visit) -> Any:
    """The page of a plan with hostile names, its folds open, every script allowed to run."""
    opened = visit("hostile", bypass_csp=True)
    opened.open_folds()
    opened.page.mouse.move(300, 300)
    return opened


def test_no_name_becomes_markup_or_runs(seen: Any) -> None:
    assert seen.page.evaluate("window.__x") is None
    assert seen.page.locator(MARKUP).count() == 0
    assert seen.page.evaluate(REACHED) == 0
    assert (seen.said, seen.asked, seen.dialogs) == ([], [], [])


def test_every_name_is_read_as_it_was_written(seen: Any, plan_of: PlanOf) -> None:
    plan, text = plan_of("hostile"), seen.text()
    days, sessions = plan.menu.days, plan.exercise.sessions
    names = {item.name for day in days for meal in day.meals for item in meal.items}
    names |= {session.title for session in sessions} | {item.name for session in sessions for item in session.items}
    names |= {notice.text for notice in plan.notices}
    assert len(names) > 10
    assert not [name for name in names if plain(name) not in text]
    assert f"Plan for {person(plan)}" in text


def test_the_title_is_the_name_as_text(seen: Any, plan_of: PlanOf) -> None:
    assert f"for {person(plan_of('hostile'))}, " in seen.page.title()


def test_a_name_of_five_hundred_letters_is_wrapped(visit: Visit) -> None:
    heading = visit("hostile", width=320).page.locator("h1").bounding_box()
    assert heading["x"] + heading["width"] <= 320
