"""What differs between two plans, in foods, amounts, sessions, targets and rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.diff import difference
from boneplan.plan import Plan

MONDAY = dt.date(2026, 11, 23)


def item(food: str, measure: str = "1 cup", grams: float = 100) -> dict[str, Any]:
    return {"food": food, "fndds_code": 1, "name": food.capitalize(), "grams": grams, "measure": measure}


def session(day: int, kind: str = "aerobic", start: str = "07:00", calendar: str = "x") -> dict[str, Any]:
    return {
        "id": f"{calendar}-{day}-{kind}", "date": MONDAY + dt.timedelta(days=day), "start": start, "end": "08:00",
        "kind": kind, "title": "Brisk walk", "minutes": 60, "weight_bearing": True,
        "intensity": {"rpe": 5, "met": 4.8, "level": "moderate"}, "items": [], "stop_if": [],
    }  # fmt: skip


def plan(*lunches: list[dict[str, Any]], start: dt.date = MONDAY, calcium: float = 1000, **more: Any) -> Plan:
    days = [
        {
            "date": start + dt.timedelta(days=n),
            "meals": [{"meal": "lunch", "time": "12:30", "title": "Soup", "items": items}],
            "totals": {"calcium": calcium, "energy": 2000},
        }
        for n, items in enumerate(lunches)
    ]
    return Plan.model_validate(
        {
            "schema": "boneplan.plan/1", "id": "p", "created": "2026-11-20T12:00:00Z", "boneplan": "0.1.0", "seed": 0,
            "profile": {"name": "Anna"}, "start": start, "weeks": 1, "timezone": "UTC", "status": "ok",
            "targets": [
                {"nutrient": "calcium", "unit": "mg", "period": "week_mean", "min": 1200, "hard": True, "rule": "r",
                 "source": "s"}
            ],
            "menu": {"days": days}, "exercise": {"sessions": more.pop("sessions", [])}, **more,
        }
    )  # fmt: skip


SOUP = [item("soup"), item("bread", "1 slice", 30)]


def test_a_plan_does_not_differ_from_itself() -> None:
    one = plan(SOUP, SOUP, sessions=[session(0)])
    assert difference(one, one).same


def test_foods_that_went_came_and_changed_portion_are_told_by_meal() -> None:
    after = plan(SOUP, [item("soup", "2 cups", 200), item("kale")])
    (change,) = difference(plan(SOUP, SOUP), after).meals
    assert (change.after, change.meal) == (MONDAY + dt.timedelta(days=1), "lunch")
    assert change.gone == ["Bread (1 slice, 30 g)"]
    assert change.come == ["Kale (1 cup, 100 g)"]
    assert change.portions == [("Soup", "1 cup (100 g)", "2 cups (200 g)")]


def test_amounts_are_those_of_the_week_beside_the_targets_of_the_plan_after() -> None:
    (amount,) = difference(plan(SOUP, SOUP), plan(SOUP, SOUP, calcium=1100)).amounts
    assert amount.nutrient == "calcium"
    assert amount.means == (1000, 1100)
    assert amount.totals == (2000, 2200)
    assert amount.targets == ["at least 1200 mg as the week's mean"]


def test_sessions_are_known_by_kind_and_day_whoever_they_are_of() -> None:
    before = plan(SOUP, sessions=[session(0), session(1), session(2, "balance")])
    after = plan(SOUP, sessions=[session(0, calendar="y"), session(1, start="07:30"), session(3, "balance")])
    found = difference(before, after).sessions
    assert [text[:10] for text in found["gone"]] == ["Wed 25 Nov"]
    assert [text[:10] for text in found["come"]] == ["Thu 26 Nov"]
    (moved,) = found["changed"]
    assert "07:00-08:00" in moved
    assert "07:30-08:00" in moved


def test_plans_that_share_no_day_are_compared_by_its_number() -> None:
    later = MONDAY + dt.timedelta(weeks=5)
    found = difference(plan(SOUP, SOUP), plan(SOUP, [item("kale")], start=later))
    assert not found.by_date
    (change,) = found.meals
    assert (change.before, change.after) == (MONDAY + dt.timedelta(days=1), later + dt.timedelta(days=1))


def test_plans_that_overlap_are_compared_by_date() -> None:
    found = difference(plan(SOUP, SOUP), plan(SOUP, SOUP, start=MONDAY + dt.timedelta(days=1)))
    assert found.by_date
    assert [(change.before, change.after) for change in found.meals] == [
        (MONDAY, None),
        (None, MONDAY + dt.timedelta(days=2)),
    ]


def test_rules_targets_gaps_locks_and_status_are_told() -> None:
    gap = {
        "nutrient": "vitamin_d",
        "unit": "ug",
        "target": 20,
        "food": 9,
        "supplements": 0,
        "missing": 11,
        "ask": "x",
    }
    before = plan(SOUP)
    after = plan([{**SOUP[0], "locked": True}, SOUP[1]], rules={"ban": [{"food": "kale"}]}, status="gaps")
    after.menu.gaps = plan(SOUP, menu={"gaps": [gap]}).menu.gaps
    after.targets = []
    found = difference(before, after)
    assert found.rules["come"] == ["ban: food kale"]
    assert found.targets["gone"] == ["calcium at least 1200 mg as the week's mean (r)"]
    assert found.gaps["come"] == ["vitamin d 11 µg short of 20"]
    assert found.locks["come"] == ["Mon 23 Nov lunch: Soup"]
    assert found.status == ("ok", "gaps")
    assert not found.meals
    assert not found.same


foods = st.lists(st.sampled_from(["soup", "kale", "bread", "rice"]), max_size=4, unique=True)


@given(st.lists(foods, min_size=1, max_size=7), st.lists(foods, min_size=1, max_size=7))
def test_what_came_one_way_went_the_other(one: list[list[str]], two: list[list[str]]) -> None:
    before, after = (plan(*[[item(food) for food in lunch] for lunch in lunches]) for lunches in (one, two))
    there, back = difference(before, after), difference(after, before)
    assert [(set(c.gone), set(c.come)) for c in there.meals] == [(set(c.come), set(c.gone)) for c in back.meals]
    assert there.same == ([set(lunch) for lunch in one] == [set(lunch) for lunch in two])


@pytest.mark.parametrize("name", ["Ana", ""])
def test_other_persons_are_named(name: str) -> None:
    other = plan(SOUP, profile={"name": name})
    assert difference(plan(SOUP), other).persons == ("Anna", name)
