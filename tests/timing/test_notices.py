"""What is said about times: each thing once, with its rule, the old time and the new one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from boneplan.applies import medicine_classes
from boneplan.plan import Notice
from boneplan.profile import Profile
from boneplan.safety import all_gates
from boneplan.timing.clock import Clock
from boneplan.timing.notices import timing_notices
from boneplan.timing.placing import MealCalcium, place_supplements
from boneplan.timing.rules import all_timing_rules

MONDAY = dt.date(2026, 11, 23)


def told(profile: Profile, menu: MealCalcium | None = None) -> list[Notice]:
    clock = Clock(profile)
    return timing_notices(profile, clock, place_supplements(profile, clock, MONDAY, menu), menu or {})


def by_rule(profile: Profile, menu: MealCalcium | None = None) -> dict[str, tuple[str, str]]:
    return {n.rule.removeprefix("safety/timing/"): (n.level, n.text) for n in told(profile, menu)}


def medicine(name: str, time: str | None = None, **more: Any) -> dict[str, Any]:
    return {"name": name, "time": time, **more}


def test_a_person_without_medicines_and_supplements_is_told_nothing(person: Any) -> None:
    assert told(person()) == []


def test_a_moved_meal_is_told_with_its_days_and_both_times(person: Any) -> None:
    (notice,) = told(person(medicine("alendronate", "07:20", weekday="monday")))
    assert notice.level == "info"
    assert notice.text.startswith("Breakfast stands at 07:50 instead of 07:30 on Mondays, because of alendronate at")
    assert (notice.scope, notice.ask) == ("menu", "pharmacist")
    assert "FDA" in notice.source


@pytest.mark.parametrize(("time", "there"), [("06:30", False), ("06:31", True), ("07:00", True)])
def test_less_than_an_hour_before_breakfast_is_told(person: Any, time: str, there: bool) -> None:
    found = by_rule(person(medicine("levothyroxine", time)))
    assert ("levothyroxine_food" in found) == there
    if time == "07:00":
        assert found["levothyroxine_food"][1].startswith(
            "The first meal comes 30 minutes after levothyroxine at 07:00."
        )


@pytest.mark.parametrize(("time", "there"), [("21:29", True), ("21:30", False)])
def test_levothyroxine_soon_after_a_meal_is_told(person: Any, time: str, there: bool) -> None:
    found = by_rule(person(medicine("levothyroxine", time)))
    assert ("levothyroxine_empty_stomach" in found) == there


@pytest.mark.parametrize(
    ("mg", "minutes", "there"), [(300, 60, False), (301, 60, True), (301, 239, True), (301, 240, False)]
)
def test_a_meal_rich_in_calcium_within_four_hours_of_levothyroxine_is_told_with_its_day(
    person: Any, mg: float, minutes: int, there: bool
) -> None:
    hour, minute = divmod(7 * 60 + 30 - minutes, 60)
    menu: MealCalcium = {(MONDAY, "breakfast"): mg, (MONDAY + dt.timedelta(days=1), "breakfast"): 0.0}
    found = by_rule(person(medicine("levothyroxine", f"{hour:02d}:{minute:02d}")), menu)
    assert ("levothyroxine_calcium_meal" in found) == there
    if there:
        level, text = found["levothyroxine_calcium_meal"]
        assert level == "warn"
        assert "breakfast on Mon 23 Nov." in text


def test_a_dose_whose_time_is_assumed_or_missing_is_told(person: Any) -> None:
    found = by_rule(person(medicine("levothyroxine"), medicine("ferrous sulfate")))
    assert found["levothyroxine_food"][1].startswith("No time is given for levothyroxine: it is taken to be 07:00")
    assert found["unknown_time"][1].startswith("No time is known for ferrous sulfate. boneplan cannot plan")


@pytest.mark.parametrize(("other", "time", "there"), [
    ("levothyroxine", "06:29", True), ("levothyroxine", "06:30", True), ("levothyroxine", "06:59", True),
    ("levothyroxine", "07:00", False),
])  # fmt: skip
def test_medicines_too_close_to_what_comes_first_are_told_and_not_moved(
    person: Any, other: str, time: str, there: bool
) -> None:
    found = told(person(medicine("alendronate", "06:30", weekday="monday"), medicine(other, time)))
    said = [n.text for n in found if n.rule.endswith("bisphosphonate_food") and "stand too close" in n.text]
    assert len(said) == there


def test_a_moved_supplement_is_told_with_the_rule_and_both_times(person: Any) -> None:
    iron = {"nutrient": "iron", "amount": 18, "unit": "mg", "time": "breakfast"}
    level, text = by_rule(person(medicine("levothyroxine", "06:30"), supplements=[iron]))["levothyroxine_minerals"]
    assert level == "warn"
    assert text.startswith("Iron 18 mg: at 12:30 instead of 07:30, because of levothyroxine at 06:30.")


def test_a_supplement_that_no_time_allows_is_told(person: Any) -> None:
    doses = [medicine("ciprofloxacin", f"{hour:02d}:30") for hour in range(6, 23, 3)]
    iron = {"nutrient": "iron", "amount": 18, "unit": "mg", "time": "lunch", "name": "Iron Plus"}
    level, text = by_rule(person(*doses, supplements=[iron]))["antibiotic_minerals"]
    assert level == "warn"
    assert text.startswith("Iron Plus (iron 18 mg): no time of the day keeps every rule")
    assert "Ask your pharmacist when to take it." in text


def test_a_course_of_an_antibiotic_is_told_to_end(person: Any) -> None:
    level, text = by_rule(person(medicine("doxycycline", "08:00")))["antibiotic_food"]
    assert level == "warn"
    assert "No food rich in calcium at breakfast (doxycycline at 08:00)." in text
    assert "take the medicine out of the profile when it ends" in text


def test_exemestane_that_had_to_move_is_told(person: Any) -> None:
    found = by_rule(person(therapy={"drug": "exemestane", "time": "10:00"}))
    assert found["exemestane_after_meal"][1].startswith("Exemestane: at 13:00, after lunch, instead of 10:00.")
    assert by_rule(person(therapy={"drug": "exemestane", "time": "08:10"})) == {}


def test_what_a_rule_says_is_said_once_however_often_it_applies(person: Any) -> None:
    doses = [medicine("ciprofloxacin", "07:30"), medicine("ferrous sulfate", "08:00")]
    minerals = [
        {"nutrient": nutrient, "amount": 10, "unit": "mg", "time": "breakfast"} for nutrient in ("zinc", "magnesium")
    ]
    said = [n.text for n in told(person(*doses, supplements=minerals)) if n.rule.endswith("/antibiotic_minerals")]
    assert len(said) == 3
    assert sum("keep 2 hours away" in text for text in said) == 1


def test_what_the_gate_of_a_medicine_has_said_is_not_said_again(person: Any) -> None:
    moved, short = (n.text for n in told(person(medicine("levothyroxine", "07:15"))))
    assert moved.endswith("every day, because of levothyroxine at 07:15.")
    assert short == "The first meal comes 30 minutes after levothyroxine at 07:15. Later is better."


@pytest.mark.parametrize("rule", [rule for rule in all_timing_rules() if rule.told_by], ids=lambda rule: rule.id)
def test_the_gate_that_speaks_for_a_rule_falls_for_everybody_whom_it_is_for(rule: Any) -> None:
    gate = next(gate for gate in all_gates() if f"safety/gates/{gate.id}" == rule.told_by)
    falls = {*gate.when.drugs, *(name for kind in gate.when.medicines for name in medicine_classes()[kind].names)}
    meant = {name for kind in getattr(rule, "medicines", ()) for name in medicine_classes()[kind].names}
    assert falls >= meant | set(getattr(rule, "drugs", ()))
    assert set(gate.when.model_fields_set) <= {"medicines", "drugs"}


@pytest.mark.parametrize(("time", "there"), [
    ("10:30", False), ("10:31", True), ("12:30", True), ("14:29", True), ("14:30", False),
])  # fmt: skip
def test_a_meal_rich_in_calcium_near_a_tablet_of_iron_is_told_before_it_and_after_it(
    person: Any, time: str, there: bool
) -> None:
    found = by_rule(person(medicine("ferrous sulfate", time)), {(MONDAY, "lunch"): 301.0, (MONDAY, "dinner"): 299.0})
    assert ("iron_medicine_calcium_meal" in found) == there
    if there:
        level, text = found["iron_medicine_calcium_meal"]
        assert level == "warn"
        assert text.startswith(f"Rich in calcium close to ferrous sulfate at {time}: lunch every day.")


def test_exemestane_after_a_meal_that_nobody_has_is_told_and_not_reminded_of(person: Any) -> None:
    profile = person(therapy={"drug": "exemestane", "time": "snack"}, meals={"snack": None})
    assert by_rule(profile)["unknown_time"][1].startswith("No time is known for exemestane.")
