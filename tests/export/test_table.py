"""The table of portions: one row each, and no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.export.table import COLUMNS, harmless, to_csv
from boneplan.plan import Plan

MakePlan = Callable[..., Plan]


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_for_every_portion(make_plan: MakePlan):
    plan = make_plan()
    text = to_csv(plan)
    assert text.startswith(",".join(COLUMNS) + "\r\n2026-11-23,breakfast,oatmeal-cooked,11112110,")
    rows = rows_of(text)
    assert len(rows) == sum(len(meal.items) for day in plan.menu.days for meal in day.meals)
    assert rows[2]["measure"] == "½ cup"
    assert float(rows[2]["grams"]) == 72.5


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'=1+1"),
        ("\r=1+1", "'=1+1"),
        ("\ufeff=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("Milk, 2 %", "Milk, 2 %"),
        ("½ cup", "½ cup"),
    ],
)
def test_formulas_are_made_harmless(text: str, cell: str):
    assert harmless(text) == cell


@given(st.text())
def test_no_cell_begins_as_a_formula(text: str):
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_plan_without_menus_is_the_heading_alone(make_plan: MakePlan):
    assert to_csv(make_plan(menu={})) == ",".join(COLUMNS) + "\r\n"
