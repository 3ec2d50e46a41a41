"""Every number on the page is the plan's: read back from the HTML alone, beside plan.json."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.export.html.pages import Element, MakePlan, plan_of, read, whole

from boneplan.export.figures import figure
from boneplan.export.html.numbers import Numbers, indices
from boneplan.export.html.page import to_html
from boneplan.export.portions import portion_text
from boneplan.export.words import amount, measures_of
from boneplan.plan import Plan
from boneplan.plan_io import plan_json

STATUSES = ("ok", "gaps", "infeasible", "refused")


# The reader of data-of that another program would write from the grammar in numbers.py.


def walk(node: Any, tokens: list[str], asked: list[list[str]]) -> Iterator[float]:
    if not tokens:
        if isinstance(node, int | float):
            yield node
        return
    head, *rest = tokens
    if not rest and asked and not all(said(node.get(key)) == value for key, value in asked):
        return
    if isinstance(node, dict):
        if head in node:
            yield from walk(node[head], rest, asked)
    elif head == "*":
        for child in node:
            yield from walk(child, rest, asked)
    else:
        for part in head.split(","):
            first, last = (part.split("-") * 2)[:2]
            for child in node[int(first) : int(last) + 1]:
                yield from walk(child, rest, asked)


def said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def resolve(document: Any, of: str) -> float:
    terms = []
    for term in of.split(" + "):
        fold, pattern = term.split(" ") if " " in term else ("", term)
        path, _, asked = pattern.partition("?")
        found = list(walk(document, path.split("/")[1:], [pair.split("=") for pair in asked.split("&") if pair]))
        if not fold:
            assert len(found) == 1, of
        folds: dict[str, Callable[[list[float]], float]] = {
            "": lambda one: one[0],
            "sum": math.fsum,
            "mean": lambda many: math.fsum(many) / len(many),
            "max": max,
            "min": min,
            "count": len,
        }
        terms.append(folds[fold](found))
    return terms[0] if len(terms) == 1 else math.fsum(terms)


def rounded(plan: Plan, of: str, value: float) -> str:
    """What `value` reads, by the place that it is from."""
    if portion := re.fullmatch(r"/menu/days/(\d+)/meals/(\d+)/items/(\d+)/grams", of):
        day, meal, item = map(int, portion.groups())
        return portion_text(plan.menu.days[day].meals[meal].items[item], measures_of(plan))
    if "absorbed_calcium" in of:
        return f"{round(value, -1):.0f}"
    if of == "/menu/solve/gap":
        return amount(max(100 * value, 0), 1)
    if of == "/menu/solve/seconds":
        return f"{value:.1f}"
    if of.startswith("/menu/solve/"):
        return amount(value, 3)
    if re.fullmatch(r"/(targets|menu/gaps)/\d+/\w+", of):
        return amount(value, 1)
    if intake := re.fullmatch(r"/intakes/(\d+)/items/(\d+)/amount", of):
        taken = plan.intakes[int(intake[1])].items[int(intake[2])]
        if (taken.nutrient, taken.unit) == ("vitamin_d", "ug"):  # a microgram is 40 international units (IOM 2011)
            return f"{amount(value, 2)} µg = {40 * value:.0f} IU"
        return f"{amount(value, 2)} {'µg' if taken.unit == 'ug' else taken.unit}"
    if nutrient := re.search(r"/(?:totals|amounts)/(\w+)|nutrient=(\w+)", of):
        return figure(nutrient[1] or nutrient[2], value)
    return amount(value, 1)


def numbers_of(page: Element) -> list[tuple[str, str, str]]:
    """(data-of, value, what is shown) of each number on the page."""
    return [
        (of, element.attributes["value" if element.tag == "data" else "data-value"], element.text)
        for element in page.all()
        if (of := element.attributes.get("data-of"))
    ]


def check(plan: Plan) -> int:
    document = json.loads(plan_json(plan))
    found = numbers_of(read(to_html(plan)))
    for of, value, shown in found:
        true = resolve(document, of)
        assert json.loads(value) == true, of
        assert shown.replace(",", "") == rounded(plan, of, true).replace(",", ""), of
    return len(found)


@pytest.mark.parametrize("status", STATUSES)
def test_every_number_reads_back(make_plan: MakePlan, status: str) -> None:
    assert check(plan_of(make_plan, status)) >= {"ok": 200, "gaps": 200, "infeasible": 11, "refused": 0}[status]


def test_every_number_of_several_weeks_reads_back(make_plan: MakePlan) -> None:
    assert check(make_plan(weeks=3)) > 600


@pytest.mark.parametrize("name", ["ruth", "mei", "samuel"])
def test_every_number_of_a_real_plan_reads_back(planned: Callable[[str], Plan], name: str) -> None:
    assert check(planned(name)) > 400


AMOUNTS = st.one_of(st.floats(0.04, 9_999), st.sampled_from([0.0, 0.05, 0.5, 999.5, 1234567.0]))


@settings(max_examples=15)
@given(data=st.data())
def test_every_number_of_an_edited_plan_reads_back(make_plan: MakePlan, data: st.DataObject) -> None:
    plan = whole(make_plan)
    for day in plan.menu.days:
        day.totals = {nutrient: data.draw(AMOUNTS) for nutrient in day.totals if data.draw(st.integers(0, 9))}
    for at in data.draw(st.sets(st.integers(0, 6), max_size=3)):
        plan.menu.days[at].meals[0].items[0].grams = data.draw(st.floats(0.1, 999))
        plan.exercise.sessions[at].intensity.rpe = data.draw(st.floats(0, 10))
    for target in plan.targets:
        target.min = data.draw(st.one_of(st.none(), AMOUNTS))
    plan.menu.supplements[0].amount = data.draw(AMOUNTS)
    data.draw(st.randoms()).shuffle(plan.menu.days)
    check(plan)


def test_no_amount_stands_outside_a_number(planned: Callable[[str], Plan]) -> None:
    """In the drawings and tables of figures, but for the words for who cannot see a drawing, dates, and shares."""
    page = read(to_html(planned("mei")))
    for ident in ("amounts", "groups"):
        loose = " ".join(_loose(page.section(ident)))
        loose = re.sub(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ \w+", "", loose)
        assert re.findall(r"\d[\d,.]*(?! ?%)", loose) == [], loose


def _loose(element: Element) -> Iterator[str]:
    if "data-of" in element.attributes or element.tag in ("title", "desc"):
        return
    # The foot of an axis, and what per cent a part is of the whole, are no amounts of the plan.
    if element.tag == "text" and re.fullmatch(r"0|[\d.]+ %", element.text):
        return
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _loose(child)


def test_a_mean_with_supplements_adds_up(make_plan: MakePlan) -> None:
    number = Numbers(make_plan()).number(
        "mean /menu/days/0-1/totals/vitamin_d + sum /menu/supplements/*/amount?nutrient=vitamin_d", "15.2"
    )
    assert number.value == pytest.approx((15.3 + 5.06) / 2 + 5)
    assert number.__html__().startswith(f'<data value="{number.value!r}" data-of="mean /menu/days/0-1/')


def test_what_is_not_there_has_no_number(make_plan: MakePlan) -> None:
    numbers = Numbers(make_plan())
    assert numbers.maybe("/menu/days/0/totals/caffeine", "") is None
    assert numbers.maybe("/menu/days/99/totals/calcium", "") is None
    assert numbers.maybe("mean /menu/days/*/totals/caffeine", "") is None
    assert numbers.maybe("/profile/name", "") is None
    assert numbers.number("sum /menu/supplements/*/amount?nutrient=calcium", "").value == 0
    with pytest.raises(LookupError, match="7 numbers there"):
        numbers.number("/menu/days/*/totals/calcium", "")


def test_a_pointer_escapes_what_a_key_may_hold(make_plan: MakePlan) -> None:
    plan = make_plan(profile={"a/b": {"c~d": 3}})
    assert Numbers(plan).number("/profile/a~1b/c~0d", "3").value == 3


@given(st.sets(st.integers(0, 90), min_size=1))
def test_indices_are_written_as_runs_and_read_back(chosen: set[int]) -> None:
    assert list(walk(list(range(100)), [indices(chosen)], [])) == sorted(chosen)


def test_indices_for_example() -> None:
    assert indices({0, 1, 2, 3, 5}) == "0-3,5"
