"""Supplements, meals and intakes at their times: a plan that holds, and faults put into it one at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from boneplan.data import data_folder
from boneplan.engine import make_plan
from boneplan.errors import Fault
from boneplan.plan import Plan
from boneplan.profile import Profile
from boneplan.timing.clock import Clock, meal_times
from boneplan.timing.day import clock_of, minutes_of
from boneplan.timing.settle import settle_times
from boneplan.verify.case import Case, Tables
from boneplan.verify.intakes import check_intakes
from boneplan.verify.judge import read_tables, verify_plan
from boneplan.verify.mealtimes import check_meals
from boneplan.verify.person import read_person
from boneplan.verify.timing import check_antibiotic_meals, check_timing
from boneplan.verify.timing_notices import check_timing_notices
from boneplan.verify.timing_rules import read_timing_rules

MONDAY = dt.date(2026, 11, 23)
MADE = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
BODY = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
PERSON: dict[str, Any] = {
    **BODY,
    "therapy": {"drug": "exemestane", "time": "dinner"},
    "medications": [
        {"name": "levothyroxine 75", "time": "06:00"},
        {"name": "alendronate 70 mg", "weekday": "monday", "time": "06:45"},
    ],
    "supplements": [
        {"nutrient": "calcium", "amount": 400, "unit": "mg", "times": ["breakfast", "dinner"]},
        {"nutrient": "iron", "amount": 18, "unit": "mg", "time": "lunch"},
        {"nutrient": "vitamin_d", "amount": 800, "unit": "IU", "time": "breakfast"},
    ],
    "meals": {"breakfast": "07:00", "lunch": "12:30", "snack": "15:30", "dinner": "18:30"},
}


@cache
def held() -> Plan:
    """The plan of a woman whose medicines move a meal and two supplements."""
    return make_plan(Profile.model_validate(PERSON), start=MONDAY, now=MADE)


@pytest.fixture
def plan() -> Plan:
    return held().model_copy(deep=True)


def breaches(plan: Plan) -> set[str]:
    return {breach.rule for breach in verify_plan(Plan.model_validate(plan.model_dump(by_alias=True)))}


def intakes_of(plan: Plan, what: str) -> list[Any]:
    return [i for i in plan.intakes if any(what in (item.nutrient, item.what) for item in i.items)]


def test_the_plan_moves_what_it_has_to_and_holds(plan: Plan) -> None:
    assert [day.meals[0].time for day in plan.menu.days] == ["07:15", *["07:00"] * 6]
    calcium, later, iron, vitamin_d = plan.menu.supplements
    assert (calcium.time, later.time, vitamin_d.time) == ("12:30", "18:30", "07:00")
    assert iron.time not in (None, "12:30")
    assert {i.time for i in intakes_of(plan, "vitamin_d")} == {"07:00", "07:15"}
    assert breaches(plan) == set()


def move_breakfast_back(plan: Plan) -> None:
    plan.menu.days[0].meals[0].time = "07:00"


def move_breakfast_further(plan: Plan) -> None:
    plan.menu.days[1].meals[0].time = "07:15"


def retime(plan: Plan, number: int, time: str | None) -> None:
    """Gives a supplement another time, in its intakes as well."""
    taken = plan.menu.supplements[number]
    for intake in plan.intakes:
        if any(item.nutrient == taken.nutrient for item in intake.items) and intake.time == taken.time and time:
            intake.time = time
    taken.time = time


def tell_a_weekly_tablet_daily(plan: Plan) -> None:
    tablet = intakes_of(plan, "alendronate 70 mg")[0]
    plan.intakes.append(tablet.model_copy(update={"date": MONDAY + dt.timedelta(days=1), "id": "another"}))


FAULTS: dict[str, tuple[Callable[[Plan], None], set[str]]] = {
    "breakfast before its time": (move_breakfast_back, {"verify/meal-time"}),
    "breakfast later than it must": (move_breakfast_further, {"verify/meal-time"}),
    "calcium beside levothyroxine": (lambda p: retime(p, 0, "09:59"), {"verify/timing-supplement"}),
    "calcium beside no meal": (lambda p: retime(p, 0, "11:00"), {"verify/timing-supplement"}),
    "iron beside a calcium tablet": (lambda p: retime(p, 2, "14:29"), {"verify/timing-supplement"}),
    "vitamin D before the tablet": (lambda p: retime(p, 3, "06:40"), {"verify/timing-supplement", "verify/intake"}),
    "vitamin D moved in vain": (lambda p: retime(p, 3, "12:30"), {"verify/timing-moved", "verify/intake"}),
    "dinner's calcium moved in vain": (lambda p: retime(p, 1, "15:30"), {"verify/timing-moved"}),
    "vitamin D without a time": (lambda p: retime(p, 3, None), {"verify/timing-moved", "verify/intake"}),
    "parts too close": (lambda p: retime(p, 1, "12:50"), {"verify/timing-split", "verify/timing-moved"}),
    "a part left out": (lambda p: p.menu.supplements.pop(0), {"verify/timing-supplement", "verify/supplement"}),
    "an intake left out": (lambda p: p.intakes.remove(intakes_of(p, "iron")[3]), {"verify/intake"}),
    "an intake too late": (lambda p: setattr(intakes_of(p, "iron")[3], "time", "22:00"), {"verify/intake"}),
    "another amount": (lambda p: setattr(intakes_of(p, "iron")[3].items[0], "amount", 36), {"verify/intake"}),
    "a weekly tablet daily": (tell_a_weekly_tablet_daily, {"verify/intake"}),
    "a tablet without its notes": (
        lambda p: intakes_of(p, "alendronate 70 mg")[0].notes.pop(1), {"verify/intake-note"},
    ),
    "exemestane before dinner": (
        lambda p: setattr(intakes_of(p, "exemestane")[2], "time", "18:29"), {"verify/timing-after-meal"},
    ),
    "exemestane after lunch": (
        lambda p: setattr(intakes_of(p, "exemestane")[2], "time", "13:00"), {"verify/timing-after-meal"},
    ),
    "exemestane left out": (lambda p: p.intakes.remove(intakes_of(p, "exemestane")[0]), {"verify/intake"}),
    "one id twice": (lambda p: setattr(p.intakes[1], "id", p.intakes[0].id), {"verify/intake-id"}),
}  # fmt: skip


# What a tablet out of place changes besides: its intakes, what is absorbed or counts at a meal, and whether iron,
# which made way for calcium, still stands right and had to.
KNOCK_ON = {
    "verify/intake", "verify/timing-supplement", "verify/timing-moved", "verify/absorbed-calcium",
    "verify/total", "verify/counted-min", "verify/hard-min",
    "verify/undeclared-gap",
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(plan: Plan, name: str) -> None:
    put, rules = FAULTS[name]
    put(plan)
    found = breaches(plan)
    assert rules <= found <= rules | KNOCK_ON


def test_a_supplement_may_lack_a_time_only_where_no_meal_allows_it(plan: Plan) -> None:
    plan.profile["supplements"][2]["time"] = None
    retime(plan, 3, None)
    assert "verify/timing-moved" in breaches(plan)


def test_supplements_that_cannot_be_timed_are_a_breach_and_no_error(plan: Plan) -> None:
    plan.menu.supplements[0].time = "noon"
    assert "verify/timing-supplement" in breaches(plan)


@pytest.mark.parametrize("medications", [[{"name": "levothyroxine", "time": "6 am"}], [{"time": "06:00"}], ["x"]])
def test_medicines_that_cannot_be_read_are_a_breach_and_no_error(plan: Plan, medications: list[Any]) -> None:
    plan.profile["medications"] = medications
    assert breaches(plan)


def test_intakes_without_a_menu_are_a_breach(plan: Plan) -> None:
    plan.menu.days = []
    assert "verify/intake" in breaches(plan)


def test_a_menu_with_dairy_beside_an_antibiotic_is_a_breach(plan: Plan) -> None:
    doses = [{"name": "ciprofloxacin", "time": time} for time in ("07:00", "12:30", "17:00")]
    plan.profile["medications"] = doses
    case = case_of(plan)
    found = {breach.rule for breach in check_antibiotic_meals(case)}
    assert found == {"verify/timing-food"}
    plan.profile["medications"] = [{"name": "ciprofloxacin", "time": "23:30"}]
    assert list(check_antibiotic_meals(case_of(plan))) == []


# --- any person ---


@cache
def tables() -> Tables:
    return read_tables(held(), read_person(held().profile))


def case_of(plan: Plan) -> Case:
    return Case(plan, read_person(plan.profile), tables())


def five_minutes(first: str, last: str) -> st.SearchStrategy[str]:
    return st.integers(minutes_of(first) // 5, minutes_of(last) // 5).map(lambda n: clock_of(5 * n))


meal_clocks = st.fixed_dictionaries(
    {
        "breakfast": five_minutes("05:00", "09:30"),
        "lunch": five_minutes("10:30", "14:00"),
        "snack": st.none() | five_minutes("14:30", "16:30") | five_minutes("20:30", "23:30"),
        "dinner": five_minutes("17:00", "20:00"),
    }
)
medicines = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(
                ["levothyroxine", "alendronate", "risedronate", "ibandronate", "doxycycline", "ferrous sulfate"]
            ),
            "time": st.none() | five_minutes("00:00", "23:55"),
            "weekday": st.none() | st.sampled_from(["monday", "thursday", "sunday"]),
        },
        optional={"last": st.integers(22, 30).map(lambda day: f"2026-10-{day}")},
    ).map(lambda dose: {**dose, "weekday": None, "every_months": 1} if "last" in dose else dose),
    max_size=3,
)
moments = five_minutes("00:00", "23:55") | st.sampled_from(["breakfast", "lunch", "snack", "dinner"])
supplements = st.lists(
    st.fixed_dictionaries(
        {
            "nutrient": st.sampled_from(["calcium", "iron", "zinc", "magnesium", "potassium"]),
            "amount": st.just(100),
            "unit": st.just("mg"),
        },
        optional={"times": st.lists(moments, min_size=1, max_size=3, unique=True)},
    ),
    max_size=4,
)
drugs = st.fixed_dictionaries({"drug": st.sampled_from(["exemestane", "letrozole"])}, optional={"time": moments})
AFTER = {"levothyroxine": 30, "alendronate": 30, "risedronate": 30, "ibandronate": 60}


@settings(max_examples=120)
@given(meal_clocks, medicines, supplements, drugs, st.sampled_from([[], ["kidney_stones"]]))
def test_whoever_it_is_for_every_time_keeps_every_rule(
    meals: dict[str, str | None],
    takes: list[dict[str, Any]],
    adds: list[dict[str, Any]],
    therapy: dict[str, Any],
    conditions: list[str],
) -> None:
    person = {**BODY, "meals": meals, "medications": takes, "supplements": adds, "therapy": therapy}
    profile = Profile.model_validate({**person, "conditions": conditions}, context={"today": MADE.date()})
    clock = Clock(profile, [day.date for day in held().menu.days])
    assume(clock.conflict() is None)
    days = held().model_copy(deep=True).menu.days
    for day in days:
        times = meal_times(clock, day.date)
        day.meals = sorted((m for m in day.meals if m.meal in times), key=lambda meal: times[meal.meal])
        for meal in day.meals:
            meal.time = times[meal.meal]
    menu, intakes, notices = settle_times(
        profile, "calendar", held().menu.model_copy(update={"days": days}), [day.date for day in days]
    )
    update = {"menu": menu, "intakes": intakes, "notices": notices, "profile": profile.as_json()}
    case = case_of(held().model_copy(update=update))
    found = [b for check in (check_meals, check_timing, check_timing_notices, check_intakes) for b in check(case)]
    assert found == []
    for taken in menu.supplements:
        for dose in takes if taken.time else ():
            if dose["name"] == "levothyroxine" and dose["time"] and not dose["weekday"] and "last" not in dose:
                for intake in intakes_of(case.plan, taken.nutrient):
                    apart = minutes_of(intake.time) - minutes_of(dose["time"])
                    minerals = taken.nutrient in ("calcium", "iron", "magnesium")
                    assert not (minerals and abs(apart) < 240)
                    assert not 0 <= apart < 30
    for day in days:
        for dose in takes:
            today = dose["weekday"] in (None, f"{day.date:%A}".lower())
            if "last" in dose:
                today = dose["name"] != "levothyroxine" and dose["last"] == f"2026-10-{day.date.day}"
            if dose["name"] in AFTER and dose["time"] and today:
                gaps = [minutes_of(meal.time) - minutes_of(dose["time"]) for meal in day.meals]
                assert all(gap >= AFTER[dose["name"]] for gap in gaps if gap >= 0)


# --- what must be told ---


@pytest.mark.parametrize("rule", ["bisphosphonate_food", "levothyroxine_minerals"])
def test_a_time_that_was_moved_and_is_not_told_of_is_a_breach(plan: Plan, rule: str) -> None:
    plan.notices = [notice for notice in plan.notices if notice.rule != f"safety/timing/{rule}"]
    assert breaches(plan) == {"verify/timing-notice"}


def test_a_meal_rich_in_calcium_soon_after_levothyroxine_has_to_be_told_of(plan: Plan) -> None:
    rule = "safety/timing/levothyroxine_calcium_meal"
    timing = tables().timing
    assert timing is not None
    # Of every breakfast more than so little is known for certain.
    rich = tuple({**row, "above_mg": 0.0} for row in timing.calcium_rich_meals)
    case = replace(case_of(plan), tables=replace(tables(), timing=replace(timing, calcium_rich_meals=rich)))
    plan.notices = [*plan.notices, *(n.model_copy(update={"rule": rule}) for n in plan.notices[:1])]
    assert list(check_timing_notices(case)) == []
    plan.notices = [notice for notice in plan.notices if notice.rule != rule]
    assert {breach.where[10:12] for breach in check_timing_notices(case)} == {", "}
    assert len({breach.where[:10] for breach in check_timing_notices(case)}) == len(plan.menu.days)


@pytest.mark.parametrize(("field", "forged"), [("form", "citrate"), ("name", "Calcium forte")])
def test_a_supplement_of_another_name_or_form_than_the_profiles_is_a_breach(
    plan: Plan, field: str, forged: str
) -> None:
    setattr(plan.menu.supplements[0], field, forged)
    assert "verify/timing-supplement" in breaches(plan)


def test_an_intake_that_names_another_product_is_a_breach(plan: Plan) -> None:
    intakes_of(plan, "calcium")[0].items[0].what = "calcium 1000 mg"
    assert breaches(plan) == {"verify/intake"}


def test_a_dose_after_a_meal_outside_the_plan_is_a_breach(plan: Plan) -> None:
    last = intakes_of(plan, "exemestane")[-1]
    late = last.model_copy(update={"id": "7d0d8a5e-0000-4000-8000-0000000000aa", "date": dt.date(2026, 12, 24)})
    plan.intakes.append(late)
    assert breaches(plan) == {"verify/intake"}


# --- the file ---


def test_the_shipped_rules_are_read() -> None:
    rules = read_timing_rules(data_folder("guidelines") / "safety" / "timing.yaml")
    assert {row["id"] for row in rules.away} >= {"levothyroxine_minerals", "bisphosphonate_food"}
    assert (rules.meal_minutes, rules.split_minutes) == (30, 120)


@pytest.mark.parametrize("broken", ["meal: {}", "meal: {minutes: 30}\nsplit_dose: {minutes: 1}\naway: 3", "[1]", ""])
def test_a_file_that_is_not_as_shipped_is_a_fault(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "timing.yaml"
    path.write_text(broken)
    with pytest.raises(Fault, match=r"timing\.yaml"):
        read_timing_rules(path)


def test_a_rule_that_is_not_understood_is_a_fault(tmp_path: Path) -> None:
    shipped = (data_folder("guidelines") / "safety" / "timing.yaml").read_text("utf-8")
    path = tmp_path / "timing.yaml"
    path.write_text(shipped.replace("    fasting: true\n", "    starving: true\n", 1))
    with pytest.raises(Fault, match="starving"):
        read_timing_rules(path)


def test_without_rules_nothing_is_judged(plan: Plan) -> None:
    case = replace(case_of(plan), tables=replace(tables(), timing=None))
    retime(plan, 0, "06:05")
    assert not list(check_timing(case))
    assert not list(check_intakes(case))
