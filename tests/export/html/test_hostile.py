"""Whatever a plan file holds is shown as text: markup, quotes, other scripts, characters that turn lines about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.export.html.pages import MakePlan, read, whole, without

from boneplan.export.html.page import to_html
from boneplan.export.words import plain
from boneplan.plan import Plan

HOSTILE = [
    "<script>alert(1)</script>",
    '"onmouseover="alert(1)',
    "'><img src=x onerror=alert(1)>",
    "</style></title><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% include 'page.html' %}",
    "\u202egnitirw tfel-ot-thgir\u2066",
    "מרים שלום",
    "👩‍⚕️ Zoë & Łukasz <3",
    "&lt;b&gt; &amp; &#x3c;script&#x3e;",
    "\x1b[31mred\x07\u0000",
    "-->]]><!--",
    "w" * 500,
]
# What a program reads and chooses by, not what a person writes.
KEPT = {
    "schema", "id", "created", "boneplan", "start", "end", "date", "due", "since", "timezone", "status", "level",
    "period", "meal", "time", "kind", "tier", "part", "changed", "modified", "seed", "form", "food", "calendar",
    "scope", "basis", "nutrient", "tried", "exercise", "declared",
}  # fmt: skip


def hostile(value: Any, text: str, key: str = "") -> Any:
    """`value` with each text that a person could have written replaced, as far as its length is allowed."""
    if isinstance(value, dict):
        return {name: inner if name in KEPT and isinstance(inner, str) else hostile(inner, text, name)
                for name, inner in value.items()}  # fmt: skip
    if isinstance(value, list):
        return [hostile(inner, text, key) for inner in value]
    if isinstance(value, str) and key not in ("meals",):
        return text[: {"measure": 200, "name": 300}.get(key, 500)]
    return value


def made_hostile(plan: Plan, text: str) -> Plan:
    return Plan.model_validate(hostile(plan.model_dump(mode="json", by_alias=True), text))


def check(plan: Plan) -> None:
    page = read(to_html(plan))
    assert not list(page.all("script", "img", "iframe", "object", "b"))
    assert len(list(page.all("style"))) == len(list(page.all("main"))) == 1
    for element in page.all():
        assert not [name for name in element.attributes if name.startswith("on")]
        assert element.attributes.get("href", "#").startswith("#")
    assert not set(page.raw) & set("\u202e\u2066\x1b\x07\x00")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_shown_as_texts(make_plan: MakePlan, text: str) -> None:
    plan = made_hostile(whole(make_plan), text)
    check(plan)
    page = read(to_html(plan))
    shown = plain(text[:300])
    assert next(page.all("h1")).text == f"Plan for {plain(str(plan.profile['name']))}"
    assert next(page.section("meals").all("li")).text.startswith(shown)
    for ident in ("first", "exercise", "takings", "risk", "checks", "left-out", "know", "targets", "sources", "asks"):
        assert shown[:40] in page.section(ident).text, ident


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_reasons_are_shown_as_texts(make_plan: MakePlan, text: str) -> None:
    for status, ident in (("infeasible", "way"), ("refused", "first")):
        plan = made_hostile(without(make_plan, status), text)
        check(plan)
        assert plain(text) in read(to_html(plan)).section(ident).text


def names(page: Any) -> Iterator[str]:
    return (element.text for element in page.all() if element.attributes.get("dir") == "auto")


def test_names_run_in_their_own_direction(make_plan: MakePlan) -> None:
    plan = make_plan(profile={"name": "מרים"})
    plan.menu.days[0].meals[0].items[0].name = "דייסה"
    plan.exercise.sessions[0].title = "הליכה"
    found = set(names(read(to_html(plan))))
    assert {"מרים", "דייסה", "הליכה"} <= found


@settings(max_examples=20)
@given(text=st.text(max_size=80))
def test_any_text_at_all(make_plan: Callable[..., Plan], text: str) -> None:
    check(made_hostile(whole(make_plan), text or "x"))
