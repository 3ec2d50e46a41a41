"""The shopping list as a table: RFC 4180, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.export.aisles import shipped_shop
from boneplan.export.shopping.rows import COLUMNS, to_shopping_csv
from boneplan.plan import Plan

MakePlan = Callable[..., Plan]
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n@x",
    " =1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    '"=1',
    "a\x00=1",
]
CALLING = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plan_with(make_plan: MakePlan, **item: Any) -> Plan:
    portion = {"food": "strange", "fndds_code": 1, "name": "X", "grams": 100.0, "measure": "1 cup", **item}
    meal = {"meal": "lunch", "time": "12:30", "items": [portion]}
    return make_plan(menu={"days": [{"date": "2026-11-23", "meals": [meal], "totals": {}}]})


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_says_what_to_buy_for_what_is_eaten_and_when(make_plan: MakePlan):
    [row] = read(to_shopping_csv(plan_with(make_plan, food="banana", grams=126.0)))
    price = shipped_shop().prices["banana"] * 1.26
    assert row == {
        "week": "1",
        "aisle": "Fruit and vegetables",
        "item": "Bananas",
        "buy": "1 medium",
        "grams_to_buy": "196.875",
        "grams_eaten": "126",
        "yield": "0.64",
        "grams_at_hand": "0",
        "grams_left": "3.125",
        "days": "2026-11-23",
        "price_usd": f"{price:.2f}",
        "staple": "no",
        "foods": "banana: 126",
    }


def test_what_is_not_known_is_an_empty_cell(make_plan: MakePlan):
    [row] = read(to_shopping_csv(plan_with(make_plan)))
    assert (row["yield"], row["price_usd"], row["aisle"]) == ("", "", "Other")


def test_the_header_and_the_line_ends_are_of_rfc_4180(make_plan: MakePlan):
    text = to_shopping_csv(make_plan())
    assert text.startswith(",".join(COLUMNS) + "\r\n")
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n")


def test_a_plan_without_menus_has_the_header_alone(make_plan: MakePlan):
    assert to_shopping_csv(make_plan(status="refused", menu={})) == ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_hostile_name_is_run(make_plan: MakePlan, text: str):
    [row] = read(to_shopping_csv(plan_with(make_plan, food=text, name=text, measure=f"1 {text}")))
    assert not any(cell.startswith(CALLING) for cell in row.values())


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_whatever_a_plan_says_is_one_row_of_harmless_cells(make_plan: MakePlan, text: str):
    [row] = read(to_shopping_csv(plan_with(make_plan, food=text, name=text, measure=f"{text} cups")))
    assert len(row) == len(COLUMNS)
    assert not any(cell.startswith(CALLING) for cell in row.values())
