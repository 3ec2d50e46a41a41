"""Whoever opens the page can read the plan: with scripts off, offline, and without a sound from the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from boneplan.export.words import long_date, person, plain
from boneplan.plan import Plan

PlanOf = Callable[[str], Plan]
Visit = Callable[..., Any]


def test_the_week_can_be_read_and_is_the_same_with_scripts_on_or_off(
    visit: Visit, plan_of: PlanOf, any_plan: str
) -> None:
    plan = plan_of(any_plan)
    text = visit(any_plan, java_script_enabled=False).text()
    foods = {item.name for day in plan.menu.days for meal in day.meals for item in meal.items}
    sessions = {session.title for session in plan.exercise.sessions}
    notices = {notice.text for notice in plan.notices}
    assert not [name for name in foods | sessions | notices if plain(name) not in text]
    assert person(plan) in text
    assert long_date(plan.start) in text
    assert visit(any_plan).text() == text


def test_the_browser_has_nothing_to_complain_of_and_nothing_is_asked_for(
    visit: Visit, plan_of: PlanOf, any_plan: str
) -> None:
    plan, seen = plan_of(any_plan), visit(any_plan)
    seen.open_folds()
    seen.page.emulate_media(media="print", color_scheme="dark")
    assert (seen.said, seen.asked, seen.dialogs) == ([], [], [])
    assert seen.page.evaluate("performance.getEntriesByType('resource').length") == 0
    assert person(plan) in seen.page.title()
    assert long_date(plan.start) in seen.page.title()
