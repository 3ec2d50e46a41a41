"""Dated intakes: what is taken together is one, weekly tablets stand on their day, ids outlive a change of time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from boneplan.plan import Intake, Menu
from boneplan.profile import Profile
from boneplan.supplements import declared_supplements
from boneplan.timing.clock import Clock
from boneplan.timing.intakes import plan_intakes
from boneplan.timing.placing import place_supplements
from boneplan.timing.settle import settle_times

MONDAY = dt.date(2026, 11, 23)
WEEK = [MONDAY + dt.timedelta(days=day) for day in range(7)]
CALENDAR = "585b27b0-cded-5115-8be9-e8074b49667a"
ALENDRONATE = {"name": "alendronate 70 mg", "weekday": "monday", "time": "07:10"}


def intakes(profile: Profile, days: list[dt.date] | None = None) -> list[Intake]:
    clock = Clock(profile, days or WEEK)
    supplements = [part.supplement for part in place_supplements(profile, clock, MONDAY)]
    return plan_intakes(profile, CALENDAR, days or WEEK, supplements)


def vitamin_d(time: str = "breakfast") -> dict[str, Any]:
    return {"nutrient": "vitamin_d", "amount": 800, "unit": "IU", "time": time}


def calcium(time: str = "breakfast", **more: Any) -> dict[str, Any]:
    return {"nutrient": "calcium", "amount": 500, "unit": "mg", "time": time, **more}


def test_what_is_taken_at_one_time_is_one_intake_a_day(person: Any) -> None:
    found = intakes(person(supplements=[vitamin_d(), calcium(), calcium("dinner", name="Chews")]))
    assert [(i.date, i.time) for i in found[:3]] == [(MONDAY, "07:30"), (MONDAY, "18:30"), (WEEK[1], "07:30")]
    assert len(found) == 14
    assert [(t.what, t.nutrient, t.amount, t.unit) for t in found[0].items] == [
        ("vitamin D", "vitamin_d", 20.0, "ug"), ("calcium", "calcium", 500.0, "mg"),
    ]  # fmt: skip
    assert found[1].items[0].what == "Chews"


def test_a_weekly_tablet_stands_on_its_day_with_what_to_keep_to(person: Any) -> None:
    (tablet,) = intakes(person(ALENDRONATE))
    assert (tablet.date, tablet.time, tablet.items[0].what) == (MONDAY, "07:10", "alendronate 70 mg")
    assert tablet.rules == ["safety/timing/bisphosphonate_food"]
    assert "Until 07:40: nothing to eat, nothing to drink but plain water, no other tablets." in tablet.notes
    assert any("upright" in note for note in tablet.notes)


def test_a_weekly_tablet_of_another_kind_needs_no_notes(person: Any) -> None:
    (tablet,) = intakes(person({"name": "methotrexate", "weekday": "friday", "time": "20:00"}))
    assert (tablet.date, tablet.notes, tablet.rules) == (WEEK[4], [], [])


def test_daily_medicines_are_no_intakes(person: Any) -> None:
    assert intakes(person({"name": "levothyroxine", "time": "06:30"}, {"name": "alendronate"})) == []


def test_what_is_taken_with_breakfast_moves_with_it_on_the_tablets_day(person: Any) -> None:
    found = [i for i in intakes(person(ALENDRONATE, supplements=[vitamin_d()])) if i.items[0].nutrient]
    assert [i.time for i in found] == ["07:40", *["07:30"] * 6]


def test_exemestane_with_a_time_is_an_intake_behind_its_meal(person: Any) -> None:
    found = intakes(person(therapy={"drug": "exemestane", "time": "dinner"}), [MONDAY])
    assert [(i.time, i.items[0].what, i.rules) for i in found] == [
        ("19:00", "exemestane", ["safety/timing/exemestane_after_meal"])
    ]


def test_a_supplement_without_a_time_or_an_amount_stands_nowhere(person: Any) -> None:
    doses = [{"name": "ciprofloxacin", "time": f"{hour:02d}:30"} for hour in range(6, 23, 3)]
    assert intakes(person(*doses, supplements=[calcium()])) == []
    assert intakes(person(supplements=[{**vitamin_d(), "amount": 0}])) == []


def test_an_intake_keeps_its_id_when_only_its_time_or_amount_changes(person: Any) -> None:
    before = intakes(person(supplements=[vitamin_d(), calcium("dinner")]))
    after = intakes(person(supplements=[{**vitamin_d("21:00"), "amount": 1000}, calcium("lunch")]))
    assert {i.id for i in before} == {i.id for i in after}
    assert len({i.id for i in before}) == 14


def test_the_parts_of_a_dose_have_ids_of_their_own(person: Any) -> None:
    parts = {"nutrient": "calcium", "amount": 1000, "unit": "mg", "times": ["breakfast", "dinner"]}
    assert len({i.id for i in intakes(person(supplements=[parts]))}) == 14


def test_a_product_on_the_list_to_avoid_has_no_reminder(person: Any) -> None:
    powder = {"nutrient": "protein", "amount": 20, "unit": "g", "name": "Soy protein powder", "time": "breakfast"}
    assert intakes(person(supplements=[powder])) == []


def test_a_weekly_tablet_is_reminded_of_where_no_menu_may_be_planned(person: Any) -> None:
    profile = person(ALENDRONATE, supplements=[calcium()])
    menu, found, notices = settle_times(profile, CALENDAR, Menu(), WEEK)
    assert [[item.what for item in intake.items] for intake in found] == [["alendronate 70 mg"]]
    assert (menu, notices) == (Menu(), [])


def test_without_a_menu_no_supplement_has_a_time_and_medicines_are_still_told_of(person: Any) -> None:
    profile = person({"name": "methotrexate", "weekday": "friday"}, supplements=[calcium()])
    menu, found, notices = settle_times(profile, CALENDAR, Menu(supplements=declared_supplements(profile)), WEEK)
    assert [taken.time for taken in menu.supplements] == [None]
    assert found == []
    assert [notice.rule for notice in notices] == ["safety/timing/unknown_time", "safety/timing/no_menu"]
    assert "methotrexate" in notices[0].text
    assert "no advice to stop" in notices[1].text


MONTHLY = {"name": "ibandronate 150 mg", "every_months": 1, "last": "2026-10-25", "time": "06:45"}


def on(day: int) -> dt.date:
    return dt.date(2026, 11, day)


def test_a_monthly_tablet_stands_on_the_day_it_is_due_with_what_to_keep_to(person: Any) -> None:
    (intake,) = intakes(person(MONTHLY))
    assert (intake.date, intake.time) == (on(25), "06:45")
    assert any("Until 07:45" in note for note in intake.notes)
    assert intake.rules == ["safety/timing/ibandronate_food"]


@pytest.mark.parametrize(("last", "days"), [
    ("2026-10-22", []), ("2026-10-23", [23]), ("2026-10-29", [29]), ("2026-10-30", []),
])  # fmt: skip
def test_a_monthly_tablet_stands_on_the_first_and_the_last_day_of_a_plan_but_not_when_it_is_late(
    person: Any, last: str, days: list[int]
) -> None:
    assert [i.date for i in intakes(person({**MONTHLY, "last": last}))] == [on(day) for day in days]


@pytest.mark.parametrize("change", [
    {"every_months": 3}, {"last": None}, {"name": "denosumab"}, {"name": "ibandronate injection", "every_months": 3},
])  # fmt: skip
def test_a_dose_that_is_no_tablet_of_every_month_is_no_intake(person: Any, change: dict[str, Any]) -> None:
    assert intakes(person({**MONTHLY, **change})) == []
