"""What a rule did to a plan: what was reached, said, closed, left out, dated; and plainly where it did nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from boneplan.foods.medical import food_rules
from boneplan.plan import Plan
from boneplan.profile import Profile
from boneplan.profile_reader import check_profile, load_example
from boneplan.rulebook.book import rule_entries
from boneplan.rulebook.effects import FOOD_RULES, effects
from boneplan.rulebook.own import named_in, own_rules
from boneplan.rulebook.reach import why_nothing

START = dt.date(2026, 11, 23)


def person(**changes: Any) -> Profile:
    return check_profile({**load_example().as_json(), **changes}, "test", today=START)


def plan_of(profile: Profile, **parts: Any) -> Plan:
    basics = {
        "id": "5f0c2a4e", "created": "2026-11-23T08:00:00Z", "boneplan": "0", "seed": 0, "start": START, "weeks": 1,
        "timezone": "UTC", "status": "ok",
    }  # fmt: skip
    return Plan.model_validate({**basics, "profile": profile.as_json(), **parts})


def told(rule: str, plan: Plan, profile: Profile) -> list[tuple[str, str]]:
    return [(effect.part, effect.text) for effect in effects(rule, rule_entries(rule), plan, profile)]


def days(*totals: float, nutrient: str = "calcium") -> dict[str, Any]:
    return {
        "days": [
            {"date": START + dt.timedelta(days=n), "meals": [], "totals": {nutrient: total}}
            for n, total in enumerate(totals)
        ]
    }


def target(rule: str, **bound: Any) -> dict[str, Any]:
    return {
        "nutrient": "calcium",
        "unit": "mg",
        "period": "week_mean",
        "hard": True,
        "rule": rule,
        "source": "s",
        **bound,
    }


RDA = "nutrition/calcium/rda"


def test_a_week_bound_shows_what_each_week_reached() -> None:
    plan = plan_of(person(), targets=[target(RDA, min=1200)], menu=days(*[1300.0] * 7, *[1250.0] * 7), weeks=2)
    assert told(RDA, plan, person()) == [
        ("target", "calcium: at least 1,200 mg, the week's mean (hard)"),
        ("target", "the week from 2026-11-23 reaches 1,300 mg a day"),
        ("target", "the week from 2026-11-30 reaches 1,250 mg a day"),
    ]


def test_a_day_bound_shows_the_lowest_and_the_highest_day_with_the_supplements_that_count() -> None:
    rule = "nutrition/calcium/ul"
    menu = {
        **days(1000.0, 1400.0),
        "supplements": [
            {"nutrient": "calcium", "amount": 200, "unit": "mg"},
            {"nutrient": "iron", "amount": 9, "unit": "mg"},
        ],
    }
    plan = plan_of(person(), targets=[target(rule, max=2000, period="day")], menu=menu)
    assert told(rule, plan, person())[1] == (
        "target", "the days reach 1,200 to 1,600 mg, 200 of them from declared supplements",
    )  # fmt: skip


def test_a_gap_stands_beside_the_target_that_it_leaves_open() -> None:
    gap = {
        "nutrient": "calcium", "unit": "mg", "target": 1200, "food": 900, "supplements": 0, "missing": 300,
        "ask": "Ask a dietitian.",
    }  # fmt: skip
    plan = plan_of(person(), targets=[target(RDA, min=1200)], menu={"gaps": [gap]})
    assert ("gap", "300 mg of calcium a day are missing; Ask a dietitian.") in told(RDA, plan, person())


def test_a_gate_tells_what_it_closed() -> None:
    rule = "safety/gates/underweight"
    notice = {"level": "refuse", "rule": rule, "text": "Too light.", "scope": "menu"}
    plan = plan_of(person(), notices=[notice], status="refused")
    assert told(rule, plan, person()) == [("notice", "refuse: Too light."), ("closed", "it closed the menu")]


def test_a_warning_closes_nothing() -> None:
    plan = plan_of(person(), notices=[{"level": "warn", "rule": "safety/gates/frax", "text": "Ask."}])
    assert told("safety/gates/frax", plan, person()) == [("notice", "warn: Ask.")]


def session(kind: str, minutes: int, day: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"{kind}{day}", "date": START + dt.timedelta(days=day), "start": "07:00", "end": "08:00", "kind": kind,
        "title": kind, "minutes": minutes, "weight_bearing": True, "items": [], "stop_if": [],
        "intensity": {"rpe": 5, "met": 4, "level": "moderate"}, **more,
    }  # fmt: skip


def test_a_rule_of_the_week_shows_the_sessions_of_its_kind_week_by_week() -> None:
    hard = {"intensity": {"rpe": 7, "met": 7, "level": "vigorous"}}
    sessions = [session("aerobic", 40, 0), session("aerobic", 20, 2, **hard), session("balance", 15, 2)]
    plan = plan_of(person(), exercise={"sessions": sessions}, weeks=2)
    assert told("exercise-aerobic-3-days", plan, person()) == [
        ("week", "the week from 2026-11-23: 60 minutes of aerobic sessions on 2 days, 20 of them vigorous"),
        ("week", "the week from 2026-11-30: no aerobic sessions"),
    ]


def test_an_eligibility_rule_names_the_exercises_that_it_leaves_out() -> None:
    weak = person(bone={"t_scores": {"lumbar_spine": -2.8}})
    plan = plan_of(weak, exercise={"sessions": [session("aerobic", 40, 0)]})
    ((part, text),) = told("exercise-no-floor-lifting", plan, weak)
    assert part == "exercises"
    assert text.startswith("it leaves out ")
    strong = person(bone={"t_scores": {"lumbar_spine": 0.2}})
    assert told("exercise-no-floor-lifting", plan, strong) == []


def test_a_stop_sign_and_a_step_of_the_programme_are_found() -> None:
    sign = rule_entries("exercise/stop_signs/everybody/1")[0]
    week = {
        "start": START, "number": 3, "changed": "repetitions", "aerobic_minutes": 150, "sets": 1, "reps": 10,
        "load_percent": 100, "impacts": 0,
    }  # fmt: skip
    training = {"sessions": [session("aerobic", 40, 0, stop_if=[sign.text])], "weeks": [week]}
    plan = plan_of(person(), exercise=training)
    assert told(sign.id, plan, person()) == [("sessions", "it stands among the stop signs of 1 session")]
    assert told("exercise-repetitions-first", plan, person())[0][1].startswith(
        "week 3 of the programme, from 2026-11-23"
    )


def test_foods_kept_out_are_counted_and_the_usual_ones_named() -> None:
    allergic = person(diet={"allergies": ["milk"]})
    ((part, text),) = told("diet/allergy/milk", plan_of(allergic), allergic)
    assert part == "foods"
    assert text.startswith("milk allergy: ")
    assert "foods stay out, such as" in text
    assert told("diet/allergy/milk", plan_of(person()), person()) == []


def test_every_rule_about_foods_is_looked_up_in_the_table() -> None:
    assert all(rule.rule.startswith(FOOD_RULES) for rule in food_rules())


def test_checks_doses_and_conflicts_that_name_the_rule_are_shown() -> None:
    rule = "monitoring/checks/dxa"
    intake = {
        "id": "a",
        "time": "06:30",
        "items": [{"what": "alendronate"}],
        "notes": ["Stay upright."],
        "rules": [rule],
    }
    plan = plan_of(
        person(),
        monitoring=[{"due": "2027-02-10", "what": "DXA", "why": "A year has passed.", "rule": rule}],
        intakes=[{**intake, "date": START + dt.timedelta(days=n)} for n in (0, 7)],
        conflicts=[{"part": "menu", "rules": [rule], "text": "These cannot both hold."}],
    )
    assert told(rule, plan, person()) == [
        ("monitoring", "2027-02-10: DXA: A year has passed."),
        ("intakes", "06:30: alendronate (Stay upright.), on 2 days"),
        ("conflict", "These cannot both hold."),
    ]


def test_the_tier_shows_its_reasons_and_a_reason_shows_its_tier() -> None:
    reason = rule_entries("safety/tiers/high/osteoporosis")[0].text
    risk = {
        "tier": "high", "title": "high risk", "because": [reason], "ask": ["Ask now."], "rule": "safety/tiers/high",
        "source": "WHO 1994",
    }  # fmt: skip
    plan = plan_of(person(), risk=risk)
    assert told("safety/tiers/high", plan, person()) == [("risk", reason), ("risk", "Ask now.")]
    assert told("safety/tiers/high/osteoporosis", plan, person()) == [
        ("risk", "it is told among the reasons for the tier, high risk")
    ]
    assert told("safety/tiers/low", plan, person()) == []


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("safety/gates/under_18", "it is for people under 18 years, and this person is not among them"),
        ("exercise-metastases-low-impact", "it is for people with bone metastases, and this person"),
        ("exercise-build-up-minutes", "it is for people with the level beginner and the activity inactive"),
        ("safety/supplements/red_clover", "it is for people who take red clover"),
        ("safety/tiers/low", "it is for everybody else, and this person is not among them"),
        ("nutrition/vitamin_k/agreed_day_low", "with an agreed intake of vitamin K on file, and this person is not"),
        ("exercise/loading/cycles_per_minute/walking", "worked out with: no line of this plan is its own"),
        (RDA, "it is for this person, but nothing had to change for it"),
        ("safety/timing/unknown_time", "it is for this person, but nothing had to change for it"),
    ],
)
def test_a_rule_that_did_nothing_says_so_and_why(rule: str, says: str) -> None:
    assert says in why_nothing(rule_entries(rule), person(), START)


def test_who_a_rule_excepts_is_not_meant() -> None:
    spared = person(medications=[{"name": "spironolactone"}])
    assert "not among them" in why_nothing(rule_entries("nutrition/potassium/ai"), spared, START)
    assert "for this person" in why_nothing(rule_entries("nutrition/potassium/ai"), person(), START)


def test_what_a_person_takes_decides_of_a_rule_about_products_and_nutrients() -> None:
    tea = person(supplements=[{"name": "Red clover tea"}])
    assert "for this person" in why_nothing(rule_entries("safety/supplements/red_clover"), tea, START)
    minerals = rule_entries("safety/timing/minerals_calcium")
    assert "not among them" in why_nothing(minerals, person(), START)
    iron = person(supplements=[{"nutrient": "iron", "amount": 14, "unit": "mg"}])
    assert "not among them" not in why_nothing(minerals, iron, START)


def test_rules_that_only_a_plan_names_are_known_from_it() -> None:
    careful = person(diet={"dislikes": ["liver"]})
    plan = plan_of(
        careful,
        targets=[target("rules/calcium", min=1100, title="the dietitian's own")],
        conflicts=[{"part": "menu", "rules": ["meals/lunch"], "text": "No lunch is left."}],
    )
    said = named_in(plan)
    assert said["diet/dislike/liver"] == "no liver"
    assert said["meals/lunch"] == "No lunch is left."
    assert said["rules/calcium"] == "the dietitian's own"
    assert "diet/allergy/tree_nuts" in own_rules()
